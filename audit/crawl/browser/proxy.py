"""The browser's only way out: a proxy on loopback that connects to checked addresses and nothing else.

`route()` of a driver is no boundary: redirects and WebSockets slip by it (measured). Here every
connection of the browser, whatever asked for it, is resolved once, checked by the address policy
and counted; what is refused never leaves the machine.
"""

import asyncio
import contextlib
import re
import socket
import ssl
from collections import deque
from collections.abc import Coroutine
from typing import Self

import msgspec

from audit.crawl.address import AddressPolicy
from audit.crawl.browser.pacing import HostPace
from audit.crawl.browser.trust import Handshakes

MAX_HEAD = 64 << 10  # bytes
PIECE = 64 << 10
MAX_LOG = 5000  # requests remembered, the last ones
AT_ONCE = 6  # connections to one host
HTTP, HTTPS = 80, 443
UNTRUSTED = "TLS: "  # begins what is said of a certificate that is not trusted

_TARGET = re.compile(r"http://([^/?#\s]+)([^\s#]*)", re.IGNORECASE)
_PLACE = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\s@]+)(?::(\d{1,5}))?$")
# what browsers say of a request for a document over plain HTTP; inside a tunnel nothing is seen
_NAVIGATES = re.compile(rb"(?i)(?:^|\n)upgrade-insecure-requests: *1")
_HOP = {b"proxy-connection", b"proxy-authorization", b"connection", b"keep-alive"}


class Passed(msgspec.Struct, frozen=True):
    """One request of the browser. `refused`: why it was not sent; empty: it was."""

    method: str
    target: str
    refused: str = ""
    host: str = ""  # host:port; empty: it was no address of the web


class FilteringProxy:
    """One proxy for one browser; an async context manager."""

    def __init__(
        self,
        allow_addresses: frozenset[str],
        *,
        connect_timeout: float = 10.0,
        idle_timeout: float = 30.0,
        max_bytes: int = 32 << 20,
        rate: float = 0.0,
    ) -> None:
        """`max_bytes` is the most that one connection brings; times are seconds.

        `rate`: documents a second of one host, and several times as many of what they need; 0: no limit.
        """
        self._policy = AddressPolicy(allow_addresses)
        self._connect_timeout = connect_timeout
        self._idle = idle_timeout
        self._max_bytes = max_bytes
        self._tasks: set[asyncio.Task[None]] = set()
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._pace = HostPace(rate)
        self.handshakes: Handshakes | None = None  # where the browser itself looks at keys only
        self.log: deque[Passed] = deque(maxlen=MAX_LOG)
        self.port = 0

    async def __aenter__(self) -> Self:
        """Listen on a free port of loopback."""
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", 0, limit=MAX_HEAD, family=socket.AF_INET
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close every connection."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def refusal(self, host: str) -> str:
        """Why the last request to a host (`host:port`) was not sent; empty: it was, or there was none."""
        return next((one.refused for one in reversed(self.log) if one.host == host), "")

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError,
                                 TimeoutError, asyncio.CancelledError):  # fmt: skip
            async with asyncio.timeout(self._idle):
                head = await reader.readuntil(b"\r\n\r\n")
            await self._serve(head, reader, writer)
        writer.close()

    async def _serve(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        line, _, rest = head.partition(b"\r\n")
        method, _, target = line.decode("latin-1").rpartition(" ")[0].partition(" ")
        place, path = _place(method, target)
        if place is None:
            await self._refuse(Passed(method, target[:500], "not an address of the web"), writer)
            return
        host = f"{place[0]}:{place[1]}"
        async with self._gates.setdefault(host, asyncio.Semaphore(AT_ONCE)):
            await self._pace.turn(host, document=_NAVIGATES.search(rest) is not None)
            try:
                async with asyncio.timeout(self._connect_timeout):
                    there, onward = await self._onward(*place, tunnel=method == "CONNECT")
            except (OSError, TimeoutError) as error:
                words = str(error) or type(error).__name__
                words = UNTRUSTED + words if isinstance(error, ssl.SSLError) else words
                await self._refuse(Passed(method, target[:500], words[:200], host), writer)
                return
            self.log.append(Passed(method, target[:500], host=host))
            try:
                if method == "CONNECT":
                    writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
                else:
                    onward.write(_forwarded(method, path, rest))
                answers = self._answers(there, writer, headed=method != "CONNECT")
                await self._join(self._pump(reader, onward), answers)
            finally:
                onward.close()

    async def _onward(
        self, host: str, port: int, *, tunnel: bool
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect; through a tunnel only to a server that is trusted. Raises OSError."""
        if tunnel and self.handshakes is not None:
            refusal = await self.handshakes.refusal(host, port, self._connect)
            if refusal:
                raise ssl.SSLError(refusal)
        return await self._connect(host, port)

    async def _connect(
        self, host: str, port: int, tls: ssl.SSLContext | None = None
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Resolve once, check every address, connect to a checked one; raises OSError."""
        loop = asyncio.get_running_loop()
        self._policy.check_literal(host, port)
        found = await loop.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        self._policy.check_name(host, port, tuple(str(entry[4][0]) for entry in found))
        failure: OSError = OSError(f"no address of {host}")
        for info in found[:4]:
            sock = self._policy.open_socket(info)
            sock.setblocking(False)  # noqa: FBT003 - the standard library's signature
            try:
                await loop.sock_connect(sock, info[4])
            except OSError as error:
                sock.close()
                failure = error
                continue
            name = host.strip("[]") if tls else None
            return await asyncio.open_connection(sock=sock, ssl=tls, server_hostname=name)
        raise failure

    async def _closing(self, there: asyncio.StreamReader) -> bytes:
        """The head of the answer, which tells the browser that the connection is not used again."""
        try:
            async with asyncio.timeout(self._idle):
                head = await there.readuntil(b"\r\n\r\n")
                while head.startswith((b"HTTP/1.1 10", b"HTTP/1.0 10")):
                    head = await there.readuntil(b"\r\n\r\n")  # interim answers say nothing
        except asyncio.IncompleteReadError as error:
            return error.partial  # a head that only lenient readers read
        lines = [
            line
            for line in head.rstrip(b"\r\n").split(b"\r\n")
            if line.partition(b":")[0].strip().lower() not in _HOP
        ]
        return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n"

    async def _answers(
        self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, *, headed: bool
    ) -> None:
        """Pass on what the server sends; a head of HTTP (`headed`) is put right."""
        if headed:
            writer.write(await self._closing(there))
        await self._pump(there, writer)

    async def _join(self, *both: Coroutine[None, None, None]) -> None:
        """Pass bytes both ways until one side ends, there are too many, or nobody says anything.

        Both at once: a server answers a form only when it has what was posted.
        """
        ways = {asyncio.create_task(way) for way in both}
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        left = self._max_bytes
        while left > 0:
            async with asyncio.timeout(self._idle):
                piece = await source.read(PIECE)
            if not piece:
                break
            left -= len(piece)
            sink.write(piece)
            await sink.drain()

    async def _refuse(self, passed: Passed, writer: asyncio.StreamWriter) -> None:
        """Hang up: an answer of ours would pass for the site's."""
        self.log.append(passed)
        if passed.method == "CONNECT":
            writer.write(b"HTTP/1.1 403 Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()


def _place(method: str, target: str) -> tuple[tuple[str, int] | None, str]:
    """Host and port to connect to, and the path to ask for; None: it is no address of the web."""
    if method == "CONNECT":
        match, path, default = _PLACE.match(target), "", HTTPS
    else:
        address = _TARGET.match(target)
        match = _PLACE.match(address[1]) if address else None
        path, default = (address[2] if address else ""), HTTP
    if match is None:
        return None, ""
    port = int(match[2] or default)
    if not 0 < port < 1 << 16:
        return None, ""
    return (match[1].lower(), port), path if path.startswith("/") else f"/{path}"


def _forwarded(method: str, path: str, rest: bytes) -> bytes:
    """The request as its server wants it: without the proxy's headers, one on a connection."""
    lines = [
        line
        for line in rest.rstrip(b"\r\n").split(b"\r\n")
        if line and line.partition(b":")[0].strip().lower() not in _HOP
    ]
    first = f"{method} {path} HTTP/1.1".encode("latin-1")
    return b"\r\n".join([first, *lines, b"Connection: close"]) + b"\r\n\r\n"
