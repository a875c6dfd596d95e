"""The synthetic children once more, as somebody would have filled in our form on a server."""

import csv
from collections.abc import Iterator
from pathlib import Path

from evaluation.design import load_study
from evaluation.forms.xlsform import form_sheets
from evaluation.settings import CHECKOUT
from tests.evaluation.servers.kobo_server import KoboServer
from tests.evaluation.servers.odk_server import OdkServer

DATASET = "child_questionnaire"
UID = "aInventedForm"
SPRING, AUTUMN = "region_15_wave_0_part_001.csv", "region_15_wave_1_part_001.csv"
ELSEWHERE = "region_55_wave_0_part_001.csv"


def answers(folder: Path, file: str) -> Iterator[dict[str, str]]:
    """Row by row: the question's name → the answer's code."""
    _, region, _, wave, *_ = file.split("_")
    with (folder / file).open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            said = {name.partition("-")[2]: text for name, text in row.items() if "-" in name}
            said.pop("instanceID")
            yield {"region_code": region, "wave": wave, **said}


def survey():
    study = load_study(CHECKOUT / "evaluation/study")
    return list(form_sheets(study.instruments[DATASET], study, "en")["survey"])


def items() -> frozenset[str]:
    """The questions that stand in the group `questions`."""
    lines = survey()
    start = next(n for n, line in enumerate(lines) if line["type"] == "begin_group")
    return frozenset(line["name"] for line in lines[start:] if line.get("name")) - {"questions"}


def kobo_row(row: dict[str, str]) -> dict[str, str]:
    """What is not answered is left out, as KoboToolbox does."""
    inside = items()
    return {(f"questions/{n}" if n in inside else n): said for n, said in row.items() if said}


def odk_row(row: dict[str, str]) -> dict[str, object]:
    inside = items()
    outside: dict[str, object] = {n: said or None for n, said in row.items() if n not in inside}
    return outside | {"questions": {n: said or None for n, said in row.items() if n in inside}}


def fill_kobo(server: KoboServer, folder: Path, *files: str, first: int = 1) -> None:
    if UID not in server.assets:
        server.add_form(UID, [dict(_split(line)) for line in survey()])
    rows = [row for file in files for row in answers(folder, file)]
    for number, row in enumerate(rows, start=first):
        server.send(UID, number, kobo_row(row))


def fill_odk(server: OdkServer, folder: Path, *files: str, first: int = 1) -> None:
    if ("1", DATASET) not in server.forms:
        inside = items()
        names = [line["name"] for line in survey() if line.get("name") not in (None, "questions")]
        server.add_form(DATASET, [f"questions/{n}" if n in inside else n for n in names])
    rows = [row for file in files for row in answers(folder, file)]
    for number, row in enumerate(rows, start=first):
        at = f"2022-05-{1 + number // 24:02d}T{number % 24:02d}:00:00.000Z"
        server.send(DATASET, number, odk_row(row), at=at)


def _split(line):
    kind, _, choices = line["type"].partition(" ")
    return {"type": kind, "name": line.get("name", ""), "select_from_list_name": choices}
