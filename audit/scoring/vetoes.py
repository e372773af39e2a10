"""Vetoes: which apply, how many findings each counter took, which nothing tested."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from audit.rulebooks import Rulebook, Veto
from audit.scoring.items import share_of_check
from audit.scoring.records import Charge, Measured, VetoCount


class Vetoes(msgspec.Struct, frozen=True):
    """The vetoes that apply, and of them those that stand and those that nothing tested."""

    apply: tuple[Veto, ...]
    reached: tuple[Veto, ...]
    untested: tuple[Veto, ...]
    counts: tuple[VetoCount, ...]


def judge_vetoes(
    rulebook: Rulebook,
    counted: Sequence[Charge],
    seen: Mapping[str, Measured],
    confirmed: frozenset[str],
    *,
    services: bool,
) -> Vetoes:
    """Count what makes a veto; a counter that is full fails the site."""
    apply = tuple(veto for veto in rulebook.vetoes if services or not veto.services)
    counts = {veto.id: tuple(_counts(veto, counted, confirmed)) for veto in apply}
    reached = tuple(
        veto for veto in apply if any(one.count >= one.at_least for one in counts[veto.id])
    )
    untested = tuple(veto for veto in apply if veto not in reached and not _is_tested(veto, seen))
    taken = tuple(one for veto in apply for one in counts[veto.id] if one.count)
    return Vetoes(apply, reached, untested, taken)


def _counts(
    veto: Veto, counted: Sequence[Charge], confirmed: frozenset[str]
) -> Iterator[VetoCount]:
    """A finding counts in the first counter that takes it."""
    taken: list[list[str]] = [[] for _ in veto.counters]
    for charge in counted:
        if veto.confirmed and charge.id not in confirmed:
            continue
        for place, counter in enumerate(veto.counters):
            if any(one.takes(charge.check, charge.labels) for one in counter.findings):
                taken[place].append(charge.id)
                break
    for counter, ids in zip(veto.counters, taken, strict=True):
        yield VetoCount(veto.id, counter.name, len(ids), counter.at_least, tuple(sorted(ids)))


def _is_tested(veto: Veto, seen: Mapping[str, Measured]) -> bool:
    if veto.confirmed:
        return False  # checks bring leads; only people can say that there was nothing
    return bool(veto.checks) and all(share_of_check(seen.get(check)) != 0 for check in veto.checks)
