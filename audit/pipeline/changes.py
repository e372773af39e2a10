"""What changed in a site's columns since its last good run."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from audit.config import saw_alike
from audit.errors import FactUnavailable
from audit.model import Column, PageKind, Reason
from audit.model.words import READ
from audit.pipeline.judged import Judged, JudgedSite
from audit.reading import Reading
from audit.store import RunRow, Store
from audit.urls import key


def with_changes(judged: Judged, store: Store, run: RunRow, readings: Sequence[Reading]) -> Judged:
    """The judgement with each site's new and vanished columns.

    Only two whole readings of a site by the same reader that looked at the same pages can be
    compared: without an earlier good run, in a quick or partial one, or when the walk did not end,
    nothing is said.
    """
    if run.partial or run.quick:
        return judged
    past = _past(store, run)
    read = {reading.card.id: reading for reading in readings}
    sites = tuple(
        _changed(site, past[site.card.id], read[site.card.id])
        if site.complete and site.card.id in past
        else site
        for site in judged.sites
    )
    return msgspec.structs.replace(judged, sites=sites)


def _past(store: Store, run: RunRow) -> dict[str, JudgedSite]:
    """Each site as the newest good run before this one judged it."""
    found: dict[str, JudgedSite] = {}
    wanted = set(run.sites)
    for earlier in earlier_good(store.runs(), run):
        alike = earlier.reader == run.reader and earlier.options == run.options
        if alike and wanted & set(earlier.sites):
            before = msgspec.msgpack.decode(store.judged(earlier.id), type=Judged)
            for site in before.sites:
                if site.card.id not in wanted or not (site.complete and site.columns):
                    continue
                if saw_alike(earlier.config, run.config, site.card.id):
                    found[site.card.id] = site
                    wanted.discard(site.card.id)
        if not wanted:
            break
    return found


def earlier_good(runs: Iterable[RunRow], run: RunRow) -> Iterable[RunRow]:
    """Whole, unsuspect runs before this one of the same mode, the newest first."""
    behind = False
    for one in runs:
        good = one.status == "complete" and not one.quick and not one.suspect
        if behind and good and one.mode == run.mode:
            yield one
        behind = behind or one.id == run.id


def by_last_good(store: Store, run: RunRow) -> Iterator[tuple[RunRow, Judged, tuple[str, ...]]]:
    """The last good runs before this one, each as it was judged, with the sites that it is the last of."""
    wanted = set(run.sites)
    for before in earlier_good(store.runs(), run):
        if sites := wanted & set(before.sites):
            wanted -= sites
            judged = msgspec.msgpack.decode(store.judged(before.id), type=Judged)
            yield before, judged, tuple(sorted(sites))
        if not wanted:
            return


def last_good(store: Store, run: RunRow) -> RunRow | None:
    """The run that this one is compared with; None: there is none.

    The newest good one that read every site of this run, or every site of its config: between two
    whole runs one of a single site stands for that site only. Else the newest with a site in common.
    """
    wanted = set(run.sites)
    shared = [one for one in earlier_good(store.runs(), run) if wanted & set(one.sites)]
    whole = (one for one in shared if not one.partial or wanted <= set(one.sites))
    return next(whole, next(iter(shared), None))


def _changed(site: JudgedSite, before: JudgedSite, reading: Reading) -> JudgedSite:
    known = {column.key: column for column in before.columns}
    present = {column.key: column for column in site.columns}
    new = tuple(name for name in present if name not in known)
    gone = [
        name
        for name, column in known.items()
        if column.unavailable is None and _is_missing(present.get(name))
    ]
    if gone:
        answering = _answering(reading)
        gone = [name for name in gone if name not in answering]
    return msgspec.structs.replace(
        site, new_columns=new, gone_columns=tuple(known[name] for name in sorted(gone))
    )


def _is_missing(column: Column | None) -> bool:
    return column is None or column.unavailable is Reason.NOTHING_FOUND


def _answering(reading: Reading) -> set[str]:
    """Keys of the pages that answer: a page that is there has not vanished, whatever it is now."""
    try:
        pages = reading.pages
    except FactUnavailable:
        return set()
    return {
        key(page.url) for page in pages if page.outcome in READ and page.kind is not PageKind.ERROR
    }
