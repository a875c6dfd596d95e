"""Rows 21 to 44 of domain.md §5: workbooks, encodings, personal data, places, deliveries."""

import dataclasses
import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl

from tests.evaluation.intake.faults.desk import (
    BLANK,
    CHECK,
    HOLD,
    INFO,
    MUST,
    NOTE,
    REFUSE,
    Case,
    Says,
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
IIN = "991231500016"  # of domain.md §4.4: born on the last day of 2099, so nobody's


def two_sheets(desk):
    def change(book):
        book.copy_worksheet(book.worksheets[0])

    return desk.check(desk.reopened(desk.template(desk.rows()), change))


def list_on_a_hidden_sheet(desk):
    def change(book):
        sheet = book.create_sheet("Лист4")
        sheet["B3"] = IIN
        sheet.sheet_state = "veryHidden"

    return desk.check(desk.reopened(desk.template(desk.rows()), change))


def sent(content):
    return lambda desk: desk.check(content)


def archive(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


def gaps_that_were_counted(desk):
    rows = desk.rows()
    lines = desk.table(rows)
    intake = desk.check(desk.text([*lines[:3], [], *lines[3:]]), rows=rows)
    assert intake.accepted.source_row.tolist() == [2, 3, 5, 6, 7, 8]
    return intake


def a_row_got_lost(desk):
    rows = desk.rows()
    lines = desk.table(rows)
    lines[4] = [""] * len(lines[4])
    return desk.check(desk.text(lines), rows=rows)


def total_below(desk):
    rows = desk.rows()
    lines = [*desk.table(rows), [], ["Итого: 6"]]
    return desk.check(desk.text(lines), rows=rows)


def words_that_tools_take_for_nothing(desk):
    rows = desk.rows()
    for row, word in zip(rows, ("NA", "None", "nan"), strict=False):
        row["fam_01"] = word
    return desk.check(desk.text(desk.table(rows)), rows=rows)


def spaces_everywhere(desk):
    rows = desk.rows()
    rows[0]["child_code"] = f" {rows[0]['child_code']}\u00a0"
    rows[1] |= {
        "fam_01": " 4 ",
        "sex": "девочка\n",
        "interview_date": rows[1]["interview_date"] + " ",
    }
    return desk.check(desk.text(desk.table(rows)), rows=rows)


def encoded(encoding):
    def make(desk):
        rows = desk.rows()
        return desk.check(desk.text(desk.table(rows, "kk"), encoding=encoding), rows=rows)

    return make


def letters_lost(desk):
    rows = desk.rows()
    content = desk.text(desk.table(rows, "kk"), encoding="utf-8").decode("utf-8")
    return desk.check(content.encode("cp1251", "replace"), rows=rows)


def latin_twins(desk):
    rows = desk.rows()
    lines = desk.table(rows, child_code="Koд", sex="Пoл")  # Latin K and o
    rows[1]["consent_guardian"] = "дa"  # Latin a
    return desk.check(desk.text(lines), rows=rows)


def iin_for_code(desk):
    rows = desk.rows()
    rows[2]["child_code"] = IIN
    return desk.check(desk.template(rows))


def iin_without_its_zeros(desk):
    """Children born since 2000: a column of numbers has lost their leading zeros."""
    rows = desk.rows()
    for row in rows:
        row["child_code"] = "91300500012"
    for row, digits in zip(rows, ("1300500016", "91300500012", "91300500012"), strict=False):
        row["child_code"] = digits
    return desk.check(desk.text(desk.table(rows)), rows=rows)


def sent_again(desk):
    content = desk.template(desk.rows())
    first = desk.admitted(content)
    again = desk.send(content)
    assert not again.new
    assert again.batch.id == desk.send(content).batch.id
    return first


def final_2(desk):
    """The same answers, saved once more under another name: other bytes, the same children."""
    rows = desk.rows()
    desk.admitted(desk.template(rows))
    return desk.admitted(desk.reopened(desk.template(rows), lambda book: None))


def corrected(desk):
    rows = desk.rows()
    first = desk.send(desk.template(rows)).batch
    desk.admitted(desk.template(rows))
    rows[2]["fam_01"] = "1" if rows[2]["fam_01"] != "1" else "2"
    return desk.admitted(desk.template(rows), replaces=first.id)


def almaty(desk):
    def change(book):
        card = book.worksheets[1]
        line = next(row for row in card.iter_rows() if row[0].value == "Код региона")
        line[1].value = "Алматы"

    return desk.check(desk.reopened(desk.template(desk.rows()), change))


def before_the_reform(desk):
    """Semey in spring 2022: East Kazakhstan then, Abai Region now; the site decides."""
    rows = desk.rows()
    for row in rows:
        row["site_code"] = "S10001"
    intake = desk.check(desk.template(rows, region_code="63"))
    assert intake.accepted.region.unique().tolist() == ["10"]
    return intake


def sites(*codes):
    def make(desk):
        rows = desk.rows()
        for row, code in zip(rows, codes, strict=False):
            row["site_code"] = code
        return desk.check(desk.template(rows))

    return make


def more_than_planned(desk):
    rows = desk.rows(wave=1)
    rows[2]["sessions_attended"] = "15"
    return desk.check(desk.template(rows, wave=1))


def in_a_comparison_site(desk):
    rows = desk.rows(wave=1)
    for row in rows:
        row |= {"site_code": "S11001", "sessions_attended": "0"}
    rows[2]["sessions_attended"] = "6"
    return desk.check(desk.template(rows, wave=1, region_code="11"))


def moved(desk):
    rows = desk.rows(wave=1)
    spring = [{**row, "wave": 0, "region": "15"} for row in rows]
    spring[2]["region"] = "11"
    return desk.check(desk.template(rows, wave=1), elsewhere=spring)


def code_of_elsewhere(desk):
    from evaluation.records.codes import child_code

    rows = desk.rows()
    rows[2]["child_code"] = child_code("11", 40831)
    return desk.check(desk.template(rows))


def younger(desk):
    rows = desk.rows(wave=1)
    spring = [{**row, "wave": 0, "region": "15"} for row in rows]
    spring[1]["age_band"] = "13"  # 10 now
    spring[2]["age_band"] = "8"  # 10 now: a birthday
    spring[3]["age_band"], rows[3]["age_band"] = "8", "13"  # two groups in half a year
    return desk.check(desk.template(rows, wave=1), elsewhere=spring)


def new_at_the_end(desk):
    rows = desk.rows(wave=1)
    spring = [{**row, "wave": 0, "region": "15"} for row in rows[:5]]
    return desk.check(desk.template(rows, wave=1), elsewhere=spring)


def other_order(desk):
    rows = desk.rows()
    lines = [line[::-1] for line in desk.table(rows)]
    intake = desk.check(desk.text(lines), rows=rows)
    assert intake.accepted.civ_04.astype("str").tolist() == [row["civ_04"] for row in rows]
    return intake


def old_version(desk):
    return desk.check(desk.template(desk.rows(), instrument_version="2"))


def page_not_copied(desk):
    rows = desk.rows(20)
    for row in rows:
        row["site_code"] = "S15001"
    for row in rows[:8]:
        row |= {"site_code": "S15002"} | dict.fromkeys(desk.items[:3], "")
    return desk.check(desk.template(rows))


def after_the_deadline(desk):
    waves = tuple(
        dataclasses.replace(wave, due=date(2022, 6, 10)) if wave.id == 0 else wave
        for wave in desk.study.waves
    )
    study = dataclasses.replace(desk.study, waves=waves)
    # 19:30 in Greenwich is the next day here.
    at = datetime(2022, 6, 12, 19, 30, tzinfo=UTC)
    return desk.admitted(desk.template(desk.rows()), study=study, at=at)


def half_a_file(desk):
    content = desk.template(desk.rows())
    return desk.check(content[: len(content) // 2])


def formula_as_text(desk):
    """Typed into our template it stays text, there and when it is written again."""
    rows = desk.rows()
    rows[2] |= {"fam_01": "=1+1", "interviewer_code": "@SUM(1)"}
    content = desk.template(rows)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    typed = [cell for line in sheet.iter_rows() for cell in line if str(cell.value)[:1] in "=@"]
    assert {cell.data_type for cell in typed} == {"s"}
    return desk.check(content)


SIX = tuple(range(2, 8))
CODES = tuple(f"child_code {row}" for row in SIX)
EMPTY_PAGE = ("fam_01 2",)

CASES = (
    Case(21, "two sheets with data", two_sheets, "refused",
         (Says("two_data_sheets", MUST, REFUSE),)),
    Case(21, "a very hidden sheet with a number of a person", list_on_a_hidden_sheet, "refused",
         (Says("personal_data", MUST, REFUSE, ("sheet 4 B3",)),)),
    Case(24, "a password", sent(OLE + "EncryptedPackage".encode("utf-16-le")), "refused",
         (Says("password", MUST, REFUSE),)),
    Case(25, "an old .xls", sent(OLE + "Workbook".encode("utf-16-le")), "refused",
         (Says("old_xls", MUST, REFUSE),)),
    Case(25, "an .ods", sent(archive(mimetype=b"x", content_dot_xml=b"<x/>")), "refused",
         (Says("opendocument", MUST, REFUSE),)),
    Case(25, "a .docx", sent(archive(word__document_dot_xml=b"<w/>")), "refused",
         (Says("word_document", MUST, REFUSE),)),
    Case(25, "a photograph of the form", sent(b"\xff\xd8\xff\xe0" + bytes(range(256))), "refused",
         (Says("not_a_table", MUST, REFUSE),)),
    Case(26, "a blank row in the middle", gaps_that_were_counted, "accepted"),
    Case(26, "a row that got lost", a_row_got_lost, "refused",
         (Says("control_total", MUST, REFUSE),)),
    Case(27, "a total below the table", total_below, "accepted_with_remarks",
         (Says("rows_below_table", CHECK, NOTE, ("child_code 9",)),)),
    Case(28, "NA, None and nan typed as answers", words_that_tools_take_for_nothing,
         "accepted_with_remarks",
         (Says("not_in_list", CHECK, BLANK, ("fam_01 2", "fam_01 3", "fam_01 4")),)),
    Case(29, "spaces and line breaks round answers", spaces_everywhere, "accepted"),
    Case(30, "UTF-8 without a mark", encoded("utf-8"), "accepted"),
    Case(30, "UTF-16", encoded("utf-16"), "accepted"),
    Case(30, "KZ-1048", encoded("kz1048"), "accepted"),
    Case(30, "PT154", encoded("ptcp154"), "accepted"),
    Case(30, "Kazakh letters lost by a Russian Windows", letters_lost, "refused",
         (Says("letters_lost", MUST, REFUSE, None), Says("unknown_column", MUST, REFUSE, None),
          Says("missing_column", MUST, REFUSE, None))),
    Case(31, "Latin letters in Cyrillic words", latin_twins, "accepted"),
    Case(33, "an IIN in place of the code", iin_for_code, "refused",
         (Says("wrong_form", MUST, HOLD, ("child_code 4",)),
          Says("personal_data", MUST, REFUSE, ("child_code 4",)))),
    Case(34, "the same file sent again", sent_again, "accepted"),
    Case(34, "the same answers as final_2(1).xlsx", final_2, "refused",
         (Says("no_good_row", MUST, REFUSE, ("sheet 1",)),
          Says("already_stored", MUST, HOLD, CODES))),
    Case(34, "a correction that says what it replaces", corrected, "accepted_with_remarks",
         (Says("corrected", INFO, NOTE, None), Says("changed_unasked", CHECK, NOTE, None))),
    Case(35, "Almaty, the city or the region", almaty, "refused",
         (Says("ambiguous_answer", MUST, REFUSE, ("sheet 2 B3",)),)),
    Case(35, "the region as it was before the reform", before_the_reform, "accepted_with_remarks",
         (Says("code_of_other_region", CHECK, NOTE, CODES),)),
    Case(36, "a site that is not in the register", sites("S15999"), "refused",
         (Says("unknown_site", MUST, REFUSE, ("site_code 2",)),)),
    Case(36, "a site of another region", sites("S11001"), "refused",
         (Says("other_site", MUST, REFUSE, ("site_code 2",)),
          Says("code_of_other_region", CHECK, NOTE, ("child_code 2",)))),
    Case(37, "more sessions than planned", more_than_planned, "accepted_with_remarks",
         (Says("sessions_over_plan", CHECK, NOTE, ("sessions_attended 4",)),)),
    Case(37, "sessions in a comparison site", in_a_comparison_site, "accepted_with_remarks",
         (Says("code_of_other_region", CHECK, NOTE, CODES),
          Says("sessions_over_plan", CHECK, NOTE, ("sessions_attended 4",)))),
    Case(38, "a child moved from a comparison region", moved, "accepted_with_remarks",
         (Says("region_changed", CHECK, NOTE, ("child_code 4",)),)),
    Case(38, "a code issued in another region", code_of_elsewhere, "accepted_with_remarks",
         (Says("code_of_other_region", CHECK, NOTE, ("child_code 4",)),)),
    Case(39, "younger, or much older, at the end of the year", younger, "partly_accepted",
         (Says("age_changed", MUST, HOLD, ("age_band 3", "age_band 5")),)),
    Case(39, "a child that was not there at the beginning", new_at_the_end, "accepted",
         (Says("no_earlier_wave", INFO, NOTE, ("child_code 7",)),)),
    Case(40, "another version of the questionnaire", old_version, "refused",
         (Says("other_version", MUST, REFUSE),)),
    Case(40, "the columns in another order", other_order, "accepted"),
    Case(41, "a page that was not copied", page_not_copied, "accepted_with_remarks",
         (Says("missing_page", CHECK, NOTE, EMPTY_PAGE),)),
    Case(42, "after the deadline", after_the_deadline, "accepted",
         (Says("late", INFO, NOTE),)),
    Case(43, "half a file", half_a_file, "refused",
         (Says("damaged_file", MUST, REFUSE),)),
    Case(44, "texts that a spreadsheet would execute", formula_as_text, "partly_accepted",
         (Says("not_in_list", CHECK, BLANK, ("fam_01 4",)),
          Says("wrong_form", MUST, HOLD, ("interviewer_code 4",)))),
)  # fmt: skip
