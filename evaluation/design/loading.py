"""A folder of study files → one frozen `Study`. The only module that walks study/.

`load_study` refuses a folder whose files contradict each other, before anything runs on it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from evaluation.design.authored_reading import FOLDER, read_authored
from evaluation.design.contents import read_contents
from evaluation.design.crosschecks import check_study
from evaluation.design.geography import (
    read_regions,
    read_roles,
    read_sites,
    read_splits,
    regions_as_choices,
)
from evaluation.design.instruments import parse_instrument
from evaluation.design.permissions import read_permissions
from evaluation.design.plans import read_plan
from evaluation.design.questionnaires import Choice, Choices, Instrument, Scale
from evaluation.design.reading import Node, read_csv, read_yaml
from evaluation.design.study import Disclosure, ReferenceValue, Retention, Study, Wave
from evaluation.design.wording import read_wording

INTAKE = {
    "bytes": 10 * 1024 * 1024,
    "rows": 5000,
    "columns": 200,
    "distinct": 150_000,
    "unpacked_bytes": 200 * 1024 * 1024,
    "bad_answers": 0.05,
    "wrong_dates": 0.20,
    "missing_page": 0.80,
}
"""The thresholds of the gate in, where study.yaml does not say otherwise (domain.md R08, §5)."""
MOST_IMPORTANT = 100

STUDY_KEYS = (
    *("id", "title", "languages", "example", "time_zone", "waves"),
    *("demands", "intake", "disclosure", "retention"),
)

LONGEST_TERM = 90
"""Days. Personal data that were refused have no purpose that lasts longer."""

SMALLEST_CELL = 5
"""No study may publish smaller cells than this (domain.md §3.3)."""


def load_study(root: Path) -> Study:
    node = read_yaml(root / "study.yaml", root)
    node.entries(*STUDY_KEYS)
    languages = node.at("languages").words() or ("en",)
    waves = tuple(_wave(wave, languages) for wave in node.at("waves").each())
    regions = read_regions(root, languages)
    shared = {"regions": regions_as_choices(regions), "waves": _waves_as_choices(waves)}
    instruments = _instruments(root, languages, shared)
    scales = {s.id: s for s in (_scale(n, languages) for n in _folder(root, "scales"))}
    study = Study(
        id=node.at("id").text(),
        title=node.at("title").texts(languages),
        languages=languages,
        example=node.at("example").yes() if node.has("example") else False,
        time_zone=node.at("time_zone").text() if node.has("time_zone") else "Asia/Almaty",
        waves=waves,
        regions=regions,
        splits=read_splits(root, regions),
        roles=read_roles(root, regions),
        sites=read_sites(root, regions),
        instruments=instruments,
        scales=scales,
        reference_values=_reference_values(root, languages),
        plan=read_plan(root, languages, scales),
        disclosure=_disclosure(node.at("disclosure")),
        intake=_intake(node.at("intake")),
        digest=_digest(root),
        permissions=read_permissions(
            root,
            node.at("demands"),
            languages=languages,
            regions=regions,
            waves=[wave.id for wave in waves],
            instruments=instruments,
        ),
        retention=_retention(node.at("retention")),
    )
    check_study(study)
    return _with_words(study, root)


def _with_words(study: Study, root: Path) -> Study:
    """What reports are made of beside numbers; texts may cite the plan's outcomes only."""
    outcomes = tuple(outcome.id for outcome in study.plan.outcomes) if study.plan else ()
    texts = read_authored(root, study.languages, outcomes)
    contents = read_contents(root, study.languages, texts)
    return replace(study, texts=texts, contents=contents, wording=read_wording(root))


def _folder(root: Path, folder: str) -> list[Node]:
    return [read_yaml(path, root) for path in sorted((root / folder).glob("*.yaml"))]


def _instruments(
    root: Path, languages: tuple[str, ...], shared: dict[str, Choices]
) -> dict[str, Instrument]:
    instruments = {}
    for node in _folder(root, "instruments"):
        instrument = parse_instrument(node, languages, shared)
        if f"instruments/{instrument.id}.yaml" != node.file:
            raise node.at("id").fail("id_is_not_file_name", id=instrument.id)
        instruments[instrument.id] = instrument
    return instruments


def _wave(node: Node, languages: tuple[str, ...]) -> Wave:
    node.entries("id", "name", "start", "end", "aliases", "due")
    return Wave(
        id=node.at("id").integer(),
        name=node.at("name").texts(languages),
        start=node.at("start").day() if node.has("start") else None,
        end=node.at("end").day() if node.has("end") else None,
        aliases=node.at("aliases").words(),
        due=node.at("due").day() if node.has("due") else None,
    )


def _waves_as_choices(waves: tuple[Wave, ...]) -> Choices:
    choices = tuple(Choice(str(w.id), w.name, aliases=w.aliases) for w in waves)
    return Choices("waves", choices)


def _scale(node: Node, languages: tuple[str, ...]) -> Scale:
    node.entries(
        "id", "instrument", "name", "role", "position", "items", "reversed", "range", "min_answered"
    )
    ends = [end.integer() for end in node.at("range").each()]
    if len(ends) != 2 or ends[0] >= ends[1]:
        raise node.at("range").fail("not_a_range")
    return Scale(
        id=node.at("id").text(),
        instrument=node.at("instrument").text(),
        name=node.at("name").texts(languages),
        items=node.at("items").words(),
        reversed=frozenset(node.at("reversed").words()),
        low=ends[0],
        high=ends[1],
        min_answered=node.at("min_answered").integer(),
        role=node.at("role").text() if node.has("role") else "secondary",
        position=node.at("position").integer() if node.has("position") else 0,
    )


def _reference_values(root: Path, languages: tuple[str, ...]) -> tuple[ReferenceValue, ...]:
    columns = ("id", "value", "unit", "stated_on")
    return tuple(
        ReferenceValue(
            id=node.at("id").text(),
            value=_number(node.at("value")),
            unit=node.at("unit").text(),
            stated_on=node.at("stated_on").day(),
            source={la: node.at(f"source_{la}").text() for la in languages},
            label={la: node.at(f"label_{la}").text() for la in languages},
            note={la: node.at(f"note_{la}").text() for la in languages},
        )
        for node in read_csv(root / "reference_values.csv", root, columns)
    )


def _number(node: Node) -> float:
    try:
        return float(node.text())
    except ValueError:
        raise node.fail("not_a_number") from None


def _disclosure(node: Node) -> Disclosure:
    if node.value is None:
        return Disclosure()
    node.entries("minimum_cell", "round_counts_to", "importance")
    weights = node.at("importance")
    names = [] if weights.value is None else weights.entries()
    rules = Disclosure(
        node.at("minimum_cell").integer(),
        node.at("round_counts_to").integer(),
        {str(name): _weight(weights.at(str(name))) for name in names},
    )
    if rules.minimum_cell < SMALLEST_CELL:
        raise node.at("minimum_cell").fail("cell_too_small", smallest=SMALLEST_CELL)
    most = 2 * rules.minimum_cell  # beyond, a number that may be shown would round to nothing
    if not 1 <= rules.round_counts_to <= most:
        raise node.at("round_counts_to").fail("not_between", low=1, high=most)
    return rules


def _weight(node: Node) -> float:
    weight = _number(node)
    if not 0 < weight <= MOST_IMPORTANT:
        raise node.fail("not_between", low=0, high=MOST_IMPORTANT)
    return weight


def _intake(node: Node) -> dict[str, float]:
    if node.value is None:
        return dict(INTAKE)
    node.entries(*INTAKE)
    return {name: node.at(name).number() if node.has(name) else INTAKE[name] for name in INTAKE}


def _retention(node: Node) -> Retention:
    if node.value is None:
        return Retention()
    node.entries("refused_days", "holidays")
    days = node.at("refused_days").integer()
    if not 1 <= days <= LONGEST_TERM:
        raise node.at("refused_days").fail("not_between", low=1, high=LONGEST_TERM)
    holidays = node.at("holidays").each() if node.has("holidays") else ()
    return Retention(days, frozenset(day.day() for day in holidays))


def _digest(root: Path) -> str:
    """Over every file's name and content, so that a run can say which study it ran on; not over
    what people write into reports, which no number comes from."""
    digest = hashlib.sha256()
    files = (p for p in root.rglob("*") if p.suffix in (".yaml", ".csv"))
    for path in sorted(p for p in files if p.parent != root / FOLDER):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
