"""How a check says what it found: verdicts, what proves them, and the verdicts of whole pages."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from audit.model import (
    AsOf,
    Column,
    DatedItem,
    DateSource,
    Evidence,
    EvidenceKind,
    PageSlip,
    Reason,
    SlipKind,
    Subject,
    SubjectKind,
    Value,
    Verdict,
    VerdictState,
)
from audit.model.examination import RuleOnPage
from audit.model.search import SearchProbe
from audit.model.words import READ
from audit.reading import Reading
from audit.subjects import page_subject
from audit.urls import key as url_key

NAMED: Final = 5  # slips that a message names
TAG, SAID = 160, 120  # characters of an element and of what is wrong with it


def ok(subject: Subject, *, observed: str = "") -> Verdict:
    """Say that the subject is as it should be."""
    return Verdict(VerdictState.OK, subject, observed=observed)


def fault(
    subject: Subject,
    code: str,
    *,
    evidence: Iterable[Evidence],
    observed: str = "",
    limit: str = "",
    **values: Value | dt.date,
) -> Verdict:
    """Say that the subject breaks the norm for certain; `code` names the text, `values` fill it."""
    return Verdict(
        VerdictState.FAULT, subject, code, _plain(values), observed, limit, tuple(evidence)
    )


def review(
    subject: Subject,
    code: str,
    *,
    evidence: Iterable[Evidence],
    observed: str = "",
    limit: str = "",
    **values: Value | dt.date,
) -> Verdict:
    """Say that a person must look: two readings are possible. Never deducts, never fails CI."""
    return Verdict(
        VerdictState.REVIEW, subject, code, _plain(values), observed, limit, tuple(evidence)
    )


def _plain(values: Mapping[str, Value | dt.date]) -> dict[str, Value]:
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in values.items()}


def unknown(subject: Subject, reason: Reason) -> Verdict:
    """Say that the subject could not be judged, and why."""
    return Verdict(VerdictState.UNKNOWN, subject, reason=reason)


def quoted(url: str, quote: str, sha256: str = "", at: str = "") -> Evidence:
    """Words that stand on a page."""
    return Evidence(EvidenceKind.QUOTE, url, quote, at, sha256)


def fetched(url: str, quote: str, at: str = "") -> Evidence:
    """What came of asking for an address."""
    return Evidence(EvidenceKind.FETCH, url, quote, at)


def probed(probe: SearchProbe) -> Evidence:
    """A query to the search: its words, status or failure, results on the page."""
    came = f"HTTP {probe.status}，{probe.rows}条结果" if probe.status else probe.outcome.value
    said = f"“{probe.query}”：{came}"
    return Evidence(EvidenceKind.PROBE, probe.url, said, probe.at, sha256=probe.sha256)


def examined(found: RuleOnPage, shown: int) -> Evidence:
    """Elements of a page that break a rule of accessibility: the place, the tag, what is wrong."""
    rows = (f"{one.target}: {one.html[:TAG]} {one.said[:SAID]}" for one in found.rule.nodes[:shown])
    page = found.page
    return Evidence(EvidenceKind.TABLE, page.url, "\n".join(rows), page.at, page.sha256)


def table(url: str, rows: Iterable[str], sha256: str = "", at: str = "") -> Evidence:
    """Several short lines, such as the newest rows of a list, or what was tried and what came."""
    return Evidence(EvidenceKind.TABLE, url, "\n".join(rows), at, sha256)


def is_weak(item: DatedItem) -> bool:
    """Whether the date was read from an address alone: it may acquit, it never accuses."""
    return item.source is DateSource.URL


def is_exempt(column: Column, as_of: AsOf) -> bool:
    """Whether the register exempts the column on that day (the last day included)."""
    return column.exempt_until is not None and as_of.day <= column.exempt_until


def read_pages(reading: Reading, holders: frozenset[str]) -> Iterator[Verdict]:
    """Say of every page that was read, but for `holders`, that nothing is amiss with its words.

    Unknown where script brings words that were not read.
    """
    for page in reading.pages:
        if page.url in holders or page.outcome not in READ:
            continue
        if page.script_fills:
            yield unknown(page_subject(page), Reason.NEEDS_BROWSER)
        else:
            yield ok(page_subject(page))


def slip_verdicts(
    reading: Reading, kinds: Sequence[SlipKind], say: Callable[[PageSlip], str], joint: str = "、"
) -> Iterator[Verdict]:
    """The verdicts of every page on slips of some kinds; what a template repeats is one finding.

    Codes: `sure` (a fault) where a slip is sure, else `doubtful` (a review). `say`: a slip in words.
    """
    slips = reading.slips
    for found in slips.of(*kinds).values():
        sure = [one for one in found if one.slip.sure]
        shown = sure or found
        first, verdict = shown[0], fault if sure else review
        yield verdict(
            Subject(SubjectKind.PAGE, url_key(first.page), first.page, first.title or first.page),
            "sure" if sure else "doubtful",
            evidence=[quoted(one.page, one.slip.quote, one.sha256) for one in shown],
            observed=str(len(shown)),
            limit="0",
            slips=len(shown),
            words=joint.join(dict.fromkeys(say(one) for one in shown[:NAMED])),
            pages=max(one.pages for one in shown),
        )
    yield from read_pages(reading, slips.pages(*kinds))
