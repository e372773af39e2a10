"""The report as tables for a workbook: sheets, their heads, their rows."""

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec

from audit.model import FindingStatus, Text
from audit.report import Finding, Material, Report, SiteReport
from reports.columns import Shelf, column_name
from reports.counting import counts_of, is_scored
from reports.measured import measures
from reports.speech import Speech


class Link(msgspec.Struct, frozen=True):
    """A cell that leads to an address."""

    url: str


class Share(msgspec.Struct, frozen=True):
    """A cell with a share, 0 to 1."""

    value: float


Cell = str | int | float | dt.date | Link | Share | None
Rows = Iterator[tuple[Cell, ...]]


class Head(msgspec.Struct, frozen=True):
    """A column of a sheet: its name and its width in characters."""

    name: Text
    width: int


class Sheet(msgspec.Struct, frozen=True):
    """One sheet; the rows stream."""

    name: Text
    heads: tuple[Head, ...]
    rows: Callable[[Report, Material, Speech], Rows]


def _sheet(zh: str, en: str, heads: str, rows: Callable[[Report, Material, Speech], Rows]) -> Sheet:
    """A sheet from a line of heads: `网站/Site/18 得分/Score/8`; `_` stands for a space."""
    made: list[Head] = []
    for head in heads.split():
        chinese, english, width = head.split("/")
        made.append(Head(Text(chinese, english.replace("_", " ")), int(width)))
    return Sheet(Text(zh, en), tuple(made), rows)


def _overview(report: Report, material: Material, speech: Speech) -> Rows:
    for site in report.sites:
        counts = counts_of(site.findings)
        yield (
            site.name,
            material.units.get(site.unit or site.id, site.name),
            speech.word(site.verdict),
            site.score.points,
            site.score.worst_case if is_scored(site) else None,
            Share(round(site.score.coverage, 4)),
            Share(round(site.score.norm_share, 4)),
            site.pages.fetched,
            site.pages.assessed,
            counts.confirmed,
            counts.review,
            counts.waived,
            site.reason,
            Link(site.home),
        )


def _findings(report: Report, material: Material, speech: Speech) -> Rows:
    for site in report.sites:
        shelf = Shelf.of(site, speech)
        for one in site.findings:
            yield _finding(site, one, shelf, material, speech)


def _finding(
    site: SiteReport, one: Finding, shelf: Shelf, material: Material, speech: Speech
) -> tuple[Cell, ...]:
    check = material.checks.get(one.check)
    observed, limit = measures(one, speech)
    return (
        one.id,
        site.name,
        material.units.get(site.unit or site.id, site.name),
        shelf.name_for(one),
        check.failure_title if check else one.check,
        speech.word(one.status),
        speech.word(one.severity) if one.status is FindingStatus.FAIL else "",
        speech.word(one.state),
        Link(one.subject.url),
        one.message,
        observed,
        limit,
        " ｜ ".join(" ".join((e.url, " / ".join(e.quote.splitlines()))) for e in one.evidence),
        one.remedy,
        one.office,
        f"{one.basis.document} {one.basis.clause}".strip(),
        one.first_seen,
        one.due,
    )


def _columns(report: Report, material: Material, speech: Speech) -> Rows:
    del material
    for site in report.sites:
        for column in site.columns:
            yield (
                site.name,
                column_name(column),
                speech.word(column.class_),
                speech.word(column.kind),
                speech.word(column.state),
                column.items,
                column.newest,
                column.age_days,
                speech.measure(column.limit) if column.limit else "",
                speech.why(column.reason) if column.reason else "",
                speech.say("登记", "registered") if column.registered else "",
                speech.word(column.change) if column.change else "",
                Link(column.url),
            )


def _pairs(report: Report, material: Material, speech: Speech) -> Rows:
    del material
    for site in report.sites:
        for pair in site.pairs:
            shown = pair.interpretation
            both = shown is not None and bool(pair.policy.url)
            yield (
                site.name,
                pair.policy.title,
                pair.policy.number,
                pair.policy.published,
                shown.title if shown else "",
                shown.published if shown else None,
                speech.word(pair.forward) if both else "",
                speech.word(pair.back) if both else "",
                pair.lag_workdays,
                speech.word(pair.state),
                Link(pair.policy.url) if pair.policy.url else None,
                Link(shown.url) if shown else None,
            )


def _facts(report: Report, material: Material, speech: Speech) -> Rows:
    for site in report.sites:
        for fact in site.facts:
            yield (
                material.units.get(fact.unit, fact.unit),
                speech.word(fact.fact),
                speech.word(fact.state),
                fact.value,
                fact.registered,
                speech.why(fact.reason) if fact.reason else "",
                Link(fact.url) if fact.url else None,
            )


def _links(report: Report, material: Material, speech: Speech) -> Rows:
    names = {site.id: site.name for site in report.sites}
    for line in material.links():
        first = line.examples[0] if line.examples else None
        yield (
            names.get(line.site, line.site),
            Link(line.url),
            speech.label("region", line.region),
            speech.why(line.outcome) if line.outcome else "",
            line.status or None,
            line.pages,
            first.text if first else "",
            Link(first.page) if first else None,
        )


SHEETS = (
    _sheet(
        "总览", "Overview",
        "网站/Site/24 单位/Unit/24 结论/Verdict/10 得分/Score/8 最低可能/Worst_case/9 覆盖率/Coverage/9"
        " 占规范/Of_the_norm/9 页面/Pages/8 已评估/Assessed/8 确认问题/Confirmed/9"
        " 待确认/To_confirm/8 已豁免/Waived/8 理由/Reason/50 首页/Home/36",
        _overview,
    ),
    _sheet(
        "问题", "Findings",
        "编号/ID/18 网站/Site/22 单位/Unit/22 栏目/Column/24 问题类型/Fault/18 状态/Status/9"
        " 严重程度/Severity/9 变化/Change/10 页面/Page/40 问题描述/Message/50 实测/Observed/14"
        " 要求/Required/10 证据/Evidence/50 整改建议/Remedy/40 责任处室/Office/16 依据/Basis/36"
        " 首次发现/First_seen/12 整改期限/Due/12",
        _findings,
    ),
    _sheet(
        "栏目", "Columns",
        "网站/Site/22 栏目/Column/30 类别/Class/12 类型/Kind/10 状态/State/10 条数/Items/7"
        " 最新日期/Newest/12 天数/Days/7 更新要求/Limit/10 原因/Reason/20 登记/Registered/8"
        " 变化/Change/10 地址/Address/44",
        _columns,
    ),
    _sheet(
        "政策—解读", "Policies",
        "网站/Site/22 政策文件/Policy/44 文号/Number/20 发布日期/Published/12 解读/Interpretation/44"
        " 解读日期/Published/12 文件→解读/Forward/11 解读→文件/Back/11 工作日/Workdays/8"
        " 结论/State/12 文件地址/Policy_address/40 解读地址/Interpretation_address/40",
        _pairs,
    ),
    _sheet(
        "六要素", "Facts",
        "单位/Unit/26 要素/Fact/12 状态/State/10 内容/Value/50 登记内容/Registered/30"
        " 原因/Reason/20 页面/Page/44",
        _facts,
    ),
    _sheet(
        "链接", "Links",
        "网站/Site/22 地址/Address/50 位置/Region/8 结果/Outcome/16 状态码/Status/8 页数/Pages/7"
        " 链接文字/Text/30 所在页面/Page/50",
        _links,
    ),
)  # fmt: skip
"""The sheets of the workbook, in order."""
