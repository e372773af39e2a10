"""The estate as a whole: by unit, by office, and the share of qualified sites. Nothing is averaged."""

from collections.abc import Iterable, Iterator, Sequence

from audit.model import FactState, FindingStatus, SiteVerdict
from audit.pipeline.judged import Judged
from audit.pipeline.rows import outcome_row
from audit.report import Estate, Finding, SiteReport
from audit.rollup import OfficeRow, UnitRow, Unrouted


def roll_up(judged: Judged, sites: Sequence[SiteReport]) -> Estate:
    """Count what the sites' reports hold."""
    findings = [finding for site in sites for finding in site.findings]
    qualified = sum(site.verdict is SiteVerdict.QUALIFIED for site in sites)
    return Estate(
        outcomes=tuple(outcome_row(outcome) for outcome in judged.estate),
        units=tuple(_units(sites)),
        offices=tuple(_offices(sites)),
        qualified=qualified,
        qualified_share=round(qualified / len(sites), 4) if sites else None,
        unrouted=tuple(_unrouted(findings)),
    )


def _units(sites: Sequence[SiteReport]) -> Iterator[UnitRow]:
    """A unit's score is that of its own site; one without a site has its facts only."""
    for site in sites:
        owner = site.unit or site.id
        units = dict.fromkeys((owner, *(row.unit for row in site.facts)))
        for unit in units:
            own = unit == owner
            rows = [row for row in site.facts if row.unit == unit]
            charged = [f for f in site.findings if own or f.subject.key == unit]
            yield UnitRow(
                unit=unit,
                site=site.id if own else "",
                verdict=site.verdict if own else None,
                points=site.score.points if own else None,
                worst_case=site.score.worst_case if own else None,
                coverage=site.score.coverage if own else None,
                vetoes=site.score.vetoes if own else (),
                facts_present=sum(row.state is FactState.PRESENT for row in rows),
                facts=len(rows),
                faults=_count(charged, FindingStatus.FAIL),
                reviews=_count(charged, FindingStatus.REVIEW),
            )


def _offices(sites: Sequence[SiteReport]) -> Iterator[OfficeRow]:
    names = sorted({f.office for site in sites for f in site.findings if _is_open(f)})
    for name in names:
        own = [(site.id, f) for site in sites for f in site.findings if f.office == name]
        kept = [(site, f) for site, f in own if _is_open(f)]
        yield OfficeRow(
            office=name,
            faults=_count((f for _, f in kept), FindingStatus.FAIL),
            reviews=_count((f for _, f in kept), FindingStatus.REVIEW),
            sites=tuple(dict.fromkeys(site for site, _ in kept)),
        )


def _unrouted(findings: Sequence[Finding]) -> Iterator[Unrouted]:
    """Checks whose findings nobody is named for."""
    lost = [f for f in findings if f.office_by == "fallback" and _is_open(f)]
    for check in sorted({finding.check for finding in lost}):
        yield Unrouted(check, tuple(f.id for f in lost if f.check == check))


def _is_open(finding: Finding) -> bool:
    return finding.status is not FindingStatus.WAIVED


def _count(findings: Iterable[Finding], status: FindingStatus) -> int:
    return sum(finding.status is status for finding in findings)
