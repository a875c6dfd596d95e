"""A code whose check digit does not fit: where the slip probably is, where only one child fits.

The message says which digit to look at and what it should be, never the code: findings are kept,
and a child's code has no business among them. Only children of the row's own region are thought
of, for the same reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evaluation.design import Region, Study
from evaluation.intake.known import OfThese
from evaluation.intake.opened import Opened
from evaluation.intake.places import Places
from evaluation.records.codes import CODE, Correction, Slip, corrections
from evaluation.records.findings import Finding

RULES = {Slip.DIGIT: "code_digit", Slip.SWAP: "code_swap"}
CHECKED = "child_code"


def name_slips(
    opened: Opened, places: Places, study: Study, findings: Sequence[Finding], codes: OfThese
) -> list[Finding]:
    """The findings, each about a wrong check digit with the slip named where it can be told."""
    return [
        _named(opened, places, study, finding, codes)
        if finding.rule == "wrong_check_digit" and finding.row is not None
        else finding
        for finding in findings
    ]


def _named(
    opened: Opened, places: Places, study: Study, finding: Finding, codes: OfThese
) -> Finding:
    row = int((opened.rows == finding.row).argmax())
    answers = opened.of(finding.field)
    assert answers is not None, "a wrong answer stands in a column"
    text = answers.meant[answers.codes[row]].text or ""
    region = study.regions.get(places.regions[row] or "")
    if answers.field.check != CHECKED or region is None or not CODE.fullmatch(text):
        return finding
    thought_of = {each.code: each for each in _of_region(corrections(text), region)}
    known = codes(list(thought_of))
    if len(known) != 1:
        return finding
    slip = thought_of[next(iter(known))]
    return replace(finding, rule=RULES[slip.slip], values=_told(slip))


def _told(slip: Correction) -> dict[str, int]:
    """Enough to put the typed code right with the cell in view; without it, one digit of eight."""
    if slip.slip is Slip.SWAP:
        return {"digit": slip.digit, "next": slip.digit + 1}
    return {"digit": slip.digit, "likely": int(slip.code.replace("-", "")[slip.digit - 1])}


def _of_region(found: Sequence[Correction], region: Region) -> list[Correction]:
    prefixes = {region.code, region.predecessor}
    return [each for each in found if each.code[:2] in prefixes]
