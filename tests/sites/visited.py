"""Serves a site on loopback, crawls it with the real pipeline and gives what was read and said of it."""

import asyncio
import datetime as dt
import importlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

import checks
import reports
from audit.api import AnyCheck, FactUnavailable, unknown
from audit.config import load
from audit.model import AsOf, Column, HomePage, PageCard, Reason, Subject, SubjectKind, Verdict
from audit.pipeline import Audit, begin, present_readings, reach
from audit.reading import Reading
from audit.rulebooks import load as load_rulebook
from audit.store import Store
from audit.workdays import published
from tests.served import Asked, Script, answer, served
from tests.sites.truth import Truth

SITE = "site"
STARTED = "2020-06-24T08:00:00+08:00"
HOST = "@HOST@"  # in a page: the address under which it is served


class File(msgspec.Struct, frozen=True):
    """What a site answers at one address; text is written in the site's own encoding."""

    body: str | bytes
    status: int = 200
    content_type: str = ""  # empty: the site's own


class Site(msgspec.Struct, frozen=True):
    """The files of a site by path (with query), and how it sends them."""

    files: Mapping[str, File | str]
    encoding: str
    content_type: str
    missing: File  # what it answers to every other path
    index: str = "index.html"  # the name under which a folder's page can be asked for too


class Seen(msgspec.Struct, frozen=True):
    """What was read of a site, and what the checks said."""

    home: HomePage
    columns: Mapping[str, Column]
    pages: Mapping[str, PageCard]
    written: Mapping[str, dt.date | None]
    leads: Mapping[str, str]
    verdicts: Mapping[str, tuple[Verdict, ...]]


def site_of(manner: str) -> Site:
    """The files of a manner, made by its `pages.py`."""
    return importlib.import_module(f"tests.sites.{manner}.pages").SITE


def visit(manner: str, truth: Truth) -> Seen:
    """Crawl and judge a site."""
    return asyncio.run(_visit(site_of(manner), truth))


def path_of(url: str) -> str:
    """Path and query of an own address, a whole foreign one as it is."""
    parts = urlsplit(url)
    if not parts.netloc.startswith("127.0.0.1"):
        return url
    path = unquote(parts.path) or "/"
    return f"{path}?{parts.query}" if parts.query else path


class _Answers(dict[str, Script]):
    """Answers every path that the site does not have with its own not-found page."""

    def __init__(self, files: Mapping[str, Script], missing: Script) -> None:
        super().__init__(files)
        self._missing = missing

    def __missing__(self, path: str) -> Script:
        return self._missing

    def get(self, path: str, default: object = None) -> Script:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self[path]


def _script(site: Site, file: File | str) -> Callable[[Asked], bytes]:
    made = File(file) if isinstance(file, str) else file
    content_type = made.content_type or site.content_type

    def answering(asked: Asked) -> bytes:
        body = made.body
        if isinstance(body, str):
            body = body.replace(HOST, asked.headers.get("host", "")).encode(site.encoding)
        return answer(body, made.status, content_type)

    return answering


async def _visit(site: Site, truth: Truth) -> Seen:
    files: dict[str, Script] = {path: _script(site, file) for path, file in site.files.items()}
    files |= {f"{path}{site.index}": file for path, file in files.items() if path.endswith("/")}
    with tempfile.TemporaryDirectory(prefix="duwang-site-") as folder:
        async with served({}) as server:
            server.scripts = _Answers(files, _script(site, site.missing))
            file = Path(folder) / "config.toml"
            file.write_text(_config(server.url, truth.name), encoding="utf-8")
            with Store.open(str(Path(folder) / "store")) as store:
                return await _seen(store, file, truth)


async def _seen(store: Store, file: Path, truth: Truth) -> Seen:
    config = load(file, checks.load(), tuple(reports.FORMATS))
    _, rulebook = load_rulebook("yunnan-2020")
    run = begin(
        store,
        config,
        rulebook,
        started=STARTED,
        as_of=truth.as_of,
        mode="run",
        sites=(SITE,),
        quick=False,
    )
    reached = await reach(store, run, config, progress=None, stop=asyncio.Event())
    audit = Audit(store, run, config, checks.load())
    (reading,) = present_readings(audit, reached.readings)
    digests = reading.survey.digests
    named = load_rulebook("yunnan-2020")[0].checks()
    return Seen(
        home=reading.home,
        columns={path_of(column.url): column for column in reading.columns},
        pages={path_of(card.url): card for card in reading.pages},
        written={path_of(url): digest.written for url, digest in digests.items()},
        leads={path_of(url): path_of(one.leads) for url, one in digests.items() if one.leads},
        verdicts={
            check.id: tuple(_said(check, reading, truth.as_of))
            for check in checks.load().values()
            if check.scope == "site" and check.id in named
        },
    )


def _said(check: AnyCheck, reading: Reading, as_of: dt.date) -> Iterator[Verdict]:
    """The verdicts of a check, as a run gets them."""
    rulebook, _ = load_rulebook("yunnan-2020")
    settings = check.settings.model_validate(rulebook.settings_of(check.id))
    try:
        yield from check.find(reading, settings, AsOf(as_of, published()))
    except FactUnavailable as unavailable:
        yield unknown(Subject(SubjectKind.SITE, "/", "", ""), Reason(unavailable.reason))


def _config(address: str, name: str) -> str:
    host = urlsplit(address).netloc
    return (
        f'[[sites]]\nid = "{SITE}"\nname = "{name}"\nhome = "{address}/"\n\n[crawl]\nrate = 0\n'
        f'concurrency = 8\nexternal = "record"\nallow_addresses = ["{host}"]\n'
        '[browser]\nrender = "off"\n'
    )
