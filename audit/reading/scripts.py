"""What a page's scripts tell without running them: where they send to, whether they fill the page."""

import re
from functools import lru_cache

from audit.reading.document import Document, Element
from audit.vocabulary import pattern_of, words

LOOKED_AT = 200_000  # characters of a script
CACHED = 20_000  # scripts up to this length are remembered: they stand in every page of a site
_REFRESH = re.compile(r"\s*(\d*\.?\d*)\s*[;,\s]\s*(?:url\s*=\s*)?['\"]?\s*([^'\"]+)", re.IGNORECASE)
SOON = 5.0  # seconds; what comes later renews a page, it does not send on


def refresh(document: Document) -> str:
    """The target of an immediate meta refresh; empty when there is none."""
    for element in document.tagged("meta"):
        if element.get("http-equiv").strip().lower() != "refresh":
            continue
        match = _REFRESH.match(element.get("content")[:2100].strip())
        if match is None or not match[2].strip() or float(match[1].strip(".") or 0) > SOON:
            continue
        target = match[2].strip()
        return document.join(target) or target[:200]
    return ""


def refresh_by_script(document: Document) -> str:
    """The target of a script that sends on: to be asked on a page without content only."""
    for script in document.scripts:
        text = script.text[:LOOKED_AT]
        if "location" in text or "efresh" in text:
            match = pattern_of("page", "script_redirects").search(text)
            if match:
                return document.join(next(group for group in match.groups() if group).strip()) or ""
            if pattern_of("page", "script_returns").search(text):
                return document.url
    return ""


def fills(document: Document, empty: list[Element], *, bare: bool) -> bool:
    """Whether script fills the content region.

    `empty` are elements of the content region that have a name and no content. A page that has
    nothing but scripts (`bare`) is filled by them, whatever they say.
    """
    if bare:
        return bool(document.scripts)
    if _templates(document) or _written_in(document, empty):
        return True
    names = {e.get("id") for e in empty if e.get("id")}
    names |= {name for e in empty for name in e.get("class").split()}
    for script in document.scripts:
        text = script.text[:LOOKED_AT]
        if (
            text
            and _may_fill(text)
            and any(f"{mark}{n}" in text for n in names for mark in "#.'\"")
        ):
            return True
    return False


def _templates(document: Document) -> bool:
    """Template attributes of a script framework that stand in the page unfilled."""
    if "{{" in document.text and "}}" in document.text:
        return True
    return any(mark in document.html for mark in words("page")["fill_attributes"])


def _written_in(document: Document, empty: list[Element]) -> bool:
    """Whether a framework fills a whole empty element, or a script writes a list where it stands."""
    if not any(script.src for script in document.scripts):
        return False
    whole = words("page")["fill_boxes"]
    if any(e.get("id").lower() in whole for e in empty):
        return True
    sources = words("page")["fill_sources"]
    return any(
        source in script.src for script in document.scripts if script.src for source in sources
    )


def _may_fill(text: str) -> bool:
    return _fills(text) if len(text) <= CACHED else _fills.__wrapped__(text)


@lru_cache(maxsize=256)
def _fills(text: str) -> bool:
    if not any(hint in text for hint in words("page")["fill_hints"]):
        return False
    return pattern_of("page", "fill_scripts").search(text) is not None
