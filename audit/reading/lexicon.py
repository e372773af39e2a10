"""The words that slips are made of, and those without which there is no slip, found in few passes."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from functools import cache
from itertools import pairwise
from typing import Final

import msgspec

from audit.model import Slip, SlipKind
from audit.text import has_han
from audit.vocabulary import words

ARROW: Final = " => "
COMMON: Final = 130  # characters of the list of frequent ones that are too frequent to look for
PARTS: Final = (40, 100, 200)  # characters, the most frequent first, up to which a pattern goes
LONGEST: Final = 20  # characters of a guard's word at most


class Guard(Enum):
    """What is looked for only where one of its words stands."""

    INSERTED = auto()
    PATTERN = auto()
    SECRET = auto()


class Entry(msgspec.Struct, frozen=True):
    """A word to look for: where its rarest character stands, and what it means there."""

    word: str
    place: int
    slip: Slip | None = None  # None: it is part of a name, or a guard's
    name: str = ""
    begins: int = 0  # where in the name it begins
    innocent: tuple[tuple[str, int], ...] = ()  # right words that hold it, and where
    guard: Guard | None = None
    behind: str = ""  # a pattern of what must stand behind a guard's word


Hit = tuple[Entry, int]
_KEYS: Final = {
    Guard.INSERTED: "inserted_guard",
    Guard.PATTERN: "guard",
    Guard.SECRET: "secret_guard",
}


class _Lexicon(msgspec.Struct, frozen=True):
    """The lists compiled: patterns that stop at the rarest character of each word, and the words.

    A stop that is no word tries every branch of its pattern, so that the few frequent characters
    have patterns of few branches, and the many rare ones are stopped at seldom.
    Words of common characters only are looked for one by one: that costs less than their hits.
    """

    patterns: tuple[re.Pattern[str], ...]
    entries: Mapping[str, tuple[Entry, ...]]
    common: tuple[Entry, ...]
    guarding: re.Pattern[str]  # any guard's word


def looked_up(text: str) -> tuple[list[Hit], set[Guard]]:
    """The words of the lists with their places, and the guards that may stand in the text.

    A pattern does not stop again within a word that it found: guards are looked for around it.
    """
    lexicon = _lexicon()
    hits: list[Hit] = []
    guards: set[Guard] = set()
    for entry in lexicon.common:
        start = text.find(entry.word)
        if start >= 0 and entry.guard:
            guards.add(entry.guard)
            continue
        while start >= 0:
            hits.append((entry, start))
            start = text.find(entry.word, start + 1)
    for at, end in sorted(m.span() for one in lexicon.patterns for m in one.finditer(text)):
        for entry in lexicon.entries[text[at]]:
            start = at - entry.place
            if start < 0 or not text.startswith(entry.word, start):
                continue
            if entry.guard:
                guards.add(entry.guard)
                continue
            hits.append((entry, start))
            if lexicon.guarding.search(text, max(0, at - LONGEST), end + LONGEST):
                guards.update(Guard)
    return hits, guards


@cache
def _lexicon() -> _Lexicon:
    lists = words("slips")
    common, entries = list[Entry](), dict[str, tuple[Entry, ...]]()
    rank = "".join(lists["frequent"])
    for entry in (*_wrong(lists), *_halves(lists), *_guards(lists)):
        rarest = entry.word[entry.place]
        if rarest in rank[:COMMON]:
            common.append(entry)
        else:
            entries[rarest] = (*entries.get(rarest, ()), entry)
    ordered = sorted(entries, key=lambda c: (rank.find(c) % (len(rank) + 1), c))
    branches = [f"{re.escape(c)}(?:{'|'.join(map(_around, entries[c]))})" for c in ordered]
    parts = pairwise((0, *PARTS, len(branches)))
    patterns = tuple(re.compile("|".join(branches[a:b])) for a, b in parts if branches[a:b])
    guarding = re.compile("|".join(re.escape(entry.word) for entry in _guards(lists)))
    return _Lexicon(patterns, entries, tuple(common), guarding)


def _around(entry: Entry) -> str:
    """A pattern of what stands before and after a word's rarest character."""
    before, after = entry.word[: entry.place + 1], re.escape(entry.word[entry.place + 1 :])
    after = after if entry.guard is None else f"(?={after}{entry.behind})"
    return (f"(?<={re.escape(before)})" if entry.place else "") + after


def _wrong(lists: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    for key, kind in (("pairs", SlipKind.WORD), ("misstated", SlipKind.NAME)):
        for one in lists[key]:
            wrong, right = one.split(ARROW)
            innocent = tuple((w, w.index(wrong)) for w in lists["innocent"] if wrong in w)
            yield Entry(wrong, _rarest(wrong), Slip(kind, wrong, right), innocent=innocent)


def _halves(lists: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    for name in lists["names"]:
        middle = len(name) // 2
        for half, begins in ((name[:middle], 0), (name[middle:], middle)):
            if half in lists["vague_halves"]:
                continue
            yield Entry(half, _rarest(half), name=name, begins=begins)


def _guards(lists: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    """The guards' words; those of inserted words only where they come again soon."""
    for guard, key in _KEYS.items():
        for word in lists[key]:
            again = f".{{2,4}}{re.escape(word)}" if guard is Guard.INSERTED else ""
            yield Entry(word, _rarest(word), guard=guard, behind=again)


def _rarest(word: str) -> int:
    """Where in a word its rarest character stands; a comma is no rare one, though no list has it."""
    rank = "".join(words("slips")["frequent"])
    ranks = [rank.find(c) if c in rank or not has_han(c) else len(rank) for c in word]
    return ranks.index(max(ranks))
