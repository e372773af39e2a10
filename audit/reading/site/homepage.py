"""What the home page announces, and whether it is only a gate to the pages below."""

import datetime as dt
from collections.abc import Iterable

from audit import dates
from audit.errors import FactUnavailable
from audit.model import (
    DatedItem,
    DateSource,
    HomePage,
    PageKind,
    PageRecord,
    Reason,
    Region,
    Registers,
)
from audit.reading.site.digest import Digest
from audit.reading.site.kinds import STRONG
from audit.reading.site.survey import Survey
from audit.urls import key

SHOWN = 200
GATE_ARTICLES = 3  # a home page with more links to articles is no gate
GATE_MENU = 0.8  # share of menu links from which a home page is one (rulebook, stale-home)
HEADLINE = 8  # characters that a headline has at least; shorter links are names


def home_of(found: Survey, registers: Registers) -> HomePage:
    """The dated items of the home page, newest first; of the second level when it is a gate."""
    home, record = found.home, found.home_record
    if home is None or record is None:
        raise FactUnavailable(Reason.UNREACHABLE)
    items = _items(found, record)
    gate = _is_gate(found, record, items)
    if gate:
        items = {**_below(found, home), **items}
    last = registers.as_of + dt.timedelta(days=1) if registers.as_of else dt.date.max
    dated = sorted((i for i in items.values() if i.day is not None), key=_newest_first)
    past = [item for item in dated if item.day is not None and item.day <= last]
    return HomePage(
        url=registers.site.home,
        items=tuple(past[:SHOWN]),
        undated=len(items) - len(dated),
        gate=gate,
        future=tuple(item for item in dated if item.day is not None and item.day > last)[:SHOWN],
        script_fills=home.script_fills,
    )


def _items(found: Survey, record: PageRecord) -> dict[str, DatedItem]:
    """Rows of the home page's lists, and further links to articles, by address."""
    items: dict[str, DatedItem] = {}
    for block in record.lists:
        for row in block.items:
            page = found.page(row.url)
            if row.day is not None:
                items.setdefault(
                    key(row.url), DatedItem(row.url, row.title, row.day, row.source, row.quote)
                )
            elif _is_article(page, row.url, row.title):
                items.setdefault(key(row.url), _dated(page, row.url, row.title))
    for link in record.links:
        if link.region not in _CONTENT or not link.url or key(link.url) in items:
            continue
        page = found.page(link.url)
        if _is_article(page, link.url, link.text):
            items[key(link.url)] = _dated(page, link.url, link.text)
    return items


_CONTENT = frozenset({Region.BODY, Region.LIST})


def _is_article(page: Digest | None, url: str, title: str) -> bool:
    """Whether a link of the home page announces something."""
    if page is not None:
        return page.kind is PageKind.ARTICLE
    return dates.from_url(url) is not None and len(title) >= HEADLINE


def _dated(page: Digest | None, url: str, title: str) -> DatedItem:
    mark = page.published if page is not None else None
    if mark is not None and mark.source in STRONG:
        return DatedItem(url, title, mark.day, mark.source, mark.quote)
    day = mark.day if mark is not None else dates.from_url(url)
    if day is None:
        return DatedItem(url, title, None, None, "")
    return DatedItem(url, title, day, DateSource.URL, key(url)[:120])


def _is_gate(found: Survey, record: PageRecord, items: dict[str, DatedItem]) -> bool:
    if len(items) > GATE_ARTICLES:
        return False
    links = [link for link in record.links if link.url and found.answers.is_own(link.url)]
    menu = sum(_leads_on(found.page(link.url)) for link in links)
    return bool(links) and menu >= GATE_MENU * len(links)


def _leads_on(page: Digest | None) -> bool:
    """Whether a link leads to a menu page or column, not to an article."""
    return page is None or page.kind is not PageKind.ARTICLE


def _below(found: Survey, home: Digest) -> dict[str, DatedItem]:
    """Rows of the pages one step below the gate."""
    pages: Iterable[Digest] = (d for d in found.readable() if d.depth == 1 and d.url != home.url)
    return {
        key(row.url): DatedItem(row.url, row.title, row.day, row.source, row.quote)
        for page in pages
        for row in page.rows
        if row.day is not None
    }


def _newest_first(item: DatedItem) -> tuple[int, str]:
    return -(item.day.toordinal() if item.day else 0), item.url
