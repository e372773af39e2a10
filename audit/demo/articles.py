"""Articles of the demo, made from the tables of `texts`: same day, same words. No clock, no chance."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import count

import msgspec

from audit.demo import texts
from audit.demo.records import Article, Attachment, Column, Related
from audit.workdays import Calendar, CalendarUnknown, published

SATURDAY = 5


class Style(msgspec.Struct, frozen=True):
    """How a site's publishing system writes addresses."""

    column: str  # {code}
    next_pages: str  # {code}, {n}
    article: str  # {code}, {serial}


class Writer(msgspec.Struct, frozen=True):
    """Whoever writes a site's articles: its name, its topics, its addresses, its day."""

    owner: str
    topics: tuple[texts.Topic, ...]
    style: Style
    as_of: dt.date

    def column(
        self,
        code: str,
        name: str,
        kind: str,
        articles: Sequence[Article] = (),
        *,
        pinned: Sequence[Article] = (),
        note: str = "",
    ) -> Column:
        """A column at its address, its articles newest first."""
        ordered = sorted(articles, key=lambda article: (article.day, article.path), reverse=True)
        return Column(
            code,
            name,
            self.style.column.format(code=code),
            kind,
            tuple(ordered),
            tuple(pinned),
            note,
            self.style.next_pages.replace("{code}", code),
        )

    def path(self, code: str, serial: int) -> str:
        """Address of an article; it holds no date, so that a fault keeps its address for ever."""
        return self.style.article.format(code=code, serial=serial)


def days(as_of: dt.date, newest: int, step: int, number: int) -> list[dt.date]:
    """`number` worked days, newest first: `newest` days before `as_of`, then every `step` days."""
    return [worked(as_of - dt.timedelta(days=newest + step * i)) for i in range(number)]


def worked(day: dt.date) -> dt.date:
    """The day itself or the last worked day before it; weekends only where no calendar is known."""
    while not _is_worked(day):
        day -= dt.timedelta(days=1)
    return day


def after(day: dt.date, count: int) -> dt.date:
    """The `count`th worked day after a day."""
    while count:
        day += dt.timedelta(days=1)
        count -= _is_worked(day)
    return day


def yearly(as_of: dt.date, month: int, day: int, number: int) -> list[dt.date]:
    """The last `number` returns of a day of the year, newest first."""
    year = as_of.year if (as_of.month, as_of.day) >= (month, day) else as_of.year - 1
    return [dt.date(year - i, month, day) for i in range(number)]


def reports(
    writer: Writer,
    code: str,
    forms: Sequence[tuple[str, str]],
    when: Sequence[dt.date],
    *,
    shift: int = 0,
    first_serial: int = 10001,
) -> list[Article]:
    """Articles that walk through topics × forms; no two have the same title."""
    made: list[Article] = []
    for i, day in enumerate(when):
        n = i + shift
        topic = writer.topics[n % len(writer.topics)]
        title, opening = forms[(n + n // len(writer.topics)) % len(forms)]
        words = _words(writer, topic, day, n)
        made.append(
            Article(
                writer.path(code, first_serial + len(when) - 1 - i),
                title.format_map(words),
                day,
                texts.SOURCES[n % len(texts.SOURCES)],
                _paragraphs(opening.format_map(words), topic, n),
            )
        )
    return made


def notices(
    writer: Writer, code: str, when: Sequence[dt.date], *, shift: int = 0, first_serial: int = 20001
) -> list[Article]:
    """Notices with numbered points and a signature."""
    made: list[Article] = []
    for article, n in zip(
        reports(writer, code, texts.NOTICE_FORMS, when, shift=shift, first_serial=first_serial),
        count(shift),
        strict=False,
    ):
        points = texts.NOTICE_POINTS[n % 2 : n % 2 + 3]
        signed = (writer.owner, _chinese(article.day))
        body = (article.paragraphs[0], *points, *(f'<span class="sign">{s}</span>' for s in signed))
        made.append(msgspec.structs.replace(article, paragraphs=body))
    return made


def papers(
    writer: Writer,
    unit: str,
    when: Sequence[dt.date],
    codes: tuple[str, str],
    prefix: str,
    interpreted: int,
    *,
    headlines: Sequence[str] = texts.INTERPRETATION_TITLES,
) -> tuple[list[Article], list[Article]]:
    """Policies (newest first), and interpretations of the first ones, linked both ways."""
    policies: list[Article] = []
    interpretations: list[Article] = []
    known = texts.POLICIES[unit]
    for i, day in enumerate(when):
        name, purpose, content = known[i]
        written = worked(day - dt.timedelta(days=4))
        number = f"{prefix}〔{written.year}〕{2 * (len(when) - i) + 1}号"
        path = writer.path(codes[0], 30001 + i)
        title = f"{writer.owner}关于印发《{name}》的通知"
        answer = writer.path(codes[1], 31001 + i)
        headline = headlines[i % len(headlines)].format(name=name)
        forward = (Related("相关解读", answer, headline),) if i < interpreted else ()
        policies.append(
            Article(
                path, title, day, texts.SOURCES[i % 6], _policy_text(writer, name, purpose, content),
                number, written, (), forward,
            )
        )  # fmt: skip
        if i < interpreted:
            interpretations.append(
                Article(
                    answer, headline, day, texts.SOURCES[i % 6],
                    _interpretation_text(writer, name, number, purpose, content), "", None, (),
                    (Related("相关文件", path, title),),
                )
            )  # fmt: skip
    return policies, interpretations


def replaced(
    articles: Iterable[Article], changes: Mapping[str, Mapping[str, object]]
) -> list[Article]:
    """The articles with some fields of some of them changed, by path."""
    return [msgspec.structs.replace(a, **changes.get(a.path, {})) for a in articles]


def yearly_papers(
    writer: Writer, code: str, when: Sequence[dt.date], title: str, text: str, first_serial: int
) -> list[Article]:
    """One document a year on what the year before it brought, each with its PDF."""
    made: list[Article] = []
    for i, day in enumerate(when):
        words = {"year": day.year, "last": day.year - 1, "owner": writer.owner}
        head = title.format_map(words)
        serial = first_serial + len(when) - 1 - i
        made.append(
            Article(
                writer.path(code, serial), head, day, "厅办公室", (text.format_map(words),),
                attachments=(Attachment(f"/attachments/{serial}.pdf", f"{head}.pdf"),),
            )
        )  # fmt: skip
    return made


@cache
def _calendar() -> Calendar:
    return published()


def _is_worked(day: dt.date) -> bool:
    try:
        return _calendar().is_workday(day)
    except CalendarUnknown:
        return day.weekday() < SATURDAY


def _words(writer: Writer, topic: texts.Topic, day: dt.date, n: int) -> dict[str, str]:
    return {
        "noun": topic.noun,
        "place": texts.PLACES[(n * 3 + n // 8) % len(texts.PLACES)],
        "owner": writer.owner,
        "date": f"{day.month}月{day.day}日",
        "year": str(day.year),
        "n": str(n + 1),
    }


def _paragraphs(opening: str, topic: texts.Topic, n: int) -> tuple[str, ...]:
    closing = texts.CLOSINGS[n % len(texts.CLOSINGS)].format(next=topic.next)
    if n % 2:
        return opening, f"据介绍，各地{topic.done}。{topic.figure}。", closing
    return f"{opening}今年以来，有关单位{topic.done}。", f"数据显示，{topic.figure}。", closing


def _policy_text(writer: Writer, name: str, purpose: str, content: str) -> tuple[str, ...]:
    return (
        "各州（市）交通运输局，各有关单位：",
        f"《{name}》已经{writer.owner}办公会议审议通过，现印发给你们，请认真贯彻执行。",
        "<strong>第一章　总则</strong>",
        f"第一条　为{purpose}，根据有关法律法规，结合本省实际，制定本文件。",
        f"第二条　本省行政区域内的相关活动适用本文件。本文件{content}。",
        "第三条　有关管理工作遵循统一领导、分级负责、公开透明、便民高效的原则。",
        "<strong>第二章　附则</strong>",
        "第四条　本文件自印发之日起30日后施行，由印发机关负责解释。",
        "（此件公开发布）",
    )


def _interpretation_text(
    writer: Writer, name: str, number: str, purpose: str, content: str
) -> tuple[str, ...]:
    return (
        f"近日，{writer.owner}印发《{name}》（{number}，以下简称本文件）。现就有关内容解读如下。",
        f"<strong>一、出台背景</strong><br>为{purpose}，在总结各地实践、广泛听取意见的基础上形成本文件。",
        f"<strong>二、主要内容</strong><br>本文件{content}，并对法律责任作了衔接。",
        "<strong>三、主要特点</strong><br>一是职责更清晰，二是程序更简便，三是监督更有力，便于基层执行和群众理解。",
        "<strong>四、贯彻落实</strong><br>各地将通过培训、宣讲和现场指导等方式做好实施工作，实施中的问题可以向印发机关反映。",
    )


def _chinese(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
