"""docs/rules.md: every rule of the gate in, from the code, the suites, the catalogues and the faults.

`python -m tests.house.rules_page` writes it anew; `test_rules_page` compares.
"""

import ast
from collections import defaultdict
from pathlib import Path

import yaml

from evaluation.language import catalogue
from tests.evaluation.intake.faults.page import CASES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/rules.md"
LANGUAGES = ("kk", "ru", "en")
SEVERITIES = {
    "refuse": "must_fix",
    "hold": "must_fix",
    "blank": "please_check",
    "note": "please_check",
    "wait": "must_fix",
}
CALLS = {
    "_refuse": "refuse",
    "DeliveryError": "refuse",
    "share_too_large": "refuse",
    "_ask": "note",
    "Translation": "hold",
    "_rule": "hold",
    "_note": "note",
    "_counted": "note",
}
"""What the short forms of `evaluation/intake` do; a wrong optional answer only counts as missing."""
FILES = {
    "reading": "refuse",
    "card": "refuse",
    "suite": "hold",
    "allowed": "hold",
    "approvals": "wait",
    "concealed": "blank",
    "likely_codes": "hold",
    "proposals": "refuse",
}
"""What a rule does that is named in such a file, where no call says it."""

HEAD = """\
# The rules of the gate in

What a delivered file is held against. *Asked* is what its sender should do: `must_fix`,
`please_check`, `information`. *Does* is what happens meanwhile: `refuse` keeps the whole batch out,
`hold` the row, `blank` lets one answer count as missing (a wrong answer that is required holds its
row instead), `note` keeps nothing out. Thresholds are data: `intake` in
[study.yaml](../evaluation/study/study.yaml), and the suites in `expectations/`. *Faults* are rows
of domain.md §5; what is said there word for word stands in [faults.md](faults.md).

Made from the code, the suites and the catalogues: `python -m tests.house.rules_page` writes this
page anew, and a test compares.
"""


def declared():
    """Rule → {(effect, severity, file)}, wherever a rule is written down."""
    found = defaultdict(set)
    for path in sorted((ROOT / "expectations").glob("*.yaml")):
        for rule, *does in _of_suite(path):
            found[rule].add((*does, _name(path)))
    for path in sorted((ROOT / "evaluation/intake").rglob("*.py")):
        for rule, *does in _of_code(path):
            found[rule].add((*does, _name(path)))
    for what in ("region", "wave"):  # f"{what}_missing" in places
        found[f"{what}_missing"].add(("refuse", "must_fix", "evaluation/intake/places.py"))
    return found


def _of_suite(path):
    for entry in yaml.safe_load(path.read_text("utf-8")) or ():
        meta = entry["meta"]
        yield meta["rule"], meta["effect"], entry["severity"]
        if "limit" in meta:
            yield meta["limit"], "refuse", "must_fix"


def _of_code(path):
    known = {key.split(".")[1] for key in catalogue("en").texts if key.startswith("rule.")}
    tree = ast.parse(path.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    told = [each for call in calls for each in _of(call) if each[0] in known]
    yield from told
    # Named, but not where it is told: a constant, one half of a condition.
    effect = FILES.get(path.stem) or FILES.get(path.parent.name)
    for rule in (_texts(tree) & known) - {rule for rule, _, _ in told}:
        yield rule, effect, SEVERITIES.get(effect)


def _of(call):
    """(rule, effect, severity) of one call, where it names a rule."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    arguments = [*call.args, *(each.value for each in call.keywords if each.arg in _NAMED)]
    words = [_texts(argument) for argument in arguments]
    if name in ("Finding", "place", "_found", "replace") and words:
        enums = {a.attr for a in arguments if isinstance(a, ast.Attribute)}
        effect = next((e.lower() for e in sorted(enums) if e.lower() in SEVERITIES), None)
        severity = next((s.lower() for s in enums if s.lower() in _ASKED), SEVERITIES.get(effect))
        if effect is None:
            return []  # a value that only running it tells; FILES says what it is
        return [(rule, effect, severity) for rule in set().union(*words)]
    if name in CALLS:
        # Free text with personal data is no wrong answer: nothing of the file may stay.
        did = [
            (rule, "refuse" if rule == "personal_data" else CALLS[name])
            for w in words
            for rule in w
        ]
        asked = "information" if name == "_counted" else None
        return [(rule, effect, asked or SEVERITIES[effect]) for rule, effect in did]
    return []


_NAMED = ("rule", "severity", "effect")
_ASKED = ("must_fix", "please_check", "information")


def _texts(tree):
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _name(path):
    return path.relative_to(ROOT).as_posix()


def faults():
    found = defaultdict(set)
    for case in CASES:
        for says in case.says:
            found[says.rule].add(case.number)
    return found


def page():
    rules, numbers = declared(), faults()
    lines = [HEAD, "| rule | asked | does | faults | declared in |", "|---|---|---|---|---|"]
    for rule in sorted(rules):
        places = sorted(rules[rule], key=str)
        asked = ", ".join(sorted({s for _, s, _ in places if s})) or "–"
        does = ", ".join(sorted({e for e, _, _ in places if e})) or "–"
        where = ", ".join(sorted({file for _, _, file in places}))
        seen = ", ".join(map(str, sorted(numbers[rule]))) or "–"
        lines.append(f"| [{rule}](#{rule}) | {asked} | {does} | {seen} | {where} |")
    for rule in sorted(rules):
        lines += ["", f"## {rule}", ""]
        for code in LANGUAGES:
            texts = catalogue(code).texts
            said = (texts[f"rule.{rule}{part}"][-1] for part in ("", ".fix", ".example"))
            lines.append(f"- **{code}** " + " ".join(said))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
