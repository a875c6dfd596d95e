"""The same submission again: in one file, in next week's export, edited, or with consent taken back."""

import pytest
from sqlalchemy import select

from evaluation.intake import Vault
from evaluation.intake.admission import _write, judged
from evaluation.records.batches import Status
from evaluation.records.submissions import submission_key
from evaluation.store.batches import get_batch, tallies
from evaluation.store.engine import reading, writing
from evaluation.store.events import all_events
from evaluation.store.findings import load_findings
from evaluation.store.responses import known_respondents, load_responses
from evaluation.store.submission_tables import replaced_rows, submissions
from evaluation.store.submissions import earlier_submissions
from tests.evaluation.intake.given import ADA, BEN, PUPIL, changed, checked, rules, text_table
from tests.evaluation.intake.test_admission import Desk

TAIL = ("_id", "_uuid", "_submission_time", "meta/rootUuid")


def numbered(row, number, *, uuid=None, at="2022-03-14T10:00:00", root=True):
    """A row of a KoboToolbox export. An edit changes `_uuid`; the root stays."""
    return (*row, number, uuid or f"uuid-{number}", at, f"uuid:root-{number}" if root else "")


def export(*rows):
    return text_table([(*PUPIL, *TAIL), *rows], separator=";")


CAI = changed(BEN, Code="c3")


@pytest.fixture
def desk(engine, settings, study):
    return Desk(engine, settings, study)


def answers(desk, name="wb_1", as_of=None):
    with reading(desk.engine) as conn:
        frame = load_responses(
            conn, desk.study.instruments["pupil"], as_of=as_of or desk.now, restricted=True
        )
    return dict(zip(frame.respondent, frame[name], strict=True))


def tally(desk, batch):
    with reading(desk.engine) as conn:
        return tallies(conn, desk.now)[batch.id]


def found(desk, batch):
    with reading(desk.engine) as conn:
        return {f.rule: f.values.get("n") for f in load_findings(conn, batch.id)}


def take_in(desk, *rows, **how):
    batch = desk.send(export(*rows), **how)
    return batch, desk.admit(batch)


# Within one file


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ("2022-03-14T10:00:00", "2022-03-15T10:00:00", "5"),
        ("2022-03-15T10:00:00", "2022-03-14T10:00:00", "1"),  # the later one stands first
        ("2022-03-14T10:00:00", "2022-03-14T10:00:00", "5"),  # by order
        ("", "", "5"),
        ("yesterday", "2022", "5"),  # no moment: nothing of it is kept or compared
    ],
)
def test_of_two_editions_in_one_file_the_later_counts(study, first, second, counts):
    intake = checked(
        export(
            numbered(ADA, 1, at=first), numbered(changed(ADA, wb_1="5"), 1, uuid="new", at=second)
        ),
        study,
    )
    assert intake.status is Status.ACCEPTED
    assert rules(intake) == ["edited_later"]
    assert [str(a) for a in intake.accepted.wb_1] == [counts]
    assert (intake.tally.rows, intake.tally.accepted, intake.tally.set_aside) == (2, 1, 1)


def test_an_edition_like_the_one_before_is_no_copy_to_be_held(study):
    intake = checked(export(numbered(ADA, 1), numbered(ADA, 1)), study)
    assert (intake.status, rules(intake)) == (Status.ACCEPTED, ["edited_later"])


@pytest.mark.parametrize("root", [True, False])
def test_two_submissions_about_one_child_are_still_looked_at(study, root):
    intake = checked(
        export(numbered(ADA, 1, root=root), numbered(changed(ADA, wb_1="5"), 2, root=root)), study
    )
    assert "duplicate_respondent" in rules(intake)


def test_rows_without_a_number_are_nobodys_edition(study):
    blank = ("", "", "", "")
    intake = checked(export((*ADA, *blank), (*BEN, *blank)), study)
    assert (intake.status, intake.tally.accepted, intake.submissions) == (Status.ACCEPTED, 2, ())


def test_of_the_number_only_a_digest_is_kept(study):
    intake = checked(export(numbered(ADA, 1)), study)
    (told,) = intake.submissions
    assert told.key == submission_key("pupil", "root-1")
    assert (told.source_row, told.edition) == (2, "2022-03-14T10:00:00")
    assert "root-1" not in str(told)


# Next week's export


def test_an_export_pulled_anew_adds_what_is_new_and_counts_the_rest_once(desk):
    take_in(desk, numbered(ADA, 1), numbered(BEN, 2))
    again, status = take_in(desk, numbered(ADA, 1), numbered(BEN, 2), numbered(CAI, 3))
    assert status == "accepted"
    assert desk.stored() == [("a1", 0), ("b2", 0), ("c3", 0)]
    assert found(desk, again) == {"already_there": 2}
    counts = tally(desk, again)
    assert (counts.rows, counts.accepted, counts.set_aside, counts.held) == (3, 1, 2, 0)


def test_an_export_with_nothing_new_is_no_fault(desk):
    take_in(desk, numbered(ADA, 1))
    again, status = take_in(desk, numbered(ADA, 1, uuid="as of today"))
    assert status == "accepted"
    assert (tally(desk, again).accepted, tally(desk, again).set_aside) == (0, 1)
    assert desk.stored() == [("a1", 0)]


def test_an_edited_form_takes_the_place_of_the_earlier_one_and_history_stays(desk):
    first, _ = take_in(desk, numbered(ADA, 1), numbered(BEN, 2))
    before = desk.now
    again, status = take_in(desk, numbered(changed(ADA, wb_1="5"), 1, uuid="new"), numbered(BEN, 2))
    assert status == "accepted"
    assert answers(desk) == {"a1": 5, "b2": 5}
    assert answers(desk, as_of=before) == {"a1": 1, "b2": 5}
    assert found(desk, again) == {"already_there": 1, "edition_replaced": 1}
    with reading(desk.engine) as conn:
        events = [e for e in all_events(conn, desk.now) if e.kind == "rows.replaced"]
    assert [(e.batch, e.details) for e in events] == [(again.id, {"of": first.id, "rows": 1})]


def test_what_is_hidden_apart_is_compared_too(desk):
    take_in(desk, numbered(ADA, 1))
    again, _ = take_in(desk, numbered(changed(ADA, Group="0"), 1))
    assert found(desk, again) == {"edition_replaced": 1}
    assert answers(desk, "secret_group") == {"a1": 0}


def test_a_code_that_was_mended_moves_the_answers_to_the_right_child(desk):
    take_in(desk, numbered(ADA, 1))
    _, status = take_in(desk, numbered(changed(ADA, Code="a9"), 1))
    assert (status, desk.stored()) == ("accepted", [("a9", 0)])
    # The first code is free again: another form may bring it.
    _, status = take_in(desk, numbered(ADA, 7))
    assert (status, desk.stored()) == ("accepted", [("a1", 0), ("a9", 0)])


def test_a_code_that_was_mended_into_anothers_waits(desk):
    take_in(desk, numbered(ADA, 1), numbered(BEN, 2))
    again, status = take_in(desk, numbered(changed(ADA, Code="b2"), 1), numbered(BEN, 2))
    assert status in ("partly_accepted", "refused")
    assert desk.stored() == [("a1", 0), ("b2", 0)]
    assert found(desk, again).keys() & {"duplicate_respondent", "already_stored"}


def test_an_older_export_sent_later_changes_nothing(desk):
    take_in(desk, numbered(changed(ADA, wb_1="5"), 1, at="2022-03-20T10:00:00"))
    old, status = take_in(desk, numbered(ADA, 1), numbered(BEN, 2))
    assert status == "accepted"
    assert answers(desk) == {"a1": 5, "b2": 5}
    assert found(desk, old) == {"edited_later": 1}


def test_a_consent_taken_back_takes_the_answers_out_of_use(desk):
    take_in(desk, numbered(ADA, 1), numbered(BEN, 2))
    again, status = take_in(desk, numbered(changed(ADA, Consent="0"), 1), numbered(BEN, 2))
    assert status == "accepted"
    assert desk.stored() == [("b2", 0)]
    assert tally(desk, again).without_consent == 1
    _, status = take_in(desk, numbered(CAI, 3))
    assert desk.stored() == [("b2", 0), ("c3", 0)]


def test_an_edit_with_a_fault_waits_and_the_earlier_answers_count(desk):
    take_in(desk, numbered(ADA, 1))
    _, status = take_in(desk, numbered(changed(ADA, Sex="Q"), 1), numbered(BEN, 2))
    assert (status, desk.stored()) == ("partly_accepted", [("a1", 0), ("b2", 0)])


def test_edits_of_edits_replace_one_another(desk):
    for answer in "135":
        take_in(desk, numbered(changed(ADA, wb_1=answer), 1, uuid=answer))
    assert answers(desk) == {"a1": 5}
    with reading(desk.engine) as conn:
        assert len(conn.execute(select(replaced_rows)).all()) == 2
        pupil = desk.study.instruments["pupil"]
        assert known_respondents(conn, pupil, ["a1"], 0) == {"a1"}


def test_a_row_counts_again_when_the_batch_that_replaced_it_is_corrected(desk):
    take_in(desk, numbered(ADA, 1))
    wrong, _ = take_in(desk, numbered(changed(ADA, wb_1="5"), 1), numbered(BEN, 2))
    assert answers(desk) == {"a1": 5, "b2": 5}
    _, status = take_in(desk, numbered(BEN, 2), replaces=wrong.receipt)
    assert (status, answers(desk)) == ("accepted", {"a1": 1, "b2": 5})


def test_a_refused_export_replaces_nothing(desk):
    take_in(desk, numbered(ADA, 1))
    content = text_table(
        [(*PUPIL, *TAIL, "Shoe size"), (*numbered(changed(ADA, wb_1="5"), 1), "36")]
    )
    batch = desk.send(content)
    assert desk.admit(batch) == "refused"
    assert answers(desk) == {"a1": 1}
    with reading(desk.engine) as conn:
        assert conn.execute(select(replaced_rows)).all() == []


def test_a_tool_may_number_what_nobody_is_asked_in(desk):
    """A wave of its own is another form: the same number in it is an edit of the wave."""
    take_in(desk, numbered(ADA, 1))
    _, status = take_in(desk, numbered(ADA, 1), wave=1)
    assert (status, desk.stored()) == ("accepted", [("a1", 1)])


def test_two_exports_judged_at_the_same_time_store_a_form_once(desk):
    """Both were judged while neither was stored: the slower one is judged anew."""
    first = desk.send(export(numbered(ADA, 1)))
    second = desk.send(export(numbered(changed(ADA, Code="a9"), 1), numbered(BEN, 2)))
    content = Vault(desk.settings.deliveries, desk.settings.key_file).get(second.id)
    too_early = judged(desk.engine, desk.settings, desk.study, content, second, now=desk.now)
    desk.admit(first)
    with writing(desk.engine) as conn:
        assert _write(conn, desk.study, second, too_early, desk.now) is None
        assert get_batch(conn, second.id).status is Status.RECEIVED
    assert desk.admit(second) == "accepted"
    assert desk.stored() == [("a9", 0), ("b2", 0)]


def test_nothing_is_known_before_the_first_batch(desk):
    pupil = desk.study.instruments["pupil"]
    with reading(desk.engine) as conn:
        assert earlier_submissions(conn, pupil, ["x"]).submissions == ()
    take_in(desk, numbered(ADA, 1))
    with reading(desk.engine) as conn:
        assert earlier_submissions(conn, pupil, ["x"]).submissions == ()
        assert earlier_submissions(conn, pupil, []).rows.empty
        (line,) = conn.execute(select(submissions)).all()
    assert line.key == submission_key("pupil", "root-1")


def test_forms_without_a_person_are_compared_by_their_answers(engine, settings):
    """Where no row says who, the number of the submission alone tells it again."""
    from evaluation.design import load_study
    from evaluation.intake import Sender
    from evaluation.intake.reception import receive
    from tests.evaluation.intake.given import TESTS

    class Office(Desk):
        def send(self, content):
            said = Sender(instrument="diet")
            return receive(
                self.engine,
                self.settings,
                self.study,
                content=content,
                sender=said,
                now=self.now,
                actor="ada",
            ).batch

    office = Office(engine, settings, load_study(TESTS / "studies/exports"))
    header = ("restaurant_name", "dietary_accommodations", "_uuid")
    one, two = ("Melba", "vegan", "u1"), ("Kush", "vegan", "u2")
    office.admit(office.send(text_table([header, one])))
    again = office.send(text_table([header, one, two]))
    assert office.admit(again) == "accepted"
    assert found(office, again) == {"already_there": 1}
