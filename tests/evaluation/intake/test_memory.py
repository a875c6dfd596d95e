"""A file goes out to be mended and comes in again: the whole way, through store and vault."""

import pytest

from evaluation.intake import Sender, Vault
from evaluation.intake.memory import past_of, sender_of
from evaluation.intake.returned.workbook import returned_workbook
from evaluation.language import Language
from evaluation.records.batches import Status, Tally
from evaluation.records.verdicts import Verdict
from evaluation.store.batches import get_batch
from evaluation.store.engine import reading
from evaluation.store.explanations import load_explanations
from evaluation.store.findings import load_findings
from tests.evaluation.intake.given import ADA, BEN, changed, pupil_rows, text_table, workbook
from tests.evaluation.intake.returned.given import opened, saved
from tests.evaluation.intake.returned.test_reply import explained
from tests.evaluation.intake.test_admission import Desk

FILE = workbook(
    ("Answers", pupil_rows(ADA, changed(BEN, Sex="Q"), changed(BEN, Code="c3", Age="99")))
)


@pytest.fixture
def desk(engine, settings, study):
    return Desk(engine, settings, study)


def vault_of(desk):
    return Vault(desk.settings.deliveries, desk.settings.key_file)


def given_back(desk, batch):
    """The returned workbook of a batch that was taken in, as its sender gets it."""
    with reading(desk.engine) as conn:
        verdict = Verdict(
            batch.id,
            batch.instrument,
            get_batch(conn, batch.id).status,
            Tally(),
            load_findings(conn, batch.id),
        )
        sender = sender_of(conn, batch)
    content = vault_of(desk).get(batch.id)
    return returned_workbook(content, verdict, desk.study, sender, Language("en"))


def found(desk, batch):
    with reading(desk.engine) as conn:
        return {f.rule: dict(f.values) for f in load_findings(conn, batch.id)}


def mended(content, **values):
    book = opened(content)
    for cell, value in values.items():
        book["Answers"][cell] = value
    return saved(book)


def test_the_mended_workbook_takes_the_place_of_the_first_by_itself(desk):
    first = desk.send(FILE)
    assert desk.admit(first) == "partly_accepted"
    second = desk.send(mended(given_back(desk, first), B3="M", H2="5"))
    assert second.supersedes == first.id
    assert desk.admit(second) == "accepted_with_remarks"
    assert desk.stored() == [("a1", 0), ("b2", 0), ("c3", 0)]
    with reading(desk.engine) as conn:
        assert get_batch(conn, first.id).status is Status.SUPERSEDED
    assert found(desk, second)["corrected"] == {"fixed": 1, "open": 1, "new": 0}
    assert "changed_unasked" in found(desk, second)


def test_mended_twice_from_the_same_workbook_the_last_one_counts(desk):
    first = desk.send(FILE)
    desk.admit(first)
    back = given_back(desk, first)
    second = desk.send(mended(back, B3="M"))
    third = desk.send(mended(back, B3="F"))
    assert (second.supersedes, third.supersedes) == (first.id, second.id)
    assert [desk.admit(second), desk.admit(third)] == ["accepted_with_remarks"] * 2
    assert len(desk.stored()) == 3


def test_what_the_sender_says_goes_before_what_the_workbook_says(desk):
    first = desk.send(FILE)
    desk.admit(first)
    other = desk.send(text_table(pupil_rows(changed(ADA, Code="z9"))))
    desk.admit(other)
    content = mended(given_back(desk, first), B3="M")
    assert desk.send(content, replaces=other.receipt).supersedes == other.id


def test_an_old_workbook_used_as_a_form_for_another_wave_corrects_nothing(desk):
    first = desk.send(FILE)
    desk.admit(first)
    assert desk.send(mended(given_back(desk, first), B3="M"), wave=1).supersedes is None


def test_a_workbook_of_a_file_that_was_only_checked_corrects_nothing(desk, study):
    from tests.evaluation.intake.returned.given import returned

    _, made = returned(FILE, study)
    assert desk.send(made).supersedes is None


def test_a_reason_is_kept_without_the_answer_and_the_next_file_is_not_asked_again(desk):
    first = desk.send(FILE)
    desk.admit(first)
    with_reason = explained(mended(given_back(desk, first), B3="M"), {"C4": "repeated a year"})
    second = desk.send(with_reason)
    assert desk.admit(second) == "accepted"
    with reading(desk.engine) as conn:
        [kept] = load_explanations(conn, second.id)
    assert (kept.rule, kept.field, kept.respondent) == ("out_of_range", "age", "c3")
    assert (kept.value, kept.reason) == (None, "repeated a year")
    # Sent once more as a plain table, without our sheets.
    rows = pupil_rows(ADA, changed(BEN, Sex="M"), changed(BEN, Code="c3", Age="99"))
    third = desk.send(text_table(rows), replaces=second.receipt)
    assert desk.admit(third) == "accepted"
    assert found(desk, third) == {
        "corrected": {"fixed": 0, "open": 0, "new": 0},
        "explained": {"n": 1},
    }
    fourth = desk.send(
        text_table(pupil_rows(ADA, BEN, changed(BEN, Code="c3", Age="98"))),
        replaces=third.receipt,
    )
    assert desk.admit(fourth) == "accepted_with_remarks"  # another answer, another question


def test_the_reasons_of_a_refused_file_are_not_kept(desk):
    first = desk.send(FILE)
    desk.admit(first)
    content = explained(given_back(desk, first), {"C4": "991231500016"})
    second = desk.send(content)
    assert desk.admit(second) == "refused"
    with reading(desk.engine) as conn:
        assert load_explanations(conn, second.id) == ()


def test_a_file_that_is_no_longer_kept_is_still_counted_against(desk):
    first = desk.send(FILE)
    desk.admit(first)
    second = desk.send(mended(given_back(desk, first), B3="M", H2="5"))
    vault_of(desk).delete(first.id)
    desk.admit(second)
    assert found(desk, second)["corrected"] == {"fixed": 1, "open": 1, "new": 0}
    assert "changed_unasked" not in found(desk, second)


def test_who_sent_nothing_before_has_no_past(desk):
    batch = desk.send(FILE)
    past = past_of(desk.engine, vault_of(desk), desk.study, batch)
    assert (past.corrects, past.opened, past.findings) == (False, None, ())
    assert not past.explained("anything")
    with reading(desk.engine) as conn:
        assert sender_of(conn, batch) == Sender("pupil", "n", 0)


def test_a_seal_needs_the_key_and_a_new_key_knows_the_old_seals(tmp_path):
    vault = Vault(tmp_path / "data", tmp_path / "key")
    [old] = vault.seals("a1 99")
    assert vault.seals("a1 99") == (old,)
    assert vault.seals("a1 98") != (old,)
    assert Vault(tmp_path, tmp_path / "other").seals("a1 99") != (old,)
    other = (tmp_path / "other").read_bytes()
    (tmp_path / "key").write_bytes(other + (tmp_path / "key").read_bytes())
    new, known = vault.seals("a1 99")
    assert known == old and new != old
