"""What each page is for: home, list, article, organisation, contact, …."""

from collections.abc import Container

from audit.model import DateSource, PageKind
from audit.reading.site.addresses import folder_of, is_index, same_page
from audit.reading.site.answers import ALIVE, DEAD
from audit.reading.site.digest import Digest
from audit.reading.site.names import page_kind_of
from audit.text import normal_title
from audit.urls import key
from audit.vocabulary import pattern_of

DATED = 3  # dated rows that make a list of a page with a meta date
LISTED = 0.4  # share of a page's text that its rows make up when it is a list
_LISTING = frozenset({PageKind.LEADERS, PageKind.ORGANISATION, PageKind.CONTACT, PageKind.GUIDE})
STRONG = frozenset({DateSource.META, DateSource.LABEL, DateSource.SCRIPT})


def kind_of(
    digest: Digest, home: Digest | None, *, menu: bool, gates: Container[str] = ()
) -> PageKind:
    """The page's kind; `menu`: a menu leads to it; `gates`: addresses that a gate leads to."""
    if home is not None and _is_home(digest, home, gates):
        return PageKind.HOME
    if digest.outcome in DEAD or (digest.vanished and not is_dated(digest) and not digest.rows):
        return PageKind.ERROR
    if digest.outcome not in ALIVE:
        return PageKind.OTHER
    if digest.search_page or _is_search(digest):
        return PageKind.SEARCH
    named = _named(digest)
    if is_list(digest):
        return named if named and _lists_as(named, digest) else PageKind.LIST
    if named is not None and (menu or not is_dated(digest)):
        return named
    if digest.leads:
        return PageKind.OTHER
    says = digest.length or digest.embedded or digest.attachments
    if says and (is_dated(digest) or (not menu and digest.headline and not is_index(digest.url))):
        return PageKind.ARTICLE
    return PageKind.OTHER


def _is_search(digest: Digest) -> bool:
    """Whether the address is that of a search's results; an article has a date or a breadcrumb."""
    if is_dated(digest) or digest.headline or not digest.length:
        return False
    return pattern_of("columns", "search_addresses").search(key(digest.url)) is not None


def _lists_as(named: PageKind, digest: Digest) -> bool:
    """Whether a page that lists is known better by its name: leaders, offices, messages."""
    if named is PageKind.MESSAGES:
        return True
    return named in _LISTING and all(row.day is None for row in digest.rows)


def _is_home(digest: Digest, home: Digest, gates: Container[str]) -> bool:
    """The home page, under whatever address, or the page behind a gate that looks like one."""
    if digest.url == home.url or digest.sha256 == home.sha256 or same_page(digest.url, home.url):
        return True
    if digest.url not in gates or digest.crumbs or digest.dates:
        return False
    titled = normal_title(digest.title) == normal_title(home.title)
    near = is_index(digest.url) and folder_of(digest.url).count("/") <= 1
    return near and (titled or digest.sections > 1)


def is_list(digest: Digest) -> bool:
    """Whether the page lists items, and is no article with a few links to others."""
    if not digest.rows or digest.leads:
        return False
    share = digest.row_length / max(digest.length, 1)
    if is_dated(digest) and not is_index(digest.url):
        several = len(digest.rows) > 1 and digest.pager is not None
        # a label for articles that the list's template writes too
        labelled = all(
            mark.source is DateSource.META for mark in digest.dates if mark.source in STRONG
        )
        dated = sum(row.day is not None for row in digest.rows)
        return share >= LISTED and (several or (labelled and dated >= DATED))
    return share >= LISTED or digest.pager is not None or is_index(digest.url)


def is_dated(digest: Digest) -> bool:
    """Whether the page carries a publication date of its own."""
    return any(mark.source in STRONG for mark in digest.dates)


def _named(digest: Digest) -> PageKind | None:
    last = digest.crumbs[-1].text if digest.crumbs else ""
    for name in (digest.headline, last, digest.column_name, digest.title):
        kind = page_kind_of(name) if name else None
        if kind is not None:
            return kind
    return None
