"""The site of the demo's department."""

import datetime as dt
from collections.abc import Sequence

from audit.demo import faults, leaves, texts
from audit.demo.areas import areas, website_report
from audit.demo.articles import (
    Style,
    Writer,
    after,
    days,
    notices,
    papers,
    replaced,
    reports,
    yearly,
    yearly_papers,
)
from audit.demo.mail import answered, mailbox
from audit.demo.records import (
    Article,
    Attachment,
    Column,
    Leaf,
    Material,
    Related,
    Section,
    Theme,
)
from audit.demo.slips import with_slips
from audit.demo.units import DEPARTMENT, HIGHWAY, QUALITY, ROAD_TRANSPORT, WATERWAY

STYLE = Style("/{code}/", "/{code}/index_{n}.html", "/{code}/{serial}.html")
THEME = Theme("#1c5fa8", "#123f75", "#e8f0f9", "#c8102e", "#f4f6f9")


def material(as_of: dt.date) -> Material:
    """Everything that the department publishes on that day."""
    writer = Writer(DEPARTMENT.short, texts.DEPARTMENT_TOPICS, STYLE, as_of)
    return Material(
        id="department",
        name=DEPARTMENT.name,
        unit=DEPARTMENT,
        as_of=as_of,
        theme=THEME,
        site_code="5300000001",
        sections=(
            _about(),
            _news(writer),
            _openness(writer),
            areas(as_of),
            _services(writer),
            _interaction(writer),
            _topics(writer),
        ),
        services=(
            ("道路运输许可", "/services/guides/60001.html"),
            ("大件运输许可", "/services/guides/60002.html"),
            ("船员证书办理", "/services/guides/60003.html"),
            ("工程质量监督", "/services/guides/60004.html"),
            ("交通卡余额查询", faults.DEAD_ON_HOME),
            ("常见问题解答", "/interaction/questions.html"),
        ),
        neighbours=(
            (HIGHWAY.name, "http://highway.demo.invalid/"),
            (WATERWAY.name, "http://waterway.demo.invalid/"),
            (QUALITY.name, "https://quality.demo.invalid/"),
            (ROAD_TRANSPORT.name, "/units/road-transport.html"),
            ("打击网络赌博专题", "http://campaign.example/"),
        ),
        moved={"/news/index.htm": "/news/"},
        forbidden=("/office/login.html",),
    )


def _about() -> Section:
    units = (
        (HIGHWAY.name, "http://highway.demo.invalid/"),
        (WATERWAY.name, "http://waterway.demo.invalid/"),
        (QUALITY.name, "https://quality.demo.invalid/"),
        (ROAD_TRANSPORT.name, "/units/road-transport.html"),
    )
    return Section(
        "机构概况",
        "/about/functions.html",
        leaves=(
            Leaf("机构职能", "/about/functions.html", "机构职能", leaves.functions(DEPARTMENT)),
            Leaf("内设机构", "/about/structure.html", "机构职能", leaves.structure(DEPARTMENT)),
            Leaf("厅领导", "/about/leaders.html", "负责人信息", leaves.leaders(DEPARTMENT)),
            Leaf("厅属单位", "/about/units.html", "机构职能", leaves.unit_list(units)),
            Leaf("联系我们", "/about/contact.html", "概况信息", leaves.contact(DEPARTMENT, "table")),
            Leaf(
                ROAD_TRANSPORT.name, "/units/road-transport.html", "机构职能",
                leaves.unit_page(ROAD_TRANSPORT),
            ),
        ),
    )  # fmt: skip


def _news(writer: Writer) -> Section:
    now = writer.as_of
    headlines = reports(
        writer, "news/headlines", texts.NEWS_FORMS, days(now, 1, 3, 16), first_serial=10011
    )
    pinned = Article(
        "/news/headlines/10001.html",
        "一图读懂全省交通运输五年发展成就",
        days(now, 410, 1, 1)[0],
        "规划处",
        (
            "五年来，全省公路通车里程稳步增长，乡镇和建制村通硬化路任务全面完成。",
            "综合运输通道更加畅通，客货运输服务能力明显提升，群众出行更加便捷。",
            '各地的做法和成效见<a href="/news/index.htm">新闻动态</a>。',
        ),
    )
    local = reports(writer, "news/local", texts.LOCAL_FORMS, days(now, 47, 8, 7), shift=3)
    media = reports(
        writer, "news/media", (texts.RECORD_FORMS["media"],), days(now, 3, 6, 5), shift=6
    )
    return Section(
        "新闻动态",
        "/news/",
        (
            writer.column("news/headlines", "交通要闻", "工作动态", headlines, pinned=(pinned,)),
            writer.column("news/local", "基层动态", "工作动态", local),
            writer.column("news/media", "媒体聚焦", "工作动态", media),
        ),
        overview=True,
    )


def _openness(writer: Writer) -> Section:
    now = writer.as_of
    listed = notices(writer, "openness/notices", days(now, 5, 9, 14))
    day = {article.path: article.day for article in listed}
    listed = replaced(
        listed,
        {
            "/openness/notices/20012.html": {
                "attachments": (
                    Attachment("/attachments/20012.pdf", "附件1：检查表.pdf"),
                    Attachment(faults.DEAD_ATTACHMENT, "附件2：桥梁检查记录.pdf"),
                )
            },
            "/openness/notices/20006.html": {
                "attachments": (
                    Attachment("/attachments/20006.pdf", "附件1：项目清单.pdf"),
                    Attachment(faults.EMPTY_ATTACHMENT, "附件2：项目申报表.pdf"),
                )
            },
            faults.TORN_DATES: {"labelled": day[faults.TORN_DATES] - dt.timedelta(days=30)},
            faults.EVENING: {"labelled": day[faults.EVENING] - dt.timedelta(days=1)},
        },
    )
    listed = with_slips(listed)
    publicity = notices(writer, "openness/publicity", days(now, 232, 15, 6), shift=40)
    return Section(
        "政务公开",
        "/openness/",
        (
            writer.column("openness/notices", "通知公告", "通知公告", listed),
            writer.column("openness/publicity", "公示公告", "通知公告", publicity),
            *_papers(writer),
            *_records(writer),
        ),
        (
            Leaf(
                "政府信息公开指南", "/openness/guide.html", "信息公开指南", leaves.guide(DEPARTMENT)
            ),
            Leaf("依申请公开", "/openness/request.html", "依申请公开", leaves.request(DEPARTMENT)),
            website_report("/openness/website.html", DEPARTMENT.name, now.year - 1),
        ),
        overview=True,
    )


def _papers(writer: Writer) -> tuple[Column, Column]:
    """政策文件 and 政策解读 with the planted pairs."""
    codes = ("openness/policies", "openness/interpretations")
    policies, interpretations = papers(
        writer, "department", days(writer.as_of, 9, 13, 10), codes, "示交规", 8
    )
    broken = policies[faults.BROKEN_FORWARD - 1].related[0]
    wrong = interpretations[faults.WRONG_BACK - 1].related[0]
    in_text = interpretations[7].related[0]
    policies = replaced(
        policies,
        {
            faults.POLICY.format(faults.UNLINKED_FORWARD): {"related": ()},
            faults.POLICY.format(faults.BROKEN_FORWARD): {
                "related": (Related(broken.heading, faults.DEAD_INTERPRETATION, broken.text),)
            },
            faults.POLICY.format(faults.AWARD): {
                "title": f"{writer.owner}关于表彰示例省交通建设项目档案管理先进单位的决定",
                "number": policies[faults.AWARD - 1].number.replace("规", "发"),
            },
        },
    )
    said = f'本文件全文见<a href="{in_text.path}">《{texts.POLICIES["department"][7][0]}》</a>。'
    interpretations = replaced(
        interpretations,
        {
            faults.INTERPRETATION.format(faults.UNLINKED_BACK): {"related": ()},
            faults.INTERPRETATION.format(faults.WRONG_BACK): {
                "related": (Related(wrong.heading, faults.WRONG_TARGET, f"政策原文：{wrong.text}"),)
            },
            faults.INTERPRETATION.format(faults.LATE): {
                "day": after(policies[faults.LATE - 1].day, 5)
            },
            faults.INTERPRETATION.format(faults.JUST_IN_TIME): {
                "day": after(policies[faults.JUST_IN_TIME - 1].day, 3),
                "related": (),
                "paragraphs": (*interpretations[7].paragraphs, said),
            },
        },
    )
    return (
        writer.column(codes[0], "政策文件", "政策文件", policies),
        writer.column(codes[1], "政策解读", "政策解读", interpretations),
    )


def _records(writer: Writer) -> tuple[Column, ...]:
    now, forms = writer.as_of, texts.RECORD_FORMS
    day = days(now, 18, 1, 1)[0]
    statement = (
        '<p class="said">本季度无行政复议决定书公开。</p>'
        f'<p class="said">发布时间：{day:%Y-%m-%d}</p>'
    )
    yearbook = yearly_papers(
        writer, "openness/annual", yearly(now, 1, 26, 3), "{owner}{last}年政府信息公开工作年度报告",
        "根据政府信息公开条例的规定，现公布{last}年政府信息公开工作年度报告。报告由总体情况、主动公开、"
        "收到和处理申请、行政复议和诉讼、存在的问题及改进情况等部分组成。", 44001,
    )  # fmt: skip
    plans = days(now, 52, 41, 4)
    posts = days(now, 23, 30, 4)
    return (
        _series(writer, "openness/planning", "规划计划", "其他", forms["planning"], plans, 41001),
        _series(writer, "openness/personnel", "人事信息", "其他", forms["personnel"], posts, 42001),
        writer.column("openness/budget", "财政预决算", "其他", _budget(writer)),
        writer.column("openness/inspections", "双随机、一公开", "其他"),
        writer.column("openness/reconsideration", "行政复议", "其他", note=statement),
        writer.column("openness/annual", "政府信息公开年报", "信息公开年报", yearbook),
    )


def _budget(writer: Writer) -> list[Article]:
    """部门预算 in February, 部门决算 in September."""
    now = writer.as_of
    return [
        *yearly_papers(
            writer, "openness/budget", yearly(now, 2, 20, 2), "{owner}{year}年部门预算公开",
            "{owner}{year}年部门预算已经批复，现将预算说明、收支总表和“三公”经费预算表予以公开。", 43001,
        ),
        *yearly_papers(
            writer, "openness/budget", yearly(now, 9, 12, 2), "{owner}{last}年部门决算公开",
            "{owner}{last}年部门决算已经批复，现将决算说明、收支决算总表和“三公”经费决算表予以公开。", 43101,
        ),
    ]  # fmt: skip


def _services(writer: Writer) -> Section:
    guides = reports(
        writer, "services/guides", (texts.RECORD_FORMS["guide"],), days(writer.as_of, 40, 12, 6),
        first_serial=60001,
    )  # fmt: skip
    column = writer.column("services/guides", "办事指南", "办事服务", guides)
    return Section("办事服务", column.path, (column,))


def _interaction(writer: Writer) -> Section:
    now, forms = writer.as_of, texts.RECORD_FORMS
    return Section(
        "互动交流",
        "/interaction/",
        (
            answered(
                _series(
                    writer, "interaction/consultation", "意见征集", "征集调查", forms["consultation"],
                    days(now, 16, 33, 4), 61001,
                )
            ),
            _series(writer, "interaction/letters", "来信选登", "咨询投诉", forms["letters"], days(now, 4, 17, 5), 62001),
        ),
        (
            Leaf(
                "常见问题", "/interaction/questions.html", "咨询投诉",
                leaves.questions(leaves.QUESTIONS),
            ),
            *mailbox(now),
        ),
        overview=True,
    )  # fmt: skip


def _topics(writer: Writer) -> Section:
    now, forms = writer.as_of, texts.RECORD_FORMS
    return Section(
        "专题专栏",
        "/topics/",
        (
            _series(writer, "topics/business", "优化营商环境", "其他", forms["business"], days(now, 8, 25, 4), 71001),
            _series(
                writer, "topics/roads", "历史专题：农村公路三年攻坚", "其他", forms["achieved"],
                days(now, 1150, 24, 4), 72001,
            ),
        ),
        overview=True,
    )  # fmt: skip


def _series(
    writer: Writer,
    code: str,
    name: str,
    kind: str,
    form: tuple[str, str],
    when: Sequence[dt.date],
    serial: int,
) -> Column:
    return writer.column(
        code, name, kind, reports(writer, code, (form,), when, shift=serial, first_serial=serial)
    )
