"""What index.html shows: the estate in tables and charts, prepared for the template."""

from collections.abc import Iterable, Iterator

import msgspec

from audit.model import Fact, FindingStatus, OutcomeStatus, Reason, SiteVerdict
from audit.report import FactRow, Finding, Material, OutcomeRow, Report, SiteReport
from reports.changes import ChangeLine, changes
from reports.counting import (
    Bar,
    Counts,
    Duties,
    counts_of,
    duties_of,
    is_scored,
    severity_counts,
    stack,
)


class SiteLine(msgspec.Struct, frozen=True):
    """One site in the tables of the overview."""

    site: SiteReport
    unit: str
    counts: Counts
    duties: Duties


class FactLine(msgspec.Struct, frozen=True):
    """The six facts of one unit; None where the report holds no row."""

    unit: str
    site: SiteReport
    cells: tuple[FactRow | None, ...]


class CheckLine(msgspec.Struct, frozen=True):
    """The findings of one check over all sites."""

    id: str
    title: str
    counts: Counts
    sites: int
    bars: tuple[Bar, ...]


class OfficeLine(msgspec.Struct, frozen=True):
    """The findings of one office over all sites."""

    name: str
    counts: Counts
    sites: tuple[tuple[SiteReport, int], ...]  # with the number of its findings


class Gap(msgspec.Struct, frozen=True):
    """Checks that could not be assessed for one reason; site None: for the estate as a whole."""

    site: SiteReport | None
    reason: Reason | None
    checks: tuple[str, ...]  # titles


class Overview(msgspec.Struct, frozen=True):
    """The estate as a whole."""

    counts: Counts
    verdicts: dict[SiteVerdict, int]
    sites: tuple[SiteLine, ...]
    facts: tuple[FactLine, ...]
    checks: tuple[CheckLine, ...]
    offices: tuple[OfficeLine, ...]
    unrouted: tuple[tuple[str, str, int], ...]  # check, its title, how many findings nobody owns
    gaps: tuple[Gap, ...]
    changes: tuple[ChangeLine, ...]
    changes_left_out: int
    scored: bool


def overview(report: Report, material: Material) -> Overview:
    """Arrange the report for the overview."""
    found = [finding for site in report.sites for finding in site.findings]
    lines, left_out = changes(report, material)
    return Overview(
        counts=counts_of(found),
        verdicts={
            verdict: sum(site.verdict is verdict for site in report.sites)
            for verdict in SiteVerdict
        },
        sites=tuple(
            SiteLine(site, unit_name(site, material), counts_of(site.findings), duties_of(site))
            for site in report.sites
        ),
        facts=tuple(line for site in report.sites for line in fact_lines(site, material)),
        checks=_checks(report, found, material),
        offices=_offices(report),
        unrouted=tuple(
            (one.check, check_title(one.check, material), len(one.findings))
            for one in report.estate.unrouted
        ),
        gaps=tuple(_gaps(report, material)),
        changes=lines,
        changes_left_out=left_out,
        scored=all(is_scored(site) for site in report.sites),
    )


def unit_name(site: SiteReport, material: Material) -> str:
    """The unit that owes the duties of a site."""
    return material.units.get(site.unit or site.id, site.name)


def fact_lines(site: SiteReport, material: Material) -> Iterator[FactLine]:
    """The facts filed under one site, a line a unit, in the order of the report."""
    rows: dict[str, dict[Fact, FactRow]] = {}
    for row in site.facts:
        rows.setdefault(row.unit, {})[row.fact] = row
    for unit, cells in rows.items():
        yield FactLine(
            material.units.get(unit, unit), site, tuple(cells.get(fact) for fact in Fact)
        )


def check_title(check: str, material: Material) -> str:
    """The name of a fault for people."""
    card = material.checks.get(check)
    return card.failure_title if card else check


def _checks(report: Report, found: list[Finding], material: Material) -> tuple[CheckLine, ...]:
    by_check: dict[str, list[Finding]] = {}
    for finding in found:
        by_check.setdefault(finding.check, []).append(finding)
    sites = {
        check: sum(any(one.check == check for one in site.findings) for site in report.sites)
        for check in by_check
    }
    counted = {check: counts_of(findings) for check, findings in by_check.items()}
    longest = max((counts.total - counts.waived for counts in counted.values()), default=1)
    lines = [
        CheckLine(
            check,
            check_title(check, material),
            counts,
            sites[check],
            stack(severity_counts(counts), longest),
        )
        for check, counts in counted.items()
    ]
    return tuple(
        sorted(lines, key=lambda line: (-line.counts.confirmed, -line.counts.review, line.id))
    )


def _offices(report: Report) -> tuple[OfficeLine, ...]:
    """Findings that someone must act on; waived ones are left out."""
    by_office: dict[str, list[Finding]] = {}
    sites: dict[str, dict[str, int]] = {}
    for site in report.sites:
        for finding in site.findings:
            if finding.status is not FindingStatus.WAIVED:
                by_office.setdefault(finding.office, []).append(finding)
                own = sites.setdefault(finding.office, {})
                own[site.id] = own.get(site.id, 0) + 1
    by_id = {site.id: site for site in report.sites}
    lines = [
        OfficeLine(
            name,
            counts_of(findings),
            tuple((by_id[site], count) for site, count in sites[name].items()),
        )
        for name, findings in by_office.items()
    ]
    return tuple(
        sorted(lines, key=lambda line: (-line.counts.confirmed, -line.counts.review, line.name))
    )


def _gaps(report: Report, material: Material) -> Iterator[Gap]:
    parts: list[tuple[SiteReport | None, tuple[OutcomeRow, ...]]] = [(None, report.estate.outcomes)]
    parts += [(site, site.outcomes) for site in report.sites]
    for site, outcomes in parts:
        for reason, titles in unseen_checks(outcomes, material).items():
            yield Gap(site, reason, tuple(titles))


def unseen_checks(
    outcomes: Iterable[OutcomeRow], material: Material
) -> dict[Reason | None, list[str]]:
    """The names of the checks that could not be made, by the reason why."""
    checks: dict[Reason | None, list[str]] = {}
    for outcome in outcomes:
        if outcome.status is OutcomeStatus.NOT_ASSESSED:
            card = material.checks.get(outcome.check)
            name = card.title if card else outcome.check
            checks.setdefault(outcome.reason, []).append(name)
    return checks
