"""robots.txt: RFC 9309 and the gaps of the library underneath."""

import pytest

from audit.crawl.answer import Answer
from audit.crawl.robots import MAX_BYTES, Rules, _verdict
from audit.model import FetchOutcome

SITE = "http://www.example.gov.cn"


def allowed(text: str | bytes, path: str) -> bool:
    raw = text.encode() if isinstance(text, str) else text
    return Rules(raw).allow(SITE + path)


def test_an_empty_file_forbids_nothing() -> None:
    assert allowed("", "/a") is True


def test_an_empty_disallow_forbids_nothing() -> None:
    assert allowed("User-agent: *\nDisallow:\n", "/a") is True


@pytest.mark.parametrize(
    ("agent", "ours"),
    [
        ("duwang", True),
        ("DuWang", True),
        ("duwang/1.0", True),
        ("duwang (audit)", True),
        ("*", True),
        ("du", False),
        ("duwangbot", False),
        ("my-duwang", False),
        ("other", False),
    ],
)
def test_a_group_is_ours_by_the_whole_product_token(agent: str, ours: bool) -> None:
    assert allowed(f"User-agent: {agent}\nDisallow: /\n", "/a") is not ours


def test_our_own_group_goes_before_the_star() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: duwang\nDisallow: /b\n"

    assert (allowed(text, "/a"), allowed(text, "/b")) == (True, False)


def test_groups_of_one_agent_are_merged() -> None:
    text = (
        "User-agent: *\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: *\nDisallow: /b"
    )

    assert [allowed(text, p) for p in ("/a", "/b", "/c")] == [False, False, True]


def test_the_longest_rule_wins_and_allow_wins_a_tie() -> None:
    text = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /t\nAllow: /t\n"

    assert [allowed(text, p) for p in ("/a/x", "/a/b", "/t")] == [False, True, True]


def test_star_and_dollar_are_patterns() -> None:
    text = "User-agent: *\nDisallow: /*.php$\n"

    assert [allowed(text, p) for p in ("/x.php", "/x.php?a", "/x.html")] == [False, True, True]


@pytest.mark.parametrize(
    "text", [b"\xef\xbb\xbfUser-agent: *\nDisallow: /p", b"User-agent: *\rDisallow: /p\r"]
)
def test_a_byte_order_mark_and_cr_line_ends_are_read(text: bytes) -> None:
    assert (allowed(text, "/p"), allowed(text, "/q")) == (False, True)


def test_paths_in_another_encoding_are_compared_byte_by_byte() -> None:
    text = "User-agent: *\nDisallow: /通知\n".encode("gbk")

    assert allowed(text, "/%CD%A8%D6%AA/1") is False
    assert allowed(text, "/%cd%a8%d6%aa/1") is False
    assert allowed(text, "/%B9%AB%B8%E6/1") is True


def test_a_page_or_utf16_in_place_of_the_file_forbids_nothing() -> None:
    assert allowed("<!doctype html><body>User-agent: *<br>Disallow: /<br></body>", "/a") is True
    assert allowed("User-agent: *\nDisallow: /\n".encode("utf-16"), "/a") is True


def test_ten_thousand_stars_are_matched_in_bounded_time() -> None:
    text = "User-agent: *\nDisallow: /" + "*a" * 10_000 + "$\nDisallow: /p\n"

    assert (allowed(text, "/" + "a" * 5000), allowed(text, "/p")) == (True, False)


def test_the_crawl_delay_is_read() -> None:
    assert Rules(b"User-agent: *\nCrawl-delay: 86400\n").delay == 86400
    assert Rules(b"User-agent: *\nCrawl-delay: x\n").delay == 0


def answer(
    outcome: FetchOutcome, status: int = 0, body: bytes = b"", *, cut: bool = False
) -> Answer:
    return Answer(outcome, SITE + "/robots.txt", status=status, body=body, cut=cut)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refused_file_forbids_nothing(status: int) -> None:
    verdict = _verdict(answer(FetchOutcome.HTTP_4XX, status))

    assert isinstance(verdict, Rules)
    assert verdict.allow(SITE + "/a") is True


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (FetchOutcome.HTTP_4XX, 429),
        (FetchOutcome.HTTP_5XX, 500),
        (FetchOutcome.HTTP_5XX, 503),
        (FetchOutcome.HTTP_OTHER, 999),
        (FetchOutcome.TIMEOUT, 0),
        (FetchOutcome.CONNECTION_RESET, 0),
        (FetchOutcome.PROTOCOL, 0),
    ],
)
def test_a_file_that_cannot_be_read_forbids_everything(outcome: FetchOutcome, status: int) -> None:
    verdict = _verdict(answer(outcome, status))

    assert isinstance(verdict, tuple)
    assert verdict[0] is FetchOutcome.ROBOTS_UNREACHABLE


@pytest.mark.parametrize(
    "outcome", [FetchOutcome.DNS, FetchOutcome.CONNECTION_REFUSED, FetchOutcome.TLS]
)
def test_a_host_that_cannot_be_reached_is_not_blamed_on_robots(outcome: FetchOutcome) -> None:
    verdict = _verdict(answer(outcome))

    assert isinstance(verdict, tuple)
    assert verdict[0] is outcome


def test_a_line_that_the_size_limit_cut_is_dropped() -> None:
    body = (b"User-agent: *\nDisallow: /private\n" + b"# x\n" * MAX_BYTES)[: MAX_BYTES - 12]
    cut = _verdict(answer(FetchOutcome.OK, 200, body + b"\nDisallow: /", cut=True))

    assert isinstance(cut, Rules)
    assert (cut.allow(SITE + "/open"), cut.allow(SITE + "/private")) == (True, False)
