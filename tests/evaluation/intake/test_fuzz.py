"""Files that nobody would think of: the answer is always an `Intake`, in every language."""

import json
import string
from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evaluation.intake.given import ADA, PUPIL, pupil_rows, text_table, workbook
from tests.fuzz import targets

few = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
many = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
quick = settings(max_examples=150)


@st.composite
def mutated(draw, seed):
    """The seed with some bytes changed, put in, taken out, or doubled, perhaps cut short."""
    content = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(content) - 1, 0)))
        length = draw(st.integers(0, 40))
        match draw(st.sampled_from(["change", "put", "take", "double", "cut"])):
            case "change":
                new = draw(st.binary(min_size=1, max_size=8))
                content[place : place + len(new)] = new
            case "put":
                content[place:place] = draw(st.binary(min_size=1, max_size=40))
            case "take":
                del content[place : place + length]
            case "double":
                content[place:place] = content[place : place + length]
            case _:
                del content[place + length :]
    return bytes(content)


TEXTS = ["csv", "semicolons", "utf-16", "one byte a letter", "json"]
CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.datetimes(datetime(1900, 1, 1), datetime(9999, 1, 1)),
    st.dates(date(1900, 1, 1), date(9999, 1, 1)),
    st.times().map(lambda moment: moment.replace(microsecond=0)),
    st.sampled_from([*PUPIL, *ADA, "=1+1", "#REF!", "9,91232E+11", "\u200b", "\ufeff"]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=30,
)  # fmt: skip


@pytest.mark.parametrize("seed", TEXTS)
def test_mutated_texts_are_judged(study, seed):
    @few
    @given(content=mutated(targets.SEEDS[seed]))
    def run(content):
        targets.judged_well(content, study)

    run()


@pytest.mark.parametrize("seed", ["workbook", "archive"])
def test_mutated_archives_are_judged(study, seed):
    @few
    @given(content=mutated(targets.SEEDS[seed]))
    def run(content):
        targets.judged_well(content, study)

    run()


@pytest.mark.parametrize("seed", TEXTS)
def test_mutated_texts_are_opened(study, seed):
    @many
    @given(content=mutated(targets.SEEDS[seed]))
    def run(content):
        if seed != "json":  # which costs a process; its reading follows below
            targets.opened(content, study)

    run()


@quick
@given(content=mutated(targets.SEEDS["json"]))
def test_mutated_json_is_read_or_refused(content):
    targets.submissions(content)


@quick
@given(said=JSON)
def test_any_json_is_read_or_refused(said):
    targets.submissions(json.dumps(said).encode())


@quick
@given(records=st.lists(st.dictionaries(st.sampled_from(["a", "a/b", "r"]), JSON), min_size=1))
def test_any_records_are_read_or_refused(records):
    targets.submissions(json.dumps(records).encode())


@quick
@given(content=mutated(targets.SEEDS["workbook"]) | mutated(targets.SEEDS["archive"]))
def test_mutated_archives_are_looked_at(content):
    targets.package(content)


TAGS = st.sampled_from(
    [
        b"<worksheet ",
        b"<row ",
        b"<c ",
        b"<f>",
        b"<f/>",
        b"</f>",
        b"<v>",
        b">",
        b"/>",
        b"<col ",
        b'hidden="1" ',
        b' hidden="true"',
        b'r="B2"',
        b'r="3"',
        b't="e"',
        b'min="1"',
        b'max="9"',
        b'<mergeCell ref="A1:A3"/>',
        b'ref="A9:A1"',
        b"\x00",
        b"1",
    ]
)


@quick
@given(parts=st.lists(TAGS, max_size=40))
def test_any_sheet_has_marks(parts):
    targets.sheet(b"".join(parts))


@few
@given(rows=st.lists(st.lists(CELLS, max_size=14), max_size=6), header=st.booleans())
def test_workbooks_of_any_cells_are_judged(study, rows, header):
    made = [list(PUPIL), *rows] if header else rows
    targets.judged_well(workbook(("data", made), ("other", rows[:2])), study)


@many
@given(
    rows=st.lists(st.lists(st.text(max_size=12), max_size=14), max_size=6),
    separator=st.sampled_from(";,\t"),
)
def test_tables_of_any_texts_are_opened(study, rows, separator):
    content = text_table(pupil_rows(*rows), separator=separator).replace(b"\x00", b"")
    targets.opened(content, study)


@few
@given(row=st.lists(st.text(string.printable, max_size=8), min_size=12, max_size=12))
def test_a_row_of_anything_is_judged(study, row):
    targets.judged_well(text_table(pupil_rows(ADA, row)), study)


def test_the_seeds_are_good_files(study):
    """Or the fuzzers would only ever scratch at the surface."""
    for name in ("csv", "semicolons", "utf-16", "workbook"):
        assert targets.judged_well(targets.SEEDS[name], study).tally.accepted == 2, name


def test_a_moment_is_a_cell_too(study):
    assert targets.judged_well(workbook(("data", [[time(10, 30)]])), study).tally.rows == 0
