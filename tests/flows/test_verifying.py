"""A report held against what was released: identical, or exactly what differs and why."""

import io
import re
import shutil
import zipfile
from dataclasses import replace

import pytest

from evaluation.design import Contents, load_study
from evaluation.errors import StoreError
from evaluation.language import Language
from evaluation.settings import CHECKOUT
from evaluation.store import open_store, reading, tables, writing
from evaluation.store.erasure import erase_answers
from evaluation.store.estimates import latest_run, load_comparison
from evaluation.store.withdrawals import withdraw
from flows.cli import main
from flows.commands.verify import said as told
from flows.releasing import release
from flows.verifying import Since, original, verify
from tests.conftest import EXPECTATIONS, STUDY
from tests.flows.conftest import home_in
from tests.flows.small_year import NOW, compared, put, year
from tests.given import moment

LATER = moment("2023-01-15")
FORMS = ("html", "pdf", "docx", "page")


@pytest.fixture(scope="module")
def made(tmp_path_factory, study):
    """A house with a year and its drafts in one language, to be copied by every test."""
    said = {"STORIES_STUDY": str(STUDY), "STORIES_EXPECTATIONS": str(EXPECTATIONS)}
    folder = tmp_path_factory.mktemp("verify")
    with home_in(folder, **said) as settings:
        settings.data.mkdir(parents=True)
        engine = open_store(settings.database_url)
        batches = year(engine, study)
        run = compared(engine, study)
        drafts = release(engine, settings, study, run=run, languages=["en"], now=NOW, forms=FORMS)
        engine.dispose()
        return folder, batches, drafts


@pytest.fixture
def house(made, tmp_path):
    folder, batches, drafts = made
    home = shutil.copytree(folder, tmp_path / "house")
    said = {"STORIES_STUDY": str(STUDY), "STORIES_EXPECTATIONS": str(EXPECTATIONS)}
    with home_in(home, **said) as settings:
        yield settings, batches, {each.form: each.copy.name for each in drafts}


def verified(settings, study, name, content=None):
    engine = open_store(settings.database_url)
    content = (settings.reports / name).read_bytes() if content is None else content
    return verify(engine, settings, study, now=LATER, content=content, named=name)


@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_comes_out_again_to_the_last_byte(house, study, form):
    settings, _, names = house
    found = verified(settings, study, names[form])
    assert found.identical
    assert (found.state, found.since, found.moved, found.cells) == (None, (), (), ())


def test_a_later_file_and_a_correction_change_nothing_of_it(house, study):
    settings, batches, names = house
    engine = open_store(settings.database_url)
    put(engine, study, "n", 1, at=LATER, changed=12, old=batches["n", 1])
    found = verified(settings, study, names["pdf"])
    assert found.identical
    assert found.since == (Since.LATER,)
    assert compared(engine, study, now=LATER) != found.release.run


def test_after_a_withdrawal_the_kept_results_stand_and_the_answers_cannot_be_asked(
    house, study, capsys
):
    settings, _, names = house
    engine = open_store(settings.database_url)
    with writing(engine) as conn:
        code = conn.exec_driver_sql("SELECT respondent FROM responses_pupil_v1").scalar()
        erase_answers(conn, [code])
        withdraw(conn, code, at=LATER, actor="test")
    found = verified(settings, study, names["html"])
    assert (found.kept, found.answers, found.identical) == (True, None, False)
    assert found.since == (Since.WITHDRAWAL, Since.LATER)
    assert found.cells == ()
    assert main(["verify", str(settings.reports / names["html"])]) == 3
    said = capsys.readouterr().out
    assert "a consent was taken back" in said and "identical to the last letter" in said
    assert code not in said


def test_a_store_that_was_changed_behind_our_back_is_found_out(house, study, capsys):
    settings, _, names = house
    with writing(open_store(settings.database_url)) as conn:
        conn.exec_driver_sql(
            "UPDATE responses_pupil_v1 SET wb_1 = 5 WHERE wave = 1 AND region = 'n'"
        )
    found = verified(settings, study, names["html"])
    assert (found.kept, found.answers) == (True, False)
    cells = dict(found.cells)
    assert "outcome/wellbeing/value" in cells
    assert main(["verify", str(settings.reports / names["html"])]) == 3
    said = capsys.readouterr().out
    assert f"outcome/wellbeing/value: released as {cells['outcome/wellbeing/value']}" in said
    assert "is not shown" in said


def test_a_batch_that_was_slipped_in_with_an_old_date_is_found_out(house, study):
    settings, _, names = house
    engine = open_store(settings.database_url)
    run = verified(settings, study, names["html"]).release.run
    with reading(engine) as conn:
        seen = load_comparison(conn, run).run.as_of
    put(engine, study, "x", 1, at=seen)
    found = verified(settings, study, names["html"])
    assert Since.DATA in found.since
    assert not found.identical


def test_another_programme_is_named_though_all_is_the_same(house, study):
    settings, _, names = house
    with writing(open_store(settings.database_url)) as conn:
        conn.execute(
            tables.runs.update().values(code_version="0.0.9+abc", versions=[["numpy", "1"]])
        )
    found = verified(settings, study, names["html"])
    assert found.since == (Since.CODE, Since.PACKAGES)
    assert found.answers
    # The report prints the versions, so here it shows in the bytes, and where.
    assert not found.kept
    assert any("numpy" in (each.should or "") for each in found.moved)


def test_with_other_study_files_it_is_named_and_an_edited_plan_ends_it(house, study, capsys):
    settings, _, names = house
    other = replace(study, digest="f" * 64)
    found = verified(settings, other, names["html"])
    assert found.identical and found.since == (Since.STUDY,)
    edited = replace(study, plan=replace(study.plan, digest="f" * 64))
    found = verified(settings, edited, names["html"])
    assert found.failed is not None and not found.identical
    assert "plan.yaml was edited" in " ".join(told(found, Language("en")))


def test_an_altered_digit_is_named_by_table_row_and_column(house, study, capsys, tmp_path):
    settings, _, names = house
    page = (settings.reports / names["html"]).read_text("utf-8")
    cell = re.search(r'<tr><th scope="row">[^<]*</th><td class="number">(\d+)</td>', page)
    altered = page[: cell.start(1)] + str(int(cell[1]) + 1) + page[cell.end(1) :]
    # Copies that are not what they are called, and one that is gone, are passed over.
    (settings.reports / f"a{names['html']}").write_bytes(b"not it")
    (settings.reports / names["docx"]).unlink()
    for name in ("renamed.html", f"copy.{'0' * 16}.html", names["html"]):
        path = tmp_path / name
        path.write_text(altered, "utf-8")
        found = verified(settings, study, name, altered.encode())
        (difference,) = found.altered
        assert difference.should == cell[1]
        assert found.kept and not found.identical
        assert main(["verify", str(path)]) == 3
        said = capsys.readouterr().out
        assert f"released as “{cell[1]}”" in said and "table “Table " in said


def test_an_altered_word_file_too(house, study, capsys, tmp_path):
    settings, _, names = house
    packed = io.BytesIO()
    file = settings.reports / names["docx"]
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                text = text.replace(b">Fewer than", b">More than", 1).replace(b"Draft:", b"Final:")
            new.writestr(name, text)
    found = verified(settings, study, "x.docx", packed.getvalue())
    assert [d.place.kind for d in found.altered] == ["text"]
    assert found.release.format == "docx"


def test_hidden_changes_and_files_that_cannot_be_read_are_told(house, study, capsys, tmp_path):
    settings, _, names = house
    page = (settings.reports / names["html"]).read_text("utf-8")
    path = tmp_path / names["html"]
    path.write_text(page.replace("</body>", "<!-- x --></body>"), "utf-8")
    assert main(["verify", str(path)]) == 3
    assert "no difference in its words" in capsys.readouterr().out
    path = tmp_path / names["pdf"]
    path.write_bytes((settings.reports / names["pdf"]).read_bytes()[:2000])
    assert main(["verify", str(path)]) == 3
    assert "cannot be read as a report" in capsys.readouterr().out
    more = page.replace("<h2", "<p>More was said.</p><h2").replace("<td", "<td>1</td><td")
    path = tmp_path / names["html"]
    path.write_text(more, "utf-8")
    assert main(["verify", str(path)]) == 3
    said = capsys.readouterr().out
    assert "something was put in" in said and "more places" in said


def test_where_no_copy_is_left_the_file_is_judged_by_its_bytes(house, study):
    settings, _, names = house
    page = (settings.reports / names["html"]).read_bytes()
    for path in settings.reports.iterdir():
        path.unlink()
    found = verified(settings, study, names["html"], page)
    assert found.identical and original(settings, found.release) is None
    altered = verified(settings, study, names["html"], page + b"<!-- x -->")
    assert altered.altered == () and not altered.identical
    with writing(open_store(settings.database_url)) as conn:
        conn.execute(tables.runs.update().values(code_version="0.0.9+abc"))
    found = verified(settings, study, names["html"], page)
    assert (found.kept, found.moved) == (False, ())


@pytest.mark.parametrize("content", [b"<p>Something else</p>", b"%PDF-1.7 nothing"])
def test_what_is_no_report_of_this_store_is_refused(house, study, content):
    settings, _, _ = house
    with pytest.raises(StoreError, match="report_unknown"):
        verified(settings, study, "x", content)


def test_a_digest_is_enough_and_too_little_of_it_is_not(house, study, capsys):
    _, _, names = house
    digest = re.search(r"[0-9a-f]{16}", names["pdf"])[0]
    assert main(["verify", digest]) == 0
    assert "Identical." in capsys.readouterr().out
    assert main(["verify", digest[:4]]) == 2
    assert main(["verify", "0" * 16]) == 3
    assert "no report that this store knows" in capsys.readouterr().err


def test_a_report_of_another_kind_than_the_first_is_made_again_as_that_kind(house, study):
    settings, _, _ = house
    short = Contents("short", {}, sections=("methods", "limits"))
    kinds = replace(study, contents={"long": Contents("long", {}), "short": short})
    engine = open_store(settings.database_url)
    with reading(engine) as conn:
        run = conn.scalar(tables.runs.select().with_only_columns(tables.runs.c.id))
    (draft,) = release(engine, settings, kinds, run=run, languages=["en"], now=LATER, kind="short")
    assert verified(settings, kinds, draft.copy.name).identical


KINDS = load_study(CHECKOUT / "evaluation/study").contents


@pytest.mark.parametrize("form", FORMS)
def test_a_report_of_another_kind_is_made_again_as_that_kind(house, study, form):
    settings, _, _ = house
    several = replace(study, contents=KINDS)
    engine = open_store(settings.database_url)
    with reading(engine) as conn:
        run = latest_run(conn, LATER)
    (draft,) = release(
        *(engine, settings, several),
        run=run,
        languages=["kk"],
        now=NOW,
        forms=(form,),
        kind="progress",
    )
    assert draft.path.name.startswith("progress-")
    assert verified(settings, several, draft.copy.name).identical
    # Where the words have changed since, it is compared with the kind that is most like it.
    other = replace(several, title=dict.fromkeys(several.languages, "Another"))
    found = verified(settings, other, draft.copy.name)
    assert not found.kept
    assert 0 < len(found.moved) <= 20  # the title on every page; another kind differs in hundreds
    for path in (draft.copy, draft.path):
        path.unlink()
    found = verify(engine, settings, other, now=LATER, named=draft.sha256)
    assert not found.kept and found.moved == ()  # nothing is left to compare with
