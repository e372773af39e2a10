"""What a page folds away until somebody clicks: parts of a service's guide under tabs and headings."""

import re
from functools import cache

from audit.reading.document import Document, tidy
from audit.reading.regions import BODY, Regions
from audit.vocabulary import words

MOST = 20_000  # characters of what is hidden that are looked at
LEAST = 4  # characters of a hidden part that may say something


def elements_in(said: str) -> tuple[str, ...]:
    """The element classes of a guide that words name, in the order of the norm."""
    return tuple(name for name, pattern in elements() if pattern.search(said))


@cache
def elements() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The element classes of a guide with what names them."""
    pairs = (line.partition("=") for line in words("guides")["elements"])
    return tuple((name, re.compile(pattern)) for name, _, pattern in pairs)


def folded(document: Document, regions: Regions) -> tuple[str, ...]:
    """The element classes that the hidden parts of the content name."""
    if not document.concealed:
        return ()
    guard = words("guides")["element_guard"]
    said: list[str] = []
    for element in document.concealed:
        if element.end - element.start < LEAST or regions.region(element) != BODY:
            continue
        text = document.text[element.start : min(element.end, element.start + MOST)]
        if any(word in text for word in guard):
            said.append(text)
    return elements_in(tidy(" ".join(said))[:MOST]) if said else ()
