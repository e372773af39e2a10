"""One address: redirects, retries, deadlines, limits. What comes back is always an answer."""

import asyncio
import time
from collections.abc import Iterable

import httpx

from audit.crawl.answer import (
    FORM,
    KEEPS_METHOD,
    REDIRECTS,
    Answer,
    Ask,
    as_get,
    judge,
    may_pass,
    now,
    referrer_for,
    seconds,
    take_headers,
    without_userinfo,
)
from audit.crawl.bodies import BodyError, beginning, inflate, layers
from audit.crawl.cookies import Cookies
from audit.crawl.pace import Pace, spacing
from audit.crawl.sniff import is_binary
from audit.crawl.transport import (
    AiohttpTransport,
    Pairs,
    Reply,
    outcome_of,
    plain_headers,
    reply_of,
)
from audit.model import FetchOutcome, Hop, Manners
from audit.urls import host_port, join, scheme_of

GLANCE = 64 << 10  # bytes read of a body that nobody will read as a page
MAX_URL = 8192  # characters; hardly a server accepts longer ones
ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8"
ENCODINGS = "gzip, deflate, br, zstd"


class _Stop(Exception):  # noqa: N818 - ends one try, is always caught
    """The try is over; `outcome` and words say how."""

    def __init__(self, outcome: FetchOutcome, words: str = "") -> None:
        super().__init__(words)
        self.outcome = outcome


class Fetcher:
    """Fetches over one transport, at one pace."""

    def __init__(self, manners: Manners, transport: httpx.AsyncBaseTransport, pace: Pace) -> None:
        """Take the manners; the transport stays the caller's to close."""
        self._manners = manners
        self._transport = transport
        self._pace = pace
        self._cookies = Cookies()
        self._exact = transport if isinstance(transport, AiohttpTransport) else None
        said = httpx.Headers(
            {
                "User-Agent": manners.user_agent,
                "Accept": ACCEPT,
                "Accept-Encoding": ENCODINGS,
                "Accept-Language": "zh-CN,zh;q=0.9",
                **manners.headers,
            }
        )
        self._headers = plain_headers(said)

    async def fetch(self, ask: Ask) -> Answer:
        """Ask, and ask again after failures that may pass."""
        retries = self._manners.retries if ask.retries is None else ask.retries
        answer = await self._try(ask)
        for attempt in range(retries):
            wait = self._wait(answer, attempt) if may_pass(answer) else None
            if wait is None:
                break
            await asyncio.sleep(wait)
            looks = answer.looks
            answer = await self._try(ask)
            answer.looks += looks
        return answer

    async def _try(self, ask: Ask) -> Answer:
        """One walk along the redirects."""
        answer = Answer(FetchOutcome.OK, ask.url, method=ask.method, at=now())
        seen: set[tuple[str, str, str]] = set()
        try:
            url = without_userinfo(ask.url)
            while True:
                await self._admit(ask, url, answer, seen)
                await self._exchange(ask, url, answer)
                if answer.status not in REDIRECTS:
                    break
                url = _next(url, answer)
                if answer.status not in KEEPS_METHOD:
                    ask = as_get(ask)
            judge(ask, answer)
        except _Stop as stop:
            answer.outcome, answer.error = stop.outcome, str(stop)
            answer.body = b""
        return answer

    async def _admit(
        self, ask: Ask, url: str, answer: Answer, seen: set[tuple[str, str, str]]
    ) -> None:
        """Check an address before it is asked for; raises _Stop."""
        answer.final_url = url
        if len(url) > MAX_URL:
            raise _Stop(FetchOutcome.URL_TOO_LONG, f"{len(url)} characters")
        host = host_port(url)
        if not host or not url.startswith(("http://", "https://")):
            raise _Stop(FetchOutcome.BAD_SCHEME, f"not an http address: {url[:200]}")
        # with a new cookie, and after a form was sent, the same address may answer
        state = (ask.method, url, self._cookies.header(host))
        if state in seen:
            raise _Stop(FetchOutcome.REDIRECT_LOOP, f"again {url[:200]}")
        seen.add(state)
        most = self._manners.max_redirects if ask.max_redirects is None else ask.max_redirects
        if len(answer.hops) > most:
            raise _Stop(FetchOutcome.TOO_MANY_REDIRECTS, f"more than {most} redirects")
        if ask.veto is not None and (no := await ask.veto(url)) is not None:
            raise _Stop(*no)

    def keep(self, host: str, cookies: Iterable[str]) -> None:
        """Send these cookies (name=value) to a host (`host:port`) from now on."""
        self._cookies.keep(host, cookies)

    async def _exchange(self, ask: Ask, url: str, answer: Answer) -> None:
        """Send one request and read its answer, in what is left of the time; raises _Stop.

        The deadline counts the time on the wire over all hops, not that in the queue.
        """
        total = self._manners.total_timeout
        async with self._pace.lane(url):
            answer.looks = 1  # a try is one look, whatever the number of its hops
            started = time.monotonic()
            try:
                async with asyncio.timeout(total - answer.spent):
                    await self._read(ask, url, answer)
            except TimeoutError:
                raise _Stop(FetchOutcome.TIMEOUT, f"not done after {total:g} s") from None
            except httpx.TransportError as error:
                raise _Stop(outcome_of(error), str(error)) from error
            except BodyError as error:
                raise _Stop(error.outcome, str(error)) from error
            finally:
                answer.spent += time.monotonic() - started

    async def _read(self, ask: Ask, url: str, answer: Answer) -> None:
        reply = await self._ask(ask, url, first=not answer.hops)
        stream = reply.stream
        try:
            take_headers(reply.status, reply.headers, answer)
            if answer.cookies:
                self._cookies.keep(host_port(answer.final_url), answer.cookies)
            if ask.method != "HEAD" and answer.status not in REDIRECTS:
                await self._take_body(ask, stream, answer)
        finally:
            await stream.aclose()

    async def _take_body(self, ask: Ask, stream: httpx.AsyncByteStream, answer: Answer) -> None:
        """Read the body within the limits and undo its encodings; raises BodyError."""
        glance = ask.glance or (GLANCE if is_binary(answer.content_type) else 0)
        limit = glance or self._manners.max_wire
        encodings = layers(answer.content_encoding)
        announced = answer.content_length
        if not glance and announced.isdigit() and int(announced) > limit:
            raise BodyError(FetchOutcome.TOO_LARGE, f"{announced} bytes announced")
        pieces: list[bytes] = []
        async for piece in stream:
            pieces.append(piece)
            answer.wire_bytes += len(piece)
            if answer.wire_bytes > limit:
                if not glance:
                    raise BodyError(FetchOutcome.TOO_LARGE, f"over {limit} bytes")
                answer.cut = True
                break
        body = b"".join(pieces)
        if encodings and glance:
            body, whole = beginning(body, encodings, glance)
            if not (whole or answer.cut or len(body) > glance):
                answer.cut, answer.error = True, "the compressed body ends early"
        elif encodings:
            body = inflate(body, encodings, self._manners.max_body)
        elif not glance and len(body) > self._manners.max_body:
            raise BodyError(FetchOutcome.TOO_LARGE, f"{len(body)} bytes")
        if glance and len(body) > glance:
            answer.cut = True
            body = body[:glance]
        answer.body = body

    async def _ask(self, ask: Ask, url: str, *, first: bool) -> Reply:
        headers = self._fields(ask, url, first=first)
        content = ask.form.encode("ascii")
        if self._exact is not None:
            return await self._exact.ask(ask.method, url, headers, content)
        request = httpx.Request(ask.method, url, headers=headers, content=content or None)
        return reply_of(await self._transport.handle_async_request(request))

    def _fields(self, ask: Ask, url: str, *, first: bool) -> Pairs:
        """The header fields of a request; what its last answer was known by, on the first hop."""
        headers = list(self._headers)
        if cookie := self._cookies.header(host_port(url)):
            headers.append(("Cookie", cookie))
        if first and ask.previous is not None:
            known = ask.previous
            said = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
            # other bytes would come back changed: no server knows them again
            headers += [(name, value) for name, value in said if value and value.isascii()]
        if ask.referrer and (came := referrer_for(ask.referrer, url)):
            headers.append(("Referer", came))
        if ask.form:
            headers.append(("Content-Type", FORM))
        return headers

    def _wait(self, answer: Answer, attempt: int) -> float | None:
        """Seconds until the next try; None: the host asks for more patience than we have."""
        asked = seconds(answer.retry_after)
        if asked is None:
            return min(self._manners.max_wait, spacing(self._manners) * 2**attempt)
        if asked > self._manners.max_wait:
            return None
        self._pace.lane(answer.final_url).pause(asked)
        return asked


def _next(url: str, answer: Answer) -> str:
    """The address that a redirect names; raises _Stop when it names none that may be followed."""
    location = answer.location
    target = join(url, location) if location else None
    shown = without_userinfo(target) if target else location
    answer.hops = (*answer.hops, Hop(answer.status, shown[:MAX_URL]))
    scheme = scheme_of(location)
    if len(location) > MAX_URL:
        raise _Stop(FetchOutcome.URL_TOO_LONG, f"a redirect to {len(location)} characters")
    if scheme and scheme not in {"http", "https"}:
        raise _Stop(FetchOutcome.BAD_SCHEME, f"a redirect to {location[:200]}")
    if target is None:
        raise _Stop(FetchOutcome.PROTOCOL, "a redirect without a usable address")
    return shown
