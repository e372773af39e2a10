"""Pages that the browser examines: which ones, once a run, and what is said where there was none."""

import pytest

from audit.errors import FactUnavailable
from audit.model import Fetch, FetchOutcome, PageKind, Purpose, Reason
from audit.model.examination import (
    BrokenRule,
    Examination,
    KeyboardWalk,
    Look,
    look_address,
    look_of,
)
from audit.reading import Reading, plan
from tests.searched import GET_FORM, found, query_of, read, results, site
from tests.served import Script
from tests.snapshots import HOME, MemorySnapshot
from tests.snapshots import read as read_pages

LIST = '<title>交通新闻</title><h2>交通新闻</h2><ul class="list">{}</ul>'
ROWS = "".join(
    f'<li><a href="/xw/{n}.html">示例公路第{n}合同段通车</a><span>2020-06-0{n}</span></li>'
    for n in range(1, 6)
)
PAGES = {
    "/": f'<title>示例交通运输厅</title>{{form}}<div class="nav"><a href="/xw/">交通新闻</a></div>{LIST.format(ROWS)}',
    "/xw/": LIST.format(ROWS),
    **{
        f"/xw/{n}.html": f"<title>示例公路第{n}合同段通车</title><h1>示例公路第{n}合同段通车</h1>"
        f"<p>发布时间：2020-06-0{n}</p><div>{'正文内容。' * 30}</div>"
        for n in range(1, 6)
    },
}


def reading_of(form: str = GET_FORM) -> Reading:
    return read_pages({**PAGES, "/": PAGES["/"].format(form=form)})


def planned(reading: Reading, *, round_: int = 2, **changes: object) -> dict[str, Look | None]:
    given: dict[str, object] = {"external": True, "max_looks": 0, "max_renders": 10}
    given |= {"examine": True, **changes}
    requests = plan(reading, round_=round_, **given)  # type: ignore[arg-type]
    chosen = [look_of(one.url) for one in requests if one.purpose is Purpose.EXAMINE]
    return {url.removeprefix(HOME): look for url, look in chosen}


def test_the_home_page_a_column_and_its_newest_article_are_examined_when_all_else_is_done() -> None:
    reading = reading_of("")

    assert planned(reading) == {"": None, "xw/": None, "xw/5.html": None}


def test_the_search_is_tried_on_the_page_that_shows_its_box() -> None:
    looks = planned(reading_of(), round_=5)

    assert looks[""] == Look("q", "公路")
    assert [look for url, look in looks.items() if url] == [None, None]


def test_nothing_is_typed_where_a_code_is_asked_for_or_the_answer_lies_on_another_host() -> None:
    code = GET_FORM.replace("</form>", '<input name="captcha" placeholder="验证码"></form>')
    other = GET_FORM.replace('"/search"', '"http://so.test/s"')

    assert planned(reading_of(code), round_=5)[""] == Look("q", "")
    assert planned(reading_of(other), round_=5)[""] == Look("q", "公路")
    assert planned(reading_of(other), round_=5, external=False)[""] == Look("q", "")


def test_pages_are_not_examined_before_the_search_was_asked() -> None:
    assert planned(reading_of(), round_=2) == {}


@pytest.mark.parametrize(("renders", "examine"), [(0, True), (10, False)])
def test_without_a_browser_nothing_is_planned(renders: int, examine: bool) -> None:
    assert planned(reading_of(""), max_renders=renders, examine=examine) == {}


def test_what_the_browser_found_is_put_together_rule_by_rule() -> None:
    lang = BrokenRule("html-has-lang", "serious", "<html> 元素必须有一个 lang 属性", 1, (), 1)
    odd = BrokenRule("some-rule", "minor", "引擎的话", 2, (), 3)
    fetches = [
        Fetch(HOME, Purpose.EXAMINE, FetchOutcome.OK, 2,
              examination=Examination("axe", (lang,), (odd,), ("label",))),
        Fetch(f"{HOME}xw/", Purpose.EXAMINE, FetchOutcome.OK, 2,
              examination=Examination("axe", (), (), ("html-has-lang", "label"))),
        Fetch(f"{HOME}xw/5.html", Purpose.EXAMINE, FetchOutcome.BROWSER_TIMEOUT, 2),
    ]  # fmt: skip
    known = reading_of("")
    pages = {**PAGES, "/": PAGES["/"].format(form="")}
    reading = known.again(MemorySnapshot.of(pages, examined=fetches))
    rules = {rule.rule: rule for rule in reading.examined.rules}

    assert [(page.kind, page.reason) for page in reading.examined.pages] == [
        (PageKind.HOME, None),
        (PageKind.LIST, None),
        (PageKind.ARTICLE, Reason.TIMEOUT),
    ]
    assert [(one.page.url, one.rule) for one in rules["html-has-lang"].broken] == [(HOME, lang)]
    assert (rules["html-has-lang"].kept, rules["label"].kept) == (1, 2)
    assert rules["html-has-lang"].name.zh == "页面没有声明语言"
    assert (rules["some-rule"].name.zh, rules["some-rule"].broken) == ("引擎的话", ())
    assert [one.rule for one in rules["some-rule"].doubtful] == [odd]
    assert planned(reading) == {}


@pytest.mark.parametrize("executable", [None, "/bin/false"])
async def test_without_a_browser_the_reading_says_so(executable: str | None) -> None:
    pages: dict[str, Script] = {**site()}
    pages["/search"] = lambda a: results(GET_FORM, found(query_of(a)))
    reading, _ = await read(pages, executable=executable, examine=True)

    if executable is None:
        with pytest.raises(FactUnavailable) as caught:
            _ = reading.examined
        assert caught.value.reason == Reason.NO_BROWSER
    else:
        assert {page.reason for page in reading.examined.pages} == {Reason.NO_BROWSER}
        assert reading.examined.rules == ()


def walked(walk: KeyboardWalk | None, form: str = GET_FORM) -> Reading:
    fetch = Fetch(
        look_address(HOME, Look("q")),
        Purpose.EXAMINE,
        FetchOutcome.OK,
        5,
        examination=Examination("axe", walk=walk),
    )
    pages = {**PAGES, "/": PAGES["/"].format(form=form)}
    return reading_of(form).again(MemorySnapshot.of(pages, examined=[fetch]))


def test_the_search_by_keyboard_is_told_with_the_code_that_it_asks_for() -> None:
    code = '<input name="captcha" placeholder="验证码">'
    spoken = f'{code}<a href="/code.wav">语音验证码</a>'
    walk = KeyboardWalk(shown=True, stops=3)
    readings = [
        walked(walk, GET_FORM.replace("</form>", f"{more}</form>")) for more in ("", code, spoken)
    ]

    assert [(one.walked.captcha, one.walked.spoken) for one in readings] == [
        (False, False),
        (True, False),
        (True, True),
    ]
    assert readings[0].walked.walk == walk


@pytest.mark.parametrize(
    ("walk", "reason"),
    [(None, Reason.TIMEOUT), (KeyboardWalk(shown=False), Reason.NOTHING_FOUND)],
    ids=["it broke", "no box to be seen"],
)
def test_a_search_that_could_not_be_tried_is_unavailable(
    walk: KeyboardWalk | None, reason: Reason
) -> None:
    with pytest.raises(FactUnavailable) as caught:
        _ = walked(walk).walked

    assert caught.value.reason == reason
