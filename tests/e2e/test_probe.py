"""`duwang probe`: visits are kept, and nothing counts against a site that nobody could see."""

import socket
import sqlite3
from pathlib import Path

import pytest

from tests.command import called, duwang
from tests.e2e.test_gate import Site, site, write_config

__all__ = ["site"]


def kept(folder: Path) -> list[tuple[str, int, str]]:
    with sqlite3.connect(folder / ".duwang" / "duwang.db") as database:
        return database.execute("select site, ok, outcome from visits order by id").fetchall()


def closed_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def test_a_visit_that_opens_is_kept(site: Site, tmp_path: Path) -> None:
    site.pages = {"/": "<title>示例局</title><p>欢迎</p>"}
    write_config(tmp_path, site)
    done = duwang(tmp_path, "probe")

    assert done.returncode == 0, done.stderr
    assert "打开" in done.stdout
    assert kept(tmp_path) == [("bureau", 1, "ok")]


def test_a_failure_counts_only_when_another_host_answers(
    site: Site,
    tmp_path: Path,
) -> None:
    site.pages = {"/": "<title>示例局</title><p>欢迎</p>"}
    write_config(tmp_path, site)
    shut = closed_port()
    config = tmp_path / "config.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace(
            "[crawl]\nallow_addresses = [",
            f'[[sites]]\nid = "shut"\nname = "关闭的网站"\nhome = "http://127.0.0.1:{shut}/"\n'
            f'[crawl]\nallow_addresses = ["127.0.0.1:{shut}", ',
        ),
        encoding="utf-8",
    )
    both = called(tmp_path, "probe")
    alone = called(tmp_path, "probe", "--site", "shut")
    controlled = called(
        tmp_path, "probe", "--site", "shut", "--control", f"http://127.0.0.1:{site.port}/"
    )

    assert (both.returncode, alone.returncode, controlled.returncode) == (0, 3, 0), both.stderr
    assert "不计入" in alone.stdout
    assert sorted(kept(tmp_path)) == [
        ("bureau", 1, "ok"),
        ("shut", 0, "connection_refused"),
        ("shut", 0, "connection_refused"),
    ]


@pytest.mark.parametrize("words", [("--site", "nobody"), ("--config", "none.toml")])
def test_bad_input_visits_nobody(site: Site, tmp_path: Path, words: tuple[str, str]) -> None:
    write_config(tmp_path, site)
    done = called(tmp_path, "probe", *words)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
