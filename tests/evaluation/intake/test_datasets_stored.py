"""Every dataset's filled template received, admitted and found in the store, in one run."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from evaluation.forms import fill_template
from evaluation.intake import Sender
from evaluation.intake.admission import admit
from evaluation.intake.reception import receive
from evaluation.records.batches import Card, Status
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from evaluation.store.instrument_tables import response_tables
from tests.evaluation.intake.test_datasets import OTHERS, ROWS, STUDY, rows

NOW = datetime(2022, 12, 20, tzinfo=UTC)


def test_every_dataset_is_stored_from_its_filled_template(tmp_path):
    settings = Settings.from_env(
        {
            "HOME": str(tmp_path),
            "STORIES_DATA": str(tmp_path / "var"),
            "STORIES_KEY_FILE": str(tmp_path / "config/quarantine.key"),
        }
    )
    engine = open_store(settings.database_url)
    card = Card((("wave", "1"), ("forms_declared", str(ROWS))))
    for name in OTHERS:
        content = fill_template(STUDY.instruments[name], STUDY, "kk", card=card, rows=rows(name))
        received = receive(
            engine,
            settings,
            STUDY,
            content=content,
            sender=Sender(),
            now=NOW,
            actor="test",
            replaces=None,
            name=f"{name}.xlsx",
        )
        came_to = admit(engine, settings, STUDY, batch=received.batch.id, now=NOW)
        assert came_to == Status.ACCEPTED, name
    with reading(engine) as conn:
        for name in OTHERS:
            table = response_tables(STUDY.instruments[name]).main
            assert conn.scalar(select(func.count()).select_from(table)) == ROWS, name
