"""Points that sites lost since an earlier run: not by what a run could not look at, nor by what varies."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from audit.config import restore
from audit.model import Outcome
from audit.pipeline.sides import Side
from audit.report import SiteReport
from audit.rulebooks import parse
from audit.scoring import Charge, Measured, Scored, points_lost, sums_of


def lost_since(
    old: Side, new: Side, known: Collection[str], fixed: Collection[str], steady: Collection[str]
) -> Mapping[str, Decimal]:
    """Points that each site of both runs lost. What the later run did not see again counts for neither.

    `known`: ids of findings of now that were there; `fixed`: of those that are gone; `steady`: checks
    that do not vary.
    """
    before = {site.id: site for site in old.report.sites}
    was = _scored(old, new.judged.rulebook, steady)
    gone: dict[str, list[Charge]] = {}
    weighed: dict[str, Fraction] = {}
    for name, site in before.items():
        charges = _charges(site, steady)
        gone[name] = [one for one in charges if one.id in fixed]
        weighed[name] = sums_of(charges, was[name]).weighed
    return lost_against(new, known, gone, steady, weighed)


def lost_against(
    new: Side,
    known: Collection[str],
    gone: Mapping[str, Iterable[Charge]],
    steady: Collection[str],
    weighed: Mapping[str, Fraction] | None = None,
) -> Mapping[str, Decimal]:
    """The same against what is only known by charges; `gone`: those that are fixed, by site."""
    lost: dict[str, Decimal] = {}
    scored = _scored(new, new.judged.rulebook, steady)
    for site in new.report.sites:
        if site.id not in gone:
            continue
        after = _charges(site, steady)
        then = [*(one for one in after if one.id in known), *gone[site.id]]
        weight = weighed[site.id] if weighed else None
        lost[site.id] = points_lost(then, after, scored[site.id], weight)
    return lost


def _charges(site: SiteReport, steady: Collection[str]) -> list[Charge]:
    return [
        Charge(one.id, one.check, one.labels, one.status, one.subject.key)
        for one in site.findings
        if one.check in steady
    ]


def _scored(side: Side, rules: str, steady: Collection[str]) -> Mapping[str, Scored]:
    """What each site of a run is scored by."""
    rulebook, config = parse(rules, f"运行 {side.run.id} 的规则集"), restore(side.run.config)
    made: dict[str, Scored] = {}
    for site in side.judged.sites:
        name = site.card.id
        outcomes: tuple[Outcome, ...] = (*site.outcomes, *side.judged.estate_by_site.get(name, ()))
        made[name] = Scored(
            tuple(
                Measured(one.check, one.status, one.subjects, one.parts)
                for one in outcomes
                if one.check in steady
            ),
            rulebook,
            services=config.services_of(name),
            units=max(1, len({fact.unit for fact in site.facts})),
            confirmed=config.confirmed(),
        )
    return made
