"""How many pages the words, the calls and the attributes of a pager say there are."""

import re
from functools import cache
from itertools import takewhile

from audit.reading.document import Document, Element
from audit.vocabulary import pattern_of, words

HOLDER = 1200  # characters; a longer element is no pager
SCRIPT = 200_000  # characters of a script that are looked at
JUMP = "gotopage_fun"  # what the call is named that jumps to a page
LONGEST = 6  # digits of a count
NUMBER = 5  # digits of a page's number
_OF = re.compile(r"(?<![\d/])(\d{1,4})\s*/\s*(\d{1,4})(?![\d/])")


def counts_of(document: Document, holder: Element, *, turned: bool, linked: bool) -> list[int]:
    """How many pages the words and the calls of the pager say there are."""
    said = document.said(holder)[:HOLDER]
    counts = [
        int(next(g for g in m.groups() if g))
        for m in pattern_of("page", "pager_counts").finditer(said)
    ]
    for element in document.inside(holder):
        call = element.get("onclick")
        if call and (match := pattern_of("page", "pager_jumps").search(call[:200])):
            counts.append(int(match[1]))
    if not counts and not linked:
        counts = _shown(document, holder) or _run(said)
    if not counts:
        counts = _attributed(document, holder) or _chosen(document, holder)
    if turned and not counts:
        counts = _jumped(document)
    if turned and not counts:
        counts = [int(m[2]) for m in _OF.finditer(said) if 1 <= int(m[1]) <= int(m[2])]
    if turned and not counts:
        match = pattern_of("page", "pager_records").search(said)
        if match and int(match[2]):
            counts = [-(-int(match[1]) // int(match[2]))]
    return counts


def _shown(document: Document, holder: Element) -> list[int]:
    """The last of the numbers of a pager whose items are no links: 1 2 3 … 12."""
    said = (document.said(one) for one in document.inside(holder) if one.tag == "li")
    numbers = [int(one) for one in said if one.isdecimal() and len(one) <= NUMBER]
    return [max(numbers)] if numbers[:2] == [1, 2] else []


def _run(said: str) -> list[int]:
    """The last of the numbers that a pager's words begin with: 1 2 3 下一页."""
    numbers = [int(one) for one in takewhile(str.isdecimal, said.split()) if len(one) <= NUMBER]
    return numbers[-1:] if len(numbers) > 1 and numbers == [*range(1, len(numbers) + 1)] else []


def _chosen(document: Document, holder: Element) -> list[int]:
    """The last of the numbers of pages to choose from, which a call turns to."""
    asked = pattern_of("page", "pager_choosing")
    for choice in document.choices:
        count = len(choice.ways)
        if count < 2 or not holder.index <= choice.parent < holder.stop:
            continue
        beside = document.said(document.elements[choice.parent])[:HOLDER]
        if choice.ways == tuple(map(str, range(1, count + 1))) and asked.search(beside):
            return [count]
    return []


def _jumped(document: Document) -> list[int]:
    """The count of pages that a script of the pager's is called with."""
    for script in document.scripts:
        if JUMP in script.text and (
            match := pattern_of("page", "pager_jumps").search(script.text[:SCRIPT])
        ):
            return [int(match[1])]
    return []


def _attributed(document: Document, box: Element) -> list[int]:
    """By an attribute of its own, by rows in all and a page, or by a part that is named for the count."""
    counts = [_number(box.get(name)) for name in words("page")["pager_count_attributes"]]
    rows = _first(box, "pager_record_attributes")
    size = _first(box, "pager_size_attributes")
    counts.append(-(-rows // size) if rows and size else 0)
    counts += [
        _number(document.said(one))
        for one in document.inside(box)
        if one.end - one.start <= LONGEST and _is_count(f"{one.get('class')} {one.get('id')}")
    ]
    return [count for count in counts if count]


def _first(box: Element, key: str) -> int:
    return next((n for name in words("page")[key] if (n := _number(box.get(name)))), 0)


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) <= LONGEST else 0


def _is_count(names: str) -> bool:
    return len(names) > 1 and not _count_names().isdisjoint(names.lower().split())


@cache
def _count_names() -> frozenset[str]:
    return frozenset(words("page")["pager_count_names"])
