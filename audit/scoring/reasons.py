"""Why a verdict is what it is, in words."""

from collections.abc import Iterable, Sequence

from audit.model import Text
from audit.rulebooks import Veto
from audit.scoring.records import Scorecard, VetoCount


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
    "unscored": Text(
        "本规则集只核对任务，不评分，不下合格结论：{items}项中，程序核对了{seen}项，查出问题{found}项，"
        "程序没有核对{unseen}项；需要人工或登记数据核对{person}项。",
        "This rulebook goes through duties and gives no score: of {items}, {seen} were tested by the "
        "program, {found} have faults, {unseen} were not tested; {person} need a person or a register.",
    ),
}
UNTESTED = Text("未检测的单项否决：{untested}。", "Vetoes not tested: {untested}.")


def named(vetoes: Sequence[Veto]) -> Text:
    """The vetoes by number and name."""
    return Text(
        "；".join(f"{veto.id} {veto.name.zh}" for veto in vetoes),
        "; ".join(f"{veto.id} {veto.name.en}" for veto in vetoes),
    )


def counted(vetoes: Sequence[Veto], counts: Sequence[VetoCount]) -> Text:
    """The vetoes with the counts that make them."""
    return Text(
        "；".join(f"{veto.id} {veto.name.zh}{_counts(veto, counts, 'zh')}" for veto in vetoes),
        "; ".join(f"{veto.id} {veto.name.en}{_counts(veto, counts, 'en')}" for veto in vetoes),
    )


def _counts(veto: Veto, counts: Iterable[VetoCount], language: str) -> str:
    """The full counters of a veto; one that a single finding fills needs no number."""
    full = [
        one for one in counts
        if one.veto == veto.id and one.count >= one.at_least and one.at_least > 1
    ]  # fmt: skip
    if not full:
        return ""
    zh = language == "zh"
    said = [
        f"{one.name.say(language) if one.name else ''}{one.count}个，达到{one.at_least}个"
        if zh
        else f"{one.name.say(language) + ' ' if one.name else ''}{one.count} of {one.at_least}"
        for one in full
    ]
    return f"（{'；'.join(said)}）" if zh else f" ({'; '.join(said)})"
