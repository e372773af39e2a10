"""Links that stand in running text, or lead to the article before and the next: never rows."""

from functools import cache

from audit.reading.document import Document, Element
from audit.reading.groups import Row
from audit.vocabulary import words

BEFORE = 16  # characters before a link that may say 上一篇
ENDS = 2  # last rows of a long group that are looked at
STOP = "。"  # running text has sentences
STOPS = 2  # of an article
_EDGES = "：:>》»】]|·　\xa0 \n\t\r\x1e\x1f"


class Prose:
    """Tells the links of a page's text from rows."""

    def __init__(self, document: Document, article: Element | None) -> None:
        """`article` is the element of the article; None: it is not known."""
        self._document = document
        self._article = article if article is not None and _is_named(document, article) else None

    def holds(self, rows: list[Row]) -> bool:
        """Whether rows are the links of a text: most of it stands outside of them."""
        box, element = self._article, rows[0].element
        if box is not None and box.index < element.index < box.stop:
            said = sum(row.end - row.start for row in rows)
            if box.end - box.start <= 2 * said:
                return False
            return self._document.text.count(STOP, box.start, box.end) >= STOPS
        if element.tag != "p" or rows[0].holder < 0:
            return False
        own = {row.element.index for row in rows}
        loose = said = 0
        stops = False
        for child in self._document.children(self._document.elements[rows[0].holder]):
            if child.index in own:
                said += child.end - child.start
            elif child.tag == "p":
                loose += child.end - child.start
                stops = stops or self._document.text.find(STOP, child.start, child.end) >= 0
        return stops and loose > said

    def rows(self, rows: list[Row]) -> list[Row]:
        """The rows without those that lead to the article before and the next."""
        ends = rows if len(rows) <= 2 * ENDS else rows[-ENDS:]
        if not any(self._is_neighbour(row) for row in ends):
            return rows
        return [row for row in rows if not self._is_neighbour(row)]

    def _is_neighbour(self, row: Row) -> bool:
        text, link = self._document.text, row.anchors[0].element
        start = link.start
        before = text[start - BEFORE if start > BEFORE else 0 : start].rstrip(_EDGES)
        if before[-1:] in _lasts() and before.endswith(words("page")["neighbour_words"]):
            return True
        said = row.anchors[0].text
        if said[:1] not in _firsts():
            return False
        word = next((w for w in words("page")["neighbour_words"] if said.startswith(w)), "")
        return bool(word) and said[len(word) : len(word) + 1] in _EDGES


@cache
def _firsts() -> frozenset[str]:
    return frozenset(word[0] for word in words("page")["neighbour_words"])


@cache
def _lasts() -> frozenset[str]:
    return frozenset(word[-1] for word in words("page")["neighbour_words"])


def _is_named(document: Document, article: Element) -> bool:
    """Whether the element is called what only the text of an article is called."""
    return any(
        one is article
        for name in words("page")["content_selectors"]
        for one in document.playing(name)
    )
