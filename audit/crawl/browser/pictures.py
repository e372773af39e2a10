"""Pictures of pages for the evidence: what is faulty framed, and a stamp below that says what it is.

The place is found by script beside the page (`mark.js` in an isolated world); frame and stamp are
drawn in a tab of ours without script or network, in which Chinese shows wherever it shows in pages.
"""

import asyncio
import base64
import datetime as dt
import html
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any, cast

import msgspec

from audit.crawl.answer import now
from audit.crawl.browser.isolated import IsolatedWorld, session_with
from audit.crawl.browser.tab import CALL, Broken, within
from audit.dates import SHANGHAI
from audit.model.picture import Mark, stamped
from audit.text import clean, shorten

if TYPE_CHECKING:
    from playwright.async_api import Browser, CDPSession, Page

PLACE = "audit.crawl.browser"
WIDTH, HEIGHT = 1366, 1200  # pixels of a page that is pictured
STRIP = 92  # pixels of the stamp
LARGEST = 400_000  # bytes of a picture
QUALITIES = (78, 60, 40, 25, 12)  # of the JPEG, until it is small enough
FINE = 92  # quality of what the stamp is put under
PAD = 5  # pixels between what is marked and its frame
STEADY = 3.0  # pixels that it may move while the picture is taken
LINE = 170  # characters of a line of the stamp
SAID = 60  # characters of what is marked
FRAME = 0.05  # seconds between two measures
SEEN = 4  # pixels of what is marked that the picture must show
MISSED = {"moved": " 在截图时移动", "outside": " 不在截图范围内"}
_NOW = "() => marker.now()"


class Picture(msgspec.Struct, frozen=True):
    """A picture (JPEG) of a page at a moment, and the words or address that are framed in it."""

    jpeg: bytes
    at: str  # ISO 8601 with zone
    marked: str = ""


class _Found(msgspec.Struct):
    how: str  # shown; around: what holds it, for it does not show itself; empty: not found
    what: str


class _Place(msgspec.Struct):
    """Where the mark is in the window, and the part of the document that this shows."""

    box: tuple[float, float, float, float] | None  # left, top, width, height
    height: float  # of what the document shows
    top: float
    left: float


class _Shot(msgspec.Struct):
    """The page as it is drawn (JPEG, base64), its size, and what is framed in it."""

    data: str
    width: int
    height: int
    box: tuple[float, float, float, float] | None
    found: _Found
    missed: str = ""  # moved, outside: why what was found is not framed


class Photographer:
    """Takes pictures of tabs; keeps one tab of its own for frames and stamps."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._browser: Browser | None = None
        self._sheet: Page | None = None
        self._lock = asyncio.Lock()

    async def picture(
        self,
        page: "Page",
        document: str,
        mark: Mark,
        again: Callable[[], Awaitable[str]] | None = None,
    ) -> tuple[Picture | None, str]:
        """The tab as it stands, with the mark framed, and the serialised page that shows.

        None: it could not be drawn. What is not there is looked for once more when `again` says
        that the page is at rest.
        """
        try:
            at, shot = now(), await _shot(page, mark)
            if again and shot is not None and shot.box is None and mark.sought:
                document = await again()
                at, shot = now(), await _shot(page, mark)
            if shot is None or page.context.browser is None:
                return None, document
            digest = sha256(document.encode("utf-8", "replace")).hexdigest()
            caption = _caption(shot, mark)
            said = {
                "url": page.url.partition("#")[0],
                "at": at,
                "document": digest,
                "mark": caption,
            }
            async with self._lock:
                jpeg = await self._composed(page.context.browser, shot, _sheet(shot, said))
        except Broken:
            return None, document
        taken = Picture(stamped(jpeg, said), at, _framed(shot)) if jpeg else None
        return taken, document

    async def _composed(self, browser: "Browser", shot: _Shot, sheet: str) -> bytes | None:
        """The picture with frame and stamp, as small as it must be; None: it cannot be so small."""
        page = await self._tab(browser)
        width, height = shot.width, shot.height + STRIP
        size = page.set_viewport_size({"width": width, "height": height})
        await within(size, CALL, "the size of the stamp")
        await within(page.set_content(sheet, timeout=CALL * 1000), CALL, "the stamp")
        async with session_with(page) as session:
            for quality in QUALITIES:
                jpeg = base64.b64decode(await _drawn(session, quality, (width, height)))
                if 0 < len(jpeg) <= LARGEST:
                    return jpeg
        return None

    async def _tab(self, browser: "Browser") -> "Page":
        """The tab for stamps, in a context without script and network; a new one in a new browser."""
        if self._sheet is None or self._browser is not browser or self._sheet.is_closed():
            opening = browser.new_context(
                java_script_enabled=False,
                offline=True,
                accept_downloads=False,
                service_workers="block",
            )
            context = await within(opening, CALL, "a context for the stamp")
            self._sheet = await within(context.new_page(), CALL, "a tab for the stamp")
            self._browser = browser
        return self._sheet


async def _shot(page: "Page", mark: Mark) -> _Shot | None:
    """Picture the tab; once more where what is marked moved meanwhile, then without a frame."""
    async with session_with(page) as session:
        world = await IsolatedWorld.within(session)
        await world.run(_script())
        given = {"paths": mark.paths, "links": mark.links, "texts": mark.texts}
        found = await world.ask("given => marker.find(given)", given, _Found)
        shot = None
        for _ in range(2):
            first = await world.ask(_NOW, None, _Place)
            await asyncio.sleep(FRAME)  # what moves is not where it was
            before = await world.ask(_NOW, None, _Place)
            size = page.viewport_size or {"width": WIDTH, "height": HEIGHT}
            width, height = size["width"], size["height"]
            clip = None
            if before.top == 0 == before.left:  # else what the window shows is pictured, all of it
                height = min(height, max(1, round(before.height)))
                clip = width, height
            data = await _drawn(session, FINE, clip)
            after = await world.ask(_NOW, None, _Place)
            if not data:
                return None
            steady = _is_steady(first, before) and _is_steady(before, after)
            shot = _Shot(data, width, height, before.box, found)
            if steady:
                return shot if shot.box is None or _frame_of(shot) else _unframed(shot, "outside")
        return None if shot is None else _unframed(shot, "moved")


def _unframed(shot: _Shot, why: str) -> _Shot:
    return msgspec.structs.replace(shot, box=None, missed=why if shot.found.how else "")


async def _drawn(session: "CDPSession", quality: int, size: tuple[int, int] | None) -> str:
    """What a tab shows (JPEG, base64): all of it, or so much of its top left corner."""
    given: dict[str, Any] = {"format": "jpeg", "quality": quality}
    if size is not None:
        given["clip"] = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}
    send = cast("Callable[..., Awaitable[dict[str, Any]]]", session.send)  # pyright: ignore[reportUnknownMemberType] - the driver's own types are partial
    came = await within(send("Page.captureScreenshot", given), CALL, "the picture")
    return str(came.get("data", ""))


def _frame_of(shot: _Shot) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom of the frame in the picture; None: what is marked is not in it."""
    if shot.box is None:
        return None
    x, y, wide, high = shot.box
    seen_wide = min(shot.width, x + wide) - max(0, x)
    seen_high = min(shot.height, y + high) - max(0, y)
    if seen_wide < min(SEEN, wide) or seen_high < min(SEEN, high):
        return None
    return (
        max(2, x - PAD),
        max(2, y - PAD),
        min(shot.width - 2, x + wide + PAD),
        min(shot.height - 2, y + high + PAD),
    )


def _sheet(shot: _Shot, said: dict[str, str]) -> str:
    """The page of ours on which picture, frame and stamp stand."""
    frame = ""
    if (place := _frame_of(shot)) is not None:
        left, top, right, bottom = place
        style = f"left:{left:.0f}px;top:{top:.0f}px;width:{right - left:.0f}px;height:{bottom - top:.0f}px"
        frame = f'<i class="frame" style="{style}"></i>'
    lines = (
        f"网址 {_cut(said['url'])}",
        f"时间 {_time(said['at'])}　{said['mark']}",
        f"网页 SHA-256 {said['document']}",
    )
    return Template(_text("stamp.html")).substitute(
        data=shot.data,
        width=shot.width,
        height=shot.height,
        strip=STRIP,
        frame=frame,
        lines="".join(f"<p>{html.escape(one)}</p>" for one in lines),
    )


def _caption(shot: _Shot, mark: Mark) -> str:
    what = shorten(clean(shot.found.what), SAID)
    said = f"指向 {what} 的链接" if shot.found.what in mark.links else what
    if shot.box is not None and shot.found.how == "shown":
        return f"红框：{said}"
    if shot.box is not None:
        return f"红框：所在区域（收起未显示）：{said}"
    if shot.missed:
        return f"未标注：{said}{MISSED[shot.missed]}"
    if not mark.sought:
        return "未标注（页面截图）"
    words = next(iter((*mark.texts, *mark.links)), "所查的元素")
    return f"未标注：页面上看不到 {shorten(clean(words), SAID)}"


def _framed(shot: _Shot) -> str:
    return clean(shot.found.what) if shot.box is not None else ""


def _cut(url: str) -> str:
    if len(url) <= LINE:
        return url
    return f"{url[: LINE - 41]}…{url[-40:]}"


def _time(at: str) -> str:
    """A time of Shanghai as people write it."""
    moment = dt.datetime.fromisoformat(at).astimezone(SHANGHAI)
    return f"{moment:%Y-%m-%d %H:%M:%S}（UTC+8）"


def _is_steady(before: _Place, after: _Place) -> bool:
    """Whether neither the mark nor the window moved."""
    if before.box is None or after.box is None:
        return before.box is after.box
    here, there = ((*one.box, one.top, one.left) for one in (before, after) if one.box)
    return all(abs(a - b) <= STEADY for a, b in zip(here, there, strict=True))


@cache
def _script() -> str:
    return _text("mark.js")


@cache
def _text(name: str) -> str:
    return (resources.files(PLACE) / name).read_text(encoding="utf-8")
