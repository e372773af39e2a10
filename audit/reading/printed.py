"""The words of PDF files and of Excel files of the old format, through libraries that read hostile files.

Both are native code: call them in a process of its own (`audit.reading.apart`). A file passes only as far
as its words were seen: where pictures, outlines, notes, forms or files within may hold more, `whole` is
false, and what was found counts all the same.
"""

import io
from importlib import import_module
from typing import Any, Final

import msgspec

PAGES: Final = 400  # of one file
MOST: Final = 8 << 20  # characters of the words of one file
SHEETS: Final = 60
CELLS: Final = 2_000_000
FEW: Final = 12  # characters of a page; with fewer of them something else is what it shows
PICTURE: Final = 0.08  # of the page's area; a seal of 4 cm covers 0.03 of a sheet of A4
STRANGE: Final = 0.01  # of the characters; a font that tells no characters shows more
_ODD = str.maketrans("", "", "\r\n\t\f ")


class Words(msgspec.Struct, frozen=True):
    """The words of a file. `whole`: whether they are all that it shows."""

    text: str
    whole: bool


def pdf_words(body: bytes) -> Words:
    """The text layer of every page. Raises ValueError for a broken file or one under a password."""
    library = _library("pypdfium2")
    try:
        file = library.PdfDocument(body)
        try:
            return _told(file)
        finally:
            file.close()
    except library.PdfiumError as error:
        raise ValueError(str(error)) from error


def sheet_words(body: bytes) -> Words:
    """The cells of every sheet, a line for each row. Raises ValueError for a broken file.

    Notes and text boxes are not seen, so that no file of this format is ever whole.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - wanted seldom

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        lines: list[str] = []
        cells = 0
        for name in book.sheet_names[:SHEETS]:
            for row in book.get_sheet_by_name(name).iter_rows():
                cells += len(row)
                if cells > CELLS:
                    break
                lines.append(" ".join(_cell(value) for value in row))
    except CalamineError as error:
        raise ValueError(str(error)) from error
    return Words("\n".join(lines)[:MOST], whole=False)


def _cell(value: object) -> str:
    """A number without the point that every number of this format has."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _told(file: Any) -> Words:
    parts: list[str] = []
    length = 0
    whole = len(file) <= PAGES and not file.count_attachments() and file.get_formtype() == 0
    for number in range(min(len(file), PAGES)):
        page = file[number]
        text, seen = _page(page)
        page.close()
        parts.append(text)
        whole &= seen
        length += len(text)
        if length > MOST:
            return Words("\n".join(parts)[:MOST], whole=False)
    return Words("\n".join(parts), whole)


def _page(page: Any) -> tuple[str, bool]:
    """The words of a page, and whether they are all that it shows."""
    layer = page.get_textpage()
    text = layer.get_text_range() if layer.count_chars() else ""
    layer.close()
    told = text.translate(_ODD)
    strange = sum(1 for one in told if not one.isprintable() or "\ue000" <= one <= "\uf8ff")
    if strange > STRANGE * len(told) or _has_notes(page):
        return text, False
    raw = _library("pypdfium2.raw")
    shown = [one for one in page.get_objects() if one.type != raw.FPDF_PAGEOBJ_TEXT]
    if len(told) < FEW:
        return text, not shown
    return text, _pictured(
        page, [one for one in shown if one.type == raw.FPDF_PAGEOBJ_IMAGE]
    ) <= PICTURE


def _pictured(page: Any, images: list[Any]) -> float:
    """How much of a page its pictures cover together: a scan may come in strips.

    One within a drawing is measured in the drawing's own units: it may cover all.
    """
    if any(one.level for one in images):
        return 1.0
    width, height = page.get_size()
    bounds = (one.get_bounds() for one in images)
    area = sum((right - left) * (top - bottom) for left, bottom, right, top in bounds)
    return area / max(1.0, width * height)


def _has_notes(page: Any) -> bool:
    """Whether words may stand in notes on the page; links are none."""
    raw = _library("pypdfium2.raw")
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind != raw.FPDF_ANNOT_LINK:
            return True
    return False


def _library(name: str) -> Any:
    """A library without types, imported when a file needs it."""
    return import_module(name)
