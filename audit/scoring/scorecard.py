"""From findings and outcomes to a site's scorecard. Pure and exact: one rounding, half up, at the end.

Order of the norm: vetoes; caps; re-weighting of what does not apply; rounding; the marks. What was
not tested is neither won nor lost: the score stands on the tested weight, beside it stands the worst
case, in which all that was not tested is lost. Below the floor of coverage there is no verdict,
unless a veto stands or the points that are lost for certain are too many in any case.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from audit.model import FindingStatus, SiteVerdict, Value
from audit.rulebooks import Means, Rulebook, Veto
from audit.scoring.items import Exact, Sums, share_of_check, sum_up, weigh_items
from audit.scoring.reasons import counted as with_counts
from audit.scoring.reasons import named
from audit.scoring.records import Charge, Measured, Scorecard
from audit.scoring.rounding import SHARE_PLACES, of_hundred, rounded
from audit.scoring.vetoes import Vetoes, judge_vetoes


class _Shares(msgspec.Struct, frozen=True):
    """Tested of testable weight, and testable weight of the norm; rounded."""

    coverage: Decimal
    norm: Decimal


def score(
    charges: Iterable[Charge],
    measured: Iterable[Measured],
    rulebook: Rulebook,
    *,
    services: bool = True,
    units: int = 1,
    confirmed: frozenset[str] = frozenset(),
    bonus: Decimal = Decimal(0),
) -> Scorecard:
    """Score one site. `units` share it; `confirmed` are the ids of leads that a person confirmed."""
    seen = {one.check: one for one in measured}
    counted = [one for one in charges if counts(one, confirmed)]
    vetoes = judge_vetoes(rulebook, counted, seen, confirmed, services=services)
    exact = weigh_items(counted, seen, rulebook, services=services, units=units)
    sums = sum_up(exact)
    shares = (
        _shares(sums.tested, sums.known, sums.norm) if rulebook.items
        else _veto_shares(vetoes.apply, seen)
    )  # fmt: skip
    points = of_hundred(sums.kept, sums.weighed) if sums.weighed and rulebook.scored else None
    verdict, reason = _verdict(rulebook, vetoes, sums, shares.coverage, points)
    extra = _bonus(bonus, rulebook, verdict, points)
    shown = None if vetoes.reached or points is None else points + extra
    return Scorecard(
        verdict=verdict,
        reason=reason,
        values=_values(rulebook, vetoes, sums, shares.coverage, shown) | _duties(exact),
        points=shown,
        worst_case=of_hundred(sums.sure, sums.known) if rulebook.scored else Decimal(0),
        bonus=extra,
        coverage=float(shares.coverage),
        norm_share=float(shares.norm),
        vetoes=tuple(veto.id for veto in vetoes.reached),
        untested=tuple(veto.id for veto in vetoes.untested),
        items=tuple(one.rounded() for one in exact),
        counts=vetoes.counts,
    )


def counts(charge: Charge, confirmed: frozenset[str]) -> bool:
    """Only what failed for certain counts; a lead does when a person confirmed it."""
    lead = charge.status is FindingStatus.REVIEW and charge.id in confirmed
    return lead or charge.status is FindingStatus.FAIL


def _shares(tested: Fraction, known: Fraction, norm: Fraction) -> _Shares:
    coverage = tested / known if known else Fraction(0)
    share = known / norm if norm else Fraction(0)
    return _Shares(rounded(coverage, SHARE_PLACES), rounded(share, SHARE_PLACES))


def _veto_shares(apply: Sequence[Veto], seen: Mapping[str, Measured]) -> _Shares:
    """Where nothing is priced, every veto weighs the same."""
    known = [veto for veto in apply if veto.checks]
    tested = Fraction(0)
    for veto in known:
        looks = (share_of_check(seen.get(check)) for check in veto.checks)
        shares = [share for share in looks if share is not None]
        tested += sum(shares, Fraction(0)) / len(shares) if shares else 1
    return _shares(tested, Fraction(len(known)), Fraction(len(apply)))


def _verdict(
    rulebook: Rulebook,
    vetoes: Vetoes,
    sums: Sums,
    coverage: Decimal,
    points: Decimal | None,
) -> tuple[SiteVerdict, str]:
    judging = rulebook.judging
    if vetoes.reached:
        return SiteVerdict.UNQUALIFIED, "veto"
    if not rulebook.scored:
        return SiteVerdict.INSUFFICIENT, "unscored"
    if not coverage or coverage < Decimal(str(judging.coverage_floor)):
        return _short_of_floor(rulebook, sums, coverage)
    if points is None:  # nothing is priced: only vetoes were tested
        return SiteVerdict.QUALIFIED, "no_veto"
    if points < judging.pass_mark:
        return SiteVerdict.UNQUALIFIED, "deductions"
    return SiteVerdict.QUALIFIED, "qualified"


def _short_of_floor(rulebook: Rulebook, sums: Sums, coverage: Decimal) -> tuple[SiteVerdict, str]:
    """No verdict, unless what is lost for certain fails the site whatever the rest would show."""
    if 100 - of_hundred(sums.lost, sums.norm) < rulebook.judging.pass_mark:
        return SiteVerdict.UNQUALIFIED, "beyond_rescue"
    return SiteVerdict.INSUFFICIENT, "coverage" if coverage else "nothing_tested"


def _bonus(
    bonus: Decimal, rulebook: Rulebook, verdict: SiteVerdict, points: Decimal | None
) -> Decimal:
    judging = rulebook.judging
    earned = verdict is SiteVerdict.QUALIFIED and points is not None and points > judging.bonus_mark
    return min(max(bonus, Decimal(0)), judging.bonus_max) if earned else Decimal(0)


def _values(
    rulebook: Rulebook,
    vetoes: Vetoes,
    sums: Sums,
    coverage: Decimal,
    points: Decimal | None,
) -> dict[str, Value]:
    judging = rulebook.judging
    return {
        "vetoes": with_counts(vetoes.reached, vetoes.counts),
        "untested": named(vetoes.untested),
        "points": "" if points is None else str(points),
        "pass_mark": str(judging.pass_mark),
        "lost": str(of_hundred(sums.lost, sums.norm)),
        "coverage": f"{coverage:.2%}",
        "floor": f"{judging.coverage_floor:.2%}",
    }


def _duties(exact: Sequence[Exact]) -> dict[str, Value]:
    """How many items were looked at, were found wanting, and are for people."""
    return {
        "items": len(exact),
        "seen": sum(1 for one in exact if one.tested),
        "found": sum(1 for one in exact if one.findings),
        "unseen": sum(1 for one in exact if not one.tested),
        "person": sum(1 for one in exact if one.item.means != (Means.PROGRAM,)),
    }
