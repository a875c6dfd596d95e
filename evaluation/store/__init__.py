"""Where records are kept: the only room that knows SQL. This is its one door.

    engine = open_store(settings.database_url)
    with writing(engine) as conn:
        add_batch(conn, batch, actor="ingest")

Names are found when they are first used, so that `stories --help` waits for no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.store.batches import add_batch as add_batch
    from evaluation.store.batches import all_batches as all_batches
    from evaluation.store.batches import batches_with as batches_with
    from evaluation.store.batches import find_batch as find_batch
    from evaluation.store.batches import get_batch as get_batch
    from evaluation.store.batches import live_batches as live_batches
    from evaluation.store.batches import load_card as load_card
    from evaluation.store.batches import move_batch as move_batch
    from evaluation.store.batches import tallies as tallies
    from evaluation.store.corrections import last_correction as last_correction
    from evaluation.store.engine import open_store as open_store
    from evaluation.store.engine import reading as reading
    from evaluation.store.engine import writing as writing
    from evaluation.store.estimates import has_comparison as has_comparison
    from evaluation.store.estimates import latest_run as latest_run
    from evaluation.store.estimates import load_comparison as load_comparison
    from evaluation.store.estimates import save_comparison as save_comparison
    from evaluation.store.events import Event as Event
    from evaluation.store.events import all_events as all_events
    from evaluation.store.events import broken_at as broken_at
    from evaluation.store.events import last_change as last_change
    from evaluation.store.events import record as record
    from evaluation.store.explanations import add_explanations as add_explanations
    from evaluation.store.explanations import explained_seals as explained_seals
    from evaluation.store.explanations import forget_explanations as forget_explanations
    from evaluation.store.explanations import load_explanations as load_explanations
    from evaluation.store.findings import add_findings as add_findings
    from evaluation.store.findings import finding_counts as finding_counts
    from evaluation.store.findings import load_findings as load_findings
    from evaluation.store.history import answers_elsewhere as answers_elsewhere
    from evaluation.store.instrument_tables import ensure_instrument as ensure_instrument
    from evaluation.store.near_misses import all_near_misses as all_near_misses
    from evaluation.store.near_misses import close_near_miss as close_near_miss
    from evaluation.store.near_misses import note_near_miss as note_near_miss
    from evaluation.store.releases import add_release as add_release
    from evaluation.store.releases import all_releases as all_releases
    from evaluation.store.releases import ledger_heads as ledger_heads
    from evaluation.store.responses import add_responses as add_responses
    from evaluation.store.responses import known_respondents as known_respondents
    from evaluation.store.responses import load_responses as load_responses
    from evaluation.store.withdrawals import withdraw as withdraw
    from evaluation.store.withdrawals import withdrawn as withdrawn

# Module → what it offers. A test holds it against the imports above.
ROOMS = {
    "batches": (
        "add_batch all_batches batches_with find_batch get_batch live_batches load_card "
        "move_batch tallies"
    ),
    "corrections": "last_correction",
    "engine": "open_store reading writing",
    "estimates": "has_comparison latest_run load_comparison save_comparison",
    "events": "Event all_events broken_at last_change record",
    "explanations": "add_explanations explained_seals forget_explanations load_explanations",
    "findings": "add_findings finding_counts load_findings",
    "history": "answers_elsewhere",
    "instrument_tables": "ensure_instrument",
    "near_misses": "all_near_misses close_near_miss note_near_miss",
    "releases": "add_release all_releases ledger_heads",
    "responses": "add_responses known_respondents load_responses",
    "withdrawals": "withdraw withdrawn",
}
HOME = {name: module for module, names in ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in HOME:
        raise AttributeError(f"evaluation.store has no {name}")
    return getattr(import_module(f"evaluation.store.{HOME[name]}"), name)
