"""Markup that a page keeps in code: a script decodes it where it stands."""

import base64
import re
from binascii import Error
from urllib.parse import unquote_plus

from audit.reading.document import Document
from audit.reading.roles import PAGER

MOST = 20_000  # characters of a coded text
LEAST = 40
_CALL = "atob("
_CODED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")


def encoded(document: Document) -> Document | None:
    """What stands coded in a box that is named a pager, where a script decodes such text; None: nothing."""
    if not any(_CALL in script.text for script in document.scripts):
        return None
    for box in document.playing(PAGER):
        if not LEAST <= box.end - box.start <= MOST:
            continue
        said = document.said(box)
        if _CODED.fullmatch(said) and (markup := _decoded(said)):
            return Document(markup, document.base, document.encoding)
    return None


def _decoded(said: str) -> str:
    try:
        plain = base64.b64decode(said, validate=True).decode()
    except (Error, ValueError):
        return ""
    return plain if "<" in plain else unquote_plus(plain)
