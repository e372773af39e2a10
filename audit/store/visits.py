"""Availability visits: whether the home page answered at that moment."""

import datetime as dt

import sqlalchemy as sa

from audit.dates import SHANGHAI
from audit.errors import StorageError
from audit.model import Availability
from audit.store.schema import visits

SHOWN = 20  # failures that are named, the latest


def write_visit(
    connection: sa.Connection, site: str, at: str, *, ok: bool, outcome: str, ms: int
) -> None:
    """Keep one visit; `at` is ISO 8601 with zone."""
    values = {"site": site, "at": _moment(at), "ok": ok, "outcome": outcome, "ms": ms}
    connection.execute(sa.insert(visits).values(values))


def availability_of(connection: sa.Connection, site: str, until: str, days: int) -> Availability:
    """The visits of the last `days` times 24 hours up to `until`; days are counted in Shanghai."""
    begun = dt.datetime.fromisoformat(_moment(until)) - dt.timedelta(days=days)
    known = sa.and_(
        visits.c.site == site,
        visits.c.at > _moment(begun.isoformat()),
        visits.c.at <= _moment(until),
    )
    day = sa.func.substr(visits.c.at, 1, 10)
    counted = connection.execute(
        sa.select(
            sa.func.count(),
            sa.func.count(sa.distinct(day)),
            sa.func.min(visits.c.at),
            sa.func.max(visits.c.at),
        ).where(known)
    ).one()
    failed = sa.and_(known, sa.not_(visits.c.ok))
    failures = connection.scalar(sa.select(sa.func.count()).where(failed)) or 0
    latest = connection.execute(
        sa.select(visits.c.at, visits.c.outcome)
        .where(failed)
        .order_by(visits.c.at.desc(), visits.c.id.desc())
        .limit(SHOWN)
    ).all()
    return Availability(
        visits=counted[0],
        failed=failures,
        days=counted[1],
        first=counted[2] or "",
        last=counted[3] or "",
        failures=tuple(f"{at} {outcome}" for at, outcome in reversed(latest)),
    )


def _moment(at: str) -> str:
    """The same moment in Asia/Shanghai, to the second: its text order is its time order."""
    moment = dt.datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise StorageError(f"时间 {at} 缺少时区。")
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
