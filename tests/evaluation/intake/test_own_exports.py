"""Small exports of our own making through studies that are data alone: what the real ones show too,
on a machine that has none of them."""

import pytest

from evaluation.design import load_study
from evaluation.records.batches import Status
from tests.evaluation.intake.given import TESTS, checked, rules, text_table

BFI = """\
A1,A2,A3,A4,A5,gender,education,age
2,4,3,4,4,1,,16
6,1,,2,3,2,5,44
2,4,3,4,4,1,,16
"""


def test_where_no_row_says_who_every_row_is_another_person():
    bfi = load_study(TESTS / "studies/bfi")
    intake = checked(BFI.encode(), bfi, card={})
    assert (intake.status, intake.findings) == (Status.ACCEPTED, ())
    # The third row has the answers of the first: two people may well agree.
    assert intake.accepted.respondent.tolist() == [f"{intake.batch[:8]}-{row}" for row in (2, 3, 4)]
    assert intake.accepted.A3.isna().tolist() == [False, True, False]
    assert (intake.region, intake.wave) == ("", 0)  # the study has one wave and no regions


ACTIVITIES = "В каких занятиях ты участвовал(а)?"
LABELS = (
    "Код участника",
    "Этап опроса",
    "Регион",
    "Я чувствую себя частью своей школы",
    "Мне интересно",
    "Мне интересно",
    ACTIVITIES,
    f"{ACTIVITIES}/Рассказы старших",
    f"{ACTIVITIES}/Народные ремёсла",
    f"{ACTIVITIES}/Спорт",
    "_id",
    "_uuid",
    "_submission_time",
    "__version__",
    "meta/rootUuid",
    "_index",
)
TAIL = ("1", "u-1", "2025-03-01T08:00:00", "v1", "uuid:u-1", "1")


@pytest.fixture(scope="module")
def igs():
    return load_study(TESTS / "studies/igs")


def label_export(summary, *split):
    row = ("P-001", "Итоговый", "Пилотный регион 1", "Согласен", "Не согласен", "Согласен")
    return text_table([LABELS, (*row, summary, *split, *TAIL)], separator=";")


@pytest.mark.parametrize(
    ("summary", "split", "stored"),
    [
        ("Рассказы старших Народные ремёсла", ("1", "1", "0"), "stories crafts"),
        ("Спорт", ("0", "0", "1"), "sport"),
        ("Рассказы старших Танцы", ("1", "0", "0"), "stories"),  # an option that was taken back
        ("", ("", "", ""), None),
    ],
)
def test_a_summary_of_labels_with_spaces_is_read_off_its_split_columns(igs, summary, split, stored):
    intake = checked(label_export(summary, *split), igs, card={})
    assert intake.source == "kobo"
    assert intake.status is Status.REMARKS
    assert set(rules(intake)) == {"same_label"}
    taken = intake.accepted.iloc[0]
    assert (taken.respondent, taken.wave) == ("P-001", 1)
    assert (taken.q1, taken.q2, taken.q1_civic) == (
        4,
        2,
        4,
    )  # the second label is the later question
    assert (None if taken.isna().activities else taken.activities) == stored
