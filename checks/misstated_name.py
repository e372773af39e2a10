"""严重表述错误线索: the name of the state, a party body, a law or an office is misstated.

A name that differs from its right form by one character, and misstatements of a list. Right names
that only look alike, quotations and historic names are listed as right. Always for a person: what
is grave, a program does not decide.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    PageSlip,
    Reading,
    Settings,
    SlipKind,
    Text,
    Texts,
    Verdict,
    slip_verdicts,
)


class MisstatedNameSettings(Settings):
    """Nothing to set."""


KINDS = (SlipKind.NAME,)


def find(
    reading: Reading,
    settings: MisstatedNameSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every page that was read; what a template repeats is one finding."""
    yield from slip_verdicts(reading, KINDS, _said, "；")


def _said(one: PageSlip) -> str:
    right = one.slip.right
    return f"“{one.slip.words}”应为“{right}”" if right else f"“{one.slip.words}”"


TEXTS = Texts(
    title=Text("国家、党政机关和法律名称表述正确", "Names of state, party and law are right"),
    failure_title=Text("疑似严重表述错误", "A name may be misstated"),
    messages={
        "doubtful": Message(
            Text(
                "名称表述疑似有误：{words}；涉及{pages}处页面，需人工确认。",
                "Names seem misstated: {words}; {pages} pages; a person must look.",
            ),
            Text(
                "核对原文；确有错误的，立即更正，并检查其他页面和新媒体是否也有。",
                "Compare the original; correct at once, and look for it elsewhere.",
            ),
        ),
    },
)

CHECK = Check(
    id="misstated-name",
    scope="site",
    settings=MisstatedNameSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 1（1）",
            quote="出现严重表述错误",
            verified=False,
        ),
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（一）2",
            quote="认真执行信息发布审核制度，把好政治关、政策关、文字关",
            verified=True,
        ),
    ),
    find=find,
)
