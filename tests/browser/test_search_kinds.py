"""Every kind of search with a browser: the right verdict; two runs agree."""

import asyncio

import pytest

from tests.browsers import needs_browser
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


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize("name", SEARCHES)
async def test_with_a_browser_a_search_gets_its_verdict(name: str) -> None:
    search = SEARCHES[name]
    (first, _), (second, _) = await asyncio.gather(searched(search, ""), searched(search, ""))

    assert search.with_browser == verdict_of(first)
    assert told(first) == told(second)


@pytest.mark.browser
@needs_browser
async def test_where_what_script_asked_for_did_not_come_a_person_decides() -> None:
    reading, _ = await searched(SEARCHES["script asks for data and gets an error"], "")

    assert (False, None) == (reading.trial.sure, reading.trial.reason)


@pytest.mark.browser
@needs_browser
async def test_one_list_for_everything_is_not_sure_where_what_script_asked_for_did_not_come() -> (
    None
):
    rows = "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title, _ in ADVICE)
    click = f"document.querySelector('.content').innerHTML = `<ul>{rows}</ul>`; "
    alike, _ = await searched(Search(*NEVER, box(click)), "")
    lacking, _ = await searched(Search(*NEVER, box(click + FETCHED), {"/api": failing}), "")

    assert [(one.trial.alike, one.trial.sure) for one in (alike, lacking)] == [
        (True, True),
        (True, False),
    ]
