"""Whether a run is like those before it: one that read far less proves nothing (peers.md, thin crawls)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import islice
from statistics import median

import msgspec

from audit.pipeline.judged import Judged
from audit.store import RunRow, Store

RUNS = 5  # earlier runs that are looked at, suspect ones too: a site that shrank for good is believed in time
LEAST = 3  # fewer tell nothing of what is usual
PAGES = 20  # a site with fewer pages varies too much
SHARE = 0.7  # of the usual number of pages; Spidermon's example alerts below 0.9 of the mean
WORSE = 0.3  # more of the pages than usual could not be assessed
SLOWER = 3  # times as long as usual
LONGER = 600.0  # seconds more than usual; less proves nothing
RESUMED = 60.0  # seconds from a run's start: who takes it up later cannot tell how long it took


class _Card(msgspec.Struct):
    id: str


class _Counts(msgspec.Struct):
    card: _Card
    fetched: int
    not_assessed: dict[str, int]


class _Past(msgspec.Struct):
    """The few fields of a stored judgement that are looked at."""

    sites: tuple[_Counts, ...]


def suspicions(store: Store, run: RunRow, judged: Judged) -> tuple[str, ...]:
    """What makes a run suspect, a sentence each; a quick run is compared with nothing."""
    if run.quick:
        return ()
    past = _past(store, run)
    found: list[str] = []
    for site in judged.sites:
        before = past.get(site.card.id, [])
        if len(before) < LEAST:
            continue
        usual = median(one.fetched for one in before)
        if usual >= PAGES and site.fetched < SHARE * usual:
            found.append(
                f"{site.card.name}：读到 {site.fetched} 页，近几次的中位数是 {usual:.0f} 页"
            )
        share = _unassessed(site.fetched, site.not_assessed)
        if share - median(_unassessed(one.fetched, one.not_assessed) for one in before) > WORSE:
            found.append(f"{site.card.name}：{share:.0%} 的页面没有正常打开，比以往多得多")
    return tuple(found)


def slowness(store: Store, run: RunRow, *, began: str, finished: str) -> tuple[str, ...]:
    """What makes a run suspect that took far longer than those before it: a network in trouble.

    `began`: when its work was begun or taken up again; of a run that was resumed nothing is said.
    """
    if run.quick or _seconds(run.started, began) > RESUMED:
        return ()
    alike = (one for one in _earlier(store.runs(), run) if one.sites == run.sites)
    past = [_seconds(one.started, one.finished) for one in islice(alike, RUNS)]
    if len(past) < LEAST:
        return ()
    usual, spent = median(past), _seconds(run.started, finished)
    if spent <= SLOWER * usual or spent - usual <= LONGER:
        return ()
    return (f"用了 {spent / 60:.0f} 分钟，近几次的中位数是 {usual / 60:.0f} 分钟",)


def _seconds(start: str, end: str) -> float:
    return (dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(start)).total_seconds()


def _past(store: Store, run: RunRow) -> Mapping[str, list[_Counts]]:
    """The counts of each site in its runs before this one, the newest first."""
    found: dict[str, list[_Counts]] = {site: [] for site in run.sites}
    for earlier in _earlier(store.runs(), run):
        if all(len(counts) >= RUNS for counts in found.values()):
            break
        judged = msgspec.msgpack.decode(store.judged(earlier.id), type=_Past)
        for counts in judged.sites:
            own = found.get(counts.card.id)
            if own is not None and len(own) < RUNS:
                own.append(counts)
    return found


def _earlier(runs: Iterable[RunRow], run: RunRow) -> Iterable[RunRow]:
    behind = False
    for one in runs:
        if behind and one.status == "complete" and not one.quick and one.options == run.options:
            yield one
        behind = behind or one.id == run.id


def _unassessed(fetched: int, reasons: Mapping[str, int]) -> float:
    return sum(reasons.values()) / fetched if fetched else 0.0
