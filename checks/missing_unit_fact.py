"""六要素缺失: a unit does not publish one of its six basic facts.

Functions, structure, address, hours, contact and the head's name are due for the department and
every subordinate unit, whichever site says them. A value that does not look like one, what may stand
in an image or a document only, what stands under a name that nobody registered, and a unit that no
page names go to review. Pages that could not be read, and a site that was not read to its end, leave
the fact unknown. What two pages say differently is another check's business.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    EstateReading,
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
    fetched,
    ok,
    quoted,
    review,
    unit_subject,
    unknown,
)


class MissingUnitFactSettings(Settings):
    """Nothing to set."""


THERE = {FactState.PRESENT, FactState.CONFLICTING, FactState.STALE}


def find(
    reading: EstateReading,
    settings: MissingUnitFactSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge six facts of every unit."""
    for fact in reading.facts:
        yield _judge(fact)


def _judge(fact: UnitFact) -> Verdict:
    subject = unit_subject(fact)
    if fact.state in THERE:
        return ok(subject, observed=fact.value)
    if fact.state is FactState.NOT_ASSESSED:
        return unknown(subject, fact.reason or Reason.UNREACHABLE)
    said = [quoted(value.url, value.quote, value.sha256) for value in fact.values[:10]]
    searched = [fetched(page, "") for page in fact.looked_at[:10]]
    verdict = fault if fact.state is FactState.MISSING else review
    code = fact.note.value if fact.note else fact.state.value
    return verdict(
        subject,
        code,
        evidence=said or searched,
        observed=fact.value or "0",
        limit="1",
        unit=fact.unit_name,
        fact=fact_name(fact.fact),
        value=fact.value,
        pages=len(fact.looked_at),
    )


PUBLISH = Text(
    "在机构职能、领导信息、公开指南或“联系我们”页面公布{unit}的{fact}。",
    "Publish {fact} of {unit} on the organisation, leaders, guide or contact page.",
)
NAME = Text(
    "在配置的 [[units]] 里补全{unit}的全称、简称（aliases）或公布页面（facts_page）；确实没有公布的，予以公布。",
    "Complete name, aliases or facts_page of {unit} in [[units]] of the config, or publish it.",
)
TEXTS = Texts(
    title=Text("单位六要素齐全", "Units publish their six basic facts"),
    failure_title=Text("六要素缺失", "Basic facts of units are missing"),
    messages={
        "missing": Message(
            Text(
                "{unit}没有公布{fact}：查阅了{pages}个页面，均未见到。",
                "{unit} does not publish {fact}: {pages} pages were searched.",
            ),
            PUBLISH,
        ),
        "implausible": Message(
            Text(
                "{unit}公布的{fact}不像有效内容，需人工确认：“{value}”。",
                "{unit} publishes what does not look like {fact}: “{value}”.",
            ),
            PUBLISH,
        ),
        "pictured": Message(
            Text(
                "{unit}的{fact}可能只在图片或附件中，需人工确认。",
                "{fact} of {unit} may stand in an image or a document only.",
            ),
            PUBLISH,
        ),
        "elsewhere": Message(
            Text(
                "网页上有{fact}，但写在别的名称下，看不出是不是{unit}的，需人工确认。",
                "{fact} stands under another name; whether it is that of {unit} a person must say.",
            ),
            NAME,
        ),
        "unnamed": Message(
            Text(
                "读到的{pages}个相关页面都没有提到{unit}，{fact}无从查找，需人工确认。",
                "The {pages} pages that were read do not name {unit}: where its {fact} would stand is not known.",
            ),
            NAME,
        ),
        "ambiguous": Message(
            Text(
                "登记的另一个单位与{unit}同名，分不清网页上的{fact}是谁的，需人工确认。",
                "Another registered unit bears the name of {unit}: whose {fact} it is cannot be told.",
            ),
            NAME,
        ),
    },
)

CHECK = Check(
    id="missing-unit-fact",
    scope="estate",
    settings=MissingUnitFactSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="五（三）",
            quote="厅及厅属单位全面主动依法公开单位职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
            verified=True,
        ),
        Basis(
            document="中华人民共和国政府信息公开条例（2019年修订）",
            clause="第二十条第（二）项",
            quote="机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
            verified=True,
        ),
    ),
    find=find,
)
