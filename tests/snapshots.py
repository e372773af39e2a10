"""A snapshot in memory, made of pages as a site would serve them: what the store does, without a disk."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256

import msgspec

from audit.model import (
    Availability,
    Fetch,
    FetchOutcome,
    Hop,
    PageRecord,
    Purpose,
    RegisteredColumn,
    RegisteredUnit,
    Registers,
    SiteCard,
)
from audit.reading import Reading, glimpse, read_attachment, read_page, read_site
from audit.urls import join, without_visit_ids

HOME = "http://site.test/"
AT = "2024-05-06T10:00:00+08:00"
READ = frozenset({FetchOutcome.OK, FetchOutcome.HTTP_4XX, FetchOutcome.HTTP_5XX})


class Page(msgspec.Struct, frozen=True):
    """One answer. `outcome` is worked out from the status unless a fault of the wire is meant."""

    html: str | bytes = ""
    status: int = 200
    outcome: FetchOutcome | None = None
    final: str = ""  # the address it was redirected to, path or absolute
    looks: int = 1
    content_type: str = "text/html; charset=utf-8"
    depth: int | None = None  # None: the shortest way from the home page by links
    ms: int = 0

    @property
    def wire(self) -> FetchOutcome:
        """What the wire said."""
        if self.outcome is not None:
            return self.outcome
        if self.status >= 500:
            return FetchOutcome.HTTP_5XX
        if self.status >= 400:
            return FetchOutcome.HTTP_4XX
        return FetchOutcome.OK if "html" in self.content_type else FetchOutcome.NOT_HTML


Answer = str | bytes | int | tuple[int, str] | FetchOutcome | Page
"""A body (status 200), a bare status, a status with a body, a fault of the wire, or all of it."""


class MemorySnapshot:
    """Implements `audit.model.Snapshot`. Addresses are paths below the home page, or absolute."""

    def __init__(
        self,
        fetches: Sequence[Fetch],
        records: Mapping[tuple[str, Purpose], PageRecord],
        *,
        complete: bool,
    ) -> None:
        """Hold what was fetched and read."""
        self._fetches = sorted(fetches, key=lambda f: (f.url, f.purpose, f.round))
        self._records = records
        self._complete = complete
        self.passes = 0  # how often the pages were streamed

    @classmethod
    def of(
        cls,
        pages: Mapping[str, Answer],
        home: str = HOME,
        *,
        looks: Mapping[str, Answer | list[Answer]] | None = None,
        canaries: Sequence[Answer] = (404, 404),
        probes: Mapping[str, Answer] | None = None,
        examined: Sequence[Fetch] = (),
        complete: bool = True,
    ) -> "MemorySnapshot":
        """Walk answers by path; `looks` by path or address, several of them in rounds 1, 2, …"""
        fetches: list[Fetch] = []
        records: dict[tuple[str, Purpose], PageRecord] = {}

        def keep(url: str, purpose: Purpose, page: Page, round_: int) -> None:
            fetch, record = _fetched(url, purpose, page, round_)
            fetches.append(fetch)
            if record is not None and purpose is not Purpose.LOOK:
                records[fetch.url, purpose] = record

        for path, answer in pages.items():
            keep(_absolute(home, path), Purpose.WALK, page_of(answer), 0)
        for path, answers in (looks or {}).items():
            several = answers if isinstance(answers, list) else [answers]
            for round_, answer in enumerate(several, start=1):
                keep(_absolute(home, path), Purpose.LOOK, page_of(answer), round_)
        for number, answer in enumerate(canaries):
            keep(_absolute(home, f"/duwang-none-{number}.html"), Purpose.CANARY, page_of(answer), 0)
        for url, answer in (probes or {}).items():
            keep(url, Purpose.PROBE, page_of(answer), 1)
        depths = _depths(home, records)
        given = {_absolute(home, p): page_of(a).depth for p, a in pages.items()}
        deep = [
            msgspec.structs.replace(f, depth=_depth(given.get(f.url), depths.get(f.url)))
            if f.purpose is Purpose.WALK
            else f
            for f in fetches
        ]
        return cls([*deep, *examined], records, complete=complete)

    @property
    def complete(self) -> bool:
        """Whether the walk came to its end."""
        return self._complete

    def fetches(self) -> Iterator[Fetch]:
        """Every fetch in order."""
        yield from self._fetches

    def pages(self) -> Iterator[tuple[Fetch, PageRecord]]:
        """Every page that was read."""
        self.passes += 1
        for fetch in self._fetches:
            record = self._records.get((fetch.url, fetch.purpose))
            if record is not None and fetch.purpose in {Purpose.WALK, Purpose.RENDER}:
                yield fetch, record

    def canaries(self) -> Iterator[tuple[Fetch, PageRecord | None]]:
        """Answers to the impossible addresses."""
        for fetch in self._fetches:
            if fetch.purpose is Purpose.CANARY:
                yield fetch, self._records.get((fetch.url, fetch.purpose))

    def examinations(self) -> Iterator[Fetch]:
        """Pages that were examined or pictured."""
        return (f for f in self._fetches if f.purpose in {Purpose.EXAMINE, Purpose.PICTURE})

    def probes(self) -> Iterator[tuple[Fetch, PageRecord | None]]:
        """Answers of the search."""
        for fetch in self._fetches:
            if fetch.purpose is Purpose.PROBE:
                yield fetch, self._records.get((fetch.url, fetch.purpose))

    def archived(self, sha256: str) -> str:
        """Nothing is archived."""
        return ""

    def all_archived(self, hashes: Collection[str]) -> Mapping[str, str]:
        """Nothing is."""
        return {}


def page_of(answer: Answer) -> Page:
    """The answer written out."""
    if isinstance(answer, Page):
        return answer
    if isinstance(answer, FetchOutcome):
        return Page(status=0, outcome=answer)
    if isinstance(answer, int):
        return Page(status=answer, html="" if answer < 400 else "<title>404</title>")
    if isinstance(answer, tuple):
        return Page(status=answer[0], html=answer[1])
    return Page(html=answer)


def _fetched(
    url: str, purpose: Purpose, page: Page, round_: int
) -> tuple[Fetch, PageRecord | None]:
    wire = page.wire
    body = page.html if isinstance(page.html, bytes) else page.html.encode()
    final = _absolute(url, page.final) if page.final else url.partition("#")[0]
    record = None
    if wire in READ and purpose is not Purpose.LOOK:
        record = read_page(body, final.partition("#")[0], page.content_type)
    fetch = Fetch(
        url=url,
        purpose=purpose,
        outcome=wire,
        round=round_,
        final_url=final if page.status else "",
        status=page.status,
        looks=page.looks,
        hops=(Hop(302, final),) if page.final else (),
        content_type=page.content_type if page.status else "",
        at=AT,
        ms=page.ms,
        attached=read_attachment(body, url) if body and purpose is Purpose.LOOK else None,
        shown=glimpse(body, url, page.content_type) if body and purpose is Purpose.LOOK else "",
        body_bytes=len(body),
        head=body[:64] if record is None else b"",
        sha256=sha256(body).hexdigest() if record is not None else "",
    )
    return fetch, record


def _absolute(home: str, path: str) -> str:
    joined = join(home, path)
    assert joined, path
    return joined


def _depth(given: int | None, found: int | None) -> int:
    if given is not None:
        return given
    return 1 if found is None else found


def _depths(home: str, records: Mapping[tuple[str, Purpose], PageRecord]) -> dict[str, int]:
    """Steps from the home page; a refresh target is as near as its page."""
    depths = {home: 0}
    wave = [home]
    while wave:
        following: list[str] = []
        for url in wave:
            record = records.get((url, Purpose.WALK))
            if record is None:
                continue
            if record.refresh and record.refresh not in depths:
                depths[record.refresh] = depths[url]
                following.append(record.refresh)
            for link in record.links:
                target = without_visit_ids(link.url)
                if target and target not in depths:
                    depths[target] = depths[url] + 1
                    following.append(target)
        wave = following
    return depths


def read(
    pages: Mapping[str, Answer],
    *,
    columns: Sequence[RegisteredColumn] = (),
    units: Sequence[RegisteredUnit] = (),
    as_of: dt.date = dt.date(2020, 6, 24),
    looks: Mapping[str, Answer | list[Answer]] | None = None,
    canaries: Sequence[Answer] = (404, 404),
    complete: bool = True,
    home: str = HOME,
    folders: tuple[str, ...] = (),
) -> Reading:
    """The reading of a small site."""
    snapshot = MemorySnapshot.of(pages, looks=looks, canaries=canaries, complete=complete)
    card = SiteCard(
        "jtt", "示例交通运输厅", home, own_hosts=frozenset({"site.test:80"}), folders=folders
    )
    registers = Registers(card, tuple(columns), tuple(units), as_of)
    return read_site(snapshot, registers, Availability(0, 0, 0))
