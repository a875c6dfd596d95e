"""Every command by its name: what it answers, and the exit code."""

import re
from dataclasses import replace

import openpyxl
import pytest
import typer
from rich.console import Console

from evaluation.errors import SettingsError
from evaluation.language import Language, languages
from evaluation.records.batches import receipt
from evaluation.store.engine import open_store, reading
from evaluation.store.estimates import latest_run, load_comparison
from flows.cli import build, language_first, main, run
from flows.commands import COMMANDS
from flows.commands.compare import end_of_day
from flows.commands.receipts import Sent, tell_summary
from flows.commands.screen import dataset_of
from tests.flows.conftest import home_in
from tests.flows.given import (
    CORRECTED,
    GOOD,
    HELD,
    LATER,
    REFUSED,
    fetched,
    folder_of,
    locked_away,
    rows,
)
from tests.given import moment

GROUPS = "Usage|Options|Arguments|Commands|OPTIONS|COMMAND|required|default|Show this|Path|<"


def receipts(text):
    return re.findall(r"^# .*([0-9A-F]{4}-[0-9A-F]{4})", text, re.MULTILINE)


@pytest.fixture(scope="module")
def taken(prefect, sendings, tmp_path_factory):
    """A store that has taken in both waves of a region, a row to hold, and a file to refuse."""
    tmp_path = tmp_path_factory.mktemp("taken")
    folder = folder_of(sendings, tmp_path / "files", GOOD, LATER, HELD, REFUSED)
    with home_in(tmp_path) as settings:
        assert main(["ingest", str(folder)]) == 3
        yield settings, folder


# Help and wrong use


@pytest.mark.parametrize("code", languages())
def test_help_is_wholly_in_the_language(home, capsys, code):
    say = Language(code)
    assert main(["--language", code, "--help"]) == 0
    page = capsys.readouterr().out
    flat = " ".join(page.split())
    for name in COMMANDS:
        assert f"{name} {say(f'cli.{name}')}" in flat
    assert say("cli.about") in flat
    if code != "en":
        assert re.findall(GROUPS, page) == []


@pytest.mark.parametrize("code", ["ru", "kk"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_the_language(home, capsys, name, code):
    assert main([name, "--help", "--language", code]) == 0
    page = capsys.readouterr().out
    # `<mixed|csv>` are words to type.
    assert re.findall(GROUPS, page.replace("<mixed|csv>", "")) == []
    assert Language(code)("cli.help.help") in page


def test_no_command_at_all_is_answered_with_help_and_is_wrong_use(home, capsys):
    assert main([]) == 2
    assert Language("en")("cli.about") in " ".join(capsys.readouterr().out.split())


LANGUAGE_PLACES = {
    ("--language", "ru", "ingest", "x"): ["--language", "ru", "ingest", "x"],
    ("ingest", "x", "--language", "ru"): ["--language", "ru", "ingest", "x"],
    ("ingest", "--language=ru", "x"): ["--language=ru", "ingest", "x"],
    ("ingest", "x", "--language"): ["--language", "ingest", "x"],
    ("ingest", "x"): ["ingest", "x"],
    ("report", "--language", "ru"): ["report", "--language", "ru"],
}


@pytest.mark.parametrize("typed", LANGUAGE_PLACES)
def test_the_language_may_stand_anywhere(typed):
    assert language_first(list(typed)) == LANGUAGE_PLACES[typed]


WRONG = {
    "no such command": (["wrong"], "cli.wrong.other", ""),
    "a word too many": (["doctor", "wrong"], "cli.wrong.other", ""),
    "no such option": (["ingest", "--wrong"], "cli.wrong.option", "--wrong"),
    "nothing given": (["check"], "cli.wrong.missing", None),
    "an option without its value": (["check", "x", "--region"], "cli.wrong.value", "--region"),
    "not a number": (["check", "x", "--wave", "one"], "cli.wrong.value", "--wave"),
    "too few": (["synthesize", "--out", "x", "--children", "0"], "cli.wrong.value", "--children"),
    "a required option": (["synthesize"], "cli.wrong.missing", "--out"),
}


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_is_said_in_the_language_and_is_2(home, capsys, case, code):
    words, key, name = WRONG[case]
    say = Language(code)
    assert main([*words, "--language", code]) == 2
    name = say("cli.argument.file") if name is None else name
    said = capsys.readouterr()
    assert said.err.strip() == say("error.wrong_use", hint=say(key, name=name))
    assert said.out == ""


@pytest.mark.parametrize(
    "words", [["--language", "xx", "doctor"], ["doctor", "--language=xx"], ["doctor", "--language"]]
)
def test_a_language_that_there_is_not_is_wrong_use(home, capsys, words):
    assert main(words) == 2
    assert "en, kk, ru" in capsys.readouterr().err


def test_the_language_of_the_settings_is_spoken_unless_told_otherwise(tmp_path, capsys):
    with home_in(tmp_path, STORIES_LANGUAGE="kk"):
        assert main(["wrong"]) == 2
        assert main(["--language", "ru", "wrong"]) == 2
    kazakh, russian = capsys.readouterr().err.splitlines()
    assert kazakh.startswith("Команда түсініксіз")
    assert russian.startswith("Команда не понята")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, typer.Abort])
def test_ctrl_c_is_130_and_says_that_nothing_is_lost(capsys, english, stop):
    app = build(english)

    @app.command(name="wait")
    def wait():
        raise stop

    assert run(app, ["wait"], english, Console(stderr=True)) == 130
    assert capsys.readouterr().err.strip() == english("cli.interrupted")


def test_our_own_fault_is_1_and_its_text_is_not_shown(tmp_path, sendings, capsys):
    suites = tmp_path / "suites"
    suites.mkdir()
    # A number is asked of a text: Great Expectations raises and quotes what it compared.
    (suites / "child_questionnaire.yaml").write_text(
        "- type: expect_column_values_to_be_between\n"
        "  kwargs: {column: sex, min_value: 1, max_value: 2}\n"
        "  severity: must_fix\n"
        "  meta: {rule: out_of_range, effect: hold, field: sex}\n"
    )
    with home_in(tmp_path, STORIES_EXPECTATIONS=str(suites)):
        assert main(["check", str(sendings / GOOD)]) == 1
    said = capsys.readouterr()
    assert "AssertionError, evaluation/intake/validation.py:" in said.err
    assert "expect_column" not in said.out + said.err
    assert "Traceback" not in said.out + said.err


# check


def test_check_of_a_good_file_is_0_and_stores_nothing(home, sendings, capsys):
    assert main(["check", str(sendings / GOOD)]) == 0
    said = capsys.readouterr().out
    assert "Status: accepted" in said
    assert said.endswith(Language("en")("cli.only_checked") + "\n")
    assert not home.data.exists()


def test_check_of_a_bad_file_is_3_and_says_what_to_mend(home, sendings, capsys):
    assert main(["check", str(sendings / REFUSED), "--language", "ru"]) == 3
    said = capsys.readouterr().out
    assert "Статус: отклонено" in said
    assert Language("ru")("intake.heading.must_fix") in said


def test_what_the_list_said_can_be_said_on_the_command_line(home, sendings, tmp_path, capsys):
    alone = tmp_path / "alone.csv"
    alone.write_bytes((sendings / GOOD).read_bytes())
    assert main(["check", str(alone), "--region", "15"]) == 3
    assert main(["check", str(alone), "--region", "15", "--wave", "0"]) == 0
    assert main(["check", str(sendings / GOOD), "--wave", "1"]) == 3


def test_a_file_that_the_list_does_not_name_stands_for_itself(home, sendings, tmp_path, capsys):
    folder = folder_of(sendings, tmp_path / "files", GOOD)
    (folder / "other.csv").write_bytes((folder / GOOD).read_bytes())
    assert main(["check", str(folder / "other.csv")]) == 3
    assert main(["check", str(folder / GOOD)]) == 0


@pytest.mark.parametrize("name", ["check", "ingest", "assess"])
def test_a_file_that_is_not_there_is_2(home, capsys, name):
    assert main([name, "nowhere.xlsx"]) == 2
    assert "nowhere.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["check", "ingest"])
def test_a_file_that_cannot_be_read_is_2(home, capsys, name):
    # The kernel lets nobody read this one from its beginning.
    assert main([name, "/proc/self/mem"]) == 2
    assert "/proc/self/mem" in capsys.readouterr().err


UNKNOWN = {
    "unknown_region": ["--region", "Atlantis"],
    "unknown_wave": ["--wave", "7"],
    "unknown_dataset": ["--dataset", "poetry"],
}


@pytest.mark.parametrize("rule", UNKNOWN)
@pytest.mark.parametrize("name", ["check", "ingest"])
def test_what_the_study_does_not_know_is_2_and_stores_nothing(home, sendings, capsys, name, rule):
    assert main([name, str(sendings / GOOD), *UNKNOWN[rule]]) == 2
    assert UNKNOWN[rule][1] in capsys.readouterr().err
    assert rows(home)["batches"] == 0


# ingest


def test_an_empty_folder_is_3(home, tmp_path, capsys):
    assert main(["ingest", str(tmp_path)]) == 3
    assert Language("en")("error.folder_empty") in capsys.readouterr().err


def test_each_file_is_stored_or_sent_back_with_what_to_mend(taken):
    settings, _ = taken
    statuses = fetched(settings, "SELECT status FROM batch_statuses WHERE step = 1 ORDER BY 1")
    assert statuses == [("accepted",), ("accepted",), ("partly_accepted",), ("refused",)]
    places = locked_away(settings)
    assert (len(places["originals"]), len(places["quarantine"])) == (3, 1)


def test_a_file_that_was_here_before_changes_nothing(taken, capsys):
    settings, folder = taken
    before, places = rows(settings), locked_away(settings)
    assert main(["ingest", str(folder / GOOD)]) == 0
    assert "1 file was here before: nothing changes." in capsys.readouterr().out
    assert main(["ingest", str(folder)]) == 3
    said = capsys.readouterr().out
    assert "4 files were here before" in said
    assert len(receipts(said)) == 4
    assert [name for name in (GOOD, LATER, HELD, REFUSED) if name in said] == [
        GOOD,
        LATER,
        HELD,
        REFUSED,
    ]
    assert (rows(settings), locked_away(settings)) == (before, places)


def test_a_file_that_a_power_cut_left_before_the_gate_is_moved_when_it_comes_again(taken, capsys):
    settings, folder = taken
    places = locked_away(settings)
    [(batch,)] = fetched(settings, "SELECT id FROM batches WHERE region = '15' AND wave = 0")
    kept = settings.deliveries / "originals" / f"{batch}.locked"
    kept.rename(settings.deliveries / "quarantine" / kept.name)
    assert main(["ingest", str(folder / GOOD)]) == 0
    assert locked_away(settings) == places


def test_a_correction_replaces_the_file_it_names_and_only_once(
    prefect, home, sendings, tmp_path, capsys
):
    folder = folder_of(sendings, tmp_path / "files", REFUSED, CORRECTED, GOOD)
    assert main(["ingest", str(folder / REFUSED)]) == 3
    wrong = receipts(capsys.readouterr().out)[0]
    correction = ["ingest", str(folder / CORRECTED), "--replaces", wrong]
    assert main(correction) == 0
    assert main(correction) == 0
    found = dict(fetched(home, "SELECT batch, status FROM batch_statuses ORDER BY at, step"))
    assert sorted(found.values()) == ["accepted", "superseded"]
    assert receipt(next(batch for batch in found if found[batch] == "superseded")) == wrong
    capsys.readouterr()
    assert main(["ingest", str(folder / GOOD), "--replaces", wrong]) == 2
    assert wrong in capsys.readouterr().err
    assert rows(home)["batches"] == 2


def test_a_correction_names_a_file_that_was_here_and_is_one_file(home, sendings, capsys):
    assert main(["ingest", str(sendings / GOOD), "--replaces", "0000-0000"]) == 2
    assert "0000-0000" in capsys.readouterr().err
    assert (
        main(["ingest", str(sendings / GOOD), str(sendings / LATER), "--replaces", "0000-0000"])
        == 2
    )
    assert Language("en")("error.replaces_one") in capsys.readouterr().err
    assert rows(home)["batches"] == 0


# compare, report, assess


@pytest.mark.parametrize("day", ["yesterday", "31.12.2022", "2022-13-01", ""])
def test_what_is_no_day_is_2(home, capsys, day):
    assert main(["compare", "--as-of", day]) == 2
    assert Language("en")("error.not_a_day") in capsys.readouterr().err


def test_the_day_itself_is_in():
    assert end_of_day("2022-12-31") > moment("2022-12-31 23:59")
    assert end_of_day(None) is None


def test_before_there_were_data_there_is_nothing_to_compare(taken, capsys):
    assert main(["compare", "--as-of", "2001-01-01"]) == 3
    assert Language("en")("error.no_data") in capsys.readouterr().err


def test_a_report_of_nothing_is_3(prefect, home, capsys):
    assert main(["report", "--language", "kk"]) == 3
    assert capsys.readouterr().err.strip() == Language("kk")("error.no_comparison")


def test_a_report_in_one_language_and_one_format_is_one_file(taken, capsys):
    settings, _ = taken
    assert main(["compare"]) == 0
    assert main(["report", "--language", "kk", "--format", "pdf"]) == 0
    assert "Есептер мына жерде" in capsys.readouterr().out
    shown = sorted(path.name for path in settings.reports.glob("*.*") if path.name.count(".") == 2)
    assert shown == ["year-end-report.kk.pdf"]


def test_a_progress_report_has_a_file_of_its_own_and_no_estimates(taken, capsys):
    settings, _ = taken
    assert main(["compare"]) == 0
    assert main(["report", "--language", "en", "--format", "html", "--kind", "progress"]) == 0
    page = (settings.reports / "progress-report.en.html").read_text("utf-8")
    assert "differences-table" not in page and 'id="participation"' in page


def test_a_report_of_no_known_kind_is_wrong_use(prefect, home, capsys):
    assert main(["report", "--kind", "weekly"]) == 2
    assert "Known: year_end, progress." in capsys.readouterr().err


def test_a_report_in_no_known_format_is_wrong_use(prefect, home, capsys):
    assert main(["report", "--language", "kk", "--format", "odt"]) == 2
    told = Language("kk")("error.unknown_format", format="odt", known="html, pdf, docx, page, all")
    assert told in capsys.readouterr().err


def compared(settings):
    """Children analysed or seen once, as the latest comparison counts them."""
    with reading(open_store(settings.database_url)) as conn:
        run_id = latest_run(conn, moment("2100-01-01"))
        flow = load_comparison(conn, run_id).flow
    return sum(arm.baseline for arm in flow.arms), sum(arm.both for arm in flow.arms)


def test_a_child_that_is_withdrawn_is_in_no_later_comparison(
    prefect, home, sendings, tmp_path, capsys
):
    folder = folder_of(sendings, tmp_path / "files", GOOD, LATER)
    assert main(["ingest", str(folder)]) == 0
    assert main(["compare"]) == 0
    baseline, both = compared(home)
    query = "SELECT respondent FROM responses_child_questionnaire_v1 GROUP BY 1 HAVING count(*) = 2"
    [code] = fetched(home, query)[0]
    capsys.readouterr()
    assert main(["withdraw", code, "--yes"]) == 0
    assert main(["withdraw", code, "--yes"]) == 0
    said = capsys.readouterr()
    assert code not in said.out + said.err
    assert main(["compare"]) == 0
    assert compared(home) == (baseline - 1, both - 1)


@pytest.mark.parametrize("code", ["27-40831-2", "child", "27408311"])
def test_what_is_no_code_is_2_and_withdraws_nobody(home, capsys, code):
    assert main(["withdraw", code, "--yes"]) == 2
    assert Language("en")("error.not_a_code", place=1) in capsys.readouterr().err
    assert not home.data.exists()


def test_assess_without_a_good_row_is_3_and_shows_why(prefect, home, sendings, tmp_path, capsys):
    folder = folder_of(sendings, tmp_path / "files", REFUSED)
    assert main(["assess", str(folder)]) == 3
    said = capsys.readouterr()
    assert f"{REFUSED}: refused" in said.out
    assert "Status: refused" in said.out
    assert Language("en")("error.no_data") in said.err


def test_assess_says_a_line_a_file_and_what_to_mend(prefect, home, sendings, tmp_path, capsys):
    folder = folder_of(sendings, tmp_path / "files", GOOD, HELD)
    assert main(["assess", str(folder), "--language", "ru"]) == 0
    said = capsys.readouterr().out
    assert f"{GOOD}: принято" in said
    assert f"{HELD}: принято частично" in said
    assert said.count("# Квитанция") == 1
    assert "stories check" in said
    assert str(home.reports / "year-end-report.ru.html") in said


def test_with_nothing_to_mend_there_is_a_line_and_no_receipt(taken, study, english, capsys):
    settings, _ = taken
    [(batch,)] = fetched(settings, "SELECT id FROM batches WHERE region = '15' AND wave = 1")
    tell_summary(open_store(settings.database_url), study, [Sent(LATER, batch, False)], english)
    said = capsys.readouterr().out
    assert f"{LATER}: accepted (receipt {receipt(batch)}). Rows 3: accepted 3, held 0" in said
    assert "# Receipt" not in said


# template, synthesize


@pytest.mark.parametrize("code", languages())
def test_the_template_opens_in_a_spreadsheet_programme(home, tmp_path, capsys, code):
    path = tmp_path / "new/template.xlsx"
    assert main(["template", "--language", code, "--out", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    assert len(openpyxl.load_workbook(path).sheetnames) > 1
    assert [each.name for each in path.parent.iterdir()] == ["template.xlsx"]


def test_the_template_is_named_after_its_questionnaire_and_language(
    home, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert main(["template", "--language", "kk"]) == 0
    assert (tmp_path / "child_questionnaire.kk.xlsx").is_file()


def test_a_template_in_an_unknown_language_or_of_an_unknown_questionnaire_is_2(home, capsys):
    assert main(["template", "--language", "fr"]) == 2
    assert "fr" in capsys.readouterr().err
    assert main(["template", "--dataset", "poetry"]) == 2
    assert "child_questionnaire" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_3(home, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["template", "--out", str(tmp_path / "file/template.xlsx")]) == 3
    assert str(tmp_path / "file") in capsys.readouterr().err


def test_a_study_of_two_questionnaires_wants_to_be_told_which(study):
    (name, instrument), *_ = study.instruments.items()
    assert dataset_of(study, name) == name
    assert dataset_of(study, None) == study.plan.instrument
    alone = replace(study, plan=None, instruments={name: instrument})
    assert dataset_of(alone, None) == name
    two = replace(alone, instruments={name: instrument, "again": instrument})
    for asked, among in (("poetry", study), (None, two)):
        with pytest.raises(SettingsError, match="unknown_dataset"):
            dataset_of(among, asked)


def test_synthetic_files_are_the_same_for_the_same_seed(home, sendings, tmp_path, capsys):
    words = ["synthesize", "--children", "32", "--formats", "csv", "--out", str(tmp_path / "made")]
    assert main(words) == 0
    assert str(tmp_path / "made") in capsys.readouterr().out
    made = {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()}
    assert made == {path.name: path.read_bytes() for path in sendings.iterdir()}


def test_synthetic_files_are_not_put_among_others(home, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["synthesize", "--children", "32", "--out", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err
    assert (tmp_path / "mine.txt").read_text() == "mine"
