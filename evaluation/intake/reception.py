"""A file arrives: locked into the quarantine first, entered in the store second.

Killed in between, the locked bytes lie under the batch's id and the same file sent again goes on
from there; the other way round a batch could wait for bytes that nobody has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from evaluation.design import Study
from evaluation.errors import DeliveryError, SettingsError
from evaluation.intake.deliveries import Vault
from evaluation.intake.gate import identify
from evaluation.intake.opened import Sender
from evaluation.intake.privacy.looking import look_at_name
from evaluation.intake.privacy.near_miss import note
from evaluation.intake.recognise.folding import twins
from evaluation.intake.returned.hidden import batch_named_in
from evaluation.records.batches import LIVE, UNDECIDED, Batch, Status, batch_id
from evaluation.records.findings import Finding
from evaluation.settings import Settings
from evaluation.store.batches import add_batch, find_batch, get_batch
from evaluation.store.columns import load_columns
from evaluation.store.corrections import last_correction
from evaluation.store.engine import reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Received:
    """`new` is False where the same file was sent before: then nothing has changed. `findings` are
    about what the file was called: said now, for the name is kept nowhere."""

    batch: Batch
    new: bool
    findings: tuple[Finding, ...] = ()


def receive(
    engine: Engine,
    settings: Settings,
    study: Study,
    *,
    content: bytes,
    sender: Sender,
    now: datetime,
    actor: str,
    replaces: str | None = None,
    name: str | None = None,
) -> Received:
    """`replaces`: the receipt of the batch that this file corrects; a returned workbook says it
    by itself. `name`: what the file is called.

    Raises SettingsError for a dataset, region, wave or receipt that there is not, and for a
    batch that another correction has replaced already.
    """
    said = recognised(study, sender)
    if not _complete(study, said):
        said = _asked_of_the_file(engine, content, study, said)
    batch = Batch(
        id=batch_id(
            content, instrument=said.instrument or "", region=said.region or "", wave=said.wave
        ),
        instrument=said.instrument or "",
        version=study.instruments[said.instrument].version if said.instrument else 0,
        region=said.region or "",
        wave=said.wave,
        size=len(content),
        received_at=now,
        supersedes=_replaced(engine, replaces) or _returned_for(engine, content, said),
    )
    _require_replaceable(engine, batch, replaces)
    named = look_at_name(name, study)
    _lock_away(engine, Vault(settings.deliveries, settings.key_file), batch.id, content)
    with writing(engine) as conn:
        new = add_batch(conn, batch, actor=actor, card=sender.card)
        if new:
            note(conn, study, batch.id, named, now=now, actor=actor)
        return Received(get_batch(conn, batch.id), new, named)


def recognised(study: Study, sender: Sender) -> Sender:
    """What the sender says, in the study's own codes."""
    if sender.instrument is not None and sender.instrument not in study.instruments:
        known = ", ".join(study.instruments)
        raise SettingsError("unknown_dataset", name=sender.instrument, known=known)
    if sender.wave is not None and sender.wave not in {wave.id for wave in study.waves}:
        known = ", ".join(str(wave.id) for wave in study.waves)
        raise SettingsError("unknown_wave", name=sender.wave, known=known)
    only = next(iter(study.instruments)) if len(study.instruments) == 1 else None
    region = _region(study, sender.region) if sender.region else None
    return replace(sender, instrument=sender.instrument or only, region=region)


def _complete(study: Study, said: Sender) -> bool:
    """Nothing is left to ask the file, which would have to be opened for it once more."""
    if said.instrument is None:
        return False
    identity = study.instruments[said.instrument].identity
    return (said.region is not None or identity.region is None) and (
        said.wave is not None or identity.wave is None
    )


def _region(study: Study, text: str) -> str:
    wanted = twins(text)
    found = [
        region.code
        for region in study.regions.values()
        if wanted in {twins(said) for said in _names(region.code, study)}
    ]
    if len(found) != 1:
        raise SettingsError("unknown_region", name=text)
    return found[0]


def _names(code: str, study: Study) -> tuple[str, ...]:
    region = study.regions[code]
    return (code, region.iso or code, *region.name.values(), *region.aliases)


def _asked_of_the_file(engine: Engine, content: bytes, study: Study, said: Sender) -> Sender:
    """A file that cannot be opened keeps what its sender said; the gate will say what is wrong."""
    with reading(engine) as conn:
        columns = load_columns(conn)
    try:
        found = identify(content, study=study, sender=said, columns=columns)
    except DeliveryError:
        return said
    # Where the file contradicts its sender, neither is forgotten: the gate will say so.
    wave = said.wave if found.wave is None else found.wave
    return replace(said, instrument=found.instrument, region=found.region or said.region, wave=wave)


def _replaced(engine: Engine, receipt: str | None) -> str | None:
    if receipt is None:
        return None
    with reading(engine) as conn:
        batch = find_batch(conn, receipt)
    if batch is None:
        raise SettingsError("unknown_batch", name=receipt)
    return batch.id


def _returned_for(engine: Engine, content: bytes, said: Sender) -> str | None:
    """The batch that a returned workbook says it corrects, where it is of the same questionnaire,
    region and wave: people also use old workbooks as forms for new answers."""
    named = batch_named_in(content)
    if named is None:
        return None
    with reading(engine) as conn:
        if find_batch(conn, named) is None:
            return None  # it was only checked, and nothing of it stored
        batch = last_correction(conn, named)
    same = (said.instrument or "", said.region or "", said.wave)
    return batch.id if same == (batch.instrument, batch.region, batch.wave) else None


def _require_replaceable(engine: Engine, correction: Batch, replaces: str | None) -> None:
    """A second correction of one batch could never come in: it must correct the first one."""
    if correction.supersedes is None:
        return
    with reading(engine) as conn:
        new = find_batch(conn, correction.id) is None
        replaced = get_batch(conn, correction.supersedes)
    if new and replaced.status is Status.SUPERSEDED:
        raise SettingsError("already_replaced", name=replaces)


def _lock_away(engine: Engine, vault: Vault, batch: str, content: bytes) -> None:
    """Into the quarantine, unless the batch was judged before: what was kept stays as it is."""
    with reading(engine) as conn:
        known = find_batch(conn, batch)
    if known is None or known.status in UNDECIDED:
        vault.put(batch, content)
    elif known.status in LIVE and batch in vault.quarantined():
        # The programme was stopped between the verdict and the move behind the gate.
        vault.keep(batch)
