"""`probe`: availability visits for the series that `unreachable-site` judges."""

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from audit.cli import options
from audit.cli.exits import Exit
from audit.cli.options import ConfigOption, StoreOption
from audit.cli.parts import all_checks, all_formats
from audit.cli.running import chosen_sites
from audit.cli.stored import open_log
from audit.config import load
from audit.store import Store

if TYPE_CHECKING:
    from audit.crawl import HomeVisit


def probe(
    config: ConfigOption = None,
    site: Annotated[
        list[str] | None, typer.Option("--site", help="只访问这个网站（可重复）")
    ] = None,
    control: Annotated[
        str,
        typer.Option(
            "--control", help="全部打不开时另外访问的网址，用来排除本机断网", metavar="URL"
        ),
    ] = "",
    store: StoreOption = None,
) -> None:
    """访问每个网站的首页一次，记下能否在15秒内打开；每天20次、连续7天后才能判断“站点无法访问”。"""
    from audit.crawl import visit_homes  # noqa: PLC0415 - only what fetches needs it

    path = config or options.DEFAULT_CONFIG
    settings = load(path, all_checks(), tuple(all_formats()))
    for wanted in site or []:
        options.one_of(wanted, settings.site_ids, "--site")
    where = store or settings.tables.store.location
    open_log(where)
    homes = [settings.manners(one) for one in chosen_sites(settings, site or [])]
    visits = asyncio.run(visit_homes(homes, control=control))
    with Store.open(where, archive=options.archive_of(where)) as opened:
        for visit in visits:
            if visit.ok is not None:
                opened.add_visit(visit.site, visit.at, visit.ok, visit.outcome, visit.ms)
    names = settings.names
    for visit in visits:
        sys.stdout.write(f"{names[visit.site]}：{_said(visit)}\n")
    if all(visit.ok is None for visit in visits):
        raise typer.Exit(Exit.INCOMPLETE)


def _said(visit: "HomeVisit") -> str:
    if visit.ok:
        return f"打开，{visit.ms / 1000:.1f} 秒"
    why = visit.outcome + (f" {visit.status}" if visit.status else "")
    if visit.ok is None:
        return f"无法判断，不计入（{why}）"
    return f"打不开（{why}）"
