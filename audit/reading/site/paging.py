"""Which addresses are one page, and which pages are one list."""

import re
from collections.abc import Iterable

from audit.reading.site.addresses import folder_of, without_index
from audit.reading.site.digest import Digest
from audit.reading.site.kinds import is_list
from audit.reading.site.survey import Survey
from audit.urls import key

_NUMBERED = re.compile(
    r"(?:[_-]\d{1,4}|(?<=index)\d{1,4}|(?<=list)\d{1,4})(?=\.[a-z]{3,5}$)", re.IGNORECASE
)
_BELOW = re.compile(r"/\d{1,4}(?=\.[a-z]{3,5}$)", re.IGNORECASE)  # tzgg/3.htm of tzgg.htm
_NUMBER = r"(?<=[?&])(?:page|pageno|pageindex|pagenum|curpage|p|currentpage|currpage|pn)="
_PAGE = re.compile(rf"{_NUMBER}\d+(?:&|$)", re.IGNORECASE)
_FIRST = re.compile(rf"{_NUMBER}[01](?:&|$)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)
_ORDINAL = re.compile(r"第\s*\d+\s*页")


def canonical(pages: Iterable[Digest]) -> dict[str, str]:
    """Addresses of one and the same page: with and without index.html or page=1, showing the same.

    So are two lists of one folder that are equal to the byte (`list_1_1.html`).
    """
    first: dict[tuple[object, ...], str] = {}
    canon: dict[str, str] = {}
    for digest in pages:
        plain = _FIRST.sub("", without_index(digest.url)).rstrip("?&")
        shown = tuple((row.url, row.title) for row in digest.rows) or digest.sha256
        base = first.setdefault((plain, shown), digest.url)
        if digest.rows:
            base = first.setdefault((folder_of(digest.url), digest.sha256), base)
        canon[digest.url] = base
    return canon


def bases(found: Survey, canon: dict[str, str]) -> dict[str, str]:
    """The first page of every list, by the address of each of its pages."""
    lists = {d.url: d for d in found.readable() if is_list(d) or d.pager is not None}
    groups = _Groups()
    for url, digest in lists.items():
        groups.join(url, canon.get(url, url))
        for other in digest.pager.urls if digest.pager else ():
            page = found.page(other)
            if page is not None and page.url in lists and _may_continue(page, url):
                groups.join(url, page.url)
        for other in _earlier(url):
            page = found.page(other)
            if page is not None and page.url in lists and _title(page) == _title(digest):
                groups.join(url, page.url)
    roots = {url: groups.root(url) for url in lists}
    return {**canon, **{url: canon.get(base, base) for url, base in roots.items()}}


class _Groups:
    """Sets of addresses, each known by its first one."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, url: str) -> str:
        while (above := self._above.get(url, url)) != url:
            url = above
        return url

    def join(self, one: str, other: str) -> None:
        roots = {self.root(one), self.root(other)}
        if len(roots) == 2:
            first, second = sorted(roots, key=lambda url: (len(url), url))
            self._above[second] = first


def _earlier(url: str) -> list[str]:
    """Addresses at which the first page of a numbered list page may be."""
    plain = _NUMBERED.sub("", url)
    found = [plain, without_index(plain)] if plain != url else []
    above = _BELOW.sub("", url)
    if above != url:
        found.append(above)
    bare = _PAGE.sub("", url).rstrip("?&")
    return [*found, bare] if bare != url else found


def _may_continue(page: Digest, first: str) -> bool:
    """Whether a pager's address lies where further pages of a list lie; data alone may lie anywhere."""
    folder = folder_of(page.url)
    beside = folder in {folder_of(first), _SUFFIX.sub("", key(first).partition("?")[0])}
    return beside or not (page.title or page.headline or page.crumbs)


def _title(digest: Digest) -> str:
    return _ORDINAL.sub("", digest.title).strip(" -_|")
