"""Serving the demo on loopback: one thread a connection, ports that the system chooses."""

import datetime as dt
import ssl
import sys
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs

import msgspec

from audit.demo import pages
from audit.demo.frame import content_type, encoded
from audit.demo.records import Answer, DemoEstate, DemoSite, Planted

CERTIFICATE = "demo-only.pem"  # with its key: both are public, and worth nothing elsewhere
EVENING = dt.time(18, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


class Serving(msgspec.Struct, frozen=True):
    """A demo that answers: base addresses by site, without slash, and the config as TOML."""

    urls: Mapping[str, str]
    config: str
    planted: tuple[Planted, ...]


@contextmanager
def serve(estate: DemoEstate) -> Generator[Serving, None, None]:
    """Serve every site of the estate on 127.0.0.1 until the block ends."""
    with ExitStack() as stack:
        shown = resources.as_file(resources.files("audit.demo") / CERTIFICATE)
        certificate = stack.enter_context(shown)
        secure = {name for name, site in estate.sites.items() if site.material.secure}
        servers = {
            name: stack.enter_context(_server(certificate if name in secure else None))
            for name in estate.sites
        }
        hosts = {name: f"127.0.0.1:{server.server_port}" for name, server in servers.items()}
        for name, server in servers.items():
            server.prepare(estate.sites[name], hosts, estate.as_of)
            thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
        urls = {
            name: f"{'https' if name in secure else 'http'}://{host}"
            for name, host in hosts.items()
        }
        config = _placed(estate.config.encode(), hosts).decode()
        config = config.replace(CERTIFICATE, certificate.as_posix())
        yield Serving(urls, config, estate.planted)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def prepare(self, site: DemoSite, hosts: Mapping[str, str], as_of: dt.date) -> None:
        self.site = site
        self.hosts = hosts
        self.changed = format_datetime(
            dt.datetime.combine(as_of - dt.timedelta(days=1), EVENING).astimezone(dt.UTC),
            usegmt=True,
        )

    def answer(self, target: str) -> Answer:
        path, _, query = target.partition("?")
        site = self.site
        if path == "/search" and query and site.material.search:
            time.sleep(site.material.search_seconds)
            page = pages.found(site.material, _words(query))
            return self._placed(Answer(encoded(site.material, page), content_type(site.material)))
        return self._placed(site.pages.get(path, site.missing))

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of visitors who hang up."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def _placed(self, answer: Answer) -> Answer:
        if not answer.content_type.startswith("text/html"):
            return answer
        return msgspec.structs.replace(answer, body=_placed(answer.body, self.hosts))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one packet

    def do_GET(self) -> None:
        self._send(self._site.answer(self.path), with_body=True)

    def do_HEAD(self) -> None:
        self._send(self._site.answer(self.path), with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        """Say nothing: the audit has its own progress."""

    @property
    def _site(self) -> _Server:
        return cast("_Server", self.server)

    def _send(self, answer: Answer, *, with_body: bool) -> None:
        tag = f'"{sha256(answer.body).hexdigest()[:20]}"'
        known = answer.status == 200 and self.headers.get("If-None-Match") == tag
        self.send_response(304 if known else answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        self.send_header("Content-Type", answer.content_type)
        if answer.status == 200:
            self.send_header("ETag", tag)
            self.send_header("Last-Modified", self._site.changed)
        if not known:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body and not known:
            self.wfile.write(answer.body)


def _server(certificate: Path | None) -> _Server:
    server = _Server(("127.0.0.1", 0), _Handler)
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    return server


def _placed(body: bytes, hosts: Mapping[str, str]) -> bytes:
    for name, host in hosts.items():
        body = body.replace(f"{name}.demo.invalid".encode(), host.encode())
    return body


def _words(query: str) -> str:
    """The `q` of a query, written in UTF-8 or, by old pages, in GBK."""
    raw = parse_qs(query, encoding="latin-1").get("q", [""])[0].encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
