"""`notice`: the papers that demand putting right what a stored run found."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from audit.cli import options
from audit.cli.exits import Exit, say
from audit.cli.options import LanguageOption, OutOption, StoreOption
from audit.cli.parts import all_formats
from audit.cli.stored import finished, open_log
from audit.pipeline import Rendered, present_readings, rendered, stored, write_reports
from audit.report import Format, Material, Report
from audit.store import Store


def notice(
    run_id: Annotated[str, typer.Argument(help="运行编号或 last", metavar="RUN")] = "last",
    site: Annotated[
        list[str] | None, typer.Option("--site", help="只写这些网站的通知单", metavar="ID")
    ] = None,
    out: OutOption = None,
    store: StoreOption = None,
    lang: LanguageOption = None,
) -> None:
    """写出每个单位的整改通知单和一份通报草稿（Word）；结果存疑的运行不写，退出码3。"""
    where = store or options.DEFAULT_STORE
    open_log(where)
    with Store.open(where, archive=options.archive_of(where)) as opened:
        audit = finished(opened, run_id, where)
        if audit.run.suspect:
            for why in audit.run.suspect:
                say(f"运行 {audit.run.id} 结果存疑，没有写通知单：{why}")
            raise typer.Exit(Exit.INCOMPLETE)
        language = options.language(lang, audit.config.tables.run.language)
        result = rendered(
            audit, present_readings(audit), stored(audit), mode=audit.run.mode, language=language
        )
        folder = out or Path(audit.config.tables.output.dir)
        papers = write_reports(result, [_papers(result, site or [])], folder)
    sys.stdout.writelines(f"→ {path}\n" for path in papers)


class _Some(msgspec.Struct, frozen=True):
    """The notices about some sites; no circular, which speaks of all."""

    whole: Format
    sites: frozenset[str]

    @property
    def name(self) -> str:
        """As the whole is called."""
        return self.whole.name

    def render(self, report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
        """The files of the whole that speak of these sites only."""
        kept = tuple(site for site in report.sites if site.id in self.sites)
        for name, content in self.whole.render(
            msgspec.structs.replace(report, sites=kept), material
        ):
            if not name.endswith("/circular.docx"):
                yield name, content


def _papers(result: Rendered, wanted: list[str]) -> Format:
    """The format that writes them; raises ConfigError for a site that the report does not hold."""
    known = tuple(site.id for site in result.report.sites)
    sites = frozenset(options.one_of(one, known, "--site") for one in wanted)
    whole = all_formats()["docx"]
    return _Some(whole, sites) if sites else whole
