"""The pages of a site's leaders: which parts of a leader's information they show."""

import re
from collections.abc import Iterable

from audit.model import (
    Column,
    ColumnClass,
    FetchOutcome,
    Leaders,
    Link,
    PageKind,
    PageRecord,
    Reason,
    Region,
)
from audit.reading.site.digest import Digest
from audit.reading.site.entrances import Reach, follow, is_worded
from audit.reading.site.heads import is_name
from audit.reading.site.survey import Survey
from audit.text import squeeze
from audit.vocabulary import pattern_of, words

PARTS = ("name", "duties", "resume")
SHOWN = 20
SHORT = 30  # characters of words that name a person with the office
NAME = 14  # characters of a link to a person's page; a longer one is a headline
SINGLE = 3  # characters of a name with a surname of one
_APART = re.compile(r"[\s:：,，、/|（(]+")


class Persons:
    """Takes down the leaders' pages, and pages that links call by a person's name."""

    def __init__(self, found: Survey, names: tuple[str, ...]) -> None:
        """`names`: those that are registered for the site's unit."""
        self._found = found
        empty = words("facts")["placeholders"]  # a vacant post is registered in such words
        self._names = tuple(name for name in names if squeeze(name) not in empty)
        self._missed = {squeeze(name) for name in self._names}
        self._pages: list[tuple[str, str, str]] = []
        self._taken: set[str] = set()
        self._parts: set[str] = set()
        self._links: dict[str, None] = {}  # where the leaders' pages lead for more
        self._aside: dict[str, tuple[set[str], str]] = {}  # parts and words of pages of persons
        self._persons = {
            page.url
            for url, text, _ in found.targets.texts()
            if _leads(text) and (page := found.page(url)) is not None
        }
        self._pictured = False
        self._vacant = False
        self._script = False

    def take(self, digest: Digest, record: PageRecord, column: Column | None) -> None:
        """Look at a page when it is about leaders."""
        own = column is not None and column.klass is ColumnClass.LEADERS
        if digest.kind is not PageKind.LEADERS and not own:
            if digest.url in self._persons:
                said = _said(digest, record)
                self._aside[digest.url] = set(_parts(digest, record, said)), squeeze(said)
            return
        unread = digest.outcome is FetchOutcome.NEEDS_BROWSER
        self._script = self._script or record.script_fills or unread
        self._taken.add(digest.url)
        if len(self._pages) < SHOWN:
            self._pages.append((digest.url, digest.name, digest.sha256))
        said = _said(digest, record)
        self._parts.update(_parts(digest, record, said))
        vacant = pattern_of("dealings", "leader_vacant").search(said)
        self._vacant = self._vacant or vacant is not None
        links = self._own_links(record)
        if any(_is_named(link.text) for link in links):
            self._parts.add("name")
        self._links.update((link.url, None) for link in links if _goes_on(link))
        self._miss(squeeze(said))
        self._pictured = self._pictured or bool(record.images or record.attachments)

    def made(self, unseen: Reason | None) -> Leaders:
        """All pages together, with those of the persons that they lead to."""
        script = Reason.NEEDS_BROWSER if self._script else None
        linked: Reason | None = None
        for url in self._links:
            linked = self._follow(url) or linked
        return Leaders(
            tuple(self._pages),
            tuple(part for part in PARTS if part in self._parts),
            tuple(name for name in self._names if squeeze(name) in self._missed),
            len(self._names),
            self._pictured,
            unseen or script or linked,
            self._vacant and "name" not in self._parts,
        )

    def _follow(self, url: str) -> Reason | None:
        """Add what a linked page shows; why it was not read, where it was not."""
        page = self._found.page(url)
        if page is not None and page.url in self._taken:
            return None
        if page is not None and page.url in self._aside:
            parts, said = self._aside[page.url]
            self._parts.update(parts)
            self._miss(said)
            return None
        followed = follow(self._found, url)
        if followed.reach is Reach.GONE:
            return None
        if not self._found.answers.is_own(url):
            return followed.reason or Reason.NOT_REGISTERED
        return followed.reason or Reason.NOTHING_FOUND

    def _miss(self, said: str) -> None:
        self._missed = {name for name in self._missed if name not in said}

    def _own_links(self, record: PageRecord) -> list[Link]:
        """Links of the page that are no menu's."""
        return [
            link
            for link in record.links
            if link.region is not Region.NAV and link.region is not Region.FOOTER
            if link.url != record.url and not self._found.targets.is_common(link.url)
        ]


def _said(digest: Digest, record: PageRecord) -> str:
    labels = " ".join(f"{one.label}：" for one in record.spoken)
    return f"{digest.name} {record.text} {labels}"


def _parts(digest: Digest, record: PageRecord, said: str) -> Iterable[str]:
    """The parts that a page shows by its words and headings."""
    if _names_in(said) or any(map(_is_named, (digest.headline, *record.headings))):
        yield "name"
    for part in ("duties", "resume"):
        if pattern_of("dealings", f"leader_{part}").search(said):
            yield part


def _names_in(said: str) -> bool:
    """Whether a person's name stands beside an office, a birth or the label 姓名."""
    found = pattern_of("dealings", "leader_name").finditer(said)
    return any(_is_person(match[match.lastindex or 0]) for match in found)


def _is_named(text: str) -> bool:
    """Whether short words are a person's name, alone or beside an office."""
    if len(text) > SHORT:
        return False
    return _is_person(text) or any(_is_person(one) for one in _APART.split(text) if len(one) > 1)


def _is_person(text: str) -> bool:
    """Whether words are a person's name and no word of a menu; names of four are of double surnames."""
    plain = squeeze(text)
    if len(plain) > SINGLE and plain[:2] not in words("facts")["surnames"] and "·" not in plain:
        return False
    return pattern_of("dealings", "not_persons").search(plain) is None and is_name(plain)


def _leads(text: str) -> bool:
    """Whether the words of a link may lead to a person's page: a name, an office, 简历."""
    if len(text) > NAME or pattern_of("dealings", "not_leader_links").search(text):
        return False
    return pattern_of("dealings", "leader_links").search(text) is not None or _is_named(text)


def _goes_on(link: Link) -> bool:
    """Whether a link of a leaders' page may lead to one leader's own page; a picture may."""
    return bool(link.url) and (not is_worded(link.text) or _leads(link.text))
