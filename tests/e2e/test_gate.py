"""A site over the months: what the gate, the comparison and the history say of each run."""

import datetime as dt
import http.server
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import msgspec
import pytest

from audit.model import OutcomeStatus
from audit.pipeline.judged import Judged
from audit.store.packing import Packer
from tests.command import called, duwang

Command = Callable[..., CompletedProcess[str]]
FAIL_ON = ("--fail-on", "new:notice", "--min-coverage", "0.1")
ROWS = "".join(
    f"<li><a href=/tzgg/{n}.html>关于第{n}号专项工作安排的通知</a><span>{{day}}</span></li>"
    for n in range(1, 7)
)
TEXT = "<p>" + "各单位要按照要求认真抓好落实，确保各项任务按期完成。" * 12 + "</p>"


class Site:
    """A small site on loopback whose pages a test changes between two runs."""

    def __init__(self) -> None:
        """Nothing is served yet."""
        self.pages: dict[str, str] = {}
        self.gone: set[str] = set()
        self.refused: set[str] = set()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                body = site.pages.get(path)
                found = body is not None and path not in site.gone
                sent = (body if found and body else "<h1>404 Not Found</h1>").encode()
                refused = path in site.refused
                self.send_response(403 if refused else 200 if found else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

        self._handler = Handler
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.up()

    def up(self) -> None:
        """Answer requests."""
        if self._server.socket.fileno() < 0:
            address = ("127.0.0.1", self.port)
            self._server = http.server.ThreadingHTTPServer(address, self._handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def down(self) -> None:
        """Refuse connections."""
        self._server.shutdown()
        self._server.server_close()

    def publish(self, day: dt.date) -> None:
        """The pages as they stand on a day: the newest rows are three days old."""
        rows = ROWS.replace("{day}", (day - dt.timedelta(days=3)).isoformat())
        menu = "<div class=nav><a href=/>首页</a><a href=/tzgg/>通知公告</a></div>"
        self.pages = {
            "/": f"<title>示例局</title>{menu}<h2>通知公告</h2><ul>{rows}</ul>",
            "/tzgg/": f"<title>通知公告-示例局</title>{menu}<div>当前位置：<a href=/>首页</a> >"
            f" <a href=/tzgg/>通知公告</a></div><ul>{rows}</ul>",
        }
        for n in range(1, 7):
            self.pages[f"/tzgg/{n}.html"] = (
                f"<title>关于第{n}号专项工作安排的通知-示例局</title>{menu}"
                f"<h1>关于第{n}号专项工作安排的通知</h1><p>发布时间：{day.isoformat()}</p>{TEXT}"
            )


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.down()


def month(
    folder: Path, site: Site, number: int, *, browser: bool = False, command: Command = called
) -> tuple[int, int, dict[str, Any]]:
    """One monthly run: the exit codes of run and gate, and the report."""
    day = dt.date(2026, number, 15)
    site.publish(day)
    given = ("--as-of", day.isoformat(), "--out", "out", "--format", "json")
    ran = command(folder, "run", *given, *(() if browser else ("--no-browser",)))
    gated = command(folder, "gate", *FAIL_ON)

    assert "Traceback" not in ran.stderr + gated.stderr
    return ran.returncode, gated.returncode, json.loads((folder / "out/report.json").read_bytes())


def states(report: dict[str, Any], check: str = "dead-link") -> list[str]:
    return [
        one["state"]
        for site in report["sites"]
        for one in site["findings"]
        if one["check"] == check
    ]


def write_config(folder: Path, site: Site, pictures: int = 0) -> None:
    (folder / "config.toml").write_text(
        f'[[sites]]\nid = "bureau"\nname = "示例局"\nhome = "http://127.0.0.1:{site.port}/"\n'
        f'[crawl]\nallow_addresses = ["127.0.0.1:{site.port}"]\nrate = 0\n'
        f"[browser]\npictures = {pictures}\n",
        encoding="utf-8",
    )


def test_a_fault_that_comes_goes_and_comes_back(site: Site, tmp_path: Path) -> None:
    write_config(tmp_path, site)
    _, first, _ = month(tmp_path, site, 1, browser=True)
    _, unchanged, report = month(tmp_path, site, 2, browser=True)
    quiet = report["comparison"]
    site.gone = {"/tzgg/3.html"}
    _, appeared, report = month(tmp_path, site, 3, browser=True)
    new = states(report)
    _, stayed, report = month(tmp_path, site, 4, browser=True)
    still = states(report)
    site.gone = set()
    _, fixed, report = month(tmp_path, site, 5, browser=True)
    after = report["comparison"]
    site.gone = {"/tzgg/3.html"}
    _, back, report = month(tmp_path, site, 6, browser=True)

    assert (first, unchanged, appeared, stayed, fixed, back) == (3, 0, 1, 0, 0, 1)
    assert (quiet["new"], quiet["fixed"], quiet["not_observed"]) == ([], [], 0)
    assert (set(new), set(still), set(states(report))) == ({"new"}, {"open"}, {"reopened"})
    assert len(after["fixed"]) == len(new)
    assert set(report["comparison"]["reopened"]) == set(after["fixed"])


@pytest.mark.parametrize("deleted", [True, False])
def test_a_page_that_is_deleted_with_every_link_to_it_is_fixed_when_it_said_so_twice(
    site: Site, tmp_path: Path, deleted: bool
) -> None:
    write_config(tmp_path, site)
    day = dt.date(2026, 1, 15)
    counts: list[tuple[int, int]] = []
    for number in (1, 2):
        site.publish(day)
        row = f"<li><a href=/tzgg/7.html>关于第7号专项工作安排的通知</a><span>{day}</span></li>"
        if number == 1:
            site.pages["/tzgg/"] += f"<ul>{row}</ul>"
        if number == 1 or not deleted:
            idle = "<a href='#'>关于做好公路养护工作的通知</a>"
            site.pages["/tzgg/7.html"] = site.pages["/tzgg/1.html"].replace("第1号", "第7号") + idle
        given = ("--as-of", day.isoformat(), "--out", "out", "--format", "json", "--no-browser")
        called(tmp_path, "run", *given)
        report = json.loads((tmp_path / "out/report.json").read_bytes())
        compared = report["comparison"] or {"fixed": [], "not_observed": 0}
        counts.append((len(states(report, "empty-link")), len(compared["fixed"])))

    assert counts == [(1, 0), (0, 1 if deleted else 0)]


def forget(folder: Path, check: str) -> None:
    """Make the stored run one of an older program, which could not see what this check finds."""
    with sqlite3.connect(folder / ".duwang" / "duwang.db") as database:
        ((run, packed),) = database.execute("select run, judged from judgements").fetchall()
        judged = msgspec.msgpack.decode(Packer().as_blob(packed), type=Judged)
        sites = tuple(
            msgspec.structs.replace(
                site,
                outcomes=tuple(
                    msgspec.structs.replace(one, verdicts=(), status=OutcomeStatus.PASS)
                    if one.check == check
                    else one
                    for one in site.outcomes
                ),
            )
            for site in judged.sites
        )
        older = msgspec.structs.replace(judged, sites=sites, program="older")
        blob = Packer().blob(msgspec.msgpack.encode(older))
        database.execute("update judgements set judged = ? where run = ?", (blob, run))
        database.execute("delete from findings where rule = ?", (check,))
        for table in ("runs", "site_runs", "records"):
            database.execute(f"update {table} set reader = 'older'")  # noqa: S608 - names of ours


def test_what_only_another_version_of_the_program_sees_is_no_regression(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    site.gone = {"/tzgg/3.html"}
    month(tmp_path, site, 1)
    forget(tmp_path, "dead-link")
    site.gone = {"/tzgg/3.html", "/tzgg/4.html"}
    _, gated, report = month(tmp_path, site, 2)
    compared = report["comparison"]
    dead = {
        one["subject"]["key"].rpartition("/")[2]: one["id"]
        for one in report["sites"][0]["findings"]
        if one["check"] == "dead-link"
    }

    assert gated == 1
    assert set(compared["new"]) == set(dead.values())
    assert compared["by_rules"] == [dead["3.html"]]


def test_a_site_that_is_down_is_trouble_and_fixes_nothing(site: Site, tmp_path: Path) -> None:
    write_config(tmp_path, site)
    month(tmp_path, site, 1)
    site.gone = {"/tzgg/3.html"}
    month(tmp_path, site, 2)
    site.down()
    ran, gated, _ = month(tmp_path, site, 3)
    site.up()
    _, again, report = month(tmp_path, site, 4)

    assert (ran, gated) == (3, 3)
    assert again == 0
    assert set(states(report)) == {"open"}


def test_a_baseline_takes_up_what_is_there_and_a_missing_one_is_loud(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    site.gone = {"/tzgg/3.html"}
    month(tmp_path, site, 1)
    missing = called(tmp_path, "gate", "--baseline", "known.json", *FAIL_ON)
    made = called(tmp_path, "gate", "--baseline", "known.json", "--update-baseline")
    known = called(tmp_path, "gate", "--baseline", "known.json", *FAIL_ON)
    text = (tmp_path / "known.json").read_text(encoding="utf-8")
    (tmp_path / "later.json").write_text(text.replace("baseline/1", "baseline/9"), encoding="utf-8")
    later = called(tmp_path, "gate", "--baseline", "later.json", *FAIL_ON)
    site.gone = {"/tzgg/3.html", "/tzgg/4.html"}
    month(tmp_path, site, 2)
    worse = called(tmp_path, "gate", "--baseline", "known.json", *FAIL_ON)

    assert (missing.returncode, later.returncode) == (2, 2)
    assert "--update-baseline" in missing.stderr
    assert "duwang/baseline/9" in later.stderr
    assert (made.returncode, known.returncode, worse.returncode) == (0, 0, 1)
    assert "/tzgg/4.html" in worse.stdout
    assert "/tzgg/3.html" not in worse.stdout


def test_a_waiver_of_the_copied_line_lets_the_gate_pass(site: Site, tmp_path: Path) -> None:
    write_config(tmp_path, site)
    month(tmp_path, site, 1)
    site.gone = {"/tzgg/3.html"}
    month(tmp_path, site, 2)
    failed = called(tmp_path, "gate", *FAIL_ON)
    ids = {
        line.split("duwang waive ")[1].split()[0]
        for line in failed.stdout.splitlines()
        if "duwang waive " in line
    }
    until = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=200)).isoformat()
    waived = [
        called(
            tmp_path,
            "waive",
            one,
            "--reason",
            "改版中",
            "--approver",
            "信息中心",
            "--expires",
            until,
        )
        for one in ids
    ]
    long = called(
        tmp_path, "waive", min(ids), "--reason", "x", "--approver", "y", "--expires", "2036-01-01"
    )
    _, gated, report = month(tmp_path, site, 3)

    assert failed.returncode == 1
    assert [done.returncode for done in waived] == [0] * len(ids)
    assert long.returncode == 2
    assert gated == 0
    assert {one["status"] for one in report["sites"][0]["findings"] if one["id"] in ids} == {
        "waived"
    }


def test_diff_says_what_changed(site: Site, tmp_path: Path) -> None:
    write_config(tmp_path, site)
    month(tmp_path, site, 1, command=duwang)
    site.gone = {"/tzgg/3.html"}
    month(tmp_path, site, 2, command=duwang)
    said = duwang(tmp_path, "diff", "last")
    as_json = duwang(tmp_path, "diff", "last", "--json")
    first = json.loads(as_json.stdout)["against"]
    alone = duwang(tmp_path, "diff", first)
    turned = duwang(tmp_path, "diff", first, "last")

    assert "/tzgg/3.html" in said.stdout
    assert turned.returncode == 2
    assert f"duwang diff {first[:-1]}2 {first}" in turned.stderr
    assert json.loads(as_json.stdout)["new"]
    assert alone.returncode == 2
    assert "没有可以比较的运行" in alone.stderr


def test_bad_words_on_the_command_line_are_one_line_and_exit_2(tmp_path: Path) -> None:
    done = called(tmp_path, "gate", "--fail-on", "newer:veto")

    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert "new:veto" in done.stderr


def test_a_run_that_did_not_end_is_trouble_and_no_mistake(site: Site, tmp_path: Path) -> None:
    write_config(tmp_path, site)
    month(tmp_path, site, 1)
    with sqlite3.connect(tmp_path / ".duwang" / "duwang.db") as database:
        database.execute("update runs set status = 'running', finished = ''")
    gated = called(tmp_path, "gate", *FAIL_ON)

    assert gated.returncode == 3
    assert "duwang run --resume " in gated.stderr
