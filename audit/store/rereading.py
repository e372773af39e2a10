"""A newer reader reads the stored bodies again: old runs are mended without the network."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from audit.model import PageRecord
from audit.store.archive import Archive, Place
from audit.store.database import Database
from audit.store.packing import Packer
from audit.store.runs import note_reader
from audit.store.schema import bodies, fetches, records, requests, site_runs

AT_ONCE = 200  # pages between commits

ReadPage = Callable[[bytes, str, str], PageRecord]


def reread(
    database: Database, archive: Archive, seq: int, site: str, reader: str, read_page: ReadPage
) -> int:
    """Read every stored page of a site that this reader has not read; how many those were.

    A page whose body is gone keeps no record of this reader: it counts as not read. From then on
    the site's records are this reader's. Interrupted, it goes on where it was.
    """
    own = sa.and_(site_runs.c.site == site, site_runs.c.run == seq)
    with database.reading() as connection:
        found = connection.execute(sa.select(site_runs.c.id, site_runs.c.reader).where(own)).first()
    if found is None or found[1] == reader:
        return 0
    site_run, before = found
    count = 0
    after = 0
    while rows := _unread(database, site_run, before, reader, after):
        after = rows[-1].request
        new = list(_read(rows, archive, reader, read_page))
        if new:
            with database.writing() as connection:
                connection.execute(database.insert_new(records), new)
        count += len(new)
    with database.writing() as connection:
        note_reader(connection, seq, site_run, reader)
    return count


def _unread(
    database: Database, site_run: int, before: str, reader: str, after: int
) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """The next pages that have a body and no record of this reader, by row of their request."""
    old, new = records.alias("old"), records.alias("new")
    query = (
        sa.select(
            fetches.c.request,
            fetches.c.page,
            fetches.c.facts,
            old.c.record,
            bodies.c.file,
            bodies.c.start,
            bodies.c.length,
        )
        .select_from(requests)
        .join(fetches, fetches.c.request == requests.c.id)
        .join(bodies, bodies.c.sha256 == fetches.c.sha256)
        .outerjoin(old, sa.and_(old.c.page == fetches.c.page, old.c.reader == before))
        .outerjoin(new, sa.and_(new.c.page == fetches.c.page, new.c.reader == reader))
        .where(requests.c.site_run == site_run, requests.c.id > after)
        .where(fetches.c.page.is_not(None), new.c.page.is_(None))
        .order_by(requests.c.id)
        .limit(AT_ONCE)
    )
    with database.reading() as connection:
        return connection.execute(query).all()


def _read(
    rows: Sequence[sa.Row[*tuple[Any, ...]]], archive: Archive, reader: str, read_page: ReadPage
) -> Iterator[dict[str, object]]:
    packer = Packer()
    done: set[bytes] = set()
    for row in rows:
        body = archive.read(Place(row.file, row.start, row.length))
        if body is None or row.page in done:
            continue
        done.add(row.page)
        fetch = packer.as_fetch(row.facts)
        record = read_page(body, fetch.final_url or fetch.url, fetch.content_type)
        # A Refresh header is not in the body: what the crawl learned of it is kept.
        refresh = packer.as_record(row.record).refresh if row.record is not None else ""
        if refresh and not record.refresh:
            record = msgspec.structs.replace(record, refresh=refresh)
        yield {"page": row.page, "reader": reader, "record": packer.record(record)}
