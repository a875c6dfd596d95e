import pytest

from evaluation.intake.reading.files import read_file
from tests.evaluation.intake.given import workbook

LIMITS = {"bytes": 1_000_000, "rows": 100, "columns": 50, "unpacked_bytes": 1_000_000}


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", workbook(("data", [["a", "b"], [1, 2]]))])
def test_a_file_is_known_by_its_first_bytes(content):
    (sheet,) = read_file(content, LIMITS, len).sheets
    assert [sheet.row(0), sheet.row(1)] == [("a", "b"), ("1", "2")]
