"""How well each scale measures (T6): by wave and language, between the waves, by question."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import Cell, Mark, ReleasedFacts, ReleasedLine, ReleasedMeasures
from evaluation.release.report.blocks import Align, Column, Group, Row, Table
from evaluation.release.report.cell_text import show

NUMBERS = ("alpha", "alpha_interval", "omega", "ordinal_alpha", "rest")
BETWEEN = ("language", "arm")


def reliability_table(found: ReleasedMeasures, study: Study, say: Language) -> Table:
    """Where children were asked in several languages, by language alone."""
    groups: dict[tuple[str, str], list[Row]] = {}
    by_language = [line for line in found.reliabilities if line.key[2]]
    for line in by_language or found.reliabilities:
        scale, wave, language = line.key
        row = Row(say.text(study.scales[scale].name), _cells(line, say))
        groups.setdefault((wave, language), []).append(row)
    return Table(
        id="reliability",
        caption=say("report.reliability.caption"),
        columns=(
            Column(say("report.column.scale"), Align.TEXT),
            *(Column(say(f"report.column.{name}")) for name in NUMBERS),
            Column(say("report.column.crowded"), Align.TEXT),
            Column(say("report.column.judged"), Align.TEXT),
        ),
        groups=tuple(
            Group(_group(int(wave), language, study, say), tuple(rows))
            for (wave, language), rows in groups.items()
        ),
        notes=(say("report.reliability.note"), *_reasons(found, study, say)),
    )


def functioning_table(found: ReleasedMeasures, study: Study, say: Language) -> Table:
    """A row a scale: how stable it is where nothing was done, and which questions differ."""
    rows = tuple(
        Row(
            say.text(study.scales[line.key[0]].name),
            (
                show(line.number("value"), say),
                _plain(line.number("low"), line.number("high"), say),
                *(_flagged(found.item_differences, line.key[0], each, say) for each in BETWEEN),
            ),
        )
        for line in found.stabilities
    )
    return Table(
        id="functioning",
        caption=say("report.functioning.caption"),
        columns=(
            Column(say("report.column.scale"), Align.TEXT),
            Column(say("report.column.stability")),
            Column(say("report.column.stability_interval")),
            *(Column(say(f"report.column.differ_{each}"), Align.TEXT) for each in BETWEEN),
        ),
        groups=(Group("", rows),),
        notes=(say("report.functioning.note"),),
    )


def reliability_limit(facts: ReleasedFacts, study: Study, say: Language) -> str:
    """What it means for reading the results, in one sentence."""
    lines = facts.measures.reliabilities if facts.measures else ()
    if not lines:
        return say("report.limits.reliability")
    weak = [line.key[0] for line in lines if line.word("caution") == "not_a_scale"]
    if not weak:
        return say("report.limits.reliable")
    names = (say.text(study.scales[scale].name) for scale in dict.fromkeys(weak))
    return say("report.limits.unreliable", scales=", ".join(names))


def _cells(line: ReleasedLine, say: Language) -> tuple[str, ...]:
    low, high = (line.number(name) for name in ("low", "high"))
    rest_low, rest_high = (line.number(name) for name in ("rest_low", "rest_high"))
    return (
        show(line.number("alpha"), say),
        _plain(low, high, say),
        show(line.number("omega"), say),
        show(line.number("ordinal_alpha"), say),
        _plain(rest_low, rest_high, say),
        _said("report.crowded", line.word("crowded"), say),
        _judged(line, say),
    )


def _plain(low: Cell, high: Cell, say: Language) -> str:
    """Of what is rarely below nought: without plus signs."""
    if isinstance(low, Mark):
        return show(low, say)
    return say("report.reliability.range", low=show(low, say), high=show(high, say))


def _said(family: str, word: str, say: Language) -> str:
    return say(f"{family}.{word}") if word else f"[{Mark.CONFIDENTIAL}]"


def _judged(line: ReleasedLine, say: Language) -> str:
    return _said("report.judged", line.word("judged"), say)  # of a small group everything stays in


def _group(wave: int, language: str, study: Study, say: Language) -> str:
    """The plan names its languages by code; two of them have a word."""
    key = f"report.asked.{language or 'all'}"
    asked = say(key) if say.knows(key) else language
    return say("report.reliability.group", wave=say.text(study.wave(wave).name), language=asked)


def _flagged(lines: Sequence[ReleasedLine], scale: str, between: str, say: Language) -> str:
    own = [line for line in lines if (line.key[0], line.key[2]) == (scale, between)]
    told = [line for line in own if line.word("flagged")]
    if not told:
        return f"[{Mark.NOT_AVAILABLE if any(line.reason for line in own) else Mark.CONFIDENTIAL}]"
    flagged = [line.key[1] for line in told if line.word("flagged") == "yes"]
    return ", ".join(flagged) or say("report.functioning.none", n=len(told))


def _reasons(found: ReleasedMeasures, study: Study, say: Language) -> tuple[str, ...]:
    """Why some scale has no alpha: each reason once."""
    said: dict[str, list[str]] = {}
    for line in found.reliabilities:
        if line.reason is not None:
            said.setdefault(line.reason, []).append(say.text(study.scales[line.key[0]].name))
    return tuple(
        say(
            "report.results.remark",
            outcomes=", ".join(dict.fromkeys(names)),
            remark=say(f"reason.{reason}"),
        )
        for reason, names in said.items()
    )
