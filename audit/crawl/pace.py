"""One host at a time: how often, how many at once, and when to stop asking a host that is down."""

import asyncio
from types import TracebackType

from audit.model import FetchOutcome, Manners
from audit.urls import host_port, in_folders

OUTSIDE_RATE = 1.0  # requests a second of a host that is not ours to audit
OUTSIDE_CONCURRENCY = 1
FAILURES = 5  # in a row, retries not counted, before a host counts as down
RESTS = 2  # pauses after which it is asked again before it is given up
REST = 10  # spacings; one spacing is `Manners.spacing` seconds
MAX_DELAY = 10.0  # seconds; the longest Crawl-delay that is kept

TOO_MANY_REQUESTS = 429

# What says that the host, not the page, does not answer.
DOWN = frozenset(
    {
        FetchOutcome.DNS,
        FetchOutcome.CONNECTION_REFUSED,
        FetchOutcome.CONNECTION_RESET,
        FetchOutcome.CONNECTION_CLOSED,
        FetchOutcome.TLS,
        FetchOutcome.TIMEOUT,
        FetchOutcome.RATE_LIMITED,
    }
)


class Lane:
    """The way to one host: `async with lane:` waits for one's turn."""

    def __init__(self, rate: float, concurrency: int, rest: float) -> None:
        """`rate` a second (0: no limit); `rest` seconds of pause for a host that is down."""
        self._interval = 1 / rate if rate else 0.0
        self._rest = rest
        self._gate = asyncio.Semaphore(concurrency)
        self._next = 0.0
        self._failures = 0
        self._rests = RESTS
        self.given_up: FetchOutcome | None = None

    async def __aenter__(self) -> None:
        """Wait until a request may go out."""
        await self._gate.acquire()
        now = asyncio.get_running_loop().time()
        if self._next <= now:
            self._next = now + self._interval
            return
        turn, self._next = self._next, self._next + self._interval
        try:
            await asyncio.sleep(turn - now)
        except asyncio.CancelledError:
            self._gate.release()
            raise

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the next one go."""
        self._gate.release()

    def pause(self, seconds: float) -> None:
        """Send nothing for so long."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)

    def slow_down(self, delay: float) -> float:
        """Keep a Crawl-delay (seconds), at most MAX_DELAY; returns what is kept.

        A host without a rate limit is the owner's own test host: nothing is kept.
        """
        if self._interval:
            self._interval = max(self._interval, min(delay, MAX_DELAY))
        return self._interval

    def report(self, outcome: FetchOutcome, status: int) -> None:
        """Count failures in a row: after FAILURES the host rests, after RESTS it is given up."""
        if status == TOO_MANY_REQUESTS:
            outcome = FetchOutcome.RATE_LIMITED
        if outcome not in DOWN:
            self._failures = 0
            self._rests = RESTS
            return
        self._failures += 1
        if self._failures < FAILURES:
            return
        if not self._rests:
            self.given_up = outcome
            return
        self._rests -= 1
        self._failures = FAILURES - 1
        self.pause(self._rest)


class Pace:
    """The lanes of one crawl."""

    def __init__(self, manners: Manners) -> None:
        """Own hosts at the pace of the manners, others at the outside pace."""
        self._manners = manners
        self._own = own_hosts(manners)
        self._lanes: dict[str, Lane] = {}

    def is_own(self, url: str) -> bool:
        """Whether the address lies on the site's own hosts, and in its folders where it shares one."""
        home = host_port(self._manners.home)
        return host_port(url) in self._own and in_folders(url, home, self._manners.folders)

    def lane(self, url: str) -> Lane:
        """The lane to the host of an address."""
        host = host_port(url)
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = self._new(host)
        return lane

    def _new(self, host: str) -> Lane:
        manners = self._manners
        rest = min(manners.max_wait, REST * spacing(manners))
        if host in self._own:
            return Lane(manners.rate, manners.concurrency, rest)
        return Lane(OUTSIDE_RATE, OUTSIDE_CONCURRENCY, 0.0)


def spacing(manners: Manners) -> float:
    """Seconds between two looks at one address; none on hosts without a rate limit."""
    return manners.spacing if manners.rate else 0.0


def own_hosts(manners: Manners) -> frozenset[str]:
    """The own hosts; http and https on default ports are one (sites move between them)."""
    own = set(manners.own_hosts)
    for host in manners.own_hosts:
        name, _, port = host.rpartition(":")
        if port in {"80", "443"}:
            own |= {f"{name}:80", f"{name}:443"}
    return frozenset(own)
