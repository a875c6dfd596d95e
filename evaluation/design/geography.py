"""The region files and sites.csv → regions, and which of them is in which arm, and when."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evaluation.design.places import (
    Arm,
    Region,
    RegionRole,
    Site,
    Split,
)
from evaluation.design.questionnaires import Choice, Choices
from evaluation.design.reading import Node, read_csv


def read_regions(root: Path, languages: tuple[str, ...]) -> dict[str, Region]:
    nodes = read_csv(root / "regions.csv", root, ("code",))
    regions: dict[str, Region] = {}
    for node in nodes:
        code = node.at("code").text()
        if code in regions:
            raise node.at("code").fail("code_twice", codes=code)
        regions[code] = Region(
            code=code,
            iso=_or_empty(node.at("iso")),
            kind=_or_empty(node.at("kind")) or "region",
            name={la: _or_empty(node.at(f"name_{la}")) or code for la in languages},
            aliases=_split(node.at("aliases")),
            predecessor=_or_empty(node.at("predecessor")) or None,
            since=node.at("since").day() if node.has("since") else None,
        )
    for node in nodes:
        if node.has("predecessor"):
            _known(node.at("predecessor"), regions)
    return regions


def regions_as_choices(regions: Mapping[str, Region]) -> Choices:
    """So that a region can be answered like any other coded question: by code, name or alias."""
    return Choices(
        "regions",
        tuple(
            Choice(r.code, r.name, aliases=tuple(a for a in (r.iso, *r.aliases) if a))
            for r in regions.values()
        ),
    )


def read_splits(root: Path, regions: Mapping[str, Region]) -> tuple[Split, ...]:
    nodes = read_csv(root / "region_splits.csv", root, ("new", "old", "day", "places"))
    return tuple(
        Split(
            new=_known(node.at("new"), regions),
            old=_known(node.at("old"), regions),
            day=node.at("day").day(),
            places=_split(node.at("places")),
        )
        for node in nodes
    )


def read_roles(root: Path, regions: Mapping[str, Region]) -> tuple[RegionRole, ...]:
    roles: list[RegionRole] = []
    for node in read_csv(root / "region_roles.csv", root, ("region", "arm", "start", "end")):
        role = RegionRole(
            region=_known(node.at("region"), regions),
            arm=node.at("arm").one_of(Arm),
            start=node.at("start").day(),
            end=node.at("end").day() if node.has("end") else None,
        )
        if role.end and role.end < role.start:
            raise node.at("end").fail("ends_before_start")
        if any(_overlap(role, other) for other in roles):
            raise node.at("region").fail("roles_overlap", region=role.region)
        roles.append(role)
    return tuple(roles)


def read_sites(root: Path, regions: Mapping[str, Region]) -> dict[str, Site]:
    columns = ("code", "region", "start", "end", "sessions_planned")
    sites: dict[str, Site] = {}
    for node in read_csv(root / "sites.csv", root, columns):
        code = node.at("code").text()
        if code in sites:
            raise node.at("code").fail("code_twice", codes=code)
        sites[code] = Site(
            code=code,
            region=_known(node.at("region"), regions),
            start=node.at("start").day(),
            end=node.at("end").day() if node.has("end") else None,
            sessions_planned=_whole(node.at("sessions_planned")),
        )
    return sites


def _overlap(one: RegionRole, other: RegionRole) -> bool:
    if one.region != other.region:
        return False
    return not (
        (one.end is not None and one.end < other.start)
        or (other.end is not None and other.end < one.start)
    )


def _known(node: Node, regions: Mapping[str, Region]) -> str:
    if node.text() not in regions:
        raise node.fail("unknown_reference", name=node.text(), known="regions.csv")
    return node.text()


def _or_empty(node: Node) -> str:
    return node.text() if node.value is not None else ""


def _split(node: Node) -> tuple[str, ...]:
    return tuple(part.strip() for part in _or_empty(node).split("|") if part.strip())


def _whole(node: Node) -> int:
    try:
        return int(node.text())
    except ValueError:
        raise node.fail("not_a_whole_number") from None
