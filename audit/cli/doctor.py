"""`doctor`: whether this machine can carry out a run; each line says what is so, and what mends it."""

import asyncio
import datetime as dt
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import msgspec
import typer

from audit.cli import options
from audit.cli.exits import Exit
from audit.cli.options import ConfigOption, StoreOption
from audit.cli.parts import all_checks, all_formats
from audit.cli.plain import tame
from audit.cli.running import today
from audit.config import Config, load
from audit.errors import ConfigError, StorageError
from audit.store import DATABASE, Store

if TYPE_CHECKING:
    from audit.crawl import HomeVisit

PAGE = 20_000  # bytes that a stored page takes: 18 KB on the generated site (docs/performance.md)
ROOM = 200_000_000  # bytes for reports, pictures and what else a run writes
OFF = 300.0  # seconds that a clock may be off: days are judged, and times are evidence
AGREE = 60.0  # seconds within which two servers say the same of our clock
FONTS = 10.0  # seconds that the list of fonts gets


class Sign(Enum):
    """What became of one look."""

    GOOD = "✓"
    BAD = "✗"
    OPEN = "？"  # nobody can tell


class Line(msgspec.Struct, frozen=True):
    """One look: what was looked at, what is so, what mends it."""

    sign: Sign
    what: str
    said: str
    mend: str = ""


def doctor(config: ConfigOption = None, store: StoreOption = None) -> None:
    """检查本机能否运行：配置、存放处、磁盘、浏览器、字体、日历、网络、时钟；每行写明怎么办。"""
    settings, lines = _config(config)
    for line in lines:
        _show(line)
    where = store or (settings.tables.store.location if settings else options.DEFAULT_STORE)
    bad = False
    for line in _looks(settings, where):
        _show(line)
        bad = bad or line.sign is Sign.BAD
    if any(line.sign is Sign.BAD for line in lines):
        raise typer.Exit(Exit.USAGE)
    if bad:
        raise typer.Exit(Exit.INCOMPLETE)


def _looks(settings: Config | None, where: str) -> Iterator[Line]:
    yield _store(where)
    yield _disk(settings, where)
    yield _browser(settings)
    yield _fonts()
    if settings is not None:
        yield _calendar(settings)
        yield from _network(settings)


def _show(line: Line) -> None:
    mend = f"。怎么办：{line.mend}" if line.mend else ""
    sys.stdout.write(f"{line.sign.value} {line.what}：{tame(line.said)}{tame(mend)}\n")
    sys.stdout.flush()


def _config(path: Path | None) -> tuple[Config | None, list[Line]]:
    chosen = path or options.DEFAULT_CONFIG
    if path is None and not chosen.exists():
        mend = "用 duwang init 网址 写一份，或用 --config 指定"
        return None, [Line(Sign.OPEN, "配置", "当前文件夹没有 config.toml，没有检查网络", mend)]
    try:
        settings = load(chosen, all_checks(), tuple(all_formats()))
    except ConfigError as error:
        mend = "按提示改正后再检查一次"
        return None, [Line(Sign.BAD, "配置", one, mend) for one in error.problems]
    sites = len(settings.site_ids)
    return settings, [Line(Sign.GOOD, "配置", f"{chosen}，登记了{sites}个网站")]


def _store(where: str) -> Line:
    if "://" not in where and not (Path(where) / DATABASE).exists():
        return _new_store(Path(where))
    try:
        with Store.open(where, archive=options.archive_of(where)) as opened:
            count = len(opened.runs())
    except StorageError as error:
        return Line(Sign.BAD, "存放处", str(error), "换一个 --store，或按提示处理")
    return Line(Sign.GOOD, "存放处", f"{options.hidden(where)}，保存了{count}次运行")


def _new_store(folder: Path) -> Line:
    """A store that is not there yet is not made by looking: its folder must be writable."""
    above = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    try:
        probe = above / f".duwang-{folder.name}.probe"
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        mend = "换一个可写的文件夹（--store），或改它的权限"
        return Line(Sign.BAD, "存放处", f"{above} 写不了（{error.strerror}）", mend)
    return Line(Sign.GOOD, "存放处", f"{folder} 里还没有运行，第一次运行时建立")


def _disk(settings: Config | None, where: str) -> Line:
    folder = options.archive_of(where) or Path(where)
    above = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    free = shutil.disk_usage(above).free
    sites = len(settings.site_ids) if settings else 1
    pages = settings.tables.crawl.max_pages if settings else 5000
    need = ROOM + sites * pages * PAGE
    said = f"{above.absolute()} 还有{free / 1e9:.1f} GB，一次运行最多约需{need / 1e9:.1f} GB"
    if free >= need:
        return Line(Sign.GOOD, "磁盘", said)
    return Line(Sign.BAD, "磁盘", said, "清出空间，用 duwang prune 删旧的原文，或换一个 --store")


def _browser(settings: Config | None) -> Line:
    from audit.crawl import NoBrowserError, browser_found  # noqa: PLC0415 - only what fetches needs it

    wanted = settings.tables.browser.executable if settings else ""
    if settings is not None and settings.tables.browser.render == "off":
        return Line(
            Sign.OPEN, "浏览器", "配置里关掉了（[browser] render），需要它的检查都是“未能评估”"
        )
    try:
        found = asyncio.run(browser_found(wanted))
    except NoBrowserError as error:
        said, _, mend = str(error).rpartition("。")
        return Line(Sign.BAD, "浏览器", f"{said}；需要它的检查都是“未能评估”", mend)
    return Line(Sign.GOOD, "浏览器", f"能启动：{found}")


def _fonts() -> Line:
    """Pictures of the evidence need letters; systems with a desktop bring them."""
    if sys.platform in {"win32", "darwin"}:
        return Line(Sign.GOOD, "字体", "系统自带中文字体")
    command = shutil.which("fc-list")
    if command is None:
        mend = "看一张截图；中文是方框的，装一种中文字体，例如 apt-get install fonts-wqy-zenhei"
        return Line(Sign.OPEN, "字体", "没有 fc-list，看不出有没有中文字体", mend)
    try:
        listed = subprocess.run(  # noqa: S603 - a fixed command of the system
            [command, ":lang=zh", "family"], capture_output=True, timeout=FONTS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Line(Sign.OPEN, "字体", f"fc-list 没有应答（{error}）")
    families = sorted(set(listed.stdout.decode("utf-8", "replace").split("\n")) - {""})
    if families:
        first = families[0].partition(",")[0]
        return Line(Sign.GOOD, "字体", f"{len(families)}种中文字体，例如{first}")
    mend = "apt-get install fonts-wqy-zenhei，或装任何一种中文字体"
    return Line(Sign.BAD, "字体", "没有中文字体，截图里的中文会是方框", mend)


def _calendar(settings: Config) -> Line:
    """Terms in working days need the year's holidays."""
    years = settings.calendar().years
    day = today()
    lacking = [year for year in (day.year, (day + dt.timedelta(days=31)).year) if year not in years]
    if not lacking:
        return Line(Sign.GOOD, "日历", f"有到{max(years)}年的放假安排")
    said = f"没有{lacking[0]}年的放假安排，以工作日计的时限会是“未能评估”"
    mend = "升级 duwang，或把国务院办公厅当年的通知写进 [calendar]"
    return Line(Sign.BAD if lacking[0] == day.year else Sign.OPEN, "日历", said, mend)


def _network(settings: Config) -> Iterator[Line]:
    from audit.crawl import visit_homes  # noqa: PLC0415 - only what fetches needs it

    homes = [settings.manners(one) for one in settings.site_ids]
    visits = asyncio.run(visit_homes(homes))
    for visit in visits:
        yield _visited(visit, settings.names[visit.site])
    yield _clock(visits)


def _visited(visit: "HomeVisit", name: str) -> Line:
    why = visit.outcome + (f" {visit.status}" if visit.status else "")
    if visit.ok:
        return Line(Sign.GOOD, f"网络 {name}", f"打开，{visit.ms / 1000:.1f} 秒")
    mend = (
        "在本机浏览器里打开 "
        + visit.url
        + "：也打不开的，查网络、代理和域名；打得开的，查防火墙是否拦了程序"
    )
    sign = Sign.OPEN if visit.ok is None else Sign.BAD
    return Line(sign, f"网络 {name}", f"没有打开（{why}）", mend)


def _clock(visits: Sequence["HomeVisit"]) -> Line:
    """Our clock against those of the servers; one server alone may be the one that is wrong."""
    told = [visit.ahead for visit in visits if visit.ahead is not None]
    if not told:
        return Line(Sign.OPEN, "时钟", "没有网站报时，无从比较")
    off = median(told)
    if abs(off) <= OFF:
        return Line(Sign.GOOD, "时钟", f"与网站相差{abs(off):.0f}秒")
    said = f"比网站{'快' if off > 0 else '慢'}{abs(off) / 60:.0f}分钟"
    mend = "核对本机时间，打开系统的时间同步"
    agreed = sum(abs(one - off) <= AGREE for one in told) > 1
    return Line(Sign.BAD if agreed else Sign.OPEN, "时钟", said, mend)
