"""Hidden blocks of the whole site: one that stands on many pages is one."""

from collections.abc import Iterator

import msgspec

from audit.model import Concealed, Fetch, HiddenBlock, PageRecord
from audit.reading.concealed import domain_of

MOST = 1000  # distinct blocks kept


class _Kept(msgspec.Struct):
    """A block with the page that stands for all that hold it: the nearest, then the first."""

    depth: int
    page: str
    title: str
    sha256: str
    block: Concealed
    pages: int


class Hiding:
    """Gathers hidden blocks page by page."""

    def __init__(self) -> None:
        """Start empty."""
        self._found: dict[tuple[str, ...], _Kept] = {}

    def add(self, record: PageRecord, fetch: Fetch) -> None:
        """Count the blocks of one page that was read."""
        for name, block in {_name(block): block for block in record.concealed}.items():
            known = self._found.get(name)
            kept = _Kept(fetch.depth, fetch.url, record.title, fetch.sha256, block, 1)
            if known is None:
                if len(self._found) < MOST:
                    self._found[name] = kept
                continue
            kept.pages += known.pages
            if (kept.depth, kept.page) < (known.depth, known.page):
                self._found[name] = kept
            else:
                known.pages = kept.pages

    def __iter__(self) -> Iterator[HiddenBlock]:
        """The blocks in the order of their pages."""
        for kept in sorted(self._found.values(), key=lambda one: (one.page, one.block.quote)):
            yield HiddenBlock(kept.page, kept.title, kept.pages, kept.block, kept.sha256)


def _name(block: Concealed) -> tuple[str, ...]:
    """Blocks that lead to the same names are one, though addresses change from page to page."""
    return tuple(sorted({domain_of(url) for url, _ in block.links}))
