"""The words of an attachment that an office program wrote, or of plain text; for numbers of persons only.

Nothing of the words is kept: what is found leaves here masked. The files are strangers': members are
inflated up to a limit, XML is never parsed but cut at its tags, so that no entity is ever expanded.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Final
from urllib.parse import unquote

from audit.charset import decode
from audit.model import Attached
from audit.reading.personal import personal
from audit.text import clean

MOST: Final = 8 << 20  # bytes inflated of one member, and characters kept of one file
SHEETS: Final = 30
NAMED: Final = 80  # characters of the first words that tell what a file is
_TAG = re.compile(r"<[^<>]*>")
_STRING = re.compile(r"<si\b[^<>]*>")
_CELL = re.compile(r"<c\b([^<>]*)>(?:<f\b[^<>]*/>|<f\b[^<>]*>[^<>]*</f>)?<v>([^<>]*)</v>")
_SHARED = re.compile(r'\bt="s"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.ASCII)


def read_attachment(body: bytes, url: str) -> Attached:
    """The numbers of persons in a whole file; `read` is false where its words cannot be had."""
    ending = url.partition("?")[0].rpartition(".")[2].lower()
    reader = _READERS.get(ending)
    if reader is None:
        return Attached(read=False)
    try:
        text = reader(body)[:MOST]
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, NotImplementedError,
            RuntimeError, EOFError, OSError):  # fmt: skip
        return Attached(read=False)  # broken, under a password, or packed in some other way
    name = unquote(url.partition("?")[0].rpartition("/")[2])
    found = personal(text, f"{name} {clean(text[:NAMED])}", text)
    return Attached(read=True, personal=tuple(datum for _, datum in found))


def is_read(ending: str) -> bool:
    """Whether files of that ending can be read at all."""
    return ending in _READERS


def _plain(body: bytes) -> str:
    if b"\x00" in body[:1024]:
        raise ValueError("no text")
    return decode(body, "text/plain").text


def _document(body: bytes) -> str:
    """The paragraphs of a Word file, cells of tables apart."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        xml = _member(packed, "word/document.xml")
    marked = xml.replace("</w:tc>", " ").replace("</w:p>", "\n").replace("<w:tab/>", " ")
    return unescape(_TAG.sub("", marked))


def _workbook(body: bytes) -> str:
    """The rows of every sheet of an Excel file, a line each."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        names = packed.namelist()
        shared: list[str] = []
        if "xl/sharedStrings.xml" in names:
            pieces = _STRING.split(_member(packed, "xl/sharedStrings.xml"))[1:]
            shared = [unescape(_TAG.sub("", piece)) for piece in pieces]
        sheets = [name for name in names if _SHEET.fullmatch(name)][:SHEETS]
        return "\n".join(line for name in sheets for line in _rows(_member(packed, name), shared))


def _rows(xml: str, shared: list[str]) -> Iterator[str]:
    for row in xml.split("</row>"):
        cells = [_value(match[1], match[2], shared) for match in _CELL.finditer(row)]
        if "<is>" in row:
            cells.append(unescape(_TAG.sub(" ", row)))
        yield " ".join(cells)


def _value(attributes: str, written: str, shared: list[str]) -> str:
    if _SHARED.search(attributes) is None:
        return unescape(written)
    number = int(written)
    return shared[number] if number < len(shared) else ""


def _member(packed: zipfile.ZipFile, name: str) -> str:
    """A member's XML; one that is longer than the limit raises ValueError: half a file is not read."""
    with packed.open(name) as member:
        raw = member.read(MOST + 1)
    if len(raw) > MOST:
        raise ValueError("too large")
    return raw.decode("utf-8", "replace")


_READERS: Final[Mapping[str, Callable[[bytes], str]]] = {
    "docx": _document, "xlsx": _workbook, "txt": _plain, "csv": _plain,
}  # fmt: skip
