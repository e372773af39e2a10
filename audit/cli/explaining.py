"""Lists and explanations: runs and checks."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.api import AnyCheck
from audit.rulebooks import Entry, Item, Means, Rulebook, Source, Veto
from audit.store import RunRow
from reports.speech import Speech

STATUS = {"running": "未完成（可续跑）", "complete": "完成", "incomplete": "未能查全"}


def list_runs(rows: Sequence[RunRow]) -> None:
    """Every stored run, newest first."""
    if not rows:
        _print("还没有保存的运行。")
        return
    table = _table("编号", "基准日", "开始", "方式", "状态", "网站")
    for row in rows:
        table.add_row(
            *(Text(one) for one in (row.id, str(row.as_of), row.started[:16].replace("T", " "))),
            Text(Speech("zh").mode(row.mode) + ("，快速" if row.quick else "")),
            Text(STATUS.get(row.status, row.status) + ("，可疑" if row.suspect else "")),
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


def explain_rulebook(rulebook: Rulebook, language: str) -> None:
    """One rulebook: since when, what vetoes, what it deducts and where each rule comes from."""
    zh = language == "zh"
    last = rulebook.effective_to
    _print(f"{rulebook.id}  {rulebook.name.say(language)}")
    _print(
        f"  {'版本' if zh else 'version'} {rulebook.version} · {rulebook.effective_from} —{f' {last}' if last else ''}"
        f" · {_verified(verified=rulebook.verified, zh=zh)}"
    )
    for veto in rulebook.vetoes:
        _explain_veto(veto, rulebook, language)
    for item in rulebook.items:
        _explain_item(item, rulebook, language)


def say_valid(rulebook: Rulebook, name: str, language: str) -> None:
    """One line: the rulebook is right, and what it holds."""
    counts = (len(rulebook.vetoes), len(rulebook.items), len(rulebook.checks()))
    said = (
        "{}：正确。单项否决{}项，{}{}项，检查项{}个"
        if language == "zh"
        else "{}: valid. {} vetoes, {} {}, {} checks"
    )
    kinds = ("指标", "任务") if language == "zh" else ("items", "duties")
    kind = kinds[0 if rulebook.scored else 1]
    middle = (kind, counts[1]) if language == "zh" else (counts[1], kind)
    _print(said.format(name, counts[0], *middle, counts[2]))


def _explain_veto(veto: Veto, rulebook: Rulebook, language: str) -> None:
    zh = language == "zh"
    only = ("（须由人确认）" if zh else " (a person must confirm)") if veto.confirmed else ""
    _print(f"  {veto.id} {veto.name.say(language)}{only}  [{_cited(veto.source, rulebook, zh=zh)}]")
    for counter in veto.counters:
        name = counter.name.say(language) if counter.name else ""
        checks = "、".join(dict.fromkeys(one.check for one in counter.findings))
        _print(f"      ≥ {counter.at_least} {name} ← {checks}")


def _explain_item(item: Item, rulebook: Rulebook, language: str) -> None:
    zh = language == "zh"
    group = rulebook.groups[item.group].name.say(language)
    weight = f"{item.max}" if rulebook.scored else item.office
    more = [item.limit] if item.limit else []
    if not rulebook.scored:
        more += [f"{'配合' if zh else 'with'} {item.with_}"] if item.with_ else []
        more += ["/".join(MEANS[one][0 if zh else 1] for one in item.means)]
    head = f"  {item.id} {item.name.say(language)} · {group} · {weight}"
    said = " · ".join([head, *more])
    _print(f"{said}  [{_cited(item.source, rulebook, zh=zh)}]")
    for entry in item.entries:
        _print(f"      {_entry(entry, scored=rulebook.scored)}")


def _entry(entry: Entry, *, scored: bool) -> str:
    labels = " ".join(f"{key}={'|'.join(values)}" for key, values in entry.labels.items())
    points = f"−{entry.points}" if scored else "·"
    cap = f" (≤ {entry.cap})" if entry.cap else ""
    return f"{points}{cap} {entry.check} {labels}".rstrip() + f" · {entry.severity.value}"


def _cited(source: Source, rulebook: Rulebook, *, zh: bool) -> str:
    mark = _verified(verified=source.verified, zh=zh)
    return f"{rulebook.cite(source)} · {source.confidence.value} · {mark}"


def _verified(*, verified: bool, zh: bool) -> str:
    if zh:
        return "已核实" if verified else "未核实"
    return "verified" if verified else "not verified"


MEANS = {
    Means.PROGRAM: ("程序核对", "program"),
    Means.PARTLY: ("程序核对一部分", "program in part"),
    Means.REGISTER: ("需登记数据", "register"),
    Means.PERSON: ("需人工", "person"),
}


def _table(*heads: str) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def _print(line: str) -> None:
    Console(highlight=False, soft_wrap=True).print(Text(line))
