"""How far the ledger of released numbers had come, written down outside the database.

A database that was put back from an older backup has forgotten releases that readers still hold;
the next report would be checked against too little. The mark in the reports folder remembers. It
is a digest of the whole ledger, not a secret: it finds accidents, not forgers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from evaluation.errors import DisclosureError
from evaluation.release.publication import write_whole

MARK = "ledger.mark"


def check_ledger(folder: Path, heads: Sequence[str]) -> None:
    """`heads`: the digest of the ledger after each release, the empty ledger's first.

    DisclosureError: the mark has seen more, or something else, than this ledger holds.
    """
    path = folder / MARK
    if not path.exists():
        return
    try:
        said = json.loads(path.read_text("utf-8"))
        count, head = int(said["releases"]), str(said["head"])
    except (OSError, ValueError, KeyError, TypeError):
        raise DisclosureError("ledger_unreadable") from None
    if count >= len(heads):
        raise DisclosureError("ledger_older", known=len(heads) - 1, released=count)
    # The ledger may be ahead: killed between the database and the mark.
    if heads[count] != head:
        raise DisclosureError("ledger_other")


def mark_ledger(folder: Path, heads: Sequence[str]) -> None:
    """Write down where the ledger stands now. StoreError: the folder cannot be written."""
    said = json.dumps({"releases": len(heads) - 1, "head": heads[-1]})
    write_whole(said.encode(), folder / MARK)
