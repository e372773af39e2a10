"""Which addresses a page adds to the walk."""

from collections.abc import Iterator

from audit.crawl.pace import Pace
from audit.model import Manners, PageRecord, Purpose, Region, Request
from audit.urls import is_trap, suffix, without_visit_ids

REMEMBERED = 200_000  # addresses, about 30 MB
QUICK_DEPTH = 2  # home, columns, columns below them

# Suffixes of what is no page: such targets are looked at, never walked.
_DOCUMENTS = """
pdf doc docx xls xlsx ppt pptx wps et dps ofd ceb caj rtf txt csv odt ods odp
zip rar 7z gz tar bz2 tgz
"""
_FILES = """
jpg jpeg png gif bmp webp svg ico tif tiff
mp3 wav wma mp4 avi flv f4v wmv mov mpg mpeg rm rmvb swf mkv m3u8
apk ipa exe msi dmg iso bin css js json xml rss atom woff woff2 ttf eot otf map
"""
DOCUMENTS = frozenset(_DOCUMENTS.split())  # of them the first bytes are read
FILES = DOCUMENTS | frozenset(_FILES.split())


class Frontier:
    """Picks the addresses to follow; remembers those it has named, as far as memory is cheap.

    What it forgets it names again, and the journal leaves it out: memory does not grow with a site.
    """

    def __init__(self, manners: Manners, pace: Pace) -> None:
        """Follow within the own hosts."""
        self._manners = manners
        self._pace = pace
        self._seen: set[str] = set()

    def known(self, requests: tuple[Request, ...]) -> None:
        """Leave out what is on the frontier anyway."""
        self._seen.update(r.url for r in requests if r.purpose is Purpose.WALK)

    def found(self, request: Request, record: PageRecord) -> tuple[Request, ...]:
        """The new requests of a page: its refresh target at its own depth, its links one deeper."""
        if len(self._seen) > REMEMBERED:
            self._seen.clear()
        requests: list[Request] = []
        if record.refresh:
            self._follow(record.refresh, request, request.depth, requests)
        for url, near in self._targets(record):
            if url not in self._seen:
                depth = request.depth + 1 if near else self._manners.max_depth + 1
                self._follow(url, request, depth, requests)
        return tuple(requests)

    def _targets(self, record: PageRecord) -> Iterator[tuple[str, bool]]:
        """Addresses to follow, and whether a quick walk follows them too."""
        quick = self._manners.quick
        for link in record.links:
            if link.url:
                yield link.url, not quick or link.region is Region.NAV
        for block in record.lists:
            if block.more_url:
                yield block.more_url, True
        if record.pager is not None:
            for url in record.pager.urls:
                yield url, not quick
        for url in record.frames:
            yield url, True

    def _follow(self, url: str, origin: Request, depth: int, requests: list[Request]) -> None:
        """Add the request for an address, unless it is no page of the site or already named."""
        address = without_visit_ids(url)
        if address in self._seen:
            return
        self._seen.add(url)
        if not self._pace.is_own(url) or suffix(url) in FILES or is_trap(address):
            return
        self._seen.add(address)
        requests.append(Request(address, Purpose.WALK, origin.round, depth, origin.url))


def deepest(manners: Manners) -> int:
    """The last depth that is walked; what lies deeper is committed as `budget`."""
    return min(manners.max_depth, QUICK_DEPTH) if manners.quick else manners.max_depth
