"""Policies and interpretations: who belongs together, and whether they point at each other."""

import pytest

from audit.model import DirectionState, Pair, PairState, Reason
from tests.snapshots import Page, read

HOME = """<title>示例交通运输厅</title><div class="nav"><ul><li><a href="/file/">政策文件</a></li>
<li><a href="/jd/">政策解读</a></li></ul></div>"""
TITLE = "示例省农村公路养护管理办法"
POLICY = f"示例省交通运输厅关于印发《{TITLE}》的通知"
SHOWN = f"《{TITLE}》政策解读"


def listing(name: str, url: str, title: str) -> str:
    return f'<title>{name}</title><div class="position">当前位置：<a href="/">首页</a> &gt; {name}</div><h2>{name}</h2><ul class="list"><li><a href="{url}">{title}</a><span>2020-06-01</span></li></ul>'


def article(title: str, body: str, column: str = "政策文件") -> str:
    where = "/file/" if column == "政策文件" else "/jd/"
    return (
        f"<title>{title}</title>{HOME[HOME.index('<div') :]}"
        f'<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="{where}">{column}</a> &gt; 正文</div>'
        f"<h1>{title}</h1><p>发布时间：2020-06-01 09:00</p><div class='article'>{body}</div>"
    )


def pairs(policy: str, shown: str, **more: str | int | Page) -> tuple[Pair, ...]:
    pages = {
        "/": HOME,
        "/file/": listing("政策文件", "/file/1.html", POLICY),
        "/jd/": listing("政策解读", "/jd/1.html", SHOWN),
        "/file/1.html": article(POLICY, policy),
        "/jd/1.html": article(SHOWN, shown, "政策解读"),
        **{f"/{name}.html": page for name, page in more.items()},
    }
    gone = {path: page for path, page in pages.items() if page == 404}
    return read(pages, looks=gone).pairs


TEXT = "<p>示交规〔2020〕3号</p><p>各有关单位：现将办法印发给你们，请认真贯彻执行。</p>"
TO_SHOWN = f'<p>相关解读：<a href="/jd/1.html">{SHOWN}</a></p>'
TO_POLICY = f'<p>政策原文：<a href="/file/1.html">{POLICY}</a></p>'


def test_a_pair_that_points_at_each_other_is_linked() -> None:
    (pair,) = pairs(TEXT + TO_SHOWN, "<p>办法的主要内容如下。</p>" + TO_POLICY)

    assert pair.state is PairState.LINKED
    assert pair.matched_by == "anchor"
    assert pair.policy.number == "示交规〔2020〕3号"


def test_a_label_that_runs_into_the_number_is_no_part_of_it() -> None:
    text = TEXT.replace("<p>示交规", "<ul><li><span>文号</span><em>示交规", 1)
    (pair,) = pairs(text.replace("3号</p>", "3号</em></li></ul>", 1) + TO_SHOWN, TO_POLICY)

    assert pair.policy.number == "示交规〔2020〕3号"


def test_a_pair_without_links_is_matched_by_the_title_that_the_interpretation_names() -> None:
    (pair,) = pairs(TEXT, "<p>办法的主要内容如下。</p>")

    assert (pair.state, pair.matched_by) == (PairState.UNLINKED, "title")
    assert {pair.forward.state, pair.back.state} == {DirectionState.MISSING}


def test_the_menu_entry_of_the_interpretation_column_is_no_link_of_the_pair() -> None:
    (pair,) = pairs(TEXT + '<p><a href="/jd/">政策解读</a></p>', TO_POLICY)

    assert pair.forward.state is DirectionState.MISSING
    assert pair.state is PairState.ONE_WAY


def test_a_link_to_a_missing_page_is_broken() -> None:
    lost = f'<p><a href="/jd/9.html">{SHOWN}</a></p>'
    (pair,) = pairs(TEXT + lost, TO_POLICY, **{"jd/9": 404})

    assert (pair.forward.state, pair.forward.status) == (DirectionState.BROKEN, 404)
    assert pair.state is PairState.BROKEN


def test_a_link_that_names_the_interpretation_and_leads_home_is_wrong() -> None:
    (pair,) = pairs(TEXT + f'<p><a href="/">{SHOWN}</a></p>', TO_POLICY)

    assert pair.forward.state is DirectionState.WRONG_TARGET


def test_a_link_that_script_fills_in_is_not_assessed() -> None:
    (pair,) = pairs(TEXT + '<p><a href="javascript:;">相关解读</a></p>', TO_POLICY)

    assert (pair.forward.state, pair.forward.reason) == (
        DirectionState.NOT_ASSESSED,
        Reason.NEEDS_BROWSER,
    )
    assert pair.state is PairState.NOT_ASSESSED


def test_a_policy_without_an_interpretation_stands_alone() -> None:
    reading = read(
        {
            "/": HOME,
            "/file/": listing("政策文件", "/file/1.html", POLICY),
            "/file/1.html": article(POLICY, TEXT),
        }
    )

    (pair,) = reading.pairs

    assert (pair.interpretation, pair.state) == (None, PairState.UNINTERPRETED)


def test_an_appointment_needs_no_interpretation() -> None:
    title = "示例省交通运输厅关于李示例任职的通知"
    reading = read(
        {
            "/": HOME,
            "/file/": listing("政策文件", "/file/1.html", title),
            "/file/1.html": article(title, TEXT),
        }
    )

    assert [pair.state for pair in reading.pairs] == [PairState.OUT_OF_SCOPE]


def test_an_incomplete_walk_does_not_say_that_there_is_no_interpretation() -> None:
    reading = read(
        {
            "/": HOME,
            "/file/": listing("政策文件", "/file/1.html", POLICY),
            "/file/1.html": article(POLICY, TEXT),
        },
        complete=False,
    )

    assert [(p.state, p.reason) for p in reading.pairs] == [
        (PairState.NOT_ASSESSED, Reason.PARTIAL_RUN)
    ]


def test_titles_that_are_only_alike_go_to_review() -> None:
    title = "《示例省农村公路养护和管理办法》解读"
    reading = read(
        {
            "/": HOME,
            "/file/": listing("政策文件", "/file/1.html", POLICY),
            "/jd/": listing("政策解读", "/jd/1.html", title),
            "/file/1.html": article(POLICY, TEXT),
            "/jd/1.html": article(title, "<p>主要内容如下。</p>", "政策解读"),
        }
    )

    assert [(p.matched_by, p.state) for p in reading.pairs] == [("similarity", PairState.REVIEW)]


def test_a_neighbour_in_the_list_is_no_partner() -> None:
    other = "示例省交通运输厅关于加强水路客运安全管理的通知"
    reading = read(
        {
            "/": HOME,
            "/file/": listing("政策文件", "/file/2.html", other),
            "/jd/": listing("政策解读", "/jd/1.html", SHOWN),
            "/file/2.html": article(
                other, f'<p>示交规〔2020〕4号</p><p>下一篇：<a href="/jd/1.html">{SHOWN}</a></p>'
            ),
            "/jd/1.html": article(
                SHOWN, f'<p>上一篇：<a href="/file/2.html">{other}</a></p>', "政策解读"
            ),
        }
    )

    assert [pair.interpretation for pair in reading.pairs] == [None]


def test_a_policy_whose_only_interpretation_is_missing_has_a_broken_pair() -> None:
    reading = read(
        {
            "/": HOME,
            "/file/": listing("政策文件", "/file/1.html", POLICY),
            "/file/1.html": article(POLICY, TEXT + f'<p><a href="/jd/9.html">{SHOWN}</a></p>'),
            "/jd/9.html": 404,
        },
        looks={"/jd/9.html": 404},
    )

    (pair,) = reading.pairs

    assert pair.state is PairState.BROKEN
    assert pair.interpretation
    assert pair.interpretation.url == "http://site.test/jd/9.html"
    assert pair.back.state is DirectionState.NOT_ASSESSED


@pytest.mark.parametrize(
    ("complete", "state", "reason"),
    [(True, PairState.ORPHAN, None), (False, PairState.NOT_ASSESSED, Reason.PARTIAL_RUN)],
)
def test_an_interpretation_of_no_policy_of_the_site_is_a_line_of_its_own(
    complete: bool, state: PairState, reason: Reason | None
) -> None:
    reading = read(
        {
            "/": HOME,
            "/jd/": listing("政策解读", "/jd/1.html", SHOWN),
            "/jd/1.html": article(SHOWN, "<p>办法的主要内容如下。</p>", "政策解读"),
        },
        complete=complete,
    )

    assert reading.pairs == ()
    (orphan,) = reading.orphans
    assert (orphan.state, orphan.reason, orphan.policy.url) == (state, reason, "")
    assert orphan.policy.title == TITLE
    assert orphan.interpretation is not None
    assert orphan.interpretation.url == "http://site.test/jd/1.html"


def test_a_picture_among_the_news_that_cites_nothing_is_no_orphan() -> None:
    title = "一图读懂全省水运五年成就"
    reading = read(
        {
            "/": HOME,
            "/jd/": listing("政策解读", "/jd/1.html", SHOWN),
            "/news/1.html": f"<title>{title}</title><h1>{title}</h1><p>发布时间：2020-06-01</p>",
            "/jd/1.html": article(SHOWN, f'<p><a href="/news/1.html">{title}</a></p>', "政策解读"),
        }
    )

    assert [one.interpretation and one.interpretation.title for one in reading.orphans] == [SHOWN]


def test_an_interpretation_with_a_policy_is_no_orphan() -> None:
    reading = read(
        {
            "/": HOME,
            "/file/": listing("政策文件", "/file/1.html", POLICY),
            "/jd/": listing("政策解读", "/jd/1.html", SHOWN),
            "/file/1.html": article(POLICY, TEXT),
            "/jd/1.html": article(SHOWN, "<p>办法的主要内容如下。</p>", "政策解读"),
        }
    )

    assert len(reading.pairs) == 1
    assert reading.orphans == ()
