"""错别字: a word is wrong, doubled, lost or put in by mistake.

Confusable words of a list (the longest match wins, so that right words that hold a wrong one are
none), words doubled, verbs that come again after a few characters, 个工作日 without 内, document
numbers in other brackets than 〔〕, one document cited under two titles, titles and quotations that are
opened and never closed. Always for a person.
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


class TextSlipSettings(Settings):
    """Nothing to set."""


KINDS = (
    SlipKind.WORD,
    SlipKind.DOUBLED,
    SlipKind.INSERTED,
    SlipKind.LOST,
    SlipKind.BRACKET,
    SlipKind.TITLE,
    SlipKind.QUOTE,
)


def find(
    reading: Reading,
    settings: TextSlipSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every page that was read; what a template repeats is one finding."""
    yield from slip_verdicts(reading, KINDS, _said, "；")


def _said(one: PageSlip) -> str:
    right = one.slip.right
    if one.slip.kind is SlipKind.QUOTE:
        return f"标点不成对：{one.slip.words}"
    return f"“{one.slip.words}”应为“{right}”" if right else f"“{one.slip.words}”"


TEXTS = Texts(
    title=Text("没有发现错别字", "No slips of writing found"),
    failure_title=Text("疑似错别字", "Slips of writing"),
    messages={
        "doubtful": Message(
            Text(
                "发现{slips}处疑似文字差错：{words}；涉及{pages}处页面，需人工确认。",
                "{slips} words may be wrong: {words}; {pages} pages; a person must look.",
            ),
            Text(
                "核对原文，更正错别字；引用其他单位文件的，以原文为准。",
                "Compare the original and correct it; what is quoted stays as its author wrote it.",
            ),
        ),
    },
)

CHECK = Check(
    id="text-slip",
    scope="site",
    settings=TextSlipSettings,
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
