"""The network half of a run: the walk, then what the reading plans, site by site, resumable."""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from audit.config import Config
from audit.model import Availability, ColumnKind, Manners, Purpose, Registers, Request
from audit.pipeline.removals import remembered
from audit.reading import Reading, plan, read_site
from audit.store import RunRow, Store
from audit.urls import host_port, in_folders, join

if TYPE_CHECKING:  # a run that is only judged again needs nothing of the network
    from audit.crawl import BrowserService, Progress


class Options(msgspec.Struct, frozen=True):
    """What the command line added to the config; stored with the run, so that a resumed run keeps it."""

    max_pages: int | None = None
    browser: bool = True


ROUNDS = 6  # after the walk: render, look, again; open the search, ask it, for parts; examine
PICTURES = ROUNDS + 1  # the round of the pictures, when all is judged
SITES_AT_ONCE = 8
VISIT_DAYS = 7  # 国办秘函〔2019〕19号, 单项否决 站点无法访问: 监测1周


class Reached(msgspec.Struct, frozen=True):
    """Whether everything was fetched, and the readings that no later fetch has made old."""

    done: bool
    readings: Mapping[str, Reading] = {}


async def reach(
    store: Store,
    run: RunRow,
    config: Config,
    *,
    progress: "Progress | None",
    stop: asyncio.Event,
    sites: Sequence[str] | None = None,
) -> Reached:
    """Fetch what the run (or some `sites` of it) still lacks; not done when `stop` ended it early."""
    gate = asyncio.Semaphore(SITES_AT_ONCE)
    options = msgspec.json.decode(run.options, type=Options)
    wanted = run.sites if sites is None else sites

    async def one(site: str, browser: "BrowserService") -> Reached:
        async with gate:
            manners = config.manners(
                site, max_pages=options.max_pages, quick=run.quick, browser=options.browser
            )
            return await _reach_site(store, run, config, manners, progress, stop, browser)

    async with _browser(config) as browser:
        parts = await asyncio.gather(*(one(site, browser) for site in wanted))
    readings = {site: reading for part in parts for site, reading in part.readings.items()}
    return Reached(all(part.done for part in parts), readings)


async def picture(
    store: Store,
    run: RunRow,
    config: Config,
    wanted: Mapping[str, Sequence[str]],
    *,
    progress: "Progress | None",
    stop: asyncio.Event,
) -> bool:
    """Take the pictures of every site that are still lacking; False when `stop` ended it early."""
    from audit.crawl import crawl  # noqa: PLC0415 - only what fetches needs it

    gate = asyncio.Semaphore(SITES_AT_ONCE)

    async def one(site: str, addresses: Sequence[str], browser: "BrowserService") -> bool:
        requests = tuple(Request(url, Purpose.PICTURE, PICTURES) for url in addresses)
        async with gate:
            with store.journal(run.id, site) as journal:
                return await crawl(
                    () if journal.planned(PICTURES) else requests,
                    config.manners(site),
                    journal,
                    round_=PICTURES,
                    progress=progress,
                    stop=stop,
                    browser=browser,
                )

    async with _browser(config) as browser:
        work = (one(site, addresses, browser) for site, addresses in wanted.items() if addresses)
        return all(await asyncio.gather(*work))


def _browser(config: Config) -> "BrowserService":
    from audit.crawl import BrowserService  # noqa: PLC0415 - only what fetches needs it

    rules = config.tables.crawl
    return BrowserService(
        config.tables.browser.executable,
        frozenset(rules.allow_addresses),
        rules.user_agent,
        ca_file=rules.ca_file,
        rate=rules.rate,
    )


async def _reach_site(
    store: Store,
    run: RunRow,
    config: Config,
    manners: Manners,
    progress: "Progress | None",
    stop: asyncio.Event,
    browser: "BrowserService",
) -> Reached:
    from audit.crawl import crawl  # noqa: PLC0415 - only what fetches needs it

    site = manners.site
    registered = registered_pages(config.registers(site, run.as_of))
    with store.journal(run.id, site) as journal:
        if not await crawl(
            seeds(manners, registered), manners, journal, round_=0, progress=progress, stop=stop
        ):
            return Reached(done=False)
        known: Reading | None = None
        before = remembered(store, run, site)
        for round_ in range(1, ROUNDS + 1):
            requests: tuple[Request, ...] = ()
            if not journal.planned(round_):  # a resumed run works off the stored plan
                journal.flush()
                reading = (
                    known.again(store.snapshot(run.id, site))
                    if known is not None
                    else reading_of(store, run, config, site)
                )
                requests = _plan(reading, manners, round_, before)
                if not requests:
                    return Reached(done=True, readings={site: reading})
                known = None if _brings_pages(requests) else reading
            else:
                known = None
            if not await crawl(
                requests,
                manners,
                journal,
                round_=round_,
                progress=progress,
                stop=stop,
                browser=browser,
            ):
                return Reached(done=False)
    return Reached(done=True)


def _brings_pages(requests: Sequence[Request]) -> bool:
    """Whether the site is another one afterwards, and not only better known."""
    return any(one.purpose in {Purpose.WALK, Purpose.RENDER} for one in requests)


def _plan(
    reading: Reading, manners: Manners, round_: int, before: Collection[str]
) -> tuple[Request, ...]:
    return plan(
        reading,
        external=manners.external == "check",
        max_looks=manners.max_looks,
        max_renders=0 if manners.render == "off" else manners.max_renders,
        render_all=manners.render == "all",
        round_=round_,
        examine=True,
        remembered=before,
    )


def reading_of(store: Store, run: RunRow, config: Config, site: str) -> Reading:
    """The reading of one site of a run, from what is stored."""
    return read_site(
        store.snapshot(run.id, site),
        config.registers(site, run.as_of),
        availability_of(store, run, site),
    )


def readings_of(
    store: Store, run: RunRow, config: Config, known: Mapping[str, Reading] | None = None
) -> Sequence[Reading]:
    """The readings of all sites of a run, in the order of the config; `known` ones as they are."""
    have = known or {}
    return tuple(have.get(site) or reading_of(store, run, config, site) for site in run.sites)


def registered_pages(registers: Registers) -> Iterator[str]:
    """Addresses of the columns and the fact pages that people registered."""
    yield from (
        column.url for column in registers.columns if column.kind is not ColumnKind.EXTERNAL
    )
    yield from (unit.facts_page for unit in registers.units if unit.facts_page)


def availability_of(store: Store, run: RunRow, site: str) -> Availability:
    """The availability visits of the week before the start of the run."""
    return store.availability(site, run.started, VISIT_DAYS)


def seeds(manners: Manners, registered: Iterable[str] = ()) -> tuple[Request, ...]:
    """The home page, what people registered, and two addresses that cannot exist.

    A registered page is read whether a link leads there or not; the impossible ones teach the site's
    not-found answer. On a shared host they lie in the site's own folder: the rest is not asked.
    """
    token = sha256(manners.site.encode()).hexdigest()[:12]
    host = host_port(manners.home)
    folder = max(
        (f for f in manners.folders if in_folders(manners.home, host, (f,))), key=len, default="/"
    )
    canaries = (f"{folder}duwang-{token}.html", f"{folder}duwang-{token}/none/index.html")
    return (
        Request(manners.home),
        *(
            Request(url, Purpose.WALK, 0, 1)
            for url in dict.fromkeys(registered)
            if host_port(url) in manners.own_hosts and url != manners.home
            if in_folders(url, host, manners.folders)
        ),
        *(
            Request(url, Purpose.CANARY)
            for path in canaries
            if (url := join(manners.home, path)) is not None
        ),
    )
