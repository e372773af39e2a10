"""The pages of a site's leaders: which parts of a leader's information they show."""

import re
from collections.abc import Iterable

import msgspec

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
from audit.urls import host_port
from audit.vocabulary import pattern_of, words

PARTS = ("name", "duties", "resume")
SHOWN = 20
SHORT = 30  # characters of words that name a person with the office
NAME = 14  # characters of a link to a person's page; a longer one is a headline
SINGLE = 3  # characters of a name with a surname of one
_APART = re.compile(r"[\s:：,，、/|（(]+")


NO_PERSONS = frozenset(
    {
        PageKind.HOME, PageKind.LIST, PageKind.SEARCH, PageKind.MESSAGES, PageKind.CONTACT,
        PageKind.SERVICE_GUIDE, PageKind.ERROR,
    }
)  # fmt: skip


class Aside(msgspec.Struct, frozen=True):
    """A page that a leaders' page may lead to."""

    parts: frozenset[str]
    said: str
    named: bool  # it calls itself by a person's name
    pictured: bool
    dark: bool  # script may show more


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
        self._links: dict[str, bool] = {}  # where they lead for more; whether in words
        self._aside: dict[str, Aside] = {}  # pages that links call by a person, or by nothing
        self._persons = {
            page.url
            for url, text, _ in found.targets.texts()
            if _leads(text) or (not is_worded(text) and self._is_shown(url))
            if (page := found.page(url)) is not None
        }
        self._pictured = False
        self._vacant = False
        self._script = False

    def take(self, digest: Digest, record: PageRecord, column: Column | None) -> None:
        """Look at a page when it is about leaders."""
        own = column is not None and column.klass is ColumnClass.LEADERS
        if digest.kind is not PageKind.LEADERS and not own:
            if digest.url in self._persons:
                self._aside[digest.url] = _aside_of(digest, record)
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
        for link in links:
            if _goes_on(link):
                self._links[link.url] = self._links.get(link.url, False) or is_worded(link.text)
        self._miss(squeeze(said))
        self._pictured = self._pictured or bool(record.images or record.attachments)

    def made(self, unseen: Reason | None) -> Leaders:
        """All pages together, with those of the persons that they lead to."""
        linked: Reason | None = None
        for url, worded in sorted(self._links.items(), key=lambda one: not one[1]):
            linked = (self._follow(url) if worded else self._glance(url)) or linked
        script = Reason.NEEDS_BROWSER if self._script else None
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
            aside = self._aside[page.url]
            self._parts.update(aside.parts)
            self._miss(aside.said)
            self._script = self._script or aside.dark
            self._pictured = self._pictured or aside.pictured
            return None
        followed = follow(self._found, url)
        if followed.reach is Reach.GONE:
            return None
        if not self._found.answers.is_own(url):
            return followed.reason or Reason.NOT_REGISTERED
        return followed.reason or Reason.NOTHING_FOUND

    def _glance(self, url: str) -> Reason | None:
        """Where a link without words leads: a person's own page counts; why others leave parts open."""
        page = self._found.page(url)
        if page is None:
            known = pattern_of("entrances", "no_ways").search(host_port(url)) is not None
            return None if known else self._follow(url)
        aside = self._aside.get(page.url)
        if page.kind in NO_PERSONS or aside is None or aside.named:
            return None if page.kind in NO_PERSONS else self._follow(url)
        telling = aside.dark or aside.pictured or not aside.parts <= self._parts
        return Reason.NOTHING_FOUND if telling else None

    def _is_shown(self, url: str) -> bool:
        """Whether a leaders' page holds the link."""
        pages = (self._found.page(page) for page in self._found.targets.holders(url))
        return any(page is not None and page.kind is PageKind.LEADERS for page in pages)

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


def _aside_of(digest: Digest, record: PageRecord) -> Aside:
    said = _said(digest, record)
    return Aside(
        frozenset(_parts(digest, record, said)),
        squeeze(said),
        _is_named(digest.name),
        bool(record.images or record.attachments),
        record.script_fills or digest.outcome is FetchOutcome.NEEDS_BROWSER,
    )


def _said(digest: Digest, record: PageRecord) -> str:
    labelled = " 。".join(f"{one.label}：{one.value}" for one in record.spoken)
    return f"{digest.name}。 {record.text} {labelled}"


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
