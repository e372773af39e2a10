"""What a search by typing brought: the status and the losses of the window that shows it."""

import pytest

from audit.crawl.browser import BrowserService, Rendered
from audit.model import FetchOutcome
from tests.browsers import needs_browser
from tests.served import Script, answer, served

pytestmark = [pytest.mark.browser, needs_browser]

NEW_WINDOW = '<form action="/r" target="_blank"><input id="q" name="q" type="search"></form>'
SAME_WINDOW = NEW_WINDOW.replace(' target="_blank"', "")
FRAMES = "".join(f'<iframe src="/f{n}"></iframe>' for n in range(7))
LOST = "<script>fetch('/lost')</script>"


async def searched(form: str, results: bytes, **scripts: Script) -> Rendered:
    """What comes of a query typed into the form; `scripts` by the name of their path."""
    pages: dict[str, Script] = {"/": answer(f"<title>站</title>{form}"), "/r": results}
    pages |= {f"/{name}": script for name, script in scripts.items()}
    async with served(pages) as site:
        service = BrowserService(
            "", frozenset({site.host}), "duwang/0.1", settles=4.0, goto=6.0, quiet=0.4
        )
        async with service as browser:
            return await browser.search(site.url + "/", "q", "公路")


@pytest.mark.parametrize("form", [NEW_WINDOW, SAME_WINDOW], ids=["new window", "same window"])
@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, FetchOutcome.OK), (404, FetchOutcome.HTTP_4XX), (502, FetchOutcome.HTTP_5XX)],
)
async def test_the_status_is_that_of_the_window_that_answers(
    form: str, status: int, outcome: FetchOutcome
) -> None:
    rendered = await searched(form, answer("<p>答</p>", status))

    assert (rendered.outcome, rendered.status) == (outcome, status)


@pytest.mark.parametrize("form", [NEW_WINDOW, SAME_WINDOW], ids=["new window", "same window"])
async def test_a_window_that_gets_no_answer_is_no_answer(form: str) -> None:
    rendered = await searched(form, b"")

    assert rendered.outcome is FetchOutcome.CONNECTION_CLOSED


async def test_a_window_that_opens_late_is_the_answer() -> None:
    later = "onkeydown=\"if (event.key === 'Enter') setTimeout(() => window.open('/r'), 450)\""
    rendered = await searched(f'<input id="q" type="search" {later}>', answer("<p>答</p>"))

    assert "答" in rendered.html
    assert rendered.final_url.endswith("/r")


@pytest.mark.parametrize(
    ("here", "there", "lacking"),
    [("", LOST, True), (LOST, "", False), ("", "", False)],
    ids=["the answer's", "the opener's", "nothing"],
)
async def test_what_did_not_come_counts_in_the_window_that_answers(
    here: str, there: str, lacking: bool
) -> None:
    rendered = await searched(NEW_WINDOW + here, answer(f"<p>答</p>{there}"))

    assert rendered.outcome is FetchOutcome.OK
    assert lacking is rendered.lacking


async def test_frames_that_are_not_looked_into_leave_the_answer_open() -> None:
    frames = {f"f{n}": answer("<p>框</p>") for n in range(7)}
    whole = await searched(SAME_WINDOW, answer(FRAMES.partition('<iframe src="/f3"')[0]), **frames)
    some = await searched(SAME_WINDOW, answer(FRAMES), **frames)
    nested = await searched(
        SAME_WINDOW,
        answer(FRAMES.partition('<iframe src="/f1"')[0]),
        f0=answer('<iframe src="/f1"></iframe>'),
        f1=answer("<p>内</p>"),
    )
    bare = await searched(
        SAME_WINDOW,
        answer(FRAMES.partition('<iframe src="/f1"')[0]),
        f0=answer('<frameset><frame src="/f1"></frameset>'),
        f1=answer("<p>内</p>"),
    )

    assert "框" in some.html
    assert [one.lacking for one in (whole, some, nested, bare)] == [False, True, True, True]
