"""Real search engines on loopback: what they are like is told from their answers, and told again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.browsers import needs_browser
from tests.engines.manual import build
from tests.engines.running import audited, cms, files, states, untimed, verdicts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def content_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Wagtail with the search of its own."""
    with cms(tmp_path_factory.mktemp("cms")) as home:
        yield home


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """MkDocs with Material."""
    with files(build(tmp_path_factory.mktemp("manual"))) as home:
        yield home


def twice(folder: Path, home: str, *options: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two runs, each with a store of its own: both wait for the same site at once."""
    with ThreadPoolExecutor() as pool:
        one, two = (pool.submit(audited, folder / name, home, *options) for name in ("one", "two"))
        return one.result(), two.result()


def test_without_a_browser_a_search_that_only_script_serves_is_left_open(
    manual: str, tmp_path: Path
) -> None:
    site = audited(tmp_path / "one", manual, "--no-browser")
    said = verdicts(site)

    assert said["missing-search"] == "pass"


@pytest.mark.browser
@needs_browser
def test_a_search_that_only_script_serves_is_tried_by_typing_and_two_runs_agree(
    manual: str, tmp_path: Path
) -> None:
    site, again = twice(tmp_path, manual)
    said = verdicts(site)

    assert site["search"]["state"] == "usable"
    assert {said[c] for c in ("missing-search", "search-miss", "unusable-search")} == {"pass"}
    assert {probe["via"] for probe in site["search"]["probes"]} == {"browser"}
    assert states(site, "title") == ["hit"] * 4
    assert states(site, "nonsense") == ["miss"]
    assert untimed(site) == untimed(again)
    assert said == verdicts(again)


def test_a_search_that_knows_whole_titles_only_is_unusable_and_two_runs_agree(
    content_system: str, tmp_path: Path
) -> None:
    site, again = twice(tmp_path, content_system, "--no-browser")
    said = verdicts(site)

    assert site["search"]["state"] == "unusable"
    assert (said["missing-search"], said["unusable-search"]) == ("pass", "fail")
    assert states(site, "title") == ["hit"] * 4
    assert states(site, "control") == ["miss"] * 3
    assert {probe["via"] for probe in site["search"]["probes"]} == {"http"}
    assert untimed(site) == untimed(again)
    assert said == verdicts(again)


@pytest.mark.browser
@needs_browser
def test_a_browser_does_not_change_what_answers_over_http_say(
    content_system: str, tmp_path: Path
) -> None:
    site = audited(tmp_path / "one", content_system)

    assert site["search"]["state"] == "unusable"
    assert verdicts(site)["unusable-search"] == "fail"
