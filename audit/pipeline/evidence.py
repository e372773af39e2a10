"""Completes evidence: when a cited address was fetched, the hash of its body, where that is kept."""

from collections.abc import Iterable

import msgspec

from audit.model import Evidence, Fetch, Outcome, Purpose, Snapshot
from audit.pipeline.judged import Judged

_PREFERRED = (Purpose.WALK, Purpose.RENDER, Purpose.LOOK, Purpose.CANARY)


class _Place(msgspec.Struct, frozen=True):
    at: str
    sha256: str
    archive: str


def completed(judged: Judged, snapshots: Iterable[Snapshot]) -> Judged:
    """The same judgement with `at`, `sha256` and `archive` filled in wherever they are known."""
    cited = [
        one
        for outcomes in (*(site.outcomes for site in judged.sites), judged.estate)
        for outcome in outcomes
        for verdict in outcome.verdicts
        for one in verdict.evidence
        if not (one.at and one.sha256 and one.archive)
    ]
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
    return msgspec.structs.replace(
        judged,
        sites=tuple(
            msgspec.structs.replace(site, outcomes=_outcomes(site.outcomes, places))
            for site in judged.sites
        ),
        estate=_outcomes(judged.estate, places),
        estate_by_site={
            site: _outcomes(outcomes, places) for site, outcomes in judged.estate_by_site.items()
        },
    )


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


def _outcomes(outcomes: Iterable[Outcome], places: dict[str, _Place]) -> tuple[Outcome, ...]:
    return tuple(
        msgspec.structs.replace(
            outcome,
            verdicts=tuple(
                msgspec.structs.replace(
                    verdict, evidence=tuple(_filled(one, places) for one in verdict.evidence)
                )
                for verdict in outcome.verdicts
            ),
        )
        for outcome in outcomes
    )


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
