"""The breadcrumb of a page: where it says it stands."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from audit.model import Crumb
from audit.reading.document import LINE, Document, Element, parts
from audit.reading.roles import CRUMB as CRUMB_NAME
from audit.vocabulary import any_of, words

LENGTH = 240  # characters; more is no trail
CRUMB = 60
LABEL = 10  # characters of the longest label
TRIES = 3
HOME = "首页"
BARE = 6  # places of the home page's name that are looked at
LEVELS = 4  # elements around it
MAX_LABELS = 20
MAX_CRUMBS = 12
# of a text whose white space is single spaces: > » -> —> => / | :: -- and a lone dash
_SEPARATORS = re.compile(
    r" ?(?:[-—–=~]{0,3}[>»›＞→》]|[/|｜\\]|&gt;|::|-{1,2}(?= |$)|(?<= )[-—–])+ ?"
)
_EDGES = " :：·、．,，>》»＞｜-—–"
_ONWARD = re.compile(r"(?:网站)?首页\s?[>＞»›→]{1,3}\s?[^\s>＞»›→]")
_OPENING = re.compile(r"[\s\x1e\x1f]*是?[\s\x1e\x1f]*[:：]?")  # behind a label


def breadcrumb(document: Document) -> tuple[tuple[Crumb, ...], Element | None]:
    """The steps, and the element that holds them; found by its label, else by its class."""
    for element, position in _labelled(document):
        steps = _steps(document, element, position)
        if steps:
            return steps, element
    for element in document.playing(CRUMB_NAME):
        if element.end - element.start <= 4 * LENGTH:
            steps = _steps(document, element, element.start)
            if len(steps) > 1 or (steps and steps[0].url):
                return steps, element
    return _bare(document)


def _bare(document: Document) -> tuple[tuple[Crumb, ...], Element | None]:
    """A line that begins at the home page and goes on behind an arrow, without label or name."""
    text, position = document.text, document.text.find(HOME)
    for _ in range(BARE):
        if position < 0:
            break
        element = document.innermost(position)
        for _ in range(LEVELS):
            if element is None or element.tag in {"body", "html"}:
                break
            if element.end - element.start > LENGTH:
                break
            if _ONWARD.match(parts(text[element.start : element.end])):
                steps = _steps(document, element, element.start)
                if len(steps) > 1 and steps[0].url:
                    return steps, element
            element = document.parent(element)
        position = text.find(HOME, position + len(HOME))
    return (), None


def _labelled(document: Document) -> Iterator[tuple[Element, int]]:
    """Elements that hold a breadcrumb's label and a link or separator, and where the trail begins."""
    text = document.text
    for start, end in islice(_labels(text), TRIES):
        element = document.innermost(start)
        for _ in range(4):
            if element is None or element.tag in {"body", "html"}:
                break
            rest = parts(text[end : min(element.end, end + 4 * LENGTH)])
            if len(rest) > LENGTH:
                break
            if len(rest) > 1 and (_has_link(document, element) or len(_apart(rest)) > 1):
                yield element, end
                break
            element = document.parent(element)


def _labels(text: str) -> Iterator[tuple[int, int]]:
    """Where the labels stand, with what opens the trail; a text without their last word holds none."""
    pattern = any_of("page", "breadcrumb_labels")
    for ending in _endings():
        position = text.find(ending)
        for _ in range(MAX_LABELS):
            if position < 0:
                break
            last = position + len(ending)
            match = pattern.search(text, max(0, position - LABEL), last + 1)
            if match and not "\u4e00" <= text[match.start() - 1 : match.start()] <= "\u9fff":
                opening = _OPENING.match(text, match.end())
                yield match.start(), opening.end() if opening else match.end()  # 地理位置： is none
            position = text.find(ending, last)


@cache
def _endings() -> tuple[str, ...]:
    labels = words("page")["breadcrumb_labels"]
    return tuple(dict.fromkeys(label.rstrip("：")[-2:] for label in labels))


def _has_link(document: Document, element: Element) -> bool:
    return any(one.tag == "a" for one in document.inside(element))


def _steps(document: Document, element: Element, position: int) -> tuple[Crumb, ...]:
    """Links and words between separators, in order."""
    crumbs: list[Crumb] = []
    text = document.text
    for one in document.inside(element):
        if one.tag != "a" or one.start < position:
            continue
        crumbs += _plain(text[position : one.start])
        said = document.said(one)[:CRUMB].strip(_EDGES)
        if said:
            crumbs.append(
                Crumb(said, document.join(one.get("href").strip()) or "" if one.get("href") else "")
            )
        position = one.end
        if len(crumbs) > MAX_CRUMBS:
            return ()
    crumbs += _plain(text[position : min(element.end, position + 4 * LENGTH)])
    return tuple(crumbs) if len(crumbs) <= MAX_CRUMBS else ()


def _plain(text: str) -> list[Crumb]:
    said = (piece.strip(_EDGES) for block in text.split(LINE) for piece in _apart(parts(block)))
    return [Crumb(piece[:CRUMB], "") for piece in said if piece and not piece.endswith("位置")]


def _apart(text: str) -> list[str]:
    """The steps of a stretch of words; a bare dash parts those that begin at the home page."""
    pieces = _SEPARATORS.split(text)
    dashed = text.split("-") if len(pieces) == 1 else []
    return dashed if dashed and dashed[0].strip(_EDGES) in words("page")["home_steps"] else pieces
