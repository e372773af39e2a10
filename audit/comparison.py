"""A run against an earlier one. Pure. Not to have been seen proves nothing: fixed is what was seen to pass."""

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from audit.model import FindingState
from audit.report import Because, Comparison

CENT = Decimal("0.01")
Points = Mapping[str, Decimal | None]
"""Points of sites by id; None: the site was not scored."""


class OldFinding(msgspec.Struct, frozen=True):
    """A finding that was open at the earlier run: found by it, or left over and not seen fixed."""

    id: str


class NewFinding(msgspec.Struct, frozen=True):
    """A finding of the newer run, with its state in history."""

    id: str
    state: FindingState = FindingState.NEW


def compare(
    old: Sequence[OldFinding],
    new: Sequence[NewFinding],
    *,
    against: str,
    passed: Collection[str],
    once: Collection[str] = (),
    by_rules: Collection[str] = (),
    unseen: Collection[str] = (),
    raised: Collection[str] = (),
    parted: Collection[str] = (),
    old_points: Points,
    new_points: Points,
    rescored: Points | None = None,
) -> Comparison:
    """What changed. `passed`: ids of what is seen to be gone; `against`: the earlier run.

    `unseen`: ids of what the earlier run could not look at. `raised`: ids of what was a lead then.
    `parted`: ids of what was part of an earlier finding: it was there, too.
    `once`: ids of what passed, and is gone only when the next run sees it pass too. `by_rules`: ids
    of what the earlier run has, too, by the newer one's rules and program: the site did not bring it.
    `rescored`: the earlier run's points under the newer run's rulebook; without them nobody can say
    whether the site or the rules moved the score.
    """
    before = {finding.id for finding in old}
    now = {finding.id: finding.state for finding in new}
    gone = before - set(now)
    fixed = gone & set(passed)
    half = (gone - fixed) & set(once)
    fresh = set(now) - before - set(parted)
    reopened = {finding for finding in fresh if now[finding] is FindingState.REOPENED}
    return Comparison(
        against=against,
        new=tuple(sorted(fresh - reopened)),
        fixed=tuple(sorted(fixed)),
        reopened=tuple(sorted(reopened)),
        open=len(set(now) - fresh),
        not_observed=len(gone - fixed - half),
        score_delta=_delta(old_points, new_points),
        because=_because(old_points, new_points, rescored),
        passed_once=len(half),
        by_rules=tuple(sorted(fresh & set(by_rules))),
        unseen_before=tuple(sorted(fresh & set(unseen) - set(by_rules))),
        raised=tuple(sorted(before & set(now) & set(raised))),
    )


def _delta(old: Points, new: Points) -> float | None:
    """The mean change over the sites that both runs scored; None: there is none."""
    moves = [
        after - before
        for site, after in sorted(new.items())
        if after is not None and (before := old.get(site)) is not None
    ]
    if not moves:
        return None
    return float((sum(moves, Decimal(0)) / len(moves)).quantize(CENT, ROUND_HALF_UP))


def _because(old: Points, new: Points, rescored: Points | None) -> Because | None:
    """The change split into what the site did and what the rules did, over the sites scored thrice."""
    if rescored is None:
        return None
    sites = [
        site for site in sorted(new)
        if all(points.get(site) is not None for points in (old, new, rescored))
    ]  # fmt: skip
    kept = [{site: points[site] for site in sites} for points in (old, rescored, new)]
    rules, site = _delta(kept[0], kept[1]), _delta(kept[1], kept[2])
    return None if rules is None or site is None else Because(site=site, rules=rules)
