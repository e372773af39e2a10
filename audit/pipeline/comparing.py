"""A run against an earlier one: which run that is, and what became of every finding."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from audit.api import AnyCheck
from audit.comparison import NewFinding, OldFinding, compare
from audit.config import judged_alike, restore
from audit.model import FindingState, FindingStatus, VerdictState
from audit.pipeline.compose import Wording, compose
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged
from audit.pipeline.losses import lost_since
from audit.pipeline.rejudging import by_rules_of
from audit.pipeline.sides import Side, stamp_of
from audit.pipeline.sight import unseen_before
from audit.report import Comparison, Report
from audit.rulebooks import parse
from audit.store import VARYING, OpenFinding, RunRow, Store


class Compared(msgspec.Struct, frozen=True):
    """What changed between two runs, with the findings that are no more as the earlier one said them."""

    old: Side
    new: Side
    comparison: Comparison
    sites: tuple[str, ...]  # that both runs read
    again: Side  # the earlier run by the newer one's rules
    known: frozenset[str]  # ids of findings that no site brought since
    lost: Mapping[str, Decimal]  # points by site, where both runs measured the same


def compared(store: Store, old: Side, new: Side, checks: Mapping[str, AnyCheck]) -> Compared | None:
    """What changed on the sites that both runs read; None: they have none in common."""
    sites = tuple(site for site in new.run.sites if site in old.run.sites)
    if not sites:
        return None
    again = _by_new_rules(store, old, new, checks)
    alike = _look_alike(old.run, new.run)
    rescored = _points(again.report, sites) if alike else None
    varying = varying_of(checks)
    before = [one for one in store.open_at(old.run.id, varying) if one.site in sites]
    was_open = {one.id for one in before}
    once = _passed_once(store, new, before, checks)
    found = _found(new, sites, was_open)
    fresh = {one.id for one in found} - was_open
    comparison = compare(
        [OldFinding(one.id) for one in before],
        found,
        against=old.run.id,
        passed=new.judged.passed() - once,
        once=once,
        by_rules=_also_found(again, new) if again is not old else (),
        unseen=unseen_before(store, again, new, fresh, varying),
        raised=_raised(store, again, new, was_open),
        parted=[one for one, other in new.judged.parted.items() if other in was_open],
        old_points=_points(old.report, sites if alike else ()),
        new_points=_points(new.report, sites),
        rescored=rescored,
    )
    known = _known(new, comparison)
    steady = checks.keys() - varying
    lost = lost_since(again, new, known, comparison.fixed, steady)
    return Compared(old, new, comparison, sites, again, known, lost if alike else {})


def _found(new: Side, sites: Sequence[str], was_open: Collection[str]) -> list[NewFinding]:
    """The findings of the newer run, and those of before that stand within one of them."""
    found = {
        one.id: NewFinding(one.id, one.state)
        for site in new.report.sites
        if site.id in sites
        for one in site.findings
    }
    within = {
        one: NewFinding(one, FindingState.OPEN)
        for one, other in new.judged.merged.items()
        if other.id in found and one in was_open
    }
    return [*{**within, **found}.values()]


def _known(new: Side, said: Comparison) -> frozenset[str]:
    """The findings that were there before, or that something else than a site brought."""
    brought = {*said.by_rules, *said.unseen_before}
    fresh = {*said.new, *said.reopened, *said.raised} - brought
    return frozenset(new.findings) - fresh


def _raised(store: Store, again: Side, new: Side, was_open: Collection[str]) -> frozenset[str]:
    """What was only a lead until now and is certain for the first time, by what the run saw."""
    before = again.findings
    certain = {
        finding
        for _, _, verdict, finding in findings_of(new.judged)
        if verdict.state is VerdictState.FAULT and finding in was_open
        if new.findings[finding].status is FindingStatus.FAIL
        if finding not in before or before[finding].status is FindingStatus.REVIEW
    }
    return frozenset(certain) - store.was_fault(again.run.id, certain)


def _look_alike(old: RunRow, new: RunRow) -> bool:
    """Whether scores can be compared: one of some sites, or a quick one, measures other items."""
    return (old.partial, old.quick) == (new.partial, new.quick)


def _by_new_rules(store: Store, old: Side, new: Side, checks: Mapping[str, AnyCheck]) -> Side:
    """The earlier run as the newer one's rules, config and program see it; itself where they are the same."""
    alike = judged_alike(old.run.config, new.run.config)
    if alike and _judges(new.judged) == _judges(old.judged):
        return old
    rules = parse(new.judged.rulebook, f"运行 {new.run.id} 的规则集")
    config = restore(new.run.config).placed_as(restore(old.run.config))
    run = msgspec.structs.replace(old.run, config=config.text())
    judged = old.judged
    same = (old.judged.settings, old.judged.program) == (new.judged.settings, new.judged.program)
    if not (alike and same):
        judged = by_rules_of(store, run, old.judged, new.judged, checks)
    report = compose(judged, stamp_of(run, judged, run.mode), Wording(checks, rules, config, "zh"))
    return Side(run, judged, report)


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


def _exact(points: float | None) -> Decimal | None:
    return None if points is None else Decimal(str(points))
