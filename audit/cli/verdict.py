"""What `gate` and `diff` say on the terminal."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from audit.cli import options
from audit.cli.plain import tame
from audit.gate import Failure, GateResult, Problem, Trouble
from audit.model import Severity
from audit.pipeline import Compared
from audit.report import Finding, Report

MOST = 12  # findings of one kind that fit on a screen
TROUBLES = {
    Trouble.INCOMPLETE: ("运行没有查全", "the run is incomplete"),
    Trouble.SUSPECT: ("运行可疑：{detail}", "the run is suspect: {detail}"),
    Trouble.NOTHING_READ: ("{site}：一页也没有读到", "{site}: no page could be read"),
    Trouble.COVERAGE: ("{site}：覆盖率 {detail}，低于下限", "{site}: coverage {detail} is too low"),
    Trouble.NOTHING_TO_COMPARE: (
        "没有可以比较的运行，也没有基线：无法判断是否退步"
        "（建立基线：duwang gate --baseline baseline.json --update-baseline）",
        "no earlier run and no baseline: nothing tells a regression"
        " (duwang gate --baseline baseline.json --update-baseline makes one)",
    ),
}
SEVERITIES = {
    Severity.VETO: "单项否决",
    Severity.MAJOR: "重要",
    Severity.MINOR: "一般",
    Severity.NOTICE: "提示",
}


def show_gate(
    result: GateResult, report: Report, against: str, store: str | None, language: str
) -> None:
    """One screen: the verdict, why, how to see each failure again, and how to waive it."""
    zh = language == "zh"
    console = Console(highlight=False, soft_wrap=True)
    head = {
        (True, True): ("未通过：有退步", "failed: the site regressed", "red"),
        (True, False): ("未通过：有退步", "failed: the site regressed", "red"),
        (False, True): ("无结论：没有查全", "no verdict: not enough was measured", "yellow"),
        (False, False): ("通过：没有退步", "passed: no regression", "green"),
    }[bool(result.failures), bool(result.problems)]
    beside = (f"，对照 {against}" if zh else f", against {against}") if against else ""
    console.print(
        Text(f"{head[0 if zh else 1]}（{report.run.id}{beside}）", style=f"bold {head[2]}")
    )
    names = {site.id: site.name for site in report.sites}
    at = options.at_store(store)
    for failure in result.failures[:MOST]:
        for line in _failure(failure, names, report.run.id, at):
            console.print(Text(line))
    left = len(result.failures) - MOST
    if left > 0:
        console.print(Text(f"  另有 {left} 项，见报告" if zh else f"  {left} more in the report"))
    if result.left_out:
        console.print(Text(_left_out(result.left_out, zh=zh), style="dim"))
    for problem in result.problems:
        console.print(Text(f"! {_problem(problem, names, zh=zh)}", style="yellow"))


def show_change(change: Compared, language: str) -> None:
    """The counts, the findings that are new, back or gone, and why the score moved."""
    zh = language == "zh"
    console = Console(highlight=False, soft_wrap=True)
    old, new, said = change.old, change.new, change.comparison
    console.print(Text(f"{new.run.id} ← {old.run.id}", style="bold"))
    for run in (old.run, new.run):
        if run.status != "complete" or run.suspect:
            why = tame("；".join(run.suspect)) or ("没有查全" if zh else "incomplete")
            console.print(Text(f"! {run.id}：{why}", style="yellow"))
    counts = {
        "新发现": ("new", len(said.new)),
        "再次出现": ("reopened", len(said.reopened)),
        "已整改": ("fixed", len(said.fixed)),
        "仍然存在": ("still open", said.open),
        "未能观察到": ("not observed", said.not_observed),
    }
    if said.by_rules:
        counts["其中因规则变化"] = ("by changed rules", len(said.by_rules))
    if said.passed_once:
        counts["通过一次，待再次确认"] = ("passed once, to be confirmed", said.passed_once)
    console.print(
        Text("  ".join(f"{name if zh else english} {n}" for name, (english, n) in counts.items()))
    )
    for mark, ids, known in (
        ("+", said.new, new.findings),
        ("↺", said.reopened, new.findings),
        ("✓", said.fixed, old.findings),
    ):
        for one in [known[one] for one in ids if one in known][:MOST]:
            console.print(Text(f"{mark} {_said(one)}"))
    if said.score_delta is not None:
        why = said.because
        split = f"（网站 {why.site:+g}，规则 {why.rules:+g}）" if why else ""
        console.print(Text(f"{'得分变化' if zh else 'score'} {said.score_delta:+g}{split}"))


def _failure(failure: Failure, names: dict[str, str], run: str, at: str) -> Iterator[str]:
    where = tame(names.get(failure.site, failure.site))
    if failure.finding is None:
        what = f"单项否决 {failure.veto}" if failure.veto else f"得分下降 {failure.drop}"
        yield f"✗ [{failure.term}] {where}：{what}"
        yield f"    重现：duwang check {run}{at}"
        return
    finding = failure.finding
    yield f"✗ [{failure.term}] {where}：{_said(finding)}"
    yield f"    重现：duwang check {run}{at}    说明：duwang checks {finding.check}"
    yield f"    豁免：duwang waive {finding.id} --reason 原因 --approver 批准人 --expires 截止日期{at}"


def _left_out(count: int, *, zh: bool) -> str:
    """What would have failed the gate, were it certain to be found again."""
    if zh:
        return f"  另有 {count} 项出自再测结果可能不同的检查（搜索、可用性），不影响结论，见报告"
    return (
        f"  {count} more of checks that may answer otherwise next time: no failure; see the report"
    )


def _said(finding: Finding) -> str:
    severity = SEVERITIES[finding.severity]
    return f"{severity} {tame(finding.message)} {tame(finding.subject.url)} [{finding.id}]"


def _problem(problem: Problem, names: dict[str, str], *, zh: bool) -> str:
    said = TROUBLES[problem.trouble][0 if zh else 1]
    name = names.get(problem.site, problem.site)
    return said.format(site=tame(name), detail=tame(problem.detail))
