"""Small made-up batches and frames, written the way a reader would write them by hand.

All of it is invented: the questionnaire `pupil`, its regions and its answers.
"""

from datetime import UTC, datetime

import pandas as pd

from evaluation.design import Instrument
from evaluation.records.batches import Batch, Status, batch_id
from evaluation.records.responses import responses_schema
from evaluation.store import add_batch, add_responses, ensure_instrument, move_batch


def moment(text: str) -> datetime:
    """`2022-06-01` or `2022-06-01 09:30`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def table(text: str) -> list[dict[str, str | None]]:
    """Rows of a table drawn with spaces: its first line names the columns, `-` is a gap."""
    heading, *rows = [line.split() for line in text.strip().splitlines()]
    return [dict(zip(heading, (None if c == "-" else c for c in r), strict=True)) for r in rows]


def batch(
    content: str = "one",
    *,
    region: str = "n",
    wave: int | None = 0,
    received: str = "2022-03-01",
    supersedes: Batch | None = None,
) -> Batch:
    """A received batch of the questionnaire `pupil`; other content, another batch."""
    said = content.encode()
    return Batch(
        id=batch_id(said, instrument="pupil", region=region, wave=wave),
        instrument="pupil",
        version=1,
        region=region,
        wave=wave,
        size=len(said),
        received_at=moment(received),
        supersedes=supersedes.id if supersedes else None,
    )


def responses(text: str, instrument: Instrument, of: Batch) -> pd.DataFrame:
    """Rows of a drawn table as `add_responses` takes them; what is not drawn is a gap.

    Region and wave are the batch's, rows are numbered from 2 as in a sheet with one header.
    """
    schema = responses_schema(instrument, restricted=True)
    drawn = table(text)
    known = {"batch": of.id, "region": of.region, "wave": of.wave}
    rows = [{"source_row": n, **known, **row} for n, row in enumerate(drawn, start=2)]
    frame = pd.DataFrame(rows, columns=schema.names)
    for column in schema.columns:
        values = frame[column.name]
        if column.dtype == "Int16":
            values = pd.to_numeric(values)
        frame[column.name] = values.astype(column.dtype)
    return schema.check(frame)


def stored(conn, instrument, batch, text, *, status=Status.ACCEPTED, at="2022-03-02"):
    """A batch with these rows that has really walked to its status."""
    when = moment(at)
    add_batch(conn, batch, actor="a test")
    ensure_instrument(conn, instrument, at=when, actor="a test")
    add_responses(conn, instrument, batch, responses(text, instrument, batch))
    return move_batch(conn, batch, status, at=when, actor="a test")
