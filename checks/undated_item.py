"""未注明发布时间: an item shows no publication date, neither in its list nor on its page.

Only columns of the classes that must say when they published are looked at; archived, static,
external and exempt ones are left out. A date in list, label, meta or script is one, with or without
its year. Where a date stands in address or text that no label calls the publication's, and where
the item is a document, a person must look. A page that was not read, that script fills, or that is
a picture leaves the item unknown. A column none of whose items shows a date is one finding. This
says nothing on whether a column is stale: an unknown date is not an old one.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Column,
    ColumnClass,
    ColumnKind,
    Message,
    Reading,
    Settings,
    Text,
    Texts,
    UndatedItem,
    Verdict,
    column_subject,
    fault,
    is_exempt,
    item_subject,
    ok,
    review,
    table,
    unknown,
)


class UndatedItemSettings(Settings):
    """Which classes must date their items; from how many a column without dates is one finding."""

    classes: tuple[ColumnClass, ...]
    together: int = Field(gt=1)


LIVING = {ColumnKind.PERIODIC, ColumnKind.EVENT}


def find(reading: Reading, settings: UndatedItemSettings, as_of: AsOf) -> Iterator[Verdict]:
    """Judge the items of every column that must date them."""
    for column in reading.columns:
        if column.klass not in settings.classes or column.kind not in LIVING:
            continue
        if is_exempt(column, as_of):
            continue
        yield from _judge(column, settings.together)


def _judge(column: Column, together: int) -> Iterator[Verdict]:
    subject = column_subject(column)
    if column.unavailable:
        yield unknown(subject, column.unavailable)
        return
    seen = [item for item in column.undated if item.reason is None]
    plain = [item for item in seen if not item.hint]
    if column.rows and not column.undated:
        yield ok(subject, observed=str(column.dated))
    elif len(seen) == len(column.undated) == column.items and len(seen) >= together:
        verdict = fault if len(plain) == len(seen) else review
        yield verdict(
            subject,
            "none" if len(plain) == len(seen) else "hints",
            evidence=[table(column.url, (_line(item) for item in seen[:10]), column.sha256)],
            observed=str(len(seen)),
            limit="0",
            items=len(seen),
            title=seen[0].title,
        )
    else:
        for item in column.undated:
            yield _of_item(column, item)


def _of_item(column: Column, item: UndatedItem) -> Verdict:
    subject = item_subject(column, item.url, item.title)
    if item.reason is not None:
        return unknown(subject, item.reason)
    verdict = review if item.hint else fault
    return verdict(
        subject,
        "hint" if item.hint else "undated",
        evidence=[
            table(column.url, [_line(item)], column.sha256),
            table(item.url, [item.hint or item.title]),
        ],
        observed=item.hint or "0",
        limit="1",
        column=column.name,
        hint=item.hint,
    )


def _line(item: UndatedItem) -> str:
    return f"— {item.title} {item.hint}".rstrip()


MARK = Text(
    "在列表和正文页标明发布时间；发布系统有记录的，由模板带出。",
    "Show the publication date in the list and on the page; let the template print what is on record.",
)
LOOK = Text(
    "打开页面确认；没有注明发布时间的，在列表和正文页标明。",
    "Open the page; where no publication date is shown, show it in the list and on the page.",
)
TEXTS = Texts(
    title=Text("信息注明发布时间", "Items show their publication dates"),
    failure_title=Text("未注明发布时间", "Items show no publication date"),
    messages={
        "undated": Message(
            Text(
                "列表和正文页都没有注明发布时间（栏目“{column}”）。",
                "Neither the list nor the page shows a publication date (column “{column}”).",
            ),
            MARK,
        ),
        "hint": Message(
            Text(
                "没有注明发布时间，只见到“{hint}”，需人工确认（栏目“{column}”）。",
                "No publication date is shown, only “{hint}”; a person must look (column “{column}”).",
            ),
            LOOK,
        ),
        "none": Message(
            Text(
                "读到的{items}条信息都没有注明发布时间，例如“{title}”。",
                "The {items} items read show no publication date, such as “{title}”.",
            ),
            MARK,
        ),
        "hints": Message(
            Text(
                "读到的{items}条信息都没有注明发布时间，有的只在网址或正文中见到日期，需人工确认，例如“{title}”。",
                "The {items} items read show no publication date but in address or text; a person must look, such as “{title}”.",
            ),
            LOOK,
        ),
    },
)

CHECK = Check(
    id="undated-item",
    scope="site",
    settings=UndatedItemSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 3、4 说明",
            quote="稿件发布页未注明发布时间的，视为不更新",
            verified=False,
        ),
    ),
    find=find,
)
