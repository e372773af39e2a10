"""Links that lead nowhere, of the whole site: the same words in the same part of pages are one."""

import msgspec

from audit.model import Fetch, Idle, IdleLink, IdleLinks, PageRecord, Region

MOST = 5000  # distinct links kept


class _Kept(msgspec.Struct):
    """A link with the page that stands for all that show it: the nearest, then the first."""

    depth: int
    page: str
    title: str
    sha256: str
    href: str
    sure: bool
    pages: int


class Idling:
    """Gathers idle links page by page."""

    def __init__(self) -> None:
        """Start empty."""
        self._found: dict[tuple[str, Region], _Kept] = {}
        self._pages: set[str] = set()

    def add(self, record: PageRecord, fetch: Fetch) -> None:
        """Count the idle links of one page that was read; hidden ones are nobody's to click."""
        shown = {
            (link.text, link.region): link for link in record.links if link.idle and not link.hidden
        }
        if not shown:
            return
        self._pages.add(fetch.url)
        for name, link in shown.items():
            known = self._found.get(name)
            if known is None and len(self._found) >= MOST:
                continue
            pages = (known.pages if known is not None else 0) + 1
            sure = link.idle is Idle.SURE and (known is None or known.sure)
            if known is None or (fetch.depth, fetch.url) < (known.depth, known.page):
                self._found[name] = _Kept(
                    fetch.depth, fetch.url, record.title, fetch.sha256, link.href, sure, pages
                )
            else:
                known.pages, known.sure = pages, sure

    def made(self) -> IdleLinks:
        """All of them."""
        links = [
            IdleLink(one.page, one.title, text, one.href, region, one.sure, one.pages, one.sha256)
            for (text, region), one in self._found.items()
        ]
        links.sort(key=lambda one: (one.page, one.region, one.text))
        return IdleLinks(tuple(links), frozenset(self._pages))
