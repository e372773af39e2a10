"""Synthetic visits and runs for the tests of the store."""

import datetime as dt
from collections.abc import Mapping
from hashlib import sha256

from audit.config import Config
from audit.config.tables import Tables
from audit.model import Fetch, FetchOutcome, Link, PageRecord, Purpose, Region, Request, Visit
from audit.store import RunRow, Store

SITE = "jtt"
HOME = "http://www.example.gov.cn/"
CARD: Mapping[str, object] = {"id": SITE, "name": "示例交通运输厅", "home": HOME}
AT = "2026-11-25T10:00:01+08:00"


def started(
    store: Store,
    *,
    day: str = "2026-11-25",
    reader: str = "reader-1",
    sites: tuple[str, ...] = (SITE,),
    config: str = '{"sites":[]}',
) -> RunRow:
    """A new run."""
    return store.start_run(
        started=f"{day}T10:00:00+08:00",
        as_of=dt.date.fromisoformat(day),
        mode="run",
        sites=sites,
        partial=False,
        quick=False,
        config=config,
        config_sha256="0" * 64,
        rulebook='id = "example"\n',
        reader=reader,
    )


def config(**change: object) -> str:
    """The config of a run with one site, as it is stored."""
    return Config(Tables.model_validate({"sites": [CARD], **change})).text()


def page(
    request: Request,
    *,
    body: bytes | None = None,
    found: tuple[Request, ...] = (),
    outcome: FetchOutcome = FetchOutcome.OK,
    etag: str = "",
) -> Visit:
    """A visit that read a page; its body names the address unless another is given."""
    body = f"<title>{request.url}</title>".encode() if body is None else body
    fetch = Fetch(
        url=request.url,
        purpose=request.purpose,
        outcome=outcome,
        round=request.round,
        depth=request.depth,
        referrer=request.referrer,
        final_url=request.url,
        status=200,
        content_type="text/html; charset=utf-8",
        at=AT,
        body_bytes=len(body),
        sha256=sha256(body).hexdigest(),
        etag=etag,
    )
    return Visit(fetch, body, read(body, request.url, fetch.content_type), found)


def bare(request: Request, outcome: FetchOutcome) -> Visit:
    """A visit without a body."""
    whole = request.purpose is Purpose.LOOK
    fetch = Fetch(
        request.url, request.purpose, outcome, request.round, request.depth, at=AT, whole=whole
    )
    return Visit(fetch)


def read(body: bytes, url: str, content_type: str) -> PageRecord:
    """What stands for the page stage: a pure function of its arguments."""
    links = (Link(f"{url}next", "下一页", Region.BODY),)
    return PageRecord(url, title=body.decode(errors="replace"), encoding=content_type, links=links)


def walked(store: Store, run: RunRow, *bodies: bytes, etag: str = "") -> None:
    """Walk one page for each body: `HOME`, `HOME`1.html, …"""
    with store.journal(run.id, SITE) as journal:
        wanted = tuple(Request(HOME + (f"{n}.html" if n else "")) for n in range(len(bodies)))
        journal.add(wanted)
        for request, body in zip(wanted, bodies, strict=True):
            journal.commit(page(request, body=body, etag=etag))


def ended(store: Store, run: RunRow, judged: bytes = b"") -> None:
    """Close a run that found nothing."""
    finished = f"{run.started[:10]}T11:00:00+08:00"
    store.finish_run(
        run.id, finished=finished, status="complete", judged=judged, findings=(), passed=()
    )


def purposes() -> tuple[Purpose, ...]:
    """Every purpose."""
    return tuple(Purpose)
