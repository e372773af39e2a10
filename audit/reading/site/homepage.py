"""What the home page announces, and whether it is only a gate to the pages below."""

import datetime as dt

from audit import dates
from audit.errors import FactUnavailable
from audit.model import (
    DatedItem,
    HomePage,
    Link,
    ListItem,
    PageKind,
    PageRecord,
    Reason,
    Region,
    Registers,
)
from audit.reading.site.answers import ALIVE, DEAD
from audit.reading.site.columns import dated_item
from audit.reading.site.digest import Digest
from audit.reading.site.survey import Survey
from audit.urls import key

SHOWN = 200
GATE_ARTICLES = 3  # a home page with more links to articles is no gate
GATE_MENU = 0.8  # share of menu links from which a home page is one (rulebook, stale-home)
HEADLINE = 8  # characters that a headline has at least; shorter links are names
_CONTENT = frozenset({Region.BODY, Region.LIST})
_NO_ITEMS = frozenset({PageKind.HOME, PageKind.LIST, PageKind.SEARCH})


def home_of(found: Survey, registers: Registers) -> HomePage:
    """The dated items of the home page, newest first; of the second level when it is a gate."""
    home, record = found.home, found.home_record
    if home is None or record is None:
        raise FactUnavailable(Reason.UNREACHABLE)
    made = _Items(found)
    made.take(record)
    gate = _is_gate(found, record, made)
    fills = home.script_fills
    if gate:
        fills = made.below(home) or fills
    last = registers.as_of + dt.timedelta(days=1) if registers.as_of else dt.date.max
    dated = sorted((i for i in made.items.values() if i.day is not None), key=_newest_first)
    past = [item for item in dated if item.day is not None and item.day <= last]
    return HomePage(
        url=registers.site.home,
        items=tuple(past[:SHOWN]),
        undated=len(made.items) - len(dated),
        gate=gate,
        future=tuple(item for item in dated if item.day is not None and item.day > last)[:SHOWN],
        script_fills=fills,
        unopened=len(made.unopened),
    )


class _Items:
    """What pages announce: rows of their lists and further links to articles, by address."""

    def __init__(self, found: Survey) -> None:
        self._found = found
        self.items: dict[str, DatedItem] = {}
        self.unopened: set[str] = set()  # undated rows whose pages nobody read

    def take(self, record: PageRecord) -> None:
        """Add what one page announces."""
        for block in record.lists:
            for row in block.items:
                self._row(row)
        for link in record.links:
            if link.region in _CONTENT and link.url and key(link.url) not in self.items:
                self._link(link)

    def below(self, home: Digest) -> bool:
        """Add what the pages one step below a gate announce; whether script may add to it."""
        for record in self._found.fronts:
            self.take(record)
        pages = [d for d in self._found.readable() if d.depth == 1 and d.url != home.url]
        for page in pages:
            for row in page.rows:
                self._row(row)
        return any(page.script_fills for page in pages)

    def _row(self, row: ListItem) -> None:
        page = self._found.page(row.url) if row.url else None
        if page is not None and page.kind in _NO_ITEMS:
            return  # a date beside a link to a column is no item's
        name = key(row.url) if row.url else row.title
        if row.day is not None or _is_article(page, row.url, row.title):
            self.items.setdefault(name, dated_item(row, page))
        elif page is None and len(row.title) >= HEADLINE and self._may_hide(row.url):
            self.unopened.add(name)

    def _link(self, link: Link) -> None:
        page = self._found.page(link.url)
        if _is_article(page, link.url, link.text):
            row = ListItem(link.url, link.text)
            self.items[key(link.url)] = dated_item(row, page)

    def _may_hide(self, url: str) -> bool:
        """Whether an article that might be newer stands at an address, but was not read."""
        if not url or not self._found.answers.is_own(url):
            return False
        answer = self._found.answers.through(url)
        return answer is None or answer.outcome not in DEAD | ALIVE


def _is_article(page: Digest | None, url: str, title: str) -> bool:
    """Whether a link of the home page announces something."""
    if page is not None:
        return page.kind is PageKind.ARTICLE
    return dates.from_url(url) is not None and len(title) >= HEADLINE


def _is_gate(found: Survey, record: PageRecord, made: _Items) -> bool:
    """Whether hardly anything is announced, and nearly all links lead to columns."""
    if len(made.items) + len(made.unopened) > GATE_ARTICLES:
        return False
    links = [link for link in record.links if link.url and found.answers.is_own(link.url)]
    menu = sum(_leads_on(found.page(link.url)) for link in links)
    return bool(record.frames and not links) or (bool(links) and menu >= GATE_MENU * len(links))


def _leads_on(page: Digest | None) -> bool:
    """Whether a link leads to a menu page or column, not to an article."""
    return page is None or page.kind is not PageKind.ARTICLE


def _newest_first(item: DatedItem) -> tuple[int, str]:
    return -(item.day.toordinal() if item.day else 0), item.url
