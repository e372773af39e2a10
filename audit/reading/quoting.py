"""Whether a body says what is quoted of it: the words, piece by piece, whatever stands between them."""

import html
import re

from selectolax.lexbor import SelectolaxError

from audit.charset import decode
from audit.reading.document import LINE, SEAM, Document
from audit.text import squeeze

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_PIECES = re.compile(r"[\s…]+")
_PARTS = re.compile(r"[·|：:]+")
_ADDRESS = re.compile(r"^(?:https?:)?//[^/?#]+")


def says(body: bytes, content_type: str, url: str, quote: str) -> bool:
    """Whether the page holds the words of a quote, in its text, its attributes or its source."""
    decoded = decode(body, content_type)
    texts = [squeeze(html.unescape(decoded.text))]
    try:
        text = Document(decoded.text, url, decoded.encoding).text
    except (SelectolaxError, ValueError):
        pass
    else:
        texts.insert(0, squeeze(text.replace(SEAM, "").replace(LINE, " ")))
    if any(squeeze(quote) in one for one in texts):
        return True
    pieces = [piece for piece in _PIECES.split(quote) if piece]
    return bool(pieces) and all(
        _holds(texts, piece, url) or all(_holds(texts, part, url) for part in _PARTS.split(piece))
        for piece in pieces
    )


def _holds(texts: list[str], piece: str, url: str) -> bool:
    wanted = squeeze(piece)
    if not wanted or any(wanted in text for text in texts):
        return True
    if day := _DAY.fullmatch(piece):  # days are told in one form, however they are written
        year, month, of_month = (int(part) for part in day.groups())
        written = re.compile(rf"{year}\D{{0,3}}0?{month}\D{{0,3}}0?{of_month}(?!\d)")
        return any(written.search(text) for text in texts)
    if "*" in wanted:  # numbers of persons are veiled in quotes
        pattern = re.compile(re.escape(wanted).replace(r"\*", r"\S"))
        return any(pattern.search(text) for text in texts)
    if _ADDRESS.match(piece):  # an address may be written without its host
        path = squeeze(_ADDRESS.sub("", piece)).rpartition("/")[2]
        if piece.rstrip("/") == url.rstrip("/"):
            return True
        return bool(path) and any(path in text for text in texts)
    return False
