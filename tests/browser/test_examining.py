"""Pages examined by axe-core beside the page: what it breaks, and that it cannot help it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from audit.crawl.browser import BrowserService
from audit.model import FetchOutcome, PageKind, Purpose, Reason
from audit.model.examination import Examination
from tests.browsers import needs_browser
from tests.journal import MemoryJournal
from tests.searched import GET_FORM, found, query_of, read, results, site
from tests.served import Asked, answer, served

pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]

GOOD = (
    '<!doctype html><html lang="zh-CN"><head><title>示例</title></head><body><main><h1>标题</h1>'
    '<img src="/x.png" alt="示意图"><p><a href="/">首页</a></p>{}</main></body></html>'
)
BAD = (
    "<!doctype html><html><head><title>示例</title>{}</head><body><h1>标题</h1><h4>小标题</h4>"
    '<img src="/x.png"><a href="/"></a><input type="text"><p style="color:#ccc;background:#fff">浅色文字</p>'
    "<p style='color:#777;background-image:url(/x.png)'>图上的文字</p></body></html>"
)
BROKEN = {
    "html-has-lang", "image-alt", "link-name", "label", "color-contrast", "heading-order",
}  # fmt: skip
LIES = """<script>
for (const name of ['axe', 'duwang']) window[name] = { run: () => Promise.resolve({}) };
JSON.stringify = () => '"forged"'; Array.prototype.slice = () => []; Array.prototype.map = () => [];
Object.fromEntries = () => { throw 1 }; Promise.resolve = () => { throw 2 }; window.Promise = null;
document.querySelectorAll = () => []; Element.prototype.matches = () => false;
Element.prototype.getAttribute = () => 'forged'; window.getComputedStyle = () => ({});
</script>"""


@asynccontextmanager
async def browsing(**pages: bytes) -> AsyncIterator[tuple[str, BrowserService]]:
    scripts = {f"/{name}": page for name, page in pages.items()}
    async with served(scripts) as site:
        service = BrowserService(
            "", frozenset({site.host}), "duwang/0.1", settles=4.0, goto=6.0, quiet=0.3
        )
        async with service:
            yield site.url, service


async def examined(browser: BrowserService, page: bytes) -> Examination:
    async with served({"/page": page}) as server:
        rendered = await browser.examine(f"{server.url}/page")

    assert rendered.outcome is FetchOutcome.OK
    assert "</html>" in rendered.html
    assert rendered.examination is not None
    return rendered.examination


async def test_a_page_in_order_breaks_no_rule(browser: BrowserService) -> None:
    found = await examined(browser, answer(GOOD.format("")))

    assert found.engine.startswith("axe-core 4.")
    assert found.broken == ()
    assert {"html-has-lang", "image-alt", "document-title", "color-contrast"} <= set(found.passed)


async def test_what_is_broken_is_named_in_chinese_with_its_elements(
    browser: BrowserService,
) -> None:
    found = await examined(browser, answer(BAD.format("")))
    rules = {one.rule: one for one in found.broken}

    assert set(rules) >= BROKEN
    image = rules["image-alt"]
    assert (image.count, image.checked, image.title) == (1, 1, "图像必须有替代文本")
    assert [(one.target, one.html) for one in image.nodes] == [("img", '<img src="/x.png">')]
    assert image.nodes[0].said
    assert not set(found.passed) & set(rules)
    assert "color-contrast" not in found.passed


async def test_contrast_on_a_picture_is_left_to_a_person(browser: BrowserService) -> None:
    page = GOOD.format("<p style='color:#777;background-image:url(/x.png)'>图上的文字</p>")
    found = await examined(browser, answer(page))

    assert [one.rule for one in found.doubtful] == ["color-contrast"]
    assert "color-contrast" not in {*found.passed, *(one.rule for one in found.broken)}


@pytest.mark.parametrize(
    ("head", "policy"),
    [(LIES, ""), ("", "default-src 'none'; style-src 'unsafe-inline'")],
    ids=["a page that rewrites what script rests on", "a page whose policy forbids script"],
)
async def test_a_page_cannot_help_being_examined(
    browser: BrowserService, head: str, policy: str
) -> None:
    found = await examined(browser, answer(BAD.format(head), Content_Security_Policy=policy))

    assert {one.rule for one in found.broken} >= BROKEN


async def test_what_is_told_of_a_page_is_little_however_much_it_breaks(
    browser: BrowserService,
) -> None:
    many = "".join(f'<img src="/{n}.png" data-x="{"长" * 5000}">' for n in range(60))
    found = await examined(browser, answer(GOOD.format(many)))
    image = next(one for one in found.broken if one.rule == "image-alt")

    assert (image.count, image.checked, len(image.nodes)) == (60, 61, 5)
    assert max(len(one.html) for one in image.nodes) <= 300


async def test_of_an_element_its_opening_tag_is_told_without_numbers_of_persons(
    browser: BrowserService,
) -> None:
    style = "color:#ccc;background:#fff"
    faint = (
        f"<p style='{style}' title='甲 13888886666'>李示例 身份证号 <b>530102199003071019</b></p>"
        f"<p style='{style}' title='{'长' * 244}530102199003071019'>乙</p>"
    )
    found = await examined(browser, answer(GOOD.format(faint)))
    nodes = next(one for one in found.broken if one.rule == "color-contrast").nodes
    told = " ".join(text for one in nodes for text in (one.target, one.html, one.said))

    assert [f'<p style="{style}" title="甲 138****6666">', "<b>"] == [one.html for one in nodes[:2]]
    assert "李示例" not in told
    assert "5301021990" not in told


def engine(request: Asked) -> bytes:
    return results(GET_FORM, found(query_of(request)))


async def test_a_site_is_examined_once_on_a_few_pages_and_keeps_what_was_seen() -> None:
    journal = MemoryJournal()
    reading, _ = await read(
        {**site(), "/search": engine}, journal, executable="", examine=True, max_renders=5
    )
    visits = [v for v in journal.visits.values() if v.fetch.purpose is Purpose.EXAMINE]
    rules = {rule.rule: rule for rule in reading.examined.rules}

    assert [(page.kind, page.reason) for page in reading.examined.pages] == [
        (PageKind.HOME, None),
        (PageKind.LIST, None),
        (PageKind.ARTICLE, None),
    ]
    assert len(rules["html-has-lang"].broken) == 3
    assert rules["document-title"].kept == 3
    assert all(v.body and v.fetch.sha256 and v.record is None for v in visits)
    assert {v.fetch.via for v in visits} == {"browser"}


async def test_a_wall_before_a_page_is_not_examined_for_the_page() -> None:
    wall = answer(
        "<title>安全验证</title><p>请完成安全验证后继续访问</p><script>var a=1</script>", 403
    )
    pages = site("")
    column = pages["/xw/"]
    assert isinstance(column, bytes)

    def guarded(request: Asked) -> bytes:
        return wall if "HeadlessChrome" in request.headers["user-agent"] else column

    reading, _ = await read(
        {**pages, "/xw/": guarded, "/gg/": guarded}, executable="", examine=True
    )
    walled = [page for page in reading.examined.pages if page.kind is PageKind.LIST]

    assert [(page.examination, page.reason) for page in walled] == [(None, Reason.FORBIDDEN)]
