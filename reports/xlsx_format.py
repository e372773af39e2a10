"""duwang.xlsx: the ledger for Excel and WPS. Text is text, never a formula; bytes are the report's alone."""

# xlsxwriter leaves the types of its options open
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audit.report import Material, Report
from audit.text import shorten, visible
from reports.speech import Speech
from reports.tables import SHEETS, Cell, Head, Link, Share, Sheet
from reports.untrusted import address, whole

if TYPE_CHECKING:
    from xlsxwriter.format import Format as Style
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CELL = 8_000  # characters; Excel holds 32,767
ROWS = 1_000_000  # of a sheet; Excel holds 1,048,576
LINKS = 60_000  # of a sheet; Excel holds 65,530
LINE = 15  # points of one line
MOST_LINES = 8  # of a row; the rest is in the cell
LINK = 2_000  # characters; Excel holds 2,079
_SETTINGS = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
    """One workbook with filters and frozen heads."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy, and used here only

    speech = Speech(material.language)
    made = io.BytesIO()
    with Workbook(made, _SETTINGS) as book:
        # the moment of writing would make every file another one
        stamp = dt.datetime.combine(report.run.as_of, dt.time())
        book.set_properties({"title": f"duwang {report.run.id}", "created": stamp})
        for sheet in SHEETS:
            _write(book, sheet, report, material, speech)
    yield "duwang.xlsx", made.getvalue()


def _write(
    book: "Workbook", sheet: Sheet, report: Report, material: Material, speech: Speech
) -> None:
    paper = book.add_worksheet(speech.text(sheet.name))
    bold = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "valign": "vcenter"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    share = book.add_format({"num_format": "0.0%", "valign": "top"})
    text = book.add_format({"valign": "top", "text_wrap": True})
    link = book.add_format({"valign": "top", "font_color": "#0B5394", "underline": 1})
    paper.set_row(0, 20)
    for place, head in enumerate(sheet.heads):
        paper.set_column(place, place, head.width)
        paper.write_string(0, place, speech.text(head.name), bold)
    last, links = 0, 0
    for row in sheet.rows(report, material, speech):
        if last >= ROWS:
            break
        last += 1
        paper.set_row(last, LINE * _lines(row, sheet.heads))
        for place, cell in enumerate(row):
            links += isinstance(cell, Link)
            _put(paper, (last, place), cell, (text, day, link, share), linked=links <= LINKS)
    paper.freeze_panes(1, 1)
    paper.autofilter(0, 0, max(1, last), len(sheet.heads) - 1)
    paper.set_landscape()
    paper.set_paper(8)  # A3
    paper.fit_to_pages(1, 0)
    paper.repeat_rows(0)


def _lines(row: tuple[Cell, ...], heads: tuple[Head, ...]) -> int:
    """How many lines the fullest cell of a row takes; a Chinese character is two wide."""
    most = 1
    for cell, head in zip(row, heads, strict=True):
        if isinstance(cell, str):
            width = len(cell) + sum(1 for c in cell[: MOST_LINES * head.width] if c > "\u2e7f")
            most = max(most, -(-width // head.width))
    return min(most, MOST_LINES)


def _put(
    paper: "Worksheet",
    place: tuple[int, int],
    cell: Cell,
    styles: "tuple[Style, Style, Style, Style]",
    *,
    linked: bool,
) -> None:
    text, day, link, share = styles
    if cell is None:
        paper.write_blank(*place, None, text)
    elif isinstance(cell, Link):
        target = address(cell.url)
        if linked and target and len(target) <= LINK:
            paper.write_url(*place, target, link, string=_said(cell.url))
        else:
            paper.write_string(*place, _said(cell.url), text)
    elif isinstance(cell, dt.date):
        paper.write_datetime(*place, dt.datetime.combine(cell, dt.time()), day)
    elif isinstance(cell, Share):
        paper.write_number(*place, cell.value, share)
    elif isinstance(cell, int | float):
        paper.write_number(*place, cell, text)
    else:
        paper.write_string(*place, _said(cell), text)


def _said(text: str) -> str:
    """One clean text that a cell may hold."""
    return shorten(visible(whole(text)), CELL).replace("\ufffe", "").replace("\uffff", "")
