"""What a run says on the terminal when it is done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.cli.ledger import show_ledger
from audit.cli.plain import plain
from audit.model import Fact, FactState, FindingStatus, Severity, SiteVerdict
from audit.report import FactRow, Report, SiteReport

VERDICTS = {
    SiteVerdict.QUALIFIED: ("合格", "qualified", "green"),
    SiteVerdict.UNQUALIFIED: ("不合格", "unqualified", "red"),
    SiteVerdict.INSUFFICIENT: ("证据不足", "insufficient", "yellow"),
}
HEADS = {
    "zh": ("网站", "结论", "得分", "覆盖率", "页面", "问题", "待确认", "说明"),
    "en": ("site", "verdict", "score", "coverage", "pages", "faults", "to confirm", "why"),
}
FACTS = {
    Fact.FUNCTIONS: ("职能", "functions"),
    Fact.STRUCTURE: ("机构", "structure"),
    Fact.ADDRESS: ("地址", "address"),
    Fact.HOURS: ("时间", "hours"),
    Fact.CONTACT: ("联系", "contact"),
    Fact.HEAD: ("负责人", "head"),
}
STATES = {
    FactState.PRESENT: ("有", "present", "green"),
    FactState.IMPLAUSIBLE: ("无效", "implausible", "red"),
    FactState.CONFLICTING: ("不一致", "conflicting", "yellow"),
    FactState.STALE: ("与登记不同", "stale", "yellow"),
    FactState.MISSING: ("缺", "missing", "red"),
    FactState.REVIEW: ("待确认", "to confirm", "yellow"),
    FactState.NOT_ASSESSED: ("未检测", "unknown", ""),
}
TITLES = {
    "zh": "{mode} {run} · 基准日 {day} · 规则集 {rulebook}{mark}",
    "en": "{mode} {run} · {day} · {rulebook}{mark}",
}


def show(report: Report, files: Sequence[Path], language: str, units: Mapping[str, str]) -> None:
    """The table of sites, the commonest faults, and where the reports are; `units`: names by id."""
    console = Console(highlight=False, width=None if Console().is_terminal else 110)
    mark = (
        ""
        if report.rulebook.verified
        else ("（参考评分）" if language == "zh" else " (unverified)")
    )
    title = TITLES[language].format(
        mode="审计" if language == "zh" else "run",
        run=report.run.id,
        day=report.run.as_of,
        rulebook=report.rulebook.id,
        mark=mark,
    )
    console.print(Text(title, style="bold"))
    console.print(_table(report, language))
    _worst(console, report, language)
    show_ledger(console, report, language)
    _facts(console, report, language, units)
    for path in _entrances(files):
        console.print(Text(f"→ {path}"))


def _table(report: Report, language: str) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for head in HEADS[language]:
        right = head in {HEADS[language][2], HEADS[language][3], *HEADS[language][4:7]}
        table.add_column(head, justify="right" if right else "left", overflow="fold")
    for site in report.sites:
        zh, en, colour = VERDICTS[site.verdict]
        counts = _counts(site)
        table.add_row(
            plain(site.name),
            Text(zh if language == "zh" else en, style=colour),
            Text("—" if site.score.points is None else f"{site.score.points:.2f}"),
            Text(f"{site.score.coverage:.0%}"),
            Text(str(site.pages.fetched)),
            Text(str(counts[FindingStatus.FAIL])),
            Text(str(counts[FindingStatus.REVIEW])),
            plain(site.reason),
        )
    return table


def _counts(site: SiteReport) -> Counter[FindingStatus]:
    return Counter(finding.status for finding in site.findings)


def _worst(console: Console, report: Report, language: str) -> None:
    """How many findings of each severity there are."""
    severities = Counter(
        finding.severity
        for site in report.sites
        for finding in site.findings
        if finding.status is FindingStatus.FAIL
    )
    names = {
        Severity.VETO: ("单项否决", "veto"),
        Severity.MAJOR: ("重要", "major"),
        Severity.MINOR: ("一般", "minor"),
        Severity.NOTICE: ("提示", "notice"),
    }
    said = "，".join(
        f"{names[severity][0 if language == 'zh' else 1]} {severities[severity]}"
        for severity in Severity
        if severities[severity]
    )
    if said:
        console.print(Text(("问题：" if language == "zh" else "findings: ") + said))


def _facts(console: Console, report: Report, language: str, units: Mapping[str, str]) -> None:
    """The matrix of unit facts: each fact with a sign of its state, a line a unit."""
    lines: dict[str, list[FactRow]] = {}
    for site in report.sites:
        for row in site.facts:
            lines.setdefault(row.unit, []).append(row)
    if not lines:
        return
    place = 0 if language == "zh" else 1
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("六要素" if language == "zh" else "unit facts", overflow="fold")
    for fact in Fact:
        table.add_column(FACTS[fact][place])
    for unit, rows in lines.items():
        states = {row.fact: STATES[row.state] for row in rows}
        cells = [states.get(fact, ("—", "—", "")) for fact in Fact]
        table.add_row(
            plain(units.get(unit, unit)), *(Text(cell[place], style=cell[2]) for cell in cells)
        )
    console.print(table)


def _entrances(files: Sequence[Path]) -> list[Path]:
    """The files to open first; pages of single sites and pictures are reached from the overview."""
    return [path for path in files if path.parent.name not in {"sites", "evidence"}]
