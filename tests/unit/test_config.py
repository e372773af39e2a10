"""config.toml: every mistake is one line with file, line, key, what is allowed, and a guess."""

import datetime as dt
import json
from pathlib import Path

import pytest

import checks
from audit.config import Config, load, of_addresses, restore
from audit.errors import ConfigError

FORMATS = ("html", "json", "pages", "links", "csv")
SMALL = """
[[sites]]
id   = "jtt"
name = "示例省交通运输厅"
home = "http://127.0.0.1:8701/"

[crawl]
allow_addresses = ["127.0.0.1:8701"]
rate = 0
concurrency = 4
max_pages = 5000
"""
WAIVER = """
[[waivers]]
finding = "0123456789abcdef"
reason = "迁移中"
approver = "信息中心"
expires = 2027-11-25
"""


def config(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, checks.load(), FORMATS)


def problems(tmp_path: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        config(tmp_path, text)
    return "\n".join(caught.value.problems)


def test_the_smallest_useful_file_is_enough(tmp_path: Path) -> None:
    made = config(tmp_path, SMALL)
    manners = made.manners("jtt")

    assert made.site_ids == ("jtt",)
    assert manners.own_hosts == frozenset({"127.0.0.1:8701"})
    assert (manners.rate, manners.concurrency, manners.max_pages) == (0, 4, 5000)
    assert made.registers("jtt", dt.date(2026, 11, 25)).site.name == "示例省交通运输厅"


def test_a_stored_config_comes_back_equal(tmp_path: Path) -> None:
    made = config(
        tmp_path, SMALL + '[[units]]\nid = "a"\nname = "甲"\nfacts = { hours = "9:00" }\n'
    )
    again = restore(made.text())

    assert again.text() == made.text()
    assert again.sha256() == made.sha256()
    assert again.units() == made.units()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SMALL.replace("home", "hmoe"), ["config.toml 第5行", "sites[0].hmoe", "不认识", "home"]),
        (SMALL + "\n[crawler]\nrate = 1\n", ["crawler", "是否想写 crawl？"]),
        (SMALL.replace("rate = 0", 'rate = "fast"'), ["crawl.rate", "数字"]),
        (SMALL.replace("rate = 0", "rate = -1"), ["crawl.rate", "不能小于 0"]),
        (SMALL.replace("http://127", "ftp://127"), ["home", "http://", "ftp"]),
        (SMALL.replace('"jtt"', '"../etc"'), ["sites[0].id", "小写字母"]),
        (SMALL.replace('"jtt"', '"JTT"'), ["sites[0].id", "小写字母"]),
        ("[crawl]\nrate = 1\n", ["sites", "必填"]),
        ("sites = []\n", ["sites", "至少登记一个"]),
        (SMALL + '[run]\nas_of = "2026-13-01"\n', ["run.as_of", "2026-13-01", "日期"]),
        (SMALL + "[run]\nas_of = 2026-13-01\n", ["config.toml", "TOML"]),
        (SMALL + '[run]\nlanguage = "cn"\n', ["run.language", "zh", "en"]),
        (SMALL + '[run]\nrulebook = "yunnan2020"\n', ["yunnan2020", "yunnan-2020"]),
        (SMALL + "[checks.stale-colum]\n", ["stale-colum", "是否想写 stale-column？"]),
        (SMALL + '[checks.stale-home]\nlimt = "14d"\n', ["stale-home", "limt", "是否想写 limit？"]),
        (SMALL + '[checks.stale-home]\nlimit = "two weeks"\n', ["checks.stale-home.limit", "14d"]),
        (
            SMALL + '[[units]]\nid = "a"\nname = "甲"\nsite = "jt"\n',
            ["units.site", "是否想写 jtt？"],
        ),
        (SMALL + '[output]\nformats = ["htm"]\n', ["formats", "是否想写 html？"]),
        (
            SMALL + '[[sites.columns]]\nname = "要闻"\nurl = "/yw/"\nclass = "newss"\n',
            ["columns[0].class", "是否想写 news？", "第15行"],
        ),
        (
            SMALL + '[[sites.columns]]\nname = "要闻"\nurl = "/yw/"\nlimit = "2w"\n',
            ["limit", "14d"],
        ),
        (SMALL + "[crawl2]\n", ["crawl2"]),
        (
            SMALL + "[calendar]\nholidays = [2027-01-01]\nworkdays = [2027-01-01]\n",
            ["calendar", "2027-01-01", "不能既是", "第12行"],
        ),
        (SMALL + '[calendar]\nholidays = ["2027-02-30"]\n', ["calendar.holidays", "日期"]),
        (SMALL + "[calendar]\nholiday = []\n", ["是否想写 holidays？"]),
        (SMALL + 'include = ["a.toml"]\n', ["crawl.include", "不认识"]),
        (
            SMALL + '[[waivers]]\nfinding = "0123456789abcdef"\nreason = "迁移中"\n',
            ["waivers[0].approver", "waivers[0].expires", "必填"],
        ),
        (SMALL + WAIVER.replace("信息中心", " "), ["waivers[0].approver", "不能是空的", "第16行"]),
        (SMALL + WAIVER.replace("迁移中", ""), ["waivers[0].reason", "不能是空的"]),
    ],
)
def test_a_mistake_is_named_with_what_is_allowed(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    said = problems(tmp_path, text)

    assert [word for word in words if word not in said] == [], said


@pytest.mark.parametrize(
    ("day", "expires", "latest"),
    [
        ("2026-11-25", "2027-11-25", ""),
        ("2026-11-25", "2027-11-26", "2027-11-25"),
        ("2028-02-29", "2029-03-01", "2029-02-28"),
        ("2028-02-29", "2029-02-28", ""),
    ],
)
def test_a_waiver_lasts_twelve_months_at_most(
    tmp_path: Path, day: str, expires: str, latest: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(SMALL + WAIVER.replace("2027-11-25", expires), encoding="utf-8")
    said = ""
    try:
        load(path, checks.load(), FORMATS, dt.date.fromisoformat(day))
    except ConfigError as error:
        (said,) = error.problems
    words = [f"{path} 第17行：waivers[0].expires = {expires}", "12个月", latest] if latest else [""]

    assert bool(latest) == bool(said)
    assert [word for word in words if word not in said] == []


def test_a_later_day_of_the_run_is_the_day_from_which_a_waiver_counts(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    late = SMALL + "[run]\nas_of = 2027-01-01\n" + WAIVER.replace("2027-11-25", "2028-01-01")
    path.write_text(late, encoding="utf-8")

    made = load(path, checks.load(), FORMATS, dt.date(2026, 11, 25))

    assert made.tables.waivers[0].expires == dt.date(2028, 1, 1)


def test_an_id_may_be_used_once_only(tmp_path: Path) -> None:
    again = SMALL + '\n[[sites]]\nid = "jtt"\nname = "乙"\nhome = "http://127.0.0.1:8702/"\n'
    said = problems(tmp_path, again)

    assert "'jtt' 重复" in said
    assert "第14行" in said


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    said = problems(tmp_path, SMALL.replace("name", "nmae").replace("rate = 0", "rate = -1"))

    assert "nmae" in said
    assert "crawl.rate" in said


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"confg.toml.*是否想写 config.toml"):
        load(tmp_path / "confg.toml", checks.load(), FORMATS)


def test_included_files_add_registers(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "a.toml").write_text(
        '[[units]]\nid = "a"\nname = "甲"\n', encoding="utf-8"
    )
    made = config(tmp_path, 'include = ["registry/*.toml"]\n' + SMALL)

    assert [unit.id for unit in made.units()] == ["a"]


def test_an_include_cannot_leave_the_folder(tmp_path: Path) -> None:
    assert "之内" in problems(tmp_path, 'include = ["../*.toml"]\n' + SMALL)


def test_bare_addresses_need_no_file() -> None:
    made = of_addresses(["http://example.gov.cn/a", "https://www.example.gov.cn:8443/"])

    assert made.site_ids == ("example-gov-cn", "www-example-gov-cn-8443")


@pytest.mark.parametrize(
    "address", ["example.gov.cn", "ftp://example.gov.cn/", "http://", "javascript:1"]
)
def test_a_bare_address_must_be_a_web_address(address: str) -> None:
    with pytest.raises(ConfigError):
        of_addresses([address])


def test_a_site_on_a_shared_host_names_its_folders(tmp_path: Path) -> None:
    shared = SMALL.replace("[crawl]", 'folders = ["/jtj/"]\n\n[crawl]')
    text = shared.replace("127.0.0.1:8701/", "127.0.0.1:8701/jtj/")
    loaded = config(tmp_path, text)

    assert loaded.manners("jtt").folders == ("/jtj/",)
    assert loaded.registers("jtt", dt.date(2026, 1, 5)).site.folders == ("/jtj/",)
    assert "home 不在 folders 写的目录之内" in problems(tmp_path, shared)
    assert "folders" in problems(tmp_path, text.replace('["/jtj/"]', '["jtj"]'))


def test_own_hosts_take_both_default_ports(tmp_path: Path) -> None:
    text = SMALL.replace(
        "[crawl]", 'hosts = ["www.example.gov.cn", "a.example.gov.cn:8080"]\n\n[crawl]'
    )
    hosts = config(tmp_path, text).manners("jtt").own_hosts

    assert hosts == {
        "127.0.0.1:8701",
        "www.example.gov.cn:80",
        "www.example.gov.cn:443",
        "a.example.gov.cn:8080",
    }


def test_the_schema_for_editors_is_current() -> None:
    from audit.config import schema_text  # noqa: PLC0415

    path = Path(__file__).parents[2] / "docs" / "config.schema.json"

    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(schema_text())
