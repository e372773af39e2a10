"""Slips of writing in a page's words: wrong words, misstated names, placeholders, broken characters.

A few passes over the words find what stands in the lists, and whether what else is looked for can be
there at all (`audit.reading.lexicon`). What a list of innocent words covers is no slip: the longest match wins.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from audit.model import Slip, SlipKind
from audit.reading.document import LINE, SEAM, Document
from audit.reading.lexicon import ARROW, Entry, Guard, Hit, looked_up
from audit.reading.unclosed import unclosed
from audit.text import quoted_titles
from audit.vocabulary import any_of, pattern_of, words

MOST = 20  # slips kept of one page
AROUND = 14  # characters of the quote at either side
HEAD = 2400  # characters at the head of the content, where secrecy marks stand
PLACES = 5  # of some words that are looked at to tell links from text
MAX_TEXT = 200_000  # characters that are looked at
FILLED = 4  # times that a word comes in a row where somebody filled a place up
DOUBLED = (4, 3, 2)  # characters of a doubled word, the longest first
BREAKS = " \n，。！？；：、“《"  # before a clause
CALLS = "，！!"  # after one that calls
QUOTES = ("“", "”", "‘", "’", "「", "」", '"')
_HAN = re.compile("[\u4e00-\u9fff]+")
_NUMERAL = re.compile("[一二三四五六七八九十百千万〇零两]+")
_DIGITS = re.compile(r"\d{7,}")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def slips(
    document: Document, spans: Sequence[tuple[int, int]], names: tuple[str, ...], said: str
) -> tuple[Slip, ...]:
    """The slips of a page. `names`: title and headline; `said`: its words; `spans`: their places."""
    text = " ".join(one for one in (*names, said[:MAX_TEXT]) if one)
    hits, seen = looked_up(text)
    finders = (
        _listed(text, hits),
        _inserted(text) if Guard.INSERTED in seen else (),
        _lost(text),
        _doubled(text),
        _titles(text),
        _patterns(text) if Guard.PATTERN in seen else (),
        _untitled(names),
        unclosed(document, spans),
        _marks(document, spans) if Guard.SECRET in seen else (),
    )
    found = {(slip.kind, slip.words): slip for finder in finders for slip in finder}
    if not found:
        return ()
    return tuple(_placed(document, found.values()))[:MOST]


def _listed(text: str, hits: Iterable[Hit]) -> Iterator[Slip]:
    """Words of the lists, and names one character off; not those that a text quotes to correct."""
    for entry, start in hits:
        for slip in _meant(text, entry, start):
            if not _is_corrected(text, slip.words, start - entry.begins):
                yield slip


def _meant(text: str, entry: Entry, start: int) -> Iterator[Slip]:
    """The slip that an entry's word is at a place; nothing where it is innocent."""
    if entry.slip is None:
        yield from _misstated(text, entry.name, start, entry.begins)
    elif not any(text.startswith(w, max(0, start - at)) for w, at in entry.innocent):
        end = start + len(entry.word)
        yield _slip(entry.slip.kind, text, start, end, right=entry.slip.right)


def _is_corrected(text: str, said: str, near: int) -> bool:
    """Whether words stand in quotation marks where the text around tells that they are wrong."""
    start = text.find(said, max(0, near - 1))
    end = start + len(said)
    if text[start - 1 : start] not in QUOTES or text[end : end + 1] not in QUOTES:
        return False
    around = text[max(0, start - AROUND) : end + AROUND]
    return any(word in around for word in words("slips")["corrected_words"])


def _inserted(text: str) -> Iterator[Slip]:
    """A verb of a list that stands there again after a few characters, without a mark between."""
    innocent = words("slips")["inserted_innocent"]
    for match in pattern_of("slips", "inserted_patterns").finditer(text):
        if not any(one in match["between"] for one in innocent):
            yield _slip(SlipKind.INSERTED, text, match.start(), match.end(), right=match["verb"])


def _misstated(text: str, name: str, start: int, place: int) -> Iterator[Slip]:
    """A stretch of text around half a name that differs from the name by one character within."""
    if text.startswith(name, max(0, start - place)):
        return
    end = start + len(name) - place
    stretches = (
        [(start, end), (start, end + 1), (start, end - 1)]
        if place == 0
        else [(start - place + off, end) for off in (0, -1, 1)]
    )
    right = words("slips")["right_names"]
    for begin, stop in stretches:
        said = text[max(0, begin) : stop]
        if said[:1] != name[0] or not _is_one_off(said, name):
            continue
        if said[-1] != name[-1] and (place or said[:-1] != name[:-1]):
            continue
        if _HAN.fullmatch(said) and not any(text.startswith(one, begin) for one in right):
            yield _slip(SlipKind.NAME, text, begin, stop, right=name)
        return


def _is_one_off(word: str, name: str) -> bool:
    """Whether one character was changed, added or left out."""
    if word == name:
        return False
    shorter, longer = sorted((word, name), key=len)
    same = next((i for i, c in enumerate(shorter) if c != longer[i]), len(shorter))
    rest = shorter[same + (len(word) == len(name)) :]
    return longer[same + 1 :] == rest


def _lost(text: str) -> Iterator[Slip]:
    if "个工作日" in text:
        innocent = words("slips")["lost_innocent"]
        for match in pattern_of("slips", "lost_patterns").finditer(text):
            before = text[max(0, match.start() - 2) : match.start()]
            if before.endswith(innocent) or before[-1:].isdecimal():
                continue
            right = f"{match[0]}内"
            yield _slip(SlipKind.LOST, text, match.start(), match.end(), right=right)
    if "号" in text:
        for match in pattern_of("slips", "bracket_patterns").finditer(text):
            found = match[0]
            right = f"〔{found[1:5]}〕{found[6:]}"
            yield _slip(SlipKind.BRACKET, text, match.start(), match.end(), right=right)


def _doubled(text: str) -> Iterator[Slip]:
    """A word of two to four characters that stands there twice in a row.

    A text and itself moved by n characters differ nowhere along a doubled word: that is seen from
    their bytes at once, without a look at every place.
    """
    data = text.encode("utf-16-le", "replace")
    if len(data) != 2 * len(text):
        data = _ASTRAL.sub("?", text).encode("utf-16-le", "replace")
    low = data[::2]  # the lower halves tell nearly all characters apart, in half the time
    whole, last = int.from_bytes(low, "little"), len(low)
    for n in DOUBLED:
        differs = (whole ^ (whole >> (8 * n))).to_bytes(last, "little")
        alike = b"\0" * n
        start = differs.find(alike, 0, last - n)
        while start >= 0:
            word, stop = text[start : start + n], start + n
            while text.startswith(word, stop):
                stop += n
            if stop > start + n:
                yield from _repeated(text, word, start, stop)
            start = differs.find(alike, max(start + 1, stop - n), last - n)


def _repeated(text: str, word: str, start: int, stop: int) -> Iterator[Slip]:
    """What a word says that comes several times in a row: a slip, or a place that was filled up."""
    half = word[: len(word) // 2]
    unit = half if 2 * half == word else word
    fills = stop - start >= FILLED * len(unit)
    if fills and unit in words("slips")["doubled_filling"]:
        yield _slip(SlipKind.PLACEHOLDER, text, start, start + FILLED * len(unit))
        return
    if not _is_doubled(unit, text[stop : stop + 1]):
        return
    if text.startswith(words("slips")["doubled_meeting"], start):
        return
    if fills:
        yield _slip(SlipKind.PLACEHOLDER, text, start, start + FILLED * len(unit))
    elif unit == word and not _is_clause(text, start, stop):
        yield _slip(SlipKind.DOUBLED, text, start, stop, right=word)


def _is_clause(text: str, start: int, stop: int) -> bool:
    """Whether words are a clause of their own: verse and slogans call twice."""
    before, after = text[start - 1 : start] if start else "", text[stop : stop + 1]
    return (not before or before in BREAKS) and bool(after) and after in CALLS


def _is_doubled(unit: str, after: str) -> bool:
    """Whether a word that comes twice is a slip: not for stress, in a count, in a list or a title."""
    return after not in words("slips")["doubled_before"] and _says_twice(unit)


@lru_cache(maxsize=1024)
def _says_twice(unit: str) -> bool:
    """Whether a word is one that nobody says twice in a row."""
    lists = words("slips")
    return (
        len({*unit}) > 1
        and _HAN.fullmatch(unit) is not None
        and unit not in lists["doubled_innocent"]
        and not {unit[0], unit[-1]} & {*lists["doubled_between"]}
        and _NUMERAL.fullmatch(unit) is None
    )


def _titles(text: str) -> Iterator[Slip]:
    """Two titles that name one document differently."""
    if text.count("《") < 2:
        return
    seen: dict[str, str] = {}
    for title in quoted_titles(text):
        if len(title) < AROUND:
            continue
        plain = title
        for one in words("slips")["title_same"]:
            wrong, _, right = one.partition(ARROW)
            plain = plain.replace(wrong, right)
        other = seen.setdefault(plain, title)
        if other != title:
            yield Slip(SlipKind.TITLE, title, other, f"《{other}》 / 《{title}》")


def _patterns(text: str) -> Iterator[Slip]:
    """Placeholders and broken characters."""
    if any_of("slips", "guard").search(text) is None:
        return
    for kind, key in ((SlipKind.PLACEHOLDER, "placeholder"), (SlipKind.GARBLED, "garbled")):
        for sort in ("sure", "review"):
            for match in pattern_of("slips", f"{key}_{sort}").finditer(text):
                yield _slip(kind, text, match.start(), match.end(), sure=sort == "sure")


def _untitled(names: tuple[str, ...]) -> Iterator[Slip]:
    """A title that nobody wrote."""
    for name in names:
        if len(name) <= AROUND and pattern_of("slips", "placeholder_titles").fullmatch(name):
            yield Slip(SlipKind.PLACEHOLDER, name, quote=name)


def _marks(document: Document, spans: Sequence[tuple[int, int]]) -> Iterator[Slip]:
    """Secrecy marks at the head of the content, alone on their line."""
    text, start = document.text, spans[0][0] if spans else 0
    guard = words("slips")["secret_guard"]
    if not any(text.find(word, start, start + 2 * HEAD) >= 0 for word in guard):
        return
    head = LINE.join(text[a:b] for a, b in spans)[:HEAD].replace(SEAM, "")
    before = ""
    for line in head.split(LINE):
        said = " ".join(line.split())
        shown = before.endswith(words("slips")["secret_leads"])
        before = said or before
        if shown:
            continue
        match = pattern_of("slips", "secret_patterns").fullmatch(said)
        match = match or pattern_of("slips", "withheld_patterns").search(said)
        if match:
            yield Slip(SlipKind.SECRET, match[0], quote=said[:60])


def _slip(
    kind: SlipKind, text: str, start: int, end: int, *, right: str = "", sure: bool = False
) -> Slip:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    # no further than to the next block, so that what a template repeats is quoted alike
    quote = before.rpartition(" ")[2] + text[start:end] + after.partition(" ")[0]
    return Slip(kind, text[start:end][:80], right, _DIGITS.sub("…", quote), sure)


def _placed(document: Document, found: Iterable[Slip]) -> Iterator[Slip]:
    """The slips with whether they stand in links only; words of neighbours are not one doubled."""
    for slip in found:
        places = _places(document.text, slip.words)
        if slip.kind in {SlipKind.DOUBLED, SlipKind.INSERTED} and not places:
            continue
        linked = bool(places) and all(_is_linked(document, place) for place in places)
        yield msgspec.structs.replace(slip, linked=linked) if linked else slip


def _places(text: str, wanted: str) -> list[int]:
    places: list[int] = []
    place = text.find(wanted)
    while place >= 0 and len(places) < PLACES:
        places.append(place)
        place = text.find(wanted, place + 1)
    return places


def _is_linked(document: Document, place: int) -> bool:
    element = document.innermost(place)
    while element is not None and element.tag != "a":
        element = document.parent(element)
    return element is not None
