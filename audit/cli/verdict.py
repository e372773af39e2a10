"""What `gate` and `diff` say on the terminal."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from audit.cli import options
from audit.cli.plain import tame
from audit.gate import Failure, GateResult, Problem, Trouble
from audit.pipeline import Compared, Side
from audit.report import Comparison, Finding, Report
from audit.store import RunRow
from reports.speech import Speech

MOST = 12  # findings of one kind that fit on a screen
TROUBLES = {
    Trouble.INCOMPLETE: ("运行没有查全", "the run is incomplete"),
    Trouble.SUSPECT: ("运行可疑：{detail}", "the run is suspect: {detail}"),
    Trouble.NOTHING_READ: ("{site}：一页也没有读到", "{site}: no page could be read"),
    Trouble.COVERAGE: ("{site}：覆盖率 {detail}，低于下限", "{site}: coverage {detail} is too low"),
    Trouble.NOTHING_TO_COMPARE: (
        "没有可以比较的运行，也没有基线：无法判断是否退步"
        "（建立基线：duwang gate --baseline baseline.json --update-baseline{at}）",
        "no earlier run and no baseline: nothing tells a regression"
        " (duwang gate --baseline baseline.json --update-baseline{at} makes one)",
    ),
}
HEADS = {
    (True, True): (
        "未通过：有退步，而且没有查全",
        "failed: the site regressed, and not everything was measured",
        "red",
    ),
    (True, False): ("未通过：有退步", "failed: the site regressed", "red"),
    (False, True): ("无结论：没有查全", "no verdict: not enough was measured", "yellow"),
    (False, False): ("通过：没有退步", "passed: no regression", "green"),
}


def show_gate(
    result: GateResult,
    report: Report,
    against: str,
    change: Compared | None,
    store: str | None,
    language: str,
) -> None:
    """One screen: the verdict, why, how to see each failure again, and how to waive it.

    `change`: what the run was compared with, unless that was a baseline or nothing.
    """
    speech, console = Speech(language), _console()
    zh, en, colour = HEADS[bool(result.failures), bool(result.problems)]
    beside = speech.say(f"，对照 {against}", f", against {against}") if against else ""
    run = report.run.id
    said = speech.say(f"{zh}（运行 {run}{beside}）", f"{en} (run {run}{beside})")
    console.print(Text(said, style=f"bold {colour}"))
    names = {site.id: site.name for site in report.sites}
    at = options.at_store(store)
    raised = change.comparison.raised if change else ()
    for failure in result.failures[:MOST]:
        for line in _failure(failure, names, at, raised, speech):
            console.print(Text(line))
    _rest(console, len(result.failures) - MOST, speech)
    if result.failures:
        again = f"duwang check {run}{at}"
        console.print(Text(speech.say(f"重现：{again}", f"see it again: {again}")))
    if result.left_out:
        console.print(Text(_left_out(result.left_out, speech), style="dim"))
    for line in (*_doubts(change, speech), *_unseen(change, speech)) if change else ():
        console.print(Text(f"! {line}", style="yellow"))
    for problem in result.problems:
        console.print(Text(f"! {_problem(problem, names, at, speech)}", style="yellow"))


def show_change(change: Compared, language: str) -> None:
    """The counts, the findings that are new, back or gone, and why the score moved."""
    speech, console = Speech(language), _console()
    old, new, said = change.old, change.new, change.comparison
    days = speech.say(
        f"{new.run.id}（{new.run.as_of}）对照 {old.run.id}（{old.run.as_of}）",
        f"{new.run.id} ({new.run.as_of}) against {old.run.id} ({old.run.as_of})",
    )
    console.print(Text(days, style="bold"))
    for line in (*_weakness(new.run, speech), *_doubts(change, speech)):
        console.print(Text(f"! {line}", style="yellow"))
    console.print(Text(speech.say("，", ", ").join(_counts(said, speech))))
    notes = {
        **dict.fromkeys(
            said.by_rules,
            speech.say("（规则、配置或程序变化）", " (rules, config or program changed)"),
        ),
        **dict.fromkeys(
            said.unseen_before, speech.say("（以往没有能查看）", " (not looked at before)")
        ),
        **dict.fromkeys(said.raised, _was_lead(speech)),
    }
    for mark, ids, side in (
        ("+", said.new, new),
        ("↺", said.reopened, new),
        ("!", said.raised, new),
        ("✓", said.fixed, old),
    ):
        _list(console, mark, ids, side, notes, speech)
    if said.score_delta is not None:
        console.print(Text(_score(said, speech)))


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)


def _doubts(change: Compared, speech: Speech) -> Iterator[str]:
    """What the earlier run cannot answer for."""
    yield from _weakness(change.old.run, speech)
    for site in change.new.report.sites:
        if site.id not in change.sites:
            name = tame(site.name)
            yield speech.say(
                f"没有比较：{name}（对照的运行没有读这个网站）",
                f"not compared: {name} (the earlier run did not read it)",
            )


def _weakness(run: RunRow, speech: Speech) -> Iterator[str]:
    """Why a run saw less than a good one."""
    why = [tame(one) for one in run.suspect]
    if run.status != "complete":
        why.append(speech.say("没有查全", "incomplete"))
    if run.quick:
        why.append(
            speech.say("快速运行，只读首页和栏目", "a quick run: home pages and columns only")
        )
    if why:
        yield f"{run.id}{speech.say('：', ': ')}{speech.say('；', '; ').join(why)}"


def _counts(said: Comparison, speech: Speech) -> Iterator[str]:
    """How many findings became what; what there is none of is left out where that is the rule."""
    yield speech.say(f"新发现 {len(said.new)}", f"new {len(said.new)}")
    yield speech.say(f"再次出现 {len(said.reopened)}", f"reopened {len(said.reopened)}")
    if said.by_rules:
        count = len(said.by_rules)
        yield speech.say(
            f"其中因规则、配置或程序变化 {count}",
            f"of them by changed rules, config or program {count}",
        )
    if said.unseen_before:
        count = len(said.unseen_before)
        yield speech.say(f"其中以往没有能查看 {count}", f"of them not looked at before {count}")
    if said.raised:
        count = len(said.raised)
        yield speech.say(f"线索确认为问题 {count}", f"leads that are certain now {count}")
    yield speech.say(f"已整改 {len(said.fixed)}", f"fixed {len(said.fixed)}")
    if said.passed_once:
        count = said.passed_once
        yield speech.say(f"通过一次，待再次确认 {count}", f"passed once, to be confirmed {count}")
    yield speech.say(f"仍然存在 {said.open}", f"still open {said.open}")
    yield speech.say(f"未能观察到 {said.not_observed}", f"not observed {said.not_observed}")


def _list(
    console: Console,
    mark: str,
    ids: Sequence[str],
    side: Side,
    notes: Mapping[str, str],
    speech: Speech,
) -> None:
    """The findings of one kind, each in two lines."""
    known = side.findings
    names = {one.id: site.name for site in side.report.sites for one in site.findings}
    shown = [known[one] for one in ids if one in known]
    for one in shown[:MOST]:
        console.print(Text(f"{mark} {_said(one, speech)}{notes.get(one.id, '')}"))
        console.print(Text(f"    {_where(names[one.id], one)}"))
    _rest(console, len(shown) - MOST, speech)


def _score(said: Comparison, speech: Speech) -> str:
    why = said.because
    split = ""
    if why:
        split = speech.say(
            f"（网站 {why.site:+g}，规则 {why.rules:+g}）",
            f" (site {why.site:+g}, rules {why.rules:+g})",
        )
    return f"{speech.say('得分变化', 'score')} {said.score_delta:+g}{split}"


def _failure(
    failure: Failure, names: Mapping[str, str], at: str, raised: Collection[str], speech: Speech
) -> Iterator[str]:
    name = names.get(failure.site, failure.site)
    finding = failure.finding
    if finding is None:
        veto = speech.say(f"单项否决 {failure.veto}", f"veto {failure.veto}")
        drop = speech.say(f"得分下降 {failure.drop}", f"{failure.drop} points lost")
        yield f"✗ {tame(name)} {veto if failure.veto else drop}  [{failure.term}]"
        return
    waive = f"duwang waive {finding.id} "
    lead = _was_lead(speech) if finding.id in raised else ""
    yield f"✗ {_said(finding, speech)}{lead}  [{failure.term}]"
    yield f"    {_where(name, finding)}"
    yield speech.say(
        f"    豁免：{waive}--reason 原因 --approver 批准人 --expires 截止日期{at}",
        f"    waive: {waive}--reason WHY --approver WHO --expires DAY{at}",
    )
    yield speech.say("    说明：", "    about: ") + f"duwang checks {finding.check}"


def _was_lead(speech: Speech) -> str:
    return speech.say("（此前是线索，这次确认）", " (a lead until now)")


def _unseen(change: Compared, speech: Speech) -> Iterator[str]:
    """What is new and may have been there before."""
    if count := len(change.comparison.unseen_before):
        yield speech.say(
            f"新发现的问题中有 {count} 项，以往的运行没有能查看，不知道原来有没有，不算退步",
            f"{count} new findings could not be looked at by any earlier run: no regression",
        )


def _rest(console: Console, left: int, speech: Speech) -> None:
    if left > 0:
        console.print(Text(speech.say(f"  另有 {left} 项，见报告", f"  {left} more in the report")))


def _left_out(count: int, speech: Speech) -> str:
    """What would have failed the gate, were it certain to be found again."""
    return speech.say(
        f"  另有 {count} 项出自再测结果可能不同的检查（搜索、可用性），不影响结论，见报告",
        f"  {count} more of checks that may answer otherwise next time: no failure; see the report",
    )


def _said(finding: Finding, speech: Speech) -> str:
    return f"{speech.word(finding.severity)}{speech.say('：', ': ')}{tame(finding.message)}"


def _where(site: str, finding: Finding) -> str:
    return f"{tame(site)}  {tame(finding.subject.url)}  [{finding.id}]"


def _problem(problem: Problem, names: Mapping[str, str], at: str, speech: Speech) -> str:
    said = speech.say(*TROUBLES[problem.trouble])
    name = names.get(problem.site, problem.site)
    return said.format(site=tame(name), detail=tame(problem.detail), at=at)
