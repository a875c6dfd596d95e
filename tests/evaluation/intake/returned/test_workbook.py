"""The returned workbook taken apart cell by cell: nothing moved, marks where the findings are."""

import io
import zipfile

import pytest
from openpyxl.styles import Font

from evaluation.intake.returned.plan import Plan
from evaluation.intake.returned.workbook import _in_their_own, returned_workbook
from evaluation.language import Language, languages
from evaluation.records.batches import Status, Tally
from evaluation.records.findings import Effect, Finding, Severity
from evaluation.records.verdicts import Verdict
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    PUPIL,
    changed,
    checked,
    places,
    pupil_rows,
    text_table,
    workbook,
)
from tests.evaluation.intake.returned.given import (
    SENDER,
    cells,
    marked,
    opened,
    returned,
    saved,
    table,
    targets,
)

WRONG = pupil_rows(ADA, changed(BEN, Sex="Q"), changed(BEN, Code="c3", Age="99", wb_1="7"))
CSV, XLSX = text_table(WRONG), workbook(("Answers", WRONG), ("My notes", [["one"], [None, "two"]]))
NOTHING = Tally()


@pytest.mark.parametrize("content", [CSV, XLSX], ids=["csv", "xlsx"])
@pytest.mark.parametrize("code", languages())
def test_cells_stay_where_they_were_and_only_the_wrong_ones_are_marked(study, content, code):
    intake, made = returned(content, study, code)
    name = "Answers" if content is XLSX else Language(code)("template.sheet_answers")
    assert cells(made, name) == WRONG
    assert marked(opened(made)[name]) == {"B3": "medium", "C4": "dashed", "H4": "dashed"}
    assert {f"{f.column}{f.row}" for f in intake.findings} == {"B3", "C4", "H4"}


def test_their_other_sheets_come_back_in_order_behind_ours(study):
    _, made = returned(XLSX, study)
    assert opened(made).sheetnames == ["Fix first", "All remarks", "Answers", "My notes"]
    assert cells(made, "My notes") == [["one", ""], ["", "two"]]


def test_their_looks_formulas_and_widths_stay(study):
    book = opened(XLSX)
    sheet = book["Answers"]
    sheet["A2"].number_format, sheet.column_dimensions["C"].width = "@", 33
    sheet["N2"] = "=1+1"
    sheet["B3"].font = Font(bold=True)
    _, made = returned(saved(book), study)
    back = opened(made)["Answers"]
    assert (back["A2"].number_format, back.column_dimensions["C"].width) == ("@", 33)
    assert (back["N2"].value, back["B3"].font.b) == ("=1+1", True)


def test_a_comment_says_what_is_wrong_what_is_allowed_and_an_example(study):
    _, made = returned(CSV, study)
    said = opened(made)["Answers"]["B3"].comment.text
    assert said.startswith("✖ must fix: There is no such answer. Allowed: F (girl); M (boy).")
    assert "Example: F" in said
    said = opened(made)["Answers"]["C4"].comment.text
    assert said.startswith("? please check: ")
    assert "What is allowed: " in said and "8" in said and "17" in said


def test_two_findings_of_one_cell_are_one_comment_and_the_graver_dresses_it(study):
    findings = (
        Finding("out_of_range", Severity.PLEASE_CHECK, Effect.NOTE, None, 2, "C", "age"),
        Finding("missing_answer", Severity.MUST_FIX, Effect.HOLD, None, 2, "C", "age"),
        Finding("missing_answer", Severity.MUST_FIX, Effect.HOLD, None, 2, "C", "age"),
    )
    findings = tuple(
        Finding(f.rule, f.severity, f.effect, None, 2, "C", "age", {"low": 8, "high": 17})
        for f in findings
    )
    verdict = Verdict("ab" * 32, "pupil", Status.PARTLY, NOTHING, findings)
    made = returned_workbook(CSV, verdict, study, SENDER, Language("en"))
    cell = opened(made)["Answers"]["C2"]
    assert cell.border.left.style == "medium"
    assert cell.comment.text.count("✖") == cell.comment.text.count("? ") == 1


def test_the_first_sheet_links_to_the_cells_and_says_what_to_do_next(study):
    _, made = returned(XLSX, study)
    book = opened(made)
    assert book.active.title == "Fix first"
    assert targets(book["Fix first"]) == {"B3": ("Answers", "B3")}
    [line] = table(book["Fix first"], "No.")
    assert (line["Question"], line["Example"], line["How many"]) == ("Sex", "F", 1)
    texts = [row[1] for row in book["Fix first"].iter_rows(values_only=True) if row[1]]
    assert texts[-5] == "What to do next" and texts[-1].startswith("4. Send this workbook again")


def test_the_second_sheet_has_everything_with_its_place(study):
    intake, made = returned(XLSX, study)
    book = opened(made)
    lines = table(book["All remarks"], "How urgent")
    assert [(line["Sheet"], line["Row"], line["Cell"]) for line in lines] == [
        ("Answers", 3, "B3"),
        ("Answers", 4, "H4"),
        ("Answers", 4, "C4"),
    ]
    assert targets(book["All remarks"]) == {c: ("Answers", c) for c in ("B3", "C4", "H4")}
    assert len(lines) == len(intake.findings)
    assert [line["How urgent"] for line in lines] == ["✖ must fix"] + ["? please check"] * 2


def test_at_most_twenty_causes_come_first_and_repeats_are_one_line_with_a_count(study):
    rows = [changed(BEN, Code=f"c{n}", Sex="Q") for n in range(1, 8)]
    intake, made = returned(text_table(pupil_rows(*rows, ADA)), study)
    [line] = table(opened(made)["Fix first"], "No.")
    assert (line["Cell"], line["How many"]) == ("B2, B3, B4, B5 …", 7)
    many = tuple(
        Finding("not_in_list", Severity.MUST_FIX, Effect.HOLD, None, 2, "B", "sex", {"allowed": n})
        for n in range(25)
    )
    verdict = Verdict(intake.batch, "", Status.REFUSED, NOTHING, many)
    book = opened(returned_workbook(CSV, verdict, study, SENDER, Language("en")))
    assert len(table(book["Fix first"], "No.")) == 20
    assert len(table(book["All remarks"], "How urgent")) == 25
    assert "The first 20 of 25 causes" in book["Fix first"]["B3"].value


def test_repeats_are_folded_under_the_first_of_their_cause(study):
    rows = [changed(BEN, Code=f"c{n}", Sex="Q") for n in range(1, 4)]
    _, made = returned(text_table(pupil_rows(*rows, ADA)), study)
    sheet = opened(made)["All remarks"]
    assert [line["How many"] for line in table(sheet, "How urgent")] == [3, None, None]
    folded = [n for n, row in sheet.row_dimensions.items() if row.hidden]
    assert len(folded) == 2
    assert all(sheet.row_dimensions[n].outlineLevel == 1 for n in folded)


def test_a_choice_column_offers_exactly_the_codes(study):
    for content in (CSV, XLSX):
        _, made = returned(content, study)
        rules = opened(made)["Answers"].data_validations.dataValidation
        offered = {str(rule.sqref): rule.formula1.strip('"').split(",") for rule in rules}
        fields = study.instruments["pupil"].row_fields
        expected = {
            f"{letter}2:{letter}4": list(field.choices.codes)
            for letter, field in zip("ABCDEFGHIJKL", fields, strict=True)
            if field.type == "code"
        }
        assert offered == expected
        assert all(rule.errorStyle == "stop" and rule.prompt for rule in rules)


def test_a_file_without_a_wrong_cell_says_so(study):
    without = changed(BEN, Consent="0")
    _, made = returned(text_table(pupil_rows(ADA, without)), study)
    book = opened(made)
    assert "Nothing must be mended." in book["Fix first"]["B3"].value
    [line] = table(book["All remarks"], "How urgent")
    assert (line["How urgent"], line["Cell"]) == ("for information", None)
    assert marked(book["Answers"]) == {}


IIN = "991231500016"  # the check digit is right; the day of birth is in the future


@pytest.mark.parametrize("make", [text_table, lambda rows: workbook(("Answers", rows))])
def test_no_cell_of_a_file_with_personal_data_travels_on(study, make):
    content = make(pupil_rows(changed(ADA, Clubs=IIN), BEN))
    intake, made = returned(content, study)
    assert places(intake, "personal_data") == ["F2"]
    book = opened(made)
    assert book.sheetnames == ["Fix first", "All remarks"]
    said = [str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row]
    assert not any(IIN in text or '"b2"' in text or text == "b2" for text in said)
    assert any("F2" in text for text in said)
    assert targets(book["Fix first"]) == {}
    assert "Your own sheets are not in this workbook" in " ".join(said)


def test_what_is_no_table_or_is_no_longer_kept_gets_the_lists_alone(study):
    intake, made = returned(b"%PDF-1.4", study)
    assert [f.rule for f in intake.findings] == ["not_a_table"]
    assert opened(made).sheetnames == ["Fix first", "All remarks"]
    gone = returned_workbook(None, checked(CSV, study).verdict, study, SENDER, Language("ru"))
    assert opened(gone).sheetnames == ["Сначала исправьте", "Все замечания"]


UNKNOWN_STYLE = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<cellXfs count="x"><xf numFmtId="abc"/></cellXfs></styleSheet>'
)


def test_what_openpyxl_cannot_open_comes_back_in_plain_cells(study):
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, UNKNOWN_STYLE if name == "xl/styles.xml" else part)
    _, made = returned(broken.getvalue(), study)
    assert cells(made, "Answers") == WRONG
    assert marked(opened(made)["Answers"]).keys() == {"B3", "C4", "H4"}


def test_a_child_that_takes_too_long_or_too_much_is_given_up(study):
    assert _in_their_own(XLSX, Plan(()), seconds=0.01) is None
    assert _in_their_own(XLSX, Plan(()), memory=1 << 20) is None


def test_the_workbook_says_nothing_of_who_made_it_or_whose_it_is(study):
    book = opened(XLSX)
    book.properties.creator = book.properties.lastModifiedBy = "Somebody Invented"
    book.properties.title = "of somebody"
    _, made = returned(saved(book), study)
    properties = opened(made).properties
    assert not properties.creator and not properties.lastModifiedBy and not properties.title


def test_only_the_first_tab_is_chosen(study):
    _, made = returned(XLSX, study)
    chosen = [sheet.sheet_view.tabSelected for sheet in opened(made)]
    assert chosen == [True, False, False, False]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_a_text_that_looks_like_a_formula_stays_a_text(study, text):
    content = text_table(pupil_rows(changed(ADA, Clubs=text), changed(BEN, Sex="Q")))
    _, made = returned(content, study)
    cell = opened(made)["Answers"]["F2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_file_of_headers_alone_is_returned_with_its_headers(study):
    for content in (text_table([PUPIL]), workbook(("Answers", [PUPIL]))):
        _, made = returned(content, study)
        assert cells(made, "Answers") == [list(PUPIL)]
        assert opened(made)["Answers"].data_validations.dataValidation == []
