"""The words that slips are made of, and those without which there is no slip, found in one pass."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cache
from typing import Final

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation

from audit.model import Slip, SlipKind
from audit.vocabulary import words

ARROW: Final = " => "


class Guard(Enum):
    """What is looked for only where one of its words stands."""

    INSERTED = auto()
    PATTERN = auto()
    SECRET = auto()


class Entry(msgspec.Struct, frozen=True):
    """A word to look for, and what it means."""

    word: str
    slip: Slip | None = None  # None: it is part of a name, or a guard's
    name: str = ""
    begins: int = 0  # where in the name it begins
    innocent: tuple[tuple[str, int], ...] = ()  # right words that hold it, and where
    guard: Guard | None = None
    behind: re.Pattern[str] | None = None  # what must stand behind a guard's word


Hit = tuple[Entry, int]
_KEYS: Final = {
    Guard.INSERTED: "inserted_guard",
    Guard.PATTERN: "guard",
    Guard.SECRET: "secret_guard",
}


class _Lexicon(msgspec.Struct, frozen=True):
    """The lists compiled: what finds all words at once, and what each of them means."""

    finder: AhoCorasick
    entries: Sequence[tuple[Entry, ...]]  # by the number of the word


def looked_up(text: str) -> tuple[list[Hit], set[Guard]]:
    """The words of the lists with their places, the first first, and the guards that stand in the text."""
    lexicon = _lexicon()
    hits: list[Hit] = []
    guards: set[Guard] = set()
    for number, start, end in lexicon.finder.find_matches_as_indexes(
        _whole(text), overlapping=True
    ):
        for entry in lexicon.entries[number]:
            if entry.guard is None:
                hits.append((entry, start))
            elif entry.behind is None or entry.behind.match(text, end):
                guards.add(entry.guard)
    return sorted(hits, key=lambda hit: hit[1]), guards


def _whole(text: str) -> str:
    """The text, half characters replaced one by one: the finder takes whole ones."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-32", "surrogatepass").decode("utf-32", "replace")
    return text


@cache
def _lexicon() -> _Lexicon:
    lists = words("slips")
    entries = defaultdict[str, list[Entry]](list)
    for entry in (*_wrong(lists), *_halves(lists), *_guards(lists)):
        entries[entry.word].append(entry)
    finder = AhoCorasick(list(entries), implementation=Implementation.DFA)
    return _Lexicon(finder, [tuple(same) for same in entries.values()])


def _wrong(lists: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    for key, kind in (("pairs", SlipKind.WORD), ("misstated", SlipKind.NAME)):
        for one in lists[key]:
            wrong, right = one.split(ARROW)
            innocent = tuple((w, w.index(wrong)) for w in lists["innocent"] if wrong in w)
            yield Entry(wrong, Slip(kind, wrong, right), innocent=innocent)


def _halves(lists: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    for name in lists["names"]:
        middle = len(name) // 2
        for half, begins in ((name[:middle], 0), (name[middle:], middle)):
            if half not in lists["vague_halves"]:
                yield Entry(half, name=name, begins=begins)


def _guards(lists: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    """The guards' words; those of inserted words only where they come again soon."""
    for guard, key in _KEYS.items():
        for word in lists[key]:
            again = re.compile(f".{{2,4}}{re.escape(word)}") if guard is Guard.INSERTED else None
            yield Entry(word, guard=guard, behind=again)
