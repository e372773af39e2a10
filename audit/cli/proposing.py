"""`init`: reads sites and proposes their registration, for a person to confirm."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from audit.cli import options
from audit.cli.exits import Exit, say
from audit.cli.parts import all_checks, all_formats
from audit.cli.running import Order, read, start, today
from audit.cli.stored import open_log
from audit.config import load, of_addresses, rulebook_of
from audit.errors import ConfigError
from audit.pipeline import Audit, proposed, write_file
from audit.rulebooks import parse
from audit.store import Store

LIMITS = "stale-column"  # the check whose settings are the limits of columns


def init(
    addresses: Annotated[list[str], typer.Argument(help="首页网址，可写几个", metavar="URL...")],
    out: Annotated[
        Path, typer.Option("--out", help="写到哪个文件；已有的文件不覆盖")
    ] = options.DEFAULT_CONFIG,
    browser: Annotated[bool, typer.Option("--browser", help="脚本填写的栏目用浏览器打开")] = False,
    max_pages: Annotated[
        int | None, typer.Option("--max-pages", min=1, help="每个网站最多读取的页面数")
    ] = None,
) -> None:
    """读网站的首页和栏目，提出一份登记（网站、栏目、单位）供人核对；只写配置文件，不判断、不留历史。"""
    if out.exists():
        raise ConfigError([f"--out：{out} 已经有了，不覆盖；换一个文件名"])
    settings = of_addresses(addresses, named=True)
    _, text = rulebook_of(settings, "命令行")
    with tempfile.TemporaryDirectory(prefix="duwang-init-") as folder:
        open_log(folder)
        with Store.open(folder) as opened:
            order = Order(
                text,
                today(),
                settings.site_ids,
                quick=True,
                max_pages=max_pages,
                browser=browser,
            )
            audit = Audit(opened, start(opened, settings, order), settings, all_checks())
            readings = read(audit)
            limits = msgspec.convert(
                parse(text, "规则集").settings_of(LIMITS)["limits"], dict[str, str]
            )
            made = proposed(settings, readings, limits, today())
            unread = [one.card.home for one in readings if one.unavailable is not None]
            found = sum(len(one.columns) for one in readings if one.unavailable is None)
    write_file(out, made.encode())
    load(out, all_checks(), tuple(all_formats()), today())
    sys.stdout.write(
        f"→ {out}：{len(readings)}个网站，{found}个栏目；逐条核对后运行 duwang run --config {out}\n"
    )
    for home in unread:
        say(f"{home} 没有读到，文件里只有它的首页")
    if unread:
        raise typer.Exit(Exit.INCOMPLETE)
