"""发稿日期异常: an item's publication date lies ahead, or its dates contradict each other.

Always for a person: corrections, time zones and migrations bring such dates about too. Dates of
label, meta, script and list are held against each other, the address's is too weak for it, and so
is a reading of little confidence, such as a date of change. Where many items that disagree share
one day, the site itself was moved or its template is wrong: one finding. Only articles are looked
at, and rows of lists with a day ahead whose pages were not read.
"""

from collections import Counter
from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    DateMark,
    DateSource,
    Message,
    PageCard,
    PageKind,
    Reading,
    Settings,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    item_subject,
    ok,
    page_subject,
    quoted,
    review,
    site_subject,
    table,
    url_key,
)


class SuspiciousDateSettings(Settings):
    """What is still no contradiction, what counts as a reading, what is too many for chance."""

    days: int = Field(ge=0)  # by which dates may differ or lie ahead
    confidence: float = Field(gt=0, le=1)  # of a page's own readings
    together: int = Field(gt=1)  # items that disagree and share a day


def find(reading: Reading, settings: SuspiciousDateSettings, as_of: AsOf) -> Iterator[Verdict]:
    """Judge every article with a date, then the rows ahead of the day whose pages were not read."""
    seen: set[str] = set()
    torn: list[tuple[PageCard, tuple[DateMark, ...]]] = []
    for page in reading.pages:
        marks = _strong(page, settings.confidence)
        if page.kind is not PageKind.ARTICLE or not marks:
            continue
        seen.add(url_key(page.url))
        days = [mark.day for mark in marks]
        if (max(days) - as_of.day).days > settings.days:
            yield _ahead(page, max(marks, key=_day), as_of)
        elif (max(days) - min(days)).days > settings.days:
            torn.append((page, marks))
        else:
            yield ok(page_subject(page, SubjectKind.ITEM), observed=str(marks[0].day))
    yield from _torn(reading, torn, settings)
    yield from _rows_ahead(reading, seen, settings.days, as_of)


def _strong(page: PageCard, confidence: float) -> tuple[DateMark, ...]:
    """The readings that may accuse, best first."""
    return tuple(
        mark
        for mark in page.dates
        if mark.source is DateSource.LIST
        or (mark.source is not DateSource.URL and mark.confidence >= confidence)
    )


def _day(mark: DateMark) -> int:
    return mark.day.toordinal()


def _ahead(page: PageCard, mark: DateMark, as_of: AsOf) -> Verdict:
    return review(
        page_subject(page, SubjectKind.ITEM),
        "ahead",
        evidence=[quoted(page.url, mark.quote or str(mark.day), page.sha256)],
        observed=str(mark.day),
        limit=str(as_of.day),
        day=mark.day,
        source=NAMES[mark.source],
        as_of=as_of.day,
    )


def _torn(
    reading: Reading,
    torn: list[tuple[PageCard, tuple[DateMark, ...]]],
    settings: SuspiciousDateSettings,
) -> Iterator[Verdict]:
    """Items whose dates contradict each other: one by one, or together when they share a day."""
    latest = [max(marks, key=_day).day for _, marks in torn]
    shared = {day for day, count in Counter(latest).items() if count >= settings.together}
    for (page, marks), day in zip(torn, latest, strict=True):
        if day not in shared:
            yield _contradiction(page, marks, settings.days)
    for day in sorted(shared)[-1:]:
        pages = [page for (page, _), last in zip(torn, latest, strict=True) if last in shared]
        yield review(
            site_subject(reading, "together"),
            "together",
            evidence=[
                table(reading.card.home, (f"{page.title} {page.url}" for page in pages[:10]))
            ],
            observed=str(len(pages)),
            limit=str(settings.together),
            items=len(pages),
            day=day,
        )


def _contradiction(page: PageCard, marks: tuple[DateMark, ...], days: int) -> Verdict:
    first, last = min(marks, key=_day), max(marks, key=_day)
    return review(
        page_subject(page, SubjectKind.ITEM),
        "torn",
        evidence=[
            table(
                page.url,
                (f"{mark.day} {NAMES[mark.source].zh} {mark.quote}".rstrip() for mark in marks),
                page.sha256,
            )
        ],
        observed=f"{(last.day - first.day).days}d",
        limit=f"{days}d",
        first=first.day,
        first_source=NAMES[first.source],
        last=last.day,
        last_source=NAMES[last.source],
        gap=(last.day - first.day).days,
    )


def _rows_ahead(reading: Reading, seen: set[str], days: int, as_of: AsOf) -> Iterator[Verdict]:
    """Rows of lists with a day ahead whose pages were not judged, each once."""
    for column in reading.columns:
        for row in column.rows:
            if row.day is None or row.source is not DateSource.LIST or not row.url:
                continue
            name = url_key(row.url)
            if name in seen or (row.day - as_of.day).days <= days:
                continue
            seen.add(name)
            yield review(
                item_subject(column, row.url, row.title),
                "ahead",
                evidence=[table(column.url, [f"{row.day} {row.title}"], column.sha256)],
                observed=str(row.day),
                limit=str(as_of.day),
                day=row.day,
                source=NAMES[DateSource.LIST],
                as_of=as_of.day,
            )


NAMES = {
    DateSource.META: Text("页面标签", "meta label"),
    DateSource.LABEL: Text("页面显示", "page"),
    DateSource.SCRIPT: Text("页面脚本", "script"),
    DateSource.LIST: Text("列表", "list"),
    DateSource.URL: Text("网址", "address"),
}
TEXTS = Texts(
    title=Text("发稿日期前后一致", "Publication dates agree"),
    failure_title=Text("发稿日期异常", "Publication dates are suspicious"),
    messages={
        "ahead": Message(
            Text(
                "发布日期是{day}（{source}），晚于监测日{as_of}，需人工确认。",
                "The publication date {day} ({source}) is later than the day of reading, {as_of}; a person must look.",
            ),
            Text(
                "核对实际发布时间；日期填错的，改正。",
                "Check when it was published; correct a wrong date.",
            ),
        ),
        "torn": Message(
            Text(
                "发布日期前后不一：{first_source}是{first}，{last_source}是{last}，相差{gap}天，需人工确认。",
                "The publication dates differ: {first_source} {first}, {last_source} {last}, {gap} days apart; a person must look.",
            ),
            Text(
                "核对实际发布时间，统一页面、标签和列表的日期；更正内容的，另行注明更正时间。",
                "Check when it was published and use one date in page, label and list; say the day of a correction apart.",
            ),
        ),
        "together": Message(
            Text(
                "{items}条信息的日期互相矛盾，并且集中在少数几天（如{day}），可能是网站迁移或模板有误，需人工确认。",
                "The dates of {items} items contradict each other and fall on a few days (such as {day}): a migration or a faulty template; a person must look.",
            ),
            Text(
                "检查发布系统的模板和迁移记录，恢复原来的发布时间。",
                "Check the template and the migration; restore the original publication dates.",
            ),
        ),
    },
)

CHECK = Check(
    id="suspicious-date",
    scope="site",
    settings=SuspiciousDateSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 1（5）",
            quote="伪造发稿日期等弄虚作假行为",
            verified=False,
        ),
    ),
    find=find,
)
