"""Rows that a page's scripts keep as data: record sets, written and quoted markup, JSON."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import cast

import msgspec

from audit import dates
from audit.model import ListItem
from audit.reading.document import Document
from audit.reading.rows import dated
from audit.reading.shown import NO_DATE, Shown, read_date
from audit.text import clean, han_count, shorten
from audit.vocabulary import words

STORE = 400_000  # characters of a script that are looked at
CACHED = 20_000  # scripts up to this length are remembered: they stand in every page of a site
MAX_ROWS = 500
MAX_ARRAYS = 20  # arrays of one script that are tried
DEPTH = 6  # of nested JSON
TITLE = 120
PART = 24  # characters of a day among words
HAN = 2  # Chinese characters of a title among words
DATED = 0.5  # share of dated rows: menus kept as JSON have none
HEAD = 2000  # characters in which an answer that is nothing but a record set begins

_ANSWERS = ("<?xml", "<datastore", "<recordset")
_RECORDS = re.compile(r"<record>\s*(?:<!\[CDATA\[)?")
_NEXT = re.compile(r"<nextgroup>\s*<!\[CDATA\[.{0,200}?href=[\"']([^\"'>]{1,500})[\"']", re.DOTALL)
_WRITTEN = re.compile(
    r"document\.write(?:ln)?\s*\(\s*(['\"`])((?:[^d]|d(?!ocument\.write)){0,4000}?)(?<!\\)\1\s*\)"
)
_LITERAL = re.compile(
    r"(\+?)\s{0,3}(['\"`])((?:(?!\2)[^\\]|\\.){0,20000})\2\s{0,3}(\+?)", re.DOTALL
)
_JOINED = re.compile(r"(['\"])\s*\+\s*\1")
_ROW = re.compile(r"<(?:li|tr|dd|dl|p|div)\b[^<]{0,300}(?:<(?!a\b)[^<]{0,300}){0,6}<a\b")
_DIGITS = re.compile(r"\d{1,2}[-/.月]\d")
_ARRAY = re.compile(r"\[\s*\{|\.push\(\s*\{")
_OBJECT = re.compile(r"\{([^{}]{10,4000})\}")
_FIELD = re.compile(
    r"[\"']?([A-Za-z_]\w{0,30})[\"']?\s*:\s*"
    r"(?:\"((?:[^\"\\]|\\.){0,2000})\"|'((?:[^'\\]|\\.){0,2000})'|(\d{1,14})(?![\w.]))"
)
_LINKED = re.compile(r"(?:url|href|link|path|uri)\w{0,20}[\"']?\s{0,3}:", re.IGNORECASE)
_WORD = re.compile(r"\"([^\"\\\n]{0,300})\"|'([^'\\\n]{0,300})'")
_TUPLE = re.compile(
    r"[\[(]\s{0,5}(?:(?:\"[^\"\\\n]{0,300}\"|'[^'\\\n]{0,300}'|\d{1,9})\s{0,5},\s{0,5}){2,8}"
    r"(?:\"[^\"\\\n]{0,300}\"|'[^'\\\n]{0,300}')\s{0,5}[\])]"
)
_ADDRESS = re.compile(
    r"(?:https?://|\.{0,2}/|[\w-]+/)\S{1,300}|\S{1,200}\.(?:s?html?|jsp|aspx?|php)"
)
_SEAMS = ('","/', '", "/', "','/", "', '/", '","http', "','http")  # before an address
_TUPLED = ("title", "url", "date")
_TAG = re.compile(r"<[^<>]{0,300}>")
_FIRST = re.compile(r"\s*<\s*(\w+)")


class Store(msgspec.Struct, frozen=True):
    """Rows kept as markup, or read from JSON; `place`: index of the element that holds the script."""

    place: int
    markup: str = ""
    items: tuple[ListItem, ...] = ()


def stores(document: Document) -> list[Store]:
    """Everything in the page's scripts, hidden text fields and templates that holds list rows."""
    found: list[Store] = []
    for script in document.scripts:
        text = script.text
        if len(text) < 40:
            continue
        text = text[:STORE]
        made = _markup if len(text) <= CACHED else _markup.__wrapped__
        if "<" in text and (markup := made(text, script.kind)):
            found.append(Store(script.parent, markup))
        else:
            items = _json(text) if len(text) <= CACHED else _json.__wrapped__(text)
            if items:
                joined = tuple(_joined(document, item) for item in items)
                found.append(Store(script.parent, items=joined))
    for field in document.tagged("textarea"):
        text = document.text[field.start : min(field.end, field.start + STORE)]
        if "<a" in text and _ROW.search(text):
            found.append(Store(field.parent, f"<div>{text}</div>"))
    head = document.html[:HEAD]
    if "<record" in head and head.lstrip("\ufeff \r\n\t").startswith(_ANSWERS):
        found.append(Store(-1, _recorded(document.html[:STORE])))
    return found


def _may_hold(text: str) -> bool:
    """Whether a script may hold rows as objects with a title, or as arrays of words."""
    if "{" in text and ("itle" in text or "ITLE" in text or '"name"' in text):
        return True
    return any(seam in text for seam in _SEAMS)


def following(document: Document) -> str:
    """The address of the next group of a record set; empty when there is none."""
    for text in (document.html[:HEAD], *(script.text for script in document.scripts)):
        if "<nextgroup" in text and (match := _NEXT.search(text[:STORE])):
            return document.join(html.unescape(match[1]).strip()) or ""
    return ""


def _joined(document: Document, item: ListItem) -> ListItem:
    url = document.join(item.url) or "" if item.url else ""
    return msgspec.structs.replace(item, url=url)


@lru_cache(maxsize=256)
def _markup(text: str, kind: str) -> str:
    """The rows of a script as markup; empty when it holds none."""
    if "<record" in text:
        return _recorded(text)
    if kind == "xmp" or "<![CDATA[<" in text:
        return text.replace("<![CDATA[", "").replace("]]>", "") if "<a" in text else ""
    if "<a" not in text or "href" not in text or not _DIGITS.search(text):
        return ""
    written = "document.write" in text
    pieces = (m[2] for m in _WRITTEN.finditer(text)) if written else _quoted(text)
    markup = "".join(piece for piece in pieces if "${" not in piece)
    if "<a" not in markup or not _DIGITS.search(markup) or not _ROW.search(markup):
        return ""
    return f"<div>{_unescaped(markup)}</div>"


def _quoted(text: str) -> Iterator[str]:
    """The string literals that hold markup and are not put together with variables."""
    if "<li" not in text and "<tr" not in text:
        return
    for match in _LITERAL.finditer(_JOINED.sub("", text)):
        if "<" in match[3] and not match[1] and not match[4] and "${" not in match[3]:
            yield match[3]


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    for written, meant in (("\\/", "/"), ("\\'", "'"), ('\\"', '"'), ("\\n", " "), ("\\t", " ")):
        text = text.replace(written, meant)
    return text


def _recorded(text: str) -> str:
    """The records of a data store, each a row: `<recordset><record><![CDATA[...]]></record>`."""
    records = [
        record.partition("]]>")[0].partition("</record>")[0] for record in _RECORDS.split(text)[1:]
    ]
    made: list[str] = []
    for record in records[:MAX_ROWS]:
        row = html.unescape(record) if "&lt;" in record[:20] else record
        first = _FIRST.match(row)
        tag = first[1].lower() if first else ""
        if tag == "td":
            row, tag = f"<tr>{row}</tr>", "tr"
        if tag == "tr":
            made.append(f"<table>{row}</table>")
        else:
            made.append(row if tag in {"li", "dd"} else f"<li>{row}</li>")
    joined = "".join(made).replace("</table><table>", "")
    return f"<ul>{joined}</ul>" if "<a" in joined else ""


@lru_cache(maxsize=256)
def _json(text: str) -> tuple[ListItem, ...]:
    """The rows of the script's arrays of objects, or of words; addresses as written."""
    if not _may_hold(text):
        return ()
    if not _ARRAY.search(text) or not _LINKED.search(text):
        return tuple(_items(_tuples(text)))
    end = tried = 0
    best: list[ListItem] = []
    for match in _ARRAY.finditer(text):
        if match.start() < end:
            continue
        tried += 1
        if tried > MAX_ARRAYS:
            break
        try:
            value, end = json.JSONDecoder().raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        for rows in _arrays(value, DEPTH):
            items = _items(rows)
            best = items if len(items) > len(best) else best
    if not best and tried:
        objects = ({f[0]: f[1] or f[2] or f[3] for f in _FIELD.findall(o)} for o in _objects(text))
        best = _items([_unslashed(one) for one in objects])
    return tuple(best)


def _tuples(text: str) -> Iterator[dict[str, object]]:
    """Rows that are arrays of words: `["title", "/1.htm", "2020-06-05"]`, in whatever order."""
    for number, match in enumerate(_TUPLE.finditer(text)):
        if number >= MAX_ROWS:
            return
        row: dict[str, object] = {}
        for said in (one[0] or one[1] for one in _WORD.findall(match[0])):
            if _ADDRESS.fullmatch(said):
                row.setdefault("url", said)
            elif len(said) <= PART and read_date(said).day is not None:
                row.setdefault("date", said)
            elif len(said) > len(str(row.get("title", ""))):
                row["title"] = said
        if len(row) == len(_TUPLED) and han_count(str(row["title"])) >= HAN:
            yield row


def _objects(text: str) -> Iterator[str]:
    start = _ARRAY.search(text)
    if start is not None:
        for number, match in enumerate(_OBJECT.finditer(text, start.start())):
            if number >= MAX_ROWS:
                return
            yield match[1]


def _unslashed(fields: dict[str, str]) -> dict[str, object]:
    return {name: _unescaped(value) for name, value in fields.items()}


def _arrays(value: object, depth: int) -> Iterator[list[dict[str, object]]]:
    """Arrays of objects, wherever they stand in the value."""
    if depth == 0:
        return
    if isinstance(value, list):
        members = cast("list[object]", value)
        rows = [cast("dict[str, object]", one) for one in members if isinstance(one, dict)]
        if rows:
            yield rows[:MAX_ROWS]
            for row in rows[:MAX_ROWS]:
                for inner in row.values():
                    yield from _arrays(inner, depth - 1)
    elif isinstance(value, dict):
        for inner in cast("dict[str, object]", value).values():
            yield from _arrays(inner, depth - 1)


def _items(rows: Iterable[dict[str, object]]) -> list[ListItem]:
    """The rows with title, address and date; none when too few are dated."""
    items: list[ListItem] = []
    for row in rows:
        fields = {name.lower().replace("_", "").replace("-", ""): v for name, v in row.items()}
        title, url = _field(fields, "row_titles"), _field(fields, "row_links")
        if not title or "{" in title or "{" in url:
            continue
        text = clean(html.unescape(_TAG.sub("", title)))
        if text and (url or "url" in row):
            items.append(dated(ListItem(url.strip(), shorten(text, TITLE)), _shown(fields)))
    with_date = sum(item.day is not None for item in items)
    return items if with_date and with_date >= DATED * len(items) else []


def _field(fields: dict[str, object], key: str) -> str:
    """The first of the named fields that says something."""
    for name in _names(key):
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _shown(fields: dict[str, object]) -> Shown:
    for name in _names("row_dates"):
        value = fields.get(name)
        if value is None or isinstance(value, bool) or not isinstance(value, (str, int)):
            continue
        said = clean(str(value))  # JSON can spell half a character, which cannot be stored
        if said.isdecimal():
            day = dates.of_epoch(int(said)) if len(said) in {10, 13} else None
            shown = Shown(day, said) if day else NO_DATE
        elif "T" in said and (stamp := dates.timestamp(said)) is not None:
            shown = Shown(stamp, said[:40])
        else:
            shown = read_date(said) if 4 <= len(said) <= 40 else NO_DATE
        if shown.day is not None:
            return shown
    return NO_DATE


@cache
def _names(key: str) -> tuple[str, ...]:
    return words("page")[key]
