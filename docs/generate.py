"""Writes the generated parts of the checks' pages: `python docs/generate.py [--check]`.

A page holds three blocks between `<!-- generated -->` and `<!-- /generated -->`: its header table,
the list of its cases and its settings. `--check` writes nothing and exits 1 when a page is not current.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # a checkout that is not installed

from audit.api import AnyCheck  # noqa: E402 - the checkout must be on the path first
from audit.rulebooks import Rulebook  # noqa: E402
from audit.rulebooks import load as load_rulebook  # noqa: E402
from checks import load as load_checks  # noqa: E402

PAGES = ROOT / "docs" / "checks"
CASES = ROOT / "tests" / "checks"
RULEBOOK = "yunnan-2020"
BLOCK = re.compile(r"<!-- generated -->\n.*?<!-- /generated -->", re.DOTALL)
SEVERITIES = {"veto": "单项否决", "major": "较重", "minor": "一般", "notice": "提示"}
SCOPES = {"site": "每个网站", "estate": "全部网站合并"}
STATUSES = {
    "pass": "通过",
    "fail": "不通过",
    "review": "待确认",
    "not_assessed": "未能检查",
    "not_applicable": "不适用",
}


def main(arguments: list[str]) -> int:
    """Write every page that is not current, or only name them."""
    behind = {
        path: text for path, text in pages() if not path.exists() or path.read_text("utf-8") != text
    }
    for path, text in behind.items():
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} 不是最新，请运行 python docs/generate.py")  # noqa: T201
        else:
            path.write_text(text, encoding="utf-8")
    return 1 if behind and "--check" in arguments else 0


def pages() -> Iterator[tuple[Path, str]]:
    """Every page as it should be, the index last."""
    rulebook, _ = load_rulebook(RULEBOOK)
    checks = load_checks()
    for check in checks.values():
        path = PAGES / f"{check.id}.md"
        blocks = iter((header(check, rulebook), cases(check), settings(check, rulebook)))
        yield path, BLOCK.sub(lambda _: _block(next(blocks)), path.read_text("utf-8"))  # noqa: B023
    yield PAGES / "README.md", index(checks, rulebook)


def header(check: AnyCheck, rulebook: Rulebook) -> str:
    """Id, titles, scope, price and basis of a check."""
    rows = [
        ("编号", f"`{check.id}`"),
        ("名称", f"{check.texts.failure_title.zh}（通过时：{check.texts.title.zh}）"),
        ("范围", SCOPES[check.scope]),
        ("严重程度与分值", "<br>".join(prices(check.id, rulebook))),
    ]
    if check.varies:
        rows.append(
            ("可能变化", "再测一次结果可能不同：不影响 `duwang gate`，连续两次通过才算已整改")
        )
    rows += [
        (
            "依据",
            f"{basis.document}，{basis.clause}：“{basis.quote}”{'' if basis.verified else '（未核实）'}",
        )
        for basis in check.basis
    ]
    return _table(("项目", "内容"), rows)


def cases(check: AnyCheck) -> str:
    """The names of the cases with what the check must say."""
    path = CASES / f"{check.id.replace('-', '_')}.toml"
    listed = cast("list[Mapping[str, str]]", tomllib.loads(path.read_text("utf-8"))["case"])
    return _table(
        ("用例", "结论"),
        [(case["name"], _status(case["status"], case.get("reason", ""))) for case in listed],
    )


def settings(check: AnyCheck, rulebook: Rulebook) -> str:
    """The settings of a check with the rulebook's values."""
    values = rulebook.settings_of(check.id)
    rows = [(f"`{name}`", _value(values.get(name))) for name in check.settings.model_fields]
    return _table(("设置", f"规则集 {rulebook.id} 的值"), rows) if rows else "没有设置。"


def index(checks: Mapping[str, AnyCheck], rulebook: Rulebook) -> str:
    """The list of all checks."""
    rows = [
        (
            f"[{check.id}]({check.id}.md)",
            check.texts.failure_title.zh,
            SCOPES[check.scope],
            "<br>".join(prices(check.id, rulebook)),
        )
        for check in checks.values()
    ]
    table = _table(("编号", "名称", "范围", f"规则集 {rulebook.id} 的严重程度与分值"), rows)
    return f"# 检查项\n\n本页由 `python docs/generate.py` 生成。\n\n{table}\n"


def prices(check_id: str, rulebook: Rulebook) -> list[str]:
    """What the rulebook makes of a check's findings: points first, then what counts to a veto."""
    lines = [
        f"{item.name.zh}：{SEVERITIES[entry.severity]}，每个扣{entry.points}分{_of(entry.labels)}（该项共{item.max}分）"
        for item in rulebook.items
        for entry in item.entries
        if entry.check == check_id
    ]
    lines += [
        f"单项否决“{veto.name.zh}”：合计达到{counter.at_least}个{_of(one.labels)}"
        for veto in rulebook.vetoes
        for counter in veto.counters
        for one in counter.findings
        if one.check == check_id
    ]
    return lines or ["提示，不扣分"]


def _of(labels: Mapping[str, tuple[str, ...]]) -> str:
    if not labels:
        return ""
    return "，限 " + "、".join(f"`{name}={'/'.join(values)}`" for name, values in labels.items())


def _status(status: str, reason: str) -> str:
    return f"{STATUSES[status]}（`{reason}`）" if reason else STATUSES[status]


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "<br>".join(f"`{key}` = `{one}`" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return "、".join(f"`{one}`" for one in value)
    return "—" if value is None else f"`{value}`"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines
    )


def _block(text: str) -> str:
    return f"<!-- generated -->\n{text}\n<!-- /generated -->"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
