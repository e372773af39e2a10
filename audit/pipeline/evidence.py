"""Completes evidence: when a cited address was fetched, the hash of its body, where that is kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from audit.model import Evidence, Fetch, Outcome, Purpose, Snapshot, Verdict
from audit.pipeline.judged import Judged

_PREFERRED = (Purpose.WALK, Purpose.RENDER, Purpose.LOOK, Purpose.CANARY)


class _Place(msgspec.Struct, frozen=True):
    at: str
    sha256: str
    archive: str


def completed(judged: Judged, snapshots: Iterable[Snapshot]) -> Judged:
    """The same judgement with `at`, `sha256` and `archive` filled in wherever they are known."""
    cited = [one for one in evidence_of(judged) if not (one.at and one.sha256 and one.archive)]
    wanted = {one.url for one in cited}
    hashes = {one.sha256 for one in cited if one.sha256}
    places: dict[str, _Place] = {}  # by address, and by the hash of a body
    for snapshot in snapshots:
        best = _best(snapshot, wanted).values()
        kept = snapshot.all_archived(hashes | {one.sha256 for one in best if one.sha256})
        for fetch in best:
            place = _Place(fetch.at, fetch.sha256, kept.get(fetch.sha256, ""))
            places.setdefault(fetch.url, place)
            places.setdefault(fetch.final_url, place)
        for sha256 in sorted(hashes - places.keys()):
            if sha256 in kept:
                places[sha256] = _Place("", sha256, kept[sha256])
    return _with(judged, lambda one: _filled(one, places))


def placed(judged: Judged, snapshots: Sequence[Snapshot]) -> Judged:
    """The same judgement with `archive` as it is now: pruning moves what findings cite."""
    hashes = {one.sha256 for one in evidence_of(judged) if one.archive}
    kept: dict[str, str] = {}
    for snapshot in snapshots[:1]:  # bodies are those of the whole store
        kept.update(snapshot.all_archived(hashes))
    if all(not e.archive or kept.get(e.sha256) == e.archive for e in evidence_of(judged)):
        return judged
    return _with(judged, lambda one: _moved(one, kept))


def evidence_of(judged: Judged) -> Iterator[Evidence]:
    """Everything that the verdicts of a judgement cite."""
    for outcomes in (*(site.outcomes for site in judged.sites), judged.estate):
        for outcome in outcomes:
            for verdict in outcome.verdicts:
                yield from verdict.evidence


def with_verdicts(judged: Judged, change: Callable[[Verdict], Verdict]) -> Judged:
    """The judgement with every verdict changed."""

    def changed(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
        return tuple(
            msgspec.structs.replace(
                outcome, verdicts=tuple(change(one) for one in outcome.verdicts)
            )
            for outcome in outcomes
        )

    return msgspec.structs.replace(
        judged,
        sites=tuple(
            msgspec.structs.replace(site, outcomes=changed(site.outcomes)) for site in judged.sites
        ),
        estate=changed(judged.estate),
        estate_by_site={site: changed(found) for site, found in judged.estate_by_site.items()},
    )


def _with(judged: Judged, change: Callable[[Evidence], Evidence]) -> Judged:
    """The judgement with every piece of evidence changed."""

    def changed(verdict: Verdict) -> Verdict:
        evidence = tuple(change(one) for one in verdict.evidence)
        return msgspec.structs.replace(verdict, evidence=evidence)

    return with_verdicts(judged, changed)


def _moved(one: Evidence, kept: Mapping[str, str]) -> Evidence:
    if not one.archive:
        return one
    return msgspec.structs.replace(one, archive=kept.get(one.sha256, ""))


def _best(snapshot: Snapshot, wanted: set[str]) -> dict[str, Fetch]:
    """For each wanted address the fetch that read it best: the walk before a mere look."""
    best: dict[str, Fetch] = {}
    for fetch in snapshot.fetches():
        if fetch.url not in wanted and fetch.final_url not in wanted:
            continue
        if fetch.purpose not in _PREFERRED:  # several queries have one address: their hash tells
            continue
        known = best.get(fetch.url)
        if known is None or _rank(fetch) < _rank(known):
            best[fetch.url] = fetch
    return best


def _rank(fetch: Fetch) -> tuple[int, int, int]:
    return (not fetch.at, _PREFERRED.index(fetch.purpose), -fetch.round)


def _filled(one: Evidence, places: dict[str, _Place]) -> Evidence:
    """The evidence with what its address tells; a body that it names is looked up by its hash."""
    place = places.get(one.url, _NOWHERE)
    body = places.get(one.sha256, place) if one.sha256 else place
    return Evidence(
        one.kind,
        one.url,
        one.quote,
        one.at or place.at,
        one.sha256 or body.sha256,
        one.archive or body.archive,
    )


_NOWHERE = _Place("", "", "")
