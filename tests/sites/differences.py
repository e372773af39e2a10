"""Compares what was read of a site with its truth, exactly: every difference by what it is about."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from audit.model import Column, DatedItem, DateSource, FetchOutcome, PageKind, Verdict, VerdictState
from tests.sites.truth import NONE, ColumnTruth, FoundTruth, Truth
from tests.sites.visited import Seen, path_of

# the checks that the truths speak of: those of columns, lists, dates, links and pages
JUDGED = frozenset(
    (
        "blank-column broken-attachment conflicting-site-code dead-link empty-link hidden-link"
        " missing-identity-mark missing-page-label stale-column stale-home suspicious-date"
        " undated-item"
    ).split()
)


class Difference(msgspec.Struct, frozen=True):
    """One thing read amiss; `about` names it in `known_gaps`."""

    about: str
    truth: str
    read: str


def differences(truth: Truth, seen: Seen) -> list[Difference]:
    """Everything that was read otherwise than it is."""
    return [one for measure in MEASURES.values() for one in measure(truth, seen)]


def _home(truth: Truth, seen: Seen) -> Iterator[Difference]:
    home = seen.home
    newest = home.items[0] if home.items else None
    yield from _unlike("home newest", truth.home.newest, _day(newest))
    yield from _unlike("home gate", str(truth.home.gate), str(home.gate))
    fills = truth.home.script_fills
    yield from _unlike("home script_fills", str(fills), str(home.script_fills))


def _columns(truth: Truth, seen: Seen) -> Iterator[Difference]:
    known = {column.url: column for column in truth.columns}
    yield from _sets("column", known, seen.columns)
    for url, column in known.items():
        if url in seen.columns:
            yield from _column(column, seen.columns[url])


def _column(truth: ColumnTruth, read: Column) -> Iterator[Difference]:
    pairs = {
        "name": (truth.name, read.name),
        "class": (truth.klass, read.klass.value),
        "kind": (truth.kind, read.kind.value),
        "newest": (truth.newest, _day(read.newest)),
        "items": (truth.items, read.items),
        "dated": (truth.items if truth.dated is None else truth.dated, read.dated),
        "pages": (truth.pages, read.read_pages + read.unread_pages),
        "level": (truth.level, read.level),
    }
    for name, (wanted, found) in pairs.items():
        yield from _unlike(f"column {truth.url} {name}", str(wanted), str(found))


def _articles(truth: Truth, seen: Seen) -> Iterator[Difference]:
    """The date of every article, and that no other page is one."""
    articles = {url for url, card in seen.pages.items() if card.kind is PageKind.ARTICLE}
    yield from _sets("article", truth.articles, articles)
    for url, wanted in truth.articles.items():
        card = seen.pages.get(url)
        if card is None:
            continue
        published = f"{card.published} {card.published_source}" if card.published else NONE
        written = seen.written.get(url)
        read = f"{published}, written {written}" if written else published
        yield from _unlike(f"date {url}", wanted, read)


def _kinds(truth: Truth, seen: Seen) -> Iterator[Difference]:
    others = {
        url: card.kind.value
        for url, card in seen.pages.items()
        if url not in truth.articles and card.kind is not PageKind.ARTICLE
    }
    yield from _sets("page", truth.kinds, [*others, *(u for u in truth.kinds if u in seen.pages)])
    for url, wanted in truth.kinds.items():
        if url in seen.pages and seen.pages[url].kind.value not in wanted.split("|"):
            yield Difference(f"kind {url}", wanted, seen.pages[url].kind.value)


def _encodings(truth: Truth, seen: Seen) -> Iterator[Difference]:
    for url in truth.kinds:
        card = seen.pages.get(url)
        if card is not None and card.encoding and card.outcome is FetchOutcome.OK:
            yield from _unlike(f"encoding {url}", truth.encoding, card.encoding)


def _redirects(truth: Truth, seen: Seen) -> Iterator[Difference]:
    yield from _sets("redirect", truth.redirects, seen.leads)
    for url, target in truth.redirects.items():
        if url in seen.leads:
            yield from _unlike(f"redirect {url} to", target, seen.leads[url])


def _findings(truth: Truth, seen: Seen) -> Iterator[Difference]:
    for check, verdicts in seen.verdicts.items():
        if check in JUDGED and check not in truth.unjudged:
            yield from _check(check, truth.findings.get(check, FoundTruth()), verdicts)


def _check(check: str, truth: FoundTruth, verdicts: Iterable[Verdict]) -> Iterator[Difference]:
    said: dict[str, Verdict] = {subject_of(verdict): verdict for verdict in verdicts}
    for state, wanted in ((VerdictState.FAULT, truth.fault), (VerdictState.REVIEW, truth.review)):
        read = [name for name, verdict in said.items() if verdict.state is state]
        yield from _sets(f"{check} {state.value}", wanted, read)
    for name, reason in truth.unknown.items():
        verdict = said.get(name)
        unknown = verdict is not None and verdict.state is VerdictState.UNKNOWN
        read = str(verdict.reason) if verdict is not None and unknown else "judged"
        yield from _unlike(f"{check} unknown {name}", reason, read if verdict else NONE)


def subject_of(verdict: Verdict) -> str:
    """The path of a verdict's subject, with its aspect."""
    subject = verdict.subject
    path = path_of(subject.url)
    return f"{path}#{subject.aspect}" if subject.aspect else path


def _unlike(about: str, truth: str, read: str) -> Iterator[Difference]:
    if truth != read:
        yield Difference(about, truth, read)


def _sets(what: str, truth: Iterable[str], read: Iterable[str]) -> Iterator[Difference]:
    here, there = set(truth), set(read)
    for one in sorted(here ^ there):
        missed = one in here
        yield Difference(f"{what} {one}", *(("there", NONE) if missed else (NONE, "there")))


def _day(item: DatedItem | None) -> str:
    if item is None or item.day is None:
        return NONE
    return f"{item.day} {item.source or DateSource.LIST}"


MEASURES: Mapping[str, Callable[[Truth, Seen], Iterator[Difference]]] = {
    "home": _home,
    "columns": _columns,
    "articles": _articles,
    "page kinds": _kinds,
    "encodings": _encodings,
    "redirects": _redirects,
    "findings": _findings,
}
