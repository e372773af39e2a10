"""Ways to write to the site: what they are called, and whether their pages let one write."""

import msgspec

from audit.model import Channel, Channels, FetchOutcome, Link, PageRecord, Reason, Way
from audit.reading.site.answers import ALIVE, DEAD, reason_of
from audit.reading.site.digest import Digest
from audit.reading.site.survey import Survey
from audit.text import squeeze
from audit.vocabulary import any_of, pattern_of

NAME = 14  # characters of the name of a way; a headline is longer
SHOWN = 20
SHORT = 400  # characters of a page that says that it is closed


class Written(msgspec.Struct, frozen=True, array_like=True):
    """What a page offers to who wants to write."""

    form: bool
    mail: str
    closed: str
    script: bool
    sha256: str


class Ways:
    """Takes down which pages let one write."""

    def __init__(self, found: Survey) -> None:
        """Start with none."""
        self._found = found
        self._pages: dict[str, Written] = {}
        self._mails: list[tuple[str, str, str]] = []
        self._loose: dict[str, str] = {}  # names whose address script or nobody gives, with a page
        self._named: list[tuple[str, str]] = []  # pages that call themselves a way, by address

    def take(self, digest: Digest, record: PageRecord) -> None:
        """Keep a page that may be a way, and addresses to write to."""
        for link in record.links:
            if not link.url and link.text and _is_way(link.text):
                self._take_loose(link, digest.url)
        own = (digest.name, *(one.text for one in record.breadcrumb[-1:]))
        if name := next((one for one in own if _is_way(one)), ""):
            self._named.append((digest.url, name))
        form = any(
            not one.search and (one.query_field or one.password or one.method == "post")
            and not any_of("page", "not_search_words").search(one.label)
            for one in record.forms
        )  # fmt: skip
        closed = None
        if len(record.text) <= SHORT:
            closed = pattern_of("dealings", "closed").search(record.text)
        if form or closed or record.script_fills or record.frames:
            self._pages[digest.url] = Written(
                form, "", closed[0] if closed else "",
                record.script_fills or bool(record.frames), digest.sha256,
            )  # fmt: skip

    def _take_loose(self, link: Link, page: str) -> None:
        """Keep a name without an address to follow: one to write a mail to, or one that is dead."""
        if not link.href.startswith("mailto:"):
            self._loose.setdefault(link.text, page)
        elif len(self._mails) < SHOWN:
            self._mails.append((link.text, link.href, page))

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
        home = self._found.home_record
        dark = home is not None and home.script_fills and not home.lists
        script = Reason.NEEDS_BROWSER if dark else None
        return Channels(tuple(made.values())[: 10 * SHOWN], tuple(reports), unseen or script)

    def _channel(self, url: str, text: str, page: str) -> Channel:
        answer = self._found.answers.through(url)
        if answer is None:
            return Channel(text, url, page, Way.UNSEEN, reason=Reason.BUDGET)
        said = answer.outcome
        if said in DEAD:
            return Channel(text, url, page, Way.MISSING, str(said), said)
        if said is FetchOutcome.LOGIN_REQUIRED:
            return Channel(text, url, page, Way.OPEN, str(said), said)
        if said not in ALIVE:
            return Channel(text, url, page, Way.UNSEEN, str(said), said, reason_of(said))
        return self._read(url, text, page, said)

    def _read(self, url: str, text: str, page: str, said: FetchOutcome) -> Channel:
        digest = self._found.page(url)
        if digest is None:  # another host that answers: the provincial platform and the like
            return Channel(text, url, page, Way.OPEN, str(said), said)
        seen = self._pages.get(digest.url)
        if seen is None:
            return Channel(text, url, page, Way.BARE, digest.name, said, sha256=digest.sha256)
        if seen.form:
            return Channel(text, url, page, Way.OPEN, digest.name, said, sha256=seen.sha256)
        if seen.closed:
            return Channel(text, url, page, Way.CLOSED, seen.closed, said, sha256=seen.sha256)
        reason = Reason.NEEDS_BROWSER
        return Channel(text, url, page, Way.UNSEEN, digest.name, said, reason, seen.sha256)


def _is_way(text: str) -> bool:
    """Whether short words name a way to write, not a list, a poll or a piece of news."""
    name = squeeze(text)
    return (
        1 < len(name) <= NAME
        and pattern_of("dealings", "channels").search(name) is not None
        and pattern_of("dealings", "reports_only").search(name) is None
        and pattern_of("dealings", "not_channels").search(name) is None
    )
