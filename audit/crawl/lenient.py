"""A second, lenient look at an answer that the strict parser refused.

Browsers read what strict parsers refuse: header lines without a colon, bytes after the end of the
body. Such a site is not down. What is ambiguous stays refused: lengths that differ, no status line.
"""

import asyncio
import socket
import ssl
from typing import Self

import httpx
from yarl import URL

from audit.crawl.address import AddressPolicy

MAX_HEAD = 96 << 10  # bytes
MAX_LINES = 512
PIECE = 64 << 10  # bytes read at once
FIRST_FINAL = 200  # below are interim answers


class LenientError(Exception):
    """The lenient look cannot make sense of the answer either."""


async def second_look(
    policy: AddressPolicy, tls: ssl.SSLContext, request: httpx.Request, url: URL
) -> httpx.Response:
    """Ask once more on a connection of its own; raises LenientError, OSError."""
    reader, writer = await _connect(policy, tls, url)
    try:
        writer.write(_head(request, url))
        await writer.drain()
        status, headers = _parsed(await reader.readuntil(b"\r\n\r\n"))
        length = _length(headers)
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        writer.close()
        raise LenientError(str(error)) from error
    except (OSError, LenientError):
        writer.close()
        raise
    if request.method == "HEAD":
        length = 0
    return httpx.Response(status, headers=headers, stream=_Rest(reader, writer, length))


async def _connect(
    policy: AddressPolicy, tls: ssl.SSLContext, url: URL
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the first checked address."""
    loop = asyncio.get_running_loop()
    host, port = url.raw_host or "", url.port or 0
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    policy.check_name(host, port, tuple(str(entry[4][0]) for entry in found))
    sock = policy.open_socket(found[0])
    sock.setblocking(False)  # noqa: FBT003 - the standard library's signature
    try:
        await loop.sock_connect(sock, found[0][4])
    except OSError:
        sock.close()
        raise
    secure = url.scheme == "https"
    return await asyncio.open_connection(
        sock=sock,
        limit=MAX_HEAD,
        ssl=tls if secure else None,
        server_hostname=host if secure else None,
    )


def _head(request: httpx.Request, url: URL) -> bytes:
    lines = [f"{request.method} {url.raw_path_qs} HTTP/1.1", f"Host: {url.host_port_subcomponent}"]
    lines += [
        f"{name.decode('ascii')}: {value.decode('latin-1')}"
        for name, value in request.headers.raw
        if name.lower() not in {b"host", b"connection"}
    ]
    head = ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode("latin-1")
    return head + request.content


def _parsed(head: bytes) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Status and headers; lines that are no headers are passed over."""
    first, *lines = head.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    version, _, rest = first.partition(b" ")
    status = rest[:3]
    if not version.startswith(b"HTTP/1.") or not status.isdigit() or int(status) < FIRST_FINAL:
        raise LenientError("no status line")
    if len(lines) > MAX_LINES:
        raise LenientError("too many headers")
    pairs = [line.partition(b":") for line in lines]
    return int(status), [(n.strip(), v.strip()) for n, colon, v in pairs if colon and n.strip()]


def _length(headers: list[tuple[bytes, bytes]]) -> int | None:
    """The announced length of the body; None: until the connection closes."""
    said = {value for name, value in headers if name.lower() == b"content-length"}
    if any(name.lower() == b"transfer-encoding" for name, _ in headers):
        raise LenientError("chunks are read strictly")
    if len(said) > 1 or not all(value.isdigit() for value in said):
        raise LenientError("no clear length")
    return int(said.pop()) if said else None


class _Rest(httpx.AsyncByteStream):
    """The body: as long as announced, whatever follows it."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, length: int | None
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._left = length

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if self._left == 0:
            raise StopAsyncIteration
        piece = await self._reader.read(PIECE if self._left is None else min(PIECE, self._left))
        if not piece:
            if self._left:
                raise httpx.RemoteProtocolError("the body ends early")
            raise StopAsyncIteration
        if self._left is not None:
            self._left -= len(piece)
        return piece

    async def aclose(self) -> None:
        self._writer.close()
