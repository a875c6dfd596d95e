"""The child's work, done here: what it reads is what it was told, what it writes is a workbook."""

import io

import openpyxl
from openpyxl.chart import BarChart

from evaluation.intake.returned.hidden import Marker
from evaluation.intake.returned.plan import Cell, Line, Mark, Page, Plan
from evaluation.intake.returned.worker import main, packed, unpacked
from tests.evaluation.intake.given import workbook
from tests.evaluation.intake.returned.given import marked, opened, targets

CONTENT = workbook(("It's theirs", [["a", "b"], ["1", "2"]]))
PAGE = Page(
    title="Ours",
    heading="Ours",
    intro=("About this",),
    columns=(("No.", 5), ("Sheet", 9), ("Cell", 9)),
    lines=(
        Line(("1", "", "A2"), link=Cell(1, 2, "A"), severity="must_fix"),
        Line(("2", "sheet 9", "A2"), link=Cell(9, 2, "A")),
        Line(("3", "", "")),
    ),
    after_title="",
    after=(),
    marker=Marker("0f" * 32, 0),
    sheet=1,
    linked=2,
)
PLAN = Plan((PAGE,), marks=(Mark(Cell(1, 2, "A"), "must_fix", "✖ wrong"),))


def test_a_plan_and_a_file_travel_together():
    assert unpacked(packed(PLAN, CONTENT)) == (PLAN, CONTENT)


def test_the_plan_is_done_to_the_file():
    said = io.BytesIO()
    main(io.BytesIO(packed(PLAN, CONTENT)), said, memory=-1)
    book = opened(said.getvalue())
    assert book.sheetnames == ["Ours", "It's theirs"]
    assert marked(book["It's theirs"]) == {"A2": "medium"}
    assert targets(book["Ours"]) == {"A2": ("It's theirs", "A2")}
    rows = [row[1:] for row in book["Ours"].iter_rows(min_row=5, values_only=True)]
    # A sheet that is not there is named as we were told, and not linked.
    assert rows == [("1", "It's theirs", "A2"), ("2", "sheet 9", "A2"), ("3", None, None)]


def test_a_chart_is_no_sheet_of_cells():
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart", 0).add_chart(BarChart())
    made = io.BytesIO()
    book.save(made)
    said = io.BytesIO()
    main(io.BytesIO(packed(Plan(()), made.getvalue())), said, memory=-1)
    assert opened(said.getvalue()).sheetnames == ["Chart", "Sheet"]


def test_what_was_returned_before_is_returned_once_more_with_one_pair_of_our_sheets():
    once, twice = io.BytesIO(), io.BytesIO()
    main(io.BytesIO(packed(PLAN, CONTENT)), once, memory=-1)
    main(io.BytesIO(packed(Plan((PAGE,)), once.getvalue())), twice, memory=-1)
    book = opened(twice.getvalue())
    assert book.sheetnames == ["Ours", "It's theirs"]
    assert marked(book["It's theirs"]) == {}
