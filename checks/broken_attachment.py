"""附件无法下载: a document answers, and what comes is not that document.

The address ends in the name of a document. Nothing at all, a web page, or bytes of another kind
under a name that only one kind of program opens is a fault when more than one request got the same;
what came once only is unknown. Where some programs may open what came
(a page that is named doc or xls, as many systems export tables), a person must look. A document
whose address is missing is a dead link and judged there; a refusal, a wall before it and whatever
was not asked is unknown.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    ALIVE,
    AsOf,
    Basis,
    Check,
    FetchOutcome,
    FileFit,
    LinkTarget,
    Message,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    link_subject,
    ok,
    quoted,
    review,
    unknown,
)


class BrokenAttachmentSettings(Settings):
    """How many requests must get the same before the document is broken."""

    looks: int = Field(gt=0)


CODES = {FileFit.EMPTY: "empty", FileFit.PAGE: "page", FileFit.OTHER: "other"}


def find(
    reading: Reading,
    settings: BrokenAttachmentSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every document that links lead to."""
    for target in reading.links:
        if target.file is not None:
            yield from _judge(target, settings.looks)


def _judge(target: LinkTarget, looks: int) -> Iterator[Verdict]:
    subject = link_subject(target)
    if target.reason or target.outcome is None:
        yield unknown(subject, target.reason or Reason.BUDGET)
    elif target.outcome is FetchOutcome.TOO_LARGE:
        yield ok(subject)
    elif target.outcome in ALIVE:
        yield _opened(target, looks)


def _opened(target: LinkTarget, looks: int) -> Verdict:
    """Judge what came; a document that is missing is a dead link and yields nothing."""
    subject = link_subject(target)
    if target.file is None or target.file is FileFit.UNSEEN:  # only its head was asked for
        return unknown(subject, Reason.BUDGET)
    if target.file is FileFit.GOOD:
        return ok(subject)
    code = CODES.get(target.file, "doubtful")
    if code != "doubtful" and target.looks < looks:
        return unknown(subject, Reason.BUDGET)
    verdict = review if code == "doubtful" else fault
    return verdict(
        subject,
        code,
        evidence=[
            fetched(target.url, f"HTTP {target.status}，{max(target.received, 0)}字节", target.at),
            *(quoted(source.page, source.text) for source in target.examples),
        ],
        observed=target.file.value,
        limit=FileFit.GOOD.value,
        pages=target.pages,
    )


MEND = Text(
    "重新上传附件，下载后打开确认。",
    "Upload the document again; download and open it to make sure.",
)


def _message(zh: str, en: str) -> Message:
    return Message(Text(zh + "；{pages}处页面含有该附件。", en + "; {pages} pages hold it."), MEND)


TEXTS = Texts(
    title=Text("附件可以下载", "Documents can be downloaded"),
    failure_title=Text("附件无法下载", "Documents are broken"),
    messages={
        "empty": _message("附件是空的，没有内容", "The document is empty"),
        "page": _message("下载附件得到的是网页", "What comes is a web page"),
        "other": _message(
            "附件内容与扩展名不符，打不开",
            "The content is not what the name says, and does not open",
        ),
        "doubtful": _message(
            "附件内容与扩展名不符，有的软件可能打不开，需人工确认",
            "The content is not what the name says; some programs may not open it",
        ),
    },
)

CHECK = Check(
    id="broken-attachment",
    scope="site",
    settings=BrokenAttachmentSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="扣分指标 可用性",
            quote="附件应当能够下载和打开；分值由本工具设定",
            verified=False,
        ),
    ),
    find=find,
    when_empty="not_applicable",
)
