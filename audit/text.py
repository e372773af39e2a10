"""Text as people see it: cleaning, matching, quoting, masking."""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

from rapidfuzz.distance import Indel

REMEMBERED = 60  # characters; words of menus and labels stand in every page of a site
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_PUNCTUATION = re.compile(r"[《》〈〉“”‘’\"'「」『』（）()\[\]【】〔〕，,。.、；;：:！!？?·—\-_|…]")
_QUOTED = re.compile(r"《([^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,60})?)》")
# The bracket with the year is rare and found fast; the office that stands before it is looked up then.
_NUMBER = re.compile(
    r"[〔\[［﹝(（【]\s?((?:[1１][9９]|[2２][0０])\d\d)\s?[〕\]］﹞)）】]\s?第?\s?(\d{1,5})\s?号"
)
_OFFICE = re.compile(r"([\u4e00-\u9fa5]{2,12})\s?$")
_NUMBER_LABEL = re.compile(r"^.*(?:文字?号|字号)")  # a label that runs into the number
LONGEST_OFFICE = 13  # characters before the bracket: twelve and a space
_ID_CARD = re.compile(r"(?<!\d)(\d{2})\d{13}(\d{2}[\dXx])(?![\dXx])")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_FULL = (
    {ord("０") + i: ord("0") + i for i in range(10)}
    | {ord("Ａ") + i: ord("A") + i for i in range(26)}
    | {ord("ａ") + i: ord("a") + i for i in range(26)}
    | {
        ord(a): ord(b)
        for a, b in zip("：／．－％＠，；（）＝＋＆？", ":/.-%@,;()=+&?", strict=True)
    }
)
_PAIRS = tuple((chr(a), b if isinstance(b, str) else chr(b)) for a, b in _FULL.items())
LONG = 200  # characters


def clean(text: str) -> str:
    """One line without control, zero-width and direction characters; runs of white space are one."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())  # a quarter of what a pattern costs


def halfwidth(text: str) -> str:
    """Full-width digits, letters and common punctuation as ASCII."""
    if text.isascii():
        return text
    if len(text) < LONG:
        return text.translate(_FULL)
    for wide, narrow in _PAIRS:  # a tenth of what `translate` costs
        if wide in text:
            text = text.replace(wide, narrow)
    return text


def holds(text: str, word: str) -> bool:
    """Whether a long text holds a word; its characters alone are found many times faster."""
    return all(map(text.__contains__, word)) and word in text


def squeeze(text: str) -> str:
    """Text for matching labels: clean, half-width, without any space."""
    return _squeezed(text) if len(text) <= REMEMBERED else _squeezed.__wrapped__(text)


@lru_cache(maxsize=16384)
def _squeezed(text: str) -> str:
    return halfwidth(clean(text)).replace(" ", "")


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: max(0, limit - 1)] + "…"


def normal_title(text: str) -> str:
    """A title for matching: squeezed, without punctuation, without the site's name behind _ - |."""
    squeezed = squeeze(text)
    for mark in ("_", "|", "--", "－"):
        head, found, tail = squeezed.rpartition(mark)
        if found and len(head) >= max(6, len(tail)):
            squeezed = head
            break
    return _PUNCTUATION.sub("", squeezed).lower()


def similarity(a: str, b: str) -> float:
    """How alike two titles are, 0 to 1."""
    first, second = normal_title(a), normal_title(b)
    if not first or not second:
        return 0.0
    return Indel.normalized_similarity(first, second)


def shingles(text: str, length: int = 5) -> frozenset[str]:
    """Every run of `length` characters of the squeezed text."""
    said = squeeze(text)
    return frozenset(said[start : start + length] for start in range(len(said) - length + 1))


def quoted_titles(text: str) -> tuple[str, ...]:
    """Titles in 《》, each once, in the order of the text."""
    return tuple(dict.fromkeys(clean(found) for found in _QUOTED.findall(text)))


def document_numbers(text: str) -> tuple[str, ...]:
    """Document numbers (文号) in their normal form 云交办〔2020〕12号, each once."""
    found: dict[str, None] = {}
    end = 0
    for match in _NUMBER.finditer(text):
        start = match.start()
        office = _OFFICE.search(text, max(end, start - LONGEST_OFFICE), start)
        end = match.end()
        name = _NUMBER_LABEL.sub("", office[1]) if office else ""
        if name:
            found[f"{name}〔{halfwidth(match[1])}〕{halfwidth(match[2])}号"] = None
    return tuple(found)


def document_number(text: str) -> str | None:
    """The first document number of the text."""
    return next(iter(document_numbers(text)), None)


def fingerprint(text: str) -> str:
    """16 hex digits of the squeezed text."""
    return sha256(squeeze(text).encode("utf-8", "replace")).hexdigest()[:16]


def has_han(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def han_count(text: str) -> int:
    """How many Chinese characters the text holds."""
    return sum("\u4e00" <= c <= "\u9fff" for c in text)


def mask(text: str) -> str:
    """The text with ID-card and mobile numbers made unreadable (rulebook 4.12)."""
    if not any(c.isdigit() for c in text):
        return text
    return _MOBILE.sub(r"\1****\2", _ID_CARD.sub(r"\1*************\2", text))


def visible(text: str) -> str:
    """The text in Unicode normal form C, as reports write it."""
    return unicodedata.normalize("NFC", clean(text))
