"""A site that says hostile things: every file of its run parses, and a real browser does nothing."""

import http.server
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest

from reports import FORMATS
from tests.command import called, duwang
from tests.e2e.test_gate import FAIL_ON, Site, write_config
from tests.poison import HOSTILE
from tests.unit.test_hostile_text import CONTROL, PARSE

BROWSER = os.environ.get("DUWANG_BROWSER") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), ""
)
ENDINGS = {
    "gl-code-quality-report.json": "gitlab", ".html": "html", "report.json": "json", "pages.jsonl": "pages", "links.jsonl": "links",
    ".csv": "csv", ".xlsx": "xlsx", ".docx": "docx", ".xml": "junit", ".sarif": "sarif",
    "github.txt": "github",
}  # fmt: skip


def hostile_pages() -> dict[str, str]:
    """Titles, rows, link texts and addresses that are hostile."""
    items = list(enumerate(HOSTILE.values()))
    rows = "".join(
        f"<li><a href='/tzgg/{n}.html?q={quote(text[:40], errors='replace')}' title='{safe(text)}'>"
        f"{safe(text)}</a><a href='/gone/{n}/{quote(text[:60], errors='replace')}'>{safe(text)}</a>"
        "<span>2019-01-02</span></li>"
        for n, text in items
    )
    menu = "".join(f"<a href=/c{n}/>{safe(text[:60])}</a>" for n, text in items)
    head = f"<div class=nav><a href=/>首页</a><a href=/tzgg/>通知公告</a>{menu}</div>"
    pages = {
        "/": f"<title>{safe(HOSTILE['script'])}</title>{head}<ul>{rows}</ul>",
        "/tzgg/": f"<title>通知公告</title>{head}<ul>{rows}</ul>",
    }
    for n, text in items:
        said = safe(text)
        pages[f"/tzgg/{n}.html"] = (
            f"<title>{said}</title>{head}<h1>{said}</h1><p>发布时间：2019-01-02 来源：{said}</p>"
            f"<p>{said}各单位要认真抓好落实。</p><p>联系电话：{said} 身份证号码</p>"
        )
        pages[f"/c{n}/"] = f"<title>{said}</title>{head}<h2>{said}</h2><ul></ul>"
    return pages


def safe(text: str) -> str:
    """Markup that shows the text, as a site shows what people wrote to it."""
    return escape(text.encode("utf-8", "replace").decode())


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.down()


@pytest.fixture
def outside() -> Iterator[tuple[int, list[str]]]:
    """A proxy that lets nothing through, and every request that came to it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(502)

        do_CONNECT = do_POST = do_HEAD = do_GET  # noqa: N815 - named by the base class

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()


def opened(path: Path, port: int, profile: Path) -> str:
    """The page as a browser shows it, when all that could run has run."""
    done = subprocess.run(
        [
            BROWSER,
            *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *(f"--proxy-server=127.0.0.1:{port}", "--proxy-bypass-list=<-loopback>"),
            *(f"--user-data-dir={profile}", "--virtual-time-budget=2000", "--dump-dom"),
            path.as_uri(),
        ],
        capture_output=True,
        timeout=90,
        check=True,
    )
    return done.stdout.decode()


def title(shown: str) -> str:
    found = re.search("<title>(.*?)</title>", shown, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.slow
def test_a_run_of_a_hostile_site(
    site: Site, tmp_path: Path, outside: tuple[int, list[str]]
) -> None:
    write_config(tmp_path, site)
    formats = ("--format", ",".join(FORMATS))
    site.pages = hostile_pages()
    site.gone = {"/c1/", "/tzgg/3.html"}
    first = duwang(tmp_path, "run", "--as-of", "2026-01-15", "--out", "out", *formats)
    site.gone = {path for path in site.pages if path != "/"}
    second = called(tmp_path, "run", "--as-of", "2026-02-15", "--out", "out", *formats)
    said = [first, second, called(tmp_path, "gate", *FAIL_ON), called(tmp_path, "diff", "last")]
    files = sorted(path for path in (tmp_path / "out").rglob("*") if path.is_file())

    assert (tmp_path / "out/report.json").read_bytes().count(b'"message"') > 20
    for done in said:
        assert "Traceback" not in done.stderr
        assert done.returncode in {0, 1, 3}
        assert not CONTROL.search(done.stdout + done.stderr)
    for path in files:
        kind = next(kind for end, kind in ENDINGS.items() if path.name.endswith(end))
        PARSE[kind](path.read_bytes())
    if not BROWSER:
        pytest.skip("没有浏览器：HTML没有在浏览器里打开；用 DUWANG_BROWSER 指明")
    port, asked = outside
    for path in (path for path in files if path.suffix == ".html"):
        shown = opened(path, port, tmp_path / "profile")

        assert "default-src 'none'" in shown
        assert title(shown) == title(path.read_text("utf-8"))
    assert [one for one in asked if "evil" in one] == []


@pytest.mark.skipif(not BROWSER, reason="没有浏览器：用 DUWANG_BROWSER 指明")
@pytest.mark.parametrize("name", ["script", "image"])
def test_the_browser_would_have_told(
    name: str, tmp_path: Path, outside: tuple[int, list[str]]
) -> None:
    port, asked = outside
    page = tmp_path / "page.html"
    page.write_text(f"<title>before</title><p>{HOSTILE[name]}", encoding="utf-8")
    shown = opened(page, port, tmp_path / "profile")

    assert title(shown) == "ran"
    assert any("evil.example" in one for one in asked)
