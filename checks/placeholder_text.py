"""测试/占位内容: a page shows test or placeholder text.

Whole phrases of placeholders and of programs ([object Object]) are a fault; template marks, null
behind a label, titles such as 测试 and words filled in over and over go to review. Marks of a template
that script fills are none.
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


class PlaceholderTextSettings(Settings):
    """Nothing to set."""


KINDS = (SlipKind.PLACEHOLDER,)


def find(
    reading: Reading,
    settings: PlaceholderTextSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every page that was read; what a template repeats is one finding."""
    yield from slip_verdicts(reading, KINDS, _said)


def _said(one: PageSlip) -> str:
    return one.slip.words


TEXTS = Texts(
    title=Text("没有测试、占位内容", "No test or placeholder text"),
    failure_title=Text("测试、占位内容", "Test or placeholder text"),
    messages={
        "sure": Message(
            Text(
                "页面显示测试或占位内容“{words}”，共{slips}处，涉及{pages}处页面。",
                "The page shows placeholders ({slips}): {words}; {pages} pages.",
            ),
            Text(
                "删除测试内容，补上正式内容；没有内容的页面先撤下。",
                "Remove test content and put the real one; take empty pages down.",
            ),
        ),
        "doubtful": Message(
            Text(
                "页面疑似显示测试或占位内容“{words}”，共{slips}处，涉及{pages}处页面，需人工确认。",
                "The page may show placeholders ({slips}): {words}; {pages} pages; a person must look.",
            ),
            Text(
                "打开页面确认；属于测试或占位内容的，删除或补上正式内容。",
                "Open the page; remove placeholders or put the real content.",
            ),
        ),
    },
)

CHECK = Check(
    id="placeholder-text",
    scope="site",
    settings=PlaceholderTextSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（一）2",
            quote="认真执行信息发布审核制度，把好政治关、政策关、文字关",
            verified=True,
        ),
    ),
    find=find,
)
