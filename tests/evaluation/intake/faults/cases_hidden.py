"""Rows 18, 22, 23, 32 of domain.md §5, and more of 21: what workbooks hide, and names in them."""

import io

import xlsxwriter
from openpyxl.comments import Comment

from tests.evaluation.intake.faults.desk import BLANK, CHECK, MUST, NOTE, REFUSE, Case, Says

# An invented name, put together from syllables; nobody's.
SYLLABLES = ("Таз", "ба", "лов", " Ф. ", "Щ.")
PATRONYMIC = "Таз" + "бала" + "ұлы"


def in_the_template(change, wave=0):
    return lambda desk: desk.check(desk.reopened(desk.template(desk.rows(wave=wave)), change))


def two_lines(desk):
    """The header of every column stands in two rows: its group above, its own words below."""
    rows = desk.rows()
    lines = desk.table(rows)
    above = ["Согласие" if name.startswith("consent") else "" for name in desk.fields]
    return desk.check(desk.text([above, *lines]), rows=rows)


def cut_in_two(desk):
    rows = desk.rows()
    lines = desk.table(rows)
    words = [header.split(" ", 1) for header in lines[0]]
    first = [each[0] for each in words]
    second = [each[1] if len(each) > 1 else "" for each in words]
    return desk.check(desk.text([first, second, *lines[1:]]), rows=rows)


def hide_rows(book):
    book.worksheets[0].row_dimensions[4].hidden = True


def hide_column(book):
    book.worksheets[0].column_dimensions["U"].hidden = True


def formula(book):
    book.worksheets[0]["U4"] = "=1+1"


def worked_out(desk):
    """A formula with the number that Excel last got from it, as Excel saves it."""
    rows = desk.rows()
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(desk.table(rows)):
            sheet.write_row(number, 0, line)
        place = desk.fields.index(desk.items[0])
        sheet.write_formula(3, place, "=1+2", None, 3)
    return desk.check(file.getvalue(), rows=rows)


def comment(book):
    book.worksheets[0]["A4"].comment = Comment("".join(SYLLABLES), "x")


def named_in_a_comment(book):
    book.worksheets[0]["A4"].comment = Comment(PATRONYMIC, "x")


def list_of_names(book):
    sheet = book.create_sheet("Лист4")
    for row in range(1, 6):
        sheet.cell(row, 1, PATRONYMIC)


CASES = (
    Case(18, "a second line of headers above", two_lines, "accepted"),
    Case(18, "headers cut into two lines", cut_in_two, "accepted"),
    Case(21, "a sheet with names", in_the_template(list_of_names), "refused",
         (Says("personal_data", MUST, REFUSE, None),)),
    Case(22, "a hidden row", in_the_template(hide_rows), "accepted_with_remarks",
         (Says("hidden_rows", CHECK, NOTE, None),)),
    Case(22, "a hidden column", in_the_template(hide_column), "accepted_with_remarks",
         (Says("hidden_columns", CHECK, NOTE, None),)),
    Case(23, "a formula in place of an answer", worked_out, "refused",
         (Says("formula_in_answer", MUST, REFUSE, None),)),
    Case(23, "a formula that was never worked out", in_the_template(formula),
         "accepted_with_remarks", (Says("formula_without_value", MUST, BLANK, None),)),
    Case(32, "a name in a comment", in_the_template(named_in_a_comment), "refused",
         (Says("personal_data", MUST, REFUSE, None),)),
    Case(32, "a surname with initials in a comment", in_the_template(comment), "refused",
         (Says("personal_data", MUST, REFUSE, None),)),
)  # fmt: skip
