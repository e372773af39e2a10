"""The command against the worst server known: every row of its table gives its token."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsers import needs_browser
from tests.hostile.server import SERVER, Ran, audited, hostile, rows, told

ROWS = rows(
    "/browser/", "/redir/js", "/redir/frameset", "/http/521", "/http/412", "/html/script-only"
)
PASSED = {"/http/521-jsl"}  # its challenge is script that a browser runs
UNSEEN = {"/redir/js", "/redir/js-replace", "/html/script-only"}  # without a browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ROWS, reason=f"DUWANG_SHARED: no hostile server at {SERVER}"),
]


@pytest.fixture(scope="module")
def main(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server's main site."""
    with hostile(tmp_path_factory.mktemp("hostile")) as sites:
        yield sites["main"]


def allowed(path: str, expected: str) -> set[str]:
    """The outcomes that a row's expectation names."""
    if path in PASSED:
        return {"ok"}
    tokens = [part.strip() for part in expected.split(";")]
    named = [tokens[0], *(part.removeprefix("or ") for part in tokens if part.startswith("or "))]
    return {token.split()[0].rpartition(":")[2] for token in named}


def wrong(ran: Ran) -> dict[str, str]:
    """What rows gave other than their tokens."""
    tokens = {row.path: allowed(row.path, row.expected) for row in ROWS}
    return {path: got for path in tokens if (got := ran.token(path)) not in tokens[path]}


@pytest.mark.browser
@needs_browser
def test_every_row_of_the_browser_gives_its_token_and_nothing_inside_is_reached(
    main: str, tmp_path: Path
) -> None:
    ran = audited(tmp_path / "run", main, ROWS, tables='[browser]\nrender = "all"\n')
    tried = {row.path for row in ROWS} - set(ran.renders)

    assert wrong(ran) == {}
    assert tried == set()
    assert ran.token("/http/ok") == "ok"
    assert told(main, "/__hits") == []


@pytest.mark.browser
@needs_browser
def test_pages_that_show_themselves_without_script_are_not_rendered(
    main: str, tmp_path: Path
) -> None:
    ran = audited(tmp_path / "run", main, ROWS)
    rendered = set(ran.renders)

    assert rendered >= PASSED | UNSEEN
    assert {path for path in rendered if path.startswith("/browser/")} <= {"/browser/lazy-list"}
    assert {path: ran.token(path) for path in PASSED | UNSEEN} == dict.fromkeys(
        PASSED | UNSEEN, "ok"
    )


def test_without_a_browser_what_only_script_shows_is_left_open(main: str, tmp_path: Path) -> None:
    ran = audited(tmp_path / "run", main, ROWS, "--no-browser")
    accused = [
        one["check"]
        for one in ran.report["sites"][0]["findings"]
        if any(path in str(one) for path in UNSEEN | PASSED)
    ]

    assert {path: ran.token(path) for path in UNSEEN} == dict.fromkeys(UNSEEN, "needs_browser")
    assert ran.token("/http/521-jsl") == ran.token("/http/412-challenge") == "bot_challenge"
    assert accused == []
    assert ran.renders == {}
    assert told(main, "/__hits") == []
