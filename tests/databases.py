"""The databases that a store may lie in: SQLite, and a PostgreSQL server that the tests start.

The server is the distribution's, found on PATH or where distributions put it; its data lie in a
temporary folder and go with the test process. DUWANG_TEST_POSTGRESQL names another server to use
(postgresql+psycopg://user@host:port/database, whose user may make databases).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from audit.store import Store

KINDS = ("sqlite", "postgresql")
STARTS = 60  # seconds that the server gets to start
_NUMBERS = count(1)
_PLACES = "/usr/lib/postgresql", "/usr/local/opt/postgresql", "/opt/homebrew/opt/postgresql"
_MISSING = "没有PostgreSQL：安装发行版的postgresql，或用 DUWANG_TEST_POSTGRESQL 指明服务器"


@contextmanager
def opened(kind: str, folder: Path) -> Generator[Store]:
    """An empty store of a kind; its archive lies in `folder`. Skips loudly without a server."""
    if kind == "sqlite":
        with Store.open(str(folder)) as store:
            yield store
        return
    with postgresql() as url, Store.open(url, archive=folder / "warc") as store:
        yield store


@contextmanager
def postgresql() -> Generator[str]:
    """The address of an empty database, removed afterwards. Skips loudly without a server."""
    server = _server()
    if server is None:
        pytest.skip(_MISSING)
    name = f"duwang_test_{os.getpid()}_{next(_NUMBERS)}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            sa.text(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
        )
    try:
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()


@cache
def _server() -> str | None:
    """The address of the server, started when it is first asked for; None: there is none."""
    named = os.environ.get("DUWANG_TEST_POSTGRESQL")
    if named:
        return named
    programs = _programs()
    if programs is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="duwang-postgresql-"))
    owner = _owner(folder)
    data, port = folder / "data", _free_port()
    _call(owner, programs / "initdb", "-D", data, "-U", "duwang", "-A", "trust", "-E", "UTF8", "-N")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = (programs / "pg_ctl", "-D", data, "-s", "-w", "-t", str(STARTS))
    _leave_clean(folder)
    _call(owner, *control, "-l", folder / "log", "-o", options, "start")
    return f"postgresql+psycopg://duwang@127.0.0.1:{port}/postgres"


def _leave_clean(folder: Path) -> None:
    """However this process ends, its pipe closes: then the server is ended and its folder removed."""
    _watchers.append(
        subprocess.Popen(
            [sys.executable, "-c", _WATCH, folder], stdin=subprocess.PIPE, start_new_session=True
        )
    )


_watchers: list["subprocess.Popen[bytes]"] = []
_WATCH = """
import os, pathlib, shutil, signal, sys, time
sys.stdin.read()
folder = pathlib.Path(sys.argv[1])
note = folder / "data" / "postmaster.pid"
for _ in range(100):
    try:
        os.kill(int(note.read_text().split()[0]), signal.SIGQUIT)  # at once, as pg_ctl's immediate
    except (OSError, ValueError, IndexError):
        break
    time.sleep(0.1)
shutil.rmtree(folder, ignore_errors=True)
"""


def _programs() -> Path | None:
    """The folder with the newest server's programs."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = [path.parent for place in _PLACES for path in Path(place).glob("**/bin/initdb")]
    return max(folders, default=None, key=lambda path: [int(s) for s in path.parts if s.isdigit()])


def _owner(folder: Path) -> str | None:
    """The server refuses to be root: then it is the user whom the distribution made for it."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    shutil.chown(folder, "postgres", "postgres")
    return "postgres"


def _call(owner: str | None, *words: str | Path) -> None:
    subprocess.run(
        words,
        user=owner,
        group=owner,
        extra_groups=[] if owner else None,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=STARTS * 2,
        check=True,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
