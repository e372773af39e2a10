"""The journal's statements, compiled once for the database at hand."""

from collections.abc import Callable
from typing import Any

import msgspec
import sqlalchemy as sa

from audit.model import Purpose
from audit.model.wire import PICTURED
from audit.store.database import Database
from audit.store.schema import bodies, fetches, records, requests, site_runs

_SITE_RUN = ("site", "run", "reader", "archive_safe")
_REQUEST = ("site_run", "url", "purpose", "round", "depth", "referrer")
_FETCH = ("request", "outcome", "sha256", "page", "facts")
_BODY = ("sha256", "file", "start", "length")
_RECORD = ("page", "reader", "record")
_BODY_END = bodies.c.start + bodies.c.length
_IN_FILE = bodies.c.file == sa.bindparam("file")
_WALK: sa.ColumnElement[str] = sa.literal_column(f"'{Purpose.WALK.value}'")
_LOOK: sa.ColumnElement[str] = sa.literal_column(f"'{Purpose.LOOK.value}'")
_PICTURED = sa.or_(
    *(requests.c.purpose == sa.literal_column(f"'{one.value}'") for one in sorted(PICTURED))
)


class JournalStatements(msgspec.Struct, frozen=True):
    """The journal's statements, compiled for the database."""

    site_run: str
    this: str
    past: str
    all: str
    pending: str
    looks: str
    asked: str
    previous: str
    request: str
    fetch: str
    has_body: str
    body: str
    has_record: str
    record: str
    end: str
    safe: str
    behind: str
    pictured: str
    forget_fetches: str
    forget_fetch: str
    forget_bodies: str


def journal_statements(database: Database) -> JournalStatements:
    """Compile them."""
    sql = database.sql
    new = database.insert_new
    this = sa.and_(site_runs.c.site == sa.bindparam("site"), site_runs.c.run == sa.bindparam("run"))
    earlier = sa.and_(
        site_runs.c.site == sa.bindparam("site"), site_runs.c.run < sa.bindparam("run")
    )
    own = requests.c.site_run == sa.bindparam("site_run")
    asked = requests.outerjoin(fetches, fetches.c.request == requests.c.id)
    return JournalStatements(
        site_run=sql(new(site_runs), _SITE_RUN),
        this=sql(
            sa.select(site_runs.c.id, site_runs.c.reader, site_runs.c.archive_safe).where(this)
        ),
        past=sql(sa.select(site_runs.c.id).where(earlier)),
        all=sql(
            sa.select(
                requests.c.url,
                requests.c.purpose,
                requests.c.round,
                requests.c.depth,
                fetches.c.outcome,
            )
            .select_from(asked)
            .where(own)
        ),
        pending=sql(
            sa.select(requests.c.id, requests.c.url, requests.c.purpose, requests.c.referrer)
            .select_from(asked)
            .where(own)
            .where(requests.c.round == sa.bindparam("round"))
            .where(requests.c.depth == sa.bindparam("depth"))
            .where(fetches.c.request.is_(None))
            .order_by(requests.c.url, requests.c.purpose)
        ),
        looks=sql(
            sa.select(fetches.c.facts)
            .select_from(requests.join(fetches, fetches.c.request == requests.c.id))
            .where(own)
            .where(requests.c.purpose == _LOOK)
        ),
        asked=sql(
            sa.select(requests.c.id, requests.c.depth, fetches.c.outcome)
            .select_from(asked)
            .where(own)
            .where(requests.c.url == sa.bindparam("url"))
            .where(requests.c.purpose == sa.bindparam("purpose"))
            .where(requests.c.round == sa.bindparam("round"))
        ),
        previous=sql(_previous(earlier)),
        request=sql(sa.insert(requests).inline(), _REQUEST),
        fetch=sql(sa.insert(fetches).inline(), _FETCH),
        has_body=sql(sa.select(bodies.c.length).where(bodies.c.sha256 == sa.bindparam("sha256"))),
        body=sql(new(bodies), _BODY),
        has_record=sql(
            sa.select(records.c.reader)
            .where(records.c.page == sa.bindparam("page"))
            .where(records.c.reader == sa.bindparam("reader"))
        ),
        record=sql(new(records), _RECORD),
        safe=sql(
            sa.update(site_runs)
            .where(site_runs.c.id == sa.bindparam("id"))
            .values(archive_safe=sa.bindparam("archive_safe"))
        ),
        end=sql(sa.select(sa.func.max(_BODY_END)).where(_IN_FILE)),
        behind=sql(
            sa.select(bodies.c.sha256, bodies.c.start, bodies.c.length)
            .where(_IN_FILE, sa.bindparam("start") < _BODY_END)
            .order_by(bodies.c.start)
        ),
        pictured=sql(
            sa.select(requests.c.id, fetches.c.facts)
            .select_from(requests.join(fetches, fetches.c.request == requests.c.id))
            .where(own, _PICTURED)
        ),
        **_forgetting(sql),
    )


def _previous(earlier: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            fetches.c.outcome,
            fetches.c.sha256,
            fetches.c.page,
            fetches.c.facts,
            bodies.c.file,
            bodies.c.start,
            bodies.c.length,
            records.c.record,
        )
        .select_from(site_runs)
        .join(requests, requests.c.site_run == site_runs.c.id)
        .join(fetches, fetches.c.request == requests.c.id)
        .join(bodies, bodies.c.sha256 == fetches.c.sha256)
        .outerjoin(
            records,
            sa.and_(records.c.page == fetches.c.page, records.c.reader == sa.bindparam("reader")),
        )
        .where(earlier)
        .where(requests.c.url == sa.bindparam("url"), requests.c.purpose == _WALK)
        .order_by(site_runs.c.run.desc())
    )


def _forgetting(sql: Callable[[sa.Delete], str]) -> dict[str, str]:
    there = sa.and_(_IN_FILE, bodies.c.start >= sa.bindparam("start"))
    lost = sa.select(bodies.c.sha256).where(there)
    own = sa.select(requests.c.id).where(requests.c.site_run == sa.bindparam("site_run"))
    return {
        "forget_fetches": sql(
            sa.delete(fetches).where(fetches.c.sha256.in_(lost), fetches.c.request.in_(own))
        ),
        "forget_fetch": sql(sa.delete(fetches).where(fetches.c.request == sa.bindparam("request"))),
        "forget_bodies": sql(sa.delete(bodies).where(there)),
    }
