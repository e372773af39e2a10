"""Rows of a column without a publication date, neither in the list nor on their pages."""

from collections.abc import Iterator, Sequence

from audit.model import DatedItem, DateSource, ListItem, PageKind, Reason, UndatedItem
from audit.reading.site.answers import ALIVE, DEAD, reason_of
from audit.reading.site.digest import Digest
from audit.reading.site.survey import Survey

SHOWN = 200
TEXT = 40  # characters; a shorter text beside a picture may be in the picture


def undated_of(
    found: Survey, rows: Sequence[tuple[ListItem, DatedItem]]
) -> tuple[UndatedItem, ...]:
    """Those of a column's rows, each once; `rows` holds each with the best date known for it.

    A row of another site, of a further list, of a page that is missing is no item of the column.
    """
    made: dict[str, UndatedItem] = {}
    for row, item in rows:
        if item.day is not None and item.source is not DateSource.URL:
            continue
        if row.month_day is not None or not row.url or row.url in made:
            continue
        for one in _judged(found, row, item):
            made[row.url] = one
    return tuple(made.values())[:SHOWN]


def _judged(found: Survey, row: ListItem, item: DatedItem) -> Iterator[UndatedItem]:
    """The row as an undated item; nothing when it is none."""
    hint = item.quote if item.source is DateSource.URL else ""
    page = found.page(row.url)
    if page is not None:
        if page.kind is PageKind.ARTICLE and page.outcome in ALIVE:
            yield UndatedItem(row.url, row.title, _unseen(page), page.hint or hint)
        return
    if not found.answers.is_own(row.url):
        return
    answer = found.answers.through(row.url)
    if answer is None:
        yield UndatedItem(row.url, row.title, Reason.BUDGET, hint)
    elif answer.outcome not in DEAD | ALIVE:
        yield UndatedItem(row.url, row.title, reason_of(answer.outcome), hint)
    elif answer.outcome in ALIVE:  # a document: it may say its date within
        yield UndatedItem(row.url, row.title, None, hint or row.url.rpartition("/")[2])


def _unseen(page: Digest) -> Reason | None:
    """Why the page may show a date that was not seen."""
    if page.script_fills:
        return Reason.NEEDS_BROWSER
    return Reason.NO_DATES if page.embedded and page.length < TEXT else None
