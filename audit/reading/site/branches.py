"""Which branches of the tree are columns: its leaves, each content once, with path and level."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from audit.reading.site.addresses import folders, same_page
from audit.reading.site.digest import Digest
from audit.reading.site.survey import Survey
from audit.reading.site.tree import Branch, Tree
from audit.text import normal_title
from audit.urls import key
from audit.vocabulary import words

COVERED = 0.5  # share of a parent's rows that its children list too
SAME = 0.8  # share of the shorter of two lists of one name that makes them one column
FEW = 3  # rows from which two lists are compared in part
FILLED = 80  # characters from which two equal texts are one column under two addresses
_RUNS = re.compile(r"[_\-|—]")
_DOCUMENT = re.compile(r"/(?=[^/]*$)[^/]*?\d{5}[^/]*")  # a file name that is no other document's


def settle(tree: Tree, site: str) -> None:
    """Give every branch its path and level."""
    by_key = {key(url): branch for url, branch in tree.branches.items()}
    for branch in tree.branches.values():
        branch.path = _path(tree, branch, by_key, site)
        branch.level = _level(branch)


def leaves(found: Survey, tree: Tree, taken: set[str]) -> tuple[list[str], dict[str, str]]:
    """Addresses of the branches that are columns, and of those that repeat one of them.

    `taken` are the branches of registered columns: they are columns in any case.
    """
    parents = _parents(found, tree)
    order = sorted(tree.branches, key=lambda url: (url not in taken, len(url), url))
    kept: list[str] = []
    repeats: dict[str, str] = {}
    contents = _Contents()
    for url in order:
        if url in parents and url not in taken:
            continue
        branch = tree.branches[url]
        known = contents.find(branch)
        if known and url not in taken:
            repeats[url] = known
        else:
            contents.add(url, branch)
            kept.append(url)
    return kept, repeats


def name_of(branch: Branch, site: str) -> str:
    """What the column is called: by its breadcrumb, menus, label, heading, title."""
    page = branch.page
    last = page.crumbs[-1] if page.crumbs else None
    if last is not None and _is_self(last.url, page) and not _is_generic(last.text):
        return last.text
    lender = branch.place.name if branch.place is not None and len(branch.names) > 1 else ""
    if branch.names:
        return min(branch.names.items(), key=lambda one: (one[0] == lender, -one[1], one[0]))[0]
    if page.column_name and page.column_name != site:
        return page.column_name
    if page.headline:
        return page.headline
    parts = [part.strip() for part in _RUNS.split(page.title)]
    return next(
        (part for part in parts if part and normal_title(part) != normal_title(site)), page.title
    ) or key(page.url)


def _path(tree: Tree, branch: Branch, by_key: Mapping[str, Branch], site: str) -> tuple[str, ...]:
    page = branch.page
    name = name_of(branch, site)
    steps = [crumb.text for crumb in page.crumbs]
    if steps and _is_self(page.crumbs[-1].url, page):
        steps.pop()
    elif not steps:
        steps = _above_in_menu(tree, branch, site) or [
            name_of(up, site) for up in _above(page.url, by_key)
        ]
    while steps and normal_title(steps[-1]) == normal_title(name):
        steps.pop()
    return (*steps, name)


def _level(branch: Branch) -> str:
    """first: known to hang under the home page itself; lower: known not to; else unknown."""
    if len(branch.path) > 1:
        return "lower"
    if branch.place is not None and branch.place.level != "first":
        return branch.place.level
    return "first" if branch.page.crumbs or branch.place is not None else "unknown"


def _is_self(url: str, page: Digest) -> bool:
    return not url or same_page(url, page.url)


def _is_generic(name: str) -> bool:
    return name in words("columns")["generic"]


def _above_in_menu(tree: Tree, branch: Branch, site: str) -> list[str]:
    """The entries of the home page's menu under which a branch hangs, from the top."""
    steps: list[str] = []
    seen = {id(branch)}
    place = branch.place
    while place is not None and place.name:
        above = tree.branches.get(tree.at(place.url)) if place.url else None
        steps.insert(0, name_of(above, site) if above is not None else place.name)
        if above is None or id(above) in seen:
            break
        seen.add(id(above))
        place = above.place
    return steps


def _above(url: str, by_key: Mapping[str, Branch]) -> list[Branch]:
    """Branches in whose folder the page lies, from the top."""
    own = key(url)
    return [by_key[name] for name in folders(url) if name in by_key and name != own]


def _parents(found: Survey, tree: Tree) -> set[str]:
    """Branches under which others hang, unless they list items that their children do not."""
    children: dict[str, set[str]] = {}
    by_key = {key(url): url for url in tree.branches}
    for url, branch in tree.branches.items():
        for parent in _holders(tree, branch, by_key):
            if parent and parent != url:
                children.setdefault(parent, set()).add(url)
    for url, below in _offered(found, tree):
        children.setdefault(url, set()).update(below)
    return {
        url
        for url, below in children.items()
        if not _is_lent(tree.branches[url])
        if _shows(found, tree, url) in below
        or _is_parent(tree.branches[url], [tree.branches[one] for one in sorted(below)])
    }


def _is_lent(branch: Branch) -> bool:
    """Whether the entry above a text leads to it for want of a page of its own: it is no parent then."""
    place = branch.place
    if place is None or place.level != "lower" or place.name not in branch.names:
        return False
    return branch.page.length >= FILLED and not any(page.rows for page in branch.pages)


def _shows(found: Survey, tree: Tree, url: str) -> str:
    """The branch that has more of the list which a page shows; empty: the list is its own."""
    more = tree.branches[url].page.own.more
    page = found.page(more) if more else None
    return tree.at(page.url) if page is not None else ""


def _holders(tree: Tree, branch: Branch, by_key: Mapping[str, str]) -> Iterator[str]:
    """Addresses of branches above one: by its breadcrumb, its place in the menu, its folder."""
    crumbs = (key(crumb.url) for crumb in branch.page.crumbs if crumb.url)
    for name in (*crumbs, *folders(branch.page.url)):
        if name in by_key:
            yield tree.at(by_key[name])
    if branch.place is not None and branch.place.url:
        yield tree.at(branch.place.url)


def _offered(found: Survey, tree: Tree) -> Iterator[tuple[str, set[str]]]:
    """Bare pages with a menu of their own that leads to other branches, but not to themselves."""
    for url, branch in tree.branches.items():
        offers = branch.page.offers
        if not offers:
            continue
        own = {tree.at(page.url) for one in offers if (page := found.page(one)) is not None}
        if url not in own:
            common = {one for one in offers if found.targets.is_common(one)}
            below = {
                tree.at(page.url)
                for one in offers
                if one not in common and (page := found.page(one)) is not None
            }
            yield url, below - {"", url}


def _is_parent(branch: Branch, below: Sequence[Branch]) -> bool:
    rows = {row.url for page in branch.pages for row in page.rows}
    if not below:
        return False
    if not rows:
        return True
    listed = {row.url for child in below for page in child.pages for row in page.rows}
    listed |= {page.url for child in below for page in child.pages}
    return len(rows & listed) >= COVERED * len(rows) or branch.page.sections > 1


class _Contents:
    """What the columns that are kept hold, to tell when another one holds the same."""

    def __init__(self) -> None:
        self._whole: dict[tuple[str, ...], str] = {}
        self._lists: dict[str, list[tuple[str, frozenset[str]]]] = {}  # by the column's name

    def add(self, url: str, branch: Branch) -> None:
        self._whole.setdefault(_whole(branch), url)
        for rows in _rows(branch):
            if len(rows) >= FEW:
                self._lists.setdefault(normal_title(branch.path[-1]), []).append((url, rows))

    def find(self, branch: Branch) -> str:
        """The column that holds the same; empty: none does."""
        whole = _whole(branch)
        if whole and whole in self._whole:
            return self._whole[whole]
        known = self._lists.get(normal_title(branch.path[-1]), ())
        for rows in _rows(branch) if known else ():
            for url, others in known:
                least = min(len(rows), len(others))
                if least >= FEW and len(rows & others) >= SAME * least:
                    return url
        return ""


def _whole(branch: Branch) -> tuple[str, ...]:
    page = branch.page
    if page.rows:
        return tuple(sorted(row.url for row in page.rows))
    return ("text", page.content_hash) if page.length >= FILLED else ()


def _rows(branch: Branch) -> Iterable[frozenset[str]]:
    """The rows by address, and by title and file name (one document published in two folders)."""
    rows = [row for page in branch.pages for row in page.rows]
    yield frozenset(row.url for row in rows if row.url)
    yield frozenset(
        f"{row.title}\n{match[0]}" for row in rows if (match := _DOCUMENT.search(row.url))
    )
