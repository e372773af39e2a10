"""首页不更新: the home page announces nothing new.

The newest dated item of the home page decides (for a home page that is only a gate, those of the
pages one step below too). Items dated in the future are left out, and dates beside links that lead
to no article. An old date accuses only when nothing newer can be hidden: where script may add items,
or undated items lead to pages that were not read, the page is unknown; a date read from an address
alone, or items whose pages show no date, send it to review.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    LimitText,
    Message,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    is_weak,
    ok,
    review,
    site_subject,
    table,
    unknown,
    within,
)


class StaleHomeSettings(Settings):
    """How old the newest item may be."""

    limit: LimitText


def find(reading: Reading, settings: StaleHomeSettings, as_of: AsOf) -> Iterator[Verdict]:
    """Judge the home page by its newest item."""
    subject = site_subject(reading)
    home = reading.home
    newest = next((item for item in home.items if item.day), None)
    if newest is None or newest.day is None:
        unread = Reason.BUDGET if home.unopened else Reason.NO_DATES
        yield unknown(subject, Reason.NEEDS_BROWSER if home.script_fills else unread)
        return
    if within(newest.day, settings.limit, as_of.day):
        yield ok(subject, observed=str(newest.day))
        return
    if home.script_fills or home.unopened:
        yield unknown(subject, Reason.NEEDS_BROWSER if home.script_fills else Reason.BUDGET)
        return
    doubt = "weak" if is_weak(newest) else "undated" if home.undated else ""
    age = (as_of.day - newest.day).days
    verdict = review if doubt else fault
    yield verdict(
        subject,
        doubt or "stale",
        evidence=[table(home.url, (f"{item.day} {item.title}" for item in home.items[:10]))],
        observed=f"{age}d",
        limit=settings.limit,
        newest=newest.day,
        age=age,
        title=newest.title,
        undated=home.undated,
    )


PUBLISH = Text(
    "在首页及时发布新的信息，并核对首页各栏目是否自动取到最新内容。",
    "Publish new information on the home page and see that its blocks show it.",
)
SHOW_DATES = Text(
    "为首页信息标注发布日期；确已超期的，及时发布新的信息。",
    "Show publication dates on the home page; publish if it is overdue.",
)
TEXTS = Texts(
    title=Text("首页有近期更新的信息", "The home page shows recent information"),
    failure_title=Text("首页不更新", "The home page is not updated"),
    messages={
        "stale": Message(
            Text(
                "首页最新一条信息的日期是{newest}，距今{age}天，超过时限：“{title}”。",
                "The newest item of the home page is of {newest}, {age} days ago: “{title}”.",
            ),
            PUBLISH,
        ),
        "weak": Message(
            Text(
                "首页最新一条信息只能从网址推断日期（{newest}，距今{age}天），需人工确认：“{title}”。",
                "The newest item's date is known from its address only ({newest}, {age} days ago): “{title}”.",
            ),
            SHOW_DATES,
        ),
        "undated": Message(
            Text(
                "首页有日期的信息中最新的是{newest}（距今{age}天），另有{undated}条信息没有读到日期，需人工确认。",
                "The newest dated item is of {newest} ({age} days ago); {undated} items carry no readable date.",
            ),
            SHOW_DATES,
        ),
    },
)

CHECK = Check(
    id="stale-home",
    scope="site",
    settings=StaleHomeSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 首页不更新",
            quote="监测2周，首页无信息更新的，即单项否决",
            verified=False,
        ),
    ),
    find=find,
)
