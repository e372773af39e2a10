"""A run against an earlier one: which run that is, and what became of every finding."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from audit.api import AnyCheck
from audit.comparison import NewFinding, OldFinding, compare
from audit.config import restore
from audit.model import FindingState, Outcome
from audit.pipeline.compose import Wording, compose
from audit.pipeline.judge import failed_checks
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.rejudging import by_rules_of
from audit.report import Comparison, Finding, Report, RunStamp
from audit.rulebooks import parse
from audit.store import VARYING, OpenFinding, RunRow, Store


class Side(msgspec.Struct, frozen=True):
    """One of two runs that are compared: its report, and the fingerprints of what it saw pass."""

    run: RunRow
    judged: Judged
    report: Report

    @property
    def findings(self) -> Mapping[str, Finding]:
        """Every finding by id."""
        return {one.id: one for site in self.report.sites for one in site.findings}


class Compared(msgspec.Struct, frozen=True):
    """What changed between two runs, with the findings that are no more as the earlier one said them."""

    old: Side
    new: Side
    comparison: Comparison
    sites: tuple[str, ...]  # that both runs read
    before: Mapping[str, Decimal | None]  # steady points of `again`
    again: Side  # the earlier run by the newer one's rules


def side_of(
    store: Store,
    run: RunRow,
    checks: Mapping[str, AnyCheck],
    language: str,
) -> Side:
    """A stored run as it was judged, put into words."""
    judged = _known(msgspec.msgpack.decode(store.judged(run.id), type=Judged), checks)
    rules = parse(judged.rulebook, f"运行 {run.id} 的规则集")
    wording = Wording(checks, rules, restore(run.config), language)
    return Side(run, judged, compose(judged, stamp_of(run, judged, run.mode), wording))


def stamp_of(run: RunRow, judged: Judged, mode: str) -> RunStamp:
    """What a report says of its run."""
    return RunStamp(
        run.id,
        run.started,
        run.finished,
        judged.as_of,
        mode,
        run.status,
        (*run.suspect, *failed_checks(judged)),
        run.config_sha256,
    )


def compared(store: Store, old: Side, new: Side, checks: Mapping[str, AnyCheck]) -> Compared | None:
    """What changed on the sites that both runs read; None: they have none in common."""
    sites = tuple(site for site in new.run.sites if site in old.run.sites)
    if not sites:
        return None
    again = _by_new_rules(store, old, new, checks)
    alike = _look_alike(old.run, new.run)
    rescored = _points(again.report, sites) if alike else None
    before = [one for one in store.open_at(old.run.id, varying_of(checks)) if one.site in sites]
    once = _passed_once(store, new, before, checks)
    was_open = {one.id for one in before}
    found = [
        NewFinding(one.id, one.state)
        for site in new.report.sites
        if site.id in sites
        for one in site.findings
    ]
    now = {one.id for one in found}
    within = [one for one, other in new.judged.merged.items() if other.id in now and one not in now]
    comparison = compare(
        [OldFinding(one.id) for one in before],
        [*found, *(NewFinding(one, FindingState.OPEN) for one in within if one in was_open)],
        against=old.run.id,
        passed=new.judged.passed() - once,
        once=once,
        by_rules=_also_found(again, new) if again is not old else (),
        parted=[one for one, other in new.judged.parted.items() if other in was_open],
        old_points=_points(old.report, sites if alike else ()),
        new_points=_points(new.report, sites),
        rescored=rescored,
    )
    steady = _steady_points(again.report, sites if alike else ())
    return Compared(old, new, comparison, sites, steady, again)


def _look_alike(old: RunRow, new: RunRow) -> bool:
    """Whether scores can be compared: one of some sites, or a quick one, measures other items."""
    return (old.partial, old.quick) == (new.partial, new.quick)


def _by_new_rules(store: Store, old: Side, new: Side, checks: Mapping[str, AnyCheck]) -> Side:
    """The earlier run as the newer one's rules and program see it; the same where they are the same."""
    rules = new.judged.rulebook
    if _judges(new.judged) == _judges(old.judged):
        return old
    judged = by_rules_of(store, old.run, old.judged, new.judged, checks)
    wording = Wording(
        checks, parse(rules, f"运行 {new.run.id} 的规则集"), restore(old.run.config), "zh"
    )
    report = compose(judged, stamp_of(old.run, judged, old.run.mode), wording)
    return Side(old.run, judged, report)


def _judges(judged: Judged) -> tuple[object, ...]:
    return judged.rulebook, judged.settings, judged.program


def _also_found(again: Side, new: Side) -> frozenset[str]:
    """What the earlier run has, too, when it is judged by the newer one's rules."""
    before = again.findings
    return frozenset(
        one for one, found in new.findings.items()
        if one in before and before[one].status is found.status
    )  # fmt: skip


def varying_of(checks: Mapping[str, AnyCheck]) -> frozenset[str]:
    """The checks that may answer otherwise when asked again."""
    return frozenset(one.id for one in checks.values() if one.varies)


def _passed_once(
    store: Store, new: Side, before: Sequence[OpenFinding], checks: Mapping[str, AnyCheck]
) -> frozenset[str]:
    """What passed now for the first time, and must pass once more to be gone."""
    varying = varying_of(checks)
    passed = new.judged.passed()
    doubtful = [one.id for one in before if one.check in varying and one.id in passed]
    known = store.passes_before(new.run.id, doubtful)
    return frozenset(one for one in doubtful if known.get(one, 0) + 1 < VARYING)


def _points(report: Report, sites: Iterable[str]) -> Mapping[str, Decimal | None]:
    wanted = set(sites)
    return {site.id: _exact(site.score.points) for site in report.sites if site.id in wanted}


def _steady_points(report: Report, sites: Iterable[str]) -> Mapping[str, Decimal | None]:
    """Points without the checks that vary."""
    wanted = set(sites)
    return {site.id: _exact(site.score.steady_points) for site in report.sites if site.id in wanted}


def _exact(points: float | None) -> Decimal | None:
    return None if points is None else Decimal(str(points))


def _known(judged: Judged, checks: Mapping[str, AnyCheck]) -> Judged:
    """Without what only an older version of the program could say."""

    def kept(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
        return tuple(
            msgspec.structs.replace(
                outcome,
                verdicts=tuple(
                    verdict
                    for verdict in outcome.verdicts
                    if verdict.code in checks[outcome.check].texts.messages
                ),
            )
            for outcome in outcomes
            if outcome.check in checks
        )

    def cleaned(site: JudgedSite) -> JudgedSite:
        return msgspec.structs.replace(site, outcomes=kept(site.outcomes))

    return msgspec.structs.replace(
        judged,
        sites=tuple(cleaned(site) for site in judged.sites),
        estate=kept(judged.estate),
        estate_by_site={site: kept(found) for site, found in judged.estate_by_site.items()},
    )
