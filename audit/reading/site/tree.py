"""Where columns may be: menus, breadcrumbs, labels and list pages, each page once."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from audit.model import Crumb, PageKind, Region
from audit.reading.site.addresses import is_index, same_page
from audit.reading.site.answers import ALIVE
from audit.reading.site.digest import Digest
from audit.reading.site.kinds import is_list, kind_of
from audit.reading.site.menus import Place, menu_frames, places_of
from audit.reading.site.names import is_column_name
from audit.reading.site.paging import bases, canonical
from audit.reading.site.standing import LEAST
from audit.reading.site.survey import Survey
from audit.text import normal_title
from audit.urls import key

ENTRY = 10  # characters of a menu entry; a row's title is longer
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
    level: str = "unknown"  # first, lower, unknown
    place: Place | None = None  # in the menu of the home page

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

    def at(self, url: str) -> str:
        """The address of the branch that an address belongs to; empty: none."""
        base = self.alias.get(url, url)
        return base if base in self.branches else ""


def grow(found: Survey, site: str = "") -> Tree:
    """Find every column of the site; fills in the kind of every page on the way."""
    _trim(found, site)
    for digest in found.readable():
        found.standing.clear(digest, found.page)
    menus, unread = _menus(found)
    steps = _steps(found)
    siblings = _siblings(found)
    home = found.home
    for digest in found.digests.values():
        names = {*menus.get(digest.url, ()), *steps.get(digest.url, ())}
        menu = digest.url in menus or digest.url in steps or digest.url in siblings
        digest.kind = kind_of(digest, home, menu=menu, names=names, gates=found.gates)
    canon = canonical(found.readable())
    tree = Tree({}, unread, bases(found, canon))
    for digest in found.readable():
        named = menus.get(digest.url) or steps.get(digest.url) or digest.url in siblings
        if _is_column(digest, named=bool(named or digest.column_name)):
            _hang(tree, found, digest, canon)
            branch = tree.branches[tree.alias.get(digest.url, digest.url)]
            branch.names.update(menus.get(digest.url, Counter()))
            branch.names.update(steps.get(digest.url, Counter()))
    for url, place in places_of(found).items():
        branch = tree.branches.get(tree.at(url))
        if branch is not None and (branch.place is None or place.level == "lower"):
            branch.place = place
    return tree


def _hang(tree: Tree, found: Survey, digest: Digest, canon: dict[str, str]) -> None:
    """Put a page where it belongs: a branch of its own, or a further page of one."""
    base = tree.alias.get(digest.url, digest.url)
    branch = tree.branches.get(base)
    if branch is None:
        branch = tree.branches[base] = Branch(found.digests[base], [], Counter())
    if digest.url != base and canon.get(digest.url, digest.url) != base:
        branch.more.append(digest)


def _is_column(digest: Digest, *, named: bool) -> bool:
    if digest.depth == 0 or digest.kind not in _COLUMN_KINDS:
        return False
    if is_list(digest):
        return True
    text = bool(digest.dates) and digest.length > 0 and not is_index(digest.url)
    return named and (digest.kind is PageKind.LIST or not text)


def _trim(found: Survey, site: str) -> None:
    """Cut the steps that lead to the home page, or to the portal above the site, from breadcrumbs."""
    home = key(found.home_url)
    names = {normal_title(site)}
    if found.home is not None:
        names.add(normal_title(found.home.title))
    names.discard("")
    for digest in found.digests.values():
        crumbs = digest.crumbs
        behind = 0
        for number, crumb in enumerate(crumbs[:3]):
            if _is_home(found, crumb, home, names) and number + 1 < len(crumbs):
                behind = number + 1
        if behind:
            digest.crumbs = crumbs[behind:]


def _is_home(found: Survey, crumb: Crumb, home: str, names: set[str]) -> bool:
    if not crumb.url:
        return normal_title(crumb.text) in names
    return (
        not found.answers.is_own(crumb.url)
        or same_page(crumb.url, home)
        or (same_page(crumb.url, found.home.url) if found.home is not None else False)
    )


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
            own = names if key(page.url) == key(url) or same_page(page.url, url) else []
            menus.setdefault(page.url, Counter()).update(own)
        elif common and found.answers.is_own(url) and not found.sends_on(url):
            unread.setdefault(key(url), Unread(url, names[0]))
    return menus, tuple(unread.values())


def _entries(found: Survey) -> Iterator[tuple[str, list[str], bool]]:
    """Menu links: address, its words, whether it is in the menu of most pages or of the home page.

    Short words that link alike on most list pages are a menu, whatever it is called.
    """
    yield from found.targets.menu()
    for url, text, _, pages in found.targets.first_seen():
        if pages >= LEAST and len(text) <= ENTRY and found.standing.stands(text):
            yield url, [text], False
    framed = menu_frames(found)
    for record in found.fronts:
        for link in record.links:
            if link.url and (link.region is Region.NAV or record.url in framed):
                yield link.url, [link.text], True


def _siblings(found: Survey) -> set[str]:
    """Pages without rows that end their own breadcrumb, below a step that list pages end below."""
    above: set[tuple[str, ...]] = set()
    bare: list[tuple[str, tuple[str, ...]]] = []
    for digest in found.readable():
        steps = tuple(crumb.text for crumb in digest.crumbs)
        if len(steps) < 2 or not _ends_itself(digest):
            continue
        if digest.rows:
            above.add(steps[:-1])
        else:
            bare.append((digest.url, steps[:-1]))
    return {url for url, steps in bare if steps in above}


def _ends_itself(digest: Digest) -> bool:
    """Whether the breadcrumb ends in the page itself, as that of a column does."""
    last = digest.crumbs[-1]
    if not is_column_name(last.text):
        return False
    return same_page(last.url, digest.url) if last.url else is_index(digest.url)


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
        if page is not None and (key(page.url) == key(url) or same_page(page.url, url)):
            steps.setdefault(page.url, Counter()).update(counted)
    return steps
