"""A finding whose page moved keeps its identity: the same text at another address is the same fault."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence

import msgspec

from audit.api import finding_id
from audit.model import (
    Fetch,
    FetchOutcome,
    FindingState,
    PageRecord,
    Subject,
    SubjectKind,
)
from audit.pipeline.changes import by_last_good, earlier_good
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, JudgedSite, Moved
from audit.store import RunRow, SiteSnapshot, Store
from audit.text import document_number, document_numbers, normal_title, shingles
from audit.urls import key

TITLE = 6  # characters: shorter titles name no page
TEXT = 100  # characters: shorter texts are a template's
ALIKE = 0.95  # share of common shingles of near-identical texts
HEAD = 300  # characters of a text in which a document says its own number
MOST = 60  # findings of a kind whose texts are compared
MOVABLE = frozenset({SubjectKind.PAGE, SubjectKind.ITEM, SubjectKind.PAIR, SubjectKind.COLUMN})

Page = tuple[Fetch, PageRecord | None]
Mark = Callable[["_Met"], Hashable | None]


class _Met(msgspec.Struct, frozen=True):
    """A finding of one of the two runs, with what tells its page from others."""

    id: str
    fingerprint: str  # that its present address gives
    site: str
    check: str
    subject: Subject
    shelf: str  # name of its column
    page: PageRecord | None = None

    @property
    def group(self) -> Hashable:
        """Only findings of one group can be the same."""
        return self.site, self.check, self.subject.kind, self.subject.aspect


def with_moves(judged: Judged, store: Store, run: RunRow) -> Judged:
    """The judgement with the findings that an earlier run had at other addresses.

    Each site is held against the last good run that read it. What was once seen to have moved stays
    so, until its old address has the fault again.
    """
    newest = next(iter(earlier_good(store.runs(), run)), None)
    if newest is None:
        return judged
    own = {finding for _, _, _, finding in findings_of(judged)}
    moved = _judged(store, newest).moved
    judged = msgspec.structs.replace(judged, moved=_settled(moved, own))
    fresh: dict[str, Moved] = {}
    for before, past, names in by_last_good(store, run):
        sites = tuple(one for one in judged.sites if one.card.id in names)
        part = msgspec.structs.replace(judged, sites=sites)
        fresh |= _fresh_moves(part, past, store, (before, run))
    again = {one.id for one in fresh.values()}
    kept = {new: old for new, old in judged.moved.items() if old.id not in again}
    return msgspec.structs.replace(judged, moved=_settled({**kept, **fresh}, own))


def _settled(moved: Mapping[str, Moved], own: Collection[str]) -> Mapping[str, Moved]:
    """Without those whose old address has the fault again, and under its own name; `own`: fingerprints."""
    kept = {new: old for new, old in moved.items() if new != old.id}
    while True:
        bare = own - kept.keys()
        fewer = {new: old for new, old in kept.items() if old.id not in bare}
        if len(fewer) == len(kept):
            return kept
        kept = fewer


def _judged(store: Store, run: RunRow) -> Judged:
    return msgspec.msgpack.decode(store.judged(run.id), type=Judged)


def _fresh_moves(
    judged: Judged, past: Judged, store: Store, runs: tuple[RunRow, RunRow]
) -> Mapping[str, Moved]:
    new = {one.id: one for one in _met(judged)}
    old = {one.id: one for one in _met(past)}
    both = [one for one in old.keys() & new.keys() if _is_renamed(old[one], new[one])]
    fresh = [one for one in new if one not in old]
    known = store.past(runs[1].id, fresh)
    fresh = [one for one in fresh if one not in known or known[one].state is FindingState.NEW]
    appeared = [new[one] for one in sorted((*fresh, *both))]
    groups = {one.group for one in appeared}
    gone = [old[one] for one in sorted({*both, *(old.keys() - new.keys())})]
    gone = [one for one in gone if one.group in groups]
    standing = {*both, *judged.passed()}
    found: dict[str, Moved] = {}
    for site in judged.sites:
        olds = [one for one in gone if one.site == site.card.id]
        news = [one for one in appeared if one.site == site.card.id]
        if olds and news:
            snapshots = [store.snapshot(one.id, site.card.id) for one in runs]
            found |= _of_site(olds, news, snapshots, standing, site)
    return found


def _of_site(
    gone: Sequence[_Met],
    appeared: Sequence[_Met],
    snapshots: Sequence[SiteSnapshot],
    standing: Collection[str],
    site: JudgedSite,
) -> Mapping[str, Moved]:
    """One site's moves: the surest sign first, and nothing that two could claim.

    `standing`: ids of those whose old address answers and was judged; another text must be there now.
    """
    before, now = snapshots
    olds = [one.subject.url for one in gone]
    today = now.pages_at([*olds, *(one.subject.url for one in appeared)])
    gone = [*_with_pages(gone, before.pages_at(olds))]
    columns = {one.key: " › ".join(one.path) or one.name for one in site.columns}
    gone = [
        one for one in gone
        if _is_replaced(one, today.get(one.subject.url), columns)
        or (one.id not in standing and _is_gone(today.get(one.subject.url), one, complete=site.complete))
    ]  # fmt: skip
    appeared = [*_with_pages(appeared, today)]
    targets = {url: _leads_on(page[0]) for url, page in today.items()}
    signs: tuple[tuple[Mark, Mark], ...] = (
        (lambda one: targets.get(one.subject.url), lambda one: key(one.subject.url)),
        (_policy, _policy),
        (_number, _number),
        (_title, _title),
    )
    found: dict[str, Moved] = {}
    for of_old, of_new in signs:
        found |= _paired(gone, appeared, of_old, of_new, found)
    return {**found, **_by_text(gone, appeared, found)}


def _met(judged: Judged) -> Iterator[_Met]:
    """The findings of a run that are about an address."""
    shelves = {
        (site.card.id, column.key): " › ".join(column.path) or column.name
        for site in judged.sites
        for column in site.columns
    }
    for site, check, verdict, finding in findings_of(judged):
        subject = verdict.subject
        if subject.kind in MOVABLE:
            shelf = shelves.get((site, subject.column), subject.column)
            yield _Met(finding, finding_id(check, site, subject), site, check, subject, shelf)


def _with_pages(found: Iterable[_Met], pages: Mapping[str, Page]) -> Iterator[_Met]:
    for one in found:
        page = pages.get(one.subject.url)
        yield msgspec.structs.replace(one, page=page[1] if page else None)


def _is_gone(page: Page | None, one: _Met, *, complete: bool) -> bool:
    """Whether the old address has no page of its own any more; not asked for proves it in a whole walk."""
    if one.subject.kind is SubjectKind.PAIR:
        return True
    if page is None:
        return complete
    fetch, record = page
    refused = fetch.outcome is FetchOutcome.HTTP_4XX  # a time-out proves nothing
    return refused or bool(_leads_on(fetch)) or bool(record and record.vanished)


def _leads_on(fetch: Fetch) -> str:
    """The key of the address that an address leads to; empty: it leads nowhere else."""
    there = key(fetch.final_url or fetch.url)
    return "" if there == key(fetch.url) else there


def _is_renamed(old: _Met, new: _Met) -> bool:
    """Whether an address that has the fault as before is called otherwise now."""
    pair = old.subject.kind is SubjectKind.PAIR
    return not pair and normal_title(old.subject.label) != normal_title(new.subject.label)


def _is_replaced(one: _Met, now: Page | None, columns: Mapping[str, str]) -> bool:
    """Whether another text, or a column of another name, is at the old address now."""
    if one.subject.kind is SubjectKind.COLUMN:
        name = columns.get(one.subject.key, one.subject.label)
        return normal_title(name) != normal_title(one.subject.label)
    there = now[1] if now else None
    if one.subject.kind is SubjectKind.PAIR or one.page is None or there is None:
        return False
    titles = {normal_title(page.headline or page.title) for page in (one.page, there)}
    if len(titles) == 1 or "" in titles:
        return False
    return _share(shingles(one.page.text), shingles(there.text)) < ALIKE


def _paired(
    gone: Sequence[_Met],
    appeared: Sequence[_Met],
    of_old: Mark,
    of_new: Mark,
    found: Mapping[str, Moved],
) -> Mapping[str, Moved]:
    """Those that one old and one new finding, and no third one, have in common."""
    taken = {one.id for one in found.values()}
    old = _unique((one for one in gone if one.id not in taken), of_old)
    new = _unique((one for one in appeared if one.fingerprint not in found), of_new)
    return {
        new[mark].fingerprint: Moved(old[mark].id, old[mark].subject.url)
        for mark in old.keys() & new.keys()
    }


def _unique(found: Iterable[_Met], mark: Mark) -> dict[Hashable, _Met]:
    held: dict[Hashable, list[_Met]] = {}
    for one in found:
        said = mark(one)
        if said:
            held.setdefault((one.group, said), []).append(one)
    return {said: ones[0] for said, ones in held.items() if len(ones) == 1}


def _policy(one: _Met) -> str | None:
    """Of a pair the policy: its interpretation may have moved alone."""
    return key(one.subject.url) if one.subject.kind is SubjectKind.PAIR else None


def _number(one: _Met) -> str | None:
    """The document's own number: in its title, or the only one at the head of its text."""
    if one.subject.kind is SubjectKind.COLUMN:
        return None
    said = document_number(one.subject.label)
    if said or one.page is None:
        return said
    numbers = document_numbers(one.page.text[:HEAD])
    return numbers[0] if len(numbers) == 1 else None


def _title(one: _Met) -> tuple[str, str] | None:
    """The title within its column; a column is named by its path."""
    said = normal_title(one.subject.label)
    if one.subject.kind is SubjectKind.COLUMN:
        return said, ""
    return (said, one.shelf) if len(said) >= TITLE else None


def _by_text(
    gone: Sequence[_Met], appeared: Sequence[_Met], found: Mapping[str, Moved]
) -> Mapping[str, Moved]:
    """Pages whose texts are nearly identical, where only one is so like."""
    taken = {one.id for one in found.values()}
    old = [(one, _words(one)) for one in gone if one.id not in taken and _has_text(one)]
    new = [
        (one, _words(one)) for one in appeared if one.fingerprint not in found and _has_text(one)
    ]
    if len(old) > MOST or len(new) > MOST:
        return {}
    alike = [
        (before, after)
        for before, said in old
        for after, says in new
        if before.group == after.group and _share(said, says) >= ALIKE
    ]
    olds = [before.id for before, _ in alike]
    news = [after.id for _, after in alike]
    return {
        after.fingerprint: Moved(before.id, before.subject.url)
        for before, after in alike
        if olds.count(before.id) == 1 and news.count(after.id) == 1
    }


def _has_text(one: _Met) -> bool:
    pages = one.subject.kind in {SubjectKind.PAGE, SubjectKind.ITEM}
    return pages and one.page is not None and one.page.text_length >= TEXT


def _words(one: _Met) -> frozenset[str]:
    return shingles(one.page.text) if one.page else frozenset()


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    small, large = sorted((len(one), len(other)))
    if not small or small < ALIKE * large:
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)
