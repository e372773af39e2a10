"""What goes over the wire: requests, what came back, and the journal that keeps it."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

from audit.model.examination import Examination
from audit.model.page import PageRecord
from audit.model.slips import Attached
from audit.model.words import FetchOutcome, PageFlag


class Purpose(StrEnum):
    """Why an address is asked for."""

    WALK = "walk"  # a page to read and to follow
    CANARY = "canary"  # an impossible address: it teaches the site's not-found answer (soft 404)
    LOOK = "look"  # does this link answer? HEAD, then GET before it is called dead
    RENDER = "render"  # the same page through a browser
    PROBE = "probe"  # a search
    EXAMINE = "examine"  # a page in the browser: accessibility, the way of the keyboard
    PICTURE = "picture"  # a picture of a page, for the evidence; its fragment says what to mark


ASIDE = frozenset({Purpose.CANARY, Purpose.PROBE, Purpose.EXAMINE, Purpose.PICTURE})
"""Purposes that bring no page of the site as it stands."""
PICTURED = frozenset({Purpose.PROBE, Purpose.PICTURE})
"""Purposes whose visits may bring a picture."""


class Request(msgspec.Struct, frozen=True):
    """One address to ask for. `(round, depth, url)` orders the work; `url` is absolute, without fragment."""

    url: str
    purpose: Purpose = Purpose.WALK
    round: int = 0
    depth: int = 0
    referrer: str = ""  # the page on which it was first seen; empty for seeds


class Hop(msgspec.Struct, frozen=True, array_like=True):
    """One redirect: the status that sent us on and the address it named."""

    status: int
    location: str


class Fetch(msgspec.Struct, frozen=True, omit_defaults=True):
    """Wire facts of one request: what was asked, what came back, when, how large.

    `outcome` is the wire outcome; what the content means is computed by `reading.classify`.
    Times are ISO 8601 with zone, durations milliseconds, sizes bytes.
    """

    url: str
    purpose: Purpose
    outcome: FetchOutcome
    round: int = 0
    depth: int = 0
    referrer: str = ""
    final_url: str = ""
    status: int = 0  # 0: no HTTP answer
    error: str = ""  # the transport's words, for the evidence
    method: str = "GET"
    looks: int = 1  # how many requests were spent on it, retries included
    hops: tuple[Hop, ...] = ()
    content_type: str = ""
    at: str = ""
    ms: int = 0
    wire_bytes: int = 0
    body_bytes: int = 0
    sha256: str = ""  # of the inflated body; empty: no body was kept
    etag: str = ""
    last_modified: str = ""
    via: str = "http"
    head: bytes = b""  # the first bytes of a body that is not kept (magic number of an attachment)
    flags: tuple[PageFlag, ...] = ()
    declared: int = -1  # bytes that the answer announced; -1: it said nothing
    picture: str = ""  # sha256 of a picture that was taken and is kept beside the body
    examination: Examination | None = None  # of purpose EXAMINE
    marked: str = ""  # what is framed in the picture; empty: nothing
    shown: str = ""  # title and description of another host's page, of which no more is read
    attached: Attached | None = None  # of an attachment that was fetched whole
    whole: bool = False  # all of an attachment was asked for


class Visit(msgspec.Struct, frozen=True):
    """Everything one request produced; it is committed as a whole or not at all."""

    fetch: Fetch
    body: bytes | None = None  # inflated; None: nothing worth keeping
    record: PageRecord | None = None  # None: not a page, or not read
    found: tuple[Request, ...] = ()  # requests that this page adds to the frontier
    picture: bytes | None = None  # JPEG or PNG; `fetch.picture` is its hash


class Previous(msgspec.Struct, frozen=True):
    """What an earlier run kept of an address, for a conditional request."""

    etag: str
    last_modified: str
    sha256: str
    content_type: str
    body: bytes  # empty when the record is known
    record: PageRecord | None = (
        None  # when it was read by the present reader: it need not be read again
    )
    body_bytes: int = 0  # of the stored body


class Journal(Protocol):
    """The crawl's memory for one site of one run; implemented by the store.

    Committed work is never lost; an address is handed out once a run for each purpose and round.
    """

    def add(self, requests: tuple[Request, ...]) -> None:
        """Put requests on the frontier; those already known for the same purpose are left out."""
        ...

    def pending(self, round_: int, depth: int) -> tuple[Request, ...]:
        """Requests of this round and depth that have no committed fetch, in URL order."""
        ...

    def depths(self, round_: int) -> tuple[int, ...]:
        """Depths of this round that still have pending requests, ascending."""
        ...

    def planned(self, round_: int) -> bool:
        """Whether requests of this round were put on the frontier (a plan is stored once)."""
        ...

    def counted(self, round_: int, purpose: Purpose) -> int:
        """How many fetches of this round and purpose are committed, those with outcome `budget` left out."""
        ...

    def fetched_whole(self) -> int:
        """How many attachments were asked for whole in this run, in all rounds."""
        ...

    def previous(self, url: str) -> Previous | None:
        """What an earlier run kept of this address, if anything."""
        ...

    def commit(self, visit: Visit) -> None:
        """Keep a visit: fetch row, body, record and found requests together."""
        ...

    def flush(self) -> None:
        """Return when everything committed so far is on disk."""
        ...


class Snapshot(Protocol):
    """The stored fetches and page records of one site of one run, in URL order. Streams; immutable."""

    @property
    def complete(self) -> bool:
        """Whether the walk came to its end (nothing pending, no budget cut)."""
        ...

    def fetches(self) -> Iterator[Fetch]:
        """Every fetch, ordered by (url, purpose, round)."""
        ...

    def pages(self) -> Iterator[tuple[Fetch, PageRecord]]:
        """Every page that was read (purpose walk or render), ordered by (url, purpose)."""
        ...

    def canaries(self) -> Iterator[tuple[Fetch, PageRecord | None]]:
        """Answers to the impossible addresses."""
        ...

    def probes(self) -> Iterator[tuple[Fetch, PageRecord | None]]:
        """Answers of the search, and search pages that were opened, ordered by (url, round)."""
        ...

    def examinations(self) -> Iterator[Fetch]:
        """Pages that were examined or pictured in the browser, ordered by (url, purpose, round)."""
        ...

    def archived(self, sha256: str) -> str:
        """Where a body is kept (`file:offset`), for evidence; empty when it is not."""
        ...

    def all_archived(self, hashes: Collection[str]) -> Mapping[str, str]:
        """The same for many bodies at once; those that are not kept are left out."""
        ...


class Manners(msgspec.Struct, frozen=True):
    """How the crawl behaves towards one site. Rates per second and host; sizes bytes; times seconds."""

    site: str
    home: str
    own_hosts: frozenset[str]  # host:port
    user_agent: str
    folders: tuple[
        str, ...
    ] = ()  # all that is the site's on the home's host; empty: the whole host
    rate: float = 2.0  # 0: no limit
    concurrency: int = 2
    max_pages: int = 5000
    max_depth: int = 30
    max_looks: int = 20000
    max_body: int = 8 << 20  # inflated
    max_wire: int = 8 << 20
    max_redirects: int = 10
    connect_timeout: float = 10.0
    total_timeout: float = 30.0
    retries: int = 2
    max_wait: float = 60.0  # the longest Retry-After that is honoured
    spacing: float = 1.0  # before an address is asked for again (doubles); none when `rate` is 0
    allow_addresses: frozenset[str] = frozenset()  # host:port that may be private or loopback
    robots: str = "obey"  # or "ignore": only for sites whose owner said so in the config
    external: str = "check"  # or "record"
    quick: bool = False
    headers: Mapping[str, str] = {}
    render: str = "off"  # or "auto": pages that need script; or "all"
    max_renders: int = 60
    executable: str = ""  # of the browser; empty: it is looked for
    ca_file: str = ""  # PEM of authorities trusted beside the public ones
    max_attachment: int = 2 << 20  # bytes of an attachment whose words are read
    max_attachments: int = 200  # how many a run fetches whole; of the others the first bytes
