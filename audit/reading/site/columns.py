"""The columns of a site: its tree's leaves, each once, with their newest items."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from audit import dates
from audit.model import (
    Column,
    ColumnClass,
    ColumnKind,
    DatedItem,
    DateSource,
    ListItem,
    PageKind,
    Reason,
    RegisteredColumn,
    Registers,
)
from audit.reading.site.answers import ALIVE, DEAD, reason_of
from audit.reading.site.kinds import is_list
from audit.reading.site.names import class_of_path, kind_of_path
from audit.reading.site.survey import Survey
from audit.reading.site.tree import Branch, Tree
from audit.text import normal_title
from audit.urls import key

SHOWN = 20  # rows of a column that reports show
COVERED = 0.5  # share of a parent's rows that its children list too
FILLED = 80  # characters from which two equal texts are one column under two addresses


class Columns(msgspec.Struct, frozen=True):
    """All columns, and the column that each page and row belongs to."""

    columns: tuple[Column, ...]
    of_page: Mapping[str, str]  # address of a column's pages → key of the column
    of_row: Mapping[str, str]  # address of an item's page → key of the column that lists it
    rows: Mapping[str, DatedItem]  # address of an item → the row that shows it, when it is dated

    def get(self, name: str) -> Column | None:
        """The column with this key."""
        return next((one for one in self.columns if one.key == name), None)


def columns_of(found: Survey, tree: Tree, registers: Registers) -> Columns:
    """Every leaf of the tree and every registered column, in the order of their keys."""
    made = _Maker(found, tree, registers)
    return made.columns()


class _Maker:
    """Makes the columns of one site."""

    def __init__(self, found: Survey, tree: Tree, registers: Registers) -> None:
        self._found = found
        self._tree = tree
        self._site = registers.site.name
        self._last = registers.as_of + dt.timedelta(days=1) if registers.as_of else dt.date.max
        self._registered = registers.columns
        self._own: dict[str, str] = {}
        self._rows: dict[str, DatedItem] = {}
        self._of_row: dict[str, str] = {}
        for branch in tree.branches.values():
            branch.path = self._path(branch)

    def columns(self) -> Columns:
        made: dict[str, Column] = {}
        taken: set[str] = set()
        for entry in self._registered:
            column, page = self._registered_column(entry)
            made.setdefault(column.key, column)
            if page:
                taken.add(page)
        for branch in self._leaves(taken):
            column = self._column(branch)
            if column.key not in made:
                made[column.key] = column
        for column in self._unread(made):
            made[column.key] = column
        return Columns(
            tuple(made[name] for name in sorted(made)), self._own, self._of_row, self._rows
        )

    def _leaves(self, taken: set[str]) -> list[Branch]:
        """Branches without children of their own, each content once."""
        parents = self._parents()
        seen = {self._content(self._tree.branches[u]) for u in taken if u in self._tree.branches}
        seen.discard(())
        kept: list[Branch] = []
        order = sorted(self._tree.branches.items(), key=lambda one: (len(one[0]), one[0]))
        for url, branch in order:
            if url in taken or url in parents:
                continue
            content = self._content(branch)
            if content and content in seen:
                continue
            seen.add(content)
            kept.append(branch)
        return kept

    def _content(self, branch: Branch) -> tuple[str, ...]:
        page = branch.page
        if page.rows:
            return tuple(sorted(row.url for row in page.rows))
        if page.length >= FILLED:
            return ("text", page.content_hash)
        return ()

    def _parents(self) -> set[str]:
        """Branches under which others hang, unless they list items that their children do not."""
        branches = self._tree.branches
        children: dict[str, list[str]] = {}
        by_key = {key(url): url for url in branches}
        for url, branch in branches.items():
            above = {key(c.url) for c in branch.page.crumbs if c.url}
            above |= set(_folders(url))
            for name in above:
                parent = self._tree.alias.get(by_key.get(name, ""), by_key.get(name, ""))
                if parent in branches and parent != url:
                    children.setdefault(parent, []).append(url)
        return {url for url, below in children.items() if self._is_parent(branches[url], below)}

    def _is_parent(self, branch: Branch, below: Sequence[str]) -> bool:
        rows = {row.url for row in branch.page.rows}
        if not rows:
            return True
        children = [self._tree.branches[url] for url in below]
        listed = {row.url for child in children for page in child.pages for row in page.rows}
        listed |= {page.url for child in children for page in child.pages}
        return len(rows & listed) >= COVERED * len(rows) or branch.page.sections > 1

    def _path(self, branch: Branch) -> tuple[str, ...]:
        steps = [crumb.text for crumb in branch.page.crumbs]
        page = branch.page
        name = _name(branch, self._site)
        last = page.crumbs[-1] if page.crumbs else None
        if last is not None and (not last.url or key(last.url) == key(page.url)):
            return tuple(steps)
        if steps and steps[-1] == name:
            return tuple(steps)
        if not steps:
            steps = [_name(up, self._site) for up in self._above(page.url)]
        return (*steps, name)

    def _above(self, url: str) -> list[Branch]:
        """Branches in whose folder the page lies, from the top."""
        by_key = {key(one): branch for one, branch in self._tree.branches.items() if one != url}
        return [by_key[name] for name in _folders(url) if name in by_key]

    def _column(self, branch: Branch, entry: RegisteredColumn | None = None) -> Column:
        page = branch.page
        name = key(entry.url) if entry else key(page.url)
        items = [self._item(row, name) for one in branch.pages for row in one.rows]
        unique = {(item.url, item.title): item for item in items}
        rows = sorted(unique.values(), key=_newest_first)
        known = [item for item in rows if item.day is not None and item.day <= self._last]
        path, klass, kind = _sort_of(branch, entry, rows=bool(rows))
        for one in branch.pages:
            self._own.setdefault(one.url, name)
        count = page.pager.pages if page.pager else 1
        listed = is_list(page)
        return Column(
            key=name,
            name=entry.name if entry else path[-1],
            path=path,
            url=entry.url if entry else page.url,
            klass=klass,
            kind=kind,
            level="first" if len(path) <= 1 else "lower",
            registered=entry is not None,
            limit=entry.limit if entry else "",
            owner=entry.owner if entry else "",
            exempt_until=entry.exempt_until if entry else None,
            exempt_reason=entry.reason if entry else "",
            items=len(rows) or page.spare,
            dated=sum(item.day is not None for item in rows),
            newest=known[0] if known else None,
            rows=tuple(rows[:SHOWN]),
            content_length=0 if listed else page.length,
            attachments=page.attachments,
            notice_quote=page.notice,
            statement=page.statement,
            script_fills=page.script_fills,
            unread_pages=max(0, count - len(branch.pages)),
            unavailable=None,
            sha256=page.sha256,
            embedded=page.embedded,
        )

    def _item(self, row: ListItem, column: str) -> DatedItem:
        """The row with the best date known for it: its own, its page's, its address's."""
        day, source, quote = row.day, row.source, row.quote
        page = self._found.page(row.url)
        if day is None and page is not None and page.published is not None:
            mark = page.published
            day, source, quote = mark.day, mark.source, mark.quote
        if day is None and (guess := dates.from_url(row.url)) is not None:
            day, source, quote = guess, DateSource.URL, key(row.url)[:120]
        item = DatedItem(row.url, row.title, day, source if day else None, quote if day else "")
        place = page.url if page is not None else row.url
        self._of_row.setdefault(place, column)
        if row.day is not None:
            self._rows.setdefault(place, item)
        return item

    def _registered_column(self, entry: RegisteredColumn) -> tuple[Column, str]:
        page = self._found.page(entry.url)
        external = entry.kind is ColumnKind.EXTERNAL or not self._found.answers.is_own(entry.url)
        if external:
            return _bare(entry, entry.klass or ColumnClass.EXTERNAL, ColumnKind.EXTERNAL, None), ""
        if page is None or page.kind is PageKind.ERROR or page.outcome not in ALIVE:
            reason = self._reason(entry.url)
            klass = entry.klass or class_of_path((entry.name,), "")
            kind = entry.kind or kind_of_path((entry.name,), klass, rows=True, text=False)
            return _bare(entry, klass, kind, reason), ""
        base = self._tree.alias.get(page.url, page.url)
        branch = self._tree.branches.get(base)
        if branch is None:
            branch = self._tree.branches.get(page.url) or Branch(page, [], names=_no_names())
            base = page.url
        return self._column(branch, entry), base

    def _reason(self, url: str) -> Reason:
        answer = self._found.answers.through(url)
        if answer is None:
            return Reason.BUDGET
        return Reason.UNREACHABLE if answer.outcome in DEAD | ALIVE else reason_of(answer.outcome)

    def _unread(self, made: Mapping[str, Column]) -> Iterable[Column]:
        """Menu entries with a column's name that could not be read; a missing page is no column."""
        for entry in self._tree.unread:
            answer = self._found.answers.through(entry.url)
            if key(entry.url) in made or answer is None or answer.outcome in DEAD | ALIVE:
                continue
            klass = class_of_path((entry.name,), "")
            if klass is not ColumnClass.OTHER:
                kind = kind_of_path((entry.name,), klass, rows=True, text=False)
                named = RegisteredColumn(entry.name, entry.url)
                column = _bare(named, klass, kind, self._reason(entry.url))
                yield msgspec.structs.replace(column, registered=False)


def _sort_of(
    branch: Branch, entry: RegisteredColumn | None, *, rows: bool
) -> tuple[tuple[str, ...], ColumnClass, ColumnKind]:
    """Path, class and kind; what is registered goes before what the names say."""
    page, path = branch.page, branch.path
    if entry is not None and not path:
        path = (entry.name,)
    names = (*path[:-1], entry.name) if entry is not None else path
    klass = (entry and entry.klass) or class_of_path(names, page.column_type)
    text = bool(page.length) and page.pager is None
    kind = (entry and entry.kind) or kind_of_path(names, klass, rows=rows, text=text)
    return path, klass, kind


def _bare(
    entry: RegisteredColumn, klass: ColumnClass, kind: ColumnKind, reason: Reason | None
) -> Column:
    """A column of which no page was read."""
    return Column(
        key=key(entry.url), name=entry.name, path=(entry.name,), url=entry.url, klass=klass,
        kind=kind, level="first", registered=True, limit=entry.limit, owner=entry.owner,
        exempt_until=entry.exempt_until, exempt_reason=entry.reason, items=0, dated=0, newest=None,
        rows=(), content_length=0, attachments=0, notice_quote="", statement=None,
        script_fills=False, unread_pages=0, unavailable=reason,
    )  # fmt: skip


def _name(branch: Branch, site: str) -> str:
    """What the column is called: by its breadcrumb, menus, label, heading, title."""
    page = branch.page
    last = page.crumbs[-1] if page.crumbs else None
    if last is not None and (not last.url or key(last.url) == key(page.url)):
        return last.text
    if branch.names:
        return min(branch.names.items(), key=lambda one: (-one[1], one[0]))[0]
    if page.column_name and page.column_name != site:
        return page.column_name
    if page.headline:
        return page.headline
    parts = [part.strip() for part in _title_parts(page.title)]
    return next(
        (part for part in parts if part and normal_title(part) != normal_title(site)), page.title
    ) or key(page.url)


def _title_parts(title: str) -> list[str]:
    for mark in ("_", "-", "|", "—"):
        title = title.replace(mark, "\n")
    return title.split("\n")


def _folders(url: str) -> list[str]:
    """Keys of the folders above a page's own folder, from the top, the site's root left out."""
    path = key(url).partition("?")[0]
    parts = path.strip("/").split("/")
    own = parts if path.endswith("/") else parts[:-1]
    depth = len(own) if not path.endswith("/") and not _is_folder_index(parts[-1]) else len(own) - 1
    return [f"/{'/'.join(own[: i + 1])}/" for i in range(max(0, depth))]


def _is_folder_index(name: str) -> bool:
    return name.partition(".")[0].lower() in {"index", "default"}


def _newest_first(item: DatedItem) -> tuple[int, str, str]:
    return -(item.day.toordinal() if item.day else 0), item.url, item.title


def _no_names() -> Counter[str]:
    return Counter()
