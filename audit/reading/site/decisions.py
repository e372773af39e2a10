"""Decisions that are to be posted in time (双公示): when they were made, and when they were posted."""

import datetime as dt
from collections.abc import Sequence
from itertools import islice

from audit import dates
from audit.model import (
    Column,
    DecidedTable,
    DecisionDates,
    DecisionPage,
    PageKind,
    PageRecord,
)
from audit.reading.site.digest import Digest
from audit.reading.site.kinds import STRONG
from audit.text import halfwidth, shorten
from audit.vocabulary import pattern_of

NEAR = 20  # characters behind a label in which its date stands
SPAN = 300  # characters behind the day of a decision in which that of posting stands
ROWS = 200
KEPT = 1000
SURE = 0.7  # confidence of a publication date that may accuse


class Decisions:
    """Takes down the pages of decisions."""

    def __init__(self) -> None:
        """Start with none."""
        self._pages: list[DecisionPage] = []

    def take(self, digest: Digest, record: PageRecord, column: Column | None) -> None:
        """Look at a page of the columns that hold decisions."""
        names = (*(crumb.text for crumb in digest.crumbs), *(column.path if column else ()))
        said = " ".join((digest.name, *names))
        if len(self._pages) >= KEPT or not pattern_of("dealings", "decision_columns").search(said):
            return
        if "决定" not in record.text and "日期" not in record.text:
            return
        text = halfwidth(record.text)
        found, headed, unread = _dates_of(_without_heads(text, record.decided))
        rows, whole = _in_tables(record.decided, text)
        found, headed, unread = [*found, *rows], headed or bool(record.decided), unread or not whole
        if not found and not headed:
            return
        if (
            len(found) == 1
            and not unread
            and found[0].posted is None
            and digest.kind is PageKind.ARTICLE
        ):
            mark = digest.published
            strong = mark is not None and mark.source in STRONG and mark.confidence >= SURE
            if mark is not None and strong:
                quote = f"{found[0].quote} {mark.quote}".strip()
                again = pattern_of("dealings", "posted_again").search(text) is not None
                found = [DecisionDates(found[0].decided, mark.day, quote, again)]
        self._pages.append(
            DecisionPage(digest.url, digest.name, tuple(found), digest.sha256, unread)
        )

    def made(self) -> tuple[DecisionPage, ...]:
        """All pages, in URL order."""
        return tuple(self._pages)


def _dates_of(text: str) -> tuple[list[DecisionDates], bool, bool]:
    """The dates of every decision of a text, whether labels head a table, whether any were not read.

    A label that another one follows has no date behind it: what stands there is the first column's.
    """
    found: list[DecisionDates] = []
    headed = False
    undated = 0
    again = pattern_of("dealings", "posted_again").search(text) is not None
    marks = list(islice(pattern_of("dealings", "decided_label").finditer(text), ROWS + 1))
    for number, match in enumerate(marks):
        if _is_head(text, match.end()):
            headed = True
            continue
        day = _behind(text, match.end())
        if day is None or number == ROWS:
            undated += 1
            continue
        stop = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        posted = pattern_of("dealings", "posted_label").finditer(
            text, match.end(), min(stop, match.end() + SPAN)
        )
        told = [(when, one.end()) for one in posted if (when := _behind(text, one.end()))]
        first, end = min((one for one in told if one[0] >= day), default=(None, match.end()))
        quote = shorten(text[match.start() : end + NEAR], 120)
        found.append(DecisionDates(day, first, quote, again))
    return found, headed, headed or undated > 0


def _without_heads(text: str, tables: Sequence[DecidedTable]) -> str:
    """The text without the heads of tables that were read: their labels have no days behind them."""
    for table in tables:
        text = text.replace(halfwidth(table.head), " ")
    return text


def _in_tables(tables: Sequence[DecidedTable], text: str) -> tuple[list[DecisionDates], bool]:
    """The decisions of tables, and whether every row tells its day."""
    found: list[DecisionDates] = []
    again = pattern_of("dealings", "posted_again").search(text) is not None
    whole = all(table.whole for table in tables)
    for table in tables:
        for decided, posted, quote in table.rows:
            day, then = dates.first(halfwidth(decided)), dates.first(halfwidth(posted))
            if day is None:
                whole = False
            else:
                found.append(DecisionDates(day.day, then.day if then else None, quote, again))
    return found, whole


def _is_head(text: str, place: int) -> bool:
    """Whether another label comes before the next date."""
    near = text[place : place + NEAR]
    digit = next((at for at, letter in enumerate(near) if letter.isdigit()), len(near))
    return "日期" in near[:digit] or "时间" in near[:digit]


def _behind(text: str, place: int) -> dt.date | None:
    found = dates.first(text[place : place + NEAR])
    return found.day if found else None
