"""Synthetic children → the files that regional offices send, with the list that says what is what.

Beside the files stand `deliveries.csv` (what each sender says of it), `truth.yaml` (what an
analysis should find) and `faults.csv` (what the gate in should find).
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from evaluation.design import Study, Wave
from evaluation.errors import SettingsError
from evaluation.forms import TEMPLATE_VERSION
from evaluation.records.batches import Card
from evaluation.synthetic import truth as truths
from evaluation.synthetic.children import draw_block
from evaluation.synthetic.datasets import ExampleFile, write_datasets
from evaluation.synthetic.faults import Fault, Planted, load_faults, spoil
from evaluation.synthetic.formats import CSV, FORMATS, MIXED, Format
from evaluation.synthetic.population import Population, RegionTruth, populate
from evaluation.synthetic.rows import Rows
from evaluation.synthetic.sending import Form, Sending

BLOCK = 4_000
"""Children a file at most: in KoboToolbox's Russian CSV, under 10 MiB and under 5,000 rows."""

LISTED = (
    "fieldwork_start",
    "fieldwork_end",
    "forms_eligible",
    "forms_approached",
    "forms_declared",
    "template_version",
    "instrument_version",
)

Formats = Literal["mixed", "csv"]
CHOICES: dict[Formats, tuple[str, ...]] = {"mixed": MIXED, "csv": CSV}


@dataclass(frozen=True, slots=True)
class Synthesis:
    folder: Path
    files: int
    children: int
    rows: int


@dataclass(frozen=True, slots=True)
class Written:
    """One line of deliveries.csv, and what is wrong with the file. No rows: they are let go of."""

    file: str
    region: str
    wave: int
    card: Card
    rows: int
    planted: tuple[Planted, ...]


def synthesize(
    study: Study,
    *,
    children: int,
    seed: int,
    out: Path,
    formats: Formats = "mixed",
    datasets: bool = False,
    progress: Callable[[int, int], None] = lambda done, all_of_them: None,
) -> Synthesis:
    """Write synthetic deliveries into `out`; the same arguments write the same bytes.

    `datasets`: also a file of every dataset beside the questionnaire.
    `progress` hears (children done, children) after every block. Raises SettingsError where
    `out` holds something that is not synthetic, or the study cannot carry so many children.
    """
    truth = truths.load_truth()
    population = populate(study, truth, children=children, seed=seed)
    _make_room(out)
    written: list[Written] = []
    done = 0
    for sendings, drawn in _sendings(population):
        for sending in sendings:
            written += _write(out, sending, population, formats)
        done += drawn
        progress(done, children)
    beside = write_datasets(study, seed=seed, out=out) if datasets else ()
    _write_list(out, written, population, beside)
    _write_faults(out, written)
    _write_truth(out, children, seed)
    return Synthesis(out, len(written) + len(beside), children, sum(each.rows for each in written))


def _make_room(out: Path) -> None:
    """Never write among somebody's own files."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()) and not (out / "truth.yaml").exists():
        raise SettingsError("folder_not_empty", folder=out)


def _sendings(population: Population) -> Iterator[tuple[list[Sending], int]]:
    """Block by block; before the reform one office sent what are several regions today."""
    regions = sorted(population.regions, key=lambda r: (r.sender, r.code))
    for sender, group in groupby(regions, key=lambda r: r.sender):
        together = list(group)
        step = BLOCK // len(together)
        largest = max(region.size for region in together)
        for number, first in enumerate(range(0, largest, step), start=1):
            yield _block(population, sender, together, range(first, first + step), number)


def _block(
    population: Population, sender: str, regions: list[RegionTruth], which: range, number: int
) -> tuple[list[Sending], int]:
    blocks = [
        draw_block(population, region, first=which.start, last=which.stop)
        for region in regions
        if region.size > which.start
    ]
    sendings = []
    # A file each, though all say the old region: how many were eligible is then known for each.
    for place, block in enumerate(blocks, start=(number - 1) * len(regions) + 1):
        sendings.append(_sending(population, sender, population.baseline, block.baseline, place))
    for block in blocks:
        code = block.region.code
        sendings.append(_sending(population, code, population.endline, block.endline, number))
    return sendings, sum(len(block.baseline) for block in blocks)


def _sending(population: Population, sender: str, wave: Wave, rows: Rows, number: int) -> Sending:
    return Sending(
        name=f"region_{sender}_wave_{wave.id}_part_{number:03d}",
        sender=sender,
        wave=wave,
        fieldwork=population.fieldwork(sender, wave),
        rows=rows,
        families=population.truth.families,
    )


def _write(
    out: Path, sending: Sending, population: Population, formats: Formats
) -> Iterator[Written]:
    form = Form(population.study, population.instrument)
    chosen = _format_of(sending.sender, population, formats)
    # One set of mistakes is enough for a country: they go into each office's first file.
    faults: tuple[Fault, ...] = load_faults() if sending.name.endswith("_001") else ()
    path = out
    for spoilt in spoil(sending, faults, respondent=population.instrument.identity.respondent):
        before, path = path, out / f"{spoilt.sending.name}.{chosen.ending}"
        if spoilt.again:
            shutil.copyfile(before, path)
        else:
            chosen.write(path, spoilt.sending, form)
        planted = tuple(Planted(path.name, row, fault) for row, fault in spoilt.faults)
        yield Written(
            path.name,
            spoilt.sending.sender,
            spoilt.sending.wave.id,
            spoilt.sending.card(population.instrument, TEMPLATE_VERSION),
            len(spoilt.sending.rows),
            planted,
        )


def _format_of(sender: str, population: Population, formats: Formats) -> Format:
    """An office has one tool, for both waves."""
    offices = sorted({r.code for r in population.regions} | {r.sender for r in population.regions})
    names = CHOICES[formats]
    return FORMATS[names[offices.index(sender) % len(names)]]


def _write_list(
    out: Path,
    written: list[Written],
    population: Population,
    beside: tuple[ExampleFile, ...],
) -> None:
    with (out / "deliveries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "instrument", "region", "wave", *LISTED])
        for each in written:
            said = [each.card.get(name) or "" for name in LISTED]
            place = (each.file, population.instrument.id, each.region, each.wave)
            writer.writerow([*place, *said])
        for other in beside:  # their rows say the region, their card the rest
            writer.writerow([other.file, other.instrument, "", other.wave, *[""] * len(LISTED)])


def _write_truth(out: Path, children: int, seed: int) -> None:
    drawn = f"# Drawn from it here: {children} children, seed {seed}.\n"
    text = drawn + truths.SHIPPED.read_text("utf-8")
    (out / "truth.yaml").write_text(text, encoding="utf-8", newline="\n")


def _write_faults(out: Path, written: list[Written]) -> None:
    with (out / "faults.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "row", "field", "kind", "domain_row", "effect", "what"])
        for each in written:
            for place in each.planted:
                fault = place.fault
                said = (fault.field, fault.kind, fault.domain, fault.effect, fault.what)
                writer.writerow([place.file, place.row or "", *said])
