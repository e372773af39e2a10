"""Links of a site: targets, regions, outcomes, soft 404, refreshes seen through, what to look at next."""

from audit.model import FetchOutcome, FileFit, LinkTarget, Purpose, Reason, Region
from audit.reading import Reading, plan
from tests.snapshots import Page, read

MENU = '<div class="nav"><ul><li><a href="/news/">交通要闻</a></li><li><a href="/gone/">规划计划</a></li></ul></div>'


def targets(reading: Reading) -> dict[str, LinkTarget]:
    return {target.url.removeprefix("http://site.test"): target for target in reading.links}


def looked(reading: Reading, *, external: bool = True, round_: int = 1) -> list[str]:
    requests = plan(reading, external=external, max_looks=100, round_=round_)
    return [r.url.removeprefix("http://site.test") for r in requests if r.purpose is Purpose.LOOK]


def test_a_missing_page_that_answered_404_twice_is_dead_with_two_looks() -> None:
    reading = read({"/": MENU, "/news/": "<p>要闻</p>", "/gone/": 404}, looks={"/gone/": 404})

    target = targets(reading)["/gone/"]

    assert (target.outcome, target.status, target.looks, target.reason) == (
        FetchOutcome.HTTP_4XX,
        404,
        2,
        None,
    )


def test_a_page_that_answers_at_the_second_look_is_alive() -> None:
    reading = read(
        {"/": MENU, "/news/": "<p>要闻</p>", "/gone/": 404}, looks={"/gone/": "<p>规划</p>"}
    )

    assert targets(reading)["/gone/"].outcome is FetchOutcome.OK


def test_outside_of_its_folders_a_shared_host_belongs_to_others() -> None:
    menu = '<div class="nav"><a href="/jtj/gone/">规划计划</a><a href="/zwgk/">政务公开</a></div>'
    home = "http://site.test/jtj/"

    whole = read({"/jtj/": menu}, home=home)
    part = read({"/jtj/": menu}, home=home, folders=("/jtj/",))

    assert looked(whole, external=False) == ["/jtj/gone/", "/zwgk/"]
    assert looked(part, external=False) == ["/jtj/gone/"]


def test_a_refusal_is_unknown_not_dead() -> None:
    reading = read({"/": MENU, "/news/": FetchOutcome.ROBOTS, "/gone/": FetchOutcome.TIMEOUT})

    found = targets(reading)

    assert found["/news/"].reason is Reason.ROBOTS
    assert found["/gone/"].reason is Reason.TIMEOUT


def test_a_refresh_to_a_missing_page_is_seen_through() -> None:
    refresh = '<meta http-equiv="Refresh" content="0; url=list/">'
    reading = read(
        {"/": MENU, "/news/": refresh, "/news/list/": 404, "/gone/": "<p>规划</p>"},
        looks={"/news/list/": 404},
    )

    target = targets(reading)["/news/"]

    assert (target.outcome, target.status, target.looks) == (FetchOutcome.HTTP_4XX, 404, 2)
    assert target.hops == ("http://site.test/news/list/",)


def test_a_refresh_that_turns_in_a_circle_does_not_end_in_one() -> None:
    one = '<meta http-equiv="refresh" content="0; url=/gone/">'
    two = '<meta http-equiv="refresh" content="0; url=/news/">'
    reading = read({"/": MENU, "/news/": one, "/gone/": two})

    target = targets(reading)["/news/"]

    assert target.outcome is FetchOutcome.REDIRECT_LOOP
    assert target.looks == 1


def test_the_answer_to_impossible_addresses_is_recognised_as_soft_404() -> None:
    lost = "<title>提示</title><h1>提示</h1><p>抱歉，您访问的页面不存在或已被删除，请返回首页查看其他内容。</p>"
    news = "<title>交通要闻</title><h1>交通要闻</h1><p>示例高速公路建成通车，沿线群众出行更加便捷。</p>"
    reading = read(
        {"/": MENU, "/news/": news, "/gone/": lost}, canaries=(lost, lost), looks={"/gone/": lost}
    )

    found = targets(reading)

    assert (found["/gone/"].outcome, found["/gone/"].looks) == (FetchOutcome.SOFT_404, 2)
    assert found["/news/"].outcome is FetchOutcome.OK


def test_an_article_about_missing_pages_is_no_soft_404() -> None:
    lost = "<title>提示</title><h1>提示</h1><p>抱歉，您访问的页面不存在。</p>"
    news = "<title>关于404错误页面不存在的说明</title><h1>关于404</h1><p>您访问的页面不存在时，请检查网址是否正确。网站改版后旧网址不再使用。</p>"
    reading = read({"/": MENU, "/news/": news, "/gone/": news}, canaries=(lost, lost))

    assert targets(reading)["/news/"].outcome is FetchOutcome.OK


def test_a_site_that_answers_everything_with_its_home_page_teaches_nothing() -> None:
    home = f"<title>示例交通运输厅</title>{MENU}<p>欢迎访问示例交通运输厅门户网站，欢迎监督。</p>"
    reading = read(
        {"/": home, "/news/": home, "/gone/": home}, canaries=(home, Page(home, final="/"))
    )

    assert {target.outcome for target in reading.links} == {FetchOutcome.OK}


def test_a_link_on_most_pages_is_part_of_the_menu_whatever_its_place() -> None:
    body = '<p>正文<a href="/about/">关于本站</a></p>'
    pages = {f"/a{n}.html": f"<title>第{n}页</title>{body}" for n in range(9)}
    home = "".join(f'<a href="/a{n}.html">第{n}页</a>' for n in range(9))
    reading = read({"/": home + body, **pages, "/about/": "<p>关于</p>"})

    about = targets(reading)["/about/"]

    assert [(place.region, place.pages) for place in about.places] == [(Region.NAV, 10)]
    assert about.level == "home"


def test_examples_are_the_first_twenty_pages_in_the_order_of_their_addresses() -> None:
    pages = {f"/a{n:02}.html": '<p><a href="/gone/">规划</a></p>' for n in range(30)}
    home = "".join(f'<a href="/a{n:02}.html">第{n}页</a>' for n in range(30))
    reading = read({"/": home, **pages, "/gone/": 404})

    gone = targets(reading)["/gone/"]

    assert gone.pages == 30
    assert [e.page for e in gone.examples] == [f"http://site.test/a{n:02}.html" for n in range(20)]


def test_outside_links_that_were_only_recorded_are_not_judged() -> None:
    reading = read({"/": MENU + '<a href="http://other.test/">友情链接</a>', "/news/": "<p>x</p>"})

    assert "http://other.test/" not in targets(reading)


def test_an_outside_name_that_does_not_resolve_counts_only_when_another_outside_host_answered() -> (
    None
):
    home = '<a href="http://one.test/">甲</a><a href="http://two.test/">乙</a>'
    alone = read(
        {"/": home}, looks={"http://one.test/": Page(status=0, outcome=FetchOutcome.DNS, looks=2)}
    )
    beside = read(
        {"/": home},
        looks={
            "http://one.test/": Page(status=0, outcome=FetchOutcome.DNS, looks=2),
            "http://two.test/": "<p>ok</p>",
        },
    )

    assert targets(alone)["http://one.test/"].reason is Reason.NO_NETWORK
    assert targets(beside)["http://one.test/"].reason is None


def test_a_refused_connection_of_a_host_that_answered_before_is_a_passing_fault() -> None:
    reading = read(
        {
            "/": MENU,
            "/news/": "<p>x</p>",
            "/gone/": Page(status=0, outcome=FetchOutcome.CONNECTION_REFUSED),
        },
        looks={"/gone/": Page(status=0, outcome=FetchOutcome.CONNECTION_REFUSED)},
    )

    assert targets(reading)["/gone/"].reason is Reason.UNREACHABLE


def test_a_request_that_was_never_sent_accuses_nobody() -> None:
    given_up = Page(status=0, outcome=FetchOutcome.HTTP_5XX, looks=0)
    reading = read({"/": MENU, "/news/": "<p>x</p>", "/gone/": given_up})

    assert targets(reading)["/gone/"].reason is Reason.UNREACHABLE


def test_the_first_round_looks_again_at_the_dead_then_at_what_nobody_asked_for() -> None:
    home = MENU + '<a href="/a.pdf">附件</a><a href="http://other.test/">友情链接</a>'
    reading = read({"/": home, "/news/": "<p>x</p>", "/gone/": 404})

    assert looked(reading) == ["/gone/", "/a.pdf", "http://other.test/"]
    assert looked(reading, external=False) == ["/gone/", "/a.pdf"]


def test_the_second_round_looks_again_at_what_the_first_found_dead() -> None:
    home = MENU + '<a href="/a.pdf">附件</a>'
    reading = read(
        {"/": home, "/news/": "<p>x</p>", "/gone/": 404}, looks={"/gone/": 404, "/a.pdf": 404}
    )

    assert looked(reading, round_=2) == ["/a.pdf"]


def test_a_page_that_failed_at_every_try_of_the_walk_is_looked_at_once_more_after_it() -> None:
    failing = Page("<p>x</p>", status=500, looks=3)
    pages = {"/": MENU, "/news/": "<p>x</p>", "/gone/": failing}
    again = read(pages, looks={"/gone/": failing})

    assert looked(read(pages)) == ["/gone/"]
    assert looked(again, round_=2) == []
    assert targets(again)["/gone/"].looks == 6


def test_an_attachment_that_comes_as_something_else_is_asked_for_once_more() -> None:
    good, odd = (Page(body, content_type="application/pdf") for body in ("%PDF-1.4", ""))
    home = '<a href="/a.pdf">甲</a><a href="/b.pdf">乙</a><a href="/c.pdf">丙</a>'
    once = read({"/": home}, looks={"/a.pdf": good, "/b.pdf": odd, "/c.pdf": odd})
    twice = read({"/": home}, looks={"/a.pdf": good, "/b.pdf": [odd, odd], "/c.pdf": [odd, good]})
    found = targets(twice)

    assert looked(once, round_=2) == ["/b.pdf", "/c.pdf"]
    assert looked(twice, round_=3) == []
    assert [(found[url].file, found[url].looks) for url in ("/a.pdf", "/b.pdf", "/c.pdf")] == [
        (FileFit.GOOD, 1),
        (FileFit.EMPTY, 2),
        (FileFit.GOOD, 1),
    ]


def test_nothing_is_planned_when_every_link_was_asked_for() -> None:
    reading = read({"/": MENU, "/news/": "<p>x</p>", "/gone/": 404}, looks={"/gone/": 404})

    assert plan(reading, external=True, max_looks=100, round_=2) == ()


def test_the_target_of_a_refresh_is_looked_at_twice_before_its_page_is_called_dead() -> None:
    refresh = '<meta http-equiv="Refresh" content="0; url=list/">'
    reading = read({"/": MENU, "/news/": refresh, "/news/list/": 404, "/gone/": "<p>x</p>"})

    assert looked(reading) == ["/news/list/"]


def test_pages_are_streamed_once_for_links_and_read_afresh_each_time() -> None:
    reading = read({"/": MENU, "/news/": "<p>x</p>", "/gone/": 404})

    assert [t.url for t in reading.links] == [t.url for t in reading.links]
    assert [p.url for p in reading.pages] == [p.url for p in reading.pages]


def test_two_hosts_of_one_site_do_not_make_one_link_twice() -> None:
    reading = read({"/": MENU + '<a href="http://site.test/gone/?spm=1">规划</a>', "/gone/": 404})

    assert [url for url in targets(reading) if url.startswith("/gone")] == ["/gone/"]
