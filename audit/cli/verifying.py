"""`verify`: the evidence of a stored run, proven again."""

import sys
from collections.abc import Mapping

import typer

from audit.cli import options
from audit.cli.commands import RunArgument
from audit.cli.exits import Exit
from audit.cli.options import StoreOption
from audit.cli.plain import tame
from audit.cli.stored import finished, open_log
from audit.model import EvidenceKind
from audit.pipeline import Flaw, Problem, Verified, proven
from audit.store import Store

ALTERED = frozenset({Flaw.CHANGED, Flaw.STAMP})
KINDS = {
    EvidenceKind.TABLE: "列表",
    EvidenceKind.FETCH: "访问结果",
    EvidenceKind.PROBE: "查询",
}
WORDS = {
    Flaw.CHANGED: "存档的内容与当时读到的不同（SHA-256 不符）",
    Flaw.STAMP: "截图所注的网页与记录不同",
    Flaw.LOST: "存档中没有原文",
    Flaw.UNSAID: "原文中没有找到引文",
    Flaw.GONE: "重新判断没有得出这个问题",
    Flaw.ADDED: "重新判断多出这个问题",
}


def verify(run_id: RunArgument = "last", store: StoreOption = None) -> None:
    """核对一次运行的证据：重算原文和截图的哈希，查找引文，重新判断。退出码：3 有证据缺失，4 有内容被改动。"""
    where = store or options.DEFAULT_STORE
    open_log(where)
    with Store.open(where, archive=options.archive_of(where)) as opened:
        audit = finished(opened, run_id, where)
        found = proven(audit)
    for problem in found.problems:
        sys.stdout.write(f"✗ {_said(problem)}\n")
    sys.stdout.write(_summary(audit.run.id, found))
    if any(problem.flaw in ALTERED for problem in found.problems):
        raise typer.Exit(Exit.INTERNAL)
    if found.problems:
        raise typer.Exit(Exit.INCOMPLETE)


def _said(problem: Problem) -> str:
    parts = [
        WORDS[problem.flaw],
        f"“{tame(problem.quote, 60)}”" if problem.flaw is Flaw.UNSAID else "",
        tame(problem.url, 200),
        f"（{tame(problem.place)}）" if problem.place else "",
        f"[{problem.check} {problem.finding}]",
    ]
    return " ".join(part for part in parts if part)


def _summary(run: str, found: Verified) -> str:
    counted = f"{found.findings}个问题，网页原文{found.bodies}份，截图{found.pictures}张，引文{found.quotes}处"
    rest = _rest(found)
    if not found.problems:
        return f"运行 {run}：全部核对无误（{counted}）。\n{rest}"
    hint = (
        "（判断这次运行的程序与现在的版本不同，结论可能因此不同。）"
        if not found.same_program
        else ""
    )
    return f"运行 {run}：{len(found.problems)}处没有核对上；已核对{counted}。{hint}\n{rest}"


def _rest(found: Verified) -> str:
    """What cannot be looked for word by word, and what a pruning left; empty: there is none."""
    said = [
        f"{_listed(found.by_hash)}只核对了所依据原文的哈希" if found.by_hash else "",
        f"{_listed(found.bodiless)}没有保存原文，无从核对" if found.bodiless else "",
    ]
    parts = [
        f"只有引文能在原文中逐字查找：{'；'.join(one for one in said if one)}。\n"
        if any(said)
        else "",
        "这次运行的其余原文已由 duwang prune 清理。\n" if found.pruned else "",
    ]
    return "".join(parts)


def _listed(counts: Mapping[EvidenceKind, int]) -> str:
    return "、".join(f"{KINDS.get(kind, kind)}{counts[kind]}处" for kind in sorted(counts))
