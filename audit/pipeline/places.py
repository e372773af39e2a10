"""A fault that stands on many pages is named by the first of them; when another page is first, it is the same fault."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from audit.api import finding_id
from audit.model import FindingState, SubjectKind
from audit.model.words import READ
from audit.pipeline.changes import by_last_good
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, Moved, Within
from audit.reading import Reading
from audit.store import RunRow, Store

PAGES = "pages"  # the value of a verdict that tells on how many pages it stands


class _Shared(msgspec.Struct, frozen=True):
    """A finding that one page names for all that show the same."""

    id: str
    fingerprint: str  # that its page gives
    site: str
    check: str
    url: str
    pages: int
    parts: frozenset[str]  # what is shown, line by line


def with_places(judged: Judged, store: Store, run: RunRow, readings: Sequence[Reading]) -> Judged:
    """The judgement with the findings that an earlier run named by other pages."""
    shared = tuple(_shared(judged))
    if not shared:
        return judged
    known = store.past(run.id, [one.id for one in shared])
    fresh = {
        one.id for one in shared
        if one.id not in known or known[one.id].state is not FindingState.OPEN
    }  # fmt: skip
    read = {one.card.id: one for one in readings}
    for _, past, sites in by_last_good(store, run):
        for site in sites:
            own = [one for one in shared if one.site == site]
            if own:
                judged = _Month(judged, past, own, fresh, read[site]).joined()
    return judged


class _Month:
    """One site of a run against its last good run."""

    def __init__(
        self,
        judged: Judged,
        past: Judged,
        now: Sequence[_Shared],
        fresh: Collection[str],
        reading: Reading,
    ) -> None:
        """`now`: what is shared today; `fresh`: ids of those that history does not call open."""
        self._judged, self._past, self._now, self._reading = judged, past, now, reading
        site, checks = reading.card.id, {one.check for one in now}
        before = {one for name, _, _, one in findings_of(past) if name == site}
        self._found = {one for name, _, _, one in findings_of(judged) if name == site}
        self._passed = {
            fingerprint
            for one in judged.sites
            for said in one.outcomes
            if one.card.id == site and said.check in checks
            for fingerprint in said.passed
        }
        self._fresh = [one for one in now if one.id in fresh and one.id not in before]
        self._old = [one for one in _shared(past) if one.site == site and self._goes_on(one)]

    def joined(self) -> Judged:
        """The judgement with what is the same by another name, part of another, or within another."""
        gone = [one for one in self._old if one.id not in self._found]
        names = _matched(self._fresh, gone)
        prints = {one.id: one.fingerprint for one in self._fresh}
        moved = {prints[new]: Moved(old, "") for new, old in names.items()}
        rest = [one for one in self._fresh if one.id not in names]
        left = [one for one in gone if one.id not in names.values()]
        parted = {new.id: old.id for new, old in _met(rest, self._old)}
        merged = {
            old.id: Within(
                names.get(new.id, new.id), tuple(sorted(old.parts & new.parts)), old.site
            )
            for new, old in _met(self._now, left)
        }
        judged = self._judged
        return msgspec.structs.replace(
            judged,
            moved={**judged.moved, **moved},
            parted={**judged.parted, **self._still_parted(names), **parted},
            merged={**judged.merged, **self._still_within(names), **merged},
        )

    def _goes_on(self, old: _Shared) -> bool:
        """Whether it stood on more pages than its own, or still stands there behind another one."""
        if old.pages > 1:
            return True
        page = self._reading.survey.page(old.url)
        return page is not None and page.outcome in READ and old.fingerprint not in self._passed

    def _still_parted(self, names: Mapping[str, str]) -> dict[str, str]:
        own = {one.id for one in self._now} - names.keys()
        return {new: old for new, old in self._past.parted.items() if new in own}

    def _still_within(self, names: Mapping[str, str]) -> dict[str, Within]:
        """What stood within another finding at the earlier run, and does yet or was not looked at."""
        site = self._reading.card.id
        before = {old: one for old, one in self._past.merged.items() if one.site == site}
        if not before:
            return {}
        own = {names.get(one.id, one.id): one for one in self._now}
        passed = self._judged.passed()

        def lasts(within: Within) -> bool:
            holder = own.get(within.id)
            if holder is None:
                return within.id not in passed
            return not holder.parts.isdisjoint(within.parts)

        return {
            old: within for old, within in before.items()
            if old not in self._found and old not in names.values() and lasts(within)
        }  # fmt: skip


def _shared(judged: Judged) -> Iterator[_Shared]:
    """The findings of pages that say on how many pages they stand."""
    for site, check, verdict, finding in findings_of(judged):
        pages = verdict.values.get(PAGES)
        if verdict.subject.kind is not SubjectKind.PAGE or not isinstance(pages, int):
            continue
        parts = frozenset(
            line for one in verdict.evidence for line in one.quote.split("\n") if line
        )
        fingerprint = finding_id(check, site, verdict.subject)
        yield _Shared(finding, fingerprint, site, check, verdict.subject.url, pages, parts)


def _met(now: Iterable[_Shared], old: Iterable[_Shared]) -> Iterator[tuple[_Shared, _Shared]]:
    """Those of today with those of before that show something of the same."""
    shown: dict[tuple[str, str], list[_Shared]] = {}
    for one in old:
        for part in one.parts:
            shown.setdefault((one.check, part), []).append(one)
    for one in now:
        found = {each.id: each for part in one.parts for each in shown.get((one.check, part), ())}
        yield from ((one, found[each]) for each in sorted(found))


def _matched(now: Iterable[_Shared], gone: Iterable[_Shared]) -> dict[str, str]:
    """Today's ids with those of before, one to one; who share most first."""
    pairs = sorted(
        _met(now, gone), key=lambda two: (-len(two[0].parts & two[1].parts), two[0].url, two[1].url)
    )
    found: dict[str, str] = {}
    for new, old in pairs:
        if new.id not in found and old.id not in found.values():
            found[new.id] = old.id
    return found
