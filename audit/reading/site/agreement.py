"""Whether two published values of a fact agree, and what the values of one unit come to."""

import re
from collections.abc import Sequence
from itertools import combinations

from audit.model import Fact, FactValue
from audit.text import halfwidth, squeeze
from audit.vocabulary import any_of, words

ROAD = re.compile(
    r"([\u4e00-\u9fff]{2,8}?(?:大道|路|街|道|巷))([\u4e00-\u9fff\d]{0,12}?\d+|[一二三四五六七八九十百]+)号"
)
CLOCK = re.compile(r"(\d{1,2})[:点时](\d{2}|半)?")
NUMBER = re.compile(r"\d{7,12}")
DIRECTORY = 3  # numbers on one page that are those of offices


def agree(fact: Fact, one: str, other: str) -> bool:
    """Whether two values can be the same thing, said in two ways. Functions and structure always can."""
    first, second = squeeze(halfwidth(one)), squeeze(halfwidth(other))
    if first in second or second in first:
        return True
    match fact:
        case Fact.ADDRESS:
            return _same_place(first, second)
        case Fact.HOURS:
            return _same_hours(first, second)
        case Fact.CONTACT:
            return bool(_numbers(first) & _numbers(second))
        case Fact.HEAD:
            return first.replace("•", "·") == second.replace("•", "·")
        case _:
            return True


def in_conflict(fact: Fact, values: Sequence[FactValue]) -> tuple[FactValue, FactValue] | None:
    """The first two places that contradict each other for certain; None: none do.

    Only labels that claim to be the unit's own count, and telephone numbers only as whole sets.
    """
    strict = words("facts").get(f"strict_{fact.value}", ())
    claimed = [value for value in values if value.plausible and value.label in strict]
    if fact is Fact.CONTACT:
        return _numbers_in_conflict(claimed)
    for one, other in combinations(claimed, 2):
        if fact is Fact.HOURS and any_of("facts", "seasons").search(one.quote + other.quote):
            continue  # two seasons, each right in its own
        if one.url != other.url and not agree(fact, one.value, other.value):
            return one, other
    return None


def _numbers_in_conflict(claimed: Sequence[FactValue]) -> tuple[FactValue, FactValue] | None:
    pages: dict[str, list[FactValue]] = {}
    for value in claimed:
        pages.setdefault(value.url, []).append(value)
    for one, other in combinations(pages.values(), 2):
        mine = frozenset[str]().union(*(_numbers(v.value) for v in one))
        theirs = frozenset[str]().union(*(_numbers(v.value) for v in other))
        if max(len(mine), len(theirs)) >= DIRECTORY:
            continue  # the numbers of inner offices, each right in its own
        if mine and theirs and not mine & theirs:
            return one[0], other[0]
    return None


def _same_place(one: str, other: str) -> bool:
    first, second = ROAD.search(one), ROAD.search(other)
    if first is None or second is None:
        return True  # one of them has no house number: nothing contradicts it
    roads = first[1].endswith(second[1][-3:]) or second[1].endswith(first[1][-3:])
    return roads and first[2] == second[2]


def _same_hours(one: str, other: str) -> bool:
    first, second = _clocks(one), _clocks(other)
    return not first or not second or first <= second or second <= first


def _clocks(text: str) -> frozenset[int]:
    """Times of day in minutes, of twelve hours: 下午2:30 is 14:30."""
    return frozenset(
        int(hour) % 12 * 60 + (30 if minute == "半" else int(minute or 0))
        for hour, minute in CLOCK.findall(text)
    )


def _numbers(text: str) -> frozenset[str]:
    """Telephone numbers by their last seven digits: the area code may be left out."""
    plain = re.sub(r"(?<=\d)[-—–－ ()]+(?=\d)", "", text)
    return frozenset(number[-7:] for number in NUMBER.findall(plain))
