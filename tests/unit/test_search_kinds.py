"""Every kind of search without a browser: the right verdict, or an honest none; two runs agree."""

import pytest

from tests.searches import SEARCHES, Verdict, searched, told, verdict_of


@pytest.mark.parametrize("name", SEARCHES)
async def test_without_a_browser_a_search_gets_its_verdict_or_none(name: str) -> None:
    search = SEARCHES[name]
    first, _ = await searched(search, None)
    second, _ = await searched(search, None)
    verdict: Verdict = search.without

    assert verdict == verdict_of(first)
    assert told(first) == told(second)
