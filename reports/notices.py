"""What a notice of rectification tells one unit, and the circular all of them; no layout.

A notice demands the putting right of confirmed findings only. Leads are listed apart, to be looked at;
what could not be looked at is listed too, so that nobody takes silence for praise.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from audit.model import FindingStatus, OutcomeStatus, SiteVerdict
from audit.report import EvidenceRow, Finding, Material, Report, SiteReport
from audit.text import shorten
from reports.columns import Shelf
from reports.counting import Counts, counts_of, is_scored
from reports.measured import measures
from reports.overview import check_title, unseen_checks
from reports.speech import Speech

MOST = 500  # rows of one list; the ledger has them all
CITED = 2  # pieces of evidence of one row
QUOTED = 160  # characters of a quote
FIRST = 12  # kinds of findings that the circular names


class Cited(msgspec.Struct, frozen=True):
    """One piece of evidence: what was seen, where, when (in words)."""

    quote: str
    url: str
    at: str


class Row(msgspec.Struct, frozen=True):
    """One finding in the words of a notice."""

    id: str
    title: str
    severity: str  # empty: a lead
    state: str
    site: str
    column: str
    label: str  # of the place
    url: str
    message: str
    measured: str
    evidence: tuple[Cited, ...]
    basis: str
    remedy: str
    office: str
    due: dt.date | None


class Unseen(msgspec.Struct, frozen=True):
    """Checks of one site that could not be made, and the one reason why."""

    site: str
    why: str
    titles: tuple[str, ...]


class Notice(msgspec.Struct, frozen=True):
    """All that one unit is told."""

    file: str  # its name without ending
    unit: str
    sites: tuple[SiteReport, ...]
    counts: Counts
    faults: tuple[Row, ...]
    leads: tuple[Row, ...]
    unseen: tuple[Unseen, ...]

    @property
    def dues(self) -> list[dt.date]:
        """The days by which something must be put right, the first first."""
        return sorted({row.due for row in self.faults if row.due is not None})


class Common(msgspec.Struct, frozen=True):
    """One kind of finding over all units: its name, how many, whose."""

    title: str
    count: int
    units: tuple[str, ...]


class Standing(msgspec.Struct, frozen=True):
    """One site in the circular's table."""

    unit: str
    site: str
    verdict: str
    points: str
    coverage: str
    counts: Counts
    new: int
    unseen: int  # checks that could not be made


def notices(report: Report, material: Material, speech: Speech) -> Iterator[Notice]:
    """One notice for each unit that has a finding or a lead, in the order of the report."""
    for unit, sites in _by_unit(report).items():
        found = [finding for site in sites for finding in site.findings]
        counts = counts_of(found)
        if not counts.confirmed and not counts.review:
            continue
        rows = [
            (finding.status, _row(site, finding, shelf, material, speech))
            for site in sites
            for shelf in (Shelf.of(site, speech),)
            for finding in site.findings
        ]
        yield Notice(
            file=unit,
            unit=material.units.get(unit, sites[0].name),
            sites=tuple(sites),
            counts=counts,
            faults=tuple(row for status, row in rows if status is FindingStatus.FAIL),
            leads=tuple(row for status, row in rows if status is FindingStatus.REVIEW),
            unseen=tuple(_unseen(sites, material, speech)),
        )


def commons(report: Report, material: Material) -> tuple[Common, ...]:
    """The kinds of confirmed findings, the most frequent first."""
    times: Counter[str] = Counter()
    whose: dict[str, dict[str, None]] = {}
    for site in report.sites:
        for finding in site.findings:
            if finding.status is FindingStatus.FAIL:
                times[finding.check] += 1
                whose.setdefault(finding.check, {})[unit_name(site, material)] = None
    ordered = sorted(times.items(), key=lambda one: (-one[1], one[0]))
    return tuple(
        Common(check_title(check, material), count, tuple(whose[check]))
        for check, count in ordered[:FIRST]
    )


def standings(report: Report, material: Material, speech: Speech) -> tuple[Standing, ...]:
    """The sites side by side."""
    change = report.comparison
    fresh = {*change.new, *change.reopened} - {*change.by_rules} if change else set[str]()
    return tuple(
        Standing(
            unit_name(site, material),
            site.name,
            speech.word(site.verdict),
            speech.score(site.score.points) if is_scored(site) else "—",
            speech.percent(site.score.coverage),
            counts_of(site.findings),
            sum(1 for one in site.findings if one.status is FindingStatus.FAIL and one.id in fresh),
            sum(1 for one in site.outcomes if one.status is OutcomeStatus.NOT_ASSESSED),
        )
        for site in report.sites
    )


def verdicts(report: Report) -> Counter[SiteVerdict]:
    """How many sites have which verdict."""
    return Counter(site.verdict for site in report.sites)


def unit_name(site: SiteReport, material: Material) -> str:
    """The unit that answers for a site."""
    return material.units.get(site.unit or site.id, site.name)


def _by_unit(report: Report) -> dict[str, list[SiteReport]]:
    found: dict[str, list[SiteReport]] = {}
    for site in report.sites:
        found.setdefault(site.unit or site.id, []).append(site)
    return found


def _row(
    site: SiteReport, finding: Finding, shelf: Shelf, material: Material, speech: Speech
) -> Row:
    observed, limit = measures(finding, speech)
    parts = [
        speech.say(f"实测：{observed}", f"measured: {observed}") if observed else "",
        speech.say(f"要求：{limit}", f"required: {limit}") if limit else "",
    ]
    confirmed = finding.status is FindingStatus.FAIL
    return Row(
        id=finding.id,
        title=check_title(finding.check, material),
        severity=speech.word(finding.severity) if confirmed else "",
        state=speech.word(finding.state),
        site=site.name,
        column=shelf.name_for(finding),
        label=finding.subject.label,
        url=finding.subject.url,
        message=finding.message,
        measured=speech.say("；", "; ").join(filter(None, parts)),
        evidence=tuple(_cited(finding.evidence, speech)),
        basis=f"{finding.basis.document} {finding.basis.clause}".strip(),
        remedy=finding.remedy,
        office=finding.office,
        due=finding.due,
    )


def _cited(evidence: Iterable[EvidenceRow], speech: Speech) -> Iterator[Cited]:
    """The first pieces of evidence that quote something, else the first ones; each said once."""
    known = tuple(evidence)
    found: dict[tuple[str, str], Cited] = {}
    for one in [one for one in known if one.quote.strip()] or known:
        quote = " / ".join(filter(None, map(str.strip, one.quote.splitlines())))
        at = speech.time(one.at) if one.at else ""
        found.setdefault((quote, one.url), Cited(shorten(quote, QUOTED), one.url, at))
    yield from tuple(found.values())[:CITED]


def _unseen(sites: Iterable[SiteReport], material: Material, speech: Speech) -> Iterator[Unseen]:
    for site in sites:
        for reason, titles in unseen_checks(site.outcomes, material).items():
            yield Unseen(site.name, speech.why(reason.value) if reason else "—", tuple(titles))
