"""Every kind of search with a browser: the right verdict; two runs agree."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from audit.crawl import BrowserService
from tests.browsers import needs_browser
from tests.searched import browsing
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
Browsers = tuple[BrowserService, BrowserService]


class Loopback(frozenset[str]):
    """Every server of the tests, also one that does not listen yet."""

    def __contains__(self, place: object) -> bool:
        """Whether `host:port` is on this machine."""
        return str(place).startswith("127.0.0.1:")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browsers() -> AsyncIterator[Browsers]:
    """Two browsers, one for each of the runs that must agree; each renders every site, as in a run."""
    async with browsing("", Loopback()) as one, browsing("", Loopback()) as other:
        yield one, other


@pytest.mark.parametrize("name", SEARCHES)
async def test_with_a_browser_a_search_gets_its_verdict(name: str, browsers: Browsers) -> None:
    search = SEARCHES[name]
    runs = [searched(search, browser) for browser in browsers]
    (first, _), (second, _) = await asyncio.gather(*runs)

    assert search.with_browser == verdict_of(first)
    assert told(first) == told(second)


async def test_where_what_script_asked_for_did_not_come_a_person_decides(
    browsers: Browsers,
) -> None:
    reading, _ = await searched(SEARCHES["script asks for data and gets an error"], browsers[0])

    assert (False, None) == (reading.trial.sure, reading.trial.reason)


async def test_one_list_for_everything_is_not_sure_where_what_script_asked_for_did_not_come(
    browsers: Browsers,
) -> None:
    rows = "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title, _ in ADVICE)
    click = f"document.querySelector('.content').innerHTML = `<ul>{rows}</ul>`; "
    searches = (Search(*NEVER, box(click)), Search(*NEVER, box(click + FETCHED), {"/api": failing}))
    runs = [searched(search, browser) for search, browser in zip(searches, browsers, strict=True)]
    (alike, _), (lacking, _) = await asyncio.gather(*runs)

    assert [(one.trial.alike, one.trial.sure) for one in (alike, lacking)] == [
        (True, True),
        (True, False),
    ]
