"""Every kind of search without a browser: the right verdict, or an honest none; two runs agree."""

import asyncio

import pytest

from tests.searches import SEARCHES, Verdict, searched, told, verdict_of


@pytest.mark.parametrize("name", SEARCHES)
async def test_without_a_browser_a_search_gets_its_verdict_or_none(name: str) -> None:
    search = SEARCHES[name]
    # hosts of others are asked once a second: the two runs wait side by side
    (first, _), (second, _) = await asyncio.gather(searched(search, None), searched(search, None))
    verdict: Verdict = search.without

    assert verdict == verdict_of(first)
    assert told(first) == told(second)
