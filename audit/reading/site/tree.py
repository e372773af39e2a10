"""Where columns may be: menus, breadcrumbs, labels and list pages, each page once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from audit.model import PageKind, Region
from audit.reading.site.answers import ALIVE
from audit.reading.site.digest import Digest
from audit.reading.site.kinds import is_index, is_list, kind_of
from audit.reading.site.names import is_column_name
from audit.reading.site.survey import Survey
from audit.urls import key

_INDEX = re.compile(r"(?:index|default)\.[a-z]{3,5}$", re.IGNORECASE)
_NUMBERED = re.compile(r"[_-]\d{1,4}(?=\.[a-z]{3,5}$)", re.IGNORECASE)
_PAGE = re.compile(
    r"[?&](?:page|pageno|pageindex|pagenum|curpage|p|currentpage)=\d+$", re.IGNORECASE
)
_COLUMN_KINDS = frozenset(
    {
        PageKind.LIST,
        PageKind.OTHER,
        PageKind.ORGANISATION,
        PageKind.LEADERS,
        PageKind.CONTACT,
        PageKind.GUIDE,
        PageKind.SERVICE_GUIDE,
        PageKind.MESSAGES,
    }
)


class Branch(msgspec.Struct):
    """A page that is a column, with its further list pages."""

    page: Digest
    more: list[Digest]
    names: Counter[str]  # what menus and breadcrumbs call it
    path: tuple[str, ...] = ()
    menu: bool = False

    @property
    def pages(self) -> tuple[Digest, ...]:
        """The column's page and the further pages of its list."""
        return (self.page, *self.more)


class Unread(msgspec.Struct, frozen=True):
    """A menu entry whose page could not be read."""

    url: str
    name: str


class Tree(msgspec.Struct):
    """The site's columns, parents included, by the address of their page."""

    branches: dict[str, Branch]
    unread: tuple[Unread, ...]
    alias: dict[str, str]  # address of a list page → address of its column's page


def grow(found: Survey) -> Tree:
    """Find every column of the site; fills in the kind of every page on the way."""
    menus, unread = _menus(found)
    steps = _steps(found)
    home = found.home
    for digest in found.digests.values():
        menu = digest.url in menus or digest.url in steps
        digest.kind = kind_of(digest, home, menu=menu)
    canon = _canonical(found.readable())
    alias = _bases(found, canon)
    branches: dict[str, Branch] = {}
    for digest in found.readable():
        named = menus.get(digest.url) or steps.get(digest.url)
        if not _is_column(digest, named=bool(named or digest.column_name)):
            continue
        base = alias.get(digest.url, digest.url)
        branch = branches.get(base)
        if branch is None:
            branch = branches[base] = Branch(found.digests[base], [], Counter())
        if digest.url != base and canon.get(digest.url, digest.url) != base:
            branch.more.append(digest)
        branch.names.update(menus.get(digest.url, Counter()))
        branch.names.update(steps.get(digest.url, Counter()))
        branch.menu = branch.menu or digest.url in menus
    return Tree(branches, unread, alias)


def _is_column(digest: Digest, *, named: bool) -> bool:
    if digest.depth == 0 or digest.kind not in _COLUMN_KINDS:
        return False
    if is_list(digest):
        return True
    return named and not (digest.dates and digest.length and not is_index(digest.url))


def _menus(found: Survey) -> tuple[dict[str, Counter[str]], tuple[Unread, ...]]:
    """Pages that menus lead to, with the words of the menus; and entries that could not be read."""
    menus: dict[str, Counter[str]] = {}
    unread: dict[str, Unread] = {}
    for url, texts, common in _entries(found):
        names = [text for text in texts if is_column_name(text)]
        if not names:
            continue
        page = found.page(url)
        if page is not None and page.outcome in ALIVE:
            # a menu entry that is only a redirect names its target by the target's own name
            own = names if key(page.url) == key(url) or _same_folder(page.url, url) else []
            menus.setdefault(page.url, Counter()).update(own)
        elif common and found.answers.is_own(url) and not found.sends_on(url):
            unread.setdefault(key(url), Unread(url, names[0]))
    return menus, tuple(unread.values())


def _entries(found: Survey) -> Iterator[tuple[str, list[str], bool]]:
    """Menu links: address, its words, whether it is in the menu of most pages or of the home page."""
    yield from found.targets.menu()
    home = found.home_record
    if home is not None:
        for link in home.links:
            if link.region is Region.NAV and link.url:
                yield link.url, [link.text], True


def _same_folder(one: str, other: str) -> bool:
    return _INDEX.sub("", key(one)) == _INDEX.sub("", key(other))


def _steps(found: Survey) -> dict[str, Counter[str]]:
    """Pages that breadcrumbs lead to, with the words of the steps."""
    names: dict[str, Counter[str]] = {}
    for digest in found.readable():
        for crumb in digest.crumbs:
            if crumb.url and crumb.url != digest.url and is_column_name(crumb.text):
                names.setdefault(crumb.url, Counter())[crumb.text] += 1
    steps: dict[str, Counter[str]] = {}
    for url, counted in names.items():
        page = found.page(url)
        if page is not None and (key(page.url) == key(url) or _same_folder(page.url, url)):
            steps.setdefault(page.url, Counter()).update(counted)
    return steps


def _canonical(pages: Iterable[Digest]) -> dict[str, str]:
    """Addresses of one and the same page: with and without index.html, equal to the byte."""
    first: dict[tuple[str, str], str] = {}
    canon: dict[str, str] = {}
    for digest in pages:
        name = (_INDEX.sub("", digest.url), digest.sha256)
        base = first.setdefault(name, digest.url)
        canon[digest.url] = base
    return canon


def _bases(found: Survey, canon: dict[str, str]) -> dict[str, str]:
    """The first page of every list, by the address of each of its pages."""
    lists = {d.url: d for d in found.readable() if is_list(d) or d.pager is not None}
    groups = _Groups()
    for url, digest in lists.items():
        groups.join(url, canon.get(url, url))
        for other in digest.pager.urls if digest.pager else ():
            page = found.page(other)
            if page is not None and page.url in lists and _folder(page.url) == _folder(url):
                groups.join(url, page.url)
        for other in _earlier(url):
            page = found.page(other)
            if page is not None and page.url in lists and page.title == digest.title:
                groups.join(url, page.url)
    bases = {url: groups.root(url) for url in lists}
    return {**canon, **{url: canon.get(base, base) for url, base in bases.items()}}


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
    bare = _PAGE.sub("", url)
    found = [plain, _INDEX.sub("", plain)] if plain != url else []
    return [*found, bare] if bare != url else found


def _folder(url: str) -> str:
    return key(url).partition("?")[0].rpartition("/")[0]
