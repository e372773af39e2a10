"""What an answer means, seen by itself."""

import pytest

from audit.model import Fetch, FetchOutcome, Purpose
from audit.reading import classify, read_page

URL = "http://site.test/a.html"
ARTICLE = "<h1>关于某事的通知</h1><p>" + "正文内容。" * 100 + "</p>"


def meaning(
    body: str | bytes, status: int = 200, outcome: FetchOutcome = FetchOutcome.OK
) -> FetchOutcome:
    raw = body if isinstance(body, bytes) else body.encode()
    record = read_page(raw, URL, "text/html; charset=utf-8")
    return classify(Fetch(URL, Purpose.WALK, outcome, status=status), record)


@pytest.mark.parametrize(
    ("status", "outcome", "expected"),
    [
        (401, FetchOutcome.HTTP_4XX, FetchOutcome.LOGIN_REQUIRED),
        (403, FetchOutcome.HTTP_4XX, FetchOutcome.FORBIDDEN),
        (404, FetchOutcome.HTTP_4XX, FetchOutcome.HTTP_4XX),
        (410, FetchOutcome.HTTP_4XX, FetchOutcome.HTTP_4XX),
        (429, FetchOutcome.HTTP_4XX, FetchOutcome.RATE_LIMITED),
        (500, FetchOutcome.HTTP_5XX, FetchOutcome.HTTP_5XX),
        (999, FetchOutcome.HTTP_OTHER, FetchOutcome.HTTP_OTHER),
        (200, FetchOutcome.OK, FetchOutcome.OK),
        (200, FetchOutcome.NOT_HTML, FetchOutcome.NOT_HTML),
        (0, FetchOutcome.TIMEOUT, FetchOutcome.TIMEOUT),
    ],
)
def test_the_status_says_it(status: int, outcome: FetchOutcome, expected: FetchOutcome) -> None:
    fetch = Fetch(URL, Purpose.WALK, outcome, status=status)

    assert classify(fetch, None) is expected
    assert meaning("<h1>x</h1>", status, outcome) is expected


SCRIPT = "<script>$_ts=window['$_ts'];</script>"
COMES_AGAIN = (
    "<script>document.cookie='a=1';location.href=location.pathname+location.search</script>"
)


@pytest.mark.parametrize("status", [412, 521])
def test_a_script_under_a_firewalls_status_is_a_challenge(status: int) -> None:
    outcome = FetchOutcome.HTTP_4XX if status < 500 else FetchOutcome.HTTP_5XX

    assert meaning(SCRIPT, status, outcome) is FetchOutcome.BOT_CHALLENGE
    assert meaning(ARTICLE, status, outcome) is outcome


def test_a_script_that_comes_again_is_a_challenge() -> None:
    assert meaning(COMES_AGAIN) is FetchOutcome.BOT_CHALLENGE


@pytest.mark.parametrize("status", [200, 403, 405])
def test_a_firewalls_notice_is_a_block_whatever_its_status(status: int) -> None:
    outcome = FetchOutcome.OK if status < 400 else FetchOutcome.HTTP_4XX

    assert (
        meaning("<h1>访问被拦截</h1><p>您的访问可能对网站造成威胁</p>", status, outcome)
        is FetchOutcome.WAF_BLOCK
    )


def test_an_article_about_blocking_is_an_article() -> None:
    assert meaning(f"<h1>访问被拦截怎么办</h1>{ARTICLE}") is FetchOutcome.OK


def test_a_verification_page_is_a_challenge_and_a_form_with_one_is_not() -> None:
    assert (
        meaning("<p>请输入验证码继续访问</p><img src=c.png><input name=code>")
        is FetchOutcome.BOT_CHALLENGE
    )
    assert (
        meaning("<form action=/s><input name=q><input name=code placeholder=验证码></form>")
        is FetchOutcome.OK
    )


def test_a_password_form_alone_is_a_login_wall() -> None:
    wall = "<form action=/login method=post><input name=u><input name=p type=password><button>登录</button></form>"

    assert meaning(wall) is FetchOutcome.LOGIN_REQUIRED
    assert meaning(wall + ARTICLE) is FetchOutcome.OK


@pytest.mark.parametrize(
    "shell",
    [
        "<div id=app></div><script src=/app.js></script>",
        "<noscript>请开启JavaScript</noscript><script src=/x.js></script>",
        "<script>window.location.href='/ok'</script>",
    ],
)
def test_a_page_of_scripts_needs_a_browser(shell: str) -> None:
    assert meaning(shell) is FetchOutcome.NEEDS_BROWSER


def test_an_empty_page_is_no_shell() -> None:
    assert meaning("") is FetchOutcome.OK
    assert meaning("<ul></ul><p>暂无数据</p><script src=/x.js></script>") is FetchOutcome.OK


def test_a_refresh_is_followed_unless_it_leaves_the_web() -> None:
    assert meaning('<meta http-equiv=refresh content="0;url=/a">') is FetchOutcome.OK
    assert meaning('<meta http-equiv=refresh content="0;url=file:///x">') is FetchOutcome.BAD_SCHEME


def test_noise_is_no_page() -> None:
    assert meaning(bytes(range(128, 256)) * 40) is FetchOutcome.NOT_HTML
