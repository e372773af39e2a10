"""The second pass: links and words of the pages that matter for pairs and unit facts."""

from collections.abc import Mapping

import msgspec

from audit.model import (
    ColumnClass,
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
from audit.reading.site.columns import Columns
from audit.reading.site.digest import Digest
from audit.reading.site.documents import cited, is_interpretation, is_policy
from audit.reading.site.survey import Survey
from audit.text import document_numbers, squeeze
from audit.urls import key
from audit.vocabulary import words

CITING = 6000  # characters of a page in which it names the document it interprets
FACT_PAGES = 300  # pages kept for unit facts
LINKS = 80  # links kept of one page


class Reference(msgspec.Struct, frozen=True):
    """A link of a document's page that is no part of the menu."""

    url: str  # empty: it leads nowhere without script
    text: str
    heading: str  # words of the heading above the list that holds it


class Document(msgspec.Struct, frozen=True):
    """A policy's or interpretation's page."""

    page: Digest
    column: str
    references: tuple[Reference, ...]
    cites: frozenset[str]
    numbers: tuple[str, ...]


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
    return Details(taker.policies, taker.interpretations, tuple(taker.facts))


class _Taker:
    """Sorts pages out and takes what is needed of each."""

    def __init__(self, found: Survey, columns: Columns, registers: Registers) -> None:
        self.taken: set[str] = set()
        self.policies: dict[str, Document] = {}
        self.interpretations: dict[str, Document] = {}
        self.facts: list[FactPage] = []
        self._found = found
        self._filing = Filing(columns)
        self._classes = {column.key: column.klass for column in columns.columns}
        self._units = _names(registers.units)
        self._fact_pages = {
            key(unit.facts_page)
            for unit in registers.units
            if unit.facts_page and found.answers.is_own(unit.facts_page)
        }
        self._readable = {digest.url for digest in found.readable()}

    def take(self, digest: Digest, record: PageRecord) -> None:
        self.taken.add(digest.url)
        if digest.url not in self._readable:
            return
        column = self._filing.column_of(digest)
        klass = self._classes.get(column)
        if is_interpretation(digest, klass):
            self.interpretations[digest.url] = self._document(digest, record, column)
        elif is_policy(digest, klass):
            self.policies[digest.url] = self._document(digest, record, column)
        if len(self.facts) < FACT_PAGES and self._states_facts(digest, record, klass):
            self.facts.append(_fact_page(digest, record, klass))

    def _document(self, digest: Digest, record: PageRecord, column: str) -> Document:
        headings = {row.url: one.heading for one in record.lists for row in one.items}
        references = [
            Reference(link.url, link.text, headings.get(link.url, ""))
            for link in record.links
            if link.text
            and link.region in _CONTENT
            and not (link.url and self._found.targets.is_common(link.url))
        ]
        text = f"{digest.name} {record.text[:CITING]}"
        numbers = tuple(n for n in document_numbers(text) if n != digest.number)
        return Document(digest, column, tuple(references[:LINKS]), cited(text), numbers)

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


_CONTENT = frozenset({Region.BODY, Region.LIST})
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
    return FactPage(
        digest.url,
        digest.name,
        tuple(squeeze(name) for name in names if name),
        digest.kind,
        klass,
        record.text,
        record.headings,
        tuple(one for one in record.spoken if one.region is not Region.FOOTER),
        bool(record.images or record.attachments or record.videos),
        record.script_fills,
        digest.sha256,
    )


def _names(units: tuple[RegisteredUnit, ...]) -> tuple[str, ...]:
    """Names of the units that have no site of their own."""
    return tuple(
        squeeze(name) for unit in units if not unit.site for name in (unit.name, *unit.aliases)
    )
