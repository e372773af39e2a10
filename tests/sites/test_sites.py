"""The project's own sites, in the manner of usual content systems: read exactly as they are.

Where the reader is known to be wrong, `known_gaps` of the site's truth says so: such a gap is an
expected failure, told by name, and a gap that was mended must leave the list.
"""

import re
from functools import cache

import pytest

from audit.model import VerdictState
from tests.sites.differences import MEASURES, differences, subject_of
from tests.sites.truth import FOLDER, Truth, manners, truth_of
from tests.sites.visited import Seen, site_of, visit

TRUTHS = {manner: truth_of(manner) for manner in manners()}
GAPS = [
    pytest.param(manner, about, id=f"{manner}: {about}")
    for manner, truth in TRUTHS.items()
    for about in truth.known_gaps
]
INNOCENTS = [
    pytest.param(manner, one, id=f"{manner}: {one.check} {one.url}")
    for manner, truth in TRUTHS.items()
    for one in truth.innocents
]

TRAPS = (
    "breadcrumb 现在位置",
    "breadcrumb 您的位置",
    "breadcrumb 当前位置",
    "breadcrumb 您所在的位置",
    "breadcrumb 您现在的位置",
    "breadcrumb 您当前的位置",
    "ColumnName label",
    "two paths to one column",
    "page of boxes above columns",
    "rows in ul",
    "rows in a table",
    "rows in dl",
    "rows in div",
    "date before the link",
    "[06-10] under a year",
    "day and month in separate tags",
    "side bar of the most read",
    "home page that mixes columns",
    "pinned row",
    "day of writing beside that of publication",
    "record set in a data store",
    "next group of a data store",
    "JSON in the page",
    "document.write",
    "createPageHTML",
    "createPageHTML with variables",
    "list1.htm",
    "index_2.html",
    "12_2.html",
    "tzgg/2.htm that counts down",
    "?page=",
    "undated first page that needs the second",
    "list that script fills",
    "blank column beside scripts that fill nothing",
    "PubDate",
    "relatives of PubDate",
    "label 发布时间",
    "label 发布日期",
    "label 时间",
    "label 日期",
    "label 录入时间",
    "label 【时间：】",
    "date without a label under the headline",
    "date of the list alone",
    "inline pubdata",
    "date of the address alone",
    "signature in Chinese numerals",
    "signature alone: written, not published",
    "06-20 without a year",
    "page clock",
    "time at which the page was made",
    "years of the footer",
    "days in the text",
    "days in summaries of rows",
    "days in names of attachments",
    "strong dates that disagree",
    "date in the future",
    "item without any date",
    "soft 404",
    "article about pages that do not exist",
    "near-identical pages",
    "dead link in the foot of every page",
    "relative address in two folders",
    "meta refresh",
    "script redirect",
    "gate home page",
    "frameset home page",
    "dated statement 本月无…",
    "archived topic",
    "external column",
    "static column",
    "stale column",
    "blank column",
    "hidden block",
    "drop-down menu",
    "empty links",
    "attachment that is a page",
    "attachment without content",
    "attachment without a suffix",
    "site codes that differ",
    "policy and interpretation linked both ways",
    "policy and interpretation not linked",
    "list sorted by weight, newest on the second page",
    "list that only a form turns",
    "days ago instead of a date",
    "label 更新时间",
    "rows that are documents",
    "label 日期 in every row",
    "column that a frame fills",
    "column that is refused",
    "encoding of the header is not the page's",
    "stale home page",
)


def places() -> dict[str, list[tuple[str, str]]]:
    """The table of the read-me: trap → site and path."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| ([^|]+?) \| (`[^|]+?) \|$", text[text.index("## Traps") :], re.MULTILINE
    )
    return {trap: re.findall(r"`(\w+)` (\S+)", where) for trap, where in rows}


PLACES = places()


@cache
def seen(manner: str) -> tuple[Truth, Seen]:
    """Each site is crawled once."""
    return TRUTHS[manner], visit(manner, TRUTHS[manner])


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("manner", TRUTHS)
def test_a_site_is_read_as_it_is(manner: str, measure: str) -> None:
    truth, found = seen(manner)
    amiss = [
        f"{one.about}: {one.truth}, read {one.read}"
        for one in MEASURES[measure](truth, found)
        if one.about not in truth.known_gaps
    ]

    assert amiss == []


@pytest.mark.parametrize(("manner", "about"), GAPS)
def test_a_known_gap_is_still_open(manner: str, about: str) -> None:
    truth, found = seen(manner)
    check = about.partition(" ")[0]
    if check in TRUTHS[manner].findings and check not in found.verdicts:
        pytest.skip(f"there is no check {check} yet")
    still = [one for one in differences(truth, found) if one.about == about]

    assert still, f"mended: take “{about}” from known_gaps of {manner}"

    pytest.xfail(f"{truth.known_gaps[about]} (truth {still[0].truth}, read {still[0].read})")


@pytest.mark.parametrize(("manner", "innocent"), INNOCENTS)
def test_a_look_alike_is_not_accused(manner: str, innocent: object) -> None:
    truth, found = seen(manner)
    accused = {
        (check, subject_of(verdict).partition("#")[0])
        for check, verdicts in found.verdicts.items()
        for verdict in verdicts
        if verdict.state in {VerdictState.FAULT, VerdictState.REVIEW}
    }
    clean = [one for one in truth.innocents if (one.check, one.url) in accused]

    assert innocent not in clean


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_has_its_place(trap: str) -> None:
    assert trap in PLACES


def test_every_trap_of_the_read_me_is_asked_for() -> None:
    assert set(TRAPS) == set(PLACES)


@pytest.mark.parametrize("trap", PLACES)
def test_the_place_of_a_trap_is_a_page_of_its_site(trap: str) -> None:
    elsewhere = [
        (manner, path)
        for manner, path in PLACES[trap]
        if path not in site_of(manner).files and path not in dead_of(manner)
    ]

    assert PLACES[trap]
    assert elsewhere == []


def dead_of(manner: str) -> tuple[str, ...]:
    """Addresses that a site links to and does not have."""
    found = TRUTHS[manner].findings.get("dead-link")
    return found.fault if found else ()
