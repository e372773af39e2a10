"""The search of a page by keyboard alone: reached, seen, named, sent; or honestly not known."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from audit.crawl.browser import BrowserService
from audit.model.examination import KeyboardWalk, Look
from tests.browsers import needs_browser
from tests.served import answer, served

pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]

FORM = '<form action="/search"><input name="q" aria-label="站内搜索"><button>搜索</button></form>'
LONE = '<input id="q" aria-label="站内搜索"><button id="so" type="button">搜索</button>'
SHOWS = "document.querySelector('p').textContent = '找到3条'"
TRAP = "document.querySelector('input').onkeydown = e => { if (e.key == 'Tab') e.preventDefault() }"


Tried = Callable[..., Awaitable[KeyboardWalk | None]]
Walked = Callable[..., Awaitable[KeyboardWalk]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tried() -> AsyncIterator[Tried]:
    """One browser for all pages: each page is the next one of a site."""
    found = answer("<title>搜索结果</title><p>找到3条</p>")
    async with served({"/search": found, "/late": found}) as site:
        site.held["/late"] = due = asyncio.Event()
        service = BrowserService(
            "", frozenset({site.host}), "duwang/0.1", settles=4.0, goto=6.0, quiet=0.3
        )

        async def walk(body: str, *, query: str = "公路", head: str = "") -> KeyboardWalk | None:
            site.scripts["/"] = answer(
                f'<!doctype html><html lang="zh"><title>示例</title>{head}<body>{body}'
                '<p>正文</p><a href="/x">末</a></body></html>'
            )
            rendered = await service.examine(f"{site.url}/", Look("q", query))
            assert rendered.examination is not None, rendered.error
            return rendered.examination.walk

        async with service:
            yield walk
            due.set()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walked(tried: Tried) -> Walked:
    """The walk of a page that does not break while it is tried."""

    async def walk(body: str, *, query: str = "公路", head: str = "") -> KeyboardWalk:
        found = await tried(body, query=query, head=head)
        assert found is not None
        return found

    return walk


def places(walk: KeyboardWalk) -> tuple[int | None, int | None]:
    return (walk.box and walk.box.place, walk.button and walk.button.place)


async def test_a_search_in_order_is_reached_seen_named_and_sent(walked: Walked) -> None:
    walk = await walked(f'<a href="/a">甲</a>{FORM}')

    assert places(walk) == (2, 3)
    assert walk.box is not None
    assert walk.button is not None
    assert (walk.box.seen, walk.button.seen) == (True, True)
    assert (walk.box_name, walk.box_by, walk.button_name) == ("站内搜索", "aria-label", "搜索")
    assert (walk.shown, walk.has_button, walk.trap, walk.entered) == (True, True, "", True)


async def test_a_box_that_has_the_focus_at_once_is_reached_without_a_press(walked: Walked) -> None:
    walk = await walked(FORM.replace("<input", "<input autofocus"))

    assert places(walk) == (0, 1)


async def test_a_box_that_tab_does_not_reach_is_looked_for_sixty_presses_long(
    walked: Walked,
) -> None:
    walk = await walked(FORM.replace("<input", '<input tabindex="-1"'))

    assert (walk.box, walk.stops) == (None, 60)


async def test_a_box_behind_many_links_is_counted(walked: Walked) -> None:
    walk = await walked('<a href="/a">甲</a>' * 45 + FORM)

    assert places(walk) == (46, 47)


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("button:focus{outline:none}", None),
        ("button{outline:none}", None),
        ("button:focus{outline:none;background:#fc0}", True),
        ("*:focus{outline:none} form:focus-within{box-shadow:0 0 3px red}", True),
        ("button{transition:all 2s}button:focus{outline:none;color:red}", True),
        ("button:focus{outline:none}button:focus::after{content:'←'}", True),
    ],
    ids=[
        "no ring",
        "never a ring",
        "a background",
        "a shadow around",
        "slowly",
        "a mark behind it",
    ],
)
async def test_whether_focus_shows_on_the_button(
    walked: Walked, style: str, seen: bool | None
) -> None:
    walk = await walked(FORM, head=f"<style>{style}</style>")

    assert walk.button is not None
    assert walk.button.seen is (False if seen is None else seen)


async def test_a_caret_shows_where_the_focus_is(walked: Walked) -> None:
    walk = await walked(FORM, head="<style>*:focus{outline:none}</style>")
    without = await walked(
        FORM, head="<style>*:focus{outline:none}input{caret-color:transparent}</style>"
    )

    assert walk.box is not None
    assert without.box is not None
    assert (walk.box.seen, without.box.seen) == (True, False)


@pytest.mark.parametrize("where", ["a box", "what stands before it"])
async def test_an_element_that_tab_does_not_leave_is_a_trap(walked: Walked, where: str) -> None:
    if where == "a box":
        walk = await walked(f"{FORM}<script>{TRAP}</script>")
        assert places(walk) == (1, None)
    else:
        walk = await walked(f'<input value="甲"><script>{TRAP}</script>{FORM}')
        assert places(walk) == (None, None)

    assert walk.trap.startswith("<input ")
    assert walk.stops == 4


async def test_a_page_with_nothing_else_to_focus_is_no_trap(walked: Walked) -> None:
    page = '<input id="q" aria-label="站内搜索"><script>document.querySelectorAll("a")</script>'
    walk = await walked(
        f"{page}<script>addEventListener('load', () => document.links[0].remove())</script>"
    )

    assert (places(walk), walk.trap, walk.has_button) == ((1, None), "", False)


@pytest.mark.parametrize(
    ("script", "entered", "pressed"),
    [
        (
            f"q.onkeydown = e => {{ if (e.key == 'Enter' && q.value == '公路') {SHOWS} }}",
            True,
            None,
        ),
        (f"so.onclick = () => {{ {SHOWS} }}", False, True),
        ("", False, False),
        ("q.onkeydown = e => { if (e.key == 'Enter') open('/search') }", True, None),
        ("q.onkeydown = e => { if (e.key == 'Enter') open('/late') }", True, None),
        (
            "setInterval(() => { document.querySelector('p').textContent = Date.now() }, 20)",
            None,
            None,
        ),
    ],
    ids=[
        "Enter",
        "the button only",
        "nothing",
        "a new window",
        "a window that is long in coming",
        "a page that never rests",
    ],
)
async def test_whether_enter_brings_an_answer(
    walked: Walked, script: str, entered: bool | None, pressed: bool | None
) -> None:
    walk = await walked(f"{LONE}<script>addEventListener('load', () => {{ {script} }})</script>")

    assert (walk.entered, walk.pressed) == (entered, pressed)


@pytest.mark.parametrize("whole", [True, False], ids=["the form", "the box"])
async def test_a_box_that_script_draws_anew_is_not_told_of(tried: Tried, whole: bool) -> None:
    drawn = "document.forms[0].outerHTML = form" if whole else "document.forms[0].innerHTML = inner"
    script = (
        "addEventListener('load', () => { const form = document.forms[0].outerHTML, inner = "
        "document.forms[0].innerHTML; addEventListener('keydown', e => { if (e.key == 'Tab') "
        f"setTimeout(() => {{ {drawn} }}, 0) }}) }})"
    )
    form = '<form onsubmit="return false"><input name="q" aria-label="站内搜索"></form>'

    assert await tried(f"{form}<script>{script}</script>") is None


async def test_nothing_is_sent_without_words(walked: Walked) -> None:
    walk = await walked(FORM, query="")

    assert (walk.entered, walk.pressed) == (None, None)


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ('<form action="/s"><input name="q"><button></button></form>', ("", "", "")),
        ('<form action="/s"><input name="q" placeholder="关键词"><input type="image" src="/x.png" alt="搜索"></form>',
         ("关键词", "placeholder", "搜索")),
        ('<form action="/s"><label for="k">搜索</label><input name="q" id="k"><input type="submit" value="搜"></form>',
         ("搜索", "relatedElement", "搜")),
        ('<input id="q" title="搜索内容"><img class="search-btn" src="/x.png" onclick="1">', ("搜索内容", "title", "")),
    ],
    ids=["none", "a placeholder", "a label", "a title"],
)  # fmt: skip
async def test_what_box_and_button_are_called(
    walked: Walked, form: str, names: tuple[str, str, str]
) -> None:
    walk = await walked(form)

    assert (walk.box_name, walk.box_by, walk.button_name) == names


async def test_a_box_that_is_not_to_be_seen_is_not_tried(walked: Walked) -> None:
    hidden = await walked(f'<div style="display:none">{FORM}</div>')
    none = await walked("<p>没有搜索</p>")

    assert hidden == none == KeyboardWalk(shown=False)


async def test_a_page_cannot_lie_about_its_search(walked: Walked) -> None:
    lies = (
        "<script>Object.defineProperty(document, 'activeElement', { get: () => document.links[0] });"
        "HTMLElement.prototype.focus = () => {}; JSON.stringify = () => '{}'; window.duwang = null;"
        "document.getElementsByName = () => []; Element.prototype.getBoundingClientRect = () => ({})</script>"
    )
    walk = await walked(FORM.replace(' aria-label="站内搜索"', ""), head=lies)

    assert (places(walk), walk.box_name, walk.entered) == ((1, 2), "", True)
