"""Submissions come from a server through the same door as files: quarantine first, store second.

Locked away first and remembered second: killed in between, the same submissions are fetched once
more, make the same bytes and so the same batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from evaluation.design import Study
from evaluation.errors import SettingsError
from evaluation.intake import Sender
from evaluation.intake.admission import due_batches
from evaluation.intake.reception import receive, recognised
from evaluation.servers.kobo import Kobo
from evaluation.servers.odk import Odk
from evaluation.servers.opening import Tool, connected
from evaluation.servers.packing import Packed, pack
from evaluation.servers.patience import Patience
from evaluation.servers.sources import FormAt
from evaluation.servers.submissions import Source, require_form
from evaluation.settings import Settings
from evaluation.store.engine import reading, writing
from evaluation.store.pulled import PulledSoFar, pulled_so_far, remember_pulled

ACTOR = "pull"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A batch that was fetched; `new` is False where the very same had come before."""

    batch: str
    new: bool
    packed: Packed


@contextmanager
def source_of(at: FormAt, dataset: str, settings: Settings, patience: Patience) -> Iterator[Source]:
    """SettingsError: something is not said that this kind of server needs."""
    tool = tool_of(at.tool)
    if tool is Tool.KOBO and not at.form:
        raise SettingsError("server_form_unsaid")
    if tool is Tool.ODK and at.project is None:
        raise SettingsError("server_project_unsaid")
    with connected(tool, at.server, settings, patience) as web:
        if tool is Tool.KOBO:
            yield Kobo(web, at.form or "")
        else:
            yield Odk(web, at.project or 0, at.form or dataset)


def sender_of(at: FormAt, study: Study) -> Sender:
    """SettingsError: a dataset, region or wave that there is not."""
    asked = at.dataset or (study.plan.instrument if study.plan else None)
    sender = recognised(study, Sender(asked, at.region, at.wave))
    if sender.instrument is None:
        raise SettingsError("unknown_dataset", name="–", known=", ".join(study.instruments))
    return sender


def tool_of(said: str) -> Tool:
    if said not in tuple(Tool):
        raise SettingsError("unknown_tool", name=said, known=", ".join(Tool))
    return Tool(said)


def fetched(
    engine: Engine, study: Study, source: Source, dataset: str, *, again: str = ""
) -> Iterator[Packed]:
    """What is new or was edited, as files. Raises ServerError: also where it is another form.

    `again`: everything, in files that say so, and that the gate has not judged before.
    """
    instrument = study.instruments[dataset]
    form = source.form()
    require_form(form, instrument)
    with reading(engine) as conn:
        so_far = pulled_so_far(conn, source.name)
    if again:
        so_far = PulledSoFar(frozenset(), None, frozenset())
    coming = source.changed(form, so_far.known, so_far.since)
    yield from pack(coming, instrument, study.intake, again)


def pull(
    engine: Engine,
    settings: Settings,
    study: Study,
    source: Source,
    sender: Sender,
    *,
    now: datetime,
    everything: bool = False,
) -> Iterator[Arrived]:
    """Batch after batch, each kept before the next is fetched. `sender` names the dataset."""
    dataset = sender.instrument or ""
    again = now.isoformat() if everything else ""
    for packed in fetched(engine, study, source, dataset, again=again):
        received = receive(
            engine,
            settings,
            study,
            content=packed.content,
            sender=sender,
            now=now,
            actor=ACTOR,
        )
        with writing(engine) as conn:
            remember_pulled(conn, received.batch.id, source.name, packed.editions)
        yield Arrived(received.batch.id, received.new, packed)


def unjudged(engine: Engine, study: Study, source: Source) -> tuple[str, ...]:
    """Batches that came from this form, perhaps before the programme was stopped, and wait."""
    with reading(engine) as conn:
        brought = pulled_so_far(conn, source.name).batches
        return tuple(batch for batch in due_batches(conn, study) if batch in brought)
