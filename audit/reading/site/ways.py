"""Ways to write to the site: what they are called, and whether their pages let one write."""

from collections.abc import Iterator

import msgspec

from audit.model import Channel, Channels, Form, Link, PageRecord, Reason, Region, Way
from audit.reading.site.digest import Digest
from audit.reading.site.entrances import Reach, follow, is_worded, serves, wordless_of
from audit.reading.site.survey import Survey
from audit.text import squeeze
from audit.vocabulary import any_of, pattern_of

NAME = 14  # characters of the name of a way; a headline is longer
SHOWN = 20
SHORT = 400  # characters of a page that says that it is closed
STEPS = 60  # links of a way's page that are followed


class Written(msgspec.Struct, frozen=True, array_like=True):
    """What a page offers to who wants to write."""

    form: bool
    closed: str
    script: bool
    steps: tuple[str, ...]  # where its links lead that may go on to a form
    sha256: str


class Ways:
    """Takes down which pages let one write."""

    def __init__(self, found: Survey) -> None:
        """Start with the pages that links call a way."""
        self._found = found
        self._pages: dict[str, Written] = {}
        self._mails: list[tuple[str, str, str]] = []
        self._loose: dict[str, str] = {}  # names whose address script or nobody gives, with a page
        self._named: list[tuple[str, str]] = []  # pages that call themselves a way, by address
        self._led = {
            page.url
            for url, text, _ in found.targets.texts()
            if _is_way(text) and (page := found.page(url)) is not None
        }

    def take(self, digest: Digest, record: PageRecord) -> None:
        """Keep a page that may be a way, and addresses to write to."""
        for link in record.links:
            if not link.url and link.text and _is_way(link.text):
                self._take_loose(link, digest.url)
        own = (digest.name, *(one.text for one in record.breadcrumb[-1:]))
        if name := next((one for one in own if _is_way(one)), ""):
            self._named.append((digest.url, name))
        script = record.script_fills or bool(record.frames)
        form = any(_takes_words(one, record) for one in record.forms)
        way = bool(name) or digest.url in self._led
        closed = pattern_of("dealings", "closed").search(record.text) if way else None
        if closed and len(record.text) > SHORT:
            closed = None
        steps = tuple(self._steps(record)) if way and not form else ()
        if form or closed or script or steps:
            self._pages[digest.url] = Written(
                form, closed[0] if closed else "", script, steps, digest.sha256
            )

    def _take_loose(self, link: Link, page: str) -> None:
        """Keep a name without an address to follow: one to write a mail to, or one that is dead."""
        if not link.href.startswith("mailto:"):
            self._loose.setdefault(link.text, page)
        elif len(self._mails) < SHOWN:
            self._mails.append((link.text, link.href, page))

    def _steps(self, record: PageRecord) -> Iterator[str]:
        """Where the page's own links lead that speak of writing or say nothing, and its frames."""
        seen = 0
        for link in record.links:
            own = link.url and self._found.answers.is_own(link.url) and link.url != record.url
            if not own or link.region in _MENUS or self._found.targets.is_common(link.url):
                continue
            if is_worded(link.text) and not pattern_of("dealings", "to_write").search(link.text):
                continue
            yield link.url
            seen += 1
            if seen >= STEPS:
                break
        yield from record.frames

    def made(self, unseen: Reason | None) -> Channels:
        """Every way once, in the order of addresses."""
        made: dict[str, Channel] = {}
        reports: dict[str, None] = {}
        for url, text, page in self._found.targets.texts():
            if not _is_way(text):
                if len(text) <= NAME and pattern_of("dealings", "reports_only").search(text):
                    reports[text] = None
                continue
            made.setdefault(url, self._channel(url, text, page))
        for text, href, page in self._mails:
            made.setdefault(href, Channel(text, page, page, Way.MAIL, href))
        for url, name in sorted(self._named)[:SHOWN]:
            made.setdefault(url, self._channel(url, name, url))
        for name, page in sorted(self._loose.items())[:SHOWN]:
            made.setdefault(f"#{name}", Channel(name, page, page, Way.BARE))
        script = Reason.NEEDS_BROWSER if self._found.waits else None
        wordless = wordless_of(self._found.targets)
        ways = tuple(made.values())[: 10 * SHOWN]
        return Channels(ways, tuple(reports), unseen or script, wordless)

    def _channel(self, url: str, text: str, page: str) -> Channel:
        followed = follow(self._found, url)
        said = followed.outcome
        match followed.reach:
            case Reach.GONE:
                return Channel(text, url, page, Way.MISSING, str(said), said)
            case Reach.LOGIN:
                way, quote = self._behind_login(url)
                return Channel(text, url, page, way, quote or str(said), said)
            case Reach.UNSEEN:
                quote = str(said) if said else ""
                return Channel(text, url, page, Way.UNSEEN, quote, said, followed.reason)
            case Reach.REACHED:
                return msgspec.structs.replace(self._read(url, text, page), outcome=said)

    def _behind_login(self, url: str) -> tuple[Way, str]:
        """A page that asks to log in is a way; one that is blank but for the site's login is none."""
        digest = self._found.page(url)
        if digest is None:
            return (Way.OPEN if serves(self._found, url) else Way.BARE), ""
        said = f"{digest.title} {digest.headline} {digest.said.text if digest.said else ''}"
        if closed := pattern_of("dealings", "closed").search(said):
            return Way.CLOSED, closed[0]
        return (Way.OPEN if any_of("page", "login_words").search(said) else Way.BARE), ""

    def _read(self, url: str, text: str, page: str) -> Channel:
        digest = self._found.page(url)
        if digest is None:  # another host that answers: the provincial platform and the like
            way = Way.OPEN if serves(self._found, url) else Way.BARE
            return Channel(text, url, page, way, url)
        seen = self._pages.get(digest.url)
        if seen is None:
            return Channel(text, url, page, Way.BARE, digest.name, sha256=digest.sha256)
        if seen.form or self._goes_on(seen):
            return Channel(text, url, page, Way.OPEN, digest.name, sha256=seen.sha256)
        if seen.closed:
            return Channel(text, url, page, Way.CLOSED, seen.closed, sha256=seen.sha256)
        if not seen.script:
            return Channel(text, url, page, Way.BARE, digest.name, sha256=seen.sha256)
        reason = Reason.NEEDS_BROWSER
        return Channel(text, url, page, Way.UNSEEN, digest.name, reason=reason, sha256=seen.sha256)

    def _goes_on(self, seen: Written) -> bool:
        """Whether a link of the page leads to a form."""
        pages = (self._found.page(url) for url in seen.steps)
        return any(
            page is not None and page.url in self._pages and self._pages[page.url].form
            for page in pages
        )


_MENUS = frozenset({Region.NAV, Region.FOOTER})


def _takes_words(form: Form, record: PageRecord) -> bool:
    """Whether a form takes a message; the site's login does only where one must log in to write."""
    if form.search:
        return False
    if form.password:
        return pattern_of("dealings", "log_in_first").search(record.text) is not None
    if not form.query_field and form.method != "post":
        return False
    writes = pattern_of("dealings", "writing").search(form.label)
    return writes is not None or not pattern_of("dealings", "not_writing").search(form.label)


def _is_way(text: str) -> bool:
    """Whether short words name a way to write, not a list, a poll or a piece of news."""
    name = squeeze(text)
    return (
        1 < len(name) <= NAME
        and pattern_of("dealings", "channels").search(name) is not None
        and pattern_of("dealings", "reports_only").search(name) is None
        and pattern_of("dealings", "not_channels").search(name) is None
    )
