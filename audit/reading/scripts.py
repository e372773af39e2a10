"""What a page's scripts tell without running them: where they send to."""

import re

from audit.reading.document import Document
from audit.vocabulary import pattern_of

LOOKED_AT = 200_000  # characters of a script
_REFRESH = re.compile(
    r"\s*+(\d*+(?:\.\d*+)?)(?:\s*+[;,]|\s)\s*+(?:url\s*+=\s*+)?['\"]?\s*+([^'\"]+)", re.IGNORECASE
)
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
