"""A year of the small study in the store, without files and without Prefect: answers, run, report.

Three pilot regions and three to compare with, 30 invented children each, drawn by lot from a fixed
seed.
"""

from datetime import datetime

import numpy as np

from evaluation.design import Study
from evaluation.records.batches import Status, Tally
from evaluation.store import (
    add_batch,
    add_responses,
    ensure_instrument,
    move_batch,
    save_comparison,
)
from evaluation.store.engine import reading, writing
from flows.comparison import comparison_of, run_of
from tests.given import batch, moment, responses

REGIONS = "nehswc"
CHILDREN = 30
COLUMNS = "respondent sex age wb_1 wb_2 wb_3 bl_1 bl_2"
BASELINE, YEAR_END = moment("2022-03-02"), moment("2022-11-16")
NOW = moment("2022-12-31")


def rows(region: str, wave: int, *, changed: int = 0) -> str:
    """A drawn table; `changed`: so many children who answered otherwise in a corrected file."""
    chance = np.random.default_rng(ord(region))
    start = chance.integers(2, 5, (CHILDREN, 5))
    drift = chance.integers(-1, 2, (CHILDREN, 5)) + (region in "neh")
    answers = np.clip(start + wave * drift, 1, 5)
    answers[:changed] = 6 - answers[:changed]
    lines = (
        f"{region}{n} {'FM'[n % 2]} {10 + n % 5} {' '.join(map(str, said))}"
        for n, said in enumerate(answers)
    )
    return "\n".join((COLUMNS, *lines))


def put(engine, study: Study, region: str, wave: int, *, at: datetime, changed: int = 0, old=None):
    """A batch of one region and wave, stored as the gate stores; `old`: the one it corrects."""
    pupil = study.instruments["pupil"]
    content = f"{region}{wave}{changed}"
    sent = batch(content, region=region, wave=wave, received=at.isoformat()[:16], supersedes=old)
    with writing(engine) as conn:
        ensure_instrument(conn, pupil, at=at, actor="test")
        add_batch(conn, sent, actor="test")
        table = responses(rows(region, wave, changed=changed), pupil, sent)
        add_responses(conn, pupil, sent, table)
        tally = Tally(CHILDREN, CHILDREN, eligible=CHILDREN + 5, approached=CHILDREN + 2)
        return move_batch(conn, sent, Status.ACCEPTED, at=at, actor="test", tally=tally)


def year(engine, study: Study):
    """(region, wave) → batch, of both waves of all regions."""
    return {
        (region, wave): put(engine, study, region, wave, at=at)
        for wave, at in enumerate((BASELINE, YEAR_END))
        for region in REGIONS
    }


def compared(engine, study: Study, now: datetime = NOW) -> str:
    """The run's id, as `stories compare` would keep it."""
    with reading(engine) as conn:
        run = run_of(conn, study, as_of=now, now=now)
        made = comparison_of(conn, study, run)
    with writing(engine) as conn:
        save_comparison(conn, made, actor="test")
    return run.id
