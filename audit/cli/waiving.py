"""`waive`: writes a waiver of one finding into the config."""

import datetime as dt
import json
import sys
import unicodedata
from pathlib import Path
from typing import Annotated

import typer

from audit.cli import options
from audit.cli.options import ConfigOption, StoreOption
from audit.cli.parts import all_checks, all_formats
from audit.cli.running import today
from audit.cli.stored import finished, open_log
from audit.config import LONGEST, latest_expiry, load
from audit.errors import ConfigError
from audit.pipeline import side_of, write_file
from audit.report import Finding
from audit.store import Store


def waive(
    finding: Annotated[str, typer.Argument(help="问题编号（16位），见报告", metavar="FINDING")],
    reason: Annotated[str, typer.Option("--reason", help="为什么可以容忍")],
    approver: Annotated[str, typer.Option("--approver", help="谁批准的")],
    expires: Annotated[
        str, typer.Option("--expires", help="到哪一天为止（含当天），最长12个月", metavar="DATE")
    ],
    run_id: Annotated[str, typer.Option("--run", help="问题所在的运行", metavar="RUN")] = "last",
    config: ConfigOption = None,
    store: StoreOption = None,
) -> None:
    """在配置文件中写入一条豁免：只对以后的运行有效，不改历史。"""
    path = config or options.DEFAULT_CONFIG
    last = _last_day(expires)
    if not reason.strip() or not approver.strip():
        raise ConfigError(["--reason 和 --approver 都要写"])
    for name, said in (("--reason", reason), ("--approver", approver)):
        if any(unicodedata.category(one)[0] == "C" for one in said):
            raise ConfigError([f"{name}：含有换行、控制字符或不是 UTF-8 的字节，请写成一行文字"])
    where = store or options.DEFAULT_STORE
    open_log(where)
    with Store.open(where, archive=options.archive_of(where)) as opened:
        audit = finished(opened, run_id, where)
        known = side_of(opened, audit.run, audit.checks, "zh").findings
    if finding not in known:
        raise ConfigError([f"运行 {audit.run.id} 中没有问题 {finding}；编号是报告中的16位编号"])
    _append(path, _block(known[finding], reason.strip(), approver.strip(), last))
    sys.stdout.write(f"→ {path}：{known[finding].message}，豁免到 {last}\n")


def _last_day(text: str) -> dt.date:
    day = options.day(text, "--expires")
    now = today()
    if day is None or day < now:
        raise ConfigError([f"--expires：{text} 已经过去"])
    latest = latest_expiry(now)
    if day > latest:
        raise ConfigError([f"--expires：{text} 超过{LONGEST}个月；最晚 {latest}"])
    return day


def _block(finding: Finding, reason: str, approver: str, last: dt.date) -> str:
    """The table as TOML; a JSON string is a TOML string."""
    said = " ".join(finding.message.split())
    return (
        f"\n[[waivers]]  # {said}\n"
        f"finding = {json.dumps(finding.id)}\n"
        f"reason = {json.dumps(reason, ensure_ascii=False)}\n"
        f"approver = {json.dumps(approver, ensure_ascii=False)}\n"
        f"expires = {last.isoformat()}\n"
    )


def _append(path: Path, block: str) -> None:
    """Write the waiver behind what stands in the file; a file that would not load is left as it was."""
    load(path, all_checks(), tuple(all_formats()), today())
    before = path.read_bytes()
    write_file(path, before.rstrip(b"\n") + b"\n" + block.encode())
    try:
        load(path, all_checks(), tuple(all_formats()), today())
    except ConfigError:
        write_file(path, before)
        raise
