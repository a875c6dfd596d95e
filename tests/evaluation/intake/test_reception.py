"""A file arrives: where it lies, what the store knows of it, and what its sender may say wrongly."""

import shutil
from datetime import UTC, datetime

import pytest

from evaluation.design import load_study
from evaluation.errors import SettingsError
from evaluation.intake import Sender, Vault
from evaluation.intake.reception import receive, recognised
from evaluation.records.batches import Card, Status
from evaluation.store.batches import get_batch, load_card
from evaluation.store.engine import reading
from evaluation.store.events import all_events
from tests.conftest import STUDY
from tests.evaluation.intake.given import ADA, PUPIL, pupil_rows, text_table

NOW = datetime(2022, 4, 1, 12, 0, tzinfo=UTC)
FILE = text_table(pupil_rows(ADA))
PLACED = text_table(pupil_rows((*ADA, "e", "1"), header=(*PUPIL, "Region", "Wave")))


@pytest.fixture
def arrive(engine, settings, study):
    def send(content=FILE, replaces=None, in_study=study, **said):
        sender = Sender(**({"region": "n", "wave": 0} | said))
        return receive(
            engine,
            settings,
            in_study,
            content=content,
            sender=sender,
            now=NOW,
            actor="ada",
            replaces=replaces,
        )

    return send


def test_it_is_locked_away_and_entered_with_what_its_sender_says(arrive, engine, settings):
    got = arrive(card=Card((("forms_declared", "1"),)))
    assert got.new and got.batch.status is Status.RECEIVED
    assert (got.batch.instrument, got.batch.region, got.batch.wave) == ("pupil", "n", 0)
    vault = Vault(settings.deliveries, settings.key_file)
    assert vault.quarantined() == (got.batch.id,)
    assert vault.get(got.batch.id) == FILE
    kept = b"".join(p.read_bytes() for p in settings.deliveries.rglob("*") if p.is_file())
    assert b"feel" not in kept  # encrypted
    with reading(engine) as conn:
        assert get_batch(conn, got.batch.id) == got.batch
        assert load_card(conn, got.batch.id).get("forms_declared") == "1"
        assert [event.kind for event in all_events(conn, NOW)] == ["batch.received"]


def test_the_same_file_again_changes_nothing(arrive, engine):
    first, second = arrive(), arrive()
    assert (first.new, second.new) == (True, False)
    assert first.batch == second.batch
    with reading(engine) as conn:
        assert len(all_events(conn, NOW)) == 1


@pytest.mark.parametrize("region", ["n", "North", "СЕВЕР", " солтүстік "])
def test_a_region_may_be_said_by_code_or_name(arrive, region):
    assert arrive(region=region).batch.region == "n"


@pytest.mark.parametrize("said", [{"region": "n", "wave": None}, {"region": None, "wave": 0}])
def test_what_the_sender_says_is_kept_where_the_file_says_otherwise(arrive, said):
    batch = arrive(content=PLACED, **said).batch
    assert batch.region == (said["region"] or "e")
    assert batch.wave == (1 if said["wave"] is None else said["wave"])


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"region": "nowhere"}, "unknown_region"),
        ({"wave": 7}, "unknown_wave"),
        ({"instrument": "adult"}, "unknown_dataset"),
        ({"replaces": "ABCD-1234"}, "unknown_batch"),
    ],
)
def test_what_there_is_not_is_wrong_use(arrive, said, rule):
    with pytest.raises(SettingsError, match=rule):
        arrive(**said)


def test_the_file_is_asked_what_its_sender_does_not_say(arrive):
    batch = arrive(PLACED, region=None, wave=None).batch
    assert (batch.instrument, batch.region, batch.wave) == ("pupil", "e", 1)


def test_a_file_that_cannot_be_opened_keeps_what_its_sender_said(arrive):
    batch = arrive(b"\x00\x01 no table", wave=None).batch
    assert (batch.instrument, batch.region, batch.wave) == ("pupil", "n", None)


def test_of_several_questionnaires_the_file_says_which(arrive, tmp_path):
    root = tmp_path / "study"
    shutil.copytree(STUDY, root)
    other = (root / "instruments/pupil.yaml").read_text("utf-8")
    for old, new in (
        ("id: pupil", "id: teacher"),
        ("name: code,", "name: staff,"),
        ("respondent: code", "respondent: staff"),
        ("en: Code", "en: Staff"),
        ("ru: Код", "ru: Штат"),
        ("kk: Код", "kk: Штат"),
        ("en: I ", "en: As a teacher I "),
    ):
        other = other.replace(old, new)
    (root / "instruments/teacher.yaml").write_text(other, "utf-8")
    both = load_study(root)
    assert recognised(both, Sender()).instrument is None
    assert arrive(in_study=both).batch.instrument == "pupil"


def test_a_correction_names_the_receipt_of_what_it_corrects(arrive):
    first = arrive().batch
    second = arrive(text_table(pupil_rows(ADA, ("b2", *ADA[1:]))), replaces=first.receipt.lower())
    assert second.batch.supersedes == first.id
