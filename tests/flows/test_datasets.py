"""One more dataset touches no Python: a file, a suite, and its batch goes from template to report."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from evaluation.design import Study, load_study
from evaluation.errors import StudyError
from evaluation.forms import fill_template
from evaluation.intake import Sender, check
from evaluation.intake.admission import admit
from evaluation.intake.reception import receive
from evaluation.language import Language, languages
from evaluation.records.batches import Card, Status
from evaluation.settings import CHECKOUT, Settings
from evaluation.store.engine import open_store, reading, writing
from evaluation.store.estimates import save_comparison
from evaluation.synthetic.datasets import write_datasets
from flows.cli import main
from flows.comparison import comparison_of, run_of
from flows.releasing import release

NOW = datetime(2022, 12, 28, tzinfo=UTC)

GARDENS = """
id: gardens
version: 1
title: {en: School gardens, ru: Школьные сады, kk: Мектеп бақтары}
grain: aggregate
part: school
identity: {region: region_code, wave: wave, period: [start, end], entry: [region_code, start, end]}
fields:
  - {name: wave, level: batch, type: code, need: required, answers: waves,
     header: {en: Wave, ru: Волна, kk: Кезең}}
  - {name: forms_declared, level: batch, type: integer, need: required, minimum: 0,
     header: {en: Rows in file, ru: Строк в файле, kk: Файлдағы жолдар}}
  - {name: region_code, type: code, need: required, answers: regions,
     header: {en: Region code, ru: Код региона, kk: Өңір коды}}
  - {name: start, type: date, need: required, header: {en: From, ru: С, kk: Басы}}
  - {name: end, type: date, need: required, header: {en: Until, ru: По, kk: Соңы}}
  - {name: pupils, type: integer, need: required, minimum: 0, maximum: 30000,
     header: {en: Pupils, ru: Учеников, kk: Оқушылар}}
  - {name: gardeners, type: integer, need: required, minimum: 0, maximum: 30000,
     header: {en: Gardeners, ru: Садоводов, kk: Бағбандар}}
indicators:
  - id: gardeners
    kind: share
    part: [gardeners]
    whole: [pupils]
    title: {en: Pupils who garden, ru: Ученики-садоводы, kk: Бағбан оқушылар}
"""
SUITE = """
- type: expect_multicolumn_parts_within_whole
  kwargs: {column_list: [pupils, gardeners]}
  severity: must_fix
  meta: {rule: part_over_whole, effect: hold, field: gardeners}
"""
ROWS = [
    ["15", "2022-09-01", "2022-10-31", "80", "32"],
    ["31", "2022-09-01", "2022-10-31", "60", "21"],
    ["43", "2022-09-01", "2022-10-31", "50", "51"],  # more gardeners than pupils
]


@pytest.fixture(scope="module")
def published() -> Study:
    return load_study(CHECKOUT / "evaluation/study")


@pytest.fixture
def extended(tmp_path: Path) -> Settings:
    """The shipped study with one more instrument file and its suite."""
    study, suites = tmp_path / "study", tmp_path / "suites"
    shutil.copytree(CHECKOUT / "evaluation/study", study)
    shutil.copytree(CHECKOUT / "expectations", suites, ignore=shutil.ignore_patterns("*.py*"))
    (study / "instruments/gardens.yaml").write_text(GARDENS, "utf-8")
    (suites / "gardens.yaml").write_text(SUITE, "utf-8")
    return settings_of(tmp_path, STORIES_STUDY=str(study), STORIES_EXPECTATIONS=str(suites))


def settings_of(folder: Path, **more: str) -> Settings:
    (folder / "var").mkdir(exist_ok=True)
    return Settings.from_env(
        {
            "HOME": str(folder),
            "STORIES_DATA": str(folder / "var"),
            "STORIES_KEY_FILE": str(folder / "config/quarantine.key"),
            **more,
        }
    )


def take(
    engine: Engine, settings: Settings, study: Study, content: bytes, name: str = "file.xlsx"
) -> str:
    received = receive(
        engine,
        settings,
        study,
        content=content,
        sender=Sender(),
        now=NOW,
        actor="test",
        replaces=None,
        name=name,
    )
    return admit(engine, settings, study, batch=received.batch.id, now=NOW)


def page(engine: Engine, settings: Settings, study: Study, language: str) -> str:
    with reading(engine) as conn:
        run = run_of(conn, study, as_of=NOW, now=NOW)
        made = comparison_of(conn, study, run)
    with writing(engine) as conn:
        save_comparison(conn, made, actor="test")
    (report,) = release(engine, settings, study, run=run.id, languages=[language], now=NOW)
    return " ".join(report.path.read_text("utf-8").replace("\u00a0", " ").split())


def gardens(study: Study, language: str, rows: list[list[str]] = ROWS) -> bytes:
    card = Card((("wave", "1"), ("forms_declared", str(len(rows)))))
    return fill_template(study.instruments["gardens"], study, language, card=card, rows=rows)


def test_a_new_file_is_enough_from_template_to_report(extended: Settings) -> None:
    study = load_study(extended.study)
    content = gardens(study, "kk")
    seen = check(
        content,
        study=study,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(),
        expectations=extended.expectations,
        already_stored=lambda respondents, wave: frozenset(),
    )
    assert (seen.instrument, seen.status) == ("gardens", Status.PARTLY)
    assert [finding.rule for finding in seen.findings] == ["part_over_whole"]
    engine = open_store(extended.database_url)
    assert take(engine, extended, study, content) == Status.PARTLY
    for code in languages():
        text = page(engine, extended, study, code)
        say = Language(code)
        instrument = study.instruments["gardens"]
        assert say.text(instrument.indicators[0].title) in text
        assert say.percent(53 / 140).replace("\u00a0", " ") in text  # 32 + 21 of 80 + 60
        assert (
            say(
                "report.dataset.unsent",
                datasets=say.text(study.instruments["language_support"].title),
            ).split(":")[0]
            in text
        )


def test_a_changed_file_of_the_same_version_is_refused(extended: Settings) -> None:
    study = load_study(extended.study)
    engine = open_store(extended.database_url)
    take(engine, extended, study, gardens(study, "en"))
    file = extended.study / "instruments/gardens.yaml"
    file.write_text(GARDENS.replace("maximum: 30000", "maximum: 20000"), "utf-8")
    changed = load_study(extended.study)
    with pytest.raises(StudyError, match="instrument_changed"), reading(engine) as conn:
        comparison_of(conn, changed, run_of(conn, changed, as_of=NOW, now=NOW))
    other = [["55", "2022-09-01", "2022-10-31", "80", "32"]]
    with pytest.raises(StudyError, match="instrument_changed"):
        take(engine, extended, changed, gardens(changed, "en", other))


def test_a_new_version_says_what_changed_and_pooling_is_flagged(extended: Settings) -> None:
    study = load_study(extended.study)
    engine = open_store(extended.database_url)
    take(engine, extended, study, gardens(study, "en"))
    newer = GARDENS.replace("version: 1", "version: 2").replace("maximum: 30000", "maximum: 20000")
    said = "changes: [{version: 2, text: {en: Beds count too., ru: И грядки., kk: Жүйектер де.}}]\n"
    (extended.study / "instruments/gardens.yaml").write_text(newer + said, "utf-8")
    study = load_study(extended.study)
    other = [["55", "2022-09-01", "2022-10-31", "80", "40"]]
    assert take(engine, extended, study, gardens(study, "ru", other)) == Status.ACCEPTED
    text = page(engine, extended, study, "en")
    assert "several versions of the form (1, 2)" in text and "Beds count too." in text
    assert "42%" in text  # 32 + 21 + 40 of 80 + 60 + 80


def test_every_example_dataset_is_let_in_and_shown(published: Study, tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    engine = open_store(settings.database_url)
    out = tmp_path / "files"
    out.mkdir()
    for made in write_datasets(published, seed=2022, out=out):
        status = take(engine, settings, published, (out / made.file).read_bytes(), made.file)
        assert status in (Status.ACCEPTED, Status.REMARKS), made.file
    text = page(engine, settings, published, "kk")
    for instrument in published.instruments.values():
        for indicator in instrument.indicators:
            assert indicator.title["kk"] in text, indicator.id
    for value in published.reference_values[2:]:
        assert value.source["kk"] in text
    assert "report.dataset" not in text


def test_a_participant_of_the_course_can_withdraw_too(
    home: Settings, published: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_datasets(published, seed=2022, out=tmp_path)
    engine = open_store(home.database_url)
    take(engine, home, published, (tmp_path / "training_prepost_wave_1.xlsx").read_bytes())
    with reading(engine) as conn:
        (code,) = conn.exec_driver_sql(
            "SELECT respondent FROM responses_training_prepost_v1 ORDER BY respondent LIMIT 1"
        ).one()
    assert main(["withdraw", code, "--yes"]) == 0
    assert main(["withdraw", "X1", "--yes"]) == 2
    with reading(engine) as conn:
        left = conn.exec_driver_sql("SELECT count(*) FROM responses_training_prepost_v1").scalar()
        made = comparison_of(
            conn, published, run_of(conn, published, as_of=datetime.now(UTC), now=datetime.now(UTC))
        )
    assert left == 129
    assert made.datasets[0].rows == 129
