"""Words beside a text, or of a picture, by which a document may be marked as no longer in force."""

from audit.reading.document import Document
from audit.text import holds
from audit.vocabulary import pattern_of, words

STAMP = 20  # characters of what a stamp's picture says
QUOTE = 40
NEAR = 80  # characters before a mark that tell of another document
FAR = 20_000  # characters beside the article that are looked at


def ended(document: Document, source: str, lead: str | None) -> str:
    """The words of such a mark outside the article, or of a picture; empty: none. `lead` is that text."""
    said = words("page")["end_words"]
    if not any(holds(source, word) for word in said):
        return ""
    for image in document.tagged("img"):
        alt = image.get("alt").strip()
        if len(alt) <= STAMP and any(word in alt for word in said):
            return alt
    for match in pattern_of("page", "repealed_marks").finditer(lead or "", 0, FAR):
        near = match.string[max(0, match.start() - NEAR) : match.end()]
        if match[0] in pattern_of("page", "repealed_others").sub(" ", near):
            return match[0].strip()[:QUOTE]
    return ""
