"""The CI verdict on a run: what makes it fail, and why it may say nothing. Pure.

A failure needs a finding that was confirmed and was not there before; trouble is everything that
kept the run from measuring. Trouble is never a failure, and a failure goes before trouble. What may
be answered otherwise at the next request (searches, load times) fails nothing, by findings or by the
points that it costs: it is only counted.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import msgspec

from audit.model import FindingStatus, Severity
from audit.report import Finding, Report, SiteReport

DEFAULT_TERMS = "new:veto,new:major"
DEFAULT_COVERAGE = 0.90
SCHEMA = "duwang/baseline/1"
_ORDER = {severity: place for place, severity in enumerate(Severity)}


class Scope(StrEnum):
    """What a term of `--fail-on` looks at."""

    NEW = "new"
    ANY = "any"
    SCORE_DROP = "score-drop"


class Term(msgspec.Struct, frozen=True):
    """One term: findings from a severity up, or points that a site may not lose."""

    scope: Scope
    severity: Severity | None = None
    drop: Decimal | None = None

    @property
    def words(self) -> str:
        """As it is written on the command line."""
        return f"{self.scope}:{self.severity or self.drop}"


class Failure(msgspec.Struct, frozen=True):
    """One reason to fail; a finding, a veto of a site, or points lost."""

    term: str
    site: str
    finding: Finding | None = None
    veto: str = ""
    drop: Decimal | None = None


class Trouble(StrEnum):
    """Why a run cannot be trusted to show a regression."""

    INCOMPLETE = "incomplete"
    SUSPECT = "suspect"
    NOTHING_READ = "nothing_read"
    COVERAGE = "coverage"
    NOTHING_TO_COMPARE = "nothing_to_compare"


class Problem(msgspec.Struct, frozen=True):
    """Trouble of a site, or of the whole run (`site` empty)."""

    trouble: Trouble
    site: str = ""
    detail: str = ""


class Known(msgspec.Struct, frozen=True):
    """What was there before: ids of findings, vetoes by site; and the points that each site lost since."""

    findings: Collection[str]
    vetoes: Mapping[str, Collection[str]]
    lost: Mapping[str, Decimal]  # on what was looked at, without checks that vary


class GateResult(msgspec.Struct, frozen=True):
    """The verdict."""

    failures: tuple[Failure, ...]
    problems: tuple[Problem, ...]
    left_out: int = 0  # findings that would have failed it, of checks that vary


class BaselineEntry(msgspec.Struct, frozen=True):
    """A finding that was there when the gate was taken up."""

    check: str
    site: str
    severity: Severity
    subject: str
    labels: Mapping[str, str] = {}  # by which the rulebook prices it


class Baseline(msgspec.Struct, frozen=True):
    """A file of findings that do not fail the gate."""

    schema: str
    run: str
    findings: dict[str, BaselineEntry]
    vetoes: dict[str, list[str]]
    points: dict[str, float | None] = {}  # without the checks that vary


def terms_of(text: str) -> tuple[Term, ...]:
    """The terms of `--fail-on`; raises ValueError with what is wrong."""
    return tuple(_term(one.strip()) for one in text.split(",") if one.strip())


def judge(report: Report, terms: Iterable[Term], known: Known | None, floor: float) -> GateResult:
    """The verdict; `known` None: there is nothing to compare with, which is trouble by itself."""
    problems = list(_problems(report, floor))
    wanted = tuple(terms)
    if known is None and any(term.scope is not Scope.ANY for term in wanted):
        problems.append(Problem(Trouble.NOTHING_TO_COMPARE))
    failures: dict[tuple[str, str], Failure] = {}
    left_out: set[str] = set()
    for term in wanted:
        for site in report.sites:
            for failure in _failures(term, site, known):
                place = failure.finding.id if failure.finding else failure.veto or term.words
                if failure.finding and failure.finding.varies:
                    left_out.add(place)
                else:
                    failures.setdefault((site.id, place), failure)
    ordered = tuple(sorted(failures.values(), key=_place))
    return GateResult(ordered, tuple(problems), len(left_out))


def renewed(
    report: Report, before: Baseline | None, still_open: Collection[str], *, whole: bool = True
) -> Baseline:
    """The baseline of a run: what it found, and what the earlier one had and nobody saw fixed.

    Vetoes and points of sites that this run did not measure stay; `whole`: it was to read all sites.
    """
    found = {
        one.id: BaselineEntry(
            one.check, site.id, one.severity, one.subject.url or one.subject.key, one.labels
        )
        for site in report.sites
        for one in site.findings
        if one.status is not FindingStatus.REVIEW  # a waiver that ends brings no fault
    }
    kept = {
        one: entry
        for one, entry in (before.findings if before else {}).items()
        if one in still_open and one not in found
    }
    measured = whole and report.run.status == "complete" and not report.run.suspect
    vetoes = dict(before.vetoes) if before else {}
    points = dict(before.points) if before else {}
    for site in report.sites:
        left = () if measured else vetoes.get(site.id, ())
        vetoes[site.id] = sorted({*left, *site.score.vetoes})
        if measured or (whole and site.id not in points):
            points[site.id] = site.score.steady_points
    return Baseline(
        SCHEMA,
        report.run.id,
        dict(sorted({**kept, **found}.items())),
        {site: named for site, named in sorted(vetoes.items()) if named},
        dict(sorted(points.items())),
    )


def confirmed(site: SiteReport) -> Iterator[Finding]:
    """The findings that stand: no leads, nothing waived."""
    return (one for one in site.findings if one.status is FindingStatus.FAIL)


def _term(text: str) -> Term:
    scope, _, value = text.partition(":")
    if scope not in {one.value for one in Scope} or not value:
        allowed = "new:veto|major|minor|notice、any:…、score-drop:分数"
        raise ValueError(f"{text!r} 不认识；可用：{allowed}")
    if scope == Scope.SCORE_DROP:
        try:
            drop = Decimal(value)
        except InvalidOperation:
            drop = Decimal(0)
        if not drop.is_finite() or drop <= 0:
            raise ValueError(f"{text!r}：分数要大于0，例如 score-drop:5")
        return Term(Scope.SCORE_DROP, drop=drop)
    if value not in {one.value for one in Severity}:
        raise ValueError(f"{text!r}：程度可用 {'、'.join(Severity)}")
    return Term(Scope(scope), Severity(value))


def _failures(term: Term, site: SiteReport, known: Known | None) -> Iterator[Failure]:
    if term.scope is Scope.SCORE_DROP:
        yield from _dropped(term, site, known)
        return
    if term.severity is None or (term.scope is Scope.NEW and known is None):
        return
    old: Collection[str] = () if term.scope is Scope.ANY or known is None else known.findings
    for finding in confirmed(site):
        if _ORDER[finding.severity] <= _ORDER[term.severity] and finding.id not in old:
            yield Failure(term.words, site.id, finding)
    old = () if term.scope is Scope.ANY or known is None else known.vetoes.get(site.id, ())
    before = () if term.scope is Scope.ANY or known is None else known.findings
    for veto in site.score.vetoes:
        if veto not in old and _is_steady(veto, site) and not _was_reached(veto, site, before):
            yield Failure(term.words, site.id, veto=veto)


def _was_reached(veto: str, site: SiteReport, before: Collection[str]) -> bool:
    """Whether findings that were there before are enough for a veto, seen or not at the earlier run."""
    counts = [one for one in site.score.veto_counts if one.veto == veto]
    return any(len(set(one.findings) & set(before)) >= one.at_least for one in counts)


def _is_steady(veto: str, site: SiteReport) -> bool:
    """Whether a veto is reached without the findings of checks that vary."""
    varying = {one.id for one in site.findings if one.varies}
    counts = [one for one in site.score.veto_counts if one.veto == veto]
    return not counts or any(len(set(one.findings) - varying) >= one.at_least for one in counts)


def _dropped(term: Term, site: SiteReport, known: Known | None) -> Iterator[Failure]:
    if known is None or site.id not in known.lost or term.drop is None:
        return
    if (
        site.score.steady_points is None
    ):  # a veto leaves no score; where nothing was measured is trouble
        vetoes = [
            Failure(term.words, site.id, veto=veto)
            for veto in site.score.vetoes
            if _is_steady(veto, site) and not _was_reached(veto, site, known.findings)
        ]
        if vetoes:
            yield from vetoes
            return
    drop = known.lost[site.id]
    if drop >= term.drop:
        yield Failure(term.words, site.id, drop=drop)


def _problems(report: Report, floor: float) -> Iterator[Problem]:
    for reason in report.run.suspect:
        yield Problem(Trouble.SUSPECT, detail=reason)
    if report.run.status != "complete":
        yield Problem(Trouble.INCOMPLETE)
    for site in report.sites:
        if not site.pages.assessed:
            yield Problem(Trouble.NOTHING_READ, site.id)
        elif site.score.coverage < floor:
            yield Problem(Trouble.COVERAGE, site.id, f"{site.score.coverage:.0%}")


def _place(failure: Failure) -> tuple[object, ...]:
    if failure.finding is None:
        return failure.site, -1, failure.veto, failure.term
    return failure.site, _ORDER[failure.finding.severity], failure.finding.check, failure.finding.id
