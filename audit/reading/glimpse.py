"""What a page of another host says of itself in its first bytes: no more of it is read."""

from audit.reading.page import read_page

MOST = 300  # characters
_SAID = ("description", "keywords")


def glimpse(body: bytes, url: str, content_type: str) -> str:
    """Title, description and keywords of a page; empty: it has none, or script writes them."""
    record = read_page(body, url, content_type)
    parts = (record.title, *(record.meta.get(name, "") for name in _SAID))
    return " ".join(part for part in parts if part)[:MOST]
