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
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    quoted,
    read_pages,
    review,
    url_key,
)


class GarbledTextSettings(Settings):
    """Nothing to set."""


KINDS = (SlipKind.GARBLED,)
NAMED = 5  # slips that a message names


def find(
    reading: Reading,
    settings: GarbledTextSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every page that was read; what a template repeats is one finding."""
    slips = reading.slips
    for found in slips.of(*KINDS).values():
        yield _judge(found)
    yield from read_pages(reading, slips.pages(*KINDS))


def _judge(found: list[PageSlip]) -> Verdict:
    sure = [one for one in found if one.slip.sure]
    shown = sure or found
    first, verdict = shown[0], fault if sure else review
    return verdict(
        Subject(SubjectKind.PAGE, url_key(first.page), first.page, first.title or first.page),
        "sure" if sure else "doubtful",
        evidence=[quoted(one.page, one.slip.quote, one.sha256) for one in shown],
        observed=str(len(shown)),
        limit="0",
        slips=len(shown),
        words="、".join(dict.fromkeys(one.slip.words for one in shown[:NAMED])),
        pages=max(one.pages for one in shown),
    )


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
