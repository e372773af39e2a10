"""Pictures for the evidence: what is faulty is framed where it stands, and the stamp says what it is."""

import gc
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.async_api import CDPSession

from audit.crawl.browser import BrowserService
from audit.crawl.browser.pictures import HEIGHT, LARGEST, STRIP, WIDTH, Picture
from audit.crawl.browser.service import Rendered
from audit.model import FetchOutcome
from audit.model.picture import NOTHING, Mark, document_of
from tests.browsers import needs_browser
from tests.served import Script, answer, served

pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]

BODY = "<!doctype html><title>示例</title><body style='margin:0;background:#fff'>{}</body>"
AT = "position:absolute;left:{}px;top:{}px"
LIES = """<script>
for (const name of ['createTreeWalker', 'querySelectorAll', 'createRange']) document[name] = () => [];
Element.prototype.getBoundingClientRect = () => ({left: 1, top: 1, right: 9, bottom: 9});
Element.prototype.getClientRects = () => [{left: 1, top: 1, right: 9, bottom: 9, width: 8, height: 8}];
Range.prototype.getClientRects = Element.prototype.getClientRects; window.marker = {find: () => null};
Element.prototype.scrollIntoView = () => {}; window.scrollTo = () => {}; JSON.stringify = () => '1';
</script>"""


@asynccontextmanager
async def browsing(**pages: Script) -> AsyncIterator[tuple[str, BrowserService]]:
    async with served({f"/{name}": page for name, page in pages.items()}) as site:
        service = BrowserService(
            "", frozenset({site.host}), "duwang/0.1", settles=4.0, goto=6.0, quiet=0.3
        )
        async with service:
            yield site.url, service


async def taken(browser: BrowserService, body: str, mark: Mark = NOTHING) -> Picture:
    async with served({"/page": answer(BODY.format(body))}) as site:
        rendered = await browser.picture(f"{site.url}/page", mark)
    return picture_of(rendered)


def picture_of(rendered: Rendered) -> Picture:
    assert rendered.outcome is FetchOutcome.OK, rendered.error
    assert rendered.picture is not None
    return rendered.picture


def said_in(picture: Picture) -> dict[str, str]:
    """What the stamp says, as it lies in the file."""
    length = int.from_bytes(picture.jpeg[4:6], "big")
    return json.loads(picture.jpeg[6 : 4 + length])


def image_of(picture: Picture) -> Image.Image:
    return Image.open(BytesIO(picture.jpeg)).convert("RGB")


def frame_of(picture: Picture) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of the red in the picture of the page; None: there is none."""
    image = image_of(picture)
    page = image.crop((0, 0, image.width, image.height - STRIP))
    red, green, blue = page.split()
    reddish = red.point([255 * (value > 170) for value in range(256)])
    others = ImageChops.lighter(green, blue).point([255 * (value < 90) for value in range(256)])
    mask = ImageChops.multiply(reddish, others)
    return mask.getbbox()


def surrounds(frame: tuple[int, int, int, int] | None, x: int, y: int) -> bool:
    return frame is not None and frame[0] < x < frame[2] and frame[1] < y < frame[3]


WORDS = (
    f"<p style='{AT.format(400, 300)}'>前面的话，<b>发布</b> 日期：2026年1月1日</p>",
    "发布日期：2026年1月1日",
)
TARGET = "/gone.html"
MARKED: dict[str, tuple[str, Mark, str, tuple[int, int]]] = {
    "words in several elements": (WORDS[0], Mark(texts=(WORDS[1],)), WORDS[1], (560, 327)),
    "full-width words": (
        f"<p style='{AT.format(400, 300)}'>电话（０８７１）６５１０</p>",
        Mark(texts=("电话(0871)6510",)), "电话(0871)6510", (450, 327),
    ),
    "the longest piece of words that are not there as a whole": (
        f"<p style='{AT.format(400, 300)}'>关于印发管理办法的通知</p><p>示例省</p>",
        Mark(texts=("示例省 关于印发管理办法的通知 …",)), "关于印发管理办法的通知", (450, 327),
    ),
    "a link by its target": (
        f"<a href='/x.html'>甲</a><a href='gone.html#top' style='{AT.format(700, 500)}'>乙处链接</a>",
        Mark(links=("{url}/gone.html",)), "{url}/gone.html", (715, 510),
    ),
    "a link around a block": (
        f"<a href='/gone.html'><div style='{AT.format(700, 500)};width:90px;height:40px'>乙</div></a>",
        Mark(links=("{url}/gone.html",)), "{url}/gone.html", (745, 520),
    ),
    "the copy that shows": (
        f"<p hidden>重复的标题</p><p style='{AT.format(400, 300)}'>重复的标题</p>",
        Mark(texts=("重复的标题",)), "重复的标题", (440, 327),
    ),
    "a path before words": (
        f"<h1>标题</h1><input id='kw' style='{AT.format(300, 200)};width:200px;height:30px'>",
        Mark(paths=("#kw",), texts=("标题",)), "#kw", (400, 215),
    ),
    "what holds words that do not show": (
        f"<nav style='{AT.format(300, 200)};width:300px;height:40px'>菜单<ul style='display:none'><li>收起的栏目</li></ul></nav>",
        Mark(texts=("收起的栏目",)), "收起的栏目", (400, 220),
    ),
    "what the page hides from script of its own": (
        LIES + f"<p style='{AT.format(400, 300)}'>篡改不了的文字</p>",
        Mark(texts=("篡改不了的文字",)), "篡改不了的文字", (440, 327),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "mark", "marked", "place"), MARKED.values(), ids=MARKED)
async def test_what_is_faulty_is_framed_where_it_stands(
    body: str, mark: Mark, marked: str, place: tuple[int, int]
) -> None:
    async with browsing(page=answer(BODY.format(body))) as (url, service):
        here = Mark(mark.paths, tuple(one.format(url=url) for one in mark.links), mark.texts)
        picture = picture_of(await service.picture(f"{url}/page", here))

    assert marked.format(url=url) == picture.marked
    assert surrounds(frame_of(picture), *place)


async def test_what_stands_far_down_is_brought_into_view(browser: BrowserService) -> None:
    picture = await taken(
        browser, f"<p style='{AT.format(400, 999_000)}'>远处的文字</p>", Mark(texts=("远处的文字",))
    )
    frame = frame_of(picture)

    assert picture.marked == "远处的文字"
    assert frame is not None
    assert frame[3] - frame[1] < 100
    assert (WIDTH, HEIGHT + STRIP) == image_of(picture).size


@pytest.mark.parametrize(
    ("mark", "body"),
    [
        (NOTHING, "<h1>首页</h1>"),
        (Mark(texts=("没有这句话",)), "<h1>首页</h1>"),
        (Mark(paths=("[",)), "<h1>首页</h1>"),
        (
            Mark(texts=("不停移动",)),
            "<p id=m style='position:absolute'>不停移动</p><script>let x = 0; setInterval(() => { "
            "m.style.left = (x = (x + 37) % 900) + 'px' }, 5)</script>",
        ),
    ],
    ids=["nothing wanted", "not there", "no path", "never at rest"],
)
async def test_where_nothing_can_be_marked_the_page_is_pictured(
    browser: BrowserService, mark: Mark, body: str
) -> None:
    picture = await taken(browser, f"{body}<div style='height:800px'></div>", mark)

    assert picture.marked == ""
    assert frame_of(picture) is None
    assert said_in(picture)["mark"].startswith("未标注")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "<p id=m style='position:absolute'>不停移动</p><script>let x = 0; setInterval(() => { "
            "m.style.left = (x = (x + 37) % 900) + 'px' }, 5)</script>",
            "未标注：不停移动 在截图时移动",
        ),
        (
            "<div style='position:fixed;top:5000px'>不停移动</div>",
            "未标注：不停移动 不在截图范围内",
        ),
    ],
    ids=["moves", "lies outside"],
)
async def test_a_place_that_cannot_be_framed_is_said_to_be_unframed(
    browser: BrowserService, body: str, said: str
) -> None:
    picture = await taken(browser, body, Mark(texts=("不停移动",)))

    assert said == said_in(picture)["mark"]
    assert picture.marked == ""
    assert frame_of(picture) is None


async def test_what_stands_far_right_is_framed_where_the_picture_shows_it(
    browser: BrowserService,
) -> None:
    style = f"{AT.format(3000, 300)};width:200px;background:#00f;color:#00f"
    picture = await taken(
        browser, f"<p style='{style}'>右边的文字</p>", Mark(texts=("右边的文字",))
    )
    frame = frame_of(picture)
    image = image_of(picture)
    blue = image.split()[2].point([0] * 200 + [255] * 56)
    dark = image.split()[0].point([255] * 60 + [0] * 196)
    shown = ImageChops.multiply(blue, dark).getbbox()

    assert picture.marked == "右边的文字"
    assert frame is not None
    assert shown is not None
    assert surrounds(frame, shown[0] + 3, (shown[1] + shown[3]) // 2)


async def test_pictures_leave_no_session_of_the_debugger_behind() -> None:
    counts: list[int] = []
    async with browsing(page=answer(BODY.format("<h1>页面</h1>"))) as (url, service):
        for _ in range(3):
            picture_of(await service.picture(f"{url}/page", NOTHING))
            gc.collect()
            counts.append(sum(isinstance(one, CDPSession) for one in gc.get_objects()))

    assert [counts[0]] * 3 == counts


async def test_a_short_page_gives_a_low_picture(browser: BrowserService) -> None:
    picture = await taken(browser, "<div style='height:300px'>短</div>")

    assert (WIDTH, 300 + STRIP) == image_of(picture).size


async def test_the_stamp_stands_below_and_its_words_lie_in_the_file() -> None:
    async with browsing(page=answer(BODY.format("<h1>页面</h1>"))) as (url, service):
        rendered = await service.picture(f"{url}/page?词=1#part", NOTHING)
    picture = picture_of(rendered)
    said = said_in(picture)
    image = image_of(picture)
    stamp = image.crop((0, image.height - STRIP + 4, image.width, image.height)).convert("L")
    dark = sum(stamp.histogram()[:100])

    assert picture.jpeg[:4] == b"\xff\xd8\xff\xfe"
    assert {
        "url": f"{url}/page?%E8%AF%8D=1",
        "at": picture.at,
        "document": sha256(rendered.html.encode()).hexdigest(),
        "mark": "未标注（页面截图）",
    } == said
    assert said["document"] == document_of(picture.jpeg)
    assert dark > 2000


HOSTILE = {
    "noise": "<canvas id=c width=1366 height=1200></canvas><script>const p = c.getContext('2d'), "
    "d = p.createImageData(1366, 1200); for (let i = 0, s = 1; i < d.data.length; i++) "
    "d.data[i] = i % 4 == 3 ? 255 : (s = s * 16807 % 2147483647) & 255; p.putImageData(d, 0, 0)</script>",
    "as high as a mountain": "<div style='height:1000000px;background:linear-gradient(red,blue)'></div>",
    "dialogs": "<p>框</p><script>setInterval(() => alert(1), 50)</script>",
    "animation": "<style>@keyframes t { to { transform: rotate(1turn) } } p { animation: t .1s infinite }</style><p>转</p>",
    "markup in its words": "<p>&lt;script&gt;document.title=1&lt;/script&gt;&lt;/div&gt;${data}</p>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_page_gives_a_small_picture(browser: BrowserService, body: str) -> None:
    picture = await taken(
        browser, body, Mark(texts=("<script>document.title=1</script></div>${data}",))
    )

    assert 1000 < len(picture.jpeg) <= LARGEST
    assert image_of(picture).height <= HEIGHT + STRIP


async def test_a_page_that_never_answers_script_is_a_timeout_and_no_picture() -> None:
    busy = "<p>忙</p><script>setTimeout(() => { while (true) {} }, 50)</script>"
    async with browsing(page=answer(BODY.format(busy))) as (url, service):
        rendered = await service.picture(f"{url}/page", NOTHING)

    assert rendered.outcome is FetchOutcome.BROWSER_TIMEOUT
    assert rendered.picture is None
