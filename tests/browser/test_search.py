"""Searches that only script serves: tried by typing, as a person would."""

import json

import pytest

from audit.crawl import BrowserService
from audit.model import ProbeKind, ProbeState, Reason, SearchState
from audit.model.search import SearchTrial
from tests.browsers import browsing, needs_browser
from tests.searched import GET_FORM, NEWS, NOTICES, found, query_of, read, results, site
from tests.served import Asked, Script, Served, answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

BOX = (
    '<div class="search"><input id="kw" placeholder="站内搜索"><button id="go">搜索</button></div>'
    "<script>{}</script>"
)
ALL = json.dumps([*NEWS, *NOTICES])
SHOWS = (
    "const all = {rows}; function show(q) {{ const hits = all.filter(r => {test}); "
    "document.querySelector('.content').innerHTML = `<p>共找到${{hits.length}}条结果</p><ul class='list'>` + "
    "hits.map(r => `<li><a href='${{r[0]}}'>${{r[1]}}</a></li>`).join('') + '</ul>' }}"
)
CLICK = "document.getElementById('go').onclick = () => show(document.getElementById('kw').value);"
ENTER = (
    "document.getElementById('kw').onkeydown = e => { if (e.key == 'Enter') show(e.target.value) };"
)


def box(test: str, *ways: str) -> str:
    """A box whose script shows the rows that pass a test."""
    return BOX.format(
        SHOWS.format(rows=ALL, test=test)
        + "addEventListener('load', () => {"
        + "".join(ways)
        + "})"
    )


async def tried(
    form: str, browser: BrowserService | None, search: Script | None = None
) -> tuple[SearchTrial, Served]:
    pages = site(form)
    if search is not None:
        pages["/search"] = search
    reading, server = await read(pages, browser=browser)
    return reading.trial, server


FINDS = box("r[1].includes(q)", CLICK)


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize("ways", [(CLICK,), (ENTER,)], ids=["button", "enter"])
async def test_a_search_that_script_serves_is_usable_when_it_finds(
    browser: BrowserService, ways: tuple[str, ...]
) -> None:
    trial, _ = await tried(box("r[1].includes(q)", *ways), browser)

    assert trial.state is SearchState.USABLE
    assert {p.state for p in trial.probes if p.kind is ProbeKind.TITLE} == {ProbeState.HIT}
    assert {p.via for p in trial.probes} == {"browser"}
    assert all(len(p.picture) == 64 for p in trial.probes)


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize(
    ("form", "alike"),
    [(box("true", CLICK), True), (box("false", CLICK), False), (BOX.format(""), False)],
    ids=["the same for everything", "never anything", "nothing happens"],
)
async def test_a_search_that_script_serves_and_that_finds_nothing_is_unusable(
    browser: BrowserService, form: str, alike: bool
) -> None:
    trial, _ = await tried(form, browser)

    assert (trial.state, trial.sure, trial.alike) == (SearchState.UNUSABLE, True, alike)


@pytest.mark.browser
@needs_browser
async def test_results_in_a_new_window_are_read(browser: BrowserService) -> None:
    opens = "document.getElementById('go').onclick = () => open('/search?q=' + encodeURIComponent(kw.value))"

    def engine(request: Asked) -> bytes:
        return results("", found(query_of(request)))

    trial, _ = await tried(
        BOX.format(f"addEventListener('load', () => {{ {opens} }})"), browser, engine
    )

    assert trial.state is SearchState.USABLE


@pytest.mark.browser
@needs_browser
async def test_results_that_script_brings_to_the_page_of_a_form_are_read(
    browser: BrowserService,
) -> None:
    page = (
        "<!doctype html><meta charset='utf-8'><title>搜索</title><div class='content' id='l'></div><script>"
        f"const all = {ALL}, q = new URLSearchParams(location.search).get('q'); setTimeout(() => {{ "
        "const hits = all.filter(r => q && r[1].includes(q)); "
        "l.innerHTML = `<p>共找到${hits.length}条结果</p>` + "
        "hits.map(r => `<li><a href='${r[0]}'>${r[1]}</a></li>`).join('') }, 200); $.get('/none')</script>"
    )
    trial, _ = await tried(GET_FORM, browser, answer(page))
    without, _ = await tried(GET_FORM, None, answer(page))

    assert (without.state, without.reason) == (SearchState.NOT_ASSESSED, Reason.NEEDS_BROWSER)
    assert trial.state is SearchState.USABLE


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize(
    ("enter", "state"),
    [
        ("const a = document.querySelector('.content a'); if (a) location = a.href", "usable"),
        ("document.querySelector('.content').innerHTML = '<p>请输入</p>'", "usable"),
        ("location = '/search?q=' + encodeURIComponent(kw.value)", "unusable"),
    ],
    ids=["opens the first result", "clears them", "asks an engine that finds nothing"],
)
async def test_a_box_that_answers_while_keys_are_pressed_is_read_as_a_person_sees_it(
    browser: BrowserService, enter: str, state: str
) -> None:
    keys = "document.getElementById('kw').onkeyup = e => { if (e.key != 'Enter') show(kw.value) };"
    sends = (
        f"document.getElementById('kw').onkeydown = e => {{ if (e.key == 'Enter') {{ {enter} }} }};"
    )
    trial, _ = await tried(box("q && r[1].includes(q)", keys, sends), browser, results("", ()))

    assert state == trial.state


async def test_without_a_browser_such_a_search_is_left_open() -> None:
    trial, _ = await tried(FINDS, None)
    async with browsing("/bin/false") as none:
        broken, _ = await tried(FINDS, none)

    assert (trial.state, trial.reason) == (SearchState.NOT_ASSESSED, Reason.NEEDS_BROWSER)
    assert (broken.state, broken.reason) == (SearchState.NOT_ASSESSED, Reason.NEEDS_BROWSER)
