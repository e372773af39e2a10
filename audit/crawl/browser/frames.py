"""A page with what its frames show, written where each stands."""

import asyncio
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from audit.crawl.browser.tab import CALL, content

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page

MOST = 5  # visible frames of a page that are looked into
LOOKS = 20  # frames of which it is asked whether they are visible
LARGEST = 2 << 20  # characters of one
# A browser serialises in one manner only: quoted values, no space around the sign.
_FRAME = re.compile(r"</iframe>")
_LINK = re.compile(r'(<a [^<>]{0,2000}?\bhref=")([^"]*)"')


class Framed(NamedTuple):
    """A page with its frames; not `whole`: something that a visitor sees in them is not there."""

    html: str
    whole: bool = True


_UNSEEN = Framed("", whole=False)


async def with_frames(page: "Page") -> Framed:
    """The serialised document; the words of each visible frame follow it, their links made whole."""
    html = await content(page)
    frames = [frame for frame in page.frames if frame.parent_frame == page.main_frame]
    if not frames or not html:
        return Framed(html)
    shown, whole, room = [""] * len(frames), True, MOST
    for place, frame in enumerate(frames):
        visible = await _is_visible(frame) if place < LOOKS else None
        if visible is False:
            continue
        inner = await _shown(frame) if visible and room else _UNSEEN
        shown[place], whole, room = inner.html, whole and inner.whole, max(0, room - 1)
    if len(_FRAME.findall(html)) != len(shown):  # some have no place of their own
        return Framed(html.replace("</body>", "".join(shown) + "</body>"), whole)
    inner_of = iter(shown)
    return Framed(_FRAME.sub(lambda end: end[0] + next(inner_of), html), whole)


async def _is_visible(frame: "Frame") -> bool | None:
    """Whether a visitor sees a frame; None: it does not answer."""
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    try:
        holder = await asyncio.wait_for(frame.frame_element(), CALL)
        return await asyncio.wait_for(holder.is_visible(), CALL)
    except (Error, TimeoutError):
        return None


async def _shown(frame: "Frame") -> Framed:
    """The body of a frame; it is not whole where it is cut, or frames are seen in it."""
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    try:
        html = await asyncio.wait_for(frame.content(), CALL)
    except (Error, TimeoutError):
        return _UNSEEN
    start = html.find(">", html.find("<body")) + 1
    end = html.rfind("</body>", start, start + LARGEST)
    if not start or end < 0:
        return _UNSEEN
    inner = [await _is_visible(one) for one in frame.child_frames[:LOOKS]]
    words = _LINK.sub(lambda link: f'{link[1]}{urljoin(frame.url, link[2])}"', html[start:end])
    return Framed(f"<div>{words}</div>", not any(one is not False for one in inner))
