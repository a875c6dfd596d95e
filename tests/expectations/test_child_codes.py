import pandas as pd

from evaluation.intake.suite import CHECKS, Rule
from evaluation.intake.validation import failing_rows
from evaluation.records.codes import child_code


def test_codes_with_a_wrong_check_digit_are_found_by_row():
    # domain.md §2.6 lists the first five as valid.
    valid = ["27-40831-1", "10-00042-2", "35-12907-7", "71-99999-4", "75-00001-3"]
    wrong = ["27-40831-2", "27-48031-1", "27408311", ""]
    frame = pd.DataFrame({"code": pd.Series([*valid, *wrong, None], dtype="str")})
    rule = Rule(CHECKS["child_code"], {"column": "code"}, "wrong_check_digit")
    assert failing_rows(frame, [rule]) == ((5, 6, 7, 8),)


def test_every_code_that_is_issued_passes():
    codes = [child_code("27", number) for number in range(0, 100_000, 977)]
    frame = pd.DataFrame({"code": pd.Series(codes, dtype="str")})
    rule = Rule(CHECKS["child_code"], {"column": "code"}, "wrong_check_digit")
    assert failing_rows(frame, [rule]) == ((),)
