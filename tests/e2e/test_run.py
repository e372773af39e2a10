"""`duwang run` and its replay, as users start them: exit codes, resume, bad input, same bytes."""

import json
import os
import shlex
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.demo import Serving, build, serve
from tests.command import called, duwang, started
from tests.engines.running import files

DAY = "2026-11-25"


@pytest.fixture(scope="module")
def served() -> Iterator[Serving]:
    """The demo's department, served for the tests of this file."""
    import datetime as dt  # noqa: PLC0415

    with serve(build(dt.date.fromisoformat(DAY))) as serving:
        yield serving


def write(folder: Path, config: str) -> None:
    (folder / "config.toml").write_text(config, encoding="utf-8")


def findings(folder: Path) -> list[dict[str, Any]]:
    """Everything certain that a run found, without the moments and places of its own evidence."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    every = [one for site in report["sites"] for one in site["findings"]]
    found = [one for one in every if not one["varies"]]  # how long an answer took, say
    for one in found:  # a picture is stamped with its moment
        one["evidence"] = [each for each in one["evidence"] if each["kind"] != "screenshot"]
        for evidence in one["evidence"]:
            del evidence["at"], evidence["archive"]
        del one["state"]
    return found


def scores(folder: Path) -> list[tuple[str, Any, Any]]:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return [(site["verdict"], site["score"], site["pages"]) for site in report["sites"]]


def fetched(folder: Path) -> int:
    """How many fetches are committed in the store of the folder."""
    file = folder / ".duwang" / "duwang.db"
    if not file.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5) as database:
            return int(database.execute("select count(*) from fetches").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def wait_until_fetched(folder: Path, count: int, process: "subprocess.Popen[str]") -> None:
    for _ in range(600):
        if fetched(folder) >= count or process.poll() is not None:
            return
        time.sleep(0.02)
    pytest.fail("the run fetched nothing in 12 seconds")


@pytest.fixture(scope="module")
def whole(served: Serving, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one uninterrupted run."""
    folder = tmp_path_factory.mktemp("whole")
    write(folder, served.config)
    done = duwang(folder, "run", "--no-browser", "--as-of", DAY, "--out", "out")

    assert done.returncode == 0, done.stderr
    return folder


def test_a_run_killed_and_resumed_finds_the_same(
    served: Serving, whole: Path, tmp_path: Path
) -> None:
    write(tmp_path, served.config.replace("rate = 0", "rate = 100"))
    for count in (20, 90, 170):
        arguments = ["--resume", "last"] if count > 20 else ["--no-browser", "--as-of", DAY]
        process = started(tmp_path, "run", *arguments, "--out", "out")
        wait_until_fetched(tmp_path, count, process)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    done = duwang(tmp_path, "run", "--resume", "last", "--out", "out")

    assert done.returncode == 0, done.stderr
    assert findings(tmp_path / "out") == findings(whole / "out")
    assert scores(tmp_path / "out") == scores(whole / "out")


def test_ctrl_c_keeps_everything_and_says_how_to_go_on(served: Serving, tmp_path: Path) -> None:
    write(tmp_path, served.config.replace("rate = 0", "rate = 50"))
    process = started(
        tmp_path,
        "run",
        "--no-browser",
        "--as-of",
        DAY,
        "--out",
        "my out",
        "--format",
        "json",
        "--lang",
        "en",
    )
    wait_until_fetched(tmp_path, 30, process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)

    assert process.returncode == 130, said
    assert "duwang run --resume" in said
    assert "Traceback" not in said
    assert not (tmp_path / "my out").exists()
    again = shlex.split(said.split("duwang ")[1].splitlines()[0])
    assert ["--out", "my out", "--format", "json", "--lang", "en"] == again[3:]
    assert called(tmp_path, *again).returncode == 0
    assert ["report.json"] == [path.name for path in (tmp_path / "my out").glob("*.*")]
    assert called(tmp_path, "run", "--resume", again[2]).returncode == 2


def test_a_run_judged_twice_gives_the_same_bytes(whole: Path) -> None:
    for name in ("a", "b"):
        done = duwang(whole, "check", "last", "--out", name)
        assert done.returncode == 0, done.stderr
    files = sorted(path.relative_to(whole / "a") for path in (whole / "a").rglob("*.*"))

    assert len(files) >= 8
    for file in files:
        assert (whole / "a" / file).read_bytes() == (whole / "b" / file).read_bytes(), file


def test_a_stored_run_is_reported_as_it_was(whole: Path) -> None:
    assert called(whole, "report", "last", "--out", "again").returncode == 0
    assert (whole / "again" / "report.json").read_bytes() == (
        whole / "out" / "report.json"
    ).read_bytes()


def test_judging_again_needs_no_network(served: Serving, tmp_path: Path) -> None:
    write(tmp_path, served.config)
    assert (
        called(tmp_path, "run", "--no-browser", "--as-of", DAY, "--site", "highway").returncode == 0
    )
    stored = (tmp_path / ".duwang" / "duwang.db").stat().st_size
    judged = called(tmp_path, "check", "last", "--out", "later", "--as-of", "2027-03-01")
    report = json.loads((tmp_path / "later" / "report.json").read_text(encoding="utf-8"))

    assert judged.returncode == 0, judged.stderr
    assert report["run"]["mode"] == "check"
    assert report["run"]["as_of"] == "2027-03-01"
    assert (tmp_path / ".duwang" / "duwang.db").stat().st_size == stored


def test_a_partial_run_judges_no_estate(served: Serving, tmp_path: Path) -> None:
    write(tmp_path, served.config)
    called(tmp_path, "run", "--no-browser", "--as-of", DAY, "--site", "highway", "--out", "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))

    assert [site["id"] for site in report["sites"]] == ["highway"]
    assert report["estate"]["outcomes"][0]["reason"] == "partial_run"


def test_a_site_that_does_not_answer_harms_no_other(
    served: Serving, whole: Path, tmp_path: Path
) -> None:
    dead = '\n[[sites]]\nid = "dead"\nname = "无应答网站"\nhome = "http://127.0.0.1:9/"\n'
    write(
        tmp_path,
        served.config.replace("allow_addresses = [", 'allow_addresses = ["127.0.0.1:9", ') + dead,
    )
    done = called(tmp_path, "run", "--no-browser", "--as-of", DAY, "--out", "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    sites = {site["id"]: site for site in report["sites"]}

    assert done.returncode == 3, done.stderr
    assert sites["dead"]["verdict"] == "insufficient"
    assert sites["dead"]["findings"] == []
    assert {o["status"] for o in sites["dead"]["outcomes"]} == {"not_assessed"}
    assert [one for one in findings(tmp_path / "out") if one["check"] != "missing-unit-fact"] == [
        one for one in findings(whole / "out") if one["check"] != "missing-unit-fact"
    ]


def test_a_fault_at_the_level_asked_for_is_exit_code_1(served: Serving, tmp_path: Path) -> None:
    write(tmp_path, served.config)
    one = ("--site", "highway", "--format", "json")
    done = called(tmp_path, "run", "--no-browser", "--as-of", DAY, "--fail-on", "major", *one)

    assert done.returncode == 1, done.stderr


def test_several_processes_find_the_same(served: Serving, whole: Path, tmp_path: Path) -> None:
    write(tmp_path, served.config)
    done = duwang(tmp_path, "run", "--no-browser", "--as-of", DAY, "--jobs", "2", "--out", "out")

    assert done.returncode == 0, done.stderr
    assert findings(tmp_path / "out") == findings(whole / "out")


def test_a_quick_run_reads_less_and_says_so(served: Serving, tmp_path: Path) -> None:
    write(tmp_path, served.config)
    done = called(tmp_path, "run", "--no-browser", "--as-of", DAY, "--quick", "--out", "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))

    assert done.returncode in {0, 3}, done.stderr
    assert all(site["pages"]["fetched"] for site in report["sites"])
    assert sum(s["pages"]["fetched"] for s in report["sites"]) < 220


def test_an_unchanged_second_run_finds_everything_open(whole: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "again"))
    done = called(folder, "run", "--no-browser", "--as-of", "2026-11-26", "--out", "second")
    report = json.loads((folder / "second" / "report.json").read_text(encoding="utf-8"))
    states = {f["state"] for s in report["sites"] for f in s["findings"]}
    seen = {f["first_seen"] for s in report["sites"] for f in s["findings"]}

    assert done.returncode == 0, done.stderr
    assert states == {"open"}
    assert seen == {DAY}


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("[[sites]]\n", "必填"),
        ('[[sites]]\nid = "a"\nname = "甲"\nhome = "http://a/"\nurll = 1\n', "urll"),
        ("", "sites"),
    ],
)
def test_a_wrong_config_fetches_nothing(tmp_path: Path, config: str, words: str) -> None:
    write(tmp_path, config)
    done = called(tmp_path, "run")

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".duwang").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run"], "config.toml"),
        (["run", "ftp://example.gov.cn/"], "http://"),
        (["run", "http://example.gov.cn/", "--as-of", "2026-13-01"], "--as-of"),
        (["run", "http://example.gov.cn/", "--format", "htm"], "是否想写 html"),
        (["run", "http://example.gov.cn/", "--fail-on", "majr"], "是否想写 major"),
        (["run", "http://example.gov.cn/", "--site", "nobody"], "--site"),
        (["report", "2020-01-01-9"], "2020-01-01-9"),
        (["check", "last"], "last"),
        (["checks", "stale-colum"], "是否想写 stale-column"),
        (["run", "--resume", "nothing"], "nothing"),
    ],
)
def test_a_wrong_command_is_one_clear_line(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = called(tmp_path, *arguments)

    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_runs_and_checks_are_listed(whole: Path) -> None:
    runs, checks = duwang(whole, "runs"), called(whole, "checks")

    assert runs.returncode == 0
    assert DAY in runs.stdout
    assert "stale-column" in checks.stdout
    assert "栏目不更新" in called(whole, "checks", "stale-column").stdout


def test_a_registered_column_is_read_although_no_link_leads_there(tmp_path: Path) -> None:
    rows = "".join(
        f'<li><a href="/old/{n}.html">示例公路养护工作信息第{n}期</a><span>2026-11-1{n}</span></li>'
        for n in range(5)
    )
    pages = {
        "/": "<title>示例交通运输厅</title><p>欢迎访问示例交通运输厅。</p>",
        "/old/": f"<title>工作动态</title><h1>工作动态</h1><ul>{rows}</ul>",
    }
    for path, text in pages.items():
        folder = tmp_path / "www" / path.strip("/")
        folder.mkdir(parents=True, exist_ok=True)
        page = f'<meta charset="utf-8">{text}'
        (folder / "index.html").write_text(page, encoding="utf-8")
    with files(tmp_path / "www") as home:
        write(
            tmp_path,
            f'[[sites]]\nid = "a"\nname = "示例交通运输厅"\nhome = "{home}/"\n'
            '[[sites.columns]]\nname = "工作动态"\nurl = "/old/"\nclass = "news"\n'
            f'[crawl]\nrate = 0\nallow_addresses = ["{home.removeprefix("http://")}"]\n',
        )
        done = called(
            tmp_path, "run", "--no-browser", "--as-of", DAY, "--out", "out", "--no-browser"
        )

    assert done.returncode in {0, 3}, done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    (column,) = [one for one in report["sites"][0]["columns"] if one["registered"]]
    assert ("fresh", 5, "2026-11-14") == (column["state"], column["items"], column["newest"])
