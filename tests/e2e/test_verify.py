"""`verify`: the evidence of a run is proven again, and whoever touched it is found out."""

import datetime as dt
import json
import re
import shutil
import sqlite3
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import msgspec
import pytest

from audit.pipeline.program import program_key
from audit.store.packing import Packer
from tests.browsers import FOUND
from tests.command import called, duwang
from tests.e2e.test_gate import Site, write_config

DAY = dt.date(2026, 3, 15)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with findings, pictures where there is a browser; not to be changed."""
    folder = tmp_path_factory.mktemp("ran")
    site = Site()
    site.publish(DAY)
    site.pages["/tzgg/1.html"] += "<p>单位要认真做好政策解读解读工作。</p>"
    site.gone = {"/tzgg/3.html"}
    write_config(folder, site, pictures=3)
    done = duwang(
        folder, "run", "--as-of", DAY.isoformat(), "--out", "out", "--format", "json,html"
    )
    site.down()

    assert "Traceback" not in done.stderr
    return folder


@pytest.fixture
def folder(ran: Path, tmp_path: Path) -> Path:
    """A copy of the run that a test may spoil."""
    return Path(shutil.copytree(ran, tmp_path / "copy"))


def verified(folder: Path) -> CompletedProcess[str]:
    done = called(folder, "verify", "last")

    assert done.stderr == ""
    return done


def evidence(folder: Path, kind: str) -> list[dict[str, Any]]:
    report = json.loads((folder / "out/report.json").read_bytes())
    return [
        one
        for site in report["sites"]
        for finding in site["findings"]
        for one in finding["evidence"]
        if one["kind"] == kind and one["archive"]
    ]


def spoil(folder: Path, archive: str) -> None:
    """Change one byte in the middle of a stored record."""
    name, _, start = archive.rpartition(":")
    path = folder / ".duwang" / "warc" / name
    with sqlite3.connect(folder / ".duwang" / "duwang.db") as database:
        (length,) = database.execute(
            "select length from bodies where file = ? and start = ?", (name, int(start))
        ).fetchone()
    raw = bytearray(path.read_bytes())
    raw[int(start) + length // 2] ^= 0x55
    path.write_bytes(raw)


def rewrite(folder: Path, old: bytes, new: bytes) -> None:
    """Put other words into the stored judgement; each is written with its length before it."""
    with sqlite3.connect(folder / ".duwang" / "duwang.db") as database:
        ((run, judged),) = database.execute("select run, judged from judgements").fetchall()
        changed = Packer().as_blob(judged).replace(packed(old), packed(new))
        database.execute(
            "update judgements set judged = ? where run = ?", (Packer().blob(changed), run)
        )


def packed(words: bytes) -> bytes:
    return msgspec.msgpack.encode(words.decode())


def test_a_run_that_nobody_touched_is_proven(ran: Path) -> None:
    done = verified(ran)

    assert (done.returncode, done.stdout.count("\n")) == (0, 2)
    assert re.search(r"全部核对无误（\d+个问题，网页原文[1-9]\d*份", done.stdout)
    assert re.search(r"引文[1-9]", done.stdout)
    assert re.search(r"只有引文能在原文中逐字查找：.*访问结果\d+处", done.stdout)


def test_a_byte_that_was_changed_is_found(folder: Path) -> None:
    quote = evidence(folder, "quote")[0]
    spoil(folder, quote["archive"])
    done = verified(folder)

    assert done.returncode == 4
    assert f"SHA-256 不符） {quote['url']} （{quote['archive']}）" in done.stdout
    assert "1处没有核对上" in done.stdout


def test_a_quote_that_names_no_body_is_missing(folder: Path) -> None:
    quote = evidence(folder, "quote")[0]
    rewrite(folder, quote["sha256"].encode(), b"")
    done = verified(folder)

    assert done.returncode == 3
    assert f"✗ 存档中没有原文 {quote['url']}" in done.stdout


def test_pages_that_are_gone_are_missing(folder: Path) -> None:
    shutil.rmtree(next((folder / ".duwang/warc").iterdir()))
    done = verified(folder)

    assert done.returncode == 3
    assert "✗ 存档中没有原文 http://" in done.stdout
    assert "SHA-256 不符" not in done.stdout


def test_words_that_were_put_into_the_judgement_are_found(folder: Path) -> None:
    words = evidence(folder, "quote")[0]["quote"].encode()
    forged = words[:-3] + "假".encode()
    rewrite(folder, words, forged)
    done = verified(folder)

    assert done.returncode == 3
    assert f"✗ 原文中没有找到引文 “{forged.decode()}”" in done.stdout
    assert "与现在的版本不同" not in done.stdout


def test_a_finding_of_another_version_of_the_program_is_told_so(folder: Path) -> None:
    rewrite(folder, program_key().encode(), b"older")
    rewrite(folder, b"dead-link", b"live-link")
    done = verified(folder)

    assert done.returncode == 3
    assert "✗ 重新判断多出这个问题" in done.stdout
    assert "（判断这次运行的程序与现在的版本不同，结论可能因此不同。）" in done.stdout


@pytest.mark.skipif(not FOUND, reason="没有浏览器：运行 ./run browser，或用 DUWANG_BROWSER 指明")
def test_pictures_are_proven_too(folder: Path) -> None:
    shots = evidence(folder, "screenshot")
    before = verified(folder)
    spoil(folder, shots[0]["archive"])
    after = verified(folder)
    given = called(folder, "report", "last", "--out", "again", "--format", "html")

    assert shots
    assert "截图0张" not in before.stdout
    assert (before.returncode, after.returncode, given.returncode) == (0, 4, 0)
    assert shots[0]["archive"] in after.stdout
    name = f"{shots[0]['sha256'][:16]}.jpg"
    assert (folder / "out/evidence" / name).exists()
    assert not (folder / "again/evidence" / name).exists()


def test_a_run_that_is_not_there_is_an_error_of_use(tmp_path: Path) -> None:
    assert duwang(tmp_path, "verify", "2020-01-01-1").returncode == 2
