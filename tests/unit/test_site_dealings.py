"""What a site does with its public: names of columns, years of reports, ends, states, dates of decisions."""

import datetime as dt

import pytest

from audit.model import MessageState, PageKind, Way
from audit.reading import platform_of
from audit.reading.site.hearings import end_of
from audit.reading.site.openness import year_of
from audit.reading.site.states import state_of
from tests.snapshots import read

HOME = (
    '<title>示例交通运输厅</title><div class="nav"><ul><li><a href="/">首页</a></li>{}</ul></div>'
    "<p>欢迎访问</p>"
)
CRUMBS = (
    '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/a/">{}</a> &gt; 正文</div>'
)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("示例厅2019年政府信息公开工作年度报告", 2019),
        ("二〇一九年度报告", 2019),
        ("2018—2020年规划", 2020),
        ("政府信息公开年报", 0),
        ("5300000001号备案", 0),
    ],
)
def test_the_newest_year_of_a_title_is_read(title: str, year: int) -> None:
    assert year == year_of(title)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("截止日期：2020年5月1日。", dt.date(2020, 5, 1)),
        ("征求意见时间为2020年4月1日至2020年4月30日。", dt.date(2020, 4, 30)),
        ("请自公告发布之日起30日内反馈。", dt.date(2020, 5, 1)),
        ("请于2020年4月20日前发送至邮箱。", dt.date(2020, 4, 20)),
        ("根据2019年5月1日起施行的办法制定。", None),
    ],
)
def test_the_end_of_a_consultation_is_read(text: str, end: dt.date | None) -> None:
    assert end == end_of(text, dt.date(2020, 4, 1))[0]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("2020-06-01 已答复", MessageState.ANSWERED),
        ("2020-06-01 未答复", MessageState.WAITING),
        ("2020-06-01 待办理", MessageState.WAITING),
        ("2020-06-01 办理中", MessageState.HANDLING),
        ("2020-06-01 1203", MessageState.UNKNOWN),
        ("2020-06-01 运输处 未答复 查看", MessageState.WAITING),
        ("运输处 未答复 2020-06-01 1203", MessageState.WAITING),
        ("[2020-06-01] 【待回复】", MessageState.WAITING),
        ("2020-06-01 办理状态：未办结 摘要：已经办理过一次", MessageState.WAITING),
        (
            "2020-06-01 摘要：多次投诉至今未处理，请尽快解决。 办理状态：已办结",
            MessageState.ANSWERED,
        ),
        ("2020-06-01 摘要：多次投诉至今未处理，请尽快解决。", MessageState.UNKNOWN),
        ("摘要：多次反映 未处理 请尽快解决 2020-06-01", MessageState.UNKNOWN),
        ("摘要：多次投诉至今未处理。 已回复 2020-06-01", MessageState.ANSWERED),
        ("2020-06-01 未回复 答复时间：2020-06-03", MessageState.UNKNOWN),
        ("2020-06-01 答复时间： 未回复", MessageState.WAITING),
        ("2020-06-01 听说别处已解决", MessageState.UNKNOWN),
    ],
)
def test_the_state_of_a_message_is_read(said: str, state: MessageState) -> None:
    assert state is state_of(said)


def test_names_of_platforms_that_mean_one_are_one() -> None:
    assert platform_of("新浪微博") == platform_of("微博") == "weibo"
    assert platform_of("微信订阅号") == platform_of("微信公众号") == "wechat"
    assert platform_of("别的平台") == "别的平台"


def test_a_news_headline_about_a_mailbox_is_no_way_to_write() -> None:
    entry = '<li><a href="/1.html">厅长信箱开通以来收到来信千余件</a></li><li><a href="/a/">在线咨询</a></li>'
    form = '<title>在线咨询</title><form method="post"><input type="text" name="title"></form>'
    reading = read(
        {"/": HOME.format(entry), "/a/": form, "/1.html": "<title>新闻</title><p>新闻</p>"}
    )

    found = [(one.name, one.way) for one in reading.channels.channels]
    assert found == [("在线咨询", Way.OPEN)]


def test_the_dates_of_decisions_are_paired_in_the_order_of_the_text() -> None:
    page = (
        f"<title>许可公示</title>{CRUMBS.format('行政许可')}<h1>许可公示一批</h1>"
        "<p>许可决定日期：2020-06-02 公示日期：2020-06-05</p><p>许可决定日期：2020-06-03</p>"
    )
    reading = read(
        {"/": HOME.format('<li><a href="/a/1.html">许可公示一批</a></li>'), "/a/1.html": page}
    )

    found = [(one.decided.day, one.posted) for one in reading.decisions[0].decisions]
    assert found == [(2, dt.date(2020, 6, 5)), (3, None)]


def test_a_guide_shows_the_element_classes_of_its_table() -> None:
    page = (
        "<title>涉路施工许可办事指南</title><h1>涉路施工许可办事指南</h1><table>"
        "<tr><th>设定依据</th><td>公路法</td></tr><tr><th>受理条件</th><td>有施工方案</td></tr>"
        "<tr><th>咨询电话</th><td>0871-65123456</td></tr></table>"
    )
    reading = read({"/": HOME.format('<li><a href="/a.html">办事指南</a></li>'), "/a.html": page})
    guide = reading.services.guides[0]

    assert guide.present == ("事项名称", "设定依据", "申请条件", "联系电话")
    assert guide.lacking == ("办理材料", "办理地点", "办理时间", "办理流程")


def test_pages_of_messages_are_known_by_their_column_not_by_a_headline() -> None:
    page = (
        f"<title>关于来信办理情况的通报</title>{CRUMBS.format('工作动态')}<h1>关于来信办理情况的通报</h1>"
        "<p>发布时间：2020-06-02</p><p>各单位办理群众来信，未答复的要尽快答复。</p>"
    )
    reading = read(
        {
            "/": HOME.format('<li><a href="/a/1.html">关于来信办理情况的通报</a></li>'),
            "/a/1.html": page,
        }
    )

    kinds = {card.kind for card in reading.pages}
    assert PageKind.ARTICLE in kinds
    assert reading.messages.messages == ()
