"""The audit as the evaluator sees it: how much was hidden, where, and by which rule.

It tells which numbers are small. So it is no report: it takes no part in publication, and says of
itself that it must not be handed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from evaluation.language import Language
from evaluation.records.measures import Loss
from evaluation.release.disclosure import Audit, ReleasedFacts
from evaluation.release.disclosure.cells import written
from evaluation.release.disclosure.reasons import Reason
from evaluation.release.disclosure.released import Step
from evaluation.release.disclosure.tables.picture import FILLS, LETTERS
from evaluation.release.disclosure.tables.rules import Rule

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "td,th{border:1px solid #888;padding:.3rem .6rem;text-align:left}"
    "table{border-collapse:collapse}.warn{border:3px solid #b00;padding:.6rem}"
)


def audit_lines(audit: Audit, say: Language) -> tuple[str, ...]:
    """The summary, a line each: for the screen and for the page."""
    narrowest = (
        say("audit.no_secret")
        if audit.narrowest is None
        else say("audit.narrowest", n=audit.narrowest)
    )
    return (
        say("audit.cells", n=audit.cells),
        say("audit.primary", n=audit.primary),
        say("audit.secondary", n=audit.secondary),
        narrowest,
        say("audit.kept", share=say.number(100 * audit.kept)),
        say("audit.earlier", n=audit.earlier),
        say("audit.told_before", n=audit.told_before),
    )


def evaluator_page(
    released: ReleasedFacts, reasons: Sequence[Reason], say: Language, losses: Sequence[Loss] = ()
) -> bytes:
    """One HTML file in UTF-8 that stands by itself; `losses`: those of regions are told."""
    rules = {reason.key: reason.rule for reason in reasons}
    return "\n".join(
        (
            f'<!doctype html><html lang="{say.code}"><meta charset="utf-8">',
            f"<title>{escape(say('audit.title'))}</title><style>{STYLE}</style>",
            f"<h1>{escape(say('audit.title'))}</h1>",
            f'<p class="warn">{escape(say("audit.keep"))}</p>',
            *(f"<p>{escape(line)}</p>" for line in audit_lines(released.audit, say)),
            *_flow(released, rules, say),
            *_others(rules, say),
            *_lost(losses, say),
            *_key(rules, say),
            "</html>\n",
        )
    ).encode()


def _flow(released: ReleasedFacts, rules: Mapping[str, Rule], say: Language) -> Iterator[str]:
    """The picture: the participant flow with its hidden cells in colour, each with its letter."""
    arms = (*released.flow.arms, released.flow.total)
    yield f"<h2>{escape(say('report.flow.title'))}</h2><table><tr><td></td>"
    yield "".join(f"<th>{escape(say(f'report.arm.{arm.arm}'))}</th>" for arm in arms) + "</tr>"
    for step in Step:
        cells = ((f"flow/{arm.arm}/{step}", written(arm.cell(step))) for arm in arms)
        line = "".join(_cell(text, rules.get(key)) for key, text in cells)
        yield f"<tr><th>{escape(say(f'report.step.{step}'))}</th>{line}</tr>"
    yield "</table>"


def _cell(text: str, rule: Rule | None) -> str:
    if rule is None:
        return f"<td>{escape(text)}</td>"
    return f'<td style="background:{FILLS[rule]}99">{escape(text)} {LETTERS[rule]}</td>'


def _others(rules: Mapping[str, Rule], say: Language) -> Iterator[str]:
    """What stands in no table with others, by the name under which the ledger keeps it."""
    alone = {key: rule for key, rule in rules.items() if key.count("/") != 2 or key[:4] != "flow"}
    if alone:
        yield f"<h2>{escape(say('audit.others'))}</h2><table>"
        for key, rule in alone.items():
            yield f"<tr><th><code>{escape(key)}</code></th>{_cell('[c]', rule)}</tr>"
        yield "</table>"


def _lost(losses: Sequence[Loss], say: Language) -> Iterator[str]:
    """Of the plan's first outcome: who was lost is the same for all, and the gap is one of many."""
    own = [loss for loss in losses if loss.region and loss.outcome == losses[0].outcome]
    if not own:
        return
    yield f"<h2>{escape(say('audit.lost'))}</h2><table><tr>"
    names = ("region", "arm", "began", "lost", "gap")
    yield "".join(f"<th>{escape(say(f'audit.lost.{name}'))}</th>" for name in names) + "</tr>"
    for loss in own:
        arm, gap = say(f"report.arm.{loss.arm}"), say.number(loss.gap, 2, signed=True)
        cells = (loss.region, arm, say.number(loss.began), say.number(loss.lost), gap)
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>"


def _key(rules: Mapping[str, Rule], say: Language) -> Iterator[str]:
    used = [rule for rule in Rule if rule in rules.values()]
    yield "<ul>" if used else ""
    for rule in used:
        number = list(rules.values()).count(rule)
        words = say("audit.rule", rule=say(f"disclosure.word.{rule}"), n=number)
        yield f"<li><strong>{LETTERS[rule]}</strong> {escape(words)}</li>"
    yield "</ul>" if used else ""
