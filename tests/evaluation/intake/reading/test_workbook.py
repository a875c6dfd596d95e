import io
import subprocess
import sys
import zipfile

import pytest

from evaluation.errors import DeliveryError
from evaluation.intake.reading import workbook as reader
from tests.evaluation.intake.given import workbook
from tests.evaluation.intake.test_bad_input import far_corner

LIMITS = {"rows": 100, "columns": 50, "unpacked_bytes": 10_000_000}


def rows_of(sheet):
    return [sheet.row(number) for number in range(sheet.rows)]


def test_a_workbook_is_read_by_another_process():
    content = workbook(("data", [["Код", "n"], ["a1", 2], [" ", None]]), ("other", [["x"]]))
    reading = reader.read(content, LIMITS)
    assert rows_of(reading.sheets[0]) == [("Код", "n"), ("a1", "2"), ("", "")]
    assert [(s.number, s.name) for s in reading.sheets] == [(1, "data"), (2, "other")]


def test_the_reader_starts_quickly_because_it_loads_nothing_heavy():
    asked = "import sys; import evaluation.intake.reading.worker; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "evaluation.intake.reading.worker" in loaded
    heavy = {"numpy", "pandas", "sqlalchemy", "great_expectations", "babel", "yaml"}
    assert not heavy & set(loaded)


def test_a_file_that_takes_too_long_is_given_up():
    with pytest.raises(DeliveryError) as refused:
        reader.read(workbook(("data", [["a"]])), LIMITS, seconds=0.001)
    assert refused.value.rule == "file_too_large"


def test_a_file_that_wants_too_much_memory_costs_one_short_process():
    with pytest.raises(DeliveryError) as refused:
        reader.read(far_corner(), LIMITS, memory=400 * 1024 * 1024)
    assert refused.value.rule == "file_too_large"


def test_the_limits_of_the_study_reach_the_reader():
    with pytest.raises(DeliveryError) as refused:
        reader.read(workbook(("data", [["a"]] * 300)), LIMITS)
    assert (refused.value.rule, refused.value.values) == ("too_many_rows", {"limit": 100})


def test_workbooks_that_count_from_1904_say_so():
    new = io.BytesIO()
    content = io.BytesIO(workbook(("data", [["a"]])))
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(new, "w") as archive:
        for name in old.namelist():
            data = old.read(name)
            archive.writestr(name, data.replace(b"<workbookPr ", b'<workbookPr date1904="1" '))
    assert reader.read(new.getvalue(), LIMITS).date_1904


def test_a_parser_that_gives_up_means_a_damaged_file():
    """Made to give up here by a limit that is no number."""
    with pytest.raises(DeliveryError) as refused:
        reader.read(workbook(("data", [["a"]])), LIMITS, memory="None")
    assert refused.value.rule == "damaged_file"
