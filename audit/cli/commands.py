"""Every command: reads its options, composes the parts, ends with its exit code."""

import datetime as dt
import shlex
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from audit import __version__
from audit.cli import explaining, options, rulebooks
from audit.cli.exits import explain, say
from audit.cli.options import (
    AsOfOption,
    ConfigOption,
    FormatOption,
    JsonLogOption,
    LanguageOption,
    OutOption,
    StoreOption,
    VerboseOption,
)
from audit.cli.parts import all_checks, all_formats
from audit.cli.running import Order, Output, carry_out, chosen_sites, exit_of, start, today
from audit.cli.stored import finished, open_log
from audit.cli.summary import show
from audit.config import Config, load, load_checked, of_addresses, restore, rulebook_of
from audit.errors import ConfigError, Stopped
from audit.model import Severity
from audit.pipeline import (
    Audit,
    present_readings,
    rejudged,
    rendered,
    reread,
    stored,
    write_reports,
)
from audit.rulebooks import load as load_rulebook
from audit.rulebooks import parse
from audit.store import RunRow, Store

app = typer.Typer(
    name="duwang",
    help="读网：政府网站合规审计。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(rulebooks.app)
RunArgument = Annotated[str, typer.Argument(help="运行编号，或 last", metavar="RUN")]


def _version(value: bool) -> None:  # noqa: FBT001 - typer's callback
    if value:
        sys.stdout.write(f"duwang {__version__}\n")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    """读网：抓取、判断、评分、出报告。退出码：0 完成，1 有问题，2 用法或配置错误，3 未能查全，4 内部错误。"""


@app.command()
def run(
    addresses: Annotated[
        list[str] | None, typer.Argument(help="网址；写了网址就不用配置文件", metavar="URL")
    ] = None,
    config: ConfigOption = None,
    site: Annotated[
        list[str] | None, typer.Option("--site", help="只审计这个网站（可重复）")
    ] = None,
    as_of: AsOfOption = None,
    out: OutOption = None,
    format_: FormatOption = None,
    quick: Annotated[bool, typer.Option("--quick", help="只读首页、栏目及其第一页")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不使用浏览器")] = False,
    max_pages: Annotated[
        int | None, typer.Option("--max-pages", min=1, help="每个网站最多读取的页面数")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="同时使用的进程数")] = 1,
    resume: Annotated[
        str | None, typer.Option("--resume", help="续跑中断的运行", metavar="RUN")
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on", help="有这一级或更重的问题时退出码为1", metavar="veto|major|minor|notice"
        ),
    ] = None,
    store: StoreOption = None,
    lang: LanguageOption = None,
    verbose: VerboseOption = False,
    log_json: JsonLogOption = False,
) -> None:
    """抓取并审计登记的网站，写出报告。"""
    limit = Severity(options.one_of(fail_on, [*Severity], "--fail-on")) if fail_on else None
    day = options.day(as_of)
    if resume is not None:
        _resume(resume, store, out, format_, lang, limit, verbose=verbose, log_json=log_json)
    settings = _config(addresses or [], config, max(today(), day or today()))
    where = store or settings.tables.store.location
    open_log(where, verbose=verbose, log_json=log_json)
    for wanted in site or []:
        options.one_of(wanted, settings.site_ids, "--site")
    output = _output(settings, out, format_, lang)
    _, rulebook_text = rulebook_of(settings, str(config or options.DEFAULT_CONFIG))
    order = Order(
        rulebook_text,
        day or settings.tables.run.as_of or today(),
        chosen_sites(settings, site or []),
        quick=quick,
        max_pages=max_pages,
        browser=not no_browser,
    )
    with Store.open(where, archive=options.archive_of(where)) as opened:
        row = start(opened, settings, order)
        audit = Audit(opened, row, settings, all_checks(), jobs, where, options.archive_of(where))
        with opened.at_work(row.id):
            _carry_out(audit, output, limit, _again(where, out, format_, lang, limit))


def _again(
    where: str, out: Path | None, format_: str | None, lang: str | None, limit: Severity | None
) -> str:
    """The options that the stored run does not know, as they were given."""
    given = {"out": out, "format": format_, "lang": lang, "fail-on": limit}
    return options.at_store(where) + "".join(
        f" --{name} {shlex.quote(str(value))}" for name, value in given.items() if value is not None
    )


def _resume(
    wanted: str,
    store: str | None,
    out: Path | None,
    format_: str | None,
    lang: str | None,
    limit: Severity | None,
    *,
    verbose: bool,
    log_json: bool,
) -> None:
    """Go on with a run that was cut short: its stored config and date decide."""
    where = store or options.DEFAULT_STORE
    open_log(where, verbose=verbose, log_json=log_json)
    with Store.open(where, archive=options.archive_of(where)) as opened:
        row = opened.run(wanted)
        _refuse_ended(row, where)
        with opened.at_work(row.id):
            row = opened.run(row.id)
            _refuse_ended(row, where)  # by whoever was at work until now
            settings = restore(row.config)
            output = _output(settings, out, format_, lang)
            audit = Audit(opened, row, settings, all_checks())
            audit = msgspec.structs.replace(audit, run=reread(audit))
            _carry_out(audit, output, limit, _again(where, out, format_, lang, limit))


def _refuse_ended(row: RunRow, where: str) -> None:
    if row.status != "running":
        raise ConfigError(
            [
                f"--resume：运行 {row.id} 已经结束，出报告："
                f"duwang report {row.id}{options.at_store(where)}"
            ]
        )


def _carry_out(audit: Audit, output: Output, limit: Severity | None, again: str) -> None:
    """`again`: the options with which a run that is stopped goes on."""
    try:
        report = carry_out(audit, output, mode=audit.run.mode)
    except Stopped as stopped:
        explain(stopped)
        say(f"已读取的内容都已保存，继续运行：duwang run --resume {audit.run.id}{again}")
        raise typer.Exit(128 + stopped.signal_number) from stopped
    raise typer.Exit(exit_of(report, limit))


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="报告写到哪个文件夹")] = Path("duwang-demo"),
    open_: Annotated[bool, typer.Option("--open", help="完成后打开报告")] = False,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """审计一个自带的虚构厅局（在本机上提供网页），写出全部报告。"""
    day = options.day(as_of) or today()
    language = options.language(lang, "zh")
    from audit.demo import build, serve  # noqa: PLC0415 - no other command needs it

    with tempfile.TemporaryDirectory(prefix="duwang-demo-") as folder, serve(build(day)) as served:
        open_log(folder, verbose=False, log_json=False)
        path = Path(folder) / "config.toml"
        path.write_text(served.config, encoding="utf-8")
        settings = load(path, all_checks(), tuple(all_formats()))
        output = Output(out, tuple(all_formats().values()), language)
        _, text = load_rulebook(settings.tables.run.rulebook)
        with Store.open(folder) as opened:
            row = start(opened, settings, Order(text, day, settings.site_ids, mode="demo"))
            carry_out(Audit(opened, row, settings, all_checks()), output, mode="demo")
    if open_:
        webbrowser.open((out / "index.html").resolve().as_uri())


@app.command()
def check(
    run_id: RunArgument,
    as_of: AsOfOption = None,
    rulebook: Annotated[str | None, typer.Option("--rulebook", help="规则集编号或文件")] = None,
    out: OutOption = None,
    format_: FormatOption = None,
    store: StoreOption = None,
    lang: LanguageOption = None,
    verbose: VerboseOption = False,
    log_json: JsonLogOption = False,
) -> None:
    """用现在的程序重新判断保存的一次运行（规则集、配置、基准日默认用当时的），不访问网络，不改历史。"""
    day = options.day(as_of)
    where = store or options.DEFAULT_STORE
    open_log(where, verbose=verbose, log_json=log_json)
    with Store.open(where, archive=options.archive_of(where)) as opened:
        audit = finished(opened, run_id, where)
        output = _output(audit.config, out, format_, lang)
        text = load_checked(rulebook, all_checks())[1] if rulebook else audit.run.rulebook
        rules = parse(text, rulebook or f"运行 {audit.run.id} 保存的规则集")
        readings = present_readings(audit)
        judged = rejudged(audit, readings, rules, text, day or audit.run.as_of)
        result = rendered(audit, readings, judged, mode="check", language=output.language)
        files = write_reports(result, output.formats, output.folder)
        show(result.report, files, output.language, result.material.units)
    raise typer.Exit(exit_of(result.report, None))


@app.command()
def report(
    run_id: RunArgument,
    out: OutOption = None,
    format_: FormatOption = None,
    store: StoreOption = None,
    lang: LanguageOption = None,
) -> None:
    """为保存的一次运行写出报告。"""
    where = store or options.DEFAULT_STORE
    open_log(where, verbose=False, log_json=False)
    with Store.open(where, archive=options.archive_of(where)) as opened:
        audit = finished(opened, run_id, where)
        output = _output(audit.config, out, format_, lang)
        result = rendered(
            audit,
            present_readings(audit),
            stored(audit),
            mode=audit.run.mode,
            language=output.language,
        )
        files = write_reports(result, output.formats, output.folder)
        show(result.report, files, output.language, result.material.units)


@app.command()
def runs(store: StoreOption = None) -> None:
    """列出保存的运行。"""
    where = store or options.DEFAULT_STORE
    with Store.open(where, archive=options.archive_of(where)) as opened:
        explaining.list_runs(opened.runs())


@app.command()
def checks(
    check_id: Annotated[str | None, typer.Argument(help="检查项编号", metavar="ID")] = None,
    lang: LanguageOption = None,
) -> None:
    """列出检查项，或说明其中一个。"""
    known = all_checks()
    language = options.language(lang, "zh")
    rules, _ = load_rulebook("yunnan-2020")
    if check_id is None:
        explaining.list_checks(known.values(), rules, language)
        return
    explaining.explain_check(
        known[options.one_of(check_id, tuple(known), "检查项")], rules, language
    )


def _config(addresses: list[str], path: Path | None, day: dt.date) -> Config:
    if addresses and path:
        raise ConfigError(["网址和 --config 只能写一个"])
    if addresses:
        return of_addresses(addresses, named=True)
    chosen = path or options.DEFAULT_CONFIG
    if path is None and not chosen.exists():
        raise ConfigError(
            ["没有写网址，当前文件夹也没有 config.toml：写一个网址，或用 --config 指定配置文件"]
        )
    return load(chosen, all_checks(), tuple(all_formats()), day)


def _output(config: Config, out: Path | None, format_: str | None, lang: str | None) -> Output:
    tables = config.tables
    return Output(
        out or Path(tables.output.dir),
        options.formats(format_, tables.output.formats, all_formats()),
        options.language(lang, tables.run.language),
    )
