"""The words of an attachment that an office program wrote or printed, or of plain text; for numbers of persons.

Nothing of the words is kept: what is found leaves here masked. The files are strangers': members are
inflated up to a limit, XML is never parsed but cut at its tags, so that no entity is ever expanded.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape
from typing import Final
from urllib.parse import unquote

from audit.charset import decode
from audit.model import Attached
from audit.reading.personal import numbers_in, personal
from audit.reading.printed import Words, pdf_words, sheet_words
from audit.text import clean

MOST: Final = 8 << 20  # bytes inflated of one member, and characters of the words of one file
TOTAL: Final = 32 << 20  # bytes inflated of all members of one file
NUMBERS: Final = 20_000  # long numbers of one file that are looked at
WORDS: Final = 60  # characters; with fewer of them the pictures of a file are its content
NAMED: Final = 80  # characters of the first words that tell what a file is
_TAGGED = re.compile(r"<([^<>]*)>([^<]*)")
_SHARED = re.compile(r"""\bt\s*=\s*["']s["']""")
_ENCODING = re.compile(r"""^[^>]{0,80}encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.ASCII)
_BESIDE = re.compile(r"xl/(?:comments[^/]*|threadedComments/[^/]+|drawings/[^/]+)\.xml", re.ASCII)
_TEXT = re.compile(r"word/document\d*\.xml", re.ASCII)
_WORDY = re.compile(r"word/(?!theme/|styles|settings|fontTable)(?:[^/]+/)*[^/]+\.xml", re.ASCII)
# files within the file, which are not opened
_WITHIN = re.compile(
    r"[^\n]*/embeddings/[^\n]+|[^\n]*\.(?:mht|mhtml|html?|rtf|docx?|xlsx?|pptx?|txt|pdf)",
    re.IGNORECASE,
)


def read_attachment(body: bytes, url: str) -> Attached:
    """The numbers of persons in a whole file; `read` is false where any of its words cannot be had."""
    ending = _ending(url)
    reader = _READERS.get(ending)
    if reader is None:
        return Attached(read=False)
    try:
        words = reader(body)
    except (zipfile.BadZipFile, zlib.error, LookupError, ValueError, NotImplementedError,
            RuntimeError, EOFError, OSError):  # fmt: skip
        return Attached(read=False)  # broken, under a password, or packed in some other way
    text, all_seen = (words, True) if isinstance(words, str) else (words.text, words.whole)
    name = unquote(url.partition("?")[0].rpartition("/")[2])
    found = personal(text[:MOST], f"{name} {clean(text[:NAMED])}", text[:MOST], NUMBERS)
    whole = all_seen and len(text) <= MOST and numbers_in(text, NUMBERS + 1) <= NUMBERS
    return Attached(read=whole or bool(found), personal=tuple(datum for _, datum in found))


def is_read(ending: str) -> bool:
    """Whether files of that ending can be read at all."""
    return ending in _READERS


def is_read_apart(url: str) -> bool:
    """Whether native code reads files of that name: in a process of its own (`audit.reading.apart`)."""
    return _ending(url) in _NATIVE


def _ending(url: str) -> str:
    return url.partition("?")[0].rpartition(".")[2].lower()


def _plain(body: bytes) -> str:
    if b"\x00" in body[:1024]:
        raise ValueError("no text")
    return decode(body, "text/plain").text


def _document(body: bytes) -> str:
    """The paragraphs of a Word file, cells of tables apart, then its notes, heads and feet."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        names = _members(packed)
        main = [name for name in names if _TEXT.fullmatch(name)]
        if not main:
            raise ValueError("no text")
        rest = (name for name in names if name not in main and _WORDY.fullmatch(name))
        return _told(names, map(_paragraphs, _inflated(packed, [*main, *rest])))


def _paragraphs(xml: str) -> str:
    """The words between the tags: a line for each paragraph, a blank after cells, tabs and breaks."""
    words: list[str] = []
    for match in _TAGGED.finditer(xml):
        name = _name(match[1])
        words.append(_AFTER.get(name, ""))
        if name == "t":
            words.append(match[2])
        elif match[2].strip():
            words.append(f" {match[2]} ")
    return unescape("".join(words))


def _workbook(body: bytes) -> str:
    """The rows of every sheet of an Excel file, a line each, then what stands beside them."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        names = _members(packed)
        sheets = [name for name in names if _SHEET.fullmatch(name)]
        heads = [name for name in ("xl/workbook.xml", "xl/sharedStrings.xml") if name in names]
        parts = dict(zip(heads, _inflated(packed, heads), strict=True))
        named = sum(_name(one[1]) == "sheet" for one in _tags(parts.get("xl/workbook.xml", "")))
        charts = sum(name.startswith("xl/chartsheets/") for name in names)
        if not sheets or named > len(sheets) + charts:
            raise ValueError("sheets elsewhere")
        shared = _strings(parts.get("xl/sharedStrings.xml", ""))
        lines = [_rows(xml, shared) for xml in _inflated(packed, sheets)]
        beside = [name for name in names if _BESIDE.fullmatch(name)]
        return _told(names, (*lines, *map(_paragraphs, _inflated(packed, beside))))


def _strings(xml: str) -> list[str]:
    """The shared strings, the pieces of each joined."""
    made: list[str] = []
    for match in _tags(xml):
        name = _name(match[1])
        if name == "si":
            made.append("")
        elif name == "t" and made:
            made[-1] += unescape(match[2])
    return made


def _rows(xml: str, shared: list[str]) -> str:
    """The cells of a sheet, and its head and foot."""
    words: list[str] = []
    by_number = False
    for match in _tags(xml):
        name, said = _name(match[1]), match[2]
        if name == "c":
            by_number = _SHARED.search(match[1]) is not None
            words.append(" ")
        elif name == "row":
            words.append("\n")
        elif name == "v" and by_number and said:
            words.append(_shared(int(said), shared))
        elif name == "t" or said.strip():
            words.append(unescape(said) if name != "f" else "")
    return "".join(words)


def _shared(number: int, shared: list[str]) -> str:
    if number < 0:
        raise ValueError("no such string")
    return shared[number]


def _tags(xml: str) -> Iterator[re.Match[str]]:
    return _TAGGED.finditer(xml)


def _name(tag: str) -> str:
    """The name of an element that begins here, without its prefix; `/t`: one that ends."""
    head = tag.split(None, 1)[0] if tag.strip() else ""
    end = "/" if head.startswith("/") else ""
    return end + head.strip("/").rpartition(":")[2]


def _members(packed: zipfile.ZipFile) -> list[str]:
    """The names of the members; a file that holds other files is not read whole."""
    names = packed.namelist()
    if any(_WITHIN.fullmatch(name) for name in names):
        raise ValueError("files within")
    return names


def _told(names: Iterable[str], parts: Iterable[str]) -> str:
    """The words of all parts; of a file that is hardly more than pictures they are not all."""
    text = "\n".join(parts)
    if len(clean(text)) < WORDS and any("/media/" in name for name in names):
        raise ValueError("pictures")
    return text


def _inflated(packed: zipfile.ZipFile, names: Iterable[str]) -> Iterator[str]:
    """The XML of members; more than the limits, or in another encoding: half a file is not read."""
    total = 0
    for name in names:
        with packed.open(name) as member:
            raw = member.read(MOST + 1)
        total += len(raw)
        if len(raw) > MOST or total > TOTAL:
            raise ValueError("too large")
        xml = raw.decode("utf-8-sig")
        if "\x00" in xml[:100] or "<![CDATA[" in xml or _ENCODING.search(xml):
            raise ValueError("written in another way")
        yield xml


_AFTER: Final = {"/p": "\n", "/tc": " ", "tab": " ", "br": "\n", "cr": "\n"}
_NATIVE: Final[Mapping[str, Callable[[bytes], Words]]] = {"pdf": pdf_words, "xls": sheet_words}
_READERS: Final[Mapping[str, Callable[[bytes], str | Words]]] = {
    "docx": _document, "xlsx": _workbook, "txt": _plain, "csv": _plain, **_NATIVE,
}  # fmt: skip
