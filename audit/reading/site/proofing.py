"""Slips and numbers of persons of the whole site: one that a template repeats is one."""

from collections import defaultdict

import msgspec

from audit.model import Fetch, PageRecord, PageSlip, PersonalPage, Slip, SlipKind, TextSlips

MOST = 5000  # distinct slips, and pages with numbers, that are kept


class _Kept(msgspec.Struct):
    """A slip with the page that stands for all that show it: the nearest, then the first."""

    depth: int
    page: str
    title: str
    sha256: str
    slip: Slip
    pages: int


class Proofing:
    """Gathers slips and numbers of persons page by page."""

    def __init__(self) -> None:
        """Start empty."""
        self._found: dict[tuple[SlipKind, str, str], _Kept] = {}
        self._holders: defaultdict[SlipKind, set[str]] = defaultdict(set)
        self._personal: list[PersonalPage] = []

    def add(self, record: PageRecord, fetch: Fetch) -> None:
        """Take down what one page that was read gives away."""
        title = record.headline or record.title
        if record.personal and len(self._personal) < MOST:
            self._personal.append(PersonalPage(fetch.url, title, record.personal, fetch.sha256))
        for slip in record.slips:
            if record.script_fills and slip.kind is SlipKind.PLACEHOLDER and not slip.sure:
                continue  # the places of a template that script fills
            self._holders[slip.kind].add(fetch.url)
            name = (slip.kind, slip.words, "" if slip.linked else slip.quote)
            known = self._found.get(name)
            if known is None and len(self._found) >= MOST:
                continue
            pages = (known.pages if known is not None else 0) + 1
            if known is None or (fetch.depth, fetch.url) < (known.depth, known.page):
                self._found[name] = _Kept(fetch.depth, fetch.url, title, fetch.sha256, slip, pages)
            else:
                known.pages = pages

    def slips(self) -> TextSlips:
        """All slips; those of a link only where the page that it leads to does not show them."""
        own = {(kind, words) for kind, words, quote in self._found if quote}
        slips = [
            PageSlip(one.page, one.title, one.slip, one.pages, one.sha256)
            for (kind, words, quote), one in self._found.items()
            if quote or (kind, words) not in own
        ]
        slips.sort(key=lambda one: (one.page, one.slip.kind, one.slip.words, one.slip.quote))
        holders = {kind: frozenset(pages) for kind, pages in sorted(self._holders.items())}
        return TextSlips(tuple(slips), holders)

    def personal(self) -> tuple[PersonalPage, ...]:
        """The pages that show numbers of persons, in URL order."""
        return tuple(sorted(self._personal, key=lambda one: one.page))
