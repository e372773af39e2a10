"""Trying a site's search over HTTP: every kind of form and of engine, with the right verdict or none."""

from audit.model import ProbeKind, ProbeState, Reason, SearchState
from audit.model.search import SearchTrial
from tests.searched import GET_FORM, NEWS, NOTICES, found, query_of, read, results, site
from tests.served import Asked, Served, answer

POST_FORM = GET_FORM.replace('method="get"', 'method="post"')
ALL = (*NEWS, *NOTICES)


async def tried(form: str, engine: object, **more: object) -> tuple[SearchTrial, Served]:
    reading, server = await read(site(form, **{"/search": engine, **more}))  # type: ignore[arg-type]
    return reading.trial, server


def states(trial: SearchTrial) -> dict[ProbeKind, set[ProbeState]]:
    found: dict[ProbeKind, set[ProbeState]] = {}
    for probe in trial.probes:
        found.setdefault(probe.kind, set()).add(probe.state)
    return found


async def test_an_engine_that_finds_headlines_is_usable() -> None:
    trial, _ = await tried(GET_FORM, lambda a: results(GET_FORM, found(query_of(a))))

    assert trial.state is SearchState.USABLE
    assert states(trial) == {
        ProbeKind.TITLE: {ProbeState.HIT},
        ProbeKind.CONTROL: {ProbeState.HIT},
        ProbeKind.EMPTY: {ProbeState.HIT},
        ProbeKind.NONSENSE: {ProbeState.MISS},
    }
    assert {p.rank for p in trial.probes if p.kind is ProbeKind.TITLE} == {1}
    assert len({p.title for p in trial.probes if p.kind is ProbeKind.TITLE}) == 4


async def test_the_same_site_is_asked_the_same() -> None:
    first, _ = await tried(GET_FORM, lambda a: results(GET_FORM, found(query_of(a))))
    second, _ = await tried(GET_FORM, lambda a: results(GET_FORM, found(query_of(a))))

    assert {p.query for p in first.probes} == {p.query for p in second.probes}


async def test_a_form_that_posts_is_sent_as_it_stands() -> None:
    form = POST_FORM.replace(
        '<input type="submit"',
        '<input type="hidden" name="site" value="jtt"><select name="scope"><option value="1">标题'
        '</option><option value="2" selected>全文</option></select><input type="submit" name="go"',
    )
    trial, server = await tried(form, lambda a: results(form, found(query_of(a))))
    sent = [a for a in server.asked if a.path == "/search"]

    assert trial.state is SearchState.USABLE
    assert {a.body.partition(b"&q=")[0] for a in sent if a.body} == {
        b"scope=2&site=jtt&go=%E6%90%9C%E7%B4%A2"
    }
    assert {a.method for a in sent if a.body} == {"POST"}


async def test_a_search_that_answers_a_post_by_a_redirect_is_followed() -> None:
    asked: list[str] = []

    def engine(request: Asked) -> bytes:
        if request.method == "POST":
            asked.append(query_of(request))
            return answer("", 303, Location="/search")
        return results(POST_FORM, found(asked[-1]) if asked else ())

    reading, _ = await read(site(POST_FORM, **{"/search": engine}), concurrency=1)  # type: ignore[arg-type]

    assert reading.trial.state is SearchState.USABLE


async def test_a_form_of_a_gbk_page_is_sent_in_gbk() -> None:
    def engine(request: Asked) -> bytes:
        return results(GET_FORM, found(query_of(request, charset="gbk")), charset="gbk")

    reading, _ = await read(site(GET_FORM, charset="gbk", **{"/search": engine}))

    assert reading.trial.state is SearchState.USABLE


async def test_a_form_that_names_its_encoding_is_sent_in_it() -> None:
    form = GET_FORM.replace("<form ", '<form accept-charset="gb2312" ')
    trial, _ = await tried(form, lambda a: results(form, found(query_of(a, charset="gbk"))))

    assert trial.state is SearchState.USABLE


async def test_an_engine_that_does_not_know_two_headlines_misses_them_and_their_parts() -> None:
    def engine(request: Asked) -> bytes:
        rows = tuple(row for row in found(query_of(request)) if row in NOTICES)
        return results(GET_FORM, rows, None if rows else "没有找到相关内容")

    trial, _ = await tried(GET_FORM, engine)
    missed = {p.title for p in trial.probes if p.state is ProbeState.MISS and p.title}

    assert trial.state is SearchState.USABLE
    assert len(missed) == 2
    assert {p.kind for p in trial.probes if p.title in missed} == {ProbeKind.TITLE, ProbeKind.PART}


async def test_an_engine_that_never_finds_anything_is_unusable() -> None:
    trial, _ = await tried(GET_FORM, lambda _: results(GET_FORM, (), "抱歉，没有找到相关内容"))

    assert (trial.state, trial.sure) == (SearchState.UNUSABLE, True)


async def test_where_a_script_may_see_what_is_sent_a_person_decides() -> None:
    form = GET_FORM + '<script src="/common.js"></script>'
    trial, _ = await tried(form, lambda _: results(form, (), "抱歉，没有找到相关内容"))

    assert (trial.state, trial.sure) == (SearchState.UNUSABLE, False)


async def test_where_a_handler_sees_what_is_sent_a_miss_says_nothing() -> None:
    form = GET_FORM.replace("<form ", '<form onsubmit="return sent(this)" ')
    trial, _ = await tried(form, lambda _: results(form, (), "抱歉，没有找到相关内容"))

    assert (trial.state, trial.reason) == (SearchState.NOT_ASSESSED, Reason.NEEDS_BROWSER)
    assert ProbeState.MISS not in {s for k in (ProbeKind.TITLE,) for s in states(trial)[k]}


async def test_an_engine_that_answers_everything_alike_finds_nothing() -> None:
    trial, _ = await tried(GET_FORM, lambda _: results(GET_FORM, ALL[:4]))

    assert (trial.state, trial.alike, trial.sure) == (SearchState.UNUSABLE, True, True)
    assert not any(p.state is ProbeState.HIT for p in trial.probes if p.kind is ProbeKind.TITLE)


async def test_a_page_of_side_boxes_without_results_tells_nothing() -> None:
    side = (("/jg/1.html", "示例交通运输厅机构设置情况", ""), ("/jg/2.html", "示例厅领导分工", ""))
    trial, _ = await tried(GET_FORM, lambda _: results(GET_FORM, side, "热门推荐"))

    assert trial.state is not SearchState.USABLE
    assert not (trial.state is SearchState.UNUSABLE and trial.sure)


async def test_an_action_that_does_not_exist_is_an_error_of_every_query() -> None:
    reading, _ = await read(site(GET_FORM))

    assert reading.trial.state is SearchState.UNUSABLE
    assert states(reading.trial)[ProbeKind.TITLE] == {ProbeState.ERROR}
    assert {p.status for p in reading.trial.probes} == {404}


async def test_an_engine_that_fails_is_an_error() -> None:
    trial, _ = await tried(GET_FORM, lambda _: answer("<title>500</title>", 500))

    assert trial.state is SearchState.UNUSABLE
    assert states(trial)[ProbeKind.CONTROL] == {ProbeState.ERROR}


async def test_a_form_with_a_verification_code_is_not_sent() -> None:
    form = GET_FORM.replace(
        '<input type="submit"', '<input name="yzm" placeholder="验证码"><input type="submit"'
    )
    trial, server = await tried(form, lambda a: results(form, found(query_of(a))))

    assert (trial.state, trial.reason) == (SearchState.NOT_ASSESSED, Reason.CAPTCHA)
    assert not [a for a in server.paths() if a.startswith("/search?")]


async def test_a_verification_step_before_the_results_is_not_taken_for_an_answer() -> None:
    step = "<title>安全验证</title><p>请输入验证码后继续搜索</p><input name='captcha'>"
    trial, _ = await tried(GET_FORM, lambda _: answer(step))

    assert trial.state is SearchState.NOT_ASSESSED
    assert trial.reason in {Reason.CAPTCHA, Reason.BOT_CHALLENGE}


async def test_an_engine_that_is_asked_too_often_is_not_accused() -> None:
    trial, _ = await tried(GET_FORM, lambda _: results(GET_FORM, (), "搜索过于频繁，请10秒后再试"))

    assert (trial.state, trial.reason) == (SearchState.NOT_ASSESSED, Reason.RATE_LIMITED)


async def test_results_that_script_brings_need_a_browser() -> None:
    script = '<div id="list"></div><script>$.get("/api",function(d){$("#list").html(d)})</script>'
    trial, _ = await tried(GET_FORM, lambda _: results(GET_FORM, (), script))

    assert (trial.state, trial.reason) == (SearchState.NOT_ASSESSED, Reason.NEEDS_BROWSER)


async def test_a_box_that_script_serves_needs_a_browser_and_is_not_sent() -> None:
    form = '<div class="search"><input id="q" placeholder="站内搜索"><a href="javascript:go()">搜索</a></div>'
    trial, server = await tried(form, lambda a: results(form, found(query_of(a))))

    assert (trial.state, trial.reason) == (SearchState.NOT_ASSESSED, Reason.NEEDS_BROWSER)
    assert not [a for a in server.paths() if a.startswith("/search")]


async def test_a_search_page_behind_a_link_is_opened_for_its_form() -> None:
    link = '<a href="/so/index.html">站内搜索</a>'
    page = answer(f"<title>站内搜索</title><body>{GET_FORM}</body>")
    trial, _ = await tried(
        link, lambda a: results(link, found(query_of(a))), **{"/so/index.html": page}
    )

    assert trial.state is SearchState.USABLE
    assert trial.page.endswith("/so/index.html")


async def test_nothing_but_the_search_is_ever_submitted() -> None:
    forms = (
        '<form action="/mail" method="post"><input name="title" placeholder="来信标题"><textarea name="text">'
        '</textarea><input type="submit" value="提交"></form>'
        '<form action="/login" method="post"><input name="user"><input type="password" name="p"></form>'
    )
    _, server = await tried(GET_FORM + forms, lambda a: results(GET_FORM, found(query_of(a))))

    assert {a.method for a in server.asked} <= {"GET", "HEAD"}


async def test_what_robots_txt_closes_is_not_tried() -> None:
    robots = answer("User-agent: *\nDisallow: /search", content_type="text/plain")
    trial, server = await tried(
        GET_FORM, lambda a: results(GET_FORM, found(query_of(a))), **{"/robots.txt": robots}
    )

    assert (trial.state, trial.reason) == (SearchState.NOT_ASSESSED, Reason.ROBOTS)
    assert not [path for path in server.paths() if path.startswith("/search")]


async def test_an_answer_that_counts_results_and_shows_none_is_left_open() -> None:
    trial, _ = await tried(
        GET_FORM,
        lambda a: answer(
            f"<title>搜索</title>{GET_FORM}<p>共找到{len(found(query_of(a)))}条结果</p>"
        ),
    )

    assert trial.state is SearchState.NOT_ASSESSED
    assert states(trial)[ProbeKind.TITLE] == {ProbeState.NOT_ASSESSED}
