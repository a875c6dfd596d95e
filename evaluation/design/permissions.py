"""What must be there before anybody may be asked: approvals by region and wave, texts of consent.

Registers of the study, signed off like its other files: `approvals.csv` says where and when the
ethics review has approved and the interviewers were trained; `consents.yaml` says which texts
families have signed, and until when each holds (domain.md §3.2, R32, R33).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from evaluation.design.places import Region
from evaluation.design.questionnaires import Instrument, Texts
from evaluation.design.reading import Node, read_csv, read_yaml


class Approval(StrEnum):
    """What a study can demand for each region and wave; its messages are `rule.<kind>_missing`."""

    ETHICS = "ethics"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Registered:
    """One line of the register; `reference` is the number of the paper that proves it."""

    kind: Approval
    region: str
    wave: int
    day: date
    reference: str


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text that guardians have signed: from when it was in use, until when it holds, and what
    it says (Law 94-V: who, to whom, abroad or not, published or not, which data)."""

    version: int
    since: date
    until: date
    operator: Texts
    bin: str
    third_parties: bool
    abroad: bool
    publication: bool
    data: Texts


@dataclass(frozen=True, slots=True)
class ConsentFields:
    """Which fields of a questionnaire say what was signed, when, and when the child was asked."""

    version: str
    signed_on: str
    asked_on: str


@dataclass(frozen=True, slots=True)
class Permissions:
    """`demanded` none and `fields` None: a study that keeps no registers."""

    demanded: tuple[Approval, ...] = ()
    registered: tuple[Registered, ...] = ()
    fields: ConsentFields | None = None
    texts: Mapping[int, ConsentText] = dataclasses.field(default_factory=dict)

    def missing(self, region: str, wave: int | None) -> tuple[Approval, ...]:
        there = {
            each.kind for each in self.registered if (each.region, each.wave) == (region, wave)
        }
        return tuple(kind for kind in self.demanded if kind not in there)


def read_permissions(
    root: Path,
    demands: Node,
    *,
    languages: tuple[str, ...],
    regions: Mapping[str, Region],
    waves: Collection[int],
    instruments: Mapping[str, Instrument],
) -> Permissions:
    demanded = (
        tuple(node.one_of(Approval) for node in demands.each()) if demands.value is not None else ()
    )
    registered = tuple(_registered(root, regions, waves))
    path = root / "consents.yaml"
    if not path.exists():
        return Permissions(demanded, registered)
    node = read_yaml(path, root)
    node.entries("fields", "texts")
    texts = [_text(each, languages) for each in node.at("texts").each()]
    return Permissions(
        demanded=demanded,
        registered=registered,
        fields=_fields(node.at("fields"), instruments),
        texts={text.version: text for text in texts},
    )


def _registered(
    root: Path, regions: Mapping[str, Region], waves: Collection[int]
) -> list[Registered]:
    columns = ("kind", "region", "wave", "day", "reference")
    lines = []
    for node in read_csv(root / "approvals.csv", root, columns):
        region, wave = node.at("region").text(), node.at("wave").text()
        if region not in regions:
            raise node.at("region").fail("unknown_reference", name=region, known="regions.csv")
        if wave not in {str(each) for each in waves}:
            raise node.at("wave").fail("unknown_reference", name=wave, known="study.yaml waves")
        lines.append(
            Registered(
                kind=node.at("kind").one_of(Approval),
                region=region,
                wave=int(wave),
                day=node.at("day").day(),
                reference=node.at("reference").text(),
            )
        )
    return lines


def _text(node: Node, languages: tuple[str, ...]) -> ConsentText:
    node.entries(*(field.name for field in dataclasses.fields(ConsentText)))
    text = ConsentText(
        version=node.at("version").integer(),
        since=node.at("since").day(),
        until=node.at("until").day(),
        operator=node.at("operator").texts(languages),
        bin=node.at("bin").text(),
        third_parties=node.at("third_parties").yes(),
        abroad=node.at("abroad").yes(),
        publication=node.at("publication").yes(),
        data=node.at("data").texts(languages),
    )
    if text.until < text.since:
        raise node.at("until").fail("ends_before_start")
    return text


def _fields(node: Node, instruments: Mapping[str, Instrument]) -> ConsentFields:
    names = tuple(field.name for field in dataclasses.fields(ConsentFields))
    node.entries(*names)
    said = {name: node.at(name).text() for name in names}
    for name, field in said.items():
        if not any(instrument.has(field) for instrument in instruments.values()):
            raise node.at(name).fail("unknown_reference", name=field, known="instruments")
    return ConsentFields(**said)
