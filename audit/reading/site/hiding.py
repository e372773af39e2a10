"""Hidden blocks of the whole site: one that stands on many pages is one."""

from collections.abc import Iterator

import msgspec

from audit.model import Concealed, Fetch, HiddenBlock, PageRecord
from audit.reading.concealed import domain_of

MOST = 1000  # distinct blocks, and pages of one block, that are kept


class _Kept(msgspec.Struct):
    """A block with the page that stands for all that hold it: the nearest, then the first."""

    depth: int
    page: str
    title: str
    sha256: str
    block: Concealed
    pages: list[str]


class Hiding:
    """Gathers hidden blocks page by page."""

    def __init__(self) -> None:
        """Start empty."""
        self._found: dict[tuple[str, ...], _Kept] = {}

    def add(self, record: PageRecord, fetch: Fetch) -> None:
        """Count the blocks of one page that was read."""
        for name, block in {_name(block): block for block in record.concealed}.items():
            known = self._found.get(name)
            if known is None and len(self._found) >= MOST:
                continue
            pages = known.pages if known is not None else []
            if len(pages) < MOST:
                pages.append(fetch.url)
            if known is None or (fetch.depth, fetch.url) < (known.depth, known.page):
                self._found[name] = _Kept(
                    fetch.depth, fetch.url, record.title, fetch.sha256, block, pages
                )

    def __iter__(self) -> Iterator[HiddenBlock]:
        """The blocks in the order of their pages."""
        for one in sorted(self._found.values(), key=lambda one: (one.page, one.block.quote)):
            yield HiddenBlock(one.page, one.title, tuple(sorted(one.pages)), one.block, one.sha256)


def _name(block: Concealed) -> tuple[str, ...]:
    """Blocks that lead to the same names are one, though addresses change from page to page."""
    return tuple(sorted({domain_of(url) for url, _ in block.links}))
