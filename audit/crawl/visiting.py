"""Availability visits: one look at each home page, and at another host where none answered."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

import msgspec

from audit.crawl.answer import Answer, Ask
from audit.crawl.fetch import GLANCE, Fetcher
from audit.crawl.pace import Pace
from audit.crawl.transport import AiohttpTransport, trusted
from audit.model import FetchOutcome, Manners

DEADLINE = 15.0  # seconds; 国办秘函〔2019〕19号, 单项否决: 超过（含）15秒网站仍打不开
AT_ONCE = 8  # home pages visited at the same time
# the server answered us, but not as it answers a visitor: nothing is known of the site
UNTOLD = frozenset(
    {
        FetchOutcome.FORBIDDEN,
        FetchOutcome.BOT_CHALLENGE,
        FetchOutcome.WAF_BLOCK,
        FetchOutcome.RATE_LIMITED,
        FetchOutcome.BLOCKED_ADDRESS,
        FetchOutcome.BAD_SCHEME,
    }
)
_ERROR = 400
_REFUSALS = frozenset({401, 403, 405, 407, 412, 429, 521})


class HomeVisit(msgspec.Struct, frozen=True):
    """One visit to a home page; `ok` None: the visit tells nothing of the site."""

    site: str
    url: str
    at: str  # ISO 8601 with zone
    ok: bool | None
    outcome: str
    status: int
    ms: int
    ahead: float | None = (
        None  # seconds that our clock is ahead of the server's; None: it told no time
    )


async def visit_homes(
    homes: Sequence[Manners], *, control: str = "", deadline: float = DEADLINE
) -> tuple[HomeVisit, ...]:
    """Visit every home page once; failures count only when some other host answered.

    `control` is an address to look at when every home page failed. Nothing is tried again: a series
    of visits is what the norm counts.
    """
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(manners: Manners) -> HomeVisit:
        async with gate:
            return await _visit(manners, manners.home, deadline)

    visits = tuple(await asyncio.gather(*(one(manners) for manners in homes)))
    if all(visit.ok is not False for visit in visits) or any(visit.ok for visit in visits):
        return visits
    if control and homes and (await _visit(homes[0], control, deadline)).ok is not False:
        return visits
    return tuple(
        msgspec.structs.replace(visit, ok=None, outcome="no_network")
        if visit.ok is False
        else visit
        for visit in visits
    )


async def _visit(manners: Manners, url: str, deadline: float) -> HomeVisit:
    hurried = msgspec.structs.replace(
        manners,
        total_timeout=deadline,
        connect_timeout=min(deadline, manners.connect_timeout),
        retries=0,
        rate=0,
    )
    async with AiohttpTransport(
        manners.allow_addresses,
        connect_timeout=hurried.connect_timeout,
        tls=trusted(manners.ca_file),
    ) as transport:
        fetcher = Fetcher(hurried, transport, Pace(hurried))
        answer = await fetcher.fetch(Ask(url, glance=GLANCE, retries=0))
    return HomeVisit(
        manners.site,
        url,
        answer.at,
        _ok(answer),
        answer.outcome.value,
        answer.status,
        round(1000 * answer.spent),
        _ahead(answer),
    )


def _ahead(answer: Answer) -> float | None:
    """How far our clock is ahead: the server wrote its own while the answer was on its way."""
    try:
        told = parsedate_to_datetime(answer.date)
        asked = dt.datetime.fromisoformat(answer.at)
    except ValueError:
        return None
    if told.tzinfo is None:
        return None
    early = (asked - told).total_seconds()
    late = early + answer.spent
    return max(early, 0.0) if early > 0 else min(late, 0.0)


def _ok(answer: Answer) -> bool | None:
    """Whether a visitor would have seen the page; None: nobody can tell."""
    if answer.outcome in UNTOLD or answer.status in _REFUSALS:
        return None
    return answer.outcome is FetchOutcome.OK and answer.status < _ERROR
