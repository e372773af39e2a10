"""Is an answer a page? By its declared type; by its first bytes where that is silent or lies."""

import re

PAGES = frozenset({"text/html", "application/xhtml+xml"})
# Types under which servers send pages by mistake: the first bytes decide.
DOUBTFUL = frozenset({"", "text/plain", "text/xml", "application/xml", "unknown/unknown", "*/*"})
MAGIC = (
    b"%PDF-",
    b"\x89PNG\r\n",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"ID3",
    b"FLV\x01",
    b"RIFF",
)
# The tags of the WHATWG MIME Sniffing Standard, part 7.1, and those that old home pages begin with.
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?[\s]*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|script|iframe|h1|div|font"
    rb"|table|a|style|title|b|body|br|p|meta|frameset|!--)(?:[\s>/-]|$)",
    re.IGNORECASE,
)


def essence(content_type: str) -> str:
    """The media type without parameters, lower case."""
    return content_type.partition(";")[0].strip().lower()


def is_binary(content_type: str) -> bool:
    """Whether the declared type says that nobody reads the body as a page."""
    kind = essence(content_type)
    return kind not in PAGES and kind not in DOUBTFUL


def is_page(content_type: str, body: bytes) -> bool:
    """Whether the answer is to be read as a page."""
    kind = essence(content_type)
    if body.startswith(MAGIC):
        return False
    if kind in PAGES:
        return True
    return kind in DOUBTFUL and (not body or _MARKUP.match(body[:1024]) is not None)
