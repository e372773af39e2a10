"""Counts of findings, and the shares that charts draw."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from audit.model import (
    ColumnState,
    DirectionState,
    FactState,
    FindingStatus,
    PairState,
    Severity,
)
from audit.report import Finding, SiteReport


class Counts(msgspec.Struct, frozen=True):
    """How many findings: confirmed ones by severity, leads and waived ones apart."""

    veto: int
    major: int
    minor: int
    notice: int
    review: int
    waived: int

    @property
    def confirmed(self) -> int:
        """All confirmed findings."""
        return self.veto + self.major + self.minor + self.notice

    @property
    def total(self) -> int:
        """All findings."""
        return self.confirmed + self.review + self.waived


def counts_of(findings: Iterable[Finding]) -> Counts:
    """Count findings."""
    seen: Counter[str] = Counter()
    for finding in findings:
        if finding.status is FindingStatus.FAIL:
            seen[finding.severity.value] += 1
        else:
            seen[finding.status.value] += 1
    return Counts(
        veto=seen[Severity.VETO.value],
        major=seen[Severity.MAJOR.value],
        minor=seen[Severity.MINOR.value],
        notice=seen[Severity.NOTICE.value],
        review=seen[FindingStatus.REVIEW.value],
        waived=seen[FindingStatus.WAIVED.value],
    )


class Share(msgspec.Struct, frozen=True):
    """So many of so many; `unknown` could not be judged and are in neither."""

    good: int
    of: int
    unknown: int

    @property
    def is_whole(self) -> bool:
        """Whether something was judged and all of it is good."""
        return 0 < self.of == self.good

    @property
    def is_empty(self) -> bool:
        """Whether nothing could be judged."""
        return self.of == 0


class Duties(msgspec.Struct, frozen=True):
    """The duties of one site in numbers, for the overview."""

    columns: int
    stale: int
    blank: int
    undated: int
    columns_unknown: int
    forward: Share
    back: Share
    uninterpreted: int
    facts: Share


def is_scored(site: SiteReport) -> bool:
    """Whether the rulebook gives points; one of duties only looks whether they are done."""
    return all(item.result is None for item in site.score.items)


def duties_of(site: SiteReport) -> Duties:
    """Count the states of columns, pairs and facts."""
    columns = Counter(column.state for column in site.columns)
    facts = Counter(fact.state for fact in site.facts)
    open_facts = facts[FactState.NOT_ASSESSED] + facts[FactState.REVIEW]
    shown = [
        pair
        for pair in site.pairs
        if pair.interpretation and pair.policy.url and pair.state is not PairState.OUT_OF_SCOPE
    ]
    return Duties(
        columns=len(site.columns),
        stale=columns[ColumnState.STALE],
        blank=columns[ColumnState.BLANK],
        undated=columns[ColumnState.UNDATED],
        columns_unknown=columns[ColumnState.NOT_ASSESSED],
        forward=_links(pair.forward for pair in shown),
        back=_links(pair.back for pair in shown),
        uninterpreted=sum(pair.state is PairState.UNINTERPRETED for pair in site.pairs),
        facts=Share(facts[FactState.PRESENT], len(site.facts) - open_facts, open_facts),
    )


def _links(states: Iterable[DirectionState]) -> Share:
    seen = Counter(states)
    unknown = seen[DirectionState.NOT_ASSESSED]
    return Share(seen[DirectionState.OK], sum(seen.values()) - unknown, unknown)


class Bar(msgspec.Struct, frozen=True):
    """One segment of a bar: its meaning, how many, and start and width in percent of the axis."""

    meaning: str
    count: int
    start: float
    width: float


def stack(counts: Mapping[str, int], longest: int) -> tuple[Bar, ...]:
    """Segments of one bar, in the order of the mapping, on an axis that ends at `longest`."""
    bars: list[Bar] = []
    start = 0.0
    for meaning, count in counts.items():
        if count:
            width = round(100 * count / max(1, longest), 2)
            bars.append(Bar(meaning, count, round(start, 2), width))
            start += width
    return tuple(bars)


def severity_counts(counts: Counts) -> dict[str, int]:
    """The segments of a bar of findings."""
    return {
        "veto": counts.veto,
        "major": counts.major,
        "minor": counts.minor,
        "notice": counts.notice,
        "review": counts.review,
    }


def axis(value: float) -> float:
    """A value on an axis of 0 to 100, cut at its ends."""
    return round(min(100.0, max(0.0, value)), 2)
