"""A small scripted server on loopback: every path gives exactly the bytes that the test wrote."""

import asyncio
import contextlib
import re
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import msgspec

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")

Script = bytes | Callable[["Asked"], bytes]


class Asked(msgspec.Struct, frozen=True):
    """One request as it came in; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    count: int  # how often this path was asked for before
    body: bytes = b""


class Served:
    """What is served, and everything that was asked."""

    def __init__(self, scripts: Mapping[str, Script], otherwise: Script | None = None) -> None:
        """Answer each path (with query) by its script: raw bytes, or a function of the request.

        What has no script of its own gets that of its path without query, else `otherwise`.
        """
        self.scripts = dict(scripts)
        self.otherwise = otherwise or answer("missing", 404)
        self.asked: list[Asked] = []
        self.host = ""
        self.scheme = "http"
        self.open = 0
        self.most_open = 0
        self.connected = 0  # connections that were ever opened
        self.held: dict[str, asyncio.Event] = {}  # what a path's answer waits for
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def url(self) -> str:
        """The address of the site without slash."""
        return f"{self.scheme}://{self.host}"

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [a.path for a in self.asked if a.path != "/robots.txt"]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection; a script that returns nothing closes it."""
        self._writers.append(writer)
        self.connected += 1
        if (task := asyncio.current_task()) is not None:
            self._tasks.append(task)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.open += 1
                self.most_open = max(self.most_open, self.open)
                length = int(_LENGTH.findall(head)[0]) if _LENGTH.search(head) else 0
                asked = self._asked(head.decode("latin-1"), await reader.readexactly(length))
                answer = self._answer(asked)
                await asyncio.sleep(0.002)
                if (held := self.held.get(asked.path.partition("?")[0])) is not None:
                    await held.wait()
                self.open -= 1
                writer.write(answer)
                await writer.drain()
                if not answer or b"\r\nConnection: close" in answer:
                    break
        writer.close()

    async def smuggle(self, raw: bytes) -> None:
        """Send bytes that nobody asked for on every connection, and let them arrive."""
        for writer in self._writers:
            writer.write(raw)
            await writer.drain()
        await asyncio.sleep(0.05)

    async def close(self) -> None:
        """Close every connection."""
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*self._tasks)

    def _asked(self, head: str, body: bytes) -> Asked:
        line, *rest = head.split("\r\n")
        method, path, _ = line.split(" ")
        pairs = (r.partition(":") for r in rest if r)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        count = sum(a.path == path for a in self.asked)
        asked = Asked(method, path, headers, count, body)
        self.asked.append(asked)
        return asked

    def _answer(self, asked: Asked) -> bytes:
        bare = asked.path.partition("?")[0]
        script = self.scripts.get(asked.path, self.scripts.get(bare, self.otherwise))
        raw = script(asked) if callable(script) else script
        if asked.method == "HEAD":
            return raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if raw else raw
        return raw


def answer(
    body: str | bytes = "",
    status: int = 200,
    content_type: str = "text/html; charset=utf-8",
    **headers: str,
) -> bytes:
    """A right HTTP answer; header names are written with underscores."""
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Words", f"Content-Length: {len(raw)}"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def page(*links: str, title: str = "页面", head: str = "") -> bytes:
    """A page with links."""
    anchors = "".join(f'<a href="{link}">链接</a>' for link in links)
    top = f"<!doctype html><html><head><title>{title}</title>{head}</head>"
    return answer(f"{top}<body>{anchors}</body></html>")


def redirect(location: str | bytes, status: int = 302) -> bytes:
    """A redirect; bytes stand in the header as they are."""
    raw = location.encode() if isinstance(location, str) else location
    return b"HTTP/1.1 %d Moved\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % (status, raw)


@asynccontextmanager
async def served(
    scripts: Mapping[str, Script], tls: ssl.SSLContext | None = None
) -> AsyncIterator[Served]:
    """Serve the scripts on a free port of 127.0.0.1, over TLS when there is a certificate."""
    site = Served(scripts)
    site.scheme = "https" if tls else "http"
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=tls)
    site.host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield site
    finally:
        server.close()
        await site.close()
