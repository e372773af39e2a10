"""What a page may ask of the parser: depths and attribute counts at which its time grows as the square."""

import re
from typing import Final

DEPTH: Final = 4_000  # open elements; browsers stop at 512
UNCLOSED: Final = 10_000  # start tags without an end tag from which depth is looked at
LONG: Final = (
    60_000  # characters of a page from which it is looked at: a shorter one takes a second at most
)
TAG: Final = 20_000  # characters of a tag from which its attributes are counted
ATTRIBUTES: Final = 2_000

# A start tag with its quoted values. It matches whatever follows its name: linear on any text.
_TAG = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+)>?"
)
_QUOTED_END = re.compile(r"=\s*+(?:\"[^\">]*+>|'[^'>]*+>)")  # a value that holds the end of a tag
_ANY_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b.*?(?:</\1|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9]*+)",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP = re.compile(r"<[^<>]{0,200}+>?")
_UNNESTED = frozenset(
    "area base br col embed hr img input link meta param source track wbr"
    " li p td th tr dt dd option tbody thead tfoot html head body".split()
)


def bounded(html: str) -> tuple[str, bool]:
    """The page within the bounds, and whether something was left out."""
    if len(html) <= LONG:
        return html, False
    html, cut = _without_long_tags(html)
    if html.count("<") - 2 * html.count("</") > UNCLOSED:
        end = _too_deep(html)
        if end:
            return html[:end] + _MARKUP.sub(" ", html[end:]), True
    return html, cut


def _without_long_tags(html: str) -> tuple[str, bool]:
    """Tags with thousands of attributes lose them."""
    if ends_often(html) and not _QUOTED_END.search(html):
        return html, False
    cut = False

    def shortened(match: re.Match[str]) -> str:
        nonlocal cut
        if match.end() - match.start() < TAG or len(match[2].split(None, ATTRIBUTES)) <= ATTRIBUTES:
            return match[0]
        cut = True
        return f"<{match[1]}>"

    return _TAG.sub(shortened, html), cut


def ends_often(html: str) -> bool:
    """Whether no tag that ends at the next `>` is long: each half of a long one would lack it."""
    half = TAG // 2
    if all(html.find(">", at, at + half) >= 0 for at in range(0, len(html) - half + 1, half)):
        return True
    return max(map(len, html.split(">"))) < TAG


def _too_deep(html: str) -> int:
    """Outside scripts and comments, where the nesting passes the bound; 0: nowhere."""
    depth = 0
    for match in _ANY_TAG.finditer(html):
        name = match[3]
        if name is None or name.lower() in _UNNESTED:
            continue
        depth += -1 if match[2] else 1
        if depth > DEPTH:
            return match.start()
        depth = max(depth, 0)
    return 0
