"""A served department with five units: its matrix of six facts in JSON, HTML and on the terminal; re-scoring."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.command import duwang

NAME = "示例交通运输厅"
FACTS = ("functions", "structure", "address", "hours", "contact", "head")
DUTIES = (
    "<h3>主要职责</h3><p>（一）贯彻执行国家有关公路水路行业的法律法规。</p><p>（二）负责公路养护管理。</p>"
    "<p>（三）承担水上交通安全监管。</p><h3>内设机构</h3><p>办公室、规划处、建设管理处</p>"
)
BODIES = {
    "/jgzn/ 机构职能": DUTIES,
    "/ldxx/ 领导信息": "<p>厅长：李示例</p><p>副厅长：王示范</p>",
    "/lxwm/ 联系我们": "<p>办公地址：昆明市示例区环城路1号</p>"
    "<p>办公时间：周一至周五 8:30-12:00，14:00-17:30</p><p>联系电话：0871-65301234</p>",
    "/zsdw/ 直属单位": "<table><tr><th>单位</th><th>办公地址</th><th>联系电话</th><th>负责人</th></tr>"
    "<tr><td>示例公路局</td><td>昆明市示例路8号</td><td>0871-65305678</td><td>赵范例</td></tr>"
    "<tr><td>示例航务局</td><td>昆明市滨江路20号</td><td>0871-65305679</td><td>待定</td></tr>"
    "<tr><td>示例运管局</td><td>昆明市客运路9号</td><td>0871-65305670</td><td>钱样本</td></tr></table>",
    "/glj/ 示例公路局": DUTIES + "<p>办公时间：周一至周五 9:00-12:00，13:00-17:00</p>",
    "/ygj/ 示例运管局": DUTIES + "<p>办公地址：昆明市人民路7号</p>",
}
UNITS = {
    "jtt": NAME, "glj": "示例公路局", "hwj": "示例航务局", "ygj": "示例运管局", "xxzx": "示例信息中心",
}  # fmt: skip
PLANTED = {
    "jtt": ("present",) * 6,
    "glj": ("present",) * 6,
    "hwj": ("missing", "missing", "present", "missing", "present", "implausible"),
    "ygj": ("present", "present", "conflicting", "missing", "present", "present"),
    "xxzx": ("review",) * 6,
}
SHOWN = {
    "jtt": ("有",) * 6,
    "glj": ("有",) * 6,
    "hwj": ("缺", "缺", "有", "缺", "有", "存疑"),
    "ygj": ("有", "有", "不一致", "缺", "有", "有"),
    "xxzx": ("待确认",) * 6,
}


class Handler(BaseHTTPRequestHandler):
    """Answers by path; anything else is missing."""

    def do_GET(self) -> None:
        pages = site()
        body = pages.get(self.path, "<title>404 Not Found</title><h1>404</h1>").encode()
        self.send_response(200 if self.path in pages else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


def site() -> dict[str, str]:
    """Every page by path."""
    links = "".join(
        f'<li><a href="{path}">{title}</a></li>' for path, title in map(str.split, BODIES)
    )
    menu = f'<div class="nav"><ul><li><a href="/">首页</a></li>{links}</ul></div>'
    pages = {"/": f"<title>{NAME}</title>{menu}<p>欢迎访问</p>"}
    for key, body in BODIES.items():
        path, title = key.split()
        pages[path] = f'<title>{title}</title>{menu}<h1>{title}</h1><div class="main">{body}</div>'
    return pages


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a finished run, and what the terminal showed."""
    folder = tmp_path_factory.mktemp("department")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    units = "".join(
        f'[[units]]\nid = "{unit}"\nname = "{name}"\n'
        + ('site = "jtt"\n' if unit == "jtt" else 'parent = "jtt"\n')
        for unit, name in UNITS.items()
    )
    (folder / "config.toml").write_text(
        f'[crawl]\nallow_addresses = ["{host}"]\nrate = 0\n'
        f'[offices]\nD40 = "厅人事处"\nfallback = "厅网信办"\n'
        f'[[sites]]\nid = "jtt"\nname = "{NAME}"\nhome = "http://{host}/"\nunit = "jtt"\n{units}',
        encoding="utf-8",
    )
    done = duwang(folder, "run", "--as-of", "2020-06-24", "--out", "out", "--no-browser")
    server.shutdown()
    server.server_close()
    assert done.returncode in {0, 3}, done.stderr
    return folder, done.stdout


def report(folder: Path, out: str = "out") -> Any:
    """The JSON report."""
    return json.loads((folder / out / "report.json").read_text(encoding="utf-8"))


def test_the_matrix_is_in_the_json_report_as_planted(run: tuple[Path, str]) -> None:
    rows = report(run[0])["sites"][0]["facts"]

    found = {unit: tuple(row["state"] for row in rows if row["unit"] == unit) for unit in UNITS}
    assert found == PLANTED
    assert tuple(row["fact"] for row in rows[:6]) == FACTS
    values = {(row["unit"], row["fact"]): row for row in rows}
    assert values["glj", "head"]["value"] == "赵范例"
    assert values["jtt", "address"]["url"].endswith("/lxwm/")
    assert {one["value"] for one in values["ygj", "address"]["places"]} == {
        "昆明市客运路9号", "昆明市人民路7号",
    }  # fmt: skip


def test_the_matrix_is_on_the_terminal_as_planted(run: tuple[Path, str]) -> None:
    for unit, shown in SHOWN.items():
        line = next(one for one in run[1].splitlines() if one.strip().startswith(f"{unit} "))

        assert tuple(cell.strip() for cell in line.split("│")[1:]) == shown


def test_the_matrix_is_in_the_html_report_as_planted(run: tuple[Path, str]) -> None:
    html = (run[0] / "out" / "index.html").read_text(encoding="utf-8")

    for name in UNITS.values():
        row = html[html.index(f">{name}</th>", html.index('id="facts"')) :]
        assert row[: row.index("</tr>")].count("<td>") == 6


def test_findings_name_the_office_of_the_duty(run: tuple[Path, str]) -> None:
    found = [
        (one["check"], one["office"], one["office_by"])
        for one in report(run[0])["sites"][0]["findings"]
        if "unit-fact" in one["check"]
    ]

    assert set(found) == {
        ("missing-unit-fact", "厅人事处", "config"),
        ("conflicting-unit-fact", "厅人事处", "config"),
    }


def test_units_are_rolled_up_and_none_without_a_site_has_a_verdict(run: tuple[Path, str]) -> None:
    units = {row["unit"]: row for row in report(run[0])["estate"]["units"]}

    present = {unit: row["facts_present"] for unit, row in units.items()}
    assert present == {"jtt": 6, "glj": 6, "hwj": 2, "ygj": 4, "xxzx": 0}
    assert [unit for unit, row in units.items() if row["verdict"] is not None] == ["jtt"]


@pytest.mark.parametrize("rulebook", ["state-council-2019-veto", "duty-2020"])
def test_a_stored_run_is_scored_again_with_another_rulebook(
    run: tuple[Path, str], rulebook: str
) -> None:
    folder = run[0]
    done = duwang(folder, "check", "last", "--rulebook", rulebook, "--out", rulebook)

    first, again = report(folder), report(folder, rulebook)
    assert done.returncode in {0, 3}, done.stderr
    assert again["rulebook"]["id"] == rulebook
    assert again["sites"][0]["score"]["points"] is None
    assert first["sites"][0]["facts"] == again["sites"][0]["facts"]
    if rulebook == "duty-2020":
        items = {item["id"]: item for item in again["sites"][0]["score"]["items"]}
        assert len(items) == 42
        assert (items["D40"]["office"], items["D40"]["means"]) == ("厅人事处", ["program"])
        assert items["D40"]["findings"]
        assert again["sites"][0]["verdict"] == "insufficient"


def test_a_rulebook_with_a_mistake_is_refused_with_its_line(run: tuple[Path, str]) -> None:
    folder = run[0]
    (folder / "mine.toml").write_text('id = "mine"\nversio = "1"\n', encoding="utf-8")

    done = duwang(folder, "check", "last", "--rulebook", "mine.toml", "--out", "none")

    assert done.returncode == 2
    assert "mine.toml 第2行：versio 是不认识的键" in done.stderr
    assert "是否想写 version" in done.stderr
    assert not (folder / "none").exists()
