"""Trying the site's search: which form, what to ask next, and what the answers say of it."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from audit.model import (
    Column,
    FetchOutcome,
    Form,
    ProbeKind,
    ProbeState,
    Reason,
    Registers,
    SearchState,
)
from audit.model.search import Asking, SearchProbe, SearchTrial, asked
from audit.reading.rendered import LACKING
from audit.reading.site.answers import DEAD, Answer, reason_of
from audit.reading.site.queries import Entry, control, more_words, parts, queries
from audit.reading.site.results import Shown, rank_of, results, shown
from audit.reading.site.searching import search_pages
from audit.reading.site.survey import Survey
from audit.urls import key

OPENED = 2  # search pages that are opened for their form
SAME = 3  # queries whose answers must be one before the engine answers everything alike
SOUGHT = frozenset({ProbeKind.TITLE, ProbeKind.PART, ProbeKind.NUMBER})
_REAL = SOUGHT | {ProbeKind.CONTROL}
_TOLD = {ProbeState.HIT, ProbeState.MISS}
LACK = 3  # words without any result before a search is said to know whole headlines only
FORMS = {"get", "post"}


class Trial:
    """The trial of one site's search, as far as it went."""

    def __init__(self, found: Survey, columns: Sequence[Column], registers: Registers) -> None:
        """Read what was asked so far."""
        self._found = found
        self._columns = columns
        self._registers = registers
        self._opened = [(f, r) for f, r in found.probes if asked(f.url)[1] is None]
        answers = [a for f, r in found.probes if (a := shown(f, r)) is not None]
        typed = [answer for answer in answers if answer.asking.by_browser]
        seen = [answer for answer in typed if answer.fetch.looks]
        self._typed = bool(typed)
        self._answers = sorted(seen or [a for a in answers if a not in typed], key=_place)
        self._entry = self._chosen()
        self._box = self._boxed()
        if seen and self._box is not None:
            self._entry = self._box

    @property
    def box(self) -> Entry | None:
        """The box that a person would type into; None: no page that was read shows one."""
        return self._box

    def pairs(self) -> tuple[tuple[SearchProbe, Shown], ...]:
        """Every query with its answer."""
        return tuple(zip(self._probes(), self._answers, strict=True))

    def word(self) -> str:
        """An ordinary word that the search must know."""
        return control(self._columns)

    def next(self, *, external: bool, browser: bool = False) -> tuple[tuple[str, str], ...]:
        """Addresses to ask for next, each with the page that leads there; empty: nothing is left."""
        box = self._box
        sent = self._next_sent(external=external)
        if sent or not browser or self._typed or box is None or box.form.captcha:
            return sent
        came = self.verdict()
        if came.sure and came.reason is not Reason.NEEDS_BROWSER:
            return ()
        made = queries(self._found, self._columns, self._registers, box)
        return tuple((url, box.page) for url in made)

    def _next_sent(self, *, external: bool) -> tuple[tuple[str, str], ...]:
        entry = self._entry
        if entry is None:
            return () if self._answers else self._to_open(external=external)
        if entry.form.captcha or not (external or self._found.answers.is_own(entry.form.action)):
            return ()
        if not self._answers:
            made = queries(self._found, self._columns, self._registers, entry)
        else:
            made = self._further(entry)
        return tuple((url, entry.page) for url in made)

    def _further(self, entry: Entry) -> tuple[str, ...]:
        """Parts of headlines that were not found; more words where headlines are, and a word is not."""
        kinds = Counter(one.asking.kind for one in self._answers)
        if kinds[ProbeKind.PART] or kinds[ProbeKind.CONTROL] > 1:
            return ()
        missed = parts(entry, self._missed())
        states = {(probe.kind, probe.state) for probe in self._probes()}
        whole = (ProbeKind.TITLE, ProbeState.HIT) in states
        if not whole or (ProbeKind.CONTROL, ProbeState.MISS) not in states:
            return missed
        return (*missed, *more_words(entry, self._columns))

    def verdict(self) -> SearchTrial:
        """What came of it."""
        entry = self._entry
        if entry is None:
            return SearchTrial(SearchState.NOT_ASSESSED, self._why_no_form())
        probes = self._probes()
        made = SearchTrial(
            SearchState.NOT_ASSESSED,
            self._reason(entry, probes),
            entry.form.action,
            entry.page,
            entry.form.label,
            probes,
            self._is_alike(probes),
        )
        return _concluded(made, entry, self._answers)

    def _chosen(self) -> Entry | None:
        """The form to use: of the home page first, then the one that most pages show."""
        counts: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], tuple[int, Entry]] = {}
        home = self._found.home_record
        pages = [*self._found.records.values(), *(r for _, r in self._opened if r is not None)]
        for record in pages:
            for form in record.forms:
                if not _is_usable(form):
                    continue
                name = (form.action, form.query_field)
                counts[name] += 1
                entry = Entry(form, record.url, record.encoding)
                first.setdefault(name, (0 if record is home else 1, entry))
        best = min(
            first,
            key=lambda n: (first[n][1].form.captcha, first[n][0], -counts[n], n),
            default=None,
        )
        return first[best][1] if best is not None else None

    def _boxed(self) -> Entry | None:
        """The box that a person would type into: of the home page first."""
        home = self._found.home_record
        pages = [r for r in (home, *self._found.records.values()) if r is not None]
        pages += [record for _, record in self._opened if record is not None]
        for record in pages:
            for form in record.forms:
                if form.search:
                    return Entry(form, record.url, record.encoding, by_browser=True)
        return None

    def _to_open(self, *, external: bool) -> tuple[tuple[str, str], ...]:
        seen = {f.url for f, _ in self._opened}
        if len(seen) >= OPENED:
            return ()
        for url in search_pages(self._found):
            if url not in seen and (external or self._found.answers.is_own(url)):
                return ((url, self._found.home_url),)
        return ()

    def _why_no_form(self) -> Reason:
        for fetch, _ in self._opened:
            if fetch.outcome not in DEAD and fetch.outcome is not FetchOutcome.OK:
                return reason_of(fetch.outcome)
        return Reason.NEEDS_BROWSER

    def _missed(self) -> list[Asking]:
        return [
            answer.asking
            for answer, probe in zip(self._answers, self._probes(), strict=True)
            if probe.kind is ProbeKind.TITLE and probe.state is ProbeState.MISS
        ]

    def _plain(self) -> Counter[str]:
        """What stands on an answer whatever is asked: the page for nonsense, else the home page."""
        for answer in self._answers:
            if answer.asking.kind is ProbeKind.NONSENSE and answer.good:
                return answer.counts
        return self._of_home()

    def _of_home(self) -> Counter[str]:
        home = self._found.home_record
        return Counter(key(link.url) for link in (home.links if home else ()) if link.url)

    def _probes(self) -> tuple[SearchProbe, ...]:
        plain = self._plain()
        made = [self._probe(answer, plain) for answer in self._answers]
        static = any(
            probe.state is ProbeState.HIT or (answer.none and not answer.unseen)
            for probe, answer in zip(made, self._answers, strict=True)
            if probe.kind in SOUGHT or probe.kind is ProbeKind.CONTROL
        )
        hit = any(probe.kind in SOUGHT and probe.state is ProbeState.HIT for probe in made)
        return tuple(
            _open(p)
            if p.state in _TOLD and p.kind in _REAL and a.framed and not (hit or a.none)
            else self._settled(p, a, static=static)
            for p, a in zip(made, self._answers, strict=True)
        )

    def _probe(self, answer: Shown, plain: Counter[str]) -> SearchProbe:
        """One query by itself: hit, miss, or an answer that is none."""
        asking, fetch = answer.asking, answer.fetch
        made = SearchProbe(
            asking.kind, asking.query, ProbeState.NOT_ASSESSED, answer.url,
            title=asking.title, sought=asking.sought, stated=answer.stated,
            outcome=answer.outcome, status=fetch.status, ms=fetch.ms, at=fetch.at,
            sha256=fetch.sha256, via=fetch.via, error=fetch.error, posted=bool(asking.form),
            picture=fetch.picture,
        )  # fmt: skip
        if not answer.good:
            return _unanswered(made, answer, self._found)
        if asking.kind is ProbeKind.EMPTY:
            return msgspec.structs.replace(made, state=ProbeState.HIT)
        rows = results(answer, self._of_home() if asking.kind is ProbeKind.NONSENSE else plain)
        rank = rank_of(rows, asking.title, self._addresses(asking.sought))
        return msgspec.structs.replace(
            made, rank=rank, rows=len(rows), state=_state(answer, len(rows), rank)
        )

    def _settled(self, probe: SearchProbe, answer: Shown, *, static: bool) -> SearchProbe:
        """A miss stands where the engine is seen to answer by itself; else script may have more.

        Where the engine says that it found something and no result was seen, nothing is known.
        """
        if probe.state is not ProbeState.MISS or probe.kind is ProbeKind.NONSENSE:
            return probe
        if answer.stated and not probe.rows:
            return _open(probe)
        told = (
            answer.fetch.via != "http"
            or answer.none
            or probe.rows > 0
            or static
            or bool(answer.stated)
        )
        if told and not answer.unseen:
            return probe
        return _open(probe)

    def _addresses(self, sought: str) -> frozenset[str]:
        page = self._found.page(sought) if sought else None
        urls = {sought, page.url, page.final_url} if page is not None else {sought}
        return frozenset(key(url) for url in urls if url)

    def _is_alike(self, probes: Sequence[SearchProbe]) -> bool:
        """Whether words and nonsense are answered by one and the same list, or number of results.

        Frames, which were not opened, may hold other ones where nothing sought was found.
        """
        hit = any(p.kind in SOUGHT and p.state is ProbeState.HIT for p in probes)
        seen = [
            answer
            for answer in self._answers
            if answer.good
            and not (answer.unseen or answer.none)
            and (hit or not answer.framed)
            and answer.asking.kind is not ProbeKind.EMPTY
        ]
        if len(seen) < SAME or all(a.asking.kind is not ProbeKind.NONSENSE for a in seen):
            return False
        plain = self._of_home()
        lists = {frozenset(key(link.url) for link in results(a, plain)) for a in seen}
        stated = {answer.stated for answer in seen}
        same_list = len(lists) == 1 and bool(min(lists))
        return same_list or (len(stated) == 1 and bool(min(one or 0 for one in stated)))

    def _reason(self, entry: Entry, probes: Sequence[SearchProbe]) -> Reason | None:
        if entry.form.captcha:
            return Reason.CAPTCHA
        if not probes:
            return Reason.NOT_REGISTERED
        told = Counter(p.reason for p in probes if p.reason and p.kind is not ProbeKind.EMPTY)
        return max(sorted(told), key=lambda one: told[one], default=Reason.NEEDS_BROWSER)


def _place(answer: Shown) -> tuple[int, str, str]:
    asking = answer.asking
    return _ORDER[asking.kind], asking.title, asking.query


_ORDER = {kind: place for place, kind in enumerate(ProbeKind)}


def _is_usable(form: Form) -> bool:
    return (
        form.search
        and not form.by_script
        and bool(form.query_field)
        and form.method in FORMS
        and form.action.startswith(("http://", "https://"))
    )


def _state(answer: Shown, rows: int, rank: int | None) -> ProbeState:
    kind = answer.asking.kind
    if kind in SOUGHT:
        return ProbeState.MISS if rank is None else ProbeState.HIT
    if kind is ProbeKind.NONSENSE:
        return ProbeState.HIT if answer.stated else ProbeState.MISS
    return ProbeState.HIT if rows and not answer.none else ProbeState.MISS


def _unanswered(made: SearchProbe, answer: Shown, found: Survey) -> SearchProbe:
    """An error of the engine, or what kept us from trying it."""
    if answer.refused is not None:
        return msgspec.structs.replace(made, reason=answer.refused)
    given = Answer(answer.outcome, answer.fetch.status, answer.fetch.looks)
    doubt = found.answers.doubt(answer.url, given)
    if doubt is None and answer.outcome in DEAD:
        return msgspec.structs.replace(made, state=ProbeState.ERROR)
    return msgspec.structs.replace(made, reason=doubt or Reason.NEEDS_BROWSER)


def _concluded(made: SearchTrial, entry: Entry, answers: Sequence[Shown]) -> SearchTrial:
    """Usable when anything is found; unusable when every answer speaks against it."""
    real = [p for p in made.probes if p.kind in SOUGHT or p.kind is ProbeKind.CONTROL]
    states = {probe.state for probe in real}
    rendered = any(answer.fetch.via != "http" for answer in answers)
    lacking = any(answer.fetch.content_type == LACKING for answer in answers)
    sure = not lacking if rendered else not entry.form.watched  # what it asked for did not come
    replace = msgspec.structs.replace
    if made.alike:
        stated = any(p.kind is ProbeKind.NONSENSE and p.stated for p in made.probes)
        seen = stated or (rendered and not lacking)
        return replace(made, state=SearchState.UNUSABLE, reason=None, sure=seen)
    if ProbeState.HIT in states:
        if _is_whole_only(real) and (rendered or not entry.form.handled):
            return replace(made, state=SearchState.UNUSABLE, reason=None, sure=sure, whole=True)
        return replace(made, state=SearchState.USABLE, reason=None)
    if entry.form.handled and not rendered:
        probes = tuple(_blurred(probe) for probe in made.probes)
        return replace(made, reason=Reason.NEEDS_BROWSER, probes=probes)
    if len(real) > 1 and states <= {ProbeState.ERROR, ProbeState.MISS}:
        return replace(made, state=SearchState.UNUSABLE, reason=None, sure=sure)
    return made


def _is_whole_only(real: Sequence[SearchProbe]) -> bool:
    """Whether headlines are found by their every character, and no word in them ever is."""
    words = [probe.state for probe in real if probe.kind is ProbeKind.CONTROL]
    others = {probe.state for probe in real if probe.kind in {ProbeKind.PART, ProbeKind.NUMBER}}
    misses = words.count(ProbeState.MISS)
    return misses == len(words) >= LACK and ProbeState.HIT not in others


def _blurred(probe: SearchProbe) -> SearchProbe:
    """What script may have answered otherwise."""
    if probe.state not in {ProbeState.ERROR, ProbeState.MISS}:
        return probe
    return _open(probe)


def _open(probe: SearchProbe) -> SearchProbe:
    return msgspec.structs.replace(
        probe, state=ProbeState.NOT_ASSESSED, reason=Reason.NEEDS_BROWSER
    )
