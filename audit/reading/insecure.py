"""What a page that came by https loads by http: scripts, styles and frames; pictures and sound.

What counts is what the page's own elements load. Links, forms, canonical addresses and what a
script or a style sheet asks for are not looked at.
"""

from collections.abc import Mapping
from typing import Final

from audit.model import Insecure
from audit.reading.document import Document
from audit.urls import host_port

MOST: Final = 50
_ACTIVE: Final = ("iframe", "frame", "embed", "object", "link")
_PASSIVE: Final = ("img", "audio", "video", "source")
_LOADED: Final = frozenset({"stylesheet", "preload", "modulepreload", "manifest"})
_OWN: Final = ("localhost", "127.", "[::1]")  # this machine: browsers trust it
_UPGRADES: Final = "upgrade-insecure-requests"


def insecure(document: Document) -> tuple[Insecure, ...]:
    """The addresses in order, those that browsers refuse to load first; each once."""
    if not document.url.startswith("https:"):
        return ()
    whole = document.base.startswith("http:")  # addresses without a scheme are http's too
    found: dict[str, tuple[str, bool]] = {}
    scripts = [script.src for script in document.scripts if script.src]
    loading = [_source(element.tag, element.attributes) for element in document.tagged(*_ACTIVE)]
    shown = [element.get("src") for element in document.tagged(*_PASSIVE)]
    for active, sources in ((True, (*scripts, *loading)), (False, shown)):
        for source in sources:
            if source and (whole or source[:8].lstrip().lower().startswith("http:")):
                url = document.join(source.strip())
                if url and url.startswith("http:") and not host_port(url).startswith(_OWN):
                    found.setdefault(url, (source, active))
    if not found or _is_upgraded(document):
        return ()
    loaded = _for_scripted(document.html)
    return tuple(
        Insecure(url, active)
        for url, (source, active) in found.items()
        if source.partition("&")[0] in loaded
    )[:MOST]


def _for_scripted(html: str) -> str:
    """The page without what `noscript` keeps for others: the parser may have moved that elsewhere."""
    kept: list[str] = []
    at = 0
    lower = html.lower()
    while (start := lower.find("<noscript", at)) >= 0:
        kept.append(html[at:start])
        end = lower.find("</noscript", start)
        at = end if end >= 0 else len(html)
    return "".join((*kept, html[at:])) if kept else html


def _source(tag: str, attributes: Mapping[str, str | None]) -> str:
    """The address that an element loads; empty when it loads nothing."""
    if tag == "link":
        kinds = (attributes.get("rel") or "").lower().split()
        return (attributes.get("href") or "") if _LOADED.intersection(kinds) else ""
    return attributes.get("data" if tag == "object" else "src") or ""


def _is_upgraded(document: Document) -> bool:
    """Whether the page itself tells browsers to ask for everything by https."""
    return any(
        element.get("http-equiv").strip().lower() == "content-security-policy"
        and _UPGRADES in element.get("content").lower()
        for element in document.tagged("meta")
    )
