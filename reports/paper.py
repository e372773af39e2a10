"""A document for Word and WPS, laid out as official documents are (GB/T 9704-2012), and nothing else.

Texts of strangers are cleaned here, addresses become links only where they may. Same calls, same bytes.
Heavy: imported only where a document is written.
"""

# python-docx leaves the types of its elements open, and gives them by private names only
# ruff: noqa: SLF001
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from audit.text import shorten, visible
from reports.untrusted import address, legible, middle_cut, whole

TEXT: Final = 2_000  # characters of one text
LINK: Final = 2_000  # characters of an address that becomes a link
SHOWN: Final = 120  # characters of an address that are shown
SONG, FANG, HEI = "宋体", "仿宋_GB2312", "黑体"
_MARGINS = (37, 35, 28, 26)  # mm above, below, left, right (GB/T 9704-2012, 5.2)
_LONG, _SHORT = 297, 210  # mm of A4
_SIZES = {"title": 22, "text": 16, "head": 16, "cell": 10.5, "small": 9}  # points
_LINE = 28  # points between lines of text
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of every part: the moment of writing would make each file another
_SHADE = "DDE6F0"  # behind the heads of tables
Style = Literal["title", "text", "plain", "head", "small", "right"]


class Fine(msgspec.Struct, frozen=True):
    """A line of a cell in small print."""

    text: str


Line = str | Fine


class Paper:
    """One document in the making."""

    def __init__(self, title: str, day: dt.date) -> None:
        """An empty portrait A4 page. `day` is what the file says it was made on."""
        self._made = Document()
        told = self._made.core_properties
        told.title, told.author, told.comments = clean(title), "duwang", ""
        told.created = told.modified = dt.datetime.combine(day, dt.time())
        _letter(self._made.styles["Normal"].element.get_or_add_rPr(), FANG)
        self._page(0, wide=False)
        _number(self._made.sections[0].footer.paragraphs[0])

    def say(self, text: str, style: Style = "text") -> None:
        """One paragraph."""
        written = self._made.add_paragraph()
        _shape(written, style)
        face = {"title": SONG, "head": HEI}.get(style, FANG)
        size = _SIZES["small" if style == "small" else "title" if style == "title" else "text"]
        _put(written.add_run(clean(text)), face, size, bold=style == "title")

    def warn(self, text: str) -> None:
        """One paragraph that nobody can miss."""
        written = self._made.add_paragraph()
        _shape(written, "plain")
        run = written.add_run(clean(text))
        _put(run, HEI, _SIZES["text"], bold=False)
        run.font.color.rgb = RGBColor(0xB0, 0x1E, 0x1E)

    def turn(self) -> None:
        """Go on with a landscape page."""
        section = self._made.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        self._page(len(self._made.sections) - 1, wide=True)

    def table(
        self, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str | Sequence[Line]]]
    ) -> None:
        """A table whose head stands on every page. `heads`: name and width in mm.

        A cell is a text, or several lines of which an address becomes a link.
        """
        made = self._made.add_table(rows=1, cols=len(heads))
        made.style = "Table Grid"
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        for column, (_, width) in zip(made.columns, heads, strict=True):
            column.width = Mm(width)
        for cell, (name, width) in zip(made.rows[0].cells, heads, strict=True):
            self._fill(cell, (name,), width, HEI)
            _shade(cell)
        _mark(made.rows[0]._tr, "w:tblHeader")
        for row in rows:
            added = made.add_row()
            _mark(added._tr, "w:cantSplit")
            for cell, said, (_, width) in zip(added.cells, row, heads, strict=True):
                self._fill(cell, (said,) if isinstance(said, str) else said, width, FANG)

    def bytes(self) -> bytes:
        """The file: every part dated alike."""
        written, tidy = io.BytesIO(), io.BytesIO()
        self._made.save(written)
        with zipfile.ZipFile(written) as parts, zipfile.ZipFile(tidy, "w") as out:
            for name in parts.namelist():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(entry, parts.read(name))
        return tidy.getvalue()

    def _fill(self, cell: Cell, said: Sequence[Line], width: int, face: str) -> None:

        cell.width = Mm(width)
        first = True
        for line in said:
            written = cell.paragraphs[0] if first else cell.add_paragraph()
            first = False
            _shape(written, "small")
            if isinstance(line, Fine):
                _put(written.add_run(clean(line.text)), face, _SIZES["small"], bold=False)
                continue
            target = address(line) if line.startswith(("http://", "https://")) else ""
            if target and len(target) <= LINK:
                self._link(written, target, line)
            else:
                _put(written.add_run(clean(line)), face, _SIZES["cell"], bold=False)

    def _link(self, written: Paragraph, target: str, said: str) -> None:
        """A run that leads to an address."""
        known = self._made.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        around = OxmlElement("w:hyperlink")
        around.set(qn("r:id"), known)
        run = written.add_run(middle_cut(clean(legible(said)), SHOWN))
        _put(run, FANG, _SIZES["small"], bold=False)
        run.font.color.rgb, run.font.underline = RGBColor(0x0B, 0x53, 0x94), True
        around.append(run._r)
        written._p.append(around)

    def _page(self, number: int, *, wide: bool) -> None:

        section = self._made.sections[number]
        width, height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
        section.page_width, section.page_height = Mm(width), Mm(height)
        top, bottom, left, right = (20, 20, 18, 18) if wide else _MARGINS
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)


def clean(text: str) -> str:
    """One clean text that a document may hold."""
    said = shorten(visible(whole(text)), TEXT)
    return said.replace("\ufffe", "").replace("\uffff", "")


def _shape(written: Paragraph, style: Style) -> None:

    shape = written.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    if style == "small":
        return
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE)
    if style == "title":
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape.line_spacing, shape.space_after = Pt(_LINE + 8), Pt(_LINE)
    elif style == "right":
        shape.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif style in {"text", "head"}:
        shape.first_line_indent = Pt(2 * _SIZES["text"])
    shape.keep_with_next = style == "head"


def _put(run: Run, face: str, size: float, *, bold: bool) -> None:

    run.font.size, run.font.bold = Pt(size), bold
    _letter(run._r.get_or_add_rPr(), face)


def _letter(properties: object, face: str) -> None:
    """Chinese in one face, all else in the usual one of official documents."""
    fonts = properties.get_or_add_rFonts()  # pyright: ignore[reportAttributeAccessIssue]
    for name in ("w:ascii", "w:hAnsi"):
        fonts.set(qn(name), "Times New Roman")
    fonts.set(qn("w:eastAsia"), face)


def _mark(row: object, name: str) -> None:

    row.get_or_add_trPr().append(OxmlElement(name))  # pyright: ignore[reportAttributeAccessIssue]


def _shade(cell: Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _number(written: Paragraph) -> None:
    """The number of the page between dashes, in the middle of its foot."""
    written.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _put(written.add_run("— "), SONG, 14, bold=False)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number = written.add_run("1")
    _put(number, SONG, 14, bold=False)
    field.append(number._r)
    written._p.append(field)
    _put(written.add_run(" —"), SONG, 14, bold=False)
