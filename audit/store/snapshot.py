"""What is stored of one site of one run, read back as streams."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit.model import Fetch, FetchOutcome, PageRecord, Purpose
from audit.store.database import Database
from audit.store.packing import Packer
from audit.store.schema import bodies, fetches, records, requests, site_runs

CHUNK = 200  # rows in memory at a time

_READ = (Purpose.WALK.value, Purpose.RENDER.value)


class SiteSnapshot:
    """Implements `model.Snapshot`; every iterator reads for itself, and may be left unfinished."""

    def __init__(self, database: Database, seq: int, site: str) -> None:
        """`seq` is the run's place in the order of runs."""
        self._database = database
        self._seq = seq
        self._site = site
        self._packer = Packer()

    @property
    def complete(self) -> bool:
        """Whether the walk came to its end: something walked, nothing pending, no budget cut."""
        own = self._own(sa.select(sa.func.count()).select_from(_asked()))
        walked = own.where(requests.c.purpose == Purpose.WALK.value, fetches.c.outcome.is_not(None))
        with self._database.reading() as connection:
            some = connection.scalar(walked)
            pending = connection.scalar(own.where(fetches.c.request.is_(None)))
            cut = connection.scalar(walked.where(fetches.c.outcome == FetchOutcome.BUDGET.value))
        return bool(some) and not pending and not cut

    def fetches(self) -> Iterator[Fetch]:
        """Every fetch, ordered by (url, purpose, round)."""
        query = self._own(sa.select(fetches.c.facts).select_from(_done())).order_by(*_ORDER)
        for (facts,) in self._stream(query):
            yield self._packer.as_fetch(facts)

    def pages(self) -> Iterator[tuple[Fetch, PageRecord]]:
        """Every page that was read (purpose walk or render), ordered by (url, purpose)."""
        query = self._own(_with_record()).where(requests.c.purpose.in_(_READ))
        query = query.where(records.c.record.is_not(None))
        for facts, record in self._stream(query.order_by(*_ORDER)):
            yield self._packer.as_fetch(facts), self._packer.as_record(record)

    def pages_at(self, urls: Collection[str]) -> Mapping[str, tuple[Fetch, PageRecord | None]]:
        """The walked pages at these addresses; those that were not asked for are left out."""
        found: dict[str, tuple[Fetch, PageRecord | None]] = {}
        wanted = sorted(set(urls))
        for start in range(0, len(wanted), CHUNK):
            query = self._own(_with_record()).where(requests.c.purpose == Purpose.WALK.value)
            some = query.where(requests.c.url.in_(wanted[start : start + CHUNK]))
            for facts, record in self._stream(some):
                fetch = self._packer.as_fetch(facts)
                read = None if record is None else self._packer.as_record(record)
                found[fetch.url] = fetch, read
        return found

    def canaries(self) -> Iterator[tuple[Fetch, PageRecord | None]]:
        """Answers to the impossible addresses."""
        return self._answers(Purpose.CANARY)

    def probes(self) -> Iterator[tuple[Fetch, PageRecord | None]]:
        """Answers of the search, and search pages that were opened."""
        return self._answers(Purpose.PROBE)

    def examinations(self) -> Iterator[Fetch]:
        """Pages that were examined or pictured in the browser."""
        looked = (Purpose.EXAMINE.value, Purpose.PICTURE.value)
        query = self._own(sa.select(fetches.c.facts).select_from(_done()))
        some = query.where(requests.c.purpose.in_(looked)).order_by(*_ORDER)
        for (facts,) in self._stream(some):
            yield self._packer.as_fetch(facts)

    def archived(self, sha256: str) -> str:
        """Where a body is kept (`file:offset`), for evidence; empty when it is not."""
        query = sa.select(bodies.c.file, bodies.c.start).where(bodies.c.sha256 == sha256)
        with self._database.reading() as connection:
            found = connection.execute(query).first()
        return "" if found is None else f"{found[0]}:{found[1]}"

    def all_archived(self, hashes: Collection[str]) -> Mapping[str, str]:
        """The same for many bodies at once; those that are not kept are left out."""
        found: dict[str, str] = {}
        wanted = sorted(set(hashes))
        query = sa.select(bodies.c.sha256, bodies.c.file, bodies.c.start)
        with self._database.reading() as connection:
            for start in range(0, len(wanted), CHUNK):
                some = query.where(bodies.c.sha256.in_(wanted[start : start + CHUNK]))
                found |= {digest: f"{file}:{at}" for digest, file, at in connection.execute(some)}
        return found

    def _answers(self, purpose: Purpose) -> Iterator[tuple[Fetch, PageRecord | None]]:
        query = self._own(_with_record()).where(requests.c.purpose == purpose.value)
        for facts, record in self._stream(query.order_by(*_ORDER)):
            read = None if record is None else self._packer.as_record(record)
            yield self._packer.as_fetch(facts), read

    def _own(self, query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
        return query.where(site_runs.c.site == self._site, site_runs.c.run == self._seq)

    def _stream(self, query: sa.Select[*tuple[Any, ...]]) -> Iterator[sa.Row[*tuple[Any, ...]]]:
        with (
            self._database.reading() as connection,
            # closed by name: a reader that stops early must not leave a cursor on the server
            connection.execution_options(yield_per=CHUNK).execute(query) as rows,
        ):
            yield from rows


_ORDER = (requests.c.url, requests.c.purpose, requests.c.round)


def _asked() -> sa.Join:
    """Requests, with the fetch of those that have one."""
    own = site_runs.join(requests, requests.c.site_run == site_runs.c.id)
    return own.outerjoin(fetches, fetches.c.request == requests.c.id)


def _done() -> sa.Join:
    """Requests that have a fetch."""
    own = site_runs.join(requests, requests.c.site_run == site_runs.c.id)
    return own.join(fetches, fetches.c.request == requests.c.id)


def _with_record() -> sa.Select[*tuple[Any, ...]]:
    """Fetches with the record that the site's present reader made, if any."""
    same = sa.and_(records.c.page == fetches.c.page, records.c.reader == site_runs.c.reader)
    return sa.select(fetches.c.facts, records.c.record).select_from(
        _done().outerjoin(records, same)
    )
