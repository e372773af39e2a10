"""The list that is a page's own: its main list with the blocks that continue it."""

import re
from collections.abc import Sequence
from itertools import pairwise
from sys import intern

import msgspec

from audit.model import ItemList, ListItem

ROWS = 200  # rows kept of one page
PINNED = 3  # rows at the top that may be out of order
ORDERED = 5  # rows from which their order is no chance
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?度?")


class OwnList(msgspec.Struct, frozen=True):
    """What one page lists as its own; without rows: it lists nothing."""

    rows: tuple[ListItem, ...] = ()
    length: int = 0  # characters of the rows
    in_order: bool = False  # the rows stand newest first: what is not shown is older
    more: str = ""  # where the list says that there is more of it
    boxes: int = 0  # further lists with a heading beside it


def own_list(lists: Sequence[ItemList], main: ItemList | None, name: str) -> OwnList:
    """The rows of a page's main list, and of its continuations (blocks of five, years).

    On a front of boxes, each with a link to more, none is the page's own more than the others: all
    of them are. `name` is what the page calls itself.
    """
    if main is None:
        return OwnList()
    dated = any(_is_dated(row) for row in main.items)
    known = {_identity(row) for row in main.items}
    rows, boxed = list(main.items), list[ListItem]()
    front = bool(main.more_url) and bool(main.heading) and main.heading not in name
    for one in lists:
        continues = _continues(one, main)
        if one is main or not (continues or (front and _is_box(one, main))):
            continue
        if dated and all(_is_dated(row) for row in one.items):
            kept = rows if continues else boxed
            kept += [row for row in one.items if _identity(row) not in known]
            known.update(_identity(row) for row in one.items)
    return OwnList(
        (*rows, *boxed)[:ROWS],
        sum(len(row.title) + len(row.quote) for row in rows),
        in_order((*rows, *boxed)),
        main.more_url,
        sum(1 for one in lists if one is not main and _is_boxed(one, main, dated=dated)),
    )


def shared(one: ItemList) -> ItemList:
    """The list with strings that are kept once, however many pages show it."""
    return ItemList(
        intern(one.heading), tuple(map(_shared, one.items)), one.main, one.block, one.more_url
    )


def _shared(row: ListItem) -> ListItem:
    url, title, quote = intern(row.url), intern(row.title), intern(row.quote)
    return ListItem(url, title, row.day, row.source, quote, row.month_day)


def main_of(lists: Sequence[ItemList]) -> ItemList | None:
    """The list that a page calls its main one."""
    return next((one for one in lists if one.main), None)


def in_order(rows: Sequence[ListItem]) -> bool:
    """Whether all rows but a few pinned ones at the top are dated and stand newest first."""
    days = [row.day for row in rows if row.day is not None]
    if len(days) < len(rows):
        return False
    for start in range(PINNED + 1):
        rest = days[start:]
        if len(rest) < ORDERED:
            return False
        if all(one >= other for one, other in pairwise(rest)):
            return True
    return False


def _continues(one: ItemList, main: ItemList) -> bool:
    """Whether a list may be a part of the main one: not a box of its own, with its own 更多."""
    named = one.heading not in {"", main.heading}
    if named and _YEAR.fullmatch(one.heading) and _YEAR.fullmatch(main.heading):
        named = False
    return one.block == main.block and not named and one.more_url in {"", main.more_url}


def _is_boxed(one: ItemList, main: ItemList, *, dated: bool) -> bool:
    """Whether a list has a heading beside the main one; beside dated rows a menu is no such box."""
    if not one.heading or one.block != main.block:
        return False
    return not dated or bool(one.more_url) or any(_is_dated(row) for row in one.items)


def _is_box(one: ItemList, main: ItemList) -> bool:
    """Whether a list is a box of a front beside the main one: under a name of its own, with its own 更多."""
    return one.block == main.block and bool(one.heading) and one.more_url not in {"", main.more_url}


def _identity(row: ListItem) -> tuple[object, ...]:
    """What makes two rows one; without a link, one title may stand for two days."""
    return row.url, row.title, row.day, row.month_day


def _is_dated(row: ListItem) -> bool:
    return row.day is not None or row.month_day is not None
