"""Pages that list things, in the manners of the field, with what is true of them: `tests/lists/*.toml`.

A case holds the part of a page between menu and footer. `@rows@` in it stands for a row each of `days`,
made of `row`: {u} address, {t} title, {n} number, {y} {m} {d} the day's parts, {M} {D} without leading
zero, {yy} two digits of the year. The days and the titles are the truth; so are `pages`, `trail`, and
what two checks must say of the column.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

import checks
from audit.api import AsOf
from audit.reading import Reading, read_page
from audit.workdays import published
from tests.cases import rulebook
from tests.snapshots import read
from tests.tables import tables_of

FOLDER = Path(__file__).parent / "lists"
AS_OF = dt.date(2026, 11, 26)
HOST = "http://site.test"
SITE = "示例交通运输厅"
CHECKS = {"blank": "blank-column", "stale": "stale-column"}
TITLES = (
    "关于做好冬季公路养护工作的通知",
    "示例县2025年10月水路运输情况公示",
    "关于公布第3批信用企业名单的公告",
    "关于2026年国庆节放假安排的通知",
    "关于印发《示例县农村公路管理办法》的通知",
    "示例交通运输厅召开安全生产工作会议",
    "关于征求《货运车辆通行管理规定》意见的公告",
    "2026年度交通建设项目招标结果公示",
)  # fmt: skip
DAYS = ("2026-11-20", "2026-11-12", "2026-10-30", "2026-10-09", "2026-09-01")
MENU = (
    '<div class="header"><div class="logo"><a href="/">示例交通运输厅</a></div><ul class="nav"><li><a href="/">首页</a></li>'
    '<li><a href="/zwgk/">政务公开</a></li><li><a href="{path}">{name}</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>'
)
FOOT = (
    '<div class="footer"><p><a href="/wzdt/">网站地图</a> | <a href="/lxwm/">联系我们</a></p><p>主办单位：示例交通运输厅　'
    "版权所有 2012-2026　网站标识码：5300000001　更新日期：2026-11-25</p></div>"
)


class ListCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One page and what is true of it."""

    name: str
    page: str
    row: str = '<li><a href="{u}">{t}</a><span>{y}-{m}-{d}</span></li>'
    days: tuple[str, ...] = DAYS
    shown: Literal["day", "month", "none"] = "day"  # how much of the day the rows tell
    link: str = "/info/1001/{n}.htm"
    titled: bool = True  # the rows' titles are compared
    listed: bool = True  # the rows are compared
    column: str = "通知公告"
    path: str = "/tzgg/index.html"
    head: str = ""
    pages: int = 0  # of the pager; 0: the page has none
    trail: str = "-"  # `首页 > 通知公告`; -: not compared
    menu: str = MENU  # {path} and {name} are the column's
    around: str = ""  # the same part of other columns' pages
    gap: str = ""  # why it is not read so as yet
    blank: str = "ok"  # the verdict of blank-column
    stale: str = "ok"  # and of stale-column; nothing: it says nothing of the column
    kind: str = ""  # what the page is: `list|other`; empty: not compared

    @property
    def html(self) -> str:
        """The whole page."""
        return self._whole(self.page, self.days)

    @property
    def site(self) -> dict[str, str]:
        """A home page that leads to it, and other columns."""
        home = f"<title>{SITE}</title>{_menu(self)}<p>欢迎访问</p>{FOOT}"
        others = (
            "".join(f'<a href="/s{n}/">第{n}类信息</a>' for n in range(1, 5)) if self.around else ""
        )
        pages = {"/": f"{home}<div>{others}</div>", self.path: self.html}
        for number in range(1, 5) if self.around else ():
            days = [f"2026-0{number}-1{n}" for n in range(5)]
            page = self.around.replace("@name@", f"第{number}类信息")
            link = f"/s{number}/{{n}}.htm"
            other = msgspec.structs.replace(self, page=page, days=tuple(days), link=link)
            pages[f"/s{number}/"] = other.html.replace(self.column, f"第{number}类信息")
        return pages

    def _whole(self, page: str, days: Sequence[str]) -> str:
        body = page.replace("@rows@", "".join(self._row(n, day) for n, day in enumerate(days, 1)))
        head = f"<title>{self.column}_{SITE}</title>{self.head}"
        return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{_menu(self)}{body}{FOOT}</body></html>"

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """Address, title and day of the rows, as the page tells them."""
        days = self.days if "@rows@" in self.page else ()
        return tuple((self._url(n, d), _title(n), self._told(d)) for n, d in enumerate(days, 1))

    def _told(self, day: str) -> str:
        return {"day": day, "month": day[5:], "none": ""}[self.shown]

    def _url(self, number: int, day: str) -> str:
        path = _filled(self.link, number, day)
        return f"{HOST}{path}" if path.startswith("/") else path

    def _row(self, number: int, day: str) -> str:
        link = _filled(self.link, number, day)
        return _filled(self.row.replace("{u}", link).replace("{t}", _title(number)), number, day)


class Told(msgspec.Struct, frozen=True):
    """What was read of a case."""

    rows: tuple[tuple[str, str, str], ...]
    pages: int
    trail: str
    blank: str
    stale: str
    kind: str


@cache
def cases() -> tuple[ListCase, ...]:
    """Every case of every file."""
    return tuple(tables_of(FOLDER, "case", ListCase))


def truth_of(case: ListCase) -> Told:
    """What is to be read; of a verdict all that are right: `review|unknown`."""
    rows = case.rows if case.listed else ()
    return Told(rows, case.pages, case.trail, case.blank, case.stale, case.kind)


def told(case: ListCase) -> Told:
    """What is read: the page by itself, and the column on a site that leads to it."""
    record = read_page(case.html.encode(), f"{HOST}{case.path}", "text/html")
    main = next((one for one in record.lists if one.main), None)
    rows = tuple(
        (row.url, row.title if case.titled else _title(n), _day(row.day, row.month_day))
        for n, row in enumerate(main.items if main and case.listed else (), 1)
    )
    trail = " > ".join(crumb.text for crumb in record.breadcrumb) if case.trail != "-" else "-"
    reading = read(case.site, as_of=AS_OF)
    said = {name: _verdict(reading, case, check) for name, check in CHECKS.items()}
    said["kind"] = _kind(reading, case) if case.kind else ""
    for name, right in (("blank", case.blank), ("stale", case.stale), ("kind", case.kind)):
        if said[name] in right.split("|"):
            said[name] = right
    return Told(rows, record.pager.pages if record.pager else 0, trail, **said)


def _kind(reading: Reading, case: ListCase) -> str:
    return next((c.kind.value for c in reading.pages if c.url == f"{HOST}{case.path}"), "")


def _verdict(reading: Reading, case: ListCase, check: str) -> str:
    """What the check says of the column; empty: nothing."""
    one = checks.load()[check]
    settings = one.settings.model_validate(rulebook().settings_of(check))
    said = one.find(reading, settings, AsOf(AS_OF, published()))
    states = [v.state.value for v in said if v.subject.url == f"{HOST}{case.path}"]
    return states[0] if states else ""


def _menu(case: ListCase) -> str:
    return case.menu.replace("{path}", case.path).replace("{name}", case.column)


def _title(number: int) -> str:
    return TITLES[(number - 1) % len(TITLES)]


def _day(day: dt.date | None, month_day: tuple[int, int] | None) -> str:
    if day is not None:
        return str(day)
    return f"{month_day[0]:02}-{month_day[1]:02}" if month_day else ""


def _filled(text: str, number: int, day: str) -> str:
    year, month, date = day.split("-")
    parts = {
        "n": str(number),
        "y": year,
        "m": month,
        "d": date,
        "yy": year[2:],
        "M": str(int(month)),
        "D": str(int(date)),
    }
    for name, value in parts.items():
        text = text.replace(f"{{{name}}}", value)
    return text
