"""`schedule install|show|remove`: the monthly run and the availability visits, by the system's own timer."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from audit.cli import options
from audit.cli.options import ConfigOption
from audit.cli.parts import all_checks, all_formats
from audit.cli.running import today
from audit.cli.timers import (
    DONE,
    Plan,
    cron_lines,
    day_and_time,
    systemd_units,
    windows_tasks,
    without_lines,
)
from audit.config import load
from audit.errors import ConfigError
from audit.pipeline import write_file

app = typer.Typer(
    name="schedule",
    help="每月审计和每小时探测的定时任务。",
    no_args_is_help=True,
    rich_markup_mode=None,
)
KINDS = ("systemd", "cron", "windows")
SECONDS = 30
UNATTENDED = {
    "systemd": "这些是用户定时器，没有人登录时不运行；要无人值守，请执行一次：loginctl enable-linger",
    "windows": "这些任务只在用户登录时运行；要无人值守，请在“任务计划程序”中改为不管用户是否登录都要运行。",
}
"""What keeps a timer from running while nobody is there, and how to change that."""
AtOption = Annotated[
    str, typer.Option("--at", help="每月哪一天几点审计，例如 “1 02:00”（日期1到28）")
]
KindOption = Annotated[
    str | None, typer.Option("--with", help="用哪种定时器；不写时自动选择", metavar="|".join(KINDS))
]
ProbesOption = Annotated[bool, typer.Option("--probes/--no-probes", help="是否每小时探测一次")]


@app.command()
def install(
    config: ConfigOption = None,
    at: AtOption = "1 02:00",
    with_: KindOption = None,
    probes: ProbesOption = True,
) -> None:
    """写入定时任务并启用；重复执行会替换原来的任务。"""
    plan, kind = _plan(config, at, probes=probes), _kind(with_)
    if kind == "systemd":
        folder = _units_folder()
        names = [_written(folder / name, text) for name, text in systemd_units(plan)]
        _call(["systemctl", "--user", "daemon-reload"])
        _call(
            ["systemctl", "--user", "enable", "--now", *(n for n in names if n.endswith(".timer"))]
        )
    elif kind == "cron":
        lines = "".join(f"{line}\n" for line in cron_lines(plan))
        _set_crontab(without_lines(_crontab()) + lines)
        write_file(plan.folder / DONE, b"")  # from today on a missed month is noticed
    else:
        for name, text in windows_tasks(plan, today()):
            _register(name, text)
    _say("已安装。查看：duwang schedule show；删除：duwang schedule remove")
    if kind in UNATTENDED:
        _say(UNATTENDED[kind])


@app.command()
def show(
    config: ConfigOption = None,
    at: AtOption = "1 02:00",
    with_: KindOption = None,
    probes: ProbesOption = True,
) -> None:
    """只显示将要写入的内容，什么也不改。"""
    plan, kind = _plan(config, at, probes=probes), _kind(with_)
    if kind == "systemd":
        for name, text in systemd_units(plan):
            _say(f"# {_units_folder() / name}\n{text}")
    elif kind == "cron":
        _say("\n".join(cron_lines(plan)))
    else:
        for name, text in windows_tasks(plan, today()):
            _say(f"# schtasks /Create /F /TN {name} /XML {name}.xml\n{text}")


@app.command()
def remove(with_: KindOption = None) -> None:
    """删除定时任务；没有安装过也不算错误。"""
    kind = _kind(with_)
    if kind == "systemd":
        found = sorted(_units_folder().glob("duwang-*.timer"))
        if found:
            _call(["systemctl", "--user", "disable", "--now", *(one.name for one in found)])
        for one in (*found, *_units_folder().glob("duwang-*.service")):
            one.unlink(missing_ok=True)
    elif kind == "cron":
        table = _crontab()
        if without_lines(table) != table:
            _set_crontab(without_lines(table))
    else:
        for name in ("duwang-run", "duwang-probe"):
            _done(["schtasks", "/Delete", "/F", "/TN", name])
    _say("已删除。")


def _plan(config: Path | None, at: str, *, probes: bool) -> Plan:
    path = (config or options.DEFAULT_CONFIG).resolve()
    load(path, all_checks(), tuple(all_formats()), today())
    when = day_and_time(at)
    if when is None:
        raise ConfigError([f"--at：{at!r} 不对，写作 “1 02:00”（日期1到28，24小时制）"])
    return Plan(_program(), path.parent, path, when[0], when[1], probes)


def _program() -> str:
    """The installed command, by its whole path: timers know no environment."""
    beside = Path(sys.argv[0]).resolve()
    return str(beside) if beside.name.startswith("duwang") else shutil.which("duwang") or "duwang"


def _kind(wanted: str | None) -> str:
    if wanted is not None:
        return options.one_of(wanted, KINDS, "--with")
    if sys.platform == "win32":
        return "windows"
    return "systemd" if shutil.which("systemctl") else "cron"


def _units_folder() -> Path:
    return Path.home() / ".config" / "systemd" / "user"


def _written(path: Path, text: str) -> str:
    write_file(path, text.encode())
    return path.name


def _register(name: str, text: str) -> None:
    """Give a task to Windows, which reads it from a file in UTF-16."""
    with tempfile.TemporaryDirectory(prefix="duwang-") as folder:
        path = Path(folder) / f"{name}.xml"
        path.write_text(text, encoding="utf-16")
        _call(["schtasks", "/Create", "/F", "/TN", name, "/XML", str(path)])


def _crontab() -> str:
    done = _done(["crontab", "-l"])
    return done.stdout if done.returncode == 0 else ""


def _set_crontab(table: str) -> None:
    _call(["crontab", "-"], table)


def _call(words: list[str], given: str = "") -> None:
    done = _done(words, given)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise ConfigError([f"{words[0]} 没有成功（{said[-1] if said else done.returncode}）"])


def _done(words: list[str], given: str = "") -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(  # noqa: S603 - the system's own timers, no shell
            words, input=given, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except FileNotFoundError as error:
        raise ConfigError([f"没有找到 {words[0]}；用 --with 换一种定时器"]) from error
    except subprocess.TimeoutExpired as error:
        raise ConfigError([f"{words[0]} 在 {SECONDS} 秒内没有完成"]) from error


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
