"""Revisit records: a page that came unchanged is named in its run's WARC, and its body told where it lies.

They are written when a run is closed, behind its bodies; a run that is resumed writes them anew.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from audit.store.archive import Archive, Place, Volume
from audit.store.database import Database
from audit.store.packing import Packer
from audit.store.schema import bodies, fetches, requests, site_runs
from audit.store.warc import target_of

CHUNK = 500  # rows in memory at a time


def write_revisits(
    database: Database, archive: Archive, seq: int, run: str, site: str, *, at: str
) -> int:
    """Name every page whose body another record holds; how many. `at` is the start of the run."""
    if not archive.has_volume(run, site):
        return 0
    volume = archive.volume(run, site, at=at)
    try:
        volume.resume(volume.size())
        count = _write(database, archive, volume, seq, site)
        if count:
            volume.sync()
    finally:
        volume.close()
    return count


def _write(database: Database, archive: Archive, volume: Volume, seq: int, site: str) -> int:
    own = sa.and_(site_runs.c.site == site, site_runs.c.run == seq)
    shared = _shared(database, own, volume.name)
    packer, count = Packer(), 0
    with archive.heads() as heads:
        for facts, file, start, length in _kept(database, own):
            if file == volume.name and start not in shared:
                continue  # the one answer that brought this body
            fetch = packer.as_fetch(facts)
            held = heads.at(Place(file, start, length))
            if held is None or (file == volume.name and held.target == target_of(fetch)):
                continue
            volume.append_revisit(fetch, held)
            count += 1
    return count


def _shared(database: Database, own: sa.ColumnElement[bool], name: str) -> frozenset[int]:
    """Where bodies begin in the run's own file that more than one of its answers brought."""
    query = _with_bodies(sa.select(bodies.c.start), own).where(bodies.c.file == name)
    query = query.group_by(bodies.c.start).having(sa.func.count() > 1)
    with database.reading() as connection:
        return frozenset(connection.execute(query).scalars())


def _kept(database: Database, own: sa.ColumnElement[bool]) -> Iterator[sa.Row[*tuple[Any, ...]]]:
    columns = (fetches.c.facts, bodies.c.file, bodies.c.start, bodies.c.length)
    query = _with_bodies(sa.select(*columns), own)
    query = query.order_by(requests.c.url, requests.c.purpose, requests.c.round)
    with (
        database.reading() as connection,
        connection.execution_options(yield_per=CHUNK).execute(query) as rows,
    ):
        yield from rows


def _with_bodies(
    query: sa.Select[*tuple[Any, ...]], own: sa.ColumnElement[bool]
) -> sa.Select[*tuple[Any, ...]]:
    return (
        query.select_from(site_runs)
        .join(requests, requests.c.site_run == site_runs.c.id)
        .join(fetches, fetches.c.request == requests.c.id)
        .join(bodies, bodies.c.sha256 == fetches.c.sha256)
        .where(own)
    )
