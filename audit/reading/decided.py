"""Tables of decisions (双公示): a row a decision, under a head that names the day when it was made."""

from collections.abc import Iterator, Sequence

from audit.model import DecidedTable
from audit.reading.document import Document
from audit.reading.labelled import CELL_LABEL
from audit.reading.tabled import rows_of
from audit.text import shorten
from audit.vocabulary import pattern_of, words

MOST = 200  # rows of one table
HEADS = 3  # first rows among which the head stands
QUOTE = 120


def decided(document: Document) -> tuple[DecidedTable, ...]:
    """The tables of a page whose head names the day of a decision."""
    guard = words("dealings")["decided_guard"]
    return tuple(
        found
        for table in document.tagged("table")
        if any(document.text.find(word, table.start, table.end) >= 0 for word in guard)
        for found in _tables(rows_of(document, table))
    )


def _tables(rows: Sequence[Sequence[str]]) -> Iterator[DecidedTable]:
    for at, head in enumerate(rows[:HEADS]):
        made = _place(head, "decided_label")
        if made >= 0 and len(head) > 1 and len(rows) > at + 1:
            yield _read(rows[at + 1 :], head, made, _place(head, "posted_label"))
            return


def _read(
    rows: Sequence[Sequence[str]], head: Sequence[str], made: int, posted: int
) -> DecidedTable:
    """The days under a head, as written; rows of another width are left out, and said to be."""
    fit = [row for row in rows[:MOST] if len(row) == len(head)]
    days = tuple(
        (row[made], row[posted] if posted >= 0 else "", shorten(" ".join(row), QUOTE))
        for row in fit
        if any(row)
    )
    return DecidedTable(" ".join(head), days, whole=len(fit) == len(rows))


def _place(head: Sequence[str], key: str) -> int:
    """Which cell of a head is a label of a list, and nothing else; below 0: none."""
    label = pattern_of("dealings", key)
    for place, cell in enumerate(head):
        said = "".join(cell.split())
        match = label.match(f"{said}:") if len(said) <= CELL_LABEL else None
        if match is not None and match.end() == len(said):
            return place
    return -1
