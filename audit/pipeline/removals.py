"""A finding whose subject was taken off the site is gone: what was seen to be gone, not what was not seen."""

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from audit.config import saw_alike
from audit.model import (
    EvidenceKind,
    FetchOutcome,
    PageFlag,
    PageRecord,
    Subject,
    SubjectKind,
    Verdict,
)
from audit.model.words import GONE, READ
from audit.pipeline.judged import Judged
from audit.pipeline.leftover import last_verdicts, left_over, run_before
from audit.pipeline.sanity import suspicions
from audit.reading import Reading
from audit.reading.site.answers import ALIVE, ENOUGH, MISSING
from audit.reading.site.digest import Digest
from audit.store import OpenFinding, RunRow, Store
from audit.store.snapshot import SiteSnapshot
from audit.urls import key, without_visit_ids

CUT = frozenset({PageFlag.CUT, PageFlag.LINKS_CAPPED})  # what stands further down was not seen
HOLDING = ALIVE | {FetchOutcome.BOT_CHALLENGE, FetchOutcome.NEEDS_BROWSER}
"""What a page answered on whose links may have been counted; the browser opens the last two."""
ASKED = 500  # pages of a site that are asked for although no link leads to them
LATER = 2  # the round in which a page that was not walked is asked for the second time
STANDING = frozenset({SubjectKind.PAGE, SubjectKind.ITEM, SubjectKind.COLUMN})
"""Subjects that are no more when their address has no page."""
HOLDS = frozenset({EvidenceKind.QUOTE, EvidenceKind.TABLE})  # evidence on a page that held a link


def with_removals(
    judged: Judged,
    store: Store,
    run: RunRow,
    readings: Sequence[Reading],
    varying: Collection[str] = (),
) -> Judged:
    """The judgement with the findings whose link or page was taken off its site.

    Only a whole, unsuspect reading of the site can tell. What moved must be known before: a page
    that moved was not removed.
    """
    if run.partial or run.quick:
        return judged
    whole = {one.card.id: one for one in readings if _is_whole(one)}
    left = [one for one in left_over(judged, store, run, varying) if one.site in whole]
    if not left or suspicions(store, run, judged):
        return judged
    linked = {site: _linked(whole[site]) for site in {one.site for one in left}}
    unread: dict[tuple[str, str], bool] = {}  # by site and earlier run
    removed = dict(judged.removed)
    for one, verdict in _verdicts(left, store, run):
        reading, place = whole[one.site], (one.site, one.last)
        if not is_removed(verdict, reading, linked[one.site]):
            continue
        if _is_held_elsewhere(verdict):
            if place not in unread:
                unread[place] = _lost_pages(reading, store.snapshot(one.last, one.site))
            if unread[place]:
                continue
        removed[one.id] = one.check
    return msgspec.structs.replace(judged, removed=removed)


def remembered(store: Store, run: RunRow, site: str) -> Collection[str]:
    """Pages of a site that open findings are about or cite: whether they are still there is asked."""
    before = None if run.partial or run.quick else run_before(store.runs(), run)
    if before is None:
        return ()
    left = [one for one in store.open_at(before.id) if one.site == site]
    pages: set[str] = set()
    for _, verdict in _verdicts(left, store, run):
        if verdict.subject.kind in STANDING:
            pages.add(verdict.subject.url)
        elif verdict.subject.kind is SubjectKind.LINK:
            pages |= _holders(verdict)
    return sorted(pages)[:ASKED]


def is_removed(verdict: Verdict, reading: Reading, linked: Collection[str]) -> bool:
    """Whether the subject of an earlier verdict is no more; `linked`: what the site's links name."""
    subject = verdict.subject
    if subject.kind in STANDING:
        return not _is_registered(subject, reading) and _is_gone(subject.url, reading)
    if subject.kind is not SubjectKind.LINK or subject.aspect or _names(subject) & set(linked):
        return False
    held = _holders(verdict)
    seen = [_was_seen(url, reading) for url in held]
    return True in seen and False not in seen


def _is_registered(subject: Subject, reading: Reading) -> bool:
    """Whether the config says that there must be such a column."""
    columns = {key(one.url) for one in reading.registers.columns}
    return subject.kind is SubjectKind.COLUMN and subject.key in columns


def _holders(verdict: Verdict) -> set[str]:
    return {one.url for one in verdict.evidence if one.kind in HOLDS}


def _is_held_elsewhere(verdict: Verdict) -> bool:
    """Whether more pages held the link than the evidence names, so that any page may be one of them."""
    pages = verdict.values.get("pages", 0)
    if verdict.subject.kind is not SubjectKind.LINK or not isinstance(pages, int):
        return False
    return pages > len(_holders(verdict))


def _lost_pages(reading: Reading, past: SiteSnapshot) -> bool:
    """Whether a page that may have been read in an earlier run could not be read, or not whole, now."""
    survey = reading.survey
    missing = {
        url
        for url, _, _ in survey.targets.addresses()
        if (answer := survey.answers.of(url)) is not None
        if answer.outcome in MISSING and survey.answers.is_own(url) and not _is_gone(url, reading)
    }
    closed = reading.closed_pages | missing
    dim = {url for url, page in survey.digests.items() if _is_dim(page)}
    then = past.pages_at(closed | dim)
    unknown = {url for url in closed if url not in then or then[url][0].outcome in HOLDING}
    dimmed = (then[url][1] for url in dim if url in then)
    return bool(unknown) or any(one is not None and not _is_dim(one) for one in dimmed)


def _is_dim(page: Digest | PageRecord) -> bool:
    """Whether more may stand on a page than was read of it."""
    return page.script_fills or bool(CUT.intersection(page.flags))


def _is_whole(reading: Reading) -> bool:
    return reading.complete and reading.unseen is None and not reading.browserless


def _verdicts(
    left: Iterable[OpenFinding], store: Store, run: RunRow
) -> Iterator[tuple[OpenFinding, Verdict]]:
    """Each as the last run that had it judged it; of links, where that run looked at the same pages."""
    alike: dict[tuple[str, str], bool] = {}
    for one, before, verdict in last_verdicts(left, store):
        place = (before.id, one.site)
        if place not in alike:
            same = before.options == run.options
            alike[place] = same and saw_alike(before.config, run.config, one.site)
        if alike[place] or verdict.subject.kind in STANDING:
            yield one, verdict


def _linked(reading: Reading) -> frozenset[str]:
    """Every name of what the site links to, as subjects of links are named."""
    found: set[str] = set()
    for url in reading.survey.targets.written():
        found |= {url, without_visit_ids(url)}
        if reading.survey.answers.is_own(url):
            found |= {key(url), key(without_visit_ids(url))}
    return frozenset(found)


def _names(subject: Subject) -> set[str]:
    return {subject.key, subject.url}


def _was_seen(url: str, reading: Reading) -> bool | None:
    """Whether a page was read again, or is gone for certain; None: no link led to it any more."""
    if reading.survey.answers.of(url) is None:
        return None
    page = reading.survey.page(url)
    if page is None or page.outcome not in READ:
        return _is_gone(url, reading)
    return not _is_dim(page)


def _is_gone(url: str, reading: Reading) -> bool:
    """Whether the address said that it has no page, and again some time later."""
    answer = reading.survey.answers.of(url)
    if answer is None or answer.looks < ENOUGH or not answer.round:
        return False
    if not answer.walked and answer.round < LATER:
        return False
    missing = answer.outcome is FetchOutcome.HTTP_4XX and answer.status in GONE
    return missing or answer.outcome is FetchOutcome.SOFT_404
