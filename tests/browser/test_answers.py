"""What a search by typing brought: the status and the losses of the window that shows it."""

import asyncio

import pytest

from audit.crawl.browser import BrowserService, Rendered
from audit.model import FetchOutcome
from tests.browsers import Loopback, needs_browser
from tests.served import Asked, Script, answer, served

pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]

NEW_WINDOW = '<form action="/r" target="_blank"><input id="q" name="q" type="search"></form>'
SAME_WINDOW = NEW_WINDOW.replace(' target="_blank"', "")
FRAMES = "".join(f'<iframe src="/f{n}"></iframe>' for n in range(7))
LOST = "<script>fetch('/lost')</script>"


async def searched(
    browser: BrowserService, form: str, results: bytes, **scripts: Script
) -> Rendered:
    """What comes of a query typed into the form; `scripts` by the name of their path."""
    pages: dict[str, Script] = {"/": answer(f"<title>站</title>{form}"), "/r": results}
    pages |= {f"/{name}": script for name, script in scripts.items()}
    async with served(pages) as site:
        return await browser.search(site.url + "/", "q", "公路")


@pytest.mark.parametrize("form", [NEW_WINDOW, SAME_WINDOW], ids=["new window", "same window"])
@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, FetchOutcome.OK), (404, FetchOutcome.HTTP_4XX), (502, FetchOutcome.HTTP_5XX)],
)
async def test_the_status_is_that_of_the_window_that_answers(
    browser: BrowserService, form: str, status: int, outcome: FetchOutcome
) -> None:
    rendered = await searched(browser, form, answer("<p>答</p>", status))

    assert (rendered.outcome, rendered.status) == (outcome, status)


@pytest.mark.parametrize("form", [NEW_WINDOW, SAME_WINDOW], ids=["new window", "same window"])
async def test_a_window_that_gets_no_answer_is_no_answer(
    browser: BrowserService, form: str
) -> None:
    rendered = await searched(browser, form, b"")

    assert rendered.outcome is FetchOutcome.CONNECTION_CLOSED


async def test_a_window_that_opens_late_is_the_answer(browser: BrowserService) -> None:
    later = "onkeydown=\"if (event.key === 'Enter') setTimeout(() => window.open('/r'), 450)\""
    rendered = await searched(browser, f'<input id="q" type="search" {later}>', answer("<p>答</p>"))

    assert "答" in rendered.html
    assert rendered.final_url.endswith("/r")


WAYS = {
    "by its form": NEW_WINDOW,
    "by Enter": "<input id='q' type='search' onkeydown=\"if (event.key === 'Enter') window.open('/r')\">",
    "by a click": "<p><input id='q' type='search'><button onclick=\"window.open('/r')\">搜索</button></p>",
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_window_whose_answer_is_long_in_coming_is_waited_for(way: str) -> None:
    due = asyncio.Event()

    def asked(_: Asked) -> bytes:
        asyncio.get_running_loop().call_later(2.5, due.set)  # more than a settled page takes
        return answer("<p>答</p>")

    pages: dict[str, Script] = {"/": answer(f"<title>站</title>{WAYS[way]}"), "/r": asked}
    async with served(pages) as site, patient(20.0) as browser:
        site.held["/r"] = due
        rendered = await browser.search(site.url + "/", "q", "公路")

    assert (rendered.outcome, rendered.lacking) == (FetchOutcome.OK, False)
    assert "答" in rendered.html


@pytest.mark.parametrize("way", WAYS)
async def test_a_window_whose_answer_does_not_come_leaves_the_search_open(way: str) -> None:
    due = asyncio.Event()
    pages: dict[str, Script] = {
        "/": answer(f"<title>站</title>{WAYS[way]}"),
        "/r": answer("<p>答</p>"),
    }
    async with served(pages) as site, patient(1.5) as browser:
        site.held["/r"] = due
        rendered = await browser.search(site.url + "/", "q", "公路")
        due.set()

    assert rendered.lacking is True
    assert "答" not in rendered.html


def patient(settles: float) -> BrowserService:
    """A browser that waits so many seconds for an answer."""
    return BrowserService("", Loopback(), "duwang/0.1", settles=settles, quiet=0.4)


@pytest.mark.parametrize(
    ("here", "there", "lacking"),
    [("", LOST, True), (LOST, "", False), ("", "", False)],
    ids=["the answer's", "the opener's", "nothing"],
)
async def test_what_did_not_come_counts_in_the_window_that_answers(
    browser: BrowserService, here: str, there: str, lacking: bool
) -> None:
    rendered = await searched(browser, NEW_WINDOW + here, answer(f"<p>答</p>{there}"))

    assert rendered.outcome is FetchOutcome.OK
    assert lacking is rendered.lacking


async def test_frames_that_are_not_looked_into_leave_the_answer_open(
    browser: BrowserService,
) -> None:
    frames = {f"f{n}": answer("<p>框</p>") for n in range(7)}
    whole = await searched(
        browser, SAME_WINDOW, answer(FRAMES.partition('<iframe src="/f3"')[0]), **frames
    )
    some = await searched(browser, SAME_WINDOW, answer(FRAMES), **frames)
    nested = await searched(
        browser,
        SAME_WINDOW,
        answer(FRAMES.partition('<iframe src="/f1"')[0]),
        f0=answer('<iframe src="/f1"></iframe>'),
        f1=answer("<p>内</p>"),
    )
    bare = await searched(
        browser,
        SAME_WINDOW,
        answer(FRAMES.partition('<iframe src="/f1"')[0]),
        f0=answer('<frameset><frame src="/f1"></frameset>'),
        f1=answer("<p>内</p>"),
    )

    assert "框" in some.html
    assert [one.lacking for one in (whole, some, nested, bare)] == [False, True, True, True]
