import pytest

from evaluation.records.batches import Status
from evaluation.records.codes import child_code
from tests.evaluation.intake.given import checked, places, rules, text_table

HEADER = ("Version", "Wave", "Region", "Child", "Site", "Day", "Agreed", "Sessions", "Mood")


def visit(number, **cells):
    row = {
        "Version": "2",
        "Wave": "spring",
        "Region": "10",
        "Child": child_code("10", number),
        "Site": "S10001",
        "Day": "2022-03-20",
        "Agreed": "2022-03-10",
        "Sessions": "",
        "Mood": "glad",
    } | cells
    return [row[name] for name in HEADER]


def visited(study, *rows, **said):
    return checked(text_table([HEADER, *rows]), study, card={}, **said)


def test_rows_may_say_their_own_region_and_wave(visits):
    intake = visited(
        visits, visit(1), visit(2, Wave="autumn", Region="East", Site="S63001"), region=None
    )
    assert intake.status is Status.ACCEPTED
    assert (intake.region, intake.wave) == ("", None)
    assert intake.accepted.region.tolist() == ["10", "63"]
    assert intake.accepted.wave.tolist() == [0, 1]


def test_the_same_child_may_come_in_both_waves_but_not_twice_in_one(visits):
    twice = visit(1, Mood="sad")
    intake = visited(visits, visit(1), visit(1, Wave="1"), visit(2), visit(2, Mood="sad"))
    assert places(intake, "duplicate_respondent") == ["D4", "D5"]
    assert intake.accepted.wave.tolist() == [0, 1]
    assert twice[3] == intake.accepted.respondent[0]


def test_other_batches_are_asked_once_a_wave(visits):
    asked = []

    def stored(respondents, wave):
        asked.append((len(respondents), wave))
        return frozenset()

    visited(visits, visit(1), visit(2), visit(3, Wave="1"), stored=stored)
    assert asked == [(2, 0), (1, 1)]


def test_a_site_knows_its_region_by_the_map_of_today(visits):
    """Hills was a part of East until June 2022: its children came in East's spring file."""
    intake = visited(visits, visit(1, Region="ВКО"), visit(2, Region="63", Site="S63001"))
    assert intake.status is Status.ACCEPTED
    assert intake.accepted.region.tolist() == ["10", "63"]


def test_a_site_of_another_region_refuses_the_file(visits):
    intake = visited(visits, visit(1, Site="S63001"))
    assert (rules(intake), places(intake, "other_site")) == (["other_site"], ["E2"])
    assert intake.status is Status.REFUSED


def test_a_site_that_nobody_registered_refuses_the_file(visits):
    intake = visited(visits, visit(1), visit(2, Site="S99999"))
    assert places(intake, "unknown_site") == ["E3"]
    assert intake.status is Status.REFUSED


def test_a_slip_in_a_site_code_holds_only_its_row(visits):
    intake = visited(visits, visit(1), visit(2, Site="S1"), visit(3, Site=""))
    assert places(intake, "wrong_form") == ["E3"]
    assert places(intake, "missing_answer") == ["E4"]
    assert len(intake.accepted) == 1


def test_a_name_that_two_regions_bear_is_asked_about(visits):
    intake = visited(visits, visit(1), visit(2, Region="Same name", Site="S1"))
    assert places(intake, "ambiguous_answer") == ["C3"]
    assert intake.accepted.source_row.tolist() == [2]


@pytest.mark.parametrize(("said", "found"), [("10", []), ("63", ["C2"]), ("East", ["C2"])])
def test_rows_of_another_region_than_the_one_sent_for(visits, said, found):
    assert places(visited(visits, visit(1), visit(2), region=said), "other_region") == found


@pytest.mark.parametrize(("said", "found"), [(0, []), (1, ["B2"])])
def test_rows_of_another_wave_than_the_one_sent_for(visits, said, found):
    assert places(visited(visits, visit(1), wave=said), "other_wave") == found


def test_what_the_rows_do_not_say_the_sender_does(visits):
    header = [name for name in HEADER if name not in ("Wave", "Region")]
    row = [text for name, text in zip(HEADER, visit(1), strict=True) if name in header]
    content = text_table([header, row])
    told = checked(content, visits, card={}, region="Hills", wave=0)
    assert told.status is Status.ACCEPTED
    assert (told.region, told.wave) == ("10", 0)
    assert told.accepted.region.tolist() == ["10"]
    untold = checked(content, visits, card={})
    assert set(rules(untold)) == {"region_missing", "wave_missing"}
    nowhere = checked(content, visits, card={}, region="Nowhere", wave=7)
    assert set(rules(nowhere)) == {"region_missing", "wave_missing"}
    of_two = checked(content, visits, card={}, region="Same name", wave=0)
    assert rules(of_two) == ["region_missing"]


@pytest.mark.parametrize(
    ("cells", "rule", "place"),
    [
        ({"Agreed": "2022-03-21"}, "consent_after_interview", "G3"),
        ({"Day": "2022-08-01"}, "outside_wave", "F3"),
        ({"Sessions": "5"}, "sessions_over_plan", "H3"),
        ({"Child": "10-00001-0"}, "wrong_check_digit", "D3"),
    ],
)
def test_rules_across_fields_point_at_their_cell(visits, cells, rule, place):
    rest = [visit(number) for number in range(10, 20)]
    wave = 0 if rule == "outside_wave" else None
    intake = visited(visits, visit(1), visit(2, **cells), *rest, wave=wave)
    if wave is None:
        assert rules(intake) == [rule]
        assert places(intake, rule) == [place]


def test_the_window_of_a_wave_is_asked_where_the_wave_is_known(visits):
    """Where rows say their wave, no one window holds for the file, and the rule is left out."""
    header = [name for name in HEADER if name != "Wave"]

    def row(number, **cells):
        drawn = visit(number, **cells)
        return [text for name, text in zip(HEADER, drawn, strict=True) if name in header]

    good = [row(number) for number in range(1, 10)]
    late = row(20, Day="2022-06-01")
    one = checked(text_table([header, *good, late]), visits, card={}, region="10", wave=0)
    assert rules(one) == ["outside_wave"]
    assert one.status is Status.PARTLY
    later = row(21, Day="2022-06-02")
    two = [good[0], late, later]
    many = checked(text_table([header, *two]), visits, card={}, region="10", wave=0)
    assert rules(many) == ["wrong_dates", "outside_wave", "outside_wave"]
    assert many.findings[0].values == {"share": 67, "limit": 20}
    assert many.status is Status.REFUSED
    autumn = checked(text_table([header, late]), visits, card={}, region="10", wave=1)
    assert autumn.status is Status.ACCEPTED  # nobody wrote down when autumn is


def test_a_study_without_sites_takes_the_region_that_was_said(study):
    content = text_table([("Code", "Sex", "Consent", "Region", "Wave"), ("a1", "F", "1", "h", "0")])
    assert checked(content, study, card={}).region == "h"
