"""Taking in a workbook of 5,000 rows, against a bare read of the same file by calamine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from python_calamine import CalamineWorkbook

from benchmarks.timing import measured, once, seconds
from evaluation.design import load_study
from evaluation.forms import TEMPLATE_VERSION, fill_template
from evaluation.intake import Sender, check
from evaluation.intake.admission import admit
from evaluation.intake.reception import receive
from evaluation.records.batches import Card
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from evaluation.synthetic import load_truth
from evaluation.synthetic.children import draw_block
from evaluation.synthetic.population import populate
from evaluation.synthetic.sending import Sending

ROWS = 5_000


def workbook(settings: Settings) -> tuple[bytes, str]:
    """One region's baseline of ROWS children in the upload template, and who says it sent it."""
    study = load_study(settings.study)
    population = populate(study, load_truth(), children=10 * ROWS, seed=5)
    region = population.regions[0]
    rows = draw_block(population, region, first=0, last=ROWS).baseline
    sending = Sending(
        name="benchmark",
        sender=region.sender,
        wave=population.baseline,
        fieldwork=population.fieldwork(region.sender, population.baseline),
        rows=rows,
        families=population.truth.families,
    )
    instrument = population.instrument
    card = sending.card(instrument, TEMPLATE_VERSION)
    content = fill_template(instrument, study, "ru", card=card, rows=rows.each())
    return content, region.sender


def settings_in(folder: Path) -> Settings:
    return Settings.from_env(
        {"STORIES_DATA": str(folder / "var"), "STORIES_KEY_FILE": str(folder / "key")}
    )


def main() -> None:
    with TemporaryDirectory() as name:
        settings = settings_in(Path(name))
        content, region = workbook(settings)
        path = Path(name) / "benchmark.xlsx"
        path.write_bytes(content)
        study = load_study(settings.study)

        def bare() -> object:
            return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

        def checked() -> object:
            return check(
                content,
                study=study,
                instrument=None,
                region=None,
                wave=None,
                declared=Card(),
                expectations=settings.expectations,
                already_stored=lambda respondents, wave: frozenset(),
            )

        stores = iter([settings_in(Path(name) / str(run)) for run in range(20)])
        said = Sender("child_questionnaire", region, 0, Card())

        def ingested(sender: Sender) -> float:
            """Into a store of its own, opened before the clock starts."""
            fresh = next(stores)
            engine = open_store(fresh.database_url)
            now = datetime.now(UTC)

            def work() -> None:
                received = receive(
                    engine, fresh, study, content=content, sender=sender, now=now, actor="bench"
                )
                status = admit(engine, fresh, study, batch=received.batch.id, now=now)
                assert status != "refused"

            return once(work)

        first = once(checked)
        floor = seconds(bare)
        columns = len(study.instruments["child_questionnaire"].row_fields)
        print(f"a workbook of {ROWS} rows x {columns} columns")
        print(f"bare read by calamine        {floor:6.2f} s    1.0")
        for what, took in (
            ("check, first of a process", first),
            ("check", seconds(checked)),
            ("ingest, all of it said", median(ingested(said) for _ in range(5))),
            ("ingest, file asked for them", median(ingested(Sender()) for _ in range(5))),
        ):
            print(f"{what:28} {took:6.2f} s  {took / floor:5.1f}")
        peak(path)


def peak(path: Path) -> None:
    read = (
        "from python_calamine import CalamineWorkbook\n"
        f"CalamineWorkbook.from_path({str(path)!r}).get_sheet_by_index(0).to_python()"
    )
    code = (
        "from pathlib import Path\n"
        "from evaluation.design import load_study\n"
        "from evaluation.intake import check\n"
        "from evaluation.records.batches import Card\n"
        "from evaluation.settings import Settings\n"
        "s = Settings.from_env({})\n"
        f"check(Path({str(path)!r}).read_bytes(), study=load_study(s.study), instrument=None,"
        " region=None, wave=None, declared=Card(), expectations=s.expectations,"
        " already_stored=lambda r, w: frozenset())"
    )
    bare, whole = measured(read), measured(code)
    imports = measured("import pandas, great_expectations")
    print(f"peak memory: bare read {bare.peak:.0f} MiB, check {whole.peak:.0f} MiB,")
    print(f"             of which importing pandas and Great Expectations {imports.peak:.0f} MiB")


if __name__ == "__main__":
    main()
