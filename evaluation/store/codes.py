"""Child codes given out on sheets: each once, and none that a child has already.

A code is entered here before anybody sees it: a sheet that was never printed costs codes, a code
on two sheets would make one child of two.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from evaluation.errors import SettingsError
from evaluation.records.codes import CODE, NUMBERS, child_code
from evaluation.store import tables
from evaluation.store.erasure import ASKED, answer_tables, stored_codes
from evaluation.store.events import Details, record
from evaluation.store.fieldwork_tables import issued_codes

Draw = Callable[[Sequence[int], int], Sequence[int]]
"""So many of these numbers, each at most once: `secrets.SystemRandom().sample`."""


def issue_codes(
    conn: Connection, region: str, count: int, *, draw: Draw, at: datetime, actor: str
) -> tuple[str, ...]:
    """New codes of the region, in the order drawn. SettingsError where fewer are left."""
    taken = _taken_numbers(conn, region)
    free = [number for number in range(NUMBERS) if number not in taken]
    if count > len(free):
        raise SettingsError("codes_exhausted", region=region, free=len(free), wanted=count)
    codes = tuple(child_code(region, number) for number in draw(free, count))
    rows = [{"code": code, "region": region, "issued_at": at} for code in codes]
    conn.execute(insert(issued_codes), rows)
    # Without the codes: whoever reads the log need not know them.
    details: Details = {"region": region, "n": count}
    record(conn, kind="codes.issued", at=at, actor=actor, details=details)
    return codes


def known_codes(conn: Connection, codes: Collection[str]) -> frozenset[str]:
    """Which of these were given out or stand in the store, but for children who withdrew."""
    asked = sorted(codes)
    issued: set[str] = set()
    gone: set[str] = set()
    w = tables.withdrawals.c
    for start in range(0, len(asked), ASKED):
        some = asked[start : start + ASKED]
        issued.update(
            conn.scalars(select(issued_codes.c.code).where(issued_codes.c.code.in_(some)))
        )
        gone.update(conn.scalars(select(w.respondent).where(w.respondent.in_(some))))
    return (frozenset(issued) | stored_codes(conn, asked)) - gone


def _taken_numbers(conn: Connection, region: str) -> frozenset[int]:
    taken = set(conn.scalars(select(issued_codes.c.code).where(issued_codes.c.region == region)))
    begins = f"{region}-"
    columns = [main.c.respondent for main, _ in answer_tables(conn)]
    for column in (*columns, tables.withdrawals.c.respondent):
        taken.update(conn.scalars(select(column).where(column.startswith(begins)).distinct()))
    numbers = (CODE.fullmatch(code) for code in taken)
    return frozenset(int(found[2]) for found in numbers if found)
