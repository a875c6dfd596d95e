import pytest

from evaluation.intake import Sender, identify
from evaluation.records.batches import Status, batch_id
from evaluation.records.responses import responses_schema
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    CARD,
    PUPIL,
    changed,
    checked,
    places,
    pupil_rows,
    rules,
    text_table,
    workbook,
)


def pupils(*rows, header=PUPIL):
    return text_table(pupil_rows(*rows, header=header))


def test_a_clean_file_is_accepted_whole(study):
    intake = checked(pupils(ADA, BEN), study)
    assert intake.status is Status.ACCEPTED
    assert intake.findings == ()
    assert (intake.tally.rows, intake.tally.accepted, intake.tally.held) == (2, 2, 0)
    assert (intake.instrument, intake.version, intake.region, intake.wave) == ("pupil", 1, "n", 0)
    assert intake.source == "table"


def test_accepted_rows_are_what_was_typed_in_the_declared_types(study):
    content = pupils(ADA, BEN)
    intake = checked(content, study)
    frame = responses_schema(study.instruments["pupil"], restricted=True).check(intake.accepted)
    assert intake.batch == batch_id(content, instrument="pupil", region="n", wave=0)
    assert frame.batch.unique().tolist() == [intake.batch]
    assert frame.source_row.tolist() == [2, 3]
    assert frame.respondent.tolist() == ["a1", "b2"]
    assert frame.region.tolist() == ["n", "n"]
    assert frame.age.tolist() == [10, 11]
    assert frame.asked_on.tolist() == ["2022-03-14", "2022-03-15"]
    assert frame.clubs.isna().tolist() == [False, True]
    assert frame[["wb_1", "bl_2"]].to_numpy().tolist() == [[1, 5], [5, 1]]
    assert frame.secret_group.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("row", "status", "accepted", "rule", "place"),
    [
        # a required answer that is wrong holds its row
        (changed(BEN, Sex="Q"), Status.PARTLY, 1, "not_in_list", "B3"),
        (changed(BEN, Sex=""), Status.PARTLY, 1, "missing_answer", "B3"),
        (changed(BEN, Code="??"), Status.PARTLY, 1, "wrong_form", "A3"),
        (changed(BEN, Consent="perhaps"), Status.PARTLY, 1, "not_in_list", "D3"),
        (changed(BEN, Consent=""), Status.PARTLY, 1, "missing_answer", "D3"),
        # any other only counts as missing
        (changed(BEN, Age="99"), Status.REMARKS, 2, "out_of_range", "C3"),
        (changed(BEN, Age="many"), Status.REMARKS, 2, "not_a_whole_number", "C3"),
        (changed(BEN, Date="05/06/2022"), Status.REMARKS, 2, "ambiguous_date", "E3"),
        (changed(BEN, Clubs="chess"), Status.REMARKS, 2, "not_in_list", "F3"),
    ],
)
def test_one_bad_cell_never_sinks_a_batch(study, row, status, accepted, rule, place):
    intake = checked(pupils(ADA, row), study)
    assert rules(intake) == [rule]
    assert places(intake, rule) == [place]
    assert intake.status is status
    assert len(intake.accepted) == intake.tally.accepted == accepted


def test_an_answer_nobody_may_give_counts_as_missing(study):
    worst = changed(BEN, wb_1="7", wb_3="0", bl_1="x", bl_2="55")
    intake = checked(pupils(ADA, worst), study)
    assert intake.status is Status.REMARKS
    assert places(intake, "not_in_list") == ["H3", "J3", "K3", "L3"]
    last = intake.accepted.iloc[-1]
    assert last[["wb_1", "wb_3", "bl_1", "bl_2"]].isna().all()
    assert last.wb_2 == 4


def test_too_many_bad_answers_are_no_slips_of_the_pen(study):
    bad = [changed(ADA, Code=f"c{number}", wb_1="7") for number in range(3)]
    intake = checked(pupils(ADA, *bad), study)
    assert intake.status is Status.REFUSED
    found = next(f for f in intake.findings if f.rule == "bad_answers")
    assert found.values == {"share": 10, "limit": 5}  # two of twenty, the worst row left out
    assert intake.accepted.empty


def test_dates_that_came_as_day_numbers_are_read_and_said_once_a_column(study):
    rows = [changed(ADA, Date="44634"), changed(BEN, Date="44635"), changed(BEN, Code="c3")]
    intake = checked(pupils(*rows), study)
    assert places(intake, "date_serial") == ["E2"]
    assert intake.findings[0].values == {"n": 2}
    assert intake.accepted.asked_on.tolist() == ["2022-03-14", "2022-03-15", "2022-03-15"]


def test_a_row_without_consent_is_counted_and_nothing_is_said_of_it(study):
    without = changed(BEN, Consent="no", Sex="Q", wb_1="77", Code="??")
    intake = checked(pupils(ADA, without), study)
    assert rules(intake) == ["without_consent"]
    assert intake.findings[0].values == {"n": 1}
    assert intake.status is Status.ACCEPTED
    assert (intake.tally.accepted, intake.tally.without_consent) == (1, 1)
    assert intake.accepted.respondent.tolist() == ["a1"]


def test_a_batch_without_any_consent_is_still_a_batch(study):
    intake = checked(pupils(changed(ADA, Consent="0")), study)
    assert intake.status is Status.ACCEPTED
    assert intake.tally.without_consent == 1
    assert intake.accepted.empty


def test_the_same_row_twice_counts_once(study):
    intake = checked(pupils(ADA, BEN, ADA), study)
    assert places(intake, "identical_row") == ["A4"]
    assert intake.accepted.respondent.tolist() == ["a1", "b2"]
    assert intake.status is Status.PARTLY


def test_one_code_with_two_sets_of_answers_holds_both_rows(study):
    intake = checked(pupils(ADA, BEN, changed(ADA, wb_1="5")), study)
    assert places(intake, "duplicate_respondent") == ["A2", "A4"]
    assert intake.accepted.respondent.tolist() == ["b2"]


def test_a_child_that_another_batch_holds_is_held_here(study):
    asked = []

    def stored(respondents, wave):
        asked.append((sorted(respondents), wave))
        return frozenset({"b2"})

    intake = checked(pupils(ADA, BEN, changed(BEN, Code="c3", Sex="Q")), study, stored=stored)
    assert asked == [(["a1", "b2"], 0)]  # not for a row that is held already
    assert places(intake, "already_stored") == ["A3"]
    assert intake.accepted.respondent.tolist() == ["a1"]


def test_a_file_with_no_good_row_is_refused(study):
    intake = checked(pupils(changed(ADA, Sex="Q")), study)
    assert intake.status is Status.REFUSED
    assert rules(intake) == ["no_good_row", "not_in_list"]
    assert (intake.tally.rows, intake.tally.held) == (1, 1)


@pytest.mark.parametrize("declared", ["2", 2.0, " 2 "])
def test_the_control_total_agrees(study, declared):
    intake = checked(pupils(ADA, BEN), study, card=CARD | {"forms_declared": str(declared)})
    assert intake.status is Status.ACCEPTED
    assert intake.tally.declared == 2
    assert intake.card.get("forms_declared") == "2"


def test_a_control_total_that_differs_stops_the_batch(study):
    intake = checked(pupils(ADA, BEN), study, card=CARD | {"forms_declared": "3"})
    assert intake.status is Status.REFUSED
    assert intake.findings[0].rule == "control_total"
    assert intake.findings[0].values == {"declared": 3, "n": 2}
    assert (intake.tally.rows, intake.tally.held, intake.tally.accepted) == (2, 2, 0)


@pytest.mark.parametrize("rows", [(), (("",) * 12,)])
def test_headers_without_rows_are_refused(study, rows):
    intake = checked(pupils(*rows), study)
    assert rules(intake) == ["no_rows"]
    assert intake.status is Status.REFUSED


def test_blank_rows_in_the_middle_keep_the_numbers_of_the_sheet(study):
    content = workbook(("data", [["A title"], [], *pupil_rows(ADA), [], BEN]))
    intake = checked(content, study)
    assert intake.status is Status.ACCEPTED
    assert intake.accepted.source_row.tolist() == [4, 6]


def test_the_sender_and_the_file_may_say_the_same(study):
    header = (*PUPIL, "Region", "Wave")
    content = pupils((*ADA, "North", "first"), header=header)
    intake = checked(content, study, region="Север", wave=0, card={})
    assert intake.status is Status.ACCEPTED
    assert (intake.region, intake.wave) == ("n", 0)


@pytest.mark.parametrize(
    ("region", "wave", "rule"),
    [("e", 0, "other_region"), ("n", 1, "other_wave")],
)
def test_a_file_of_another_region_or_wave_is_refused(study, region, wave, rule):
    content = pupils((*ADA, "n", "0"), header=(*PUPIL, "Region", "Wave"))
    intake = checked(content, study, region=region, wave=wave, card={})
    assert intake.status is Status.REFUSED
    assert rules(intake) == [rule]
    assert intake.findings[0].row == 2  # where the sender can look


def test_a_batch_that_nobody_places_is_refused(study):
    intake = checked(pupils(ADA), study, card={})
    assert {(f.rule, f.field) for f in intake.findings} == {
        ("card_missing", "region"),
        ("card_missing", "wave"),
    }


def test_what_stops_the_file_comes_first(study):
    header = (*PUPIL[:-1], "Shoe size")
    intake = checked(pupils(changed(ADA, Age="99"), header=header), study)
    assert rules(intake)[-1] == "out_of_range"
    assert set(rules(intake)[:-1]) == {"missing_column", "unknown_column"}


def test_a_file_of_no_known_questionnaire_keeps_what_its_sender_said(study):
    intake = checked(b"one,two\n1,2\n", study, instrument="pupil", region="n", wave=1)
    assert rules(intake) == ["no_data_sheet"]
    assert (intake.instrument, intake.version, intake.region, intake.wave) == ("pupil", 1, "n", 1)
    assert intake.accepted.columns.tolist()[:2] == ["batch", "source_row"]
    assert intake.tally.rows == 0


def test_a_file_of_nothing_known_at_all(study):
    intake = checked(b"one,two\n1,2\n", study)
    assert (intake.instrument, intake.version, intake.source) == ("", 0, "")
    assert intake.accepted.empty


def test_a_questionnaire_that_is_not_in_the_study(study):
    intake = checked(pupils(ADA), study, instrument="parent")
    assert rules(intake) == ["unknown_instrument"]
    assert intake.findings[0].values == {"known": "pupil"}


def test_a_file_can_be_known_without_being_judged(study):
    content = pupils(changed(ADA, Sex="Q"))
    found = identify(content, study=study, sender=Sender(region="n", wave=1))
    assert (found.instrument, found.region, found.wave, found.source) == ("pupil", "n", 1, "table")


def test_the_same_file_sent_twice_gives_the_same(study):
    content = pupils(ADA, changed(BEN, Sex="Q"))
    once, again = checked(content, study), checked(content, study)
    assert once.batch == again.batch
    assert once.findings == again.findings
    assert once.accepted.equals(again.accepted)


def test_the_public_face_has_no_other_names():
    import evaluation.intake as intake

    assert all(getattr(intake, name) for name in intake.__all__)
    with pytest.raises(AttributeError):
        _ = intake.everything
