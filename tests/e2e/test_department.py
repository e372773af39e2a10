"""A served department with twelve policies and five units: ledger and matrix in JSON, HTML and on the terminal."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests import department
from tests.command import called, duwang
from tests.department import LEDGER, UNITS, name_of

FACTS = ("functions", "structure", "address", "hours", "contact", "head")
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
    "hwj": ("缺", "缺", "有", "缺", "有", "无效"),
    "ygj": ("有", "有", "不一致", "缺", "有", "有"),
    "xxzx": ("待确认",) * 6,
}
STATES = {
    "linked": "链接齐全", "one_way": "单向链接", "broken": "链接失效", "uninterpreted": "未见解读",
    "out_of_scope": "不在要求范围", "orphan": "本站未见对应文件",
}  # fmt: skip
FACT_STATES = {
    "present": "已公布", "missing": "未公布", "implausible": "内容无效", "conflicting": "前后不一致",
    "review": "待人工确认",
}  # fmt: skip
SIGNS = {"ok": "✓", "missing": "✗", "broken": "✗", "not_assessed": "－"}
TITLES = {
    "unlinked-interpretation": "政策文件与解读未相互链接",
    "broken-interpretation-link": "解读链接失效或指错",
    "late-interpretation": "解读发布超过时限",
    "missing-interpretation": "应解读未解读",
}
TERMINAL = (
    ("示交规〔2020〕4号", "《示例桥梁检测办法》解读", "✗", "✓", "1/3", "链接失效"),
    ("示交规〔2020〕2号", "《示例航道疏浚办法》解读", "✓", "✗", "1/3", "单向链接"),
    ("示交规〔2020〕3号", "《示例客运站场办法》答记者问", "✗", "✓", "0/3", "单向链接"),
    (
        "示例交通运输厅关于印发《示例渡口渡船办法》的通知示交规〔2020〕6号", "—", "—", "—", "—",
        "未见解读·应当解读",
    ),
    (
        "示例交通运输厅关于印发汛期工作方案的通知示交发〔2020〕8号", "—", "—", "—", "—",
        "未见解读·是否应当解读由人确认",
    ),
    ("示交规〔2020〕5号", "《示例隧道照明办法》解读", "✓", "✓", "4/3", "链接齐全·解读超时"),
)  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a finished run, and what the terminal showed."""
    folder = tmp_path_factory.mktemp("department")
    with department.serving() as (host, other):
        (folder / "config.toml").write_text(department.config(host, other), encoding="utf-8")
        done = duwang(folder, "run", "--as-of", "2020-06-24", "--out", "out", "--no-browser")
    assert done.returncode in {0, 3}, done.stderr
    return folder, done.stdout


def report(folder: Path, out: str = "out") -> Any:
    """The JSON report."""
    return json.loads((folder / out / "report.json").read_text(encoding="utf-8"))


def test_the_ledger_is_in_the_json_report_as_planted(run: tuple[Path, str]) -> None:
    site = report(run[0])["sites"][0]
    pairs = {
        one["id"]: one["check"] for one in site["findings"] if one["subject"]["kind"] == "pair"
    }

    found = [
        (
            name_of(row["policy"]["url"]),
            name_of(row["interpretation"]["url"]) if row["interpretation"] else "",
            row["forward"],
            row["back"],
            row["lag_workdays"],
            row["state"],
            tuple(pairs[one] for one in row["findings"] if one in pairs),
        )
        for row in site["pairs"]
    ]
    assert found == list(LEDGER)
    assert len({line[0] for line in found if line[0]}) == 12
    policies = [row["policy"] for row in site["pairs"] if row["policy"]["url"]]
    scopes = {name_of(policy["url"]): policy["scope"] for policy in policies}
    assert {name for name, scope in scopes.items() if scope != "required"} == {"p7", "p8"}
    forms = {
        name_of(row["interpretation"]["url"]): row["interpretation"]["renderings"]
        for row in site["pairs"]
        if row["interpretation"]
    }
    assert (forms["i12"], forms["file"], forms["i3"]) == (
        ["picture"],
        ["attachment"],
        ["questions"],
    )


def test_the_ledger_is_in_the_html_report_as_planted(run: tuple[Path, str]) -> None:
    page = next((run[0] / "out" / "sites").glob("*.html")).read_text(encoding="utf-8")
    section = page[page.index('<h2 id="pairs">') :]
    body = section[section.index("<tbody>") : section.index("</tbody>")]
    rows = [
        re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)[1:] for row in body.split("</tr>")[:-1]
    ]

    assert len(rows) == len(LEDGER)
    for cells, (policy, shown, forward, back, lag, state, faults) in zip(rows, LEDGER, strict=True):
        said = [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in cells]
        assert name_of("".join(re.findall(r'href="([^"]+)"', cells[0]))) == policy
        links = re.findall(r'href="(http[^"]+)"', cells[2])
        assert [name_of(link) for link in links] == ([shown] if shown else [])
        for cell, direction in ((said[4], forward), (said[5], back)):
            assert cell.strip().startswith(SIGNS[direction] if policy and shown else "—")
        assert said[6].startswith(
            "—" if not policy or not shown else "没有读到日期" if lag is None else f"{lag}/3"
        )
        assert STATES[state] in said[7]
        assert [one for one in TITLES if TITLES[one] in said[7]] == list(faults)


def test_the_terminal_counts_the_ledger_and_names_what_needs_somebody(
    run: tuple[Path, str],
) -> None:
    lines = run[1].splitlines()
    first = next(n for n, line in enumerate(lines) if "行台账" in line)

    assert lines[first] == (
        "示例交通运输厅：12份文件，14行台账："
        "链接失效 1，单向链接 2，未见解读 2，链接齐全 7，不在要求范围 1，本站未见对应文件 1，解读超时 1"
    )
    assert rows_of(lines[first + 3 :]) == list(TERMINAL)


def rows_of(lines: list[str]) -> list[tuple[str, ...]]:
    """A table's rows; a row that is folded has an empty lag in its further lines."""
    rows: list[tuple[str, ...]] = []
    for line in lines:
        cells = tuple(re.sub(r"\s", "", cell) for cell in line.split("│"))
        if len(cells) != 6:
            break
        if cells[4]:
            rows.append(cells)
        else:
            rows[-1] = tuple(map("".join, zip(rows[-1], cells, strict=True)))
    return rows


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
    matrix = run[1][run[1].index("六要素") :]
    for unit, shown in SHOWN.items():
        line = next(one for one in matrix.splitlines() if one.strip().startswith(UNITS[unit]))

        assert tuple(cell.strip() for cell in line.split("│")[1:]) == shown


def test_the_matrix_is_in_the_html_report_as_planted(run: tuple[Path, str]) -> None:
    page = (run[0] / "out" / "index.html").read_text(encoding="utf-8")
    matrix = page[page.index('<h2 id="facts">') :]

    for unit, name in UNITS.items():
        row = matrix[matrix.index(f">{name}</th>") :]
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row[: row.index("</tr>")], re.DOTALL)
        assert len(cells) == 6
        for cell, state in zip(cells, PLANTED[unit], strict=True):
            assert FACT_STATES[state] in cell


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
    done = called(folder, "check", "last", "--rulebook", rulebook, "--out", rulebook)

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
        assert {items[duty]["result"] for duty in ("D12", "D40")} == {"fail"}
        assert (items["D13"]["checks"], items["D13"]["result"]) == ([], "not_assessed")
        page = (folder / rulebook / "sites" / "jtt.html").read_text(encoding="utf-8")
        assert all(f'<td class="mono">{duty}</td>' in page for duty in items)
        assert all(
            words in page for words in ("程序核对一部分", "需登记数据", "需人工", "厅人事处")
        )
        assert again["sites"][0]["verdict"] == "insufficient"


def test_a_rulebook_with_a_mistake_is_refused_with_its_line(run: tuple[Path, str]) -> None:
    folder = run[0]
    (folder / "mine.toml").write_text('id = "mine"\nversio = "1"\n', encoding="utf-8")

    done = called(folder, "check", "last", "--rulebook", "mine.toml", "--out", "none")

    assert done.returncode == 2
    assert "mine.toml 第2行：versio 是不认识的键" in done.stderr
    assert "是否想写 version" in done.stderr
    assert not (folder / "none").exists()
