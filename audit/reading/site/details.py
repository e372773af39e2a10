"""The second pass: links and words of the pages that matter for pairs and unit facts."""

import datetime as dt
from collections.abc import Mapping
from sys import intern

import msgspec

from audit.model import (
    ColumnClass,
    DatedItem,
    FetchOutcome,
    PageKind,
    PageRecord,
    Purpose,
    Region,
    RegisteredUnit,
    Registers,
    Snapshot,
    Spoken,
)
from audit.reading.site.cards import Filing
from audit.reading.site.closeup import Closeup
from audit.reading.site.columns import Columns
from audit.reading.site.decrees import Paper
from audit.reading.site.digest import Digest
from audit.reading.site.documents import (
    cited,
    is_interpretation,
    is_policy,
    order_number,
    relates,
)
from audit.reading.site.kinds import STRONG
from audit.reading.site.scope import disclosure_of, is_own, issuer_of, series_of, validity_of
from audit.reading.site.survey import Survey
from audit.text import document_numbers, squeeze
from audit.urls import key
from audit.vocabulary import words

CITING = 6000  # characters of a page in which it names the document it interprets
FACT_PAGES = 300  # pages kept for unit facts
LINKS = 200  # links kept of one page
KEPT = 12000  # characters of a document that are kept
SURE = 0.6  # confidence from which a reading of a date is one: the day of a change is none


class Reference(msgspec.Struct, frozen=True, gc=False):
    """A link of a document's page that is no part of the menu."""

    url: str  # empty: it leads nowhere without script
    text: str
    heading: str  # words of the heading above the list that holds it
    aside: bool = False  # it stands in a region of menus, though not on many pages


class Document(msgspec.Struct, frozen=True):
    """A policy's or interpretation's page."""

    page: Digest
    number: str
    column: str
    listed: bool  # by a column of interpretations
    references: tuple[Reference, ...]
    cites: frozenset[str]
    numbers: tuple[str, ...]
    published: DatedItem
    days: tuple[dt.date, ...]  # every strong reading of its publication date
    text: str  # cut
    issuer: str
    own: bool  # one of the site's own units issued it
    disclosure: str
    validity: str
    explains: bool  # a heading in the page says that its interpretation follows
    pictures: int
    videos: int
    attachments: tuple[str, ...]


class FactPage(msgspec.Struct, frozen=True):
    """A page that may state facts of a unit."""

    url: str
    title: str
    names: tuple[str, ...]  # title, headline and breadcrumb, squeezed
    kind: PageKind
    klass: ColumnClass | None
    text: str
    headings: tuple[str, ...]
    spoken: tuple[Spoken, ...]
    pictured: bool  # facts may stand in pictures or documents
    script_fills: bool
    sha256: str


class Details(msgspec.Struct, frozen=True):
    """What the second pass took."""

    policies: Mapping[str, Document]  # by address, in URL order
    interpretations: Mapping[str, Document]
    facts: tuple[FactPage, ...]
    closeup: Closeup


def details_of(
    snapshot: Snapshot, found: Survey, columns: Columns, registers: Registers
) -> Details:
    """Stream the snapshot once more."""
    taker = _Taker(found, columns, registers)
    for fetch, record in snapshot.pages():
        if fetch.purpose is Purpose.WALK or fetch.url not in taker.taken:
            digest = found.digests.get(fetch.url)
            if digest is not None and fetch.url not in taker.taken:
                taker.take(digest, record)
    return Details(_owned(taker.policies), taker.interpretations, tuple(taker.facts), taker.closeup)


def papers_of(details: Details) -> tuple[Paper, ...]:
    """The documents of the site's own units, as far as marks and repeals are concerned."""
    return tuple(
        Paper(
            url, one.page.name, one.number, one.disclosure, one.validity, one.published.day,
            one.page.sha256,
        )
        for url, one in details.policies.items()
        if one.own
    )  # fmt: skip


def _owned(policies: Mapping[str, Document]) -> dict[str, Document]:
    """Documents whose numbers are of a series of the site's own documents are its own too."""
    own = {series_of(one.number) for one in policies.values() if one.own and one.number}
    return {
        url: msgspec.structs.replace(one, own=True) if series_of(one.number) in own else one
        for url, one in policies.items()
    }


class _Taker:
    """Sorts pages out and takes what is needed of each."""

    def __init__(self, found: Survey, columns: Columns, registers: Registers) -> None:
        self.taken: set[str] = set()
        self.policies: dict[str, Document] = {}
        self.interpretations: dict[str, Document] = {}
        self.facts: list[FactPage] = []
        self.closeup = Closeup(found, columns, leaders_of(registers), registers.site.name)
        self._found = found
        self._filing = Filing(columns)
        self._classes = {column.key: column.klass for column in columns.columns}
        self._units = _names(registers.units)
        self._fact_pages = {
            key(unit.facts_page)
            for unit in registers.units
            if unit.facts_page and found.answers.is_own(unit.facts_page)
        }
        self._rows = columns.rows
        self._listed = _listed(found, columns, self._classes)
        self._own_names = (
            registers.site.name,
            *(name for unit in registers.units for name in (unit.name, *unit.aliases)),
        )
        self._readable = {digest.url for digest in found.readable()}

    def take(self, digest: Digest, record: PageRecord) -> None:
        self.taken.add(digest.url)
        if digest.url in self._readable or digest.outcome is FetchOutcome.NEEDS_BROWSER:
            self.closeup.take(digest, record, self._filing.column_of(digest))
        if digest.url not in self._readable:
            return
        column = self._filing.column_of(digest)
        klass = self._classes.get(column)
        if is_interpretation(digest, klass):
            self.interpretations[digest.url] = self._document(digest, record, column, "")
        elif is_policy(digest, klass):
            number = digest.number or order_number(digest.name)
            self.policies[digest.url] = self._document(digest, record, column, number)
        if len(self.facts) < FACT_PAGES and self._states_facts(digest, record, klass):
            self.facts.append(_fact_page(digest, record, klass))

    def _document(self, digest: Digest, record: PageRecord, column: str, number: str) -> Document:
        title, text = digest.name, record.text
        said = f"{title} {text[:CITING]}"
        issuer = issuer_of(title, record.spoken)
        published, days = self._published(digest)
        return Document(
            page=digest,
            number=number,
            column=column,
            listed=digest.url in self._listed
            or self._classes.get(column) is ColumnClass.INTERPRETATION,
            references=self._references(record),
            cites=cited(said),
            numbers=tuple(n for n in (*document_numbers(said), order_number(said)) if n != number),
            published=published,
            days=days,
            text=text[:KEPT],
            issuer=issuer,
            own=is_own(title, text, issuer, self._own_names),
            disclosure=disclosure_of(text, record.spoken),
            validity=validity_of(title, record.spoken),
            explains=any(
                relates(one, "to_interpretation") for one in record.headings if one != title
            ),
            pictures=record.images,
            videos=record.videos,
            attachments=record.attachments,
        )

    def _references(self, record: PageRecord) -> tuple[Reference, ...]:
        headings = {row.url: one.heading for one in record.lists for row in one.items}
        found = [
            Reference(
                intern(link.url),
                intern(link.text),
                headings.get(link.url, ""),
                link.region is Region.NAV,
            )
            for link in record.links
            if link.region is not Region.FOOTER
            and (self._is_text(link.url) if link.region is Region.NAV or not link.text else True)
            and not (link.url and self._found.targets.is_common(link.url))
        ]
        return tuple(sorted(found, key=lambda one: one.aside)[:LINKS])

    def _is_text(self, url: str) -> bool:
        """Whether an address leads to a page that may be a document: no list, no home page."""
        page = self._found.page(url) if url else None
        return page is not None and page.kind in _TEXTS

    def _published(self, digest: Digest) -> tuple[DatedItem, tuple[dt.date, ...]]:
        """The day of publication as page cards tell it, and every day that a strong source gives."""
        best, row = digest.published, self._rows.get(digest.url)
        mark = best if best and (best.source not in STRONG or best.confidence >= SURE) else None
        days = {one.day for one in digest.dates if one.source in STRONG and one.confidence >= SURE}
        if row is not None and row.day is not None:
            days.add(row.day)
            if mark is None or mark.source not in STRONG:
                return row, tuple(sorted(days))
        if mark is None:
            return DatedItem(digest.url, digest.name, None, None, ""), ()
        item = DatedItem(digest.url, digest.name, mark.day, mark.source, mark.quote)
        return item, tuple(sorted(days))

    def _states_facts(self, digest: Digest, record: PageRecord, klass: ColumnClass | None) -> bool:
        if digest.kind is not PageKind.ARTICLE and _speaks_of_facts(record):
            return True
        if digest.kind in _FACT_KINDS or klass in _FACT_CLASSES or digest.kind is PageKind.HOME:
            return True
        if key(digest.url) in self._fact_pages:
            return True
        title = squeeze(f"{digest.headline} {digest.title}")
        named = digest.kind is not PageKind.ARTICLE or len(title) < 60
        return named and any(name in title for name in self._units)


def _listed(found: Survey, columns: Columns, classes: Mapping[str, ColumnClass]) -> frozenset[str]:
    """Addresses that the lists of interpretation columns show."""
    return frozenset(
        page.url if (page := found.page(row.url)) is not None else row.url
        for url, column in columns.of_page.items()
        if classes.get(column) is ColumnClass.INTERPRETATION and url in found.digests
        for row in found.digests[url].rows
        if row.url
    )


_TEXTS = frozenset({PageKind.ARTICLE, PageKind.OTHER})
_FACT_KINDS = frozenset({PageKind.ORGANISATION, PageKind.LEADERS, PageKind.CONTACT, PageKind.GUIDE})
_FACT_CLASSES = frozenset({ColumnClass.FUNCTIONS, ColumnClass.LEADERS, ColumnClass.GUIDE})


def _speaks_of_facts(record: PageRecord) -> bool:
    """Whether a page, whatever it is called, says 办公地址, 办公时间 or the like of its own."""
    labels = words("facts")["telling_labels"]
    return any(
        one.region is not Region.FOOTER and squeeze(one.label) in labels for one in record.spoken
    )


def _fact_page(digest: Digest, record: PageRecord, klass: ColumnClass | None) -> FactPage:
    names = (digest.title, digest.headline, *(crumb.text for crumb in digest.crumbs))
    is_leader = klass is ColumnClass.LEADERS and digest.kind is PageKind.OTHER
    return FactPage(
        digest.url,
        digest.name,
        tuple(squeeze(name) for name in names if name),
        PageKind.LEADERS if is_leader else digest.kind,
        klass,
        record.text,
        record.headings,
        tuple(one for one in record.spoken if one.region is not Region.FOOTER),
        bool(record.images or record.attachments or record.videos),
        record.script_fills,
        digest.sha256,
    )


def leaders_of(registers: Registers) -> tuple[str, ...]:
    """Names of the leaders that are registered for the site's unit."""
    own = (one.leaders for one in registers.units if one.id == registers.site.unit)
    return next(own, ())


def _names(units: tuple[RegisteredUnit, ...]) -> tuple[str, ...]:
    """Names of all units: any site may say their facts."""
    return tuple(squeeze(name) for unit in units for name in (unit.name, *unit.aliases))
