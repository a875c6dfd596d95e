"""Which rules look at which variable: for the codebook, which is no place to ask them."""

from __future__ import annotations

from pathlib import Path

import yaml

from evaluation.design import Field, Instrument, Level, Need
from evaluation.intake.suite import rules_of_answers, rules_of_rows


def rules_by_field(instrument: Instrument, folder: Path) -> dict[str, tuple[str, ...]]:
    """Rule ids by the name of a field: those of its own declaration first, then those of the suite
    expectations/<instrument>.yaml that point at it. Nothing is left out for want of a card."""
    found = {field.name: _declared(field) for field in instrument.fields}
    for rule in rules_of_rows(instrument):
        assert rule.field is not None
        found[rule.field].append(rule.rule)
    path = folder / f"{instrument.id}.yaml"
    for entry in yaml.safe_load(path.read_text("utf-8")) if path.exists() else ():
        found[entry["meta"]["field"]].append(entry["meta"]["rule"])
    return {name: tuple(dict.fromkeys(rules)) for name, rules in found.items()}


def _declared(field: Field) -> list[str]:
    needed = field.need is Need.REQUIRED
    if field.level is Level.BATCH:
        return [*(["card_missing"] if needed else []), "card_unreadable", "card_differs"]
    return [*(["missing_answer"] if needed else []), *(r.rule for _, r in rules_of_answers(field))]
