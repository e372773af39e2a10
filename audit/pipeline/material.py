"""What formats are given beside the report: names for people, and the two long tables, streamed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from audit.model import Fetch, PageCard, Purpose, Snapshot
from audit.model.wire import ASIDE
from audit.pipeline.comparing import Compared
from audit.pipeline.compose import Wording
from audit.pipeline.waivers import waiver_lines
from audit.reading import Reading
from audit.report import (
    CheckCard,
    Finding,
    ItemCard,
    LinkExample,
    LinkLine,
    PageLine,
    Report,
    WaiverLine,
)


class RunMaterial:
    """Implements `report.Material` on stored snapshots."""

    def __init__(
        self,
        wording: Wording,
        readings: Sequence[Reading],
        snapshots: Mapping[str, Snapshot],
        report: Report,
        change: Compared | None = None,
        body: Callable[[str], bytes | None] | None = None,
    ) -> None:
        """Hold what the tables are made of; nothing is read before it is asked for."""
        self._wording = wording
        self._readings = readings
        self._snapshots = snapshots
        self._report = report
        self._change = change
        self._body = body

    @property
    def language(self) -> str:
        """`zh` or `en`."""
        return self._wording.language

    @property
    def checks(self) -> Mapping[str, CheckCard]:
        """Every check by id."""
        return self._checks

    @cached_property
    def _checks(self) -> Mapping[str, CheckCard]:
        say = self.language
        return {
            check.id: CheckCard(
                check.id,
                check.texts.title.say(say),
                check.texts.failure_title.say(say),
                tuple(f"{basis.document} {basis.clause}" for basis in check.basis),
                all(basis.verified for basis in check.basis),
            )
            for check in self._wording.checks.values()
        }

    @property
    def items(self) -> Mapping[str, ItemCard]:
        """Every item and veto of the rulebook by id."""
        return self._items

    @cached_property
    def _items(self) -> Mapping[str, ItemCard]:
        return self._wording.rulebook.cards(self.language)

    @property
    def rulebook_name(self) -> str:
        """The rulebook's name for people."""
        return self._wording.rulebook.name.say(self.language)

    @property
    def units(self) -> Mapping[str, str]:
        """Names of units by id; a site without unit stands for one."""
        return self._units

    @cached_property
    def _units(self) -> Mapping[str, str]:
        tables = self._wording.config.tables
        return {site.id: site.name for site in tables.sites} | {
            unit.id: unit.name for unit in tables.units
        }

    @property
    def earlier(self) -> Mapping[str, Finding]:
        """The findings of the run that this one is compared with, by id, as that run said them."""
        return self._change.old.findings if self._change else {}

    @property
    def waivers(self) -> tuple[WaiverLine, ...]:
        """Every waiver of the config, in its order."""
        return tuple(waiver_lines(self._report, self._wording.config))

    def picture(self, sha256: str) -> bytes | None:
        """A picture that evidence names; None: it is not kept."""
        return self._body(sha256) if self._body else None

    def pages(self) -> Iterator[PageLine]:
        """The lines of pages.jsonl."""
        for reading in sorted(self._readings, key=lambda one: one.card.id):
            site = reading.card.id
            cards = {} if reading.unavailable else {card.url: card for card in reading.pages}
            links = _links_from(reading)
            for fetch in _one_per_url(self._snapshots[site]):
                yield _page_line(site, fetch, cards.get(fetch.url), links.get(fetch.url, 0))

    def links(self) -> Iterator[LinkLine]:
        """The lines of links.jsonl."""
        for reading in sorted(self._readings, key=lambda one: one.card.id):
            if reading.unavailable:
                continue
            for target in reading.links:
                for place in sorted(target.places, key=lambda one: one.region):
                    yield LinkLine(
                        reading.card.id,
                        target.url,
                        place.region.value,
                        str(target.outcome or ""),
                        target.status,
                        target.looks,
                        place.pages,
                        tuple(LinkExample(one.page, one.text) for one in place.examples),
                    )


def _links_from(reading: Reading) -> dict[str, int]:
    if reading.unavailable:
        return {}
    return {target.url: target.pages for target in reading.links}


def _one_per_url(snapshot: Snapshot) -> Iterator[Fetch]:
    """One fetch an address: the walk's, else the last look."""
    last: Fetch | None = None
    for fetch in snapshot.fetches():
        if fetch.purpose in ASIDE:
            continue
        if fetch.purpose is Purpose.RENDER and not fetch.sha256:
            continue  # the page as it came over the wire follows
        if last is not None and last.url != fetch.url:
            yield last
            last = None
        if last is None or last.purpose is Purpose.LOOK:
            last = fetch
    if last is not None:
        yield last


def _page_line(site: str, fetch: Fetch, card: PageCard | None, links: int) -> PageLine:
    return PageLine(
        site=site,
        url=fetch.url,
        final_url=fetch.final_url or fetch.url,
        outcome=str(card.outcome if card else fetch.outcome),
        status=fetch.status,
        via=fetch.via,
        charset=card.encoding if card else "",
        title=card.title if card else "",
        kind=card.kind.value if card else "",
        published=card.published if card else None,
        published_source=card.published_source if card else None,
        published_confidence=round(card.published_confidence, 2) if card else 0.0,
        column=card.column if card else "",
        sha256=fetch.sha256,
        bytes=fetch.body_bytes,
        ms=fetch.ms,
        depth=fetch.depth,
        flags=tuple(sorted({str(flag) for flag in (*fetch.flags, *(card.flags if card else ()))})),
        links_from=links,
    )
