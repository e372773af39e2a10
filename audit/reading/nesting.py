"""Which entry of a menu each link hangs under: nested lists, drop-down boxes, dt and dd."""

from typing import Final

from audit.reading.document import Document, Element

STEPS: Final = 5  # elements between a link and its item, or a list and the item that holds it
_ITEMS: Final = frozenset({"li", "dt", "dd"})
_ENDS: Final = frozenset({"body", "html", "nav", "header", "form", "table"})
_ABSENT: Final = -1


class Menu:
    """Places the links of a page's menus one by one, in document order."""

    def __init__(self, document: Document) -> None:
        """Nothing is placed yet."""
        self._elements = document.elements
        self._first: dict[int, int] = {}  # item → number of its first link
        self._above: dict[int, Element | None] = {}  # list → the item that holds it

    def place(self, number: int, element: Element) -> int:
        """How many links back stands the entry that a link hangs under.

        0: it hangs under nothing; -1: under words that are no link.
        """
        above = element.parent
        item = self._elements[above] if above >= 0 else None
        if item is None or item.tag not in _ITEMS:
            item = self._item(above)
        if item is None:
            return 0
        head = self._first.setdefault(item.index, number)
        if head != number:
            return number - head
        if item.tag == "dt":
            self._first[item.parent] = number
            return 0
        if item.tag == "dd":
            return number - self._first.get(item.parent, number)
        outer = self._outer(item)
        if outer is None:
            return 0
        head = self._first.get(outer.index, _ABSENT)
        return number - head if head >= 0 else _ABSENT

    def _outer(self, item: Element) -> Element | None:
        """The item that holds the list in which an item stands."""
        if item.parent not in self._above:
            self._above[item.parent] = self._item(item.parent)
        return self._above[item.parent]

    def _item(self, index: int) -> Element | None:
        """The nearest list item from an element upwards."""
        for _ in range(STEPS):
            if index < 0:
                return None
            element = self._elements[index]
            if element.tag in _ITEMS:
                return element
            if element.tag in _ENDS:
                return None
            index = element.parent
        return None
