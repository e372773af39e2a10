"""What a reading offers: the nouns that checks judge. Built by `audit.reading`, never by hand in a check."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from audit.model.page import Concealed, DateMark
from audit.model.words import (
    Astray,
    CodeSource,
    ColumnClass,
    ColumnKind,
    DateSource,
    Fact,
    FactNote,
    FactState,
    FetchOutcome,
    FileFit,
    LabelProblem,
    Mark,
    PageFlag,
    PageKind,
    Reason,
    Region,
)


class SiteCard(msgspec.Struct, frozen=True):
    """The registered facts of a site."""

    id: str
    name: str
    home: str
    unit: str = ""  # id of the unit that owes the duty; empty: the site is its own unit
    site_code: str = ""
    own_hosts: frozenset[str] = frozenset()
    folders: tuple[
        str, ...
    ] = ()  # all that is the site's on the home's host; empty: the whole host


class RegisteredColumn(msgspec.Struct, frozen=True):
    """A column as the config registers it; empty fields leave the reading's own finding."""

    name: str
    url: str
    klass: ColumnClass | None = None
    kind: ColumnKind | None = None
    limit: str = ""
    owner: str = ""
    exempt_until: dt.date | None = None
    reason: str = ""


class RegisteredUnit(msgspec.Struct, frozen=True):
    """A unit as the config registers it."""

    id: str
    name: str
    site: str = ""  # id of its own site; empty: it has none
    parent: str = ""
    aliases: tuple[str, ...] = ()
    facts_page: str = ""
    facts: Mapping[Fact, str] = {}
    services: bool = True
    leaders: tuple[str, ...] = ()


class Account(msgspec.Struct, frozen=True):
    """A new-media account as the config registers it; empty fields were not filled in."""

    platform: str
    name: str
    unit: str
    leader: str = ""
    department: str = ""
    owner: str = ""
    filing: str = ""
    closed: bool = False
    last_post: dt.date | None = None
    seen_on: dt.date | None = None  # the day on which somebody looked for the last post


class Expected(msgspec.Struct, frozen=True):
    """An item of a body above that the site is to repost."""

    title: str
    source: str  # who published it
    published: dt.date
    url: str = ""


class Registers(msgspec.Struct, frozen=True):
    """What people registered, for one site: the second argument of the site stage."""

    site: SiteCard
    columns: tuple[RegisteredColumn, ...] = ()
    units: tuple[RegisteredUnit, ...] = ()  # every unit of the estate
    as_of: dt.date | None = None  # days after it (plus one) are no publication dates
    expected: tuple[Expected, ...] = ()  # what is to be reposted


class PageLabel(msgspec.Struct, frozen=True, array_like=True):
    """A meta label of the norm that is not as it should be; `value`: its content, if any."""

    name: str
    problem: LabelProblem
    value: str = ""


class PageCard(msgspec.Struct, frozen=True):
    """A page as the site stage sees it."""

    url: str
    final_url: str
    kind: PageKind
    title: str
    published: dt.date | None
    published_source: DateSource | None
    published_confidence: float
    published_quote: str
    column: str  # key of its column; empty: none
    outcome: FetchOutcome
    flags: tuple[PageFlag, ...] = ()
    sha256: str = ""
    encoding: str = ""
    labels: tuple[PageLabel, ...] = ()  # those that its kind must carry and that are not in order
    labels_fill: bool = False  # script writes labels that were not seen
    dates: tuple[DateMark, ...] = ()  # every reading of its publication date, its list's too
    script_fills: bool = False  # script may bring words that were not read


class DatedItem(msgspec.Struct, frozen=True, array_like=True):
    """A row of a column, with the best date known for it."""

    url: str
    title: str
    day: dt.date | None
    source: DateSource | None
    quote: str


class UndatedItem(msgspec.Struct, frozen=True, array_like=True):
    """A row of a column for which neither the list nor its page shows a publication date."""

    url: str
    title: str
    reason: Reason | None  # why that is not known for certain; None: its page was read
    hint: str = ""  # a date that it has, but that no label calls its publication's


class HomePage(msgspec.Struct, frozen=True):
    """What the home page (or, for a gate, the second-level pages) announces. Items newest first."""

    url: str
    items: tuple[DatedItem, ...]  # dated, not in the future; at most 200
    undated: int
    gate: bool
    future: tuple[DatedItem, ...] = ()
    script_fills: bool = False  # script may add items that were not seen
    unopened: int = 0  # undated rows whose pages were not read


class Column(msgspec.Struct, frozen=True):
    """A leaf of the site's tree that lists items (栏目)."""

    key: str  # urls.key of its address
    name: str
    path: tuple[str, ...]
    url: str
    klass: ColumnClass
    kind: ColumnKind
    level: str  # first, lower; unknown: neither breadcrumb, menu nor folder tells
    registered: bool
    limit: str  # from the register; empty: the rulebook's
    owner: str
    exempt_until: dt.date | None
    exempt_reason: str
    items: int
    dated: int
    newest: DatedItem | None  # newest strongly or weakly dated item that is not in the future
    rows: tuple[DatedItem, ...]  # newest first, at most 20
    content_length: int  # visible characters of the content region when it is no list
    attachments: int
    notice_quote: str  # 暂无内容, 建设中 and the like, as written
    statement: DatedItem | None  # a dated "本月无…" statement
    script_fills: bool
    unread_pages: int  # pages of the pager that were not read
    unavailable: Reason | None  # why its page could not be read; None: it was read
    sha256: str = ""
    embedded: int = 0  # forms (a site search is none), frames, large images and videos of its page
    borrowed: bool = (
        False  # it shows only what many pages do, beside an empty list: it may be blank
    )
    read_pages: int = 1  # list pages that were read
    in_order: bool = False  # the first page's rows stand newest first: further pages are older
    unread_reason: Reason | None = None  # why further list pages were not read
    yearly: bool = False  # by its name it gets something new once a year only
    undated: tuple[UndatedItem, ...] = ()  # at most 200, in the order of the list


class LinkSource(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A page that holds a link, with the words of the link."""

    page: str
    text: str


class LinkPlace(msgspec.Struct, frozen=True):
    """Where a target is linked from: one region of pages, with examples."""

    region: Region
    pages: int
    examples: tuple[LinkSource, ...]  # at most 20, in URL order


class LinkTarget(msgspec.Struct, frozen=True):
    """One distinct target of links, with what came of asking for it. A meta refresh is seen through."""

    url: str
    level: str  # home: linked on the home page; first: on a page one step from it; lower
    outside: bool
    outcome: FetchOutcome | None  # None: not asked (budget, or outside links only recorded)
    status: int
    looks: int
    reason: Reason | None  # why it is unknown; None: it was asked and answered
    places: tuple[LinkPlace, ...]  # most prominent region first: nav, list, body, footer
    hops: tuple[str, ...] = ()
    at: str = ""
    error: str = ""
    sha256: str = ""
    file: FileFit | None = None  # None: by its address it is no attachment
    received: int = -1  # bytes of the attachment that were read; -1: none was asked for
    astray: Astray = Astray.NO

    @property
    def region(self) -> Region:
        """The most prominent region that links to it."""
        return self.places[0].region

    @property
    def pages(self) -> int:
        """Pages that link to it, each counted once a region."""
        return sum(place.pages for place in self.places)

    @property
    def examples(self) -> tuple[LinkSource, ...]:
        """At most 20 pages that hold the link, most prominent region first."""
        return tuple(source for place in self.places for source in place.examples)[:20]


class HiddenBlock(msgspec.Struct, frozen=True):
    """A hidden block with links to foreign hosts, once for all pages that hold the same one."""

    page: str  # the page nearest to the home page that holds it
    title: str
    pages: tuple[str, ...]  # every page that holds it, in URL order; at most 1000
    block: Concealed
    sha256: str = ""


class IdleLink(msgspec.Struct, frozen=True, array_like=True):
    """A link that leads nowhere, once for all pages that show the same words in the same part."""

    page: str  # the page nearest to the home page that shows it
    title: str
    text: str
    href: str
    region: Region
    sure: bool  # a headline that nothing serves; else a script may serve it
    pages: int
    sha256: str = ""


class IdleLinks(msgspec.Struct, frozen=True):
    """The site's links that lead nowhere, in the order of their pages, and every page that has any."""

    links: tuple[IdleLink, ...]
    pages: frozenset[str]


class FactValue(msgspec.Struct, frozen=True, array_like=True):
    """One place that states a fact."""

    value: str
    url: str
    quote: str
    plausible: bool
    sha256: str = ""
    label: str = ""  # what stands before it; empty: only its form tells
    site: str = ""  # id of the site that says it
    footer: bool = False


class UnitFact(msgspec.Struct, frozen=True):
    """One of the six facts of one unit, with every place that states it."""

    unit: str
    unit_name: str
    site: str  # id of the site under which it is filed
    fact: Fact
    state: FactState
    value: str
    url: str
    values: tuple[FactValue, ...]
    looked_at: tuple[str, ...]  # pages that were searched for it
    reason: Reason | None = None
    registered: str = ""  # what the register says
    note: FactNote | None = None  # why a person must look


class IdentityMark(msgspec.Struct, frozen=True):
    """One identity mark: what was read, and where."""

    mark: Mark
    present: bool
    value: str
    url: str
    pages: int  # pages that show it
    seen_pages: int  # pages that were looked at
    reason: Reason | None = None  # why its absence proves nothing


class SiteCode(msgspec.Struct, frozen=True):
    """One site code that a site states, with the first page that does and how many do."""

    source: CodeSource
    value: str
    url: str
    quote: str
    pages: int


class SearchEntry(msgspec.Struct, frozen=True):
    """The way into the site's search, as far as pages without script tell."""

    present: bool
    entry_url: str
    how: str  # form, link, script
    quote: str
    pages: int  # sampled pages that show it
    seen_pages: int
    target_outcome: FetchOutcome | None = None
    dead: bool = False
    target_status: int = 0


class Availability(msgspec.Struct, frozen=True):
    """The availability visits a snapshot was read with."""

    visits: int
    failed: int
    days: int
    first: str = ""
    last: str = ""
    failures: tuple[str, ...] = ()  # `time outcome`, at most 20
