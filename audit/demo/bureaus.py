"""The sites of the demo's two bureaus: other publishing systems, other habits."""

import datetime as dt
from collections.abc import Sequence

import msgspec

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
    yearly,
    yearly_papers,
)
from audit.demo.decrees import with_repeal
from audit.demo.records import Article, Column, Leaf, Material, Section, Theme
from audit.demo.units import DEPARTMENT, HIGHWAY, HIGHWAY_BEFORE, WATERWAY

HIGHWAY_STYLE = Style(
    "/col/{code}/index.html", "/col/{code}/index_{n}.html", "/art/{code}_{serial}.html"
)
WATERWAY_STYLE = Style("/list/{code}.htm", "/list/{code}/{n}.htm", "/info/{code}/{serial}.htm")
HIGHWAY_THEME = Theme("#1f6f54", "#124a38", "#e9f4ef", "#d9822b", "#f5f7f5")
WATERWAY_THEME = Theme("#a61c1c", "#741212", "#fbefe9", "#8a6508", "#faf7f2")
MINISTRY = ("交通运输部", "https://www.mot.gov.cn/")
PARENT = (DEPARTMENT.name, "http://department.demo.invalid/")


def highway(as_of: dt.date) -> Material:
    """The highway bureau: nothing new for three weeks, and no search."""
    writer = Writer(HIGHWAY.short, texts.HIGHWAY_TOPICS, HIGHWAY_STYLE, as_of)
    return Material(
        id="highway",
        name=HIGHWAY.name,
        unit=HIGHWAY,
        as_of=as_of,
        theme=HIGHWAY_THEME,
        site_code="5300000002",
        sections=with_repeal(_highway_sections(writer), HIGHWAY.short),
        services=(
            ("公路保护须知", "/fw/guide.html"),
            ("路网服务电话", "/jg/contact.html"),
            ("信息公开指南", "/zw/openness.html"),
            ("公路新闻", "/col/col2100/index.html"),
            ("工程建设专题", faults.DEAD_REFRESH),
            ("局长信箱", "mailto:office@highway.example"),
        ),
        neighbours=(PARENT, MINISTRY),
        search=False,
        script_dates=True,
        correction_code=faults.COPIED_CODE,
        hidden=faults.HIDDEN,
        home_labels={"SiteDomain": faults.DOMAIN_WITH_SCHEME},
        refreshed={
            "/col/col2100/index.html": faults.STALE_HIGHWAY_NEWS,
            faults.DEAD_REFRESH: "/col/col2198/index.html",
        },
    )


def _highway_sections(writer: Writer) -> tuple[Section, ...]:
    now, forms = writer.as_of, texts.RECORD_FORMS
    headlines = reports(writer, "col2101", texts.NEWS_FORMS, days(now, 22, 4, 14))
    news = writer.column("col2101", "公路要闻", "工作动态", headlines)
    notes = notices(writer, "col2102", days(now, 27, 12, 9))
    told = writer.column("col2102", "通知公告", "通知公告", notes)
    upkeep = _series(writer, "col2105", "养护管理", forms["maintenance"], days(now, 25, 28, 7))
    return (
        Section(
            "机构概况",
            "/jg/functions.html",
            leaves=(
                Leaf("机构职能", "/jg/functions.html", "机构职能", leaves.functions(HIGHWAY)),
                Leaf("内设机构", "/jg/structure.html", "机构职能", leaves.divisions(HIGHWAY)),
                Leaf("局领导", "/jg/leaders.html", "负责人信息", leaves.leaders(HIGHWAY)),
                Leaf("联系我们", "/jg/contact.html", "概况信息", leaves.contact(HIGHWAY, "list")),
            ),
        ),
        Section("公路要闻", news.path, (news,)),
        Section("通知公告", told.path, (told,)),
        _highway_openness(writer),
        Section(
            "养护服务",
            "/fw/index.html",
            (upkeep,),
            (Leaf("公路保护须知", "/fw/guide.html", "其他", _ROAD_CARE),),
            overview=True,
        ),
    )


def _highway_openness(writer: Writer) -> Section:
    now = writer.as_of
    codes = ("col2103", "col2104")
    plain = texts.INTERPRETATION_TITLES[0::3]  # no picture, no questions and answers
    policies, interpretations = papers(
        writer, "highway", days(now, 38, 26, 5), codes, "示路规", 5, headlines=plain
    )
    copied = {faults.COPIED_TEXT: {"paragraphs": policies[1].paragraphs}}
    plans = texts.RECORD_FORMS["planning"]
    return Section(
        "政务公开",
        "/zw/index.html",
        (
            writer.column(codes[0], "政策文件", "政策文件", policies),
            writer.column(codes[1], "政策解读", "政策解读", replaced(interpretations, copied)),
            _series(writer, "col2106", "规划计划", plans, days(now, 90, 70, 3)),
            _yearbook(writer, "col2107", yearly(now, 1, 22, 2), 40001),
        ),
        (
            Leaf(
                "政府信息公开指南",
                "/zw/openness.html",
                "信息公开指南",
                leaves.guide(HIGHWAY_BEFORE),
            ),
        ),
        overview=True,
    )


def waterway(as_of: dt.date) -> Material:
    """The waterway bureau: GBK pages, tables, a missing page that answers 200, a search that finds nothing."""
    writer = Writer(WATERWAY.short, texts.WATERWAY_TOPICS, WATERWAY_STYLE, as_of)
    return Material(
        id="waterway",
        name=WATERWAY.name,
        unit=WATERWAY,
        as_of=as_of,
        theme=WATERWAY_THEME,
        site_code="5300000003",
        sections=_waterway_sections(writer),
        services=(
            ("船员业务指南", "/service/crew.htm"),
            ("信息公开指南", "/open/guide.htm"),
            ("通知公告", "/list/1022.htm"),
            ("水上安全", "/list/1025.htm"),
            faults.EMPTY_TILE,
        ),
        neighbours=(PARENT, MINISTRY, faults.TAKEN_OVER),
        encoding="gbk",
        police=False,
        correction=False,
        tables=True,
        soft_missing=True,
        lost_index=True,
    )


def _waterway_sections(writer: Writer) -> tuple[Section, ...]:
    now, forms = writer.as_of, texts.RECORD_FORMS
    headlines = reports(writer, "1021", texts.NEWS_FORMS, days(now, 2, 5, 12), first_serial=51001)
    silent = {
        faults.UNDATED: {"silent": ("list", "page", "label")},
        faults.LABELLED_ONLY: {"silent": ("list", "page")},
    }
    stray = _waterway_papers(writer)[1][2]
    news = writer.column("1021", "航务动态", "工作动态", [*replaced(headlines, silent), stray])
    told = _waterway_notices(writer)
    safety = _series(writer, "1025", "水上安全", forms["safety"], days(now, 12, 26, 6))
    return (
        Section(
            "机构概况",
            "/about/functions.htm",
            leaves=(
                Leaf("主要职能", "/about/functions.htm", "机构职能", leaves.functions(WATERWAY)),
                Leaf("机构设置", "/about/structure.htm", "机构职能", leaves.structure(WATERWAY)),
                Leaf("局领导", "/about/leaders.htm", "负责人信息", leaves.leaders(WATERWAY)),
                Leaf("联系方式", "/about/contact.htm", "概况信息", leaves.contact(WATERWAY, "")),
            ),
        ),
        Section("航务动态", news.path, (news,)),
        Section("通知公告", told.path, (told,)),
        _waterway_openness(writer),
        Section("水上安全", safety.path, (safety,)),
        Section(
            "办事服务",
            "/service/crew.htm",
            leaves=(Leaf("船员业务指南", "/service/crew.htm", "办事服务", _CREW),),
        ),
    )


def _waterway_papers(writer: Writer) -> tuple[list[Article], list[Article]]:
    """Policies and interpretations; the oldest interpretation stands among the news."""
    when = days(writer.as_of, 33, 40, 3)
    policies, interpretations = papers(writer, "waterway", when, ("1023", "1024"), "示航规", 3)
    stray = interpretations[2]
    moved = msgspec.structs.replace(policies[2].related[0], path=faults.MISFILED)
    policies = replaced(policies, {policies[2].path: {"related": (moved,)}})
    return policies, replaced(interpretations, {stray.path: {"path": faults.MISFILED}})


def _waterway_notices(writer: Writer) -> Column:
    """通知公告; one of them links to a page that is no more."""
    told = notices(writer, "1022", days(writer.as_of, 6, 11, 8), first_serial=52001)
    *text, owner, day = told[4].paragraphs
    more = f'相关事项参见：<a href="{faults.SOFT_DEAD}">船员适任考试报名须知</a>。'
    changed = {told[4].path: {"paragraphs": (*text, more, owner, day)}}
    return writer.column("1022", "通知公告", "通知公告", replaced(told, changed))


def _waterway_openness(writer: Writer) -> Section:
    now = writer.as_of
    codes = ("1023", "1024")
    policies, interpretations = _waterway_papers(writer)
    return Section(
        "政务公开",
        "/open/index.htm",
        (
            writer.column(codes[0], "政策文件", "政策文件", policies),
            writer.column(codes[1], "政策解读", "政策解读", interpretations[:2]),
            _yearbook(writer, "1026", yearly(now, 1, 20, 2), 55001),
        ),
        (
            Leaf("政府信息公开指南", "/open/guide.htm", "信息公开指南", leaves.guide(WATERWAY)),
            website_report("/open/website.htm", WATERWAY.name, now.year - 1),
        ),
        overview=True,
    )


def _series(
    writer: Writer, code: str, name: str, form: tuple[str, str], when: Sequence[dt.date]
) -> Column:
    return writer.column(code, name, "其他", reports(writer, code, (form,), when))


def _yearbook(writer: Writer, code: str, when: Sequence[dt.date], serial: int) -> Column:
    title = "{owner}{last}年政府信息公开工作年度报告"
    text = "现公布{owner}{last}年政府信息公开工作年度报告，欢迎社会各界监督。"
    made = yearly_papers(writer, code, when, title, text, serial)
    return writer.column(code, "政府信息公开年报", "信息公开年报", made)


_ROAD_CARE = (
    "<h3>爱路护路</h3><p>公路、公路用地和公路附属设施受国家保护，任何单位和个人不得破坏、损坏或者非法占用。</p>"
    "<h3>共同守护</h3><p>在公路用地范围内不得摆摊设点、堆放物品、倾倒垃圾、设置障碍、挖沟引水、利用公路边沟排放污物。</p>"
    "<h3>安全提示</h3><p>超过公路限载、限高、限宽、限长标准的车辆，不得在公路上行驶。发现损坏公路设施的行为，可以劝阻和反映。</p>"
)
_CREW = (
    "<h3>办理事项</h3><p>内河船舶船员适任证书核发、换发、补发，船员培训机构信息查询。</p>"
    "<h3>申请材料</h3><p>申请表、身份证件、体检证明、培训证明和近期免冠照片。</p>"
    "<h3>办理流程</h3><p>网上预约、窗口受理、资格审查、参加考试、领取证书，办理结果以短信方式告知申请人。</p>"
)
