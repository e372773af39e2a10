"""`init`: what was read of a site is proposed as a config that loads; what was not seen is not claimed."""

import datetime as dt
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command import NO_BROWSER, called
from tests.e2e.test_gate import Site

DAY = dt.date(2026, 3, 15)


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    served.publish(DAY)
    yield served
    served.down()


def home(site: Site) -> str:
    return f"http://127.0.0.1:{site.port}/"


def proposed(folder: Path, *arguments: str) -> dict[str, Any]:
    done = called(folder, "init", *arguments, more=NO_BROWSER)

    assert done.returncode == 0, done.stderr
    assert sorted(one.name for one in folder.iterdir()) == ["config.toml"]
    return tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))


def test_a_site_is_proposed_with_its_name_and_columns(site: Site, tmp_path: Path) -> None:
    made = proposed(tmp_path, home(site))

    assert made["sites"] == [
        {
            "id": f"127-0-0-1-{site.port}",
            "name": "示例局",
            "home": home(site),
            "unit": f"127-0-0-1-{site.port}",
            "columns": [
                {"name": "通知公告", "url": "/tzgg/", "class": "notice", "kind": "periodic"}
            ],
        }
    ]
    assert [unit["site"] for unit in made["units"]] == [made["sites"][0]["id"]]
    text = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert '# limit = "6m"' in text
    assert (DAY - dt.timedelta(days=3)).isoformat() in text


def test_a_run_with_the_proposed_config_judges_the_registered_columns(
    site: Site, tmp_path: Path
) -> None:
    proposed(tmp_path, home(site))
    done = called(
        tmp_path, "run", "--no-browser", "--as-of", DAY.isoformat(), "--format", "json",
        "--out", "out", more=NO_BROWSER,
    )  # fmt: skip
    report = json.loads((tmp_path / "out/report.json").read_bytes())
    columns = report["sites"][0]["columns"]

    assert done.returncode in {0, 3}, done.stderr
    assert [(one["name"], one["registered"], one["state"]) for one in columns] == [
        ("通知公告", True, "fresh")
    ]


def test_a_file_that_is_there_is_left_alone(site: Site, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("# mine\n", encoding="utf-8")
    done = called(tmp_path, "init", home(site))

    assert done.returncode == 2
    assert "不覆盖" in done.stderr
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("address", ["ftp://jtt.example/", "jtt.example", "http://"])
def test_an_address_that_is_none_is_one_clear_line(tmp_path: Path, address: str) -> None:
    done = called(tmp_path, "init", address)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "config.toml").exists()


def test_of_a_site_that_does_not_answer_nothing_is_claimed(site: Site, tmp_path: Path) -> None:
    site.down()
    done = called(tmp_path, "init", home(site))
    text = (tmp_path / "config.toml").read_text(encoding="utf-8")
    site.up()

    assert done.returncode == 3
    assert home(site) in done.stderr
    assert "columns" not in tomllib.loads(text)["sites"][0]
    assert "不等于没有" in text


def test_whatever_a_site_calls_itself_the_file_loads(site: Site, tmp_path: Path) -> None:
    hostile = ['示例"局\\', "示例\x00\x1b[31m局", "'''局\"\"\"", "局" * 400, "] = [x", "#局"]
    site.pages["/"] = (
        site.pages["/"]
        .replace("示例局", "".join(hostile))
        .replace(
            "</div>",
            "".join(f"<a href=/c{n}/>{text}</a>" for n, text in enumerate(hostile)) + "</div>",
            1,
        )
    )
    for n, text in enumerate(hostile):
        site.pages[f"/c{n}/"] = (
            site.pages["/tzgg/"].replace("通知公告", text).replace("/tzgg/", f"/c{n}/")
        )
    made = proposed(tmp_path, home(site), "--max-pages", "9")
    names = [one["name"] for one in made["sites"][0]["columns"]]

    assert made["sites"][0]["name"]
    assert len(names) >= len(hostile) - 1
    assert all("\x1b" not in name and "\x00" not in name for name in names)


def test_a_home_in_a_folder_asks_whether_the_host_is_shared(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        f"/jtj{path}": body.replace("href=/", "href=/jtj/") for path, body in site.pages.items()
    }
    proposed(tmp_path, f"{home(site)}jtj/")

    assert '# folders = ["/jtj/"]' in (tmp_path / "config.toml").read_text(encoding="utf-8")
