"""The way into the site's search: a form, a link, a box that script serves."""

from collections.abc import Iterator

import msgspec

from audit.errors import FactUnavailable
from audit.model import FetchOutcome, Form, PageRecord, Reason, SearchEntry
from audit.reading.site.answers import DEAD, ENOUGH
from audit.reading.site.survey import Survey
from audit.text import shorten
from audit.vocabulary import any_of, pattern_of

WORDS = 12  # characters of a link that is named 搜索; longer ones are headlines
QUOTE = 40


class Way(msgspec.Struct, frozen=True):
    """One way into the search on one page."""

    how: str
    url: str
    quote: str


RANK = {"form": 0, "link": 1, "script": 2}


def search_of(found: Survey) -> SearchEntry:
    """The best entry of the pages looked at; a working one goes before a dead one."""
    ways: dict[Way, int] = {}
    showing = 0
    for record in found.records.values():
        here = tuple(dict.fromkeys(_ways(record)))
        showing += bool(here)
        for way in here:
            ways[way] = ways.get(way, 0) + 1
    seen = len(found.records)
    judged = sorted(((_is_dead(found, way), RANK[way.how], way) for way in ways), key=_order)
    home = found.home_record
    if not judged and home is not None and home.script_fills:
        raise FactUnavailable(Reason.NEEDS_BROWSER)  # script may draw the search too
    if not judged:
        return SearchEntry(present=False, entry_url="", how="", quote="", pages=0, seen_pages=seen)
    dead, _, best = judged[0]
    answer = found.answers.through(best.url) if best.url else None
    return SearchEntry(
        present=True,
        entry_url=best.url,
        how=best.how,
        quote=best.quote,
        pages=showing,
        seen_pages=seen,
        target_outcome=answer.outcome if answer is not None else None,
        dead=dead,
        target_status=answer.status if answer is not None else 0,
    )


def entry_urls(found: Survey) -> tuple[str, ...]:
    """Addresses of entries that are asked for before they are called dead."""
    urls = {way.url for record in found.records.values() for way in _ways(record) if way.url}
    return tuple(sorted(urls))


def search_pages(found: Survey) -> tuple[str, ...]:
    """Pages to open for their search form: those that links name, the most linked first."""
    counts: dict[str, int] = {}
    for record in found.records.values():
        for way in dict.fromkeys(_ways(record)):
            if way.how == "link" and not _is_dead(found, way):
                counts[way.url] = counts.get(way.url, 0) + 1
    return tuple(sorted(counts, key=lambda url: (-counts[url], url)))


def _order(one: tuple[bool, int, Way]) -> tuple[bool, int, str, str]:
    dead, rank, way = one
    return dead, rank, way.url, way.quote


def _is_dead(found: Survey, way: Way) -> bool:
    answer = found.answers.through(way.url) if way.url else None
    if answer is None or answer.outcome not in DEAD or answer.looks < ENOUGH:
        return False
    if way.how == "form" and answer.outcome is not FetchOutcome.HTTP_4XX:
        return False  # a search without words may well fail
    return found.answers.doubt(way.url, answer) is None


def _ways(record: PageRecord) -> Iterator[Way]:
    for form in record.forms:
        if form.search:
            yield _form(form)
    for link in record.links:
        named = len(link.text) <= WORDS and any_of("search", "link_words").search(link.text)
        if named and not any_of("search", "not_search").search(link.text):
            yield Way("link" if link.url else "script", link.url, link.text)
        elif link.url and not link.text and pattern_of("search", "addresses").search(link.url):
            yield Way("link", link.url, shorten(link.url, QUOTE))


def _form(form: Form) -> Way:
    how = "script" if form.by_script else "form"
    return Way(
        how, "" if form.by_script else form.action, shorten(form.label or form.query_field, QUOTE)
    )
