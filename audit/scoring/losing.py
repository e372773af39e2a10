"""Points that a site lost between two runs on what the later one looked at: the weights are the same for both."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import msgspec

from audit.rulebooks import Rulebook
from audit.scoring.items import Sums, sum_up, weigh_items
from audit.scoring.records import Charge, Measured
from audit.scoring.rounding import of_hundred
from audit.scoring.scorecard import counts


class Scored(msgspec.Struct, frozen=True):
    """What a site is scored by."""

    measured: tuple[Measured, ...]
    rulebook: Rulebook
    services: bool = True
    units: int = 1
    confirmed: frozenset[str] = frozenset()


def points_lost(
    before: Iterable[Charge],
    after: Iterable[Charge],
    scored: Scored,
    weighed: Fraction | None,
) -> Decimal:
    """Points of a hundred that `after` costs and `before` did not; 0 where it costs less.

    `weighed`: the weight that the earlier run stood on; None: it is not known. That less could be
    looked at makes no fault dearer: the heavier of both counts, or all that has a check.
    """
    was, is_ = sums_of(before, scored), sums_of(after, scored)
    heavier = is_.known if weighed is None else max(weighed, is_.weighed)
    return of_hundred(max(is_.lost - was.lost, Fraction(0)), heavier)


def sums_of(charges: Iterable[Charge], scored: Scored) -> Sums:
    """The sums of a site's items."""
    counted = [one for one in charges if counts(one, scored.confirmed)]
    seen = {one.check: one for one in scored.measured}
    return sum_up(
        weigh_items(counted, seen, scored.rulebook, services=scored.services, units=scored.units)
    )
