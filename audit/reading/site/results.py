"""What a search's answer shows: its results, how many it says there are, whether it says none."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from audit.model import Fetch, FetchOutcome, Link, PageRecord, Reason, Region
from audit.model.search import Asking, asked
from audit.model.words import READ
from audit.reading.classify import classify
from audit.text import normal_title, similarity
from audit.urls import host_port, key
from audit.vocabulary import any_of, pattern_of

ALIKE = 0.9  # likeness of titles from which two are one (rulebook 4.6)
CUT = ("…", "...", "．．．")
LEAST = 8  # characters of a cut title that tell which one it is
NOTICE = 2000  # characters of a page on which words of refusal are looked for


class Shown(msgspec.Struct, frozen=True):
    """One answer of the engine."""

    url: str
    asking: Asking
    fetch: Fetch
    outcome: FetchOutcome
    record: PageRecord | None
    links: tuple[Link, ...] = ()  # that are no part of the engine's own page
    stated: int | None = None
    none: bool = False  # it says that there is nothing
    refused: Reason | None = None  # why it did not search

    @property
    def good(self) -> bool:
        """Whether it is a page that answers the query."""
        return self.outcome in READ and self.record is not None and self.refused is None

    @property
    def unseen(self) -> bool:
        """Whether script may show more than was seen."""
        return self.record is None or self.record.script_fills

    @property
    def framed(self) -> bool:
        """Whether its frames, which were not opened, may show the results."""
        return self.record is not None and bool(self.record.frames) and self.fetch.via == "http"

    @property
    def counts(self) -> Counter[str]:
        """How often each address is linked."""
        return Counter(key(link.url) for link in self.links)


def shown(fetch: Fetch, record: PageRecord | None) -> Shown | None:
    """Read one answer; None: it answers no query."""
    url, asking = asked(fetch.url)
    if asking is None:
        return None
    outcome = classify(fetch, record)
    if outcome not in READ or record is None:
        return Shown(url, asking, fetch, outcome, record)
    if record.vanished and not asking.query:
        outcome = FetchOutcome.SOFT_404
    text = record.text
    stated = _stated(text.replace(asking.query, " ") if asking.query else text)
    links = tuple(
        link
        for link in record.links
        if link.url and not link.hidden and not _is_own(link, fetch.final_url or url)
    )
    says_none = stated == 0 or any_of("probes", "none_words").search(text) is not None
    return Shown(
        url, asking, fetch, outcome, record, links, stated, says_none, _refusal(record, fetch)
    )


def results(answer: Shown, plain: Counter[str]) -> tuple[Link, ...]:
    """The links that are results, each address once: what stands on every page is none (`plain`)."""
    here = answer.counts
    rows: dict[str, Link] = {}
    for link in answer.links:
        name = key(link.url)
        if link.region is not Region.FOOTER and link.text and here[name] > plain[name]:
            rows.setdefault(name, link)
    return tuple(rows.values())


def rank_of(rows: Iterable[Link], title: str, addresses: frozenset[str]) -> int | None:
    """The place of a document among results, from 1: by its address (keys) or its title."""
    for place, link in enumerate(rows, start=1):
        if key(link.url) in addresses or is_same_title(link.text, title):
            return place
    return None


def is_same_title(text: str, title: str) -> bool:
    """Whether the words of a result are the title: whole, nearly, cut at the end, or within more."""
    if not text or not title:
        return False
    if similarity(text, title) >= ALIKE:
        return True
    wanted, said = normal_title(title), normal_title(text)
    if text.rstrip().endswith(CUT) and len(said) >= LEAST:
        return wanted.startswith(said)
    return len(wanted) >= LEAST and wanted in said


def _is_own(link: Link, url: str) -> bool:
    """Whether a link goes to the engine itself: pages of results, orders, filters."""
    if host_port(link.url) != host_port(url):
        return False
    path = key(url).partition("?")[0]
    return "?" in link.url and path != "/" and key(link.url).partition("?")[0] == path


def _stated(text: str) -> int | None:
    """How many results the page says there are."""
    match = pattern_of("probes", "counts").search(text)
    if match is None:
        return None
    return int(next(group for group in match.groups() if group).replace(",", "") or 0)


def _refusal(record: PageRecord, fetch: Fetch) -> Reason | None:
    """A step before the results, or a limit: the engine was not tried."""
    text = record.text[:NOTICE]
    if any_of("probes", "refusals").search(text):
        return Reason.RATE_LIMITED
    asks = any(form.captcha for form in record.forms if form.search or not record.lists)
    if asks or (len(text) < NOTICE // 10 and any_of("probes", "captcha_words").search(text)):
        return Reason.CAPTCHA
    if any(form.password for form in record.forms) and fetch.hops:
        return Reason.LOGIN_REQUIRED
    return None
