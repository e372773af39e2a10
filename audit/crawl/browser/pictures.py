"""Pictures of pages for the evidence: what is faulty framed, and a stamp below that says what it is.

The place is found by script beside the page (`mark.js` in an isolated world); frame and stamp are
drawn in a tab of ours without script or network, in which Chinese shows wherever it shows in pages.
"""

import asyncio
import base64
import datetime as dt
import html
import json
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any, cast

import msgspec

from audit.crawl.answer import now
from audit.crawl.browser.isolated import IsolatedWorld
from audit.crawl.browser.tab import CALL, Broken, within
from audit.dates import SHANGHAI
from audit.model.picture import Mark
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


class Picture(msgspec.Struct, frozen=True):
    """A picture (JPEG) of a page at a moment, and the words or address that are framed in it."""

    jpeg: bytes
    at: str  # ISO 8601 with zone
    marked: str = ""


class _Found(msgspec.Struct):
    how: str  # shown; around: what holds it, for it does not show itself; empty: not found
    what: str


class _Place(msgspec.Struct):
    box: tuple[float, float, float, float] | None
    height: float  # of what the document shows
    top: float


class _Shot(msgspec.Struct):
    """The page as it is drawn (JPEG, base64), its size, and what is framed in it."""

    data: str
    width: int
    height: int
    box: tuple[float, float, float, float] | None
    found: _Found


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
            said = {"url": page.url.partition("#")[0], "at": at, "document": digest}
            async with self._lock:
                jpeg = await self._composed(page.context.browser, shot, _sheet(shot, said, mark))
        except Broken:
            return None, document
        taken = Picture(_noted(jpeg, said), at, _framed(shot)) if jpeg else None
        return taken, document

    async def _composed(self, browser: "Browser", shot: _Shot, sheet: str) -> bytes | None:
        """The picture with frame and stamp, as small as it must be; None: it cannot be so small."""
        page = await self._tab(browser)
        width, height = shot.width, shot.height + STRIP
        size = page.set_viewport_size({"width": width, "height": height})
        await within(size, CALL, "the size of the stamp")
        await within(page.set_content(sheet, timeout=CALL * 1000), CALL, "the stamp")
        session = await within(page.context.new_cdp_session(page), CALL, "a session")
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
    """Picture the tab; once more where what is marked moved meanwhile, then without a mark."""
    world = await IsolatedWorld.open(page)
    await world.run(_script())
    given = {"paths": mark.paths, "links": mark.links, "texts": mark.texts}
    found = await world.ask("given => marker.find(given)", given, _Found)
    session = await within(page.context.new_cdp_session(page), CALL, "a session")
    shot = None
    for _ in range(2):
        before = await world.ask("() => marker.now()", None, _Place)
        size = page.viewport_size or {"width": WIDTH, "height": HEIGHT}
        height = min(size["height"], max(1, round(before.height)))
        data = await _drawn(session, FINE, (size["width"], height) if before.top == 0 else None)
        height = height if before.top == 0 else size["height"]
        after = await world.ask("() => marker.now()", None, _Place)
        if not data:
            return None
        steady = _is_steady(before.box, after.box)
        box = before.box if steady else None
        shot = _Shot(data, size["width"], height, box, found)
        if steady:
            break
    return shot


async def _drawn(session: "CDPSession", quality: int, size: tuple[int, int] | None) -> str:
    """What a tab shows (JPEG, base64): all of it, or so much of its top left corner."""
    given: dict[str, Any] = {"format": "jpeg", "quality": quality}
    if size is not None:
        given["clip"] = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}
    send = cast("Callable[..., Awaitable[dict[str, Any]]]", session.send)  # pyright: ignore[reportUnknownMemberType] - the driver's own types are partial
    came = await within(send("Page.captureScreenshot", given), CALL, "the picture")
    return str(came.get("data", ""))


def _sheet(shot: _Shot, said: dict[str, str], mark: Mark) -> str:
    """The page of ours on which picture, frame and stamp stand."""
    frame = ""
    if shot.box is not None:
        left, top = max(2, shot.box[0] - PAD), max(2, shot.box[1] - PAD)
        right = min(shot.width - 2, shot.box[0] + shot.box[2] + PAD)
        bottom = min(shot.height - 2, shot.box[1] + shot.box[3] + PAD)
        if right - left > PAD and bottom - top > PAD:
            place = f"left:{left:.0f}px;top:{top:.0f}px;width:{right - left:.0f}px;height:{bottom - top:.0f}px"
            frame = f'<i class="frame" style="{place}"></i>'
    lines = (
        f"网址 {_cut(said['url'])}",
        f"时间 {_time(said['at'])}　{_caption(shot, mark)}",
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


def _is_steady(
    before: tuple[float, float, float, float] | None,
    after: tuple[float, float, float, float] | None,
) -> bool:
    if before is None or after is None:
        return before is after
    return all(abs(a - b) <= STEADY for a, b in zip(before, after, strict=True))


def _noted(jpeg: bytes, facts: dict[str, str]) -> bytes:
    """The same picture with what its stamp says as a comment (COM) behind its first marker."""
    note = json.dumps(facts, ensure_ascii=True).encode()[:60_000]
    return jpeg[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + jpeg[2:]


@cache
def _script() -> str:
    return _text("mark.js")


@cache
def _text(name: str) -> str:
    return (resources.files(PLACE) / name).read_text(encoding="utf-8")
