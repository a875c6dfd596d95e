import numpy as np
import pytest

from evaluation.design import load_study
from evaluation.intake.reading.sheets import column_of
from evaluation.intake.recognise.answers import recognise, translator
from evaluation.settings import Settings
from tests.evaluation.intake.given import growth

STUDY = load_study(Settings.from_env({"HOME": "/nowhere"}).study)
CHILD = STUDY.instruments["child_questionnaire"]


def read(name, typed):
    found = translator(CHILD.field(name))(typed)
    return found.text if found.rule is None else found.rule


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        # an answer line: codes, labels in three languages, numbers as programmes write them
        ("fam_01", "3", "3"),
        ("fam_01", "3.0", "3"),
        ("fam_01", "3,0", "3"),
        ("fam_01", "Наполовину верно", "3"),
        ("fam_01", "жартылай  ДҰРЫС", "3"),
        ("fam_01", "Half true", "3"),
        ("fam_01", "Не знаю / не понимаю", "8"),
        ("fam_01", "1.5", "1.5"),
        ("fam_01", "55", "55"),
        ("fam_01", "0", "0"),
        # consent as staff tick it
        ("consent_guardian", "+", "1"),
        ("consent_guardian", "Да", "1"),
        ("consent_guardian", "ИӘ", "1"),
        ("consent_guardian", "ия", "1"),
        ("consent_guardian", "-", "0"),
        ("consent_guardian", "не согласна", "0"),
        ("consent_guardian", "perhaps", "perhaps"),
        # sex and language, short and long, in letters of either keyboard
        ("sex", "ж", "F"),
        ("sex", "қыз", "F"),
        ("sex", "Ұл", "M"),
        ("sex", "Мальчик", "M"),
        ("interview_language", "рус", "ru"),
        ("interview_language", "казак тили", "kk"),
        # an age group, and what Excel makes of one
        ("age_band", "10–12", "10"),
        ("age_band", "10 - 12", "10"),
        ("age_band", "2022-12-10", "date_for_code"),
        # regions by code, ISO, name and old name; two that one name may mean
        ("region_code", "27", "27"),
        ("region_code", "KZ-27", "27"),
        ("region_code", "ЗКО", "27"),
        ("region_code", "Батыс Казакстан облысы", "27"),
        ("region_code", "Нур-Султан", "71"),
        ("region_code", "Южно-Казахстанская область", "61"),
        ("region_code", "г. Алматы", "75"),
        ("region_code", "Алматинская обл.", "19"),
        ("region_code", "Алматы", "ambiguous_answer"),
        ("region_code", "Almaty", "ambiguous_answer"),
        # waves
        ("wave", "0", "0"),
        ("wave", "Итоговый", "1"),
        ("wave", "бастапқы", "0"),
        ("wave", "Year-end", "1"),
        # numbers
        ("duration_min", "12", "12"),
        ("duration_min", "12.0", "12"),
        ("duration_min", "1 2", "12"),
        ("duration_min", "-3", "-3"),
        ("duration_min", "12,5", "not_a_whole_number"),
        ("duration_min", "about ten", "not_a_whole_number"),
        ("duration_min", "1e9", "not_a_whole_number"),
        # codes of people and places
        ("child_code", "27-40831-1", "27-40831-1"),
        ("child_code", "27–4О831–1", "27-40831-1"),
        ("child_code", "27408311", "27408311"),
        ("site_code", "s10001", "S10001"),
        ("site_code", "school 5", "school 5"),
        # dates
        ("interview_date", "05.12.2022", "2022-12-05"),
        ("interview_date", "05/12/2022", "ambiguous_date"),
    ],
)
def test_an_answer_means_what_the_questionnaire_says(name, typed, meant):
    assert read(name, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sport", "sport"),
        ("music sport", "sport music"),
        ("Музыка и пение Спорт", "sport music"),
        ("Music and song", "music"),
        ("chess sport", "chess sport"),
    ],
)
def test_several_answers_come_in_the_order_of_the_form(study, typed, meant):
    field = study.instruments["pupil"].field("clubs")
    assert translator(field)(typed).text == meant


def test_an_answer_ten_times_as_long_takes_no_more_than_ten_times_as_long(study):
    translate = translator(study.instruments["pupil"].field("clubs"))
    assert translate("no " * 20_000).text is not None
    assert growth(lambda times: translate("no " * 2_000 * times), times=10) < 40


def test_texts_without_a_pattern_are_only_tidied(study):
    from evaluation.design import Field, FieldType, Level, Need

    field = Field("note", Level.ROW, FieldType.TEXT, Need.OPTIONAL, {"en": "Note"})
    assert translator(field)("two  \n words").text == "two words"


def test_a_column_is_read_once_a_distinct_text(study):
    field = study.instruments["pupil"].field("sex")
    column = column_of(["", "girl", "F", "ұл"], np.array([1, 2, 0, 3, 1], dtype=np.int32))
    answers = recognise(field, column, 7)
    assert answers.texts().tolist() == ["F", "F", None, "M", "F"]
    assert answers.where(1).tolist() == [0, 4]
    assert (answers.column, answers.field.name) == (7, "sex")


def test_answers_become_columns_of_the_declared_types(study):
    field = study.instruments["pupil"].field("wb_1")
    column = column_of(["", "3", "often", "odd"], np.array([1, 2, 0, 3], dtype=np.int32))
    answers = recognise(field, column, 0)
    good = np.array([True, True, True, False])
    assert answers.series(good, "Int16").tolist()[:2] == [3, 3]
    assert answers.series(good, "Int16").isna().tolist() == [False, False, True]
    assert answers.series(good, "str").dtype == "str"
