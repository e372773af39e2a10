"""Services: what the site offers for getting things done, and what its guides say."""

from collections.abc import Iterable

import msgspec

from audit.model import (
    Column,
    FetchOutcome,
    LinkTarget,
    PageKind,
    PageRecord,
    Reason,
    Region,
    ServiceGuide,
    Services,
)
from audit.reading.folded import elements, elements_in
from audit.reading.site.digest import Digest
from audit.reading.site.entrances import wordless_of
from audit.reading.site.offers import Offers
from audit.reading.site.survey import Survey
from audit.text import squeeze
from audit.urls import host_port
from audit.vocabulary import pattern_of

REST = 16  # characters of the words of a link to the rest of a guide
ENTRY = 10  # characters of the words of an entry
KEPT = 500
LEAST = 2  # element classes by which a page named as a guide is known as one


class Guides:
    """Takes down the guides page by page."""

    def __init__(self, found: Survey) -> None:
        """Start with none."""
        self._found = found
        self._guides: list[ServiceGuide] = []
        self._offers = Offers(found)
        self._script = False
        self._rests: dict[str, str] = {}  # a guide's address: that of the page with the rest of it

    def take(self, digest: Digest, record: PageRecord, column: Column | None) -> None:
        """Keep a page that is the guide of a service, and what names services without a link."""
        self._offers.take(digest, record)
        unread = digest.outcome is FetchOutcome.NEEDS_BROWSER
        if len(self._guides) >= KEPT or not (_is_guide(digest, column) or unread):
            return
        if unread:
            self._script = self._script or _is_guide(digest, column)
            return
        if digest.rows and digest.kind not in {PageKind.ARTICLE, PageKind.SERVICE_GUIDE}:
            self._script = self._script or record.script_fills
            return
        said = squeeze(f"{digest.name}。{record.text} {' '.join(record.headings)}")
        labels = " ".join(one.label for one in record.spoken)
        present = _present(said, labels, record.folded)
        shown = len(present)
        if digest.name and "事项名称" not in present:
            present.insert(0, "事项名称")  # the guide's own title is the name of the service
        lacking = _lacking(present)
        sends_on = next((u for u in self._outside(record)), "")
        names = f"{digest.name} {column.name if column else ''}"
        named = pattern_of("dealings", "guide_names").search(names)
        if len(present) <= LEAST and not named:
            return
        if lacking and (rest := self._rest(record)):
            self._rests[digest.url] = rest
        doubt = Reason.NEEDS_BROWSER if record.script_fills or record.frames else None
        self._guides.append(
            ServiceGuide(
                digest.url, digest.name, tuple(present), lacking, doubt,
                sends_on if lacking else "", digest.sha256, shown, _is_pictured(record),
            )
        )  # fmt: skip

    def _outside(self, record: PageRecord) -> list[str]:
        """Links of the text to other hosts that speak of services: the provincial hall."""
        own = {host_port(record.url)}
        return [
            link.url
            for link in record.links
            if link.url and host_port(link.url) not in own and not self._found.answers.is_own(link.url)
            and pattern_of("dealings", "services").search(link.text)
            and not self._found.targets.is_common(link.url)
        ]  # fmt: skip

    def _rest(self, record: PageRecord) -> str:
        """The page of the site on which the text says that the guide goes on; empty: none."""
        for link in record.links:
            if link.region in {Region.NAV, Region.FOOTER} or link.url in {"", record.url}:
                continue
            if link.url in record.attachments or not self._found.answers.is_own(link.url):
                continue
            if _is_rest(link.text) and not self._found.targets.is_common(link.url):
                return link.url
        return ""

    def _joined(self) -> tuple[ServiceGuide, ...]:
        """The guides; one that goes on on another guide's page has what both show, and so has that."""
        guides = {guide.url: guide for guide in self._guides}
        for url, onward in self._rests.items():
            page = self._found.page(onward)
            first, rest = guides[url], guides.get(page.url if page is not None else onward)
            if rest is None:
                guides[url] = msgspec.structs.replace(first, onward=onward)
                continue
            present = tuple(n for n, _ in elements() if n in {*first.present, *rest.present})
            for one in (first, rest):
                guides[one.url] = msgspec.structs.replace(
                    one, present=present, lacking=_lacking(present), shown=len(present)
                )
        return tuple(guides.values())

    def made(self, unseen: Reason | None) -> Services:
        """What names a service, and the guides."""
        offered = self._offers.made()
        home = self._found.home_record
        dark = (
            self._script
            or self._offers.loose
            or (home is not None and home.script_fills and not home.lists)
        )
        script = Reason.NEEDS_BROWSER if dark else None
        why = unseen or script
        return Services(
            offered.names, self._joined(), why, self._entries(),
            offered.doubtful, offered.unanswered, wordless_of(self._found.targets),
        )  # fmt: skip

    def _entries(self) -> tuple[LinkTarget, ...]:
        """Short links of the home page and of menus that lead to a service."""
        return tuple(
            target
            for target in self._found.targets
            if target.region is Region.NAV or target.level == "home"
            if target.region is not Region.FOOTER
            if any(_is_entry(one.text) for one in target.examples)
        )


def _is_entry(text: str) -> bool:
    name = squeeze(text)
    return (
        1 < len(name) <= ENTRY
        and pattern_of("dealings", "entries").search(name) is not None
        and pattern_of("dealings", "not_entries").search(name) is None
    )


def _is_guide(digest: Digest, column: Column | None) -> bool:
    """Whether a page is a guide by its name, its kind or the column that holds it."""
    name = digest.name
    if pattern_of("dealings", "not_guides").search(name):
        return False
    if digest.kind is PageKind.SERVICE_GUIDE or pattern_of("dealings", "guide_names").search(name):
        return True
    above = column.name if column else ""
    return (
        digest.kind is PageKind.ARTICLE
        and pattern_of("dealings", "guide_names").search(above) is not None
    )


def _is_pictured(record: PageRecord) -> bool:
    """Whether a large picture or a document may describe the service; forms to fill in do not."""
    if record.images:
        return True
    said = {link.url: link.text for link in record.links if link.url in record.attachments}
    forms = pattern_of("dealings", "guide_forms")
    return any(forms.search(said.get(url, "")) is None for url in record.attachments)


def _present(said: str, labels: str, folded: tuple[str, ...]) -> list[str]:
    """The element classes that a page's words, its labels or its folded parts name."""
    named = {*elements_in(said), *elements_in(labels), *folded}
    return [name for name, _ in elements() if name in named]


def _lacking(present: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in elements() if name not in present)


def _is_rest(text: str) -> bool:
    """Whether the words of a link lead to the rest of a guide: they name an element, or 详情."""
    name = squeeze(text)
    if not 1 < len(name) <= REST or pattern_of("dealings", "guide_names").search(name):
        return False
    return bool(elements_in(name)) or pattern_of("dealings", "guide_rest").search(name) is not None
