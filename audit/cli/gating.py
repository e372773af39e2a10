"""`gate` and `diff`: a stored run against an earlier one."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from audit import gate as gating
from audit.cli import options
from audit.cli.exits import Exit, explain
from audit.cli.options import LanguageOption, StoreOption
from audit.cli.parts import all_checks
from audit.cli.stored import finished, open_log
from audit.cli.verdict import show_change, show_gate
from audit.errors import ConfigError
from audit.gate import Baseline, Known, Term
from audit.model import FindingStatus
from audit.pipeline import (
    Audit,
    Compared,
    Side,
    compared,
    last_good,
    lost_against,
    side_of,
    varying_of,
    write_file,
)
from audit.scoring import Charge
from audit.store import RunRow, Store

LAST_GOOD = "last-good"
RunArgument = Annotated[str, typer.Argument(help="运行编号；不写时为 last", metavar="RUN")]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出 JSON")]


def gate(
    run_id: RunArgument = "last",
    against: Annotated[
        str, typer.Option("--against", help="与哪次运行比较", metavar="RUN|last-good")
    ] = LAST_GOOD,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="基线文件：其中的问题不算退步")
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="把这次运行并入基线文件后结束")
    ] = False,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="什么算退步", metavar="LIST")
    ] = gating.DEFAULT_TERMS,
    min_coverage: Annotated[
        float, typer.Option("--min-coverage", min=0, max=1, help="覆盖率下限，低于它退出码为3")
    ] = gating.DEFAULT_COVERAGE,
    store: StoreOption = None,
    lang: LanguageOption = None,
) -> None:
    """持续集成的结论：有退步退出码1，没有查全退出码3，没有退步退出码0。"""
    terms = _terms(fail_on)
    language = options.language(lang, "zh")
    where = store or options.DEFAULT_STORE
    open_log(where)
    with Store.open(where, archive=options.archive_of(where)) as opened:
        _refuse_unfinished(opened, run_id, where)
        new = _side(opened, finished(opened, run_id, where), language)
        if update_baseline:
            _renew(opened, new, baseline)
            raise typer.Exit(Exit.DONE)
        change = None if baseline else _compared(opened, new, against, language)
        known = _listed(opened, _read(baseline), new) if baseline else None
    known = _known(change) if change else known
    result = gating.judge(new.report, terms, known, min_coverage)
    said = str(baseline) if baseline else change.old.run.id if change else ""
    show_gate(result, new.report, said, change, store, language)
    if result.failures:
        raise typer.Exit(Exit.FOUND)
    raise typer.Exit(Exit.INCOMPLETE if result.problems else Exit.DONE)


def diff(
    run_id: RunArgument,
    other: Annotated[
        str | None,
        typer.Argument(help="与哪次运行比较；不写时为上一次合格的运行", metavar="RUN"),
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
    lang: LanguageOption = None,
) -> None:
    """比较两次运行：新发现、已整改、再次出现、仍然存在、未能观察到的问题，以及得分变化的来源。"""
    language = options.language(lang, "zh")
    where = store or options.DEFAULT_STORE
    open_log(where)
    with Store.open(where, archive=options.archive_of(where)) as opened:
        audit = finished(opened, run_id, where)
        change = _compared(opened, _side(opened, audit, language), other or LAST_GOOD, language)
        if change is None:
            raise ConfigError([f"运行 {audit.run.id} 之前没有可以比较的运行（完整、未标为可疑）"])
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(change.comparison) + b"\n")
        return
    show_change(change, language)


def _terms(text: str) -> tuple[Term, ...]:
    try:
        terms = gating.terms_of(text)
    except ValueError as error:
        raise ConfigError([f"--fail-on：{error}"]) from error
    if not terms:
        raise ConfigError([f"--fail-on：没有写任何条件；默认是 {gating.DEFAULT_TERMS}"])
    return terms


def _side(store: Store, audit: Audit, language: str) -> Side:
    return side_of(store, audit.run, audit.checks, language)


def _compared(store: Store, new: Side, against: str, language: str) -> Compared | None:
    """The run against the named one; raises ConfigError when they share no site."""
    audit = finished(store, new.run.id)
    before = last_good(store, new.run) if against == LAST_GOOD else finished(store, against).run
    if before is None:
        return None
    if before.id == new.run.id:
        raise ConfigError([f"运行 {before.id} 不能与自己比较"])
    if before.id not in _earlier(store, new.run):
        raise ConfigError(
            [
                f"运行 {before.id} 在 {new.run.id} 之后：先写新的，再写旧的（duwang diff {before.id} {new.run.id}）"
            ]
        )
    old = side_of(store, before, audit.checks, language)
    change = compared(store, old, new, audit.checks)
    if change is None:
        raise ConfigError([f"运行 {before.id} 与 {new.run.id} 没有共同的网站，无法比较"])
    return change


def _earlier(store: Store, run: RunRow) -> set[str]:
    """Ids of the runs before this one."""
    ids = [one.id for one in store.runs()]
    return set(ids[ids.index(run.id) + 1 :])


def _refuse_unfinished(store: Store, run_id: str, where: str) -> None:
    """A run that was cut short, or is at work, shows no regression and is no mistake of the caller's."""
    if store.run(run_id).status == "running":
        try:
            finished(store, run_id, where)
        except ConfigError as error:
            explain(error)
            raise typer.Exit(Exit.INCOMPLETE) from error


def _listed(store: Store, baseline: Baseline, new: Side) -> Known:
    """What a baseline names, and what was part of it and has a name of its own now."""
    listed = baseline.findings.keys()
    parted = {one for one, other in new.judged.parted.items() if other in listed}
    checks = all_checks()
    varying = varying_of(checks)
    still_open = {one.id for one in store.open_at(new.run.id, varying)}
    gone: dict[str, list[Charge]] = {site: [] for site in baseline.points}
    for name, one in baseline.findings.items():
        if name not in still_open and one.site in gone:
            charge = Charge(name, one.check, one.labels, FindingStatus.FAIL)
            gone[one.site].append(charge)
    known = frozenset(listed | parted)
    lost = lost_against(new, known, gone, checks.keys() - varying)
    return Known(known, baseline.vetoes, lost)


def _known(change: Compared) -> Known:
    """What was there before."""
    vetoes = {site.id: site.score.vetoes for site in change.old.report.sites}
    for site in change.again.report.sites:  # what the rules made of the same pages is no regression
        vetoes[site.id] = (*vetoes.get(site.id, ()), *site.score.vetoes)
    for site in change.new.report.sites:
        if site.id not in change.sites:  # read for the first time: nothing can have got worse
            vetoes[site.id] = site.score.vetoes
    return Known(change.known, vetoes, change.lost)


def _read(path: Path) -> Baseline:
    try:
        read = msgspec.json.decode(path.read_bytes(), type=Baseline)
    except FileNotFoundError as error:
        hint = f"先生成：duwang gate --baseline {path} --update-baseline"
        raise ConfigError([f"--baseline：没有文件 {path}；{hint}"]) from error
    except OSError as error:
        raise ConfigError([f"--baseline：{path} 读不了（{error.strerror}）"]) from error
    except msgspec.MsgspecError as error:
        raise ConfigError([f"--baseline：{path} 不是基线文件（{error}）"]) from error
    if read.schema != gating.SCHEMA:
        raise ConfigError([f"--baseline：{path} 的格式是 {read.schema!r}，不是 {gating.SCHEMA}"])
    return read


def _renew(store: Store, new: Side, path: Path | None) -> None:
    """Write the baseline anew: what this run found, and what it could not see fixed."""
    if path is None:
        raise ConfigError(["--update-baseline 要与 --baseline 一起写"])
    before = _read(path) if path.exists() else None
    still_open = {one.id for one in store.open_at(new.run.id, varying_of(all_checks()))}
    whole = not (new.run.partial or new.run.quick)
    made = gating.renewed(new.report, before, still_open, whole=whole)
    write_file(path, msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
    sys.stdout.write(f"→ {path}：{len(made.findings)} 个问题\n")
