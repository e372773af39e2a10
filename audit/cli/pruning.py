"""`prune`: the stored pages of old runs go, the evidence of findings stays."""

import sys
from typing import Annotated

import typer

from audit.cli import options
from audit.cli.options import StoreOption
from audit.cli.stored import open_log
from audit.pipeline import prune as drop_bodies
from audit.store import Store

MEGABYTE = 1 << 20


def prune(
    keep: Annotated[
        int, typer.Option("--keep", min=1, help="保留最近多少次完成的运行的网页原文", metavar="N")
    ],
    store: StoreOption = None,
) -> None:
    """清理旧运行的网页原文：问题所引用的证据、历次结论和报告都保留。"""
    where = store or options.DEFAULT_STORE
    open_log(where)
    with Store.open(where, archive=options.archive_of(where)) as opened:
        done = drop_bodies(opened, keep)
    if not done.runs:
        sys.stdout.write("没有需要清理的运行。\n")
        return
    sys.stdout.write(
        f"已清理{len(done.runs)}次运行（{'、'.join(reversed(done.runs))}）："
        f"删去{done.dropped}份网页原文，另存仍要用的{done.kept}份，"
        f"腾出{done.freed / MEGABYTE:.1f} MB。\n"
    )
    if done.lost:
        sys.stdout.write(
            f"！应当保留的网页原文中有{done.lost}份已不在存档中，不是这次清理删去的；"
            "问题引用了哪些，duwang verify 运行编号 会逐条写明。\n"
        )
