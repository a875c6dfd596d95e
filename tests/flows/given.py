"""Small folders of synthetic files, and what can be seen of a store from outside."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from evaluation.settings import Settings
from evaluation.store import tables
from evaluation.store.engine import open_store, reading

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

# Of the synthetic folder: a pilot region whole, one file to refuse, one with a row to hold.
GOOD, LATER = "region_15_wave_0_part_001.csv", "region_15_wave_1_part_001.csv"
REFUSED, CORRECTED = "region_35_wave_1_part_001_first_attempt.csv", "region_35_wave_1_part_001.csv"
HELD = "region_35_wave_0_part_001.csv"


def folder_of(source: Path, target: Path, *names: str) -> Path:
    """Some files of a folder, and what its list says of them."""
    target.mkdir(parents=True)
    with (source / "deliveries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (target / "deliveries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row for row in rows if row["file"] in names)
    for name in names:
        shutil.copy(source / name, target)
    return target


def rows(settings: Settings) -> dict[str, int]:
    """Table → how many rows, of everything in the store."""
    engine = open_store(settings.database_url)
    with reading(engine) as conn:
        return {
            name: conn.scalar(select(func.count()).select_from(table)) or 0
            for name, table in tables.metadata.tables.items()
        }


def fetched(settings: Settings, query: str) -> list[tuple[object, ...]]:
    engine = open_store(settings.database_url)
    with reading(engine) as conn:
        return [tuple(row) for row in conn.exec_driver_sql(query)]


def locked_away(settings: Settings) -> dict[str, set[str]]:
    """Place → the batches whose bytes lie there."""
    return {
        place.name: {path.stem for path in place.glob("*.locked")}
        for place in settings.deliveries.iterdir()
    }


def stories(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, with this environment alone."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from flows.cli import main; sys.exit(main())", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
