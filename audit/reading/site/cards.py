"""The page cards of a site: kind, publication date, column and outcome of every page read."""

from collections.abc import Iterator

from audit.model import DateMark, PageCard
from audit.reading.site.columns import Columns
from audit.reading.site.digest import Digest
from audit.reading.site.kinds import STRONG
from audit.reading.site.labels import required
from audit.reading.site.survey import Survey
from audit.urls import key

FROM_LIST = 0.7  # confidence of a date that only the list shows


def cards_of(found: Survey, columns: Columns) -> Iterator[PageCard]:
    """One card a page, in URL order."""
    filing = Filing(columns)
    for digest in found.digests.values():
        yield _card(digest, columns, filing.column_of(digest))


class Filing:
    """Tells to which column a page belongs."""

    def __init__(self, columns: Columns) -> None:
        """Know the folders of all columns."""
        self._of_page = columns.of_page
        self._by_row = columns.of_row
        self._folders = {
            _folder(name): name for name in sorted(set(columns.of_page.values()), reverse=True)
        }
        self._names = {column.key for column in columns.columns}

    def column_of(self, digest: Digest) -> str:
        """By the list that shows it, by its breadcrumb, by its folder; empty: none of these tells."""
        own = self._of_page.get(digest.url) or self._by_row.get(digest.url)
        if own:
            return own
        for crumb in reversed(digest.crumbs):
            if crumb.url:
                found = self._of_page.get(crumb.url) or key(crumb.url)
                if found in self._names:
                    return found
        folder = _folder(key(digest.url))
        while folder.count("/") > 1:
            if folder in self._folders:
                return self._folders[folder]
            folder = folder[:-1].rpartition("/")[0] + "/"
        return ""


def _folder(name: str) -> str:
    return name.partition("?")[0].rpartition("/")[0] + "/"


def _card(digest: Digest, columns: Columns, column: str) -> PageCard:
    mark = digest.published
    day, source, quote, sure = None, None, "", 0.0
    if mark is not None:
        day, source, quote, sure = mark.day, mark.source, mark.quote, mark.confidence
    row = columns.rows.get(digest.url)
    marks = digest.dates
    if row is not None and row.day is not None and row.source is not None:
        marks = (*marks, DateMark(row.day, row.source, row.quote, FROM_LIST))
    if row is not None and row.day is not None and (mark is None or mark.source not in STRONG):
        day, source, quote, sure = row.day, row.source, row.quote, FROM_LIST
    return PageCard(
        url=digest.url,
        final_url=digest.final_url,
        kind=digest.kind,
        title=digest.name,
        published=day,
        published_source=source,
        published_confidence=sure,
        published_quote=quote,
        column=column,
        outcome=digest.outcome,
        flags=digest.flags,
        sha256=digest.sha256,
        encoding=digest.encoding,
        labels=required(digest.labels, digest.kind),
        labels_fill=digest.labels_fill,
        dates=marks,
        script_fills=digest.script_fills,
    )
