"""The columns of a site: its tree's leaves, each once, with their newest items."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

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
from audit.reading.site.answers import ALIVE, DEAD, MISSING, reason_of
from audit.reading.site.branches import leaves, settle
from audit.reading.site.digest import Digest
from audit.reading.site.kinds import is_list
from audit.reading.site.names import class_of_path, is_yearly, kind_of_path
from audit.reading.site.survey import Survey
from audit.reading.site.tree import Branch, Tree
from audit.reading.site.undated import undated_of
from audit.urls import key

SHOWN = 20  # rows of a column that reports show


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
        self._year = registers.as_of.year if registers.as_of else dt.MAXYEAR
        self._last = registers.as_of + dt.timedelta(days=1) if registers.as_of else dt.date.max
        self._registered = registers.columns
        self._own: dict[str, str] = {}
        self._rows: dict[str, DatedItem] = {}
        self._of_row: dict[str, str] = {}
        for entry in registers.columns:
            self._plant(entry)
        settle(tree, registers.site.name)

    def columns(self) -> Columns:
        made: dict[str, Column] = {}
        names: dict[str, str] = {}  # address of a branch → key of its column
        for entry in self._registered:
            column, base = self._registered_column(entry)
            made.setdefault(column.key, column)
            if base:
                names.setdefault(base, column.key)
        kept, repeats = leaves(self._found, self._tree, set(names))
        for url in kept:
            if url not in names:
                column = self._column(self._tree.branches[url])
                made.setdefault(column.key, column)
                names[url] = column.key
        for url, other in repeats.items():
            for page in self._tree.branches[url].pages:
                self._own.setdefault(page.url, names[other])
        for column in self._unread(made):
            made[column.key] = column
        return Columns(
            tuple(made[name] for name in sorted(made)), self._own, self._of_row, self._rows
        )

    def _column(self, branch: Branch, entry: RegisteredColumn | None = None) -> Column:
        page = branch.page
        name = key(entry.url) if entry else key(page.url)
        listed = [(row, self._item(row, name)) for one in branch.pages for row in one.rows]
        items = [item for _, item in listed]
        unique = {(item.url, item.title, item.day): item for item in items}
        rows = sorted(unique.values(), key=_newest_first)
        known = [item for item in rows if item.day is not None and item.day <= self._last]
        path, klass, kind = self._sort_of(branch, entry, rows=bool(rows))
        for one in branch.pages:
            self._own.setdefault(one.url, name)
        count = page.pager.pages if page.pager else 1
        unread = max(0, count - len(branch.pages))
        return Column(
            key=name,
            name=entry.name if entry else path[-1],
            path=path,
            url=entry.url if entry else page.url,
            klass=klass,
            kind=kind,
            level=branch.level,
            registered=entry is not None,
            limit=entry.limit if entry else "",
            owner=entry.owner if entry else "",
            exempt_until=entry.exempt_until if entry else None,
            exempt_reason=entry.reason if entry else "",
            items=len(rows) or page.spare,
            dated=sum(item.day is not None for item in rows),
            newest=known[0] if known else None,
            rows=tuple(rows[:SHOWN]),
            content_length=0 if is_list(page) else page.length,
            attachments=page.attachments,
            notice_quote=page.notice,
            statement=page.statement,
            script_fills=page.script_fills,
            unread_pages=unread,
            unavailable=None,
            sha256=page.sha256,
            embedded=page.embedded,
            borrowed=page.borrowed,
            read_pages=len(branch.pages),
            in_order=page.own.in_order,
            unread_reason=self._unread_reason(branch) if unread else None,
            yearly=is_yearly(path),
            undated=undated_of(self._found, listed),
        )

    def _sort_of(
        self, branch: Branch, entry: RegisteredColumn | None, *, rows: bool
    ) -> tuple[tuple[str, ...], ColumnClass, ColumnKind]:
        """Path, class and kind; what is registered goes before what the names say."""
        page, path = branch.page, branch.path
        if entry is not None and not path:
            path = (entry.name,)
        names = (*path[:-1], entry.name) if entry is not None else path
        klass = (entry and entry.klass) or class_of_path(names, page.column_type, page.url)
        filled = page.script_fills or page.pager is not None  # what it lists was not seen
        text = bool(page.length) and not filled and not page.notice
        kind = (entry and entry.kind) or kind_of_path(
            names, klass, rows=rows, text=text, year=self._year
        )
        return path, klass, kind

    def _unread_reason(self, branch: Branch) -> Reason:
        """Why the further pages of a list were not read."""
        read = {page.url for page in branch.pages}
        urls = [url for page in branch.pages if page.pager for url in page.pager.urls]
        if not urls:
            return Reason.NEEDS_BROWSER
        for url in urls:
            answer = None if url in read else self._found.answers.through(url)
            if answer is not None and answer.outcome not in ALIVE:
                return reason_of(answer.outcome)
        return Reason.BUDGET

    def _item(self, row: ListItem, column: str) -> DatedItem:
        """The row with the best date known for it: its own, its page's, its address's."""
        page = self._found.page(row.url)
        item = dated_item(row, page)
        place = page.url if page is not None else row.url
        self._of_row.setdefault(place, column)
        if item.source is DateSource.LIST:
            self._rows.setdefault(place, item)
        return item

    def _plant(self, entry: RegisteredColumn) -> None:
        """See to it that the page of a registered column has a branch."""
        page = self._page(entry)
        if page is not None and not self._tree.at(page.url):
            self._tree.branches[page.url] = Branch(page, [], names=Counter())

    def _page(self, entry: RegisteredColumn) -> Digest | None:
        """The page of a registered column; None: it was not read, or is an error page."""
        page = self._found.page(entry.url)
        if page is None or page.kind is PageKind.ERROR or page.outcome not in ALIVE:
            return None
        return page

    def _registered_column(self, entry: RegisteredColumn) -> tuple[Column, str]:
        page = self._page(entry)
        external = entry.kind is ColumnKind.EXTERNAL or not self._found.answers.is_own(entry.url)
        if external:
            return _bare(entry, entry.klass or ColumnClass.EXTERNAL, ColumnKind.EXTERNAL, None), ""
        if page is None:
            return self._unread_column(entry), ""
        base = self._tree.at(page.url) or page.url
        return self._column(self._tree.branches[base], entry), base

    def _unread_column(self, entry: RegisteredColumn) -> Column:
        klass = entry.klass or class_of_path((entry.name,), "", entry.url)
        kind = entry.kind or kind_of_path(
            (entry.name,), klass, rows=True, text=False, year=self._year
        )
        return _bare(entry, klass, kind, self._reason(entry.url))

    def _reason(self, url: str) -> Reason:
        answer = self._found.answers.through(url)
        if answer is None:
            return Reason.BUDGET
        if answer.outcome in MISSING:
            return Reason.NOTHING_FOUND
        return Reason.UNREACHABLE if answer.outcome in DEAD | ALIVE else reason_of(answer.outcome)

    def _unread(self, made: Mapping[str, Column]) -> Iterable[Column]:
        """Menu entries with a column's name that could not be read; a missing page is no column."""
        for entry in self._tree.unread:
            answer = self._found.answers.through(entry.url)
            if key(entry.url) in made or answer is None or answer.outcome in DEAD | ALIVE:
                continue
            column = self._unread_column(RegisteredColumn(entry.name, entry.url))
            if column.klass is not ColumnClass.OTHER:
                yield msgspec.structs.replace(column, registered=False)


def dated_item(row: ListItem, page: Digest | None) -> DatedItem:
    """A row with the best date known for it; `page` is the one that it leads to.

    The year that a row leaves out is its page's or its address's, when month and day agree.
    """
    if row.day is not None:
        return DatedItem(row.url, row.title, row.day, row.source, row.quote)
    mark = page.published if page is not None else None
    guess = dates.from_url(row.url)
    if row.month_day is not None:
        for day in (mark.day if mark else None, guess):
            if day is not None and (day.month, day.day) == row.month_day:
                return DatedItem(row.url, row.title, day, DateSource.LIST, row.quote)
    if mark is not None:
        return DatedItem(row.url, row.title, mark.day, mark.source, mark.quote)
    if guess is not None:
        return DatedItem(row.url, row.title, guess, DateSource.URL, key(row.url)[:120])
    return DatedItem(row.url, row.title, None, None, "")


def _bare(
    entry: RegisteredColumn, klass: ColumnClass, kind: ColumnKind, reason: Reason | None
) -> Column:
    """A column of which no page was read."""
    return Column(
        key=key(entry.url), name=entry.name, path=(entry.name,), url=entry.url, klass=klass,
        kind=kind, level="unknown", registered=True, limit=entry.limit, owner=entry.owner,
        exempt_until=entry.exempt_until, exempt_reason=entry.reason, items=0, dated=0, newest=None,
        rows=(), content_length=0, attachments=0, notice_quote="", statement=None,
        script_fills=False, unread_pages=0, unavailable=reason,
    )  # fmt: skip


def _newest_first(item: DatedItem) -> tuple[int, str, str]:
    return -(item.day.toordinal() if item.day else 0), item.url, item.title
