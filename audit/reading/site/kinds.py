"""What each page is for: home, list, article, organisation, contact, …."""

from audit.model import DateSource, PageKind
from audit.reading.site.answers import ALIVE
from audit.reading.site.digest import Digest
from audit.reading.site.names import page_kind_of
from audit.urls import key

LISTED = 0.4  # share of a page's text that its rows make up when it is a list
STRONG = frozenset({DateSource.META, DateSource.LABEL, DateSource.SCRIPT})


def kind_of(digest: Digest, home: Digest | None, *, menu: bool) -> PageKind:
    """The page's kind; `menu` says whether a menu leads to it."""
    if home is not None and (digest.url == home.url or digest.sha256 == home.sha256):
        return PageKind.HOME
    if digest.outcome not in ALIVE or digest.vanished:
        return PageKind.ERROR
    if digest.search_page:
        return PageKind.SEARCH
    if is_list(digest):
        return PageKind.LIST
    if menu or not is_dated(digest):
        named = _named(digest)
        if named is not None:
            return named
    if digest.leads:
        return PageKind.OTHER
    says = digest.length or digest.embedded or digest.attachments
    if says and (is_dated(digest) or (not menu and digest.headline and not is_index(digest.url))):
        return PageKind.ARTICLE
    return PageKind.OTHER


def is_list(digest: Digest) -> bool:
    """Whether the page lists items, and is no article with a few links to others."""
    if not digest.rows or digest.leads:
        return False
    share = digest.row_length / max(digest.length, 1)
    if is_dated(digest) and not is_index(digest.url):
        return share >= LISTED and len(digest.rows) > 1 and digest.pager is not None
    return share >= LISTED or digest.pager is not None or is_index(digest.url)


def is_dated(digest: Digest) -> bool:
    """Whether the page carries a publication date of its own."""
    return any(mark.source in STRONG for mark in digest.dates)


def is_index(url: str) -> bool:
    """Whether the address is that of a folder or its index page."""
    path = key(url).partition("?")[0]
    name = path.rpartition("/")[2].lower()
    return not name or name.partition(".")[0] in {"index", "default", "list", "main"}


def _named(digest: Digest) -> PageKind | None:
    last = digest.crumbs[-1].text if digest.crumbs else ""
    for name in (digest.headline, last, digest.column_name, digest.title):
        kind = page_kind_of(name) if name else None
        if kind is not None:
            return kind
    return None
