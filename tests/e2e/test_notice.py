"""`notice`: the papers of a stored run, and none from a run in doubt."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.command import called
from tests.e2e.test_gate import Site, write_config

DAY = dt.date(2026, 3, 15)
RUN = ("run", "--no-browser", "--format", "json,docx", "--out", "out", "--as-of")


def report(folder: Path) -> dict[str, object]:
    return dict(json.loads((folder / "out/report.json").read_bytes()))


def text(paper: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(paper.read_bytes())) as parts:
        return parts.read("word/document.xml").decode()


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with a dead link."""
    folder = tmp_path_factory.mktemp("ran")
    site = Site()
    site.publish(DAY)
    site.gone = {"/tzgg/3.html"}
    write_config(folder, site)
    done = called(folder, *RUN, DAY.isoformat())
    site.down()

    assert done.returncode in {0, 3}, done.stderr
    return folder


def test_the_papers_of_a_stored_run_are_those_that_the_run_wrote(ran: Path) -> None:
    site = report(ran)["sites"][0]  # type: ignore[index]
    done = called(ran, "notice", "--out", "papers")
    written = sorted(ran.glob("papers/notices/*/*.docx"))
    dead = [f for f in site["findings"] if f["check"] == "dead-link" and f["status"] == "fail"]

    assert (done.returncode, done.stderr) == (0, "")
    assert [one.stem for one in written] == sorted(["circular", site["unit"] or site["id"]])
    assert done.stdout.count("→ ") == len(written)
    assert dead
    assert dead[0]["id"] in text(next(one for one in written if one.stem != "circular"))
    for one in written:
        name = one.relative_to(ran / "papers")
        assert one.read_bytes() == (ran / "out" / name).read_bytes()


def test_notices_of_some_sites_bring_no_circular(ran: Path) -> None:
    site = report(ran)["sites"][0]["id"]  # type: ignore[index]
    done = called(ran, "notice", "last", "--site", site, "--out", "some")

    assert done.returncode == 0, done.stderr
    assert [one.name == "circular.docx" for one in ran.glob("some/notices/*/*")] == [False]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--site", "nobody"], "nobody"),
        (["2019-01-01-9"], "2019-01-01-9"),
        (["--lang", "fr"], "fr"),
    ],
)
def test_a_wrong_word_is_one_clear_line_and_nothing_is_written(
    ran: Path, arguments: list[str], words: str
) -> None:
    done = called(ran, "notice", *arguments, "--out", "wrong")

    assert done.returncode == 2
    assert words in done.stderr
    assert not (ran / "wrong").exists()


def test_a_run_in_doubt_gets_no_notices(tmp_path: Path) -> None:
    site = Site()
    site.publish(DAY)
    write_config(tmp_path, site)
    for month in (1, 2, 3):
        called(tmp_path, *RUN, DAY.replace(month=month).isoformat())
    site.pages = {"/": site.pages["/"]}
    called(tmp_path, *RUN, DAY.replace(month=4).isoformat())
    site.down()
    done = called(tmp_path, "notice", "--out", "papers")

    assert report(tmp_path)["run"]["suspect"]  # type: ignore[index]
    assert done.returncode == 3
    assert "存疑" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "papers").exists()
    run = report(tmp_path)["run"]["id"]  # type: ignore[index]
    assert "核实前不得下发" in text(tmp_path / "out" / "notices" / run / "circular.docx")
