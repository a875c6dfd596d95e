"""Rules across fields, rows, waves and batches: asked once the single answers are right.

What each rule looks at is a table of `patterns`; all tables go to Great Expectations in one frame,
side by side, and each failing entry comes back as a row of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.design import Instrument, Study
from evaluation.intake.answered import Rows as Rows
from evaluation.intake.answered import grid_of
from evaluation.intake.entries import is_known_again
from evaluation.intake.opened import Opened
from evaluation.intake.patterns.asked import Asked, Elsewhere, Scene
from evaluation.intake.patterns.groups import groups
from evaluation.intake.patterns.pages import pages
from evaluation.intake.patterns.rows import rows as single_rows
from evaluation.intake.patterns.turned import turned
from evaluation.intake.patterns.waves import compared_fields, waves
from evaluation.intake.places import Places
from evaluation.intake.suite import Rule, columns_of, rules_of_rows, written_rules
from evaluation.intake.validation import failing_rows
from evaluation.records.findings import Effect, Finding, Severity

AlreadyStored = Callable[[Sequence[str], int], frozenset[str]]
"""Respondents and a wave → those of them that another live batch of that wave holds."""

TableKey = tuple[str, str | None, str | None]
COUNTED = frozenset({"groups", "pages", "questions"})
"""Tables whose entries speak for many rows; their messages say how many (`n`)."""


def judge_across(
    opened: Opened, rows: Rows, study: Study, expectations: Path, elsewhere: Elsewhere
) -> tuple[Finding, ...]:
    rules = (
        *rules_of_rows(opened.instrument),
        *written_rules(opened.instrument, expectations, _said(opened, rows.places, study)),
    )
    known = _known(rules, opened.instrument, rows, elsewhere)
    scene = Scene(opened.instrument, study, rows, grid_of(rows), known)
    tables = {key: _table(scene, rules, key) for key in dict.fromkeys(map(_key, rules))}
    asked = [(rule, table) for rule in rules if (table := tables[_key(rule)]) is not None]
    asked = [(rule, table) for rule, table in asked if table.columns.keys() >= _wanted(rule)]
    frame, spots = _side_by_side([table for table in tables.values() if table is not None])
    placed = [_placed(rule, spots[id(table)].number) for rule, table in asked]
    findings: list[Finding] = []
    for (rule, table), failing in zip(asked, failing_rows(frame, placed), strict=True):
        start = spots[id(table)].start
        entries = np.array([n - start for n in failing if 0 <= n - start < len(table.rows)], int)
        findings += _findings(opened, rule, table, entries, study)
    return tuple(findings)


def _key(rule: Rule) -> TableKey:
    return rule.over, rule.by, rule.of


def _wanted(rule: Rule) -> frozenset[str]:
    return frozenset(columns_of(rule))


def _known(
    rules: Sequence[Rule], instrument: Instrument, rows: Rows, elsewhere: Elsewhere
) -> pd.DataFrame:
    """What other batches hold of these children: asked once, for all rules that need it."""
    compared = [_wanted(rule) for rule in rules if rule.over == "waves"]
    fields = compared_fields(frozenset().union(*compared), instrument)
    needed = compared or any("earlier_waves" in _wanted(rule) for rule in rules)
    people = rows.respondents[rows.judged] if needed else np.array([], dtype=object)
    return elsewhere(sorted({each for each in people if each is not None}), fields)


def _table(scene: Scene, rules: Sequence[Rule], key: TableKey) -> Asked | None:
    over, by, of = key
    names = frozenset().union(*(_wanted(rule) for rule in rules if _key(rule) == key))
    if over == "rows":
        return single_rows(scene, names)
    if over == "waves":
        return waves(scene, names)
    if over == "questions":
        return turned(scene)
    assert by is not None, f"a rule over {over} says in meta.by which field they are grouped by"
    if over == "pages":
        return pages(scene, by=by)
    assert over == "groups", f"there is no table {over}"
    return groups(scene, names, by=by, of=of)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a table stands in the common frame: `number` before its columns' names, since tables
    without a row begin where the next one does."""

    number: int
    start: int


def _side_by_side(tables: Sequence[Asked]) -> tuple[pd.DataFrame, dict[int, _Spot]]:
    """One frame of all tables below and beside each other, and where each stands."""
    frames: list[pd.DataFrame | pd.Series] = []
    spots: dict[int, _Spot] = {}
    start = 0
    for number, table in enumerate(tables):
        columns = {f"{number} {name}": column for name, column in table.columns.items()}
        frame = pd.DataFrame(columns, index=range(len(table.rows)))
        spots[id(table)], end = _Spot(number, start), start + len(table.rows)
        frames.append(frame.set_axis(range(start, end)))
        start = end
    return pd.DataFrame(index=range(start)).join(frames), spots


def _placed(rule: Rule, number: int) -> Rule:
    """The rule, asked of its table's columns in the common frame."""
    names = {
        key: f"{number} {value}" if key.startswith("column") and isinstance(value, str) else value
        for key, value in rule.kwargs.items()
    }
    if "column_list" in names:
        names["column_list"] = [f"{number} {name}" for name in columns_of(rule)]
    return replace(rule, kwargs=names)


def _said(opened: Opened, places: Places, study: Study) -> dict[str, object]:
    """What `$name` stands for in expectations/: the card, the thresholds of the study, the waves'
    windows, and the codes of each answer line in their order."""
    said: dict[str, object] = {**study.intake, **dict(opened.card.values)}
    said["wave_windows"] = {
        str(wave.id): [wave.start.isoformat(), wave.end.isoformat()]
        for wave in study.waves
        if wave.start and wave.end
    }
    said |= {
        f"codes_of_{field.name}": list(field.choices.codes)
        for field in opened.instrument.row_fields
        if field.choices is not None
    }
    if places.wave is not None:
        wave = study.wave(places.wave)
        if wave.start and wave.end:
            said |= {"wave_start": wave.start.isoformat(), "wave_end": wave.end.isoformat()}
    return said


def _findings(
    opened: Opened, rule: Rule, table: Asked, failing: NDArray[np.int64], study: Study
) -> list[Finding]:
    failing = failing[table.sizes[failing] >= rule.fewest]
    if not table.fields:
        # A row may be compared with several; it is said once.
        failing = failing[np.unique(table.rows[failing], return_index=True)[1]]
    findings = [_finding(opened, rule, table, int(entry)) for entry in failing]
    judged = len(table.rows)
    # One bad row never sinks a batch, however small the batch is.
    if rule.limit and len(failing) > max(1, study.intake[rule.limit] * judged):
        findings.append(share_too_large(rule.limit, len(failing) / judged, study))
    return findings


def _finding(opened: Opened, rule: Rule, table: Asked, entry: int) -> Finding:
    field = table.fields[entry] if table.fields else rule.field
    row = int(table.rows[entry])
    values: Mapping[str, int] = {"n": int(table.sizes[entry])} if rule.over in COUNTED else {}
    return Finding(
        rule.rule,
        rule.severity,
        rule.effect,
        sheet=opened.sheet,
        row=int(opened.rows[row]),
        column=opened.place(rule.rule, rule.effect, row, opened.of(field)).column,
        field=field,
        values=values,
    )


def share_too_large(threshold: str, share: float, study: Study) -> Finding:
    """Too many of one fault are not slips of the pen: it is another file than it is said to be."""
    return Finding(
        threshold,
        Severity.MUST_FIX,
        Effect.REFUSE,
        values={
            "share": round(100 * share),
            "limit": round(100 * study.intake[threshold]),
        },
    )


def judge_stored(
    opened: Opened, rows: Rows, good: NDArray[np.bool_], already_stored: AlreadyStored
) -> tuple[Finding, ...]:
    """Rows about somebody, or about an entry, that another batch of that wave has brought."""
    identity = opened.instrument.identity
    if not is_known_again(identity):
        return ()
    name = identity.respondent or identity.entry[-1]
    findings = []
    for wave in sorted({wave for wave in rows.places.waves[good] if wave is not None}):
        of_wave = np.flatnonzero(good & (rows.places.waves == wave))
        stored = already_stored(rows.respondents[of_wave].tolist(), int(wave))
        findings += [
            opened.place(
                "already_stored" if identity.respondent else "entry_stored",
                Effect.HOLD,
                int(row),
                opened.of(name),
            )
            for row in of_wave
            if rows.respondents[row] in stored
        ]
    return tuple(findings)
