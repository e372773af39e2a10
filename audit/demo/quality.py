"""The site of the demo's quality bureau: over TLS, with a search that is slow and knows not all."""

import datetime as dt

from audit.demo import faults, leaves, texts
from audit.demo.areas import website_report
from audit.demo.articles import (
    Style,
    Writer,
    days,
    notices,
    papers,
    replaced,
    reports,
)
from audit.demo.bureaus import MINISTRY, PARENT
from audit.demo.mail import answered_mailbox
from audit.demo.records import Column, Leaf, Material, Section, Theme
from audit.demo.units import QUALITY

STYLE = Style("/{code}/", "/{code}/{n}.html", "/{code}/{serial}.html")
THEME = Theme("#4a4e9a", "#2f3268", "#ededf8", "#8a4b08", "#f6f6fa")
REPORTED = (1, 31)  # by when a year is reported on
SLOW = 3.2  # seconds until the search answers; above three a search is slow (rulebook 4.6)


def quality(as_of: dt.date) -> Material:
    """The quality bureau."""
    writer = Writer(QUALITY.short, texts.QUALITY_TOPICS, STYLE, as_of)
    return Material(
        id="quality",
        name=QUALITY.name,
        unit=QUALITY,
        as_of=as_of,
        theme=THEME,
        site_code="5300000004",
        sections=_sections(writer),
        services=(
            ("通知公告", "/notices/"),
            ("质量监督要点", "/about/points.html"),
            ("信息公开指南", "/openness/guide.html"),
            ("局长信箱", "/mailbox/"),
        ),
        neighbours=(PARENT, MINISTRY),
        secure=True,
        search_seconds=SLOW,
        unindexed=(faults.NOT_INDEXED,),
    )


def _sections(writer: Writer) -> tuple[Section, ...]:
    now = writer.as_of
    headlines = reports(writer, "news", texts.NEWS_FORMS, days(now, 2, 6, 9), first_serial=81001)
    shown = {
        faults.LOADS_PICTURE: {"paragraphs": (*headlines[2].paragraphs, _PICTURE, _NO_PICTURE)},
        faults.LOADS_SCRIPT: {"paragraphs": (*headlines[4].paragraphs, _COUNTER)},
    }
    news = writer.column("news", "工作动态", "工作动态", replaced(headlines, shown))
    told = _notices(writer)
    return (
        Section(
            "机构概况",
            "/about/functions.html",
            leaves=(
                Leaf("机构职能", "/about/functions.html", "机构职能", leaves.functions(QUALITY)),
                Leaf("内设机构", "/about/structure.html", "机构职能", leaves.structure(QUALITY)),
                Leaf("局领导", "/about/leaders.html", "负责人信息", leaves.leaders(QUALITY)),
                Leaf("质量监督要点", "/about/points.html", "其他", _POINTS),
                Leaf(
                    "联系我们", "/about/contact.html", "概况信息", leaves.contact(QUALITY, "table")
                ),
            ),
        ),
        Section("工作动态", news.path, (news,)),
        Section("通知公告", told.path, (told,)),
        _openness(writer),
        Section("局长信箱", "/mailbox/", leaves=answered_mailbox(now)),
    )


def _notices(writer: Writer) -> Column:
    """通知公告, one of them of this year: whatever headlines are tried, it is among them.

    The search is asked for headlines of four columns, and this site has no more.
    """
    made = notices(writer, "notices", days(writer.as_of, 30, 400, 3), first_serial=82001)
    return writer.column("notices", "通知公告", "通知公告", made)


def _openness(writer: Writer) -> Section:
    now = writer.as_of
    codes = ("policies", "interpretations")
    policies, interpretations = papers(writer, "quality", days(now, 36, 45, 3), codes, "示质规", 3)
    year = now.year - 1 if (now.month, now.day) >= REPORTED else now.year - 2
    return Section(
        "政务公开",
        "/openness/",
        (
            writer.column(codes[0], "政策文件", "政策文件", policies),
            writer.column(codes[1], "政策解读", "政策解读", interpretations),
        ),
        (
            Leaf("政府信息公开指南", "/openness/guide.html", "信息公开指南", leaves.guide(QUALITY)),
            Leaf(
                f"{year}年政府信息公开工作年度报告",
                "/openness/annual.html",
                "信息公开年报",
                f"<p>现公布{QUALITY.name}{year}年政府信息公开工作年度报告，欢迎社会各界监督。</p>",
            ),
            website_report("/openness/website.html", QUALITY.name, now.year - 1),
        ),
        overview=True,
    )


_PICTURE = (
    '<img src="http://pictures.quality.example/site.jpg" alt="检测人员在工地取样" width="480">'
)
_NO_PICTURE = '参见<a href="http://pictures.quality.example/">图片库</a>。'  # a link loads nothing
_COUNTER = '<script src="http://counter.quality.example/visits.js"></script>'
_POINTS = (
    "<h3>监督范围</h3><p>列入年度计划的公路、水运新建和改扩建工程，从办理质量监督手续起至竣工验收止。</p>"
    "<h3>监督方式</h3><p>采取综合检查、专项检查和双随机抽查，重点抽检原材料、关键工序和实体质量。</p>"
    "<h3>结果运用</h3><p>检查结果计入参建单位信用评价，存在的问题限期整改并复查。</p>"
)
