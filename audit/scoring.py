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

from audit.model import FindingStatus, OutcomeStatus, Part, SiteVerdict, Tally, Text, Value
from audit.rulebooks import Item, Rulebook, Veto

FULL = Fraction(100)
PLACES = 2  # of points
SHARE_PLACES = 4  # of shares


class Charge(msgspec.Struct, frozen=True):
    """A finding as the score sees it. `unit`: whose duty it is, where units share a site."""

    id: str
    check: str
    labels: Mapping[str, str]
    status: FindingStatus
    unit: str = ""


class Measured(msgspec.Struct, frozen=True):
    """What came of one check."""

    check: str
    status: OutcomeStatus
    tally: Tally
    parts: tuple[Part, ...] | None = None  # the tally by labels; None: the labels are not known


class ItemScore(msgspec.Struct, frozen=True):
    """One applicable item: most points, how many of them were tested, how many are lost."""

    id: str
    max: Decimal
    tested: Decimal
    deducted: Decimal
    checks: tuple[str, ...]
    findings: tuple[str, ...]


class Scorecard(msgspec.Struct, frozen=True):
    """The score of a site. `reason` is a code of `REASONS`; `values` fill its text.

    `points` (bonus included) is None with a veto and where nothing was scored.
    """

    verdict: SiteVerdict
    reason: str
    values: Mapping[str, Value]
    points: Decimal | None
    worst_case: Decimal
    bonus: Decimal
    coverage: float
    norm_share: float
    vetoes: tuple[str, ...]
    untested: tuple[str, ...]  # vetoes that apply and that nothing tested
    items: tuple[ItemScore, ...]


class _Exact(msgspec.Struct, frozen=True):
    """An applicable item before any rounding. `known`: whether this version has a check for it."""

    item: Item
    known: bool
    max: Fraction
    tested: Fraction
    lost: Fraction
    findings: tuple[str, ...]


class _Vetoes(msgspec.Struct, frozen=True):
    """The vetoes that apply, and of them those that stand and those that nothing tested."""

    apply: tuple[Veto, ...]
    reached: tuple[Veto, ...]
    untested: tuple[Veto, ...]


class _Shares(msgspec.Struct, frozen=True):
    """Tested of testable weight, and testable weight of the norm; rounded."""

    coverage: Decimal
    norm: Decimal


class _Sums(msgspec.Struct, frozen=True):
    """The sums over the items that apply."""

    norm: Fraction  # all of them
    known: Fraction  # those with a check
    tested: Fraction
    weighed: Fraction  # tested, or lost for certain
    kept: Fraction  # tested and not lost
    lost: Fraction


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
    counted = [one for one in charges if _counts(one, confirmed)]
    vetoes = _vetoes(rulebook, counted, seen, confirmed, services=services)
    exact = _items(counted, seen, rulebook, services=services, units=units)
    sums = _sums(exact)
    shares = (
        _shares(sums.tested, sums.known, sums.norm) if rulebook.items
        else _veto_shares(vetoes.apply, seen)
    )  # fmt: skip
    points = _of_hundred(sums.kept, sums.weighed) if sums.weighed else None
    verdict, reason = _verdict(rulebook, vetoes, sums, shares.coverage, points)
    extra = _bonus(bonus, rulebook, verdict, points)
    shown = None if vetoes.reached or points is None else points + extra
    return Scorecard(
        verdict=verdict,
        reason=reason,
        values=_values(rulebook, vetoes, sums, shares.coverage, shown),
        points=shown,
        worst_case=_of_hundred(sums.kept, sums.known),
        bonus=extra,
        coverage=float(shares.coverage),
        norm_share=float(shares.norm),
        vetoes=tuple(veto.id for veto in vetoes.reached),
        untested=tuple(veto.id for veto in vetoes.untested),
        items=tuple(_item_score(one) for one in exact),
    )


def reason_text(scorecard: Scorecard, language: str) -> str:
    """Why the verdict is what it is, and which vetoes nobody tested."""
    said = REASONS[scorecard.reason].say(language, scorecard.values)
    if scorecard.vetoes or not scorecard.untested:
        return said
    gap = "" if language == "zh" else " "
    return said + gap + UNTESTED.say(language, scorecard.values)


REASONS = {
    "veto": Text("单项否决：{vetoes}。", "Vetoed: {vetoes}."),
    "deductions": Text(
        "得分{points}，低于{pass_mark}分。", "Scored {points}, below the mark of {pass_mark}."
    ),
    "beyond_rescue": Text(
        "已查实的扣分合计{lost}分，未检测的部分即使全部得分也达不到{pass_mark}分。",
        "{lost} points are lost for certain: the rest cannot reach the mark of {pass_mark}.",
    ),
    "coverage": Text(
        "证据不足：应检测的内容只检测了{coverage}，低于{floor}。",
        "Not enough evidence: {coverage} of what can be tested was tested, below {floor}.",
    ),
    "nothing_tested": Text(
        "证据不足：没有任何内容得到检测。", "Not enough evidence: nothing was tested."
    ),
    "qualified": Text(
        "没有查实单项否决，得分{points}。", "No veto was established; scored {points}."
    ),
    "no_veto": Text("没有查实单项否决。", "No veto was established."),
}
UNTESTED = Text("未检测的单项否决：{untested}。", "Vetoes not tested: {untested}.")


def _counts(charge: Charge, confirmed: frozenset[str]) -> bool:
    """Only what failed for certain counts; a lead does when a person confirmed it."""
    lead = charge.status is FindingStatus.REVIEW and charge.id in confirmed
    return lead or charge.status is FindingStatus.FAIL


def _vetoes(
    rulebook: Rulebook,
    counted: Sequence[Charge],
    seen: Mapping[str, Measured],
    confirmed: frozenset[str],
    *,
    services: bool,
) -> _Vetoes:
    apply = tuple(veto for veto in rulebook.vetoes if services or not veto.services)
    reached = tuple(veto for veto in apply if _is_reached(veto, counted, confirmed))
    untested = tuple(veto for veto in apply if veto not in reached and not _is_tested(veto, seen))
    return _Vetoes(apply, reached, untested)


def _is_reached(veto: Veto, counted: Sequence[Charge], confirmed: frozenset[str]) -> bool:
    """Whether a counter of the veto is full; a finding counts in the first counter that takes it."""
    counts = [0] * len(veto.counters)
    for charge in counted:
        if veto.confirmed and charge.id not in confirmed:
            continue
        for place, counter in enumerate(veto.counters):
            if any(one.takes(charge.check, charge.labels) for one in counter.findings):
                counts[place] += 1
                break
    return any(
        count >= counter.at_least for count, counter in zip(counts, veto.counters, strict=True)
    )


def _is_tested(veto: Veto, seen: Mapping[str, Measured]) -> bool:
    return bool(veto.checks) and all(_share(seen.get(check)) != 0 for check in veto.checks)


def _share(measured: Measured | None) -> Fraction | None:
    """The share of a check's subjects that was judged; None: the check does not apply."""
    if measured is None or measured.status is OutcomeStatus.NOT_ASSESSED:
        return Fraction(0)
    if measured.status is OutcomeStatus.NOT_APPLICABLE:
        return None
    tally = measured.tally
    return Fraction(tally.known, tally.total) if tally.total else Fraction(0)


def _share_of(item: Item, measured: Measured | None, rulebook: Rulebook) -> Fraction | None:
    """The share of the subjects that the item prices; none of them was seen: nothing was tested."""
    share = _share(measured)
    if not share or measured is None or measured.parts is None:
        return share
    own = [p for p in measured.parts if rulebook.item_of(measured.check, p.labels) is item]
    total = sum(part.total for part in own)
    return Fraction(sum(part.known for part in own), total) if total else Fraction(0)


def _items(
    counted: Sequence[Charge],
    seen: Mapping[str, Measured],
    rulebook: Rulebook,
    *,
    services: bool,
    units: int,
) -> list[_Exact]:
    charged = _charged(counted, rulebook)
    found: list[_Exact] = []
    for item in rulebook.items:
        if rulebook.groups[item.group].services and not services:
            continue
        shares = [_share_of(item, seen.get(check), rulebook) for check in item.checks]
        known = [share for share in shares if share is not None]
        if shares and not known:
            continue  # every check of it says that it does not apply
        most = Fraction(item.max)
        tested = most * sum(known, Fraction(0)) / len(known) if known else Fraction(0)
        lost, findings = _lost(item, charged.get(item.id, {}), units)
        found.append(_Exact(item, bool(known), most, tested, lost, findings))
    return found


def _charged(
    counted: Sequence[Charge], rulebook: Rulebook
) -> Mapping[str, Mapping[int, Sequence[str]]]:
    """Ids of findings by item and by the place of the entry that took them."""
    found: dict[str, dict[int, list[str]]] = {}
    for charge in counted:
        taken = rulebook.entry_of(charge.check, charge.labels)
        if taken:
            item, entry = taken
            by_entry = found.setdefault(item.id, {})
            by_entry.setdefault(item.entries.index(entry), []).append(charge.id)
    return found


def _lost(
    item: Item, by_entry: Mapping[int, Sequence[str]], units: int
) -> tuple[Fraction, tuple[str, ...]]:
    """Points lost, capped, and the findings that cost them."""
    lost = Fraction(0)
    findings: list[str] = []
    for place, ids in by_entry.items():
        entry = item.entries[place]
        points = Fraction(entry.points) * len(ids) / (max(1, units) if entry.per_unit else 1)
        lost += points if entry.cap is None else min(points, Fraction(entry.cap))
        findings.extend(ids)
    return min(lost, Fraction(item.max)), tuple(sorted(findings))


def _sums(exact: Sequence[_Exact]) -> _Sums:
    nothing = Fraction(0)
    known = [one for one in exact if one.known]
    return _Sums(
        norm=sum((one.max for one in exact), nothing),
        known=sum((one.max for one in known), nothing),
        tested=sum((one.tested for one in known), nothing),
        weighed=sum((max(one.tested, one.lost) for one in known), nothing),
        kept=sum((max(one.tested - one.lost, nothing) for one in known), nothing),
        lost=sum((one.lost for one in known), nothing),
    )


def _shares(tested: Fraction, known: Fraction, norm: Fraction) -> _Shares:
    coverage = tested / known if known else Fraction(0)
    share = known / norm if norm else Fraction(0)
    return _Shares(_rounded(coverage, SHARE_PLACES), _rounded(share, SHARE_PLACES))


def _veto_shares(apply: Sequence[Veto], seen: Mapping[str, Measured]) -> _Shares:
    """Where nothing is priced, every veto weighs the same."""
    known = [veto for veto in apply if veto.checks]
    tested = Fraction(0)
    for veto in known:
        shares = [share for check in veto.checks if (share := _share(seen.get(check))) is not None]
        tested += sum(shares, Fraction(0)) / len(shares) if shares else 1
    return _shares(tested, Fraction(len(known)), Fraction(len(apply)))


def _verdict(
    rulebook: Rulebook,
    vetoes: _Vetoes,
    sums: _Sums,
    coverage: Decimal,
    points: Decimal | None,
) -> tuple[SiteVerdict, str]:
    judging = rulebook.judging
    if vetoes.reached:
        return SiteVerdict.UNQUALIFIED, "veto"
    if not coverage or coverage < Decimal(str(judging.coverage_floor)):
        return _short_of_floor(rulebook, sums, coverage)
    if points is None:  # nothing is priced: only vetoes were tested
        return SiteVerdict.QUALIFIED, "no_veto"
    if points < judging.pass_mark:
        return SiteVerdict.UNQUALIFIED, "deductions"
    return SiteVerdict.QUALIFIED, "qualified"


def _short_of_floor(rulebook: Rulebook, sums: _Sums, coverage: Decimal) -> tuple[SiteVerdict, str]:
    """No verdict, unless what is lost for certain fails the site whatever the rest would show."""
    if 100 - _of_hundred(sums.lost, sums.norm) < rulebook.judging.pass_mark:
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
    vetoes: _Vetoes,
    sums: _Sums,
    coverage: Decimal,
    points: Decimal | None,
) -> Mapping[str, Value]:
    judging = rulebook.judging
    return {
        "vetoes": _named(vetoes.reached),
        "untested": _named(vetoes.untested),
        "points": "" if points is None else str(points),
        "pass_mark": str(judging.pass_mark),
        "lost": str(_of_hundred(sums.lost, sums.norm)),
        "coverage": f"{coverage:.2%}",
        "floor": f"{judging.coverage_floor:.2%}",
    }


def _named(vetoes: Sequence[Veto]) -> Text:
    return Text(
        "；".join(f"{veto.id} {veto.name.zh}" for veto in vetoes),
        "; ".join(f"{veto.id} {veto.name.en}" for veto in vetoes),
    )


def _item_score(exact: _Exact) -> ItemScore:
    return ItemScore(
        exact.item.id,
        exact.item.max,
        _rounded(exact.tested, PLACES),
        _rounded(exact.lost, PLACES),
        exact.item.checks,
        exact.findings,
    )


def _of_hundred(part: Fraction, whole: Fraction) -> Decimal:
    """`part` of `whole` in points of a hundred; 0 of nothing."""
    return _rounded(part * FULL / whole if whole else Fraction(0), PLACES)


def _rounded(value: Fraction, places: int) -> Decimal:
    """Half up; the value is never negative."""
    return Decimal(int(value * 10**places + Fraction(1, 2))).scaleb(-places)
