"""Labels and values of tables and definition lists, and whose they are: a row's, a column's, a block's."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from audit.reading.document import Document, Element, parts
from audit.reading.labelled import CELL_LABEL, COLON, EDGES, LONG, VALUE, as_label
from audit.vocabulary import pattern_of, words

MAX_ROWS = 400  # of one table
CROSSED = 2  # rows that begin with the label of a fact make a table whose columns are units

_INDEX = attrgetter("index")

Said = tuple[str, str, str]
"""Label, value, and whose it is (empty: the table does not say)."""


def of_table(document: Document, table: Element) -> Iterator[Said]:
    """Label and value cells side by side, or header cells above their columns."""
    rows = rows_of(document, table)
    if not rows:
        return
    if _is_crossed(rows):
        yield from _of_columns(rows)
        return
    header = _header(rows)
    if header:
        yield from _of_rows(header, rows[1:])
        return
    yield from _side_by_side(rows)


def of_terms(document: Document, terms: Element) -> Iterator[Said]:
    """The terms of a definition list with what is said of them."""
    label = ""
    for child in document.children(terms):
        if child.tag == "dt":
            said = document.said(child)
            label = as_label(said.rstrip(":："))
        elif child.tag == "dd" and label:
            value = document.said(child).strip(EDGES)
            if value:
                yield label, value[:VALUE], ""


def is_organisation(text: str) -> bool:
    """Whether a short text is nothing but the name of an organisation or office."""
    return 3 <= len(text) <= 32 and pattern_of("facts", "organisation").search(text) is not None


def _of_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Said]:
    """A row a subject, when a column names it."""
    subjects = words("facts")["subject_columns"]
    place = next((i for i, label in enumerate(header) if label in subjects), -1)
    for row in rows:
        if len(row) == len(header):
            whose = row[place] if place >= 0 else ""
            for label, value in zip(header, row, strict=True):
                if label and value:
                    yield label, value[:VALUE], whose


def _of_columns(rows: Sequence[Sequence[str]]) -> Iterator[Said]:
    """A column a subject: the first row names them, the first column holds the labels."""
    header = rows[0]
    for row in rows[1:]:
        label = as_label(row[0].rstrip(":：")) if row else ""
        if label and len(row) == len(header):
            for whose, value in zip(header[1:], row[1:], strict=True):
                if value:
                    yield label, value[:VALUE], whose


def _is_crossed(rows: Sequence[Sequence[str]]) -> bool:
    header = rows[0]
    if len(header) < 2 or len(rows) <= CROSSED:
        return False
    if not all(is_organisation(cell.strip()) for cell in header[1:]):
        return False
    labels = words("facts")["telling_labels"]
    known = sum(1 for row in rows[1:] if row and as_label(row[0].rstrip(":：")) in labels)
    return known >= CROSSED


def _side_by_side(rows: Sequence[Sequence[str]]) -> Iterator[Said]:
    """Label, value; in a block of rows that one cell names, whose it is."""
    whose = ""
    for row in rows:
        cells = row
        if len(row) == 1:
            whose = row[0] if is_organisation(row[0]) else ""
            continue
        if len(row) % 2 and is_organisation(row[0]):
            whose, cells = row[0], row[1:]
        if len(cells) % 2 == 0 and len(cells) <= 6:
            for label, value in zip(cells[::2], cells[1::2], strict=True):
                key = as_label(label.rstrip(":："))
                if key and value and len(key) <= CELL_LABEL:
                    yield key, value[:VALUE], whose


def rows_of(document: Document, table: Element) -> list[list[str]]:
    """The cells' words, row by row; rows of nested tables are their own tables'."""
    rows: list[list[str]] = []
    index = table.index + 1
    elements, tables = document.elements, document.tagged("table")
    place = bisect_right(tables, table.index, key=_INDEX)
    nested = tables[place].index if place < len(tables) else table.stop
    while index < table.stop and len(rows) < MAX_ROWS:
        element = elements[index]
        if element.tag == "table":
            return []  # layout
        if element.tag != "tr":
            index += 1
            continue
        cells = [c for c in document.children(element) if c.tag in {"td", "th"}]
        if nested < element.stop:
            return []
        rows.append(
            [
                parts(document.text[c.start : min(c.end, c.start + LONG)].replace("\x1f", ""))
                for c in cells
            ]
        )
        index = element.stop
    return rows


def _header(rows: Sequence[Sequence[str]]) -> list[str]:
    """The labels of a header row: all short, none with a value behind a colon, three rows deep or more columns."""
    first = rows[0]
    if len(rows) < 2 or len(first) < 2:
        return []
    labels = [as_label(cell) if len(cell) <= CELL_LABEL else "" for cell in first]
    if not all(labels) or any(COLON.search(cell) or any(map(str.isdigit, cell)) for cell in first):
        return []
    same = sum(1 for row in rows[1:] if len(row) == len(first))
    known = words("facts")
    if any(row and as_label(row[0].rstrip(":：")) in known["telling_labels"] for row in rows[1:]):
        return []  # the rows below begin with labels: so does the first
    if len(first) == 2 and labels[0] in known["subject_columns"]:
        return labels if labels[1] in known["labels_after_name"] else []
    if len(first) == 2:
        return [] if all(as_label(row[0]) for row in rows[1:] if row) else labels
    return labels if same >= 0.5 * (len(rows) - 1) else []
