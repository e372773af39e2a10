"""Placeholder words for the sites: titles, paragraphs, rows. Nobody and nothing in them is real."""

import datetime as dt
from collections.abc import Iterable

import msgspec

SUBJECTS = (
    "农村公路养护", "道路运输安全", "水路客运", "公交线路调整", "桥梁隧道检查", "交通执法培训", "防汛抢险演练",
    "路域环境整治", "信用考核", "便民服务", "节能减排", "工程质量监督", "货运市场管理", "航道疏浚", "驾驶员培训",
)  # fmt: skip
FORMS = (
    "关于做好{}工作的通知",
    "示例县{}工作取得新进展",
    "示例县召开{}工作会议",
    "{}情况通报",
    "开展{}专项行动",
)


class Row(msgspec.Struct, frozen=True):
    """One item: its address, title and day."""

    url: str
    title: str
    day: dt.date

    @property
    def month_day(self) -> str:
        return f"{self.day:%m-%d}"

    @property
    def compact(self) -> str:
        return f"{self.day:%Y%m%d}"


def title(number: int) -> str:
    """The title of the item with this number; no two below 75 are alike."""
    return FORMS[number % len(FORMS)].format(SUBJECTS[number * 7 % len(SUBJECTS)]) + _part(number)


def paragraphs(number: int, count: int = 3) -> str:
    """Paragraphs without any date."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    return "".join(
        f"<p>为进一步推进{subject}，示例县各有关单位按照职责分工，扎实做好第{part}阶段的各项工作，"
        "落实责任，加强检查，及时解决群众反映的问题，确保任务按期完成。</p>"
        for part in range(1, count + 1)
    )


def rows(address: str, first: int, days: Iterable[str]) -> list[Row]:
    """Rows at `address`, filled with the number and parts of the day."""
    made: list[Row] = []
    for number, text in enumerate(days, start=first):
        day = dt.date.fromisoformat(text)
        url = address.format(n=number, d=f"{day:%Y%m%d}", m=f"{day:%Y%m}", y=day.year, day=day)
        made.append(Row(url, title(number), day))
    return made


def _part(number: int) -> str:
    rounds = number // 15
    return f"（第{'一二三四五六七八九十'[rounds % 10]}期）" if rounds else ""
