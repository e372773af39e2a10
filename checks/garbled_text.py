"""乱码: characters of a page are broken.

Two or more replacement characters in a row and the well-known words of a wrong encoding (锟斤拷) are a
fault; a single one, question marks within Chinese and entities that show as text go to review. Boxes of
forms (□) are none.
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


class GarbledTextSettings(Settings):
    """Nothing to set."""


KINDS = (SlipKind.GARBLED,)


def find(
    reading: Reading,
    settings: GarbledTextSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every page that was read; what a template repeats is one finding."""
    yield from slip_verdicts(reading, KINDS, _said)


def _said(one: PageSlip) -> str:
    return one.slip.words


TEXTS = Texts(
    title=Text("没有乱码", "No broken characters"),
    failure_title=Text("乱码", "Broken characters"),
    messages={
        "sure": Message(
            Text(
                "页面有{slips}种乱码，如“{words}”，涉及{pages}处页面。",
                "The page has broken characters ({slips}): {words}; {pages} pages.",
            ),
            Text(
                "检查编码和录入过程，重新发布这段文字。",
                "Check the encoding and how the text was put in; publish it again.",
            ),
        ),
        "doubtful": Message(
            Text(
                "页面疑似有乱码，如“{words}”，共{slips}种，涉及{pages}处页面，需人工确认。",
                "Characters may be broken ({slips}): {words}; {pages} pages; a person must look.",
            ),
            Text(
                "打开页面确认；确属乱码的，重新发布这段文字。",
                "Open the page; publish the text again if it is broken.",
            ),
        ),
    },
)

CHECK = Check(
    id="garbled-text",
    scope="site",
    settings=GarbledTextSettings,
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
