"""Why something may be on a site although no page shows it."""

import datetime as dt

import pytest

from audit.model import FetchOutcome, OutcomeStatus, Reason, RegisteredUnit
from checks import load
from tests.cases import Answered, Case, concluded, reading_of

UNITS = (RegisteredUnit("jtt", "示例交通运输厅", site="jtt"),)
CLOSED = {
    FetchOutcome.ROBOTS: Reason.ROBOTS,
    FetchOutcome.FORBIDDEN: Reason.FORBIDDEN,
    FetchOutcome.WAF_BLOCK: Reason.WAF_BLOCK,
    FetchOutcome.BOT_CHALLENGE: Reason.BOT_CHALLENGE,
    FetchOutcome.TIMEOUT: Reason.TIMEOUT,
    FetchOutcome.HTTP_5XX: Reason.UNREACHABLE,
}
ABSENCES = (
    "missing-openness-column",
    "missing-yearly-report",
    "missing-consult-channel",
    "missing-services",
    "missing-unit-fact",
)


def site(name: str, answer: Answered, address: str = "/zw/") -> Case:
    """A home page whose one link leads to what gave that answer."""
    home = f'<title>示例交通运输厅</title><p>欢迎访问</p><ul><li><a href="{address}">{name}</a></li></ul>'
    return Case(
        name="closed",
        as_of=dt.date(2025, 11, 25),
        status=OutcomeStatus.NOT_ASSESSED,
        pages={"/": home, address: answer},
        units=UNITS,
    )


@pytest.mark.parametrize("outcome", CLOSED)
@pytest.mark.parametrize("check", ABSENCES)
def test_what_a_closed_section_may_hold_is_not_missing(check: str, outcome: FetchOutcome) -> None:
    found = concluded(load()[check], site("政务", Answered(outcome=outcome)))

    assert (OutcomeStatus.NOT_ASSESSED, CLOSED[outcome]) == (found.status, found.reason)


@pytest.mark.parametrize("check", ABSENCES)
def test_what_is_nowhere_is_missing_when_every_section_was_seen(check: str) -> None:
    open_ = Answered("<title>政务</title><h1>政务</h1><p>请从各栏目进入。</p>")

    found = concluded(load()[check], site("政务", open_))

    assert found.status in {OutcomeStatus.FAIL, OutcomeStatus.REVIEW}


@pytest.mark.parametrize(
    ("name", "address", "outcome"),
    [
        ("关于印发示例省公路养护管理办法的通知", "/1.html", FetchOutcome.TIMEOUT),
        ("English", "/en/", FetchOutcome.FORBIDDEN),
        ("用户登录", "/login/", FetchOutcome.LOGIN_REQUIRED),
        ("政务", "/zw/", FetchOutcome.HTTP_4XX),
        ("工作手册", "/shouce.pdf", FetchOutcome.TIMEOUT),
    ],
)
def test_no_section_is_hidden_behind_a_headline_a_file_or_a_page_that_is_not_there(
    name: str, address: str, outcome: FetchOutcome
) -> None:
    assert reading_of(site(name, Answered(outcome=outcome), address)).unseen is None


def test_a_section_that_answered_a_later_look_only_was_not_read() -> None:
    case = site("政务", Answered(outcome=FetchOutcome.TIMEOUT))
    later = {"/zw/": Answered("<title>政务</title>")}

    assert reading_of(Case(**{**vars_of(case), "looks": later})).unseen is Reason.UNREACHABLE


def vars_of(case: Case) -> dict[str, object]:
    """The fields of a case."""
    return {name: getattr(case, name) for name in case.__struct_fields__}


@pytest.mark.parametrize(
    ("name", "address"),
    [("高级检索", "/search/"), ("个人中心", "/user/"), ("网站地图", "/map/")],
)
def test_what_holds_no_content_is_no_section(name: str, address: str) -> None:
    assert reading_of(site(name, Answered(outcome=FetchOutcome.ROBOTS), address)).unseen is None


def test_a_short_headline_in_a_list_is_one_article() -> None:
    rows = "".join(
        f'<li><a href="/news/{n}.html">省厅召开第{n}次会议</a><span>2025-11-0{n}</span></li>'
        for n in range(1, 7)
    )
    pages = {
        "/": '<title>示例交通运输厅</title><p>欢迎访问</p><ul><li><a href="/news/">要闻</a></li></ul>',
        "/news/": f"<title>要闻</title><h1>要闻</h1><ul>{rows}</ul>",
        "/news/3.html": Answered(outcome=FetchOutcome.TIMEOUT),
    }
    case = Case(
        name="x", as_of=dt.date(2025, 11, 25), status=OutcomeStatus.PASS, pages=pages, units=UNITS
    )

    assert reading_of(case).unseen is None
