"""首页不更新: the home page announces nothing new.

The newest dated item of the home page decides (for a home page that is only a gate, the pages one
step below). An item whose date was read from its address alone can show that the page is alive but
never accuses: then a person must look. Items dated in the future are left out.
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
    if not home.items:
        yield unknown(subject, Reason.NO_DATES)
        return
    newest = home.items[0]
    if newest.day is None:
        yield unknown(subject, Reason.NO_DATES)
        return
    rows = [f"{item.day} {item.title}" for item in home.items[:10]]
    age = (as_of.day - newest.day).days
    if within(newest.day, settings.limit, as_of.day):
        yield ok(subject, observed=str(newest.day))
        return
    verdict = review if is_weak(newest) else fault
    yield verdict(
        subject,
        "weak" if is_weak(newest) else "stale",
        evidence=[table(home.url, rows)],
        observed=f"{age}d",
        limit=settings.limit,
        newest=newest.day,
        age=age,
        title=newest.title,
    )


TEXTS = Texts(
    title=Text("首页有近期更新的信息", "The home page shows recent information"),
    failure_title=Text("首页不更新", "The home page is not updated"),
    messages={
        "stale": Message(
            Text(
                "首页最新一条信息的日期是{newest}，距今{age}天，超过时限：《{title}》。",
                "The newest item of the home page is of {newest}, {age} days ago: {title}.",
            ),
            Text(
                "在首页及时发布新的信息，并核对首页各栏目是否自动取到最新内容。",
                "Publish new information on the home page and see that its blocks show it.",
            ),
        ),
        "weak": Message(
            Text(
                "首页最新一条信息只能从网址推断日期（{newest}，距今{age}天），需人工确认：《{title}》。",
                "The newest item's date is known from its address only ({newest}): {title}.",
            ),
            Text(
                "为首页信息标注发布日期；确已超期的，及时发布新的信息。",
                "Show publication dates on the home page; publish if it is overdue.",
            ),
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
