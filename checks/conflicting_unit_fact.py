"""要素不一致: two places give different values of one basic fact, or the register knows another.

Address, hours, contact and head are compared; functions and structure are told in many words. A
fault needs two pages of one site that both claim the unit's own address or hours and cannot both be
right. Other contradictions, and a register that differs, go to review: either may be the old one.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    EstateReading,
    Fact,
    FactState,
    Message,
    Reason,
    Settings,
    Text,
    Texts,
    UnitFact,
    Verdict,
    fact_name,
    fault,
    ok,
    quoted,
    review,
    unit_subject,
    unknown,
)


class ConflictingUnitFactSettings(Settings):
    """Nothing to set."""


COMPARED = (Fact.ADDRESS, Fact.HOURS, Fact.CONTACT, Fact.HEAD)
CERTAIN = (Fact.ADDRESS, Fact.HOURS)  # a unit may have several telephones and several leaders


def find(
    reading: EstateReading,
    settings: ConflictingUnitFactSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the facts of every unit that are published."""
    for fact in reading.facts:
        if fact.fact in COMPARED:
            yield from _judge(fact)


def _judge(fact: UnitFact) -> Iterator[Verdict]:
    """A fact that nobody publishes is no subject."""
    subject = unit_subject(fact)
    match fact.state:
        case FactState.PRESENT:
            yield ok(subject, observed=fact.value)
        case FactState.NOT_ASSESSED:
            yield unknown(subject, fact.reason or Reason.UNREACHABLE)
        case FactState.CONFLICTING:
            one, other = fact.values[:2]
            certain = fact.fact in CERTAIN and one.site == other.site
            verdict = fault if certain else review
            yield verdict(
                subject,
                "conflicting",
                evidence=[quoted(v.url, v.quote, v.sha256) for v in (one, other)],
                observed=other.value,
                limit=one.value,
                unit=fact.unit_name,
                fact=fact_name(fact.fact),
                one=one.value,
                other=other.value,
            )
        case FactState.STALE:
            yield review(
                subject,
                "stale",
                evidence=[quoted(v.url, v.quote, v.sha256) for v in fact.values[:2]],
                observed=fact.value,
                limit=fact.registered,
                unit=fact.unit_name,
                fact=fact_name(fact.fact),
                value=fact.value,
                registered=fact.registered,
            )
        case _:
            return


TEXTS = Texts(
    title=Text("各处公布的单位要素一致", "What is published of a unit agrees everywhere"),
    failure_title=Text("要素不一致", "Published facts of a unit contradict each other"),
    messages={
        "conflicting": Message(
            Text(
                "{unit}的{fact}两处不一致：一处是“{one}”，另一处是“{other}”。",
                "{fact} of {unit} is “{one}” in one place and “{other}” in another.",
            ),
            Text(
                "核实{unit}现在的{fact}，把过时的一处改正。",
                "Find out which {fact} of {unit} is right, and correct the other place.",
            ),
        ),
        "stale": Message(
            Text(
                "{unit}的{fact}与登记的不同：网页上是“{value}”，登记的是“{registered}”，需人工确认哪个是对的。",
                "{fact} of {unit} is “{value}” on the page and “{registered}” in the register.",
            ),
            Text(
                "网页过时的，改正网页；登记过时的，改正配置里 [[units]] 的 facts。",
                "Correct the page, or facts of the unit in [[units]] of the config.",
            ),
        ),
    },
)

CHECK = Check(
    id="conflicting-unit-fact",
    scope="estate",
    settings=ConflictingUnitFactSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="五（三）",
            quote="厅及厅属单位全面主动依法公开单位职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
            verified=True,
        ),
    ),
    find=find,
)
