"""The crawl of one site: depth by depth, host by host, every page committed as a whole."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpx

from audit.crawl.answer import Answer, Ask
from audit.crawl.browser import BrowserService, Rendered
from audit.crawl.documents import DocumentReader
from audit.crawl.fetch import GLANCE, Fetcher
from audit.crawl.frontier import DOCUMENTS, FILES, Frontier, deepest
from audit.crawl.pace import Pace, own_hosts, spacing
from audit.crawl.progress import Progress, Silence
from audit.crawl.robots import Robots
from audit.crawl.transport import AiohttpTransport, trusted
from audit.crawl.visit import (
    examined_visit,
    is_whole_document,
    look_visit,
    page_visit,
    pictured_visit,
    rendered_visit,
    unasked,
)
from audit.model import (
    Attached,
    FetchOutcome,
    Journal,
    Manners,
    Previous,
    Purpose,
    Request,
    Visit,
)
from audit.model.examination import look_of
from audit.model.picture import mark_of
from audit.model.search import asked
from audit.model.words import READ
from audit.reading import classify, is_read
from audit.urls import host_port, suffix

OUTSIDE_AT_ONCE = 8  # outside hosts asked at the same time
FIRST = 4 << 10  # bytes read of a document
GRACE = 5.0  # seconds that pages in flight get to finish after a stop
FOLLOWED = READ | {FetchOutcome.NEEDS_BROWSER}
REFUSED = frozenset(
    {FetchOutcome.ROBOTS, FetchOutcome.ROBOTS_UNREACHABLE, FetchOutcome.OUT_OF_SCOPE}
)

_log = logging.getLogger(__name__)


async def crawl(
    requests: Iterable[Request],
    manners: Manners,
    journal: Journal,
    *,
    round_: int,
    progress: Progress | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    stop: asyncio.Event | None = None,
    browser: BrowserService | None = None,
) -> bool:
    """Put the requests on the frontier and work off the round; the same call again resumes it.

    Returns False when `stop` was set before the end: pages in flight are finished or stay pending.
    Whatever happens on the wire is an outcome; only the journal's errors come out of here.
    """
    journal.add(tuple(requests))
    if transport is not None:
        return await _Crawl(manners, journal, round_, progress, transport, stop, browser).run()
    async with AiohttpTransport(
        manners.allow_addresses,
        connect_timeout=manners.connect_timeout,
        connections=OUTSIDE_AT_ONCE + manners.concurrency * len(own_hosts(manners)),
        tls=trusted(manners.ca_file),
    ) as pool:
        return await _Crawl(manners, journal, round_, progress, pool, stop, browser).run()


class _Crawl:
    """One round of one site."""

    def __init__(
        self,
        manners: Manners,
        journal: Journal,
        round_: int,
        progress: Progress | None,
        transport: httpx.AsyncBaseTransport,
        stop: asyncio.Event | None,
        browser: BrowserService | None,
    ) -> None:
        self._manners = manners
        self._journal = journal
        self._round = round_
        self._progress = progress or Silence()
        self._stop = stop or asyncio.Event()
        self._pace = Pace(manners)
        self._fetcher = Fetcher(manners, transport, self._pace)
        self._robots = Robots(self._fetcher, self._pace)
        self._frontier = Frontier(manners, self._pace)
        self._outside = asyncio.Semaphore(OUTSIDE_AT_ONCE)
        self._browser = browser
        self._documents = DocumentReader()
        # attachments that may be fetched whole
        self._files = manners.max_attachments - journal.fetched_whole()
        for host, cookies in browser.passes.items() if browser else ():
            self._fetcher.keep(host, cookies)

    async def run(self) -> bool:
        """Depth by depth until nothing is pending; False when stopped before."""
        try:
            return await self._rounds()
        finally:
            await self._documents.close()

    async def _rounds(self) -> bool:
        announced = False
        while not self._stop.is_set():
            self._journal.flush()
            depths = self._journal.depths(self._round)
            if not depths:
                break
            pending = self._journal.pending(self._round, depths[0])
            self._frontier.known(pending)
            if not announced:
                self._progress.found(self._manners.site, len(pending))
                announced = True
            if not await self._work(self._within_budget(pending, depths[0])):
                break
        for remark in self._robots.remarks:
            _log.warning("%s: %s", self._manners.site, remark)
        self._journal.flush()
        return not self._journal.depths(self._round)

    def _within_budget(self, pending: tuple[Request, ...], depth: int) -> list[Request]:
        """Cut one depth in URL order; the rest is committed as `budget` without a request."""
        room = 0
        if depth <= deepest(self._manners):
            done = sum(self._journal.counted(r, Purpose.WALK) for r in range(self._round + 1))
            room = self._manners.max_pages - done
        kept: list[Request] = []
        for request in pending:
            if request.purpose is Purpose.WALK:
                room -= 1
                if room < 0:
                    self._commit(unasked(request, FetchOutcome.BUDGET, "beyond the page limit"))
                    continue
            kept.append(request)
        return kept

    async def _work(self, requests: Sequence[Request]) -> bool:
        """Fetch them all, every host at its own pace; False when stopped before the end."""
        hosts: dict[str, deque[Request]] = {}
        for request in requests:
            hosts.setdefault(host_port(request.url), deque()).append(request)
        workers = [
            asyncio.create_task(self._worker(queue, own=own))
            for queue in hosts.values()
            for own in [self._pace.is_own(queue[0].url)]
            for _ in range(min(len(queue), self._manners.concurrency) if own else 1)
        ]
        stopped = asyncio.create_task(self._wait_for_stop())
        try:
            await _first_failure_or_end(workers, stopped)
        finally:
            tasks = [*workers, stopped]
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        return not self._stop.is_set()

    async def _wait_for_stop(self) -> None:
        await self._stop.wait()

    async def _worker(self, queue: deque[Request], *, own: bool) -> None:
        """Work off one host's queue; outside hosts take turns."""
        if own:
            await self._drain(queue)
            return
        async with self._outside:
            await self._drain(queue)

    async def _drain(self, queue: deque[Request]) -> None:
        while queue and not self._stop.is_set():
            self._commit(await self._visit(queue.popleft()))

    def _commit(self, visit: Visit) -> None:
        self._journal.commit(visit)
        if visit.found:
            self._progress.found(self._manners.site, len(visit.found))
        fetch = visit.fetch
        self._progress.advance(self._manners.site, fetch.url, fetch.outcome)

    async def _visit(self, request: Request) -> Visit:
        """Ask for one address in the way that its purpose demands."""
        lane = self._pace.lane(request.url)
        if lane.given_up is not None:
            words = "not asked: several requests in a row were not answered"
            return unasked(request, lane.given_up, words)
        match request.purpose:
            case Purpose.LOOK:
                visit = await self._look(request)
            case Purpose.RENDER:
                visit = await self._render(request)
            case Purpose.PROBE:
                visit = await self._probe(request)
            case Purpose.EXAMINE:
                visit = await self._examine(request)
            case Purpose.PICTURE:
                visit = await self._picture(request)
            case _:
                visit = await self._page(request)
        if visit.fetch.looks:
            lane = self._pace.lane(visit.fetch.final_url or request.url)
            lane.report(visit.fetch.outcome, visit.fetch.status)
        return visit

    async def _page(self, request: Request) -> Visit:
        previous = self._journal.previous(request.url) if request.purpose is Purpose.WALK else None
        known = previous if previous is not None and not _is_hub(request, previous) else None
        answer = await self._fetcher.fetch(Ask(request.url, previous=known, veto=self._own_only))
        visit = page_visit(request, answer, previous)
        if request.purpose is not Purpose.WALK or visit.record is None:
            return visit
        if classify(visit.fetch, visit.record) not in FOLLOWED:
            return visit
        return Visit(
            visit.fetch, visit.body, visit.record, self._frontier.found(request, visit.record)
        )

    async def _look(self, request: Request) -> Visit:
        """HEAD first where the target is a file; GET before it is called dead.

        Of a document the first bytes are read: they tell whether it can be opened. Pages are asked
        for by GET at once: the walk saw ours broken or not at all, and others' titles are read.
        """
        looks, outside = 0, not self._pace.is_own(request.url)
        ending = suffix(request.url)
        if ending in FILES and ending not in DOCUMENTS:
            ask = Ask(
                request.url,
                method="HEAD",
                veto=self._welcome,
                retries=0,
                referrer=request.referrer,
            )
            answer = await self._fetcher.fetch(ask)
            if answer.outcome is FetchOutcome.OK or answer.outcome in REFUSED:
                return look_visit(request, answer, outside=outside)
            looks = answer.looks
            await asyncio.sleep(spacing(self._manners))
        glance = self._share(request.url, ending)
        ask = Ask(request.url, glance=glance, veto=self._welcome, referrer=request.referrer)
        answer = await self._fetcher.fetch(ask)
        answer.looks += looks
        whole = glance > FIRST and ending in DOCUMENTS
        given: Attached | None = None
        if not outside and is_whole_document(request, answer):
            given = await self._documents.read(answer.body, request.url)
        return look_visit(request, answer, outside=outside, whole=whole, attached=given)

    def _share(self, url: str, ending: str) -> int:
        """How much of the answer to a look is read: whole files of ours, as far as they are few."""
        if ending not in DOCUMENTS:
            return GLANCE
        if not is_read(ending) or not self._pace.is_own(url) or self._files <= 0:
            return FIRST
        self._files -= 1
        return max(FIRST + 1, self._manners.max_attachment)

    async def _render(self, request: Request) -> Visit:
        """Open a page of our own in the browser; its links are followed like any page's."""
        url = request.url
        rendered = await self._opened(request, url, lambda browser: browser.render(url))
        if isinstance(rendered, Visit):
            return rendered
        # what the page's own script was given for its challenge makes the next pages answer
        self._fetcher.keep(host_port(rendered.final_url or url), rendered.passed)
        visit = rendered_visit(request, rendered)
        if visit.record is None:
            return visit
        found = self._frontier.found(request, visit.record)
        return Visit(visit.fetch, visit.body, visit.record, found)

    async def _examine(self, request: Request) -> Visit:
        """Examine a page of our own in the browser."""
        url, look = look_of(request.url)
        rendered = await self._opened(request, url, lambda browser: browser.examine(url, look))
        return rendered if isinstance(rendered, Visit) else examined_visit(request, rendered)

    async def _picture(self, request: Request) -> Visit:
        """Picture a page of our own, or an answer of the search wherever it lies."""
        url, mark = mark_of(request.url)
        rendered = await self._opened(
            request, url, lambda browser: browser.picture(url, mark), outside=mark.outside
        )
        return rendered if isinstance(rendered, Visit) else pictured_visit(request, rendered)

    async def _opened(
        self,
        request: Request,
        url: str,
        work: Callable[[BrowserService], Awaitable[Rendered]],
        *,
        outside: bool = False,
    ) -> Rendered | Visit:
        """What became of a page in the browser; a visit where it was not opened, or is not ours."""
        if self._browser is None:
            return unasked(request, FetchOutcome.NEEDS_BROWSER, "no browser")
        refusal = await (self._welcome(url) if outside else self._own_only(url))
        if refusal is not None:
            return unasked(request, *refusal)
        async with self._pace.lane(url):
            rendered = await work(self._browser)
        if not outside and rendered.final_url and not self._pace.is_own(rendered.final_url):
            words = f"leads to {rendered.final_url[:200]}"
            return unasked(request, FetchOutcome.OUT_OF_SCOPE, words)
        return rendered

    async def _probe(self, request: Request) -> Visit:
        """Ask the search: as its form would, or by typing into its box."""
        url, asking = asked(request.url)
        if asking is None or not asking.by_browser:
            return page_visit(request, await self._search(request.url), None)
        rendered = await self._opened(
            request,
            url,
            lambda browser: browser.search(url, asking.box, asking.query, asking.sought),
            outside=True,
        )
        return rendered if isinstance(rendered, Visit) else rendered_visit(request, rendered)

    async def _search(self, address: str) -> Answer:
        """Send one query as the form would; a search may live on another host."""
        url, asking = asked(address)
        if asking is None or not asking.form:
            return await self._fetcher.fetch(Ask(url, veto=self._welcome))
        ask = Ask(url, method="POST", form=asking.form, veto=self._welcome)
        return await self._fetcher.fetch(ask)

    async def _own_only(self, url: str) -> tuple[FetchOutcome, str] | None:
        """Pages are walked on the own hosts only, redirects included."""
        if not self._pace.is_own(url):
            return FetchOutcome.OUT_OF_SCOPE, f"leads to {url[:200]}"
        return await self._welcome(url)

    async def _welcome(self, url: str) -> tuple[FetchOutcome, str] | None:
        """robots.txt of the own hosts; a single look at another's page needs no leave."""
        if self._manners.robots == "ignore" or not self._pace.is_own(url):
            return None
        return await self._robots.refusal(url)


async def _first_failure_or_end(
    workers: Sequence[asyncio.Task[None]], stopped: asyncio.Task[None]
) -> None:
    """Wait for all workers; raise the first failure; after a stop allow them GRACE seconds."""
    left = set(workers)
    while left and not stopped.done():
        await asyncio.wait([*left, stopped], return_when=asyncio.FIRST_COMPLETED)
        left = _still_running(left)
    if left:
        await asyncio.wait(left, timeout=GRACE)
        _still_running(left)


def _still_running(tasks: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    """Those that are not done; raises what a done one raised."""
    for task in tasks:
        if task.done():
            task.result()
    return {task for task in tasks if not task.done()}


def _is_hub(request: Request, previous: Previous) -> bool:
    """Whether a page is asked for whole whatever the server says: the home page, and pages of lists.

    What is new on a site shows there first, and servers are wrong about pages that they make afresh.
    """
    record = previous.record
    if request.depth == 0:
        return True
    return record is not None and (record.pager is not None or any(x.main for x in record.lists))
