"""解读照搬原文: an interpretation copies the policy, or lacks what an interpretation must say.

Copied is what the policy's page says in the same runs of words. A copy that explains nothing beside
fails; where it explains too, the rest may be a quoted annex: a person must say. So it is with words
that show too little of 背景, 依据, 目的, 主要内容 and 举措. Pictures, videos and pages with little text
cannot be read and are not judged.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Pair,
    Reading,
    Reason,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    quoted,
    review,
    unknown,
    url_key,
)


class ThinInterpretationSettings(Settings):
    """How much may be copied, how many parts there must be, and how much text it takes to tell."""

    overlap: float = Field(gt=0, le=1)
    elements: int = Field(ge=0, le=5)
    length: int = Field(ge=0)


PARTS = {
    "background": "背景",
    "basis": "依据",
    "aim": "目的",
    "content": "主要内容",
    "measures": "举措",
}


def find(
    reading: Reading,
    settings: ThinInterpretationSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every interpretation against the policy that it belongs to."""
    judged: dict[str, Pair] = {}
    for pair in reading.pairs:
        shown = pair.interpretation
        if shown is None or not shown.sha256 or pair.matched_by == "similarity":
            continue
        known = judged.get(shown.url)
        if known is None or (pair.overlap or 0) > (known.overlap or 0):
            judged[shown.url] = pair
    for url in sorted(judged):
        yield _judge(judged[url], settings)


def _judge(pair: Pair, settings: ThinInterpretationSettings) -> Verdict:
    shown = pair.interpretation
    if shown is None:
        return unknown(Subject(SubjectKind.PAGE, "", "", ""), Reason.NOTHING_FOUND)
    subject = Subject(
        SubjectKind.PAGE, url_key(shown.url), shown.url, shown.title, column=shown.column
    )
    if shown.script_fills:
        return unknown(subject, Reason.NEEDS_BROWSER)
    if shown.length < settings.length:
        if shown.is_varied:
            return unknown(subject, Reason.NOTHING_FOUND)  # its words stand in pictures or sound
        return _said(pair, subject, "short", f"{shown.length}", f"{settings.length}")
    if pair.overlap is not None and pair.overlap > settings.overlap:
        explains = len(shown.elements) >= settings.elements  # the rest may be a quoted annex
        said = f"{pair.overlap:.0%}", f"{settings.overlap:.0%}"
        return _said(pair, subject, "copied", *said, certain=not explains)
    if len(shown.elements) < settings.elements:
        return _said(pair, subject, "thin", f"{len(shown.elements)}", f"{settings.elements}")
    return ok(subject, observed=f"{len(shown.elements)}")


def _said(
    pair: Pair, subject: Subject, code: str, observed: str, limit: str, *, certain: bool = False
) -> Verdict:
    shown = pair.interpretation
    present = shown.elements if shown else ()
    lacking = "、".join(name for part, name in PARTS.items() if part not in present)
    evidence = [quoted(subject.url, subject.label, shown.sha256 if shown else "")]
    if pair.policy.sha256:
        evidence.append(quoted(pair.policy.url, pair.policy.title, pair.policy.sha256))
    verdict = fault if certain else review
    return verdict(
        subject, code, evidence=evidence, observed=observed, limit=limit,
        interpretation=subject.label, policy=pair.policy.title, lacking=lacking,
        found=observed, wanted=limit,
    )  # fmt: skip


TEXTS = Texts(
    title=Text("解读有实质内容", "Interpretations explain"),
    failure_title=Text("解读照搬原文或要素不全", "Interpretations copy, or lack substance"),
    messages={
        "copied": Message(
            Text(
                "解读“{interpretation}”有{found}的文字与政策文件“{policy}”相同（超过{wanted}），"
                "疑似照搬原文。",
                "{found} of the interpretation “{interpretation}” stands in the policy “{policy}” "
                "word for word (more than {wanted}).",
            ),
            Text(
                "重写解读，说明背景、依据、目的、主要内容和举措，不照搬原文。",
                "Rewrite it: background, basis, aim, content and measures.",
            ),
        ),
        "thin": Message(
            Text(
                "解读“{interpretation}”的五项内容中只读到{found}项（至少{wanted}项），没有读到：{lacking}。",
                "The interpretation “{interpretation}” shows {found} of five parts (at least "
                "{wanted}); not seen: {lacking}.",
            ),
            Text(
                "补充背景、依据、目的、主要内容和举措中缺少的内容。",
                "Add the parts that are missing.",
            ),
        ),
        "short": Message(
            Text(
                "解读“{interpretation}”只有{found}个字（不到{wanted}个字），也没有图片、视频或附件。",
                "The interpretation “{interpretation}” has {found} characters (fewer than "
                "{wanted}), no picture, video or file.",
            ),
            Text("补充解读内容。", "Say more."),
        ),
    },
)

CHECK = Check(
    id="thin-interpretation",
    scope="site",
    settings=ThinInterpretationSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云政办发〔2023〕13号 云南省行政机关政策解读工作办法",
            clause="解读内容",
            quote="解读材料应当说明背景、依据、目的、主要内容和举措，不得照搬或简单缩写原文",
            verified=False,
        ),
    ),
    find=find,
)
