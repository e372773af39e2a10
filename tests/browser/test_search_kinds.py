"""Every kind of search with a browser: the right verdict; two runs agree."""

import asyncio

import pytest

from audit.crawl import BrowserService
from tests.browsers import browsing, needs_browser
from tests.searches import (
    ADVICE,
    FETCHED,
    NEVER,
    SEARCHES,
    Search,
    box,
    failing,
    searched,
    told,
    verdict_of,
)

pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize("name", SEARCHES)
async def test_with_a_browser_a_search_gets_its_verdict(name: str) -> None:
    search = SEARCHES[name]
    async with browsing() as one, browsing() as another:  # shared, they were late under load
        runs = [searched(search, browser) for browser in (one, another)]
        (first, _), (second, _) = await asyncio.gather(*runs)

    assert search.with_browser == verdict_of(first)
    assert told(first) == told(second)


async def test_where_what_script_asked_for_did_not_come_a_person_decides(
    browser: BrowserService,
) -> None:
    reading, _ = await searched(SEARCHES["script asks for data and gets an error"], browser)

    assert (False, None) == (reading.trial.sure, reading.trial.reason)


async def test_one_list_for_everything_is_not_sure_where_what_script_asked_for_did_not_come(
    browser: BrowserService,
) -> None:
    rows = "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title, _ in ADVICE)
    click = f"document.querySelector('.content').innerHTML = `<ul>{rows}</ul>`; "
    searches = (Search(*NEVER, box(click)), Search(*NEVER, box(click + FETCHED), {"/api": failing}))
    runs = [searched(search, browser) for search in searches]
    (alike, _), (lacking, _) = await asyncio.gather(*runs)

    assert [(one.trial.alike, one.trial.sure) for one in (alike, lacking)] == [
        (True, True),
        (True, False),
    ]
