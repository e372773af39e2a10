"""Pages in the manners of government sites with what is true of them: `tests/manners/*.toml`.

A page names its frame (what stands around it), holds its own words and says what must be read:
its kinds, its day of publication and of making (none: there is none to read), its headline.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from audit.model import DateSource, PageKind, PageRecord
from audit.reading import read_page
from tests.snapshots import Answer, read
from tests.tables import tables_of

FOLDER = Path(__file__).parent / "manners"
MEASURES = ("published", "written", "kind", "headline")
LATER = dt.date(2026, 11, 26)
HOST = "http://site.test"
LINE_DAY = "2024-03-05"
WEAK = 0.5  # confidence of a reading that is good only where there is no better one
_NAME = "示例市交通运输局"
_MENU = {
    "/": "首页",
    "/xw/": "工作动态",
    "/gk/": "政务公开",
    "/bs/": "办事服务",
    "/hd/": "互动交流",
}
_OTHERS = ("关于做好汛期公路保通工作的通知", "关于公布年度考核结果的公告")


class MannerPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One page and what is true of it."""

    name: str
    body: str
    title: str
    frame: str = "trs"
    head: str = ""
    path: str = "/xw/1.html"
    menu: str = ""  # the menu entry that leads to it; empty: a list does
    kinds: tuple[PageKind, ...] = (PageKind.ARTICLE,)
    published: str = ""
    weak: bool = False  # the day of publication may only be a weak reading
    written: str = ""
    headline: str = ""  # empty: the title, of an article
    open: tuple[str, ...] = ()  # measures that are known to be read amiss

    @property
    def html(self) -> str:
        """The page as its server would send it."""
        file = _frames()
        page = file["frame"][self.frame]
        parts = {"title": self.title, "head": self.head, "body": self.body, **file["text"]}
        for name, text in parts.items():
            page = page.replace(f"{{{name}}}", text)
        return page

    def truth(self, measure: str) -> str:
        """What is true by one measure; empty: there is none."""
        if measure == "kind":
            return "|".join(self.kinds)
        if measure == "headline":
            own = self.title if self.kinds == (PageKind.ARTICLE,) else ""
            return "".join((self.headline or own).split())
        return self.published if measure == "published" else self.written


@cache
def _frames() -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / "frames.toml").read_text(encoding="utf-8"))


@cache
def manner_pages() -> tuple[MannerPage, ...]:
    """Every page of every file."""
    apart = frozenset({"frames", "lines"})
    return tuple(tables_of(FOLDER, "page", MannerPage, but=apart))


@cache
def readings(page: MannerPage) -> dict[str, str]:
    """What is read of a page by each measure; empty: nothing."""
    record = read_page(page.html.encode(), f"{HOST}{page.path}", "text/html")
    said = "" if not page.truth("headline") else "".join(record.headline.split())
    return {
        "published": published_of(record, weak=page.weak),
        "written": str(record.written) if record.written else "",
        "kind": _kind(page),
        "headline": said,
    }


def published_of(record: PageRecord, *, weak: bool = False) -> str:
    """The day of publication that a page tells other than by its address."""
    marks = [mark for mark in record.dates if mark.source is not DateSource.URL]
    strong = [mark for mark in marks if weak or mark.confidence > WEAK]
    return str(strong[0].day) if strong else ""


def _kind(page: MannerPage) -> str:
    reading = read(_site(page), as_of=LATER)
    return next((c.kind.value for c in reading.pages if c.url == f"{HOST}{page.path}"), "")


def _site(page: MannerPage) -> dict[str, Answer]:
    """A home page with a menu, a list that leads to the page unless the menu does, and the page."""
    menu = {**_MENU, **({page.path: page.menu} if page.menu else {})}
    entries = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in menu.items())
    own = () if page.menu else ((page.path, page.title),)
    rows = (*own, *((f"/xw/x{number}.html", title) for number, title in enumerate(_OTHERS)))
    listed = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in rows)
    column = MannerPage("", f'<h2>工作动态</h2><ul class="list">{listed}</ul>', "工作动态")
    home = f'<title>{_NAME}</title><div class="nav"><ul>{entries}</ul></div><p>欢迎访问{_NAME}</p>'
    return {"/": home, "/xw/": column.html, page.path: page.html}


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line under a headline, and whether it tells that the page was published on `LINE_DAY`."""

    words: str
    published: bool = False
    open: bool = False  # it does so in a form that need not be read

    @property
    def days(self) -> frozenset[str]:
        """What may be read of it; empty: no day."""
        told = {LINE_DAY} if self.published or self.open else {""}
        return frozenset(told | {""} if self.open else told)


class Surroundings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines, the texts below them and what stands before and after, by name."""

    line: tuple[Line, ...]
    text: dict[str, str]
    before: dict[str, str]
    after: dict[str, str]


@cache
def surroundings() -> Surroundings:
    """What `lines.toml` holds."""
    text = (FOLDER / "lines.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Surroundings)


def line_misread(line: Line, texts: Iterable[str], before: str = "", after: str = "") -> list[str]:
    """The frames and texts in which a line is read amiss, with what is read; empty: none."""
    title = "示例市交通运输局关于做好示例工作的通知"
    wrong: list[str] = []
    for frame in _frames()["frame"]:
        for name in texts:
            text = surroundings().text[name]
            body = f'{before}<h1>{title}</h1><div class="info">{line.words}</div>{text}{after}'
            page = MannerPage("", body, title, frame)
            day = published_of(read_page(page.html.encode(), f"{HOST}/xw/1.html", "text/html"))
            if day not in line.days:
                wrong.append(f"{frame}, {name}: {day}")
    return wrong
