"""httpx's transport interface over aiohttp's connections: streaming, exact about what failed.

No proxy, netrc, environment, redirect, cookie jar or decompression: those are decided above.
Every connection goes to an address that the policy has checked.
"""

import errno
import ssl
from collections.abc import Sequence
from typing import NamedTuple, Self, cast

import aiohttp
import certifi
import httpx
from aiohttp.connector import Connection
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.tracing import Trace
from yarl import URL

from audit.crawl.address import AddressPolicy, BlockedAddressError, CheckedResolver
from audit.crawl.lenient import LenientError, second_look
from audit.errors import ConfigError
from audit.model import FetchOutcome

MAX_HEADER = (
    96 << 10
)  # bytes of one header: longer addresses than any server sends still reach the check
MAX_HEADERS = 512
READ_AT_ONCE = 256 << 10  # bytes buffered of one answer
DNS_SECONDS = 300
KEEP_ALIVE = 30.0  # seconds
UNREADABLE = "读不到证书，要写一个 PEM 文件"

Pairs = list[tuple[str, str]]

_ERRNO = {
    errno.ECONNREFUSED: FetchOutcome.CONNECTION_REFUSED,
    errno.ECONNRESET: FetchOutcome.CONNECTION_RESET,
    errno.EPIPE: FetchOutcome.CONNECTION_RESET,
    errno.ECONNABORTED: FetchOutcome.CONNECTION_RESET,
    # nobody answered; whether the fault is theirs or the road's cannot be told
    errno.ETIMEDOUT: FetchOutcome.TIMEOUT,
    errno.EHOSTUNREACH: FetchOutcome.TIMEOUT,
    errno.ENETUNREACH: FetchOutcome.TIMEOUT,
    errno.EADDRNOTAVAIL: FetchOutcome.TIMEOUT,
}


class WireError(httpx.TransportError):
    """No usable answer came over the wire; `outcome` says exactly what happened."""

    def __init__(self, outcome: FetchOutcome, words: str) -> None:
        """Keep outcome and the library's words."""
        super().__init__(words)
        self.outcome = outcome


class Reply(NamedTuple):
    """What came back: status, header fields as sent, and the body unread."""

    status: int
    headers: Sequence[tuple[bytes, bytes]]
    stream: httpx.AsyncByteStream


def reply_of(response: httpx.Response) -> Reply:
    """The same of a transport that speaks httpx."""
    return Reply(
        response.status_code, response.headers.raw, cast(httpx.AsyncByteStream, response.stream)
    )


def plain_headers(headers: httpx.Headers) -> Pairs:
    """Header fields as they are sent, without Host: the connection knows it."""
    return [
        (name.decode("ascii"), value.decode("latin-1"))
        for name, value in headers.raw
        if name.lower() != b"host"
    ]


class AiohttpTransport(httpx.AsyncBaseTransport):
    """One pool of connections for one crawl."""

    def __init__(
        self,
        allow_addresses: frozenset[str] = frozenset(),
        *,
        connect_timeout: float = 10.0,
        connections: int = 100,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Connect in `connect_timeout` seconds, handshake included; `tls` replaces the trust."""
        self._policy = AddressPolicy(allow_addresses)
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=connect_timeout)
        self._connections = connections
        self._trust = tls or trusted()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the pool."""
        self._open()
        return self

    async def aclose(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and return its answer, body unread; raises WireError.

        `request.extensions["target"]`: the address exactly as it is to be sent (httpx re-quotes).
        A pooled connection that went stale is replaced silently.
        """
        target = request.extensions.get("target") or str(request.url)
        reply = await self.ask(
            request.method, target, plain_headers(request.headers), request.content
        )
        return httpx.Response(reply.status, headers=list(reply.headers), stream=reply.stream)

    async def ask(self, method: str, target: str, headers: Pairs, content: bytes = b"") -> Reply:
        """The same without httpx's objects, a tenth of what a request costs; raises WireError."""
        session = self._session or self._open()
        try:
            url = URL(target, encoded=True)
            self._policy.check_literal(url.raw_host or "", url.port or 0)
            answer = await session.request(
                method, url, headers=headers, data=content or None, allow_redirects=False
            )
        except aiohttp.ClientResponseError as error:
            request = httpx.Request(method, "http://host/", headers=headers, content=content)
            return await self._second_look(request, target, _translated(error))
        except (aiohttp.ClientError, HttpProcessingError, OSError, ValueError) as error:
            raise _translated(error) from error
        return Reply(answer.status, answer.raw_headers, Body(answer))

    async def _second_look(self, request: httpx.Request, target: str, failure: WireError) -> Reply:
        """Ask the lenient parser about what the strict one refused; else raise that failure."""
        try:
            url = URL(target, encoded=True)
            return reply_of(await second_look(self._policy, self._trust, request, url))
        except (LenientError, OSError):
            raise failure from None

    def _open(self) -> aiohttp.ClientSession:
        self._session = aiohttp.ClientSession(
            connector=_Connector(
                limit=self._connections,
                resolver=CheckedResolver(self._policy),
                ttl_dns_cache=DNS_SECONDS,
                keepalive_timeout=KEEP_ALIVE,
                ssl=self._trust,
                socket_factory=self._policy.open_socket,
            ),
            cookie_jar=_NoJar(),
            timeout=self._timeout,
            auto_decompress=False,
            trust_env=False,
            raise_for_status=False,
            max_line_size=MAX_HEADER,
            max_field_size=MAX_HEADER,
            max_headers=MAX_HEADERS,
            read_bufsize=READ_AT_ONCE,
        )
        return self._session


class Body(httpx.AsyncByteStream):
    """The bytes of one answer as they come, still encoded; raises WireError."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        """Read from this answer."""
        self._answer = answer

    def __aiter__(self) -> Self:
        """Read from where the last reader stopped."""
        return self

    async def __anext__(self) -> bytes:
        """The next piece."""
        try:
            piece = await self._answer.content.readany()
        except (aiohttp.ClientError, HttpProcessingError, OSError) as error:
            raise _broken_off(error) from error
        if not piece:
            raise StopAsyncIteration
        return piece

    async def aclose(self) -> None:
        """Give the connection back; one with an unread rest is closed."""
        self._answer.release()


class _Connector(aiohttp.TCPConnector):
    """A pool that never hands out a connection on which something arrived unasked.

    aiohttp 3.14 takes such an answer for that of the next request: one page would stand for another.
    """

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - the connector's interface
    ) -> Connection:
        """Get a connection that is clean or new."""
        while True:
            connection = await super().connect(req, traces, timeout)
            if connection.protocol is None or not connection.protocol.should_close:
                return connection
            connection.close()


class _NoJar(aiohttp.DummyCookieJar):
    """Keeps nothing and does not even parse (300 cookies of 4 KB cost more than the page)."""

    def update_cookies_from_headers(self, headers: object, response_url: URL) -> None:
        """Look away."""


def trusted(ca_file: str = "") -> ssl.SSLContext:
    """The trust store of certifi, the same on every machine, and what the config adds to it.

    Raises ConfigError when `ca_file` holds no certificate.
    """
    context = ssl.create_default_context(cafile=certifi.where())
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:
            raise ConfigError([f"crawl.ca_file = {ca_file!r} {UNREADABLE}"]) from error
    return context


def outcome_of(error: httpx.TransportError) -> FetchOutcome:
    """The outcome of a transport's error, also of a transport that is not ours."""
    if isinstance(error, WireError):
        return error.outcome
    if isinstance(error, httpx.TimeoutException):
        return FetchOutcome.TIMEOUT
    if isinstance(error, httpx.ConnectError):
        return FetchOutcome.CONNECTION_REFUSED
    if isinstance(error, httpx.NetworkError):
        return FetchOutcome.CONNECTION_RESET
    return FetchOutcome.PROTOCOL


def _translated(error: Exception) -> WireError:  # noqa: C901 - one table of cases
    """The wire's outcome behind one of aiohttp's errors before the headers were read."""
    words = str(error) or type(error).__name__
    match error:
        case WireError():
            return error
        case BlockedAddressError():
            outcome = FetchOutcome.BLOCKED_ADDRESS
        case aiohttp.ClientConnectorError(os_error=BlockedAddressError() as inner):
            outcome, words = FetchOutcome.BLOCKED_ADDRESS, str(inner)
        case aiohttp.ClientConnectorDNSError():
            outcome = FetchOutcome.DNS
        case aiohttp.ClientConnectorCertificateError(certificate_error=inner):
            outcome, words = FetchOutcome.TLS, getattr(inner, "verify_message", "") or str(inner)
        case aiohttp.ClientSSLError() | ssl.SSLError():
            outcome = FetchOutcome.TLS
        case aiohttp.ClientConnectorError(os_error=ConnectionError(errno=None)):
            # only the handshake raises without a number: the connection itself stood
            outcome, words = FetchOutcome.TLS, "the server broke off the TLS handshake"
        case TimeoutError():
            outcome = FetchOutcome.TIMEOUT
        case aiohttp.ServerDisconnectedError():
            outcome = FetchOutcome.CONNECTION_CLOSED
        case OSError(errno=number) if number in _ERRNO:
            outcome = _ERRNO[number]
        case aiohttp.ClientConnectorError() | ConnectionError():
            outcome = FetchOutcome.CONNECTION_RESET
        case _:
            outcome = FetchOutcome.PROTOCOL
    return WireError(outcome, " ".join(words.split())[:300])


def _broken_off(error: Exception) -> WireError:
    """The same for a body that did not come whole."""
    cause = error.__cause__ or error
    words = " ".join(str(error).split())[:300]
    if isinstance(error, TimeoutError):
        return WireError(FetchOutcome.TIMEOUT, words)
    if isinstance(cause, HttpProcessingError) and "Not enough data" not in words:
        return WireError(FetchOutcome.PROTOCOL, words)
    return WireError(FetchOutcome.TRUNCATED, words)
