"""空白栏目: a column without any content.

A column is blank when its page was read and holds no item, no attachment, no text worth the name
and nothing else that a visitor can use: a form, a frame, a picture, a video. A list that script may
fill is unknown, never blank, and so is one whose pager tells of pages that were not read. A dated statement that there is nothing to publish is content, and so
is a short text on a page that is no list (an address, a telephone number): a person must look. So must one where
an empty list stands beside links that many pages show.
Archived topics and columns of other sites are left out.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Column,
    ColumnKind,
    Message,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    column_subject,
    fault,
    fetched,
    is_exempt,
    ok,
    quoted,
    review,
    unknown,
)


class BlankColumnSettings(Settings):
    """How many visible characters of the content region count as content."""

    content_length: int = Field(gt=0)


LISTING = {ColumnKind.PERIODIC, ColumnKind.EVENT}
LEFT_OUT = {ColumnKind.EXTERNAL, ColumnKind.ARCHIVE}


def find(reading: Reading, settings: BlankColumnSettings, as_of: AsOf) -> Iterator[Verdict]:
    """Judge every living column of the site's own by what it holds."""
    for column in reading.columns:
        if column.kind not in LEFT_OUT and not is_exempt(column, as_of):
            yield _judge(column, settings.content_length)


def _judge(column: Column, content_length: int) -> Verdict:
    subject = column_subject(column)
    if column.unavailable:
        return unknown(subject, column.unavailable)
    if column.items or column.attachments or column.statement:
        return ok(subject, observed=str(column.items))
    if column.content_length >= content_length:
        return ok(subject, observed=str(column.content_length))
    if column.script_fills:
        return unknown(subject, Reason.NEEDS_BROWSER)
    notice = column.notice_quote
    if column.unread_pages and not notice:
        return unknown(subject, column.unread_reason or Reason.BUDGET)
    if column.embedded and not notice:
        return ok(subject, observed=str(column.embedded))
    scanty = column.embedded or (
        not notice and column.content_length and column.kind not in LISTING
    )
    doubtful = scanty or column.borrowed
    verdict = review if doubtful else fault
    proof = quoted(column.url, notice, column.sha256) if notice else fetched(column.url, "")
    return verdict(
        subject,
        "scanty" if scanty else _what(column),
        evidence=[proof],
        observed="0",
        limit="1",
        notice=notice,
        length=column.content_length,
    )


def _what(column: Column) -> str:
    if column.borrowed:
        return "borrowed"
    return "announced" if column.notice_quote else "blank"


FILL = Text(
    "补充栏目内容；暂无内容可公开的，按规定整合或关停栏目，不得长期空白。",
    "Fill the column, or merge or close it; it must not stay blank.",
)
TEXTS = Texts(
    title=Text("栏目有内容", "Columns have content"),
    failure_title=Text("空白栏目", "Columns are blank"),
    messages={
        "blank": Message(
            Text(
                "栏目页面能打开，但没有任何信息条目，内容区只有{length}个字，也没有附件。",
                "The page opens, but lists nothing: {length} characters of text, no attachment.",
            ),
            FILL,
        ),
        "announced": Message(
            Text(
                "栏目页面只有“{notice}”，没有任何信息条目。",
                "The page says only “{notice}” and lists nothing.",
            ),
            FILL,
        ),
        "borrowed": Message(
            Text(
                "栏目自己的列表是空的，页面上只有多个栏目都有的一组链接（可能是菜单，也可能就是本栏目的内容），需人工确认是否空白栏目。",
                "Its own list is empty; what the page shows stands on many pages: a menu, or its content? Is it blank?",
            ),
            FILL,
        ),
        "scanty": Message(
            Text(
                "栏目页面没有信息条目，只有{length}个字或少量图片、表单，需人工确认是否空白栏目。",
                "The page lists nothing and holds {length} characters, a picture or a form: is it blank?",
            ),
            FILL,
        ),
    },
)

CHECK = Check(
    id="blank-column",
    scope="site",
    settings=BlankColumnSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 栏目不更新（3）",
            quote="空白栏目数量超过（含）5个的，即单项否决",
            verified=False,
        ),
    ),
    find=find,
)
