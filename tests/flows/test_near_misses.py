"""Near misses on the screen: listed with their clock, closed by somebody, swept when resolved."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from evaluation.design import load_study
from evaluation.intake import Delivery, Sender, Vault
from evaluation.intake.admission import admit
from evaluation.intake.reception import receive
from evaluation.language import Language, languages
from evaluation.store.engine import open_store
from flows.cli import main
from flows.commands.ingest import receive_all

CALL = b"who,call\nsomebody,8 701 123 45 67\n"  # invented
NOW = datetime.now(UTC)


def refused(settings, content, at):
    """The receipt of a batch that the gate refused at that moment."""
    engine, study = open_store(settings.database_url), load_study(settings.study)
    said = {"sender": Sender(region="27", wave=0), "now": at, "actor": "a test"}
    batch = receive(engine, settings, study, content=content, **said).batch
    assert admit(engine, settings, study, batch=batch.id, now=at) == "refused"
    return batch.receipt


@pytest.mark.parametrize("code", languages())
def test_each_is_listed_with_its_clock(home, capsys, code):
    late = refused(home, CALL, NOW - timedelta(days=60))
    fresh = refused(home, CALL + b"x,y\n", NOW)
    assert main(["near-misses", "--language", code]) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    say = Language(code)
    assert first == say("cli.near_miss.open", n=2)
    overdue, due = (say(f"cli.near_miss.{key}", moment=NOW) for key in ("overdue", "due"))
    assert second.startswith(f"{late}  {overdue[:5]}")
    assert third.startswith(f"{fresh}  {due[:5]}")
    assert third.endswith(f"{say('personal.phone')} (1)")


def test_it_is_closed_once_by_somebody_and_its_bytes_are_swept(home, capsys):
    receipt = refused(home, CALL, NOW)
    assert main(["near-misses", "--close", receipt]) == 2
    assert main(["near-misses", "--close", receipt, "--by", " "]) == 2
    assert main(["near-misses", "--close", "FFFF-FFFF", "--by", "officer"]) == 2
    assert main(["sweep"]) == 0
    assert Vault(home.deliveries, home.key_file).quarantined()
    assert main(["near-misses", "--close", receipt, "--by", "officer"]) == 0
    capsys.readouterr()
    assert main(["near-misses", "--close", receipt, "--by", "another"]) == 2
    assert receipt in capsys.readouterr().err
    assert main(["near-misses"]) == 0
    assert "by officer" in capsys.readouterr().out
    assert main(["sweep"]) == 0
    assert capsys.readouterr().out == "1 file deleted from the quarantine.\n"
    assert Vault(home.deliveries, home.key_file).quarantined() == ()


def test_a_sweep_says_what_it_cleared_away(home, capsys):
    refused(home, CALL, NOW)
    half = home.deliveries / "quarantine/0123abcd.12-34.new"
    half.write_bytes(b"half")
    old = (NOW - timedelta(hours=2)).timestamp()
    os.utime(half, (old, old))
    assert main(["sweep"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 half-written file cleared away."
    assert not half.exists()


def test_a_name_in_the_name_of_a_file_is_told_when_the_file_is_received(home, capsys, tmp_path):
    path = tmp_path / ("Сарбан" + "ұлы.csv")
    path.write_bytes(CALL)
    study, say = load_study(home.study), Language("en")
    waiting = [Delivery(path, Sender(region="27", wave=0))]
    receive_all(open_store(home.database_url), home, study, waiting, say)
    told = capsys.readouterr().out.splitlines()[0]
    assert told.startswith(f"{path.name}: ")
    assert told.endswith(say("rule.personal_file_name.fix"))
