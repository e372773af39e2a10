"""Lists and explanations: runs and checks."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.api import AnyCheck
from audit.rulebooks import Rulebook
from audit.store import RunRow

STATUS = {"running": "未完成（可续跑）", "complete": "完成", "incomplete": "未能查全"}


def list_runs(rows: Sequence[RunRow]) -> None:
    """Every stored run, newest first."""
    if not rows:
        _print("还没有保存的运行。")
        return
    table = _table("编号", "基准日", "开始", "方式", "状态", "网站")
    for row in rows:
        table.add_row(
            *(Text(one) for one in (row.id, str(row.as_of), row.started, row.mode)),
            Text(STATUS.get(row.status, row.status)),
            Text("、".join(row.sites)),
        )
    Console(highlight=False).print(table)


def list_checks(checks: Iterable[AnyCheck], rulebook: Rulebook, language: str) -> None:
    """Every check with what it looks for and how heavy it weighs."""
    zh = language == "zh"
    table = _table(
        *(("检查项", "查什么", "最重程度") if zh else ("check", "looks for", "severity"))
    )
    for check in checks:
        table.add_row(
            Text(check.id),
            Text(check.texts.failure_title.say(language)),
            Text(rulebook.heaviest_of(check.id).value),
        )
    Console(highlight=False).print(table)


def explain_check(check: AnyCheck, rulebook: Rulebook, language: str) -> None:
    """One check: its titles, basis, settings and messages."""
    zh = language == "zh"
    _print(
        f"{check.id}  {check.texts.title.say(language)} / {check.texts.failure_title.say(language)}"
    )
    for basis in check.basis:
        mark = "" if basis.verified else ("（条文未核实）" if zh else " (not verified)")
        _print(f"  {'依据' if zh else 'basis'}：{basis.document} {basis.clause}{mark}")
        _print(f"      {basis.quote}")
    settings = rulebook.settings_of(check.id)
    for key, value in sorted(settings.items()):
        _print(f"  {'设置' if zh else 'setting'}：{key} = {value}")
    for code, message in check.texts.messages.items():
        said = message.message
        _print(f"  {code}：{said.zh if zh else said.en}")
        remedy = message.remedy
        _print(f"      → {remedy.zh if zh else remedy.en}")


def _table(*heads: str) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def _print(line: str) -> None:
    Console(highlight=False, soft_wrap=True).print(Text(line))
