"""Example files of the datasets beside the questionnaire: filled templates, drawn by datasets.yaml.

Everything in them is invented; that which language each is in differs is on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from evaluation.design import Arm, Instrument, Study
from evaluation.forms import fill_template
from evaluation.records.batches import Card
from evaluation.synthetic.dataset_rules import Row, draw
from evaluation.synthetic.seeds import Seeds

SHIPPED = Path(__file__).with_name("datasets.yaml")
LAST_WAVE = 1


@dataclass(frozen=True, slots=True)
class ExampleFile:
    file: str
    instrument: str
    wave: int
    rows: int


def write_datasets(study: Study, *, seed: int, out: Path) -> tuple[ExampleFile, ...]:
    """A file for each dataset that both the study and datasets.yaml know."""
    said = yaml.safe_load(SHIPPED.read_text("utf-8"))
    known = [name for name in said if name in study.instruments]
    return tuple(_write(study, study.instruments[name], said[name], seed, out) for name in known)


def _write(
    study: Study, instrument: Instrument, said: Mapping[str, Any], seed: int, out: Path
) -> ExampleFile:
    rng = Seeds(seed).rng("dataset", instrument.id)
    wave = said.get("wave", LAST_WAVE)
    drawn = [_row(rng, row, said["fields"]) for row in _begun(study, instrument, said)]
    names = [field.name for field in instrument.row_fields]
    card = Card(
        (("wave", str(wave)), ("forms_declared", str(len(drawn)))),
    )
    content = fill_template(
        instrument,
        study,
        said["language"],
        card=card,
        rows=[[row.get(name, "") for name in names] for row in drawn],
    )
    file = f"{instrument.id}_wave_{wave}.xlsx"
    (out / file).write_bytes(content)
    return ExampleFile(file, instrument.id, wave, len(drawn))


def _row(rng: np.random.Generator, row: Row, fields: Mapping[str, Any]) -> Row:
    for name, rule in fields.items():
        row[name] = draw(rng, row, rule)
    return row


def _begun(study: Study, instrument: Instrument, said: Mapping[str, Any]) -> Iterator[Row]:
    """Rows with what they are about: places, and the values that are crossed with them."""
    crossed = said.get("cross", {})
    for place in _places(study, instrument, said["of"]):
        for values in product(*crossed.values()):
            yield {**place, **dict(zip(crossed, map(str, values), strict=True))}


def _places(study: Study, instrument: Instrument, of: str | int) -> list[Row]:
    if isinstance(of, int):
        return [{} for _ in range(of)]
    pilot = {role.region for role in study.roles if role.arm is Arm.PILOT}
    regions = sorted({role.region for role in study.roles})
    region, site = instrument.identity.region or "", instrument.identity.site or ""
    places = {
        "regions": [{region: code} for code in regions],
        "sites": [{region: s.region, site: s.code} for s in study.sites.values()],
    }
    every = places[of.removeprefix("pilot_")]
    return [row for row in every if row[region] in pilot or not of.startswith("pilot_")]
