"""Moments come back in UTC, from whichever zone they came and whatever zone the server is in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from evaluation.store import writing
from evaluation.store.moments import Moment

MOMENTS = Table("moments", MetaData(), Column("id", Integer), Column("at", Moment))
ALMATY = timezone(timedelta(hours=6))


def test_a_moment_comes_back_in_utc_to_the_microsecond(engine):
    noon = datetime(2022, 6, 8, 12, 0, 0, 123456, tzinfo=ALMATY)
    with writing(engine) as conn:
        if conn.dialect.name == "postgresql":
            conn.exec_driver_sql("SET LOCAL timezone = 'Asia/Almaty'")
        MOMENTS.create(conn)
        conn.execute(insert(MOMENTS), [{"id": 1, "at": noon}, {"id": 2, "at": None}])
        found, none = conn.scalars(select(MOMENTS.c.at).order_by(MOMENTS.c.id))
    assert found == noon
    assert found.tzinfo is UTC
    assert none is None


def test_moments_are_compared_as_moments(engine):
    early = datetime(2022, 6, 8, 5, 0, tzinfo=ALMATY)  # 7 June, 23:00 UTC
    with writing(engine) as conn:
        MOMENTS.create(conn)
        conn.execute(insert(MOMENTS).values(id=1, at=early))
        before = select(MOMENTS.c.id).where(MOMENTS.c.at <= datetime(2022, 6, 8, tzinfo=UTC))
        assert conn.scalar(before) == 1


def test_a_moment_without_a_zone_is_our_mistake(engine):
    with writing(engine) as conn:
        MOMENTS.create(conn)
        with pytest.raises(Exception, match="riddle"):
            conn.execute(insert(MOMENTS).values(id=1, at=datetime(2022, 6, 8)))
