"""The journal of one site of one run: what the crawl has to do, and what it did, page by page on disk.

A visit is one transaction: body and picture go to the WARC first, then fetch, record, their places
and new requests become rows together. What lies in the WARC beyond the last committed row is cut
off when the journal is opened again. Commits survive the death of the process; `flush`, which every
`UNFLUSHED` commits does by itself, makes them survive the loss of power.
"""

from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import msgspec

from audit.model import Fetch, FetchOutcome, Previous, Purpose, Request, Visit
from audit.store.archive import Archive, Place, Volume
from audit.store.database import Database, Values
from audit.store.packing import Packer
from audit.store.proving import Standing, prove
from audit.store.runs import RunRow
from audit.store.statements import journal_statements
from audit.store.warc import picture_of

UNFLUSHED = 500  # commits that a loss of power may cost
CHUNK = 2000  # rows read at once

_NOTHING = ("", b"")

Steps = list[tuple[str, Values | list[Values]]]

_AGAIN = frozenset({FetchOutcome.OK.value, FetchOutcome.NOT_MODIFIED.value})


class SiteJournal:
    """Implements `model.Journal`; a context manager. One at a time for each site of a run."""

    def __init__(
        self, database: Database, archive: Archive, seq: int, run: RunRow, site: str
    ) -> None:
        """`seq` is the run's place in the order of runs."""
        self._database = database
        self._archive = archive
        self._seq = seq
        self._run = run
        self._site = site
        self._packer = Packer()
        self._known: set[int] = set()  # see _mark
        self._open: Counter[tuple[int, int]] = Counter()  # pending requests by round and depth
        self._counted: Counter[tuple[int, str]] = Counter()  # fetches by round and purpose
        self._planned: set[int] = set()
        self._ids: dict[
            tuple[str, Purpose, int], tuple[int, int]
        ] = {}  # row id and depth of what was handed out
        self._stored: dict[str, tuple[str, bytes]] = {}  # hash and key of what `previous` found
        self._unflushed = 0

    def __enter__(self) -> Self:
        """Open or resume."""
        self._volume: Volume = self._archive.volume(self._run.id, self._site, at=self._run.started)
        try:
            self._line = self._database.line()
            try:
                self._resume()
            except BaseException:
                self._line.close()
                raise
        except BaseException:
            self._volume.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Flush, unless a failure is on its way out already; let go of file and connection."""
        try:
            if fault is None:
                self.flush()
        finally:
            self._line.close()
            self._volume.close()

    def add(self, requests: tuple[Request, ...]) -> None:
        """Put requests on the frontier; walked addresses once a run, looks once a round."""
        new = self._new(requests)
        if new:
            self._line.transact([(self._sql.request, self._rows(new))])
            self._note(new)

    def pending(self, round_: int, depth: int) -> tuple[Request, ...]:
        """Requests of this round and depth that have no committed fetch, in URL order."""
        if (round_, depth) not in self._open:
            return ()
        values = {"site_run": self._id, "round": round_, "depth": depth}
        found: list[Request] = []
        for identity, url, purpose, referrer in self._line.rows(self._sql.pending, values):
            request = Request(url, Purpose(purpose), round_, depth, referrer)
            self._ids[url, request.purpose, round_] = identity, depth
            found.append(request)
        return tuple(found)

    def depths(self, round_: int) -> tuple[int, ...]:
        """Depths of this round that still have pending requests, ascending."""
        return tuple(sorted(depth for of, depth in self._open if of == round_))

    def planned(self, round_: int) -> bool:
        """Whether requests of this round were put on the frontier."""
        return round_ in self._planned

    def counted(self, round_: int, purpose: Purpose) -> int:
        """How many fetches of this round and purpose are committed, those with outcome `budget` left out."""
        return self._counted[round_, purpose.value]

    def fetched_whole(self) -> int:
        """How many attachments were asked for whole in this run, in all rounds."""
        looks = self._line.stream(self._sql.looks, {"site_run": self._id}, CHUNK)
        return sum(self._packer.as_fetch(facts).whole for (facts,) in looks)

    def previous(self, url: str) -> Previous | None:
        """What the latest earlier run kept of this address, if it was a page that can be used again."""
        if not self._has_past:
            return None
        values = {"site": self._site, "run": self._seq, "url": url, "reader": self._reader}
        found = self._line.first(self._sql.previous, values)
        if found is None:
            return None
        outcome, digest, page, facts, file, start, length, packed = found
        place = Place(file, start, length)
        if outcome not in _AGAIN or not self._archive.holds(place):
            return None
        record = self._packer.as_record(packed) if packed is not None else None
        body = b"" if record is not None else self._archive.read(place)
        if body is None:
            return None
        self._stored[url] = digest, page if record is not None else b""
        fetch = self._packer.as_fetch(facts)
        return Previous(
            fetch.etag,
            fetch.last_modified,
            digest,
            fetch.content_type,
            body,
            record,
            fetch.body_bytes,
        )

    def commit(self, visit: Visit) -> None:
        """Keep a visit: fetch row, body, picture, record and found requests together, or nothing of it."""
        request, depth = self._request_of(visit)
        new = self._new(visit.found)
        try:
            self._line.transact(self._steps(visit, request, new))
        except BaseException:
            self._volume.cut()
            raise
        self._volume.settle()
        self._note(new)
        self._done(visit, depth)

    def flush(self) -> None:
        """Return when everything committed so far is on disk: the bodies before the rows that name them."""
        if self._unflushed:
            self._volume.sync()
            self._line.transact_durably(
                self._sql.safe, {"id": self._id, "archive_safe": self._volume.end}
            )
            self._unflushed = 0

    def _steps(self, visit: Visit, request: int, new: Sequence[Request]) -> Steps:
        """Write body and picture behind the end of the WARC; the rows that make them count."""
        fetch, steps = visit.fetch, Steps()
        digest, key = self._stored.pop(fetch.url, _NOTHING)
        if fetch.sha256 != digest:
            self._keep(fetch, visit.body, steps)
        page = self._keep_record(visit, steps, key)
        if visit.picture is not None:
            self._keep(picture_of(fetch), visit.picture, steps)
        row = {
            "request": request,
            "outcome": fetch.outcome.value,
            "sha256": fetch.sha256,
            "page": page,
            "facts": self._packer.fetch(fetch),
        }
        steps.append((self._sql.fetch, row))
        if new:
            steps.append((self._sql.request, self._rows(new)))
        return steps

    def _keep(self, fetch: Fetch, body: bytes | None, steps: Steps) -> None:
        """Write a body unless any run has it."""
        digest = fetch.sha256
        if body is None or not digest or self._line.rows(self._sql.has_body, {"sha256": digest}):
            return
        place = self._volume.append(fetch, body)
        steps.append((self._sql.body, {"sha256": digest, **msgspec.structs.asdict(place)}))

    def _keep_record(self, visit: Visit, steps: Steps, stored: bytes) -> bytes | None:
        """Write the record unless any run has it from the same reader; the key that finds it."""
        if visit.record is None:
            return None
        page = self._packer.page_key(visit.fetch, visit.record)
        if page == stored:
            return page
        key: dict[str, object] = {"page": page, "reader": self._reader}
        is_new_body = bool(steps)
        if is_new_body or not self._line.rows(self._sql.has_record, key):
            steps.append((self._sql.record, {**key, "record": self._packer.record(visit.record)}))
        return page

    def _request_of(self, visit: Visit) -> tuple[int, int]:
        """Row id and depth of the request that a visit answers; it must be pending."""
        fetch = visit.fetch
        known = self._ids.get((fetch.url, fetch.purpose, fetch.round))
        if known is not None:
            return known
        values = {
            "site_run": self._id,
            "url": fetch.url,
            "purpose": fetch.purpose.value,
            "round": fetch.round,
        }
        for identity, depth, done in self._line.rows(self._sql.asked, values):
            if done is None:
                return identity, depth
            raise ValueError(f"committed before: {fetch.url} ({fetch.purpose}, {fetch.round})")
        raise ValueError(f"never requested: {fetch.url} ({fetch.purpose}, {fetch.round})")

    def _new(self, wanted: Sequence[Request]) -> list[Request]:
        """Those that are not known, each once."""
        new: dict[int, Request] = {}
        known = self._known
        for request in wanted:
            mark = _mark(request.url, request.purpose, request.round)
            if mark not in known:
                new.setdefault(mark, request)
        return list(new.values())

    def _rows(self, new: Sequence[Request]) -> list[Values]:
        return [
            {
                "site_run": self._id,
                "url": request.url,
                "purpose": request.purpose.value,
                "round": request.round,
                "depth": request.depth,
                "referrer": request.referrer,
            }
            for request in new
        ]

    def _note(self, new: Sequence[Request]) -> None:
        """Remember requests that are committed now."""
        for request in new:
            self._known.add(_mark(request.url, request.purpose, request.round))
            self._open[request.round, request.depth] += 1
            self._planned.add(request.round)

    def _done(self, visit: Visit, depth: int) -> None:
        fetch = visit.fetch
        self._ids.pop((fetch.url, fetch.purpose, fetch.round), None)
        self._open[fetch.round, depth] -= 1
        if not self._open[fetch.round, depth]:
            del self._open[fetch.round, depth]
        if fetch.outcome is not FetchOutcome.BUDGET:
            self._counted[fetch.round, fetch.purpose.value] += 1
        self._unflushed += 1
        if self._unflushed >= UNFLUSHED:
            self.flush()

    def _resume(self) -> None:
        """Find or make the row of this site and run, mend the WARC, and learn what is known."""
        self._sql = journal_statements(self._database)
        new: dict[str, object] = {
            "site": self._site,
            "run": self._seq,
            "reader": self._run.reader,
            "archive_safe": 0,
        }
        self._line.transact([(self._sql.site_run, new)])
        found = self._line.rows(self._sql.this, {"site": self._site, "run": self._seq})
        self._id, self._reader, safe = found[0]
        self._volume.resume(self._sound_end(safe))
        self._has_past = bool(
            self._line.rows(self._sql.past, {"site": self._site, "run": self._seq})
        )
        for url, purpose, round_, depth, outcome in self._line.stream(
            self._sql.all, {"site_run": self._id}, CHUNK
        ):
            self._known.add(_mark(url, Purpose(purpose), round_))
            self._planned.add(round_)
            if outcome is None:
                self._open[round_, depth] += 1
            elif outcome != FetchOutcome.BUDGET:
                self._counted[round_, purpose] += 1

    def _sound_end(self, safe: int) -> int:
        """The committed end of the WARC. Bodies that a loss of power took are to be fetched again."""
        end: int = self._line.rows(self._sql.end, {"file": self._volume.name})[0][0] or 0
        size = self._volume.size()
        if size >= end == safe:
            return end
        for digest, start, length in self._behind(min(safe, size)):
            place = Place(self._volume.name, start, length)
            if prove(self._archive, place, digest).standing is not Standing.KEPT:
                return self._forget_from(start if start <= size else 0)
        return end

    def _behind(self, start: int) -> list[tuple[str, int, int]]:
        """Hash, start and length of the bodies of the file that end behind a place."""
        return self._line.rows(self._sql.behind, {"file": self._volume.name, "start": start})

    def _forget_from(self, start: int) -> int:
        """Take back the visits whose bodies or pictures lay there: their requests are pending again."""
        lost: Values = {"file": self._volume.name, "start": start, "site_run": self._id}
        safe: Values = {"id": self._id, "archive_safe": start}
        pictured: list[Values] = [{"request": one} for one in self._pictured(start)]
        self._line.transact(
            [
                (self._sql.forget_fetches, lost),
                *([(self._sql.forget_fetch, pictured)] if pictured else []),
                (self._sql.forget_bodies, lost),
                (self._sql.safe, safe),
            ]
        )
        return start

    def _pictured(self, start: int) -> list[int]:
        """The requests whose pictures lie there: only the facts of their fetches name them."""
        lost = {digest for digest, _, _ in self._behind(start)}
        looked = self._line.stream(self._sql.pictured, {"site_run": self._id}, CHUNK)
        return [one for one, facts in looked if self._packer.as_fetch(facts).picture in lost]


def _mark(url: str, purpose: Purpose, round_: int) -> int:
    """What makes a request known, as a number: half of the memory of the text.

    Looks are known once a round, all else once a run. Among 100,000 addresses two meet by chance
    once in 10^9 crawls.
    """
    if purpose is Purpose.WALK:  # nearly all of them
        return hash(url)
    return hash((url, purpose.value, round_ if purpose is Purpose.LOOK else -1))
