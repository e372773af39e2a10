"""One pass over a snapshot: answers, digests, links and footers of the whole site."""

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from audit.model import Fetch, FetchOutcome, PageRecord, Purpose, Registers, Snapshot
from audit.model.wire import ASIDE
from audit.model.words import READ
from audit.reading.classify import classify
from audit.reading.site.answers import ALIVE, MAX_STEPS, Answers
from audit.reading.site.digest import Digest, digest_of
from audit.reading.site.hiding import Hiding
from audit.reading.site.idling import Idling
from audit.reading.site.lessons import Lessons, learn
from audit.reading.site.mixing import Mixing
from audit.reading.site.proofing import Proofing
from audit.reading.site.standing import Standing
from audit.reading.site.targets import Targets
from audit.urls import host_port, key, without_visit_ids

FOOTERS = 200  # distinct footers kept
GATE_LINKS = 12  # a home page with more links to own pages shows its menu itself
SAMPLES = 3  # pages kept whole beside the home page, of each depth
LESSON_SHARE = 0.5  # of the pages: an answer that most pages give is the site's shell


class Totals(msgspec.Struct, frozen=True):
    """How many pages were asked for and read, and what became of the rest."""

    fetched: (
        int  # a request was sent; pages beyond a budget or closed by robots.txt are not counted
    )
    assessed: int
    not_assessed: Mapping[str, int]


class Footer(msgspec.Struct):
    """One wording of the footer."""

    url: str  # the first page that shows it
    pages: int


class Survey(msgspec.Struct):
    """What one pass over the site gathered."""

    home_url: str
    answers: Answers
    targets: Targets
    digests: dict[str, Digest]
    records: dict[str, PageRecord]  # the home page and a few others, whole
    gates: dict[str, None]  # addresses that a home page with hardly any link leads to
    footers: dict[str, Footer]
    footless: int  # pages without any footer
    totals: Totals
    standing: Standing
    hiding: Hiding
    idling: Idling
    proofing: Proofing
    mixing: Mixing
    probes: tuple[tuple[Fetch, PageRecord | None], ...] = ()  # answers of the search
    rendered: dict[str, None] = {}  # addresses of `records` that the browser brought

    def page(self, url: str) -> Digest | None:
        """The page that answers at an address, refreshes seen through; None: none that was read."""
        found = self._at(url)
        for _ in range(MAX_STEPS):
            if found is None or not found.leads:
                return found
            found = self._at(found.leads)
        return None

    def sends_on(self, url: str) -> bool:
        """Whether the page at an address is nothing but a redirect, by refresh or by script."""
        found = self._at(url)
        return found is not None and bool(found.leads)

    def _at(self, url: str) -> Digest | None:
        found = self.digests.get(url) or self.digests.get(without_visit_ids(url))
        if found is None:
            return None
        return self.digests.get(found.final_url, found)

    @property
    def home(self) -> Digest | None:
        """The home page, if it could be read."""
        found = self.page(self.home_url)
        return found if found is not None and found.outcome in ALIVE else None

    @property
    def home_record(self) -> PageRecord | None:
        """The whole record of the home page."""
        found = self.home
        if found is None:
            return None
        return self.records.get(found.url) or self.records.get(self.home_url)

    @property
    def waits(self) -> bool:
        """Whether script fills the home page, which lists nothing: its entries were not seen."""
        home = self.home_record
        return home is not None and home.script_fills and not home.lists

    @property
    def fronts(self) -> tuple[PageRecord, ...]:
        """The records of the home page and, where it is a gate, of the pages that it leads to."""
        home = self.home_record
        pages = [self.page(url) for url in self.gates]
        behind = [self.records[p.url] for p in pages if p is not None and p.url in self.records]
        kept = {record.url: record for record in ([home] if home is not None else []) + behind}
        return tuple(kept.values())

    def readable(self) -> Iterator[Digest]:
        """Every page that was read and has content of its own, in URL order."""
        for digest in self.digests.values():
            if digest.outcome in ALIVE and not digest.leads:
                yield digest


def survey(snapshot: Snapshot, registers: Registers) -> Survey:
    """Read the whole snapshot once."""
    card = registers.site
    hosts = {*card.own_hosts, host_port(card.home)}
    answers = Answers(hosts, host_port(card.home), card.folders)
    made = _Gatherer(
        Survey(
            card.home,
            answers,
            Targets(answers, card.home),
            {},
            {},
            {},
            {},
            0,
            Totals(0, 0, {}),
            Standing(),
            Hiding(),
            Idling(),
            Proofing(),
            Mixing(),
            tuple(snapshot.probes()),
        ),
        learn(snapshot.canaries(), _home(snapshot, card.home)),
    )
    for fetch, record in _paired(snapshot):
        made.take(fetch, record)
    return made.finish()


def survey_again(known: Survey, snapshot: Snapshot) -> Survey:
    """The survey of the same pages after more looks and searches: no page is read twice."""
    answers = known.answers.afresh()
    for fetch in snapshot.fetches():
        if fetch.purpose in ASIDE:
            continue
        page = known.digests.get(fetch.url) if fetch.purpose is not Purpose.LOOK else None
        answers.add(fetch, page.outcome if page is not None else classify(fetch, None))
    return msgspec.structs.replace(
        known,
        answers=answers,
        targets=known.targets.with_answers(answers),
        probes=tuple(snapshot.probes()),
    )


class _Gatherer:
    """Takes fetches one by one."""

    def __init__(self, found: Survey, lessons: Lessons) -> None:
        self._found = found
        self._lessons = lessons
        found.targets.sends_home = lessons.sends_home
        self._home = key(found.home_url)
        self._kept: Counter[int] = Counter()
        self._outcomes: Counter[FetchOutcome] = Counter()
        self._soft: list[str] = []
        self._asked = 0  # pages for which at least one request was sent

    def take(self, fetch: Fetch, record: PageRecord | None) -> None:
        if fetch.purpose in ASIDE:
            return
        outcome = classify(fetch, record)
        if fetch.depth == 0 and fetch.purpose is Purpose.WALK and self._home == key(fetch.url):
            self._found.home_url = fetch.url
        if fetch.purpose is Purpose.LOOK or record is None:
            self._found.answers.add(fetch, outcome)
            if fetch.purpose is not Purpose.LOOK:
                self._outcomes[outcome] += 1
                self._asked += fetch.looks > 0
            return
        if outcome in READ and self._lessons.matches(fetch, record):
            outcome = FetchOutcome.SOFT_404
            self._soft.append(fetch.url)
        self._found.answers.add(fetch, outcome)
        if fetch.url in self._found.digests:
            return  # the same page again: the browser's came first
        self._outcomes[outcome] += 1
        self._asked += fetch.looks > 0
        self._digest(fetch, record, outcome)

    def _digest(self, fetch: Fetch, record: PageRecord, outcome: FetchOutcome) -> None:
        found = self._found
        digest = digest_of(fetch, record, outcome)
        found.digests[fetch.url] = digest
        if outcome not in ALIVE and outcome is not FetchOutcome.NEEDS_BROWSER:
            return
        if record.refresh:
            found.answers.leads(fetch.url, record.refresh)
            return
        if self._alias(fetch):
            return  # a redirect to a page that is read under its own address
        depth = 0 if fetch.url in found.gates else fetch.depth  # behind a gate is the home page
        found.targets.add(record, fetch.url, depth)
        found.standing.learn(record)
        found.hiding.add(record, fetch)
        found.idling.add(record, fetch)
        found.proofing.add(record, fetch)
        found.mixing.add(record, fetch)
        self._keep(fetch, record)
        footer = record.footer
        if not footer:
            found.footless += 1
        elif footer in found.footers:
            found.footers[footer].pages += 1
        elif len(found.footers) < FOOTERS:
            found.footers[footer] = Footer(fetch.url, 1)

    def _alias(self, fetch: Fetch) -> bool:
        final = fetch.final_url
        return bool(final) and final != fetch.url and final in self._found.digests

    def _keep(self, fetch: Fetch, record: PageRecord) -> None:
        """The home page and a few others whole: what they say about the site is read later."""
        near = self._is_home(fetch) or fetch.depth == 0 or fetch.url in self._found.gates
        if self._is_home(fetch):
            self._found.gates.update(_gates(record, self._found.answers))
        if near or self._kept[min(fetch.depth, 2)] < SAMPLES:
            self._found.records[fetch.url] = record
            if fetch.via == "browser":
                self._found.rendered[fetch.url] = None
            self._kept[min(fetch.depth, 2)] += not near

    def _is_home(self, fetch: Fetch) -> bool:
        return self._home in {key(fetch.url), key(fetch.final_url or fetch.url)}

    def finish(self) -> Survey:
        found = self._found
        if len(self._soft) > LESSON_SHARE * max(1, self._outcomes[FetchOutcome.OK]):
            self._unlearn()
        assessed = sum(self._outcomes[outcome] for outcome in READ)
        rest = {
            str(outcome): count
            for outcome, count in sorted(self._outcomes.items())
            if outcome not in READ
        }
        found.totals = Totals(self._asked, assessed, rest)
        return found

    def _unlearn(self) -> None:
        """Most pages look like the not-found answer: it is a shell, and teaches nothing."""
        for url in self._soft:
            self._found.digests[url].outcome = FetchOutcome.OK
            self._found.answers.mend(url, FetchOutcome.OK)
        self._outcomes[FetchOutcome.OK] += len(self._soft)
        del self._outcomes[FetchOutcome.SOFT_404]


def _gates(record: PageRecord, answers: Answers) -> dict[str, None]:
    """The own pages that a page leads to when it is no more than a gate; empty: it is more."""
    links = {link.url: None for link in record.links if link.url and answers.is_own(link.url)}
    frames = {url: None for url in record.frames if answers.is_own(url)}
    return {**links, **frames} if len(links) <= GATE_LINKS else frames


def _paired(snapshot: Snapshot) -> Iterator[tuple[Fetch, PageRecord | None]]:
    """Every fetch with its record: both streams run in the same order."""
    pages = snapshot.pages()
    following = next(pages, None)
    for fetch in snapshot.fetches():
        if following is not None and _place(following[0]) == _place(fetch):
            yield fetch, following[1]
            following = next(pages, None)
        else:
            yield fetch, None


def _place(fetch: Fetch) -> tuple[str, Purpose, int]:
    return fetch.url, fetch.purpose, fetch.round


def _home(snapshot: Snapshot, home: str) -> tuple[Fetch, PageRecord] | None:
    """The home page, which usually is the first in URL order."""
    if not any(fetch.outcome in READ for fetch, _ in snapshot.canaries()):
        return None
    wanted = key(home)
    for fetch, record in snapshot.pages():
        if wanted == key(fetch.url) and fetch.depth == 0:
            return fetch, record
    return None
