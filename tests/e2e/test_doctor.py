"""`doctor`: each line says what is so and what mends it; what nobody can tell is no fault."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from audit.cli import doctor as doctoring
from audit.cli.doctor import Sign
from audit.crawl import HomeVisit
from tests.browsers import FOUND
from tests.command import NO_BROWSER, called
from tests.e2e.test_gate import Site, write_config

DAY = dt.date(2026, 3, 15)


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    served = Site()
    served.publish(DAY)
    yield served
    served.down()


def visit(ahead: float | None) -> HomeVisit:
    return HomeVisit(
        "jtt", "http://jtt.example/", "2026-03-15T08:00:00+08:00", True, "ok", 200, 9, ahead
    )


def test_a_machine_in_order_is_told_so_line_by_line(site: Site, tmp_path: Path) -> None:
    write_config(tmp_path, site)
    done = called(tmp_path, "doctor", more={} if FOUND else NO_BROWSER)
    lines = done.stdout.splitlines()

    assert done.stderr == ""
    assert done.returncode == (0 if FOUND and not any(line[0] == "✗" for line in lines) else 3)
    assert [line.split("：")[0].split(" ")[1] for line in lines] == [
        "配置", "存放处", "磁盘", "浏览器", "字体", "日历", "网络", "时钟",
    ]  # fmt: skip
    assert all(line[0] == "✓" or "怎么办：" in line for line in lines)
    assert lines[-2].startswith("✓ 网络")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["config.toml"]


def test_a_missing_browser_is_said_with_what_mends_it(site: Site, tmp_path: Path) -> None:
    write_config(tmp_path, site)
    done = called(tmp_path, "doctor", more=NO_BROWSER)

    assert done.returncode == 3
    assert "✗ 浏览器" in done.stdout
    assert "DUWANG_BROWSER" in done.stdout


def test_a_mistake_in_the_config_is_named_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[sites]]\nid = "a"\nnane = "甲"\n', encoding="utf-8")
    done = called(tmp_path, "doctor", more=NO_BROWSER)

    assert done.returncode == 2
    assert "✗ 配置" in done.stdout
    assert "nane" in done.stdout
    assert "磁盘" in done.stdout
    assert "网络" not in done.stdout


def test_without_a_config_the_network_is_not_looked_at_and_that_is_said(tmp_path: Path) -> None:
    done = called(tmp_path, "doctor", more=NO_BROWSER)

    assert done.returncode == 3  # the browser
    assert "？ 配置" in done.stdout
    assert "没有检查网络" in done.stdout


def test_a_site_that_alone_is_down_is_a_fault_and_all_of_them_may_be_the_network(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    config = tmp_path / "config.toml"
    dead = Site()
    dead.down()
    more = f'\n[[sites]]\nid = "dead"\nname = "停用网站"\nhome = "http://127.0.0.1:{dead.port}/"\n'
    text = config.read_text(encoding="utf-8").replace(
        "allow_addresses = [", f'allow_addresses = ["127.0.0.1:{dead.port}", '
    )
    config.write_text(text + more, encoding="utf-8")
    some = called(tmp_path, "doctor", more=NO_BROWSER).stdout
    site.down()
    none = called(tmp_path, "doctor", more=NO_BROWSER).stdout
    site.up()

    assert "✗ 网络 停用网站" in some
    assert "✗ 网络" not in none
    assert "？ 网络 停用网站" in none


@pytest.mark.parametrize(
    ("ahead", "sign"),
    [
        ([], Sign.OPEN),
        ([None], Sign.OPEN),
        ([300.0], Sign.GOOD),
        ([-300.0, 0.0], Sign.GOOD),
        ([301.0], Sign.OPEN),  # the one server may be wrong
        ([301.0, 330.0], Sign.BAD),
        ([-4000.0, -4020.0, 2.0], Sign.BAD),
        ([-4000.0, 2.0, 3.0], Sign.GOOD),
    ],
)
def test_our_clock_is_wrong_when_two_servers_say_so(ahead: list[float | None], sign: Sign) -> None:
    assert doctoring._clock([visit(one) for one in ahead]).sign is sign


def test_a_full_disk_and_a_place_that_cannot_be_written_are_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 10**6))
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = called(tmp_path, "doctor", "--store", "file/store", more=NO_BROWSER)

    assert done.returncode == 3
    assert "✗ 磁盘" in done.stdout
    assert "✗ 存放处" in done.stdout


def test_a_year_without_holidays_is_a_fault_once_it_has_come(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(tmp_path, site)
    said = {}
    for day in (dt.date(2026, 11, 29), dt.date(2026, 12, 20), dt.date(2027, 1, 1)):
        monkeypatch.setattr(doctoring, "today", lambda day=day: day)
        out = called(tmp_path, "doctor", more=NO_BROWSER).stdout
        said[day] = next(line for line in out.splitlines() if "日历" in line)[0]

    assert list(said.values()) == ["✓", "？", "✗"]


def test_where_fonts_cannot_be_listed_nobody_can_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = called(tmp_path, "doctor", more=NO_BROWSER)

    assert "？ 字体" in done.stdout
