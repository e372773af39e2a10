"""From what was judged to the report: words in one language, severities and points of the rulebook."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from audit import __version__
from audit.api import AnyCheck
from audit.config import Config
from audit.model import (
    AsOf,
    Evidence,
    FindingState,
    FindingStatus,
    Outcome,
    Severity,
    Subject,
    Verdict,
    VerdictState,
)
from audit.pipeline.duties import score_items
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, JudgedSite, Past
from audit.pipeline.offices import Office, office_of
from audit.pipeline.rollup import roll_up
from audit.pipeline.rows import column_rows, fact_rows, outcome_row, pair_rows, search_row
from audit.report import (
    SCHEMA,
    BasisRow,
    EvidenceRow,
    Finding,
    PageTotals,
    Report,
    RulebookStamp,
    RunStamp,
    Score,
    SiteReport,
    SubjectRow,
    Tool,
    VetoRow,
)
from audit.rulebooks import Rulebook
from audit.scoring import Charge, Measured, Scorecard, reason_text, score
from audit.text import mask, shorten, visible

QUOTE = 400  # characters of one quote in a report
TABLE = 2000  # characters of a table of short lines
_ORDER = {severity: place for place, severity in enumerate(Severity)}


class Wording(msgspec.Struct, frozen=True):
    """What puts a judged run into words."""

    checks: Mapping[str, AnyCheck]
    rulebook: Rulebook
    config: Config
    language: str


def compose(judged: Judged, stamp: RunStamp, wording: Wording) -> Report:
    """The whole report. Pure: the same input gives the same report."""
    findings: dict[str, list[Finding]] = {site.card.id: [] for site in judged.sites}
    charges: dict[str, list[Charge]] = {site.card.id: [] for site in judged.sites}
    by_id = {site.card.id: site for site in judged.sites}
    addresses = {one.id: one.url for one in judged.moved.values() if one.url}
    for site_id, check, verdict, finding_id in findings_of(judged):
        finding = _finding(by_id[site_id], check, verdict, finding_id, judged, wording)
        if finding_id in addresses:
            finding = msgspec.structs.replace(finding, moved_from=addresses[finding_id])
        findings[site_id].append(finding)
        charges[site_id].append(
            Charge(finding_id, check, finding.labels, finding.status, verdict.subject.key)
        )
    sites = tuple(
        _site(site, findings[site.card.id], charges[site.card.id], judged, wording)
        for site in judged.sites
    )
    return Report(
        schema=SCHEMA,
        tool=Tool("duwang", __version__),
        rulebook=RulebookStamp(
            wording.rulebook.id, wording.rulebook.version, wording.rulebook.verified, judged.as_of
        ),
        run=stamp,
        sites=sites,
        estate=roll_up(judged, sites),
        comparison=None,
    )


def _site(
    site: JudgedSite,
    findings: list[Finding],
    charges: list[Charge],
    judged: Judged,
    wording: Wording,
) -> SiteReport:
    outcomes = (*site.outcomes, *judged.estate_by_site.get(site.card.id, ()))
    units = len({f.unit for f in site.facts})
    card = scorecard(site.card.id, outcomes, charges, units, wording)
    varying = {name for name, check in wording.checks.items() if check.varies}
    steady = scorecard(
        site.card.id,
        [one for one in outcomes if one.check not in varying],
        [one for one in charges if one.check not in varying],
        units,
        wording,
    )
    as_of = AsOf(judged.as_of, wording.config.calendar())
    return SiteReport(
        id=site.card.id,
        name=site.card.name,
        home=site.card.home,
        unit=site.card.unit,
        verdict=card.verdict,
        reason=reason_text(card, wording.language),
        score=_score(card, steady, findings, wording),
        pages=PageTotals(site.fetched, site.assessed, dict(sorted(site.not_assessed.items()))),
        columns=column_rows(site, judged, as_of),
        pairs=pair_rows(site, judged, findings),
        facts=fact_rows(site),
        search=search_row(site),
        outcomes=tuple(outcome_row(outcome) for outcome in sorted(outcomes, key=lambda o: o.check)),
        findings=tuple(sorted(findings, key=_place)),
    )


def scorecard(
    site_id: str,
    outcomes: Iterable[Outcome],
    charges: Iterable[Charge],
    units: int,
    wording: Wording,
) -> Scorecard:
    """The score of one site."""
    return score(
        charges,
        [Measured(o.check, o.status, o.subjects, o.parts) for o in outcomes],
        wording.rulebook,
        services=wording.config.services_of(site_id),
        units=max(1, units),
        confirmed=wording.config.confirmed(),
    )


def _score(card: Scorecard, steady: Scorecard, findings: list[Finding], wording: Wording) -> Score:
    return Score(
        points=None if card.points is None else float(card.points),
        worst_case=float(card.worst_case),
        coverage=round(card.coverage, 4),
        norm_share=round(card.norm_share, 4),
        vetoes=tuple(card.vetoes),
        items=score_items(card, findings, wording.rulebook, wording.config.tables.offices),
        veto_counts=tuple(
            VetoRow(
                one.veto,
                one.name.say(wording.language) if one.name else "",
                one.count,
                one.at_least,
                one.findings,
            )
            for one in card.counts
        ),
        steady_points=None if steady.points is None else float(steady.points),
    )


def _finding(
    site: JudgedSite,
    check_id: str,
    verdict: Verdict,
    finding_id: str,
    judged: Judged,
    wording: Wording,
) -> Finding:
    check = wording.checks[check_id]
    message = check.texts.messages[verdict.code]
    subject = verdict.subject
    labels = dict(sorted(subject.labels.items()))
    severity = wording.rulebook.severity_of(check_id, labels)
    status = _status(site, check_id, verdict, finding_id, judged, wording)
    past = judged.past.get(finding_id) or Past(judged.as_of, FindingState.NEW)
    basis = check.basis[0]
    office = _office(site, check_id, subject, wording)
    say = wording.language
    return Finding(
        id=finding_id,
        check=check_id,
        severity=severity,
        status=status,
        state=past.state,
        labels=labels,
        subject=SubjectRow(
            subject.kind, subject.key, subject.url or site.card.home, _said(subject.label)
        ),
        message=_said(message.message.say(say, verdict.values)),
        observed=_said(verdict.observed),
        limit=verdict.limit,
        evidence=tuple(_evidence(one) for one in verdict.evidence),
        remedy=_said(message.remedy.say(say, verdict.values)),
        office=office.name,
        basis=BasisRow(basis.document, basis.clause),
        first_seen=past.first_seen,
        due=_due(judged.as_of, wording.rulebook.due_of(severity))
        if status is FindingStatus.FAIL
        else None,
        office_by=office.by,
        varies=check.varies,
    )


def _status(
    site: JudgedSite,
    check_id: str,
    verdict: Verdict,
    finding_id: str,
    judged: Judged,
    wording: Wording,
) -> FindingStatus:
    config = wording.config
    if config.waiver_of(finding_id, check_id, site.card.id, judged.as_of):
        return FindingStatus.WAIVED
    if finding_id in config.confirmed():
        return FindingStatus.FAIL
    lead = wording.rulebook.wants_confirmation(check_id, verdict.subject.labels)
    if verdict.state is VerdictState.FAULT and not lead:
        return FindingStatus.FAIL
    return FindingStatus.REVIEW


def _office(site: JudgedSite, check_id: str, subject: Subject, wording: Wording) -> Office:
    """Who is to mend it."""
    column, area = subject.column, subject.labels.get("area", "")
    owner = next((c.owner for c in site.columns if column and c.key == column and c.owner), "")
    return office_of(owner, check_id, wording.config.tables.offices, wording.rulebook, area)


def _evidence(one: Evidence) -> EvidenceRow:
    longest = TABLE if "\n" in one.quote else QUOTE
    lines = (_said(line) for line in one.quote.split("\n"))
    quote = shorten("\n".join(lines), longest)
    return EvidenceRow(one.kind, one.url, quote, one.at, one.sha256, one.archive)


def _said(text: str) -> str:
    """Text of a page as a report may show it: no control characters, no personal numbers."""
    return mask(visible(text))


def _due(day: dt.date, days: int | None) -> dt.date | None:
    return None if days is None else day + dt.timedelta(days=days)


def _place(finding: Finding) -> tuple[object, ...]:
    return (
        finding.status is not FindingStatus.FAIL,
        _ORDER[finding.severity],
        finding.check,
        finding.subject.key,
        finding.id,
    )


def severities(report: Report) -> Iterator[Severity]:
    """The severities that stand in a report: of findings that failed, and of vetoes."""
    for site in report.sites:
        if site.score.vetoes:
            yield Severity.VETO
        for finding in site.findings:
            if finding.status is FindingStatus.FAIL:
                yield finding.severity
