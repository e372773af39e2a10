"""What the search's answers offer beside results: how many, pages, order, filters, dates, help."""

import re
from collections.abc import Iterator, Sequence

from audit.errors import FactUnavailable
from audit.model import PageRecord, ProbeKind, ProbeState, Reason, SearchEntry, SearchState
from audit.model.search import SearchAid, SearchAids, SearchProbe
from audit.reading.site.results import Shown
from audit.reading.site.survey import Survey
from audit.reading.site.trials import SOUGHT, Trial
from audit.vocabulary import any_of

MORE = 10  # results beyond those seen from which a page of them cannot be all
SAID = 40  # characters beside its title that a result says when it has a summary
BARE = 20  # characters beside its title that a date and a column take
CONTROL = 8  # characters of the words of a control; those of a result are more
FEW = 3  # pages, or results, that must be looked at before something is called missing from all
_DAY = re.compile(r"(?:19|20)\d\d\s?[-./年]\s?\d")
_FOUND = SOUGHT | {ProbeKind.CONTROL}


def aids_of(found: Survey, trying: Trial, entry: SearchEntry) -> SearchAids:
    """What was seen to be offered and what was not; raises FactUnavailable where no result was seen."""
    pairs = trying.pairs()
    hits = [
        (probe, answer)
        for probe, answer in pairs
        if probe.kind in _FOUND and probe.state is ProbeState.HIT and probe.rows
    ]
    seen = [(p, a, a.record) for p, a in hits if a.record is not None and not a.unseen]
    if not seen:
        verdict = trying.verdict()
        untried = verdict.state is SearchState.NOT_ASSESSED
        why = (verdict.reason if untried else None) or Reason.NEEDS_BROWSER
        raise FactUnavailable(why if hits or untried else Reason.NOTHING_FOUND)
    states = {
        SearchAid.COUNT: any(a.stated is not None for _, a, _ in seen),
        SearchAid.PAGING: _paging(seen),
        SearchAid.ORDER: _offered(seen, "order_words"),
        SearchAid.FILTER: _offered(seen, "filter_words"),
        SearchAid.DATE: _dates(seen),
        SearchAid.SUMMARY: _summary(seen),
        SearchAid.NOTHING: _nothing(pairs),
        SearchAid.EMPTY: _empty(pairs),
        SearchAid.INNER: _inner(found, entry),
    }
    probe = max((one for one, _, _ in seen), key=lambda one: one.rows)
    return SearchAids(
        probe.url, probe.query, probe.rows, probe.stated, probe.at, probe.sha256,
        tuple(aid for aid, state in states.items() if state),
        tuple(aid for aid, state in states.items() if state is False),
    )  # fmt: skip


Seen = Sequence[tuple[SearchProbe, Shown, PageRecord]]


def _words(record: PageRecord) -> str:
    """Everything that a page says of its results."""
    return "\n".join((record.text, *_said(record)))


def _said(record: PageRecord) -> Iterator[str]:
    yield from (link.text for link in record.links)
    yield from _asked(record)


def _asked(record: PageRecord) -> Iterator[str]:
    for form in record.forms:
        yield form.label
        yield from (value for _, value in form.fields)


def _offered(seen: Seen, key: str) -> bool:
    """Whether a control says one of the words: results say them by chance."""
    return any(
        any_of("probes", key).search(_controls(answer, record)) for _, answer, record in seen
    )


def _controls(answer: Shown, record: PageRecord) -> str:
    """The words of links that are no results, of forms, and of what stands above the first result."""
    others = {link.url for link in answer.links if len(link.text) > CONTROL}
    tools = (link.text for link in record.links if link.url not in others)
    titles = (link.text for link in answer.links if len(link.text) > CONTROL)
    places = [place for title in titles if (place := record.text.find(title)) >= 0]
    above = record.text[: min(places)] if places else ""
    return "\n".join((above, *tools, *_asked(record)))


def _paging(seen: Seen) -> bool | None:
    """Pages of results, where there are surely more than one page shows."""
    if any(
        record.pager is not None or any_of("probes", "next_words").search(_words(record))
        for _, _, record in seen
    ):
        return True
    many = any(
        (probe.stated or 0) > 2 * probe.rows and (probe.stated or 0) - probe.rows >= MORE
        for probe, _, _ in seen
    )
    return False if many else None


def _dates(seen: Seen) -> bool | None:
    """Dates beside the results; None: there are dates, whatever they are."""
    if any(
        item.day or item.month_day
        for _, _, record in seen
        for one in record.lists
        for item in one.items
    ):
        return True
    return None if any(_DAY.search(record.text) for _, _, record in seen) else False


def _summary(seen: Seen) -> bool | None:
    """Words of the documents beside their titles, where there are enough results to tell."""
    probe, answer, record = max(seen, key=lambda one: one[0].rows)
    titles = sum(len(link.text) for link in answer.links)
    spare = (record.text_length - titles) / probe.rows
    if spare >= SAID:
        return True
    return False if spare < BARE and probe.rows >= FEW else None


def _nothing(pairs: Sequence[tuple[SearchProbe, Shown]]) -> bool | None:
    """Whether it is said that nothing was found."""
    for probe, answer in pairs:
        if probe.kind is ProbeKind.NONSENSE and probe.state is ProbeState.MISS and answer.good:
            return True if answer.none else None if answer.unseen else False
    return None


def _empty(pairs: Sequence[tuple[SearchProbe, Shown]]) -> bool | None:
    """Whether a query without words is answered."""
    for probe, _ in pairs:
        if probe.kind is ProbeKind.EMPTY:
            return {ProbeState.HIT: True, ProbeState.ERROR: False}.get(probe.state)
    return None


def _inner(found: Survey, entry: SearchEntry) -> bool | None:
    """Whether other pages than the home page show the search."""
    if entry.pages > 1:
        return True
    home = found.home_record
    others = [record for record in found.records.values() if record is not home]
    if entry.seen_pages < FEW or any(record.script_fills for record in others):
        return None
    return False
