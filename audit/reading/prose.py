"""Links that stand in running text, or lead to the article before and the next: never rows."""

from audit.reading.document import SEAM, Document, Element
from audit.reading.groups import Row
from audit.vocabulary import words

BEFORE = 16  # characters before a link that may say 上一篇
STOP = "。"  # running text has sentences
STOPS = 2  # of an article
_EDGES = "：:>》»】]|·　\xa0 \n\t\r\x1e\x1f"


class Prose:
    """Tells the links of a page's text from rows."""

    def __init__(self, document: Document, article: Element | None) -> None:
        """`article` is the element of the article; None: it is not known."""
        self._document = document
        self._article = article if article is not None and _is_named(document, article) else None
        neighbours = words("page")["neighbour_words"]
        self._neighbours = neighbours if any(w in document.text for w in neighbours) else ()

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

    def passes(self, row: Row) -> bool:
        """Whether a row leads to the article before or the next."""
        if not self._neighbours:
            return False
        anchor = row.anchors[0]
        if anchor.text.startswith(self._neighbours):
            return True
        start = anchor.element.start
        said = self._document.text[max(0, start - BEFORE) : start].replace(SEAM, "")
        return said.rstrip(_EDGES).endswith(self._neighbours)


def _is_named(document: Document, article: Element) -> bool:
    """Whether the element is called what only the text of an article is called."""
    return any(
        one is article
        for name in words("page")["content_selectors"]
        for one in document.playing(name)
    )
