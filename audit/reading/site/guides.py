"""Services: what the site offers for getting things done, and what its guides say."""

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
from audit.reading.site.onward import Onward, joined, lacking_of, onward_of
from audit.reading.site.survey import Survey
from audit.text import squeeze
from audit.urls import host_port
from audit.vocabulary import pattern_of

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
        self._ways: dict[str, tuple[Onward, ...]] = {}  # by a guide's address: where it goes on

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
        # the site's own telephone stands in every footer
        own = (one.label for one in record.spoken if one.region is not Region.FOOTER)
        labels = " ".join(own)
        present = _present(said, labels, record.folded)
        shown = len(present)
        if digest.name and "事项名称" not in present:
            present.insert(0, "事项名称")  # the guide's own title is the name of the service
        lacking = lacking_of(present)
        sends_on = next((u for u in self._outside(record)), "")
        names = f"{digest.name} {column.name if column else ''}"
        named = pattern_of("dealings", "guide_names").search(names)
        if len(present) <= LEAST and not named:
            return
        if lacking:
            self._ways[digest.url] = onward_of(self._found, record)
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

    def made(self, unseen: Reason | None) -> Services:
        """What names a service, and the guides."""
        offered = self._offers.made()
        dark = self._script or self._offers.loose or self._found.waits
        script = Reason.NEEDS_BROWSER if dark else None
        why = unseen or script
        return Services(
            offered.names, joined(self._guides, self._ways, self._found.page), why, self._entries(),
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
