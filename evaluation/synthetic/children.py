"""The children of one region, a block at a time: both waves of a block are drawn together.

A block is the unit of streaming: nothing outlives it, so a million children take the memory of
one block.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Arm, Instrument, Wave
from evaluation.synthetic.answers import Floats, answers_to, levels_of
from evaluation.synthetic.child_codes import codes_of
from evaluation.synthetic.columns import Drawing, drawn_columns
from evaluation.synthetic.population import Population, RegionTruth
from evaluation.synthetic.rows import Column, Rows, texts


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of the questionnaire's row fields, in their declared order."""

    region: RegionTruth
    baseline: Rows
    endline: Rows


def draw_block(population: Population, region: RegionTruth, *, first: int, last: int) -> Block:
    """Children from the `first`-th to before the `last`-th of the region."""
    children = min(last, region.size) - first
    rng = population.seeds.rng("block", region.code, first)
    site = rng.integers(0, len(region.sites), size=children)
    levels = levels_of(population, region, site, rng)
    lasting = drawn_columns(_drawing(population, region, children, None, {}), rng)
    identity = population.instrument.identity
    lasting |= _named(identity.site, texts(region.sites, site))
    lasting |= _named(identity.respondent, _codes(population, region, first, first + children))
    baseline = _wave_rows(population, region, lasting, levels.baseline, population.baseline, rng)
    endline = _wave_rows(population, region, lasting, levels.endline, population.endline, rng)
    stayed = rng.random(children) >= population.truth.attrition.get(region.arm, 0.0)
    return Block(region, baseline, endline.take(stayed))


def _wave_rows(
    population: Population,
    region: RegionTruth,
    lasting: dict[str, Column],
    levels: Floats,
    wave: Wave,
    rng: np.random.Generator,
) -> Rows:
    drawing = _drawing(population, region, len(levels), wave, lasting)
    columns = lasting | drawn_columns(drawing, rng)
    # Where the questionnaire asks region and wave row by row; elsewhere they are said of the file.
    identity, where = population.instrument.identity, np.zeros(len(levels), dtype=np.int64)
    columns |= _named(identity.region, texts([region.code], where))
    columns |= _named(identity.wave, texts([str(wave.id)], where))
    given = population.instrument.consent.given
    for name in population.instrument.consent.fields:
        columns.setdefault(name, texts([given], where))
    asked = with_consent(population.instrument, columns)
    for number, scale in enumerate(population.scales):
        for item, answers in answers_to(scale, levels[:, number], population, rng).items():
            # Without consent nobody was asked, so there is nothing to type.
            columns[item] = np.where(asked, answers, "")
    empty = texts([""], where)
    fields = population.instrument.row_fields
    return Rows({field.name: columns.get(field.name, empty) for field in fields})


def _codes(population: Population, region: RegionTruth, first: int, last: int) -> Column:
    instrument = population.instrument
    name = instrument.identity.respondent
    check = instrument.field(name).check if name else None
    seeds = population.seeds
    return np.array(codes_of(region.spans, first=first, last=last, seeds=seeds, check=check), "O")


def _drawing(
    population: Population,
    region: RegionTruth,
    children: int,
    wave: Wave | None,
    columns: dict[str, Column],
) -> Drawing:
    after = wave is not None and wave.id == population.endline.id
    sender = region.code if after else region.sender
    return Drawing(
        draws=tuple(d for d in population.truth.columns if d.lasting == (wave is None)),
        children=children,
        fieldwork=population.fieldwork(sender, wave or population.baseline),
        told=after and region.arm is Arm.PILOT,
        columns=columns,
    )


def with_consent(instrument: Instrument, columns: Mapping[str, Column]) -> NDArray[np.bool_]:
    """(rows,): whether every consent that the instrument asks for was given."""
    asked = np.ones(len(next(iter(columns.values()))), dtype=bool)
    for name in instrument.consent.fields:
        asked &= columns[name] == instrument.consent.given
    return asked


def _named(name: str | None, column: Column) -> dict[str, Column]:
    return {} if name is None else {name: column}
