"""What the secure pages of a site load without TLS: one entry for each host that it comes from."""

import msgspec

from audit.model import Fetch, MixedContent, MixedHost, PageRecord
from audit.urls import host_port

MOST = 500  # hosts kept
ADDRESSES = 20  # of one host


class _Kept(msgspec.Struct):
    """A host with the page that stands for all that load from it: the nearest, then the first."""

    depth: int
    page: str
    title: str
    sha256: str
    pages: int
    urls: set[str]


class Mixing:
    """Gathers what pages load without TLS."""

    def __init__(self) -> None:
        """Start empty."""
        self._found: dict[tuple[str, bool], _Kept] = {}
        self._pages: set[str] = set()

    def add(self, record: PageRecord, fetch: Fetch) -> None:
        """Count what one page that was read loads."""
        if not record.insecure:
            return
        self._pages.add(fetch.url)
        loaded: dict[tuple[str, bool], list[str]] = {}
        for one in record.insecure:
            loaded.setdefault((host_port(one.url).removesuffix(":80"), one.active), []).append(
                one.url
            )
        for name, urls in loaded.items():
            known = self._found.get(name)
            if known is None and len(self._found) >= MOST:
                continue
            if known is None:
                known = self._found[name] = _Kept(
                    fetch.depth, fetch.url, record.title, fetch.sha256, 0, set()
                )
            elif (fetch.depth, fetch.url) < (known.depth, known.page):
                known.depth, known.page = fetch.depth, fetch.url
                known.title, known.sha256 = record.title, fetch.sha256
            known.pages += 1
            if len(known.urls) < ADDRESSES:
                known.urls.update(urls[:ADDRESSES])

    def made(self) -> MixedContent:
        """All of it."""
        hosts = tuple(
            MixedHost(
                host, active, one.page, one.title, one.pages,
                tuple(sorted(one.urls))[:ADDRESSES], one.sha256,
            )
            for (host, active), one in sorted(self._found.items())
        )  # fmt: skip
        return MixedContent(hosts, frozenset(self._pages))
