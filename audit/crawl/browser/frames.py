"""A page with what its frames show, written where each stands."""

import asyncio
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from audit.crawl.browser.tab import CALL, content

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page

MOST = 5  # frames of a page that are looked into
LARGEST = 2 << 20  # characters of one
# A browser serialises in one manner only: quoted values, no space around the sign.
_FRAME = re.compile(r"</iframe>")
_LINK = re.compile(r'(<a [^<>]{0,2000}?\bhref=")([^"]*)"')


async def with_frames(page: "Page") -> str:
    """The serialised document; the words of each visible frame follow it, their links made whole."""
    html = await content(page)
    frames = [frame for frame in page.frames if frame.parent_frame == page.main_frame][:MOST]
    if not frames or not html:
        return html
    shown = [await _shown(frame) for frame in frames]
    if len(_FRAME.findall(html)) != len(shown):  # some have no place of their own
        return html.replace("</body>", "".join(shown) + "</body>")
    inner = iter(shown)
    return _FRAME.sub(lambda end: end[0] + next(inner), html)


async def _shown(frame: "Frame") -> str:
    """The body of a frame; empty where nobody sees it, or it does not answer."""
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    try:
        holder = await asyncio.wait_for(frame.frame_element(), CALL)
        if not await asyncio.wait_for(holder.is_visible(), CALL):
            return ""
        html = await asyncio.wait_for(frame.content(), CALL)
    except (Error, TimeoutError):
        return ""
    start = html.find(">", html.find("<body")) + 1
    end = html.rfind("</body>", start, start + LARGEST)
    if not start or end < 0:
        return ""
    whole = _LINK.sub(lambda link: f'{link[1]}{urljoin(frame.url, link[2])}"', html[start:end])
    return f"<div>{whole}</div>"
