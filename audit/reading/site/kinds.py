"""What each page is for: home, list, article, organisation, contact, …."""

from collections.abc import Collection, Container

from audit.model import ColumnClass, DateSource, FetchOutcome, PageFlag, PageKind
from audit.reading.site.addresses import folder_of, is_index, same_page
from audit.reading.site.answers import ALIVE, DEAD
from audit.reading.site.digest import Digest
from audit.reading.site.names import class_of, kind_of_address, page_kind_of
from audit.text import normal_title
from audit.urls import key
from audit.vocabulary import any_of, pattern_of, words

DATED = 3  # dated rows that make a list of a page with a meta date
LISTED = 0.4  # share of a page's text that its rows make up when it is a list
_LISTING = frozenset({PageKind.LEADERS, PageKind.ORGANISATION, PageKind.CONTACT, PageKind.GUIDE})
_FORMS = frozenset(
    {PageKind.MESSAGES, PageKind.SERVICE_GUIDE, PageKind.LEADERS}
)  # told by their labels
BARE = 120  # characters: an empty list says no more
LONG = 1500  # characters from which a text below a breadcrumb is an article without headline
MANY = 20  # links; a page that offers more is no article
TITLE = 12  # characters from which a headline is that of an article
NAME = 6  # characters of a column's name; an article's headline is longer
SHORT = 4  # characters of a headline that says nothing
OFFER = 12  # characters that a link among others has; a page of links is no article
LISTING = frozenset(
    {
        ColumnClass.NEWS,
        ColumnClass.NOTICE,
        ColumnClass.POLICY,
        ColumnClass.INTERPRETATION,
        ColumnClass.PERSONNEL,
        ColumnClass.PLANNING,
        ColumnClass.FINANCE,
        ColumnClass.OPENNESS,
        ColumnClass.TOPIC,
    }
)
STRONG = frozenset({DateSource.META, DateSource.LABEL, DateSource.SCRIPT})


def kind_of(
    digest: Digest,
    home: Digest | None,
    *,
    menu: bool,
    names: Collection[str] = (),
    gates: Container[str] = (),
) -> PageKind:
    """The page's kind.

    `menu`: a menu leads to it, which calls it by `names`; `gates`: addresses that a gate leads to.
    """
    if home is not None and _is_home(digest, home, gates):
        return PageKind.HOME
    if digest.outcome in DEAD or (digest.vanished and not is_dated(digest)):
        return PageKind.ERROR
    if digest.outcome not in ALIVE and digest.outcome is not FetchOutcome.NEEDS_BROWSER:
        return PageKind.OTHER
    if digest.leads or (not menu and _is_placeholder(digest)):
        return PageKind.OTHER  # it is not judged by what it holds
    if digest.search_page or _is_search(digest):
        return PageKind.SEARCH
    named = _named(digest)
    if is_list(digest):
        return named if named and _lists_as(named, digest) else PageKind.LIST
    if named is not None and (menu or not is_dated(digest)):
        return named
    if digest.query and not is_dated(digest):
        return PageKind.OTHER
    if menu and _states_nothing(digest, names):
        return PageKind.LIST
    return _kind_of_text(digest, menu=menu and not _is_titled(digest, names))


def _kind_of_text(digest: Digest, *, menu: bool) -> PageKind:
    """The kind of a page that lists nothing and whose names do not tell."""
    if _is_bare_list(digest, menu=menu):
        return PageKind.LIST
    if is_dated(digest):
        says = digest.length or digest.embedded or digest.attachments
        return PageKind.ARTICLE if says else PageKind.OTHER
    if _ends_in_text(digest) and digest.wording not in _FORMS:
        return PageKind.ARTICLE
    if digest.pager is not None and digest.pager.pages > 1:
        return PageKind.LIST
    if digest.wording is not None and not (menu and digest.wording is PageKind.ARTICLE):
        return digest.wording
    return _kind_of_looks(digest, menu=menu)


def _kind_of_looks(digest: Digest, *, menu: bool) -> PageKind:
    """The kind of a page that neither names nor dates nor wording tell."""
    hint = None if len(digest.headline) > SHORT else kind_of_address(digest.url)
    if hint is not None:
        return hint
    if menu or is_index(digest.url) or _offers(digest) or _is_box(digest.headline):
        return PageKind.OTHER
    if digest.headline and (digest.length or digest.embedded or digest.attachments):
        return PageKind.ARTICLE
    return PageKind.ARTICLE if digest.length >= LONG and digest.crumbs else PageKind.OTHER


def _is_placeholder(digest: Digest) -> bool:
    """Whether a page says no more than that the site or a system of it is being kept."""
    return PageFlag.PLACEHOLDER_PAGE in digest.flags and not is_dated(digest) and not digest.rows


def _is_titled(digest: Digest, names: Collection[str]) -> bool:
    """Whether a page is a text under a headline that is no name of a column, although a menu leads to it."""
    title = normal_title(digest.headline)
    if len(title) < TITLE or digest.length < BARE or is_index(digest.url) or not names:
        return False
    return not any(normal_title(name) in title for name in names)


def _states_nothing(digest: Digest, names: Collection[str]) -> bool:
    """Whether a column's own page says no more than that there was nothing to publish."""
    if digest.statement is None or digest.length > BARE:
        return False
    own = {normal_title(name) for name in names}
    return is_index(digest.url) or normal_title(digest.headline) in own


def _ends_in_text(digest: Digest) -> bool:
    """Whether the breadcrumb ends in 正文, as that of an article does."""
    last = digest.crumbs[-1].text if digest.crumbs else ""
    return digest.length > 0 and last in words("columns")["article_steps"]


def _offers(digest: Digest) -> bool:
    """Whether a page is a collection of links or boxes rather than a text."""
    crowd = digest.spare > MANY or digest.spare * OFFER > digest.length
    return crowd or digest.sections > 1


def _is_box(headline: str) -> bool:
    """Whether a headline is the name of a column or of a box with a link to more."""
    if any_of("page", "more_words").search(headline):
        return True
    return len(headline) <= NAME and class_of(headline) is not ColumnClass.OTHER


def _is_bare_list(digest: Digest, *, menu: bool) -> bool:
    """Whether a page without content is an empty or script-filled list: its name is a list's."""
    if digest.rows or digest.length > BARE or digest.dates or not (menu or is_index(digest.url)):
        return False
    last = digest.crumbs[-1].text if digest.crumbs else ""
    name = digest.column_name or last or digest.headline
    static = any_of("columns", "kind_static")
    return class_of(name) in LISTING and not static.search(f"{name} {digest.headline}")


def _is_search(digest: Digest) -> bool:
    """Whether the address is that of a search's results; an article has a date."""
    if is_dated(digest) or not digest.length:
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
    if not digest.rows or digest.leads or _is_its_document(digest):
        return False
    share = digest.own.length / max(digest.length + digest.stored, 1)
    if is_dated(digest) and not is_index(digest.url):
        several = len(digest.rows) > 1 and digest.pager is not None
        # a label for articles that the list's template writes too
        labelled = all(
            mark.source is DateSource.META for mark in digest.dates if mark.source in STRONG
        )
        dated = sum(row.day is not None for row in digest.rows)
        return share >= LISTED and (several or (labelled and dated >= DATED))
    portal = digest.own.boxes > 1 and not digest.crumbs  # a front of several boxes
    return share >= LISTED or digest.pager is not None or (is_index(digest.url) and not portal)


def _is_its_document(digest: Digest) -> bool:
    """Whether all that a page lists is the document that its headline names."""
    rows = digest.rows
    if len(rows) != 1 or not digest.attachments or len(digest.headline) < NAME:
        return False
    return all(normal_title(digest.headline) in normal_title(row.title) for row in rows)


def is_dated(digest: Digest) -> bool:
    """Whether the page carries a publication date of its own."""
    return any(mark.source in STRONG for mark in digest.dates)


def _named(digest: Digest) -> PageKind | None:
    """What the names of the page say that it is for; boxes of a page of many are no names."""
    last = digest.crumbs[-1].text if digest.crumbs else ""
    headline = "" if any_of("page", "more_words").search(digest.headline) else digest.headline
    for name in (headline, last, digest.column_name, digest.title):
        kind = page_kind_of(name) if name else None
        if kind is not None:
            return kind
    return None
