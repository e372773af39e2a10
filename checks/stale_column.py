"""栏目不更新: a column that must be kept current has gone quiet.

The newest dated item decides, wherever it stands in the list, by the limit of the column's class.
Archived, static and external columns cannot go stale, nor can yearly ones unless their limit is
registered; an exempt column is left out until its exemption ends. A column whose items carry no
readable date is unknown: an unknown date is not an old date. So is one that script may fill, and
one whose first page does not stand newest first while the second was not read. A date read from an
address alone, undated items, unread pages behind two unordered ones and a column that only lives
when something happens send the column to review. A column without items belongs to blank-column.
"""

from collections.abc import Iterator, Mapping

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Column,
    ColumnKind,
    DatedItem,
    LimitText,
    Message,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    column_subject,
    fault,
    is_exempt,
    is_weak,
    ok,
    review,
    table,
    unknown,
    within,
)


class StaleColumnSettings(Settings):
    """How long a column may stay quiet, and how many pages of an unordered list must be seen."""

    limits: Mapping[str, LimitText]  # by class; one that is not named has no limit
    pages: int = Field(gt=0)


def find(reading: Reading, settings: StaleColumnSettings, as_of: AsOf) -> Iterator[Verdict]:
    """Judge every column that is meant to be updated by its newest item."""
    for column in reading.columns:
        limit = column.limit or settings.limits.get(column.klass.value, "")
        lives = column.kind in {ColumnKind.PERIODIC, ColumnKind.EVENT}
        yearly = column.yearly and not column.limit
        if limit and lives and not yearly and not is_exempt(column, as_of):
            yield from _judge(column, limit, settings.pages, as_of)


def _judge(column: Column, limit: str, pages: int, as_of: AsOf) -> Iterator[Verdict]:
    subject = column_subject(column)
    newest = _newest(column)
    if column.unavailable:
        yield unknown(subject, column.unavailable)
    elif newest is None or newest.day is None:
        if column.script_fills:
            yield unknown(subject, Reason.NEEDS_BROWSER)
        elif column.items:
            yield unknown(subject, Reason.NO_DATES)
    elif within(newest.day, limit, as_of.day):
        yield ok(subject, observed=str(newest.day))
    elif column.script_fills:
        yield unknown(subject, Reason.NEEDS_BROWSER)
    elif _is_half_read(column) and column.read_pages < pages:
        yield unknown(subject, column.unread_reason or Reason.BUDGET)
    else:
        doubt = _doubt(column, newest)
        age = (as_of.day - newest.day).days
        verdict = review if doubt else fault
        yield verdict(
            subject,
            doubt or "stale",
            evidence=[table(column.url, _rows(column, newest), column.sha256)],
            observed=f"{age}d",
            limit=limit,
            newest=newest.day,
            age=age,
            title=newest.title,
            undated=column.items - column.dated,
            unread=column.unread_pages,
        )


def _newest(column: Column) -> DatedItem | None:
    """The newest of the items and the dated statement that there was nothing to publish."""
    dated = [item for item in (column.newest, column.statement) if item and item.day]
    return max(dated, key=lambda item: str(item.day), default=None)


def _doubt(column: Column, newest: DatedItem) -> str:
    """What may hide a newer item; empty: nothing."""
    if is_weak(newest):
        return "weak"
    if column.dated < column.items:
        return "undated"
    if _is_half_read(column):
        return "partial"
    return "event" if column.kind is ColumnKind.EVENT and not column.limit else ""


def _is_half_read(column: Column) -> bool:
    """Whether newer items may stand on list pages that were not read."""
    return column.unread_pages > 0 and not column.in_order


def _rows(column: Column, newest: DatedItem) -> list[str]:
    return [f"{row.day or '—'} {row.title}" for row in (column.rows or (newest,))[:10]]


PUBLISH = Text(
    "补发应公开的信息；确无内容的栏目，按规定整合或关停。",
    "Publish what is due; merge or close a column that has nothing to say.",
)
SHOW_DATES = Text(
    "为列表中的每条信息标注发布日期；确已超期的，补发应公开的信息。",
    "Show the publication date of every item; publish what is due if it is overdue.",
)
TEXTS = Texts(
    title=Text("栏目按时更新", "Columns are kept current"),
    failure_title=Text("栏目不更新", "Columns have gone stale"),
    messages={
        "stale": Message(
            Text(
                "最新一条信息的日期是{newest}，已{age}天未更新：“{title}”。",
                "The newest item is of {newest}, {age} days ago: “{title}”.",
            ),
            PUBLISH,
        ),
        "weak": Message(
            Text(
                "最新一条信息只能从网址推断日期（{newest}，距今{age}天），需人工确认：“{title}”。",
                "The newest item's date is known from its address only ({newest}, {age} days ago): “{title}”.",
            ),
            SHOW_DATES,
        ),
        "partial": Message(
            Text(
                "已读到的信息中最新的是{newest}（距今{age}天），但列表不按日期排列，还有{unread}页未读，需人工确认。",
                "The newest item read is of {newest} ({age} days ago), but the list is not in order of dates and {unread} pages were not read.",
            ),
            PUBLISH,
        ),
        "event": Message(
            Text(
                "最新一条信息的日期是{newest}（距今{age}天）。此类栏目有事才更新，是否应有新内容需人工确认：“{title}”。",
                "The newest item is of {newest}, {age} days ago. Such a column lives when something happens: was anything due? “{title}”",
            ),
            Text(
                "有应公开的信息的，及时补发；确无的，发布注明日期的“本月无……”一类说明，或在登记表中写明该栏目的时限。",
                "Publish what is due; else publish a dated statement that there was nothing, or register the column's limit.",
            ),
        ),
        "undated": Message(
            Text(
                "有日期的信息中最新的是{newest}（距今{age}天），另有{undated}条信息没有读到日期，需人工确认。",
                "The newest dated item is of {newest} ({age} days ago); {undated} items carry no readable date.",
            ),
            SHOW_DATES,
        ),
    },
)

CHECK = Check(
    id="stale-column",
    scope="site",
    settings=StaleColumnSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 栏目不更新",
            quote="监测时间点前2周内的动态、要闻类栏目，以及前6个月内的通知公告、政策文件类一级栏目应有更新",
            verified=False,
        ),
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（一）2",
            quote="门户网站存在栏目不更新和信息发布不规范、不及时、不到位等问题",
            verified=True,
        ),
    ),
    find=find,
)
