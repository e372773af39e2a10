"""Text that strangers wrote, made harmless for each kind of file."""

import re
from urllib.parse import unquote_to_bytes

from markupsafe import Markup

from audit.text import shorten, visible
from audit.urls import MAX_LENGTH, join

SHOWN_URL = 120  # characters of an address on the page; the link itself is whole
SHOWN_TEXT = 300  # characters of a title or label
_SURROGATE = re.compile("[\ud800-\udfff]")
_CODED = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])++")
_CHINESE = re.compile("[\u3001-\u3020\u3400-\u9fff\uff01-\uff5e“”‘’—…·]+")
_FORMULA = tuple("=+-@＝＋－＠")


def whole(text: str) -> str:
    """The text with lone surrogates replaced, so that it can be written as UTF-8."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def shown(text: str, limit: int = SHOWN_TEXT) -> str:
    """One clean line of at most `limit` characters."""
    return shorten(visible(whole(text)), limit)


def lines(text: str, limit: int = 2000) -> list[str]:
    """Clean lines of a quote, without empty ones; together at most `limit` characters."""
    kept: list[str] = []
    for line in whole(text).splitlines():
        said = shown(line, limit)
        limit -= len(said)
        if said:
            kept.append(said)
        if limit <= 0:
            break
    return kept


def address(url: str) -> str:
    """The address when it may become a link: http or https, valid, not too long; else empty."""
    if len(url) > MAX_LENGTH or url != whole(url):
        return ""
    return join(url, url) or ""


def link(url: str, label: str = "") -> Markup:
    """An address as a link with the label, or as plain text when it must not be one."""
    short = middle_cut(shown(legible(url), len(url) + 1), SHOWN_URL)
    target = address(url)
    if not target:
        return Markup("<span>{}</span>").format(shown(label) or short)
    if not shown(label):
        return Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(target, short)
    # data-url is what paper shows beside the label.
    made = Markup('<a href="{}" data-url="{}" rel="noreferrer noopener">{}</a>')
    return made.format(target, short, shown(label))


def legible(url: str) -> str:
    """An address with its Chinese characters in place of their codes, as browsers show it."""
    return _CODED.sub(_decoded, url)


def _decoded(match: re.Match[str]) -> str:
    try:
        said = unquote_to_bytes(match[0]).decode()
    except UnicodeDecodeError:  # another encoding: it stays as it is
        return match[0]
    return said if _CHINESE.fullmatch(said) else match[0]


def middle_cut(text: str, limit: int) -> str:
    """The beginning and the end of a long address."""
    if len(text) <= limit:
        return text
    tail = limit // 3
    return f"{text[: limit - tail - 1]}…{text[-tail:]}"


def cell(text: str) -> str:
    """A cell of a table for office programs: one line, never a formula."""
    said = visible(whole(text))
    return f"'{said}" if said.startswith(_FORMULA) else said
