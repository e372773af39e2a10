"""上级信息转载不及时: an item that the site was to repost came late or not at all.

A feed in the config says what is expected. It is looked for by its title, a little difference allowed.
The day of the repost must be read for certain: a day from an address alone never accuses. An item that
was not found is a fault only when the whole site was read. Without a feed it is unknown.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
    Reason,
    Repost,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    ok,
    quoted,
    site_subject,
    unknown,
)


class LateRepostSettings(Settings):
    """How many days may pass."""

    days: int = Field(gt=0)


def find(reading: Reading, settings: LateRepostSettings, as_of: AsOf) -> Iterator[Verdict]:
    """Judge every expected item whose term is over, and those that came earlier."""
    if not reading.registers.expected:
        yield unknown(site_subject(reading), Reason.NOT_REGISTERED)
        return
    for repost in reading.reposts:
        due = (as_of.day - repost.expected.published).days > settings.days
        if repost.found is not None:
            yield _late(repost, settings.days)
        elif due:
            yield _missing(repost, settings.days, reading, as_of)


def _late(repost: Repost, days: int) -> Verdict:
    found, expected = repost.found, repost.expected
    subject = _subject(repost)
    if found is None or found.day is None:
        return unknown(subject, Reason.NO_DATES)
    lag = (found.day - expected.published).days
    if lag <= days:
        return ok(subject, observed=str(found.day))
    if not repost.sure:
        return unknown(subject, Reason.NO_DATES)
    return fault(
        subject, "late", evidence=[quoted(found.url, f"{found.day} {found.title}")],
        observed=f"{lag}d", limit=f"{days}d", source=expected.source,
        published=expected.published, day=found.day, lag=lag, title=expected.title,
    )  # fmt: skip


def _missing(repost: Repost, days: int, reading: Reading, as_of: AsOf) -> Verdict:
    subject, expected = _subject(repost), repost.expected
    if not reading.complete:
        return unknown(subject, Reason.PARTIAL_RUN)
    age = (as_of.day - expected.published).days
    return fault(
        subject, "missing", evidence=[fetched(reading.card.home, "")], observed=f"{age}d",
        limit=f"{days}d", source=expected.source, published=expected.published, age=age,
        title=expected.title,
    )  # fmt: skip


def _subject(repost: Repost) -> Subject:
    """Keyed by what the feed names: its address, else its title."""
    expected = repost.expected
    url = repost.found.url if repost.found else expected.url
    return Subject(SubjectKind.ITEM, expected.url or expected.title, url, expected.title)


TEXTS = Texts(
    title=Text("上级信息及时转载", "Reposts come in time"),
    failure_title=Text("上级信息转载不及时", "Reposts are late or missing"),
    messages={
        "late": Message(
            Text(
                "{source}{published}发布的“{title}”，本站{day}才转载，隔了{lag}天。",
                "“{title}” of {source}, {published}, was reposted on {day}, {lag} days later.",
            ),
            Text("及时转载上级的重要信息。", "Repost in time."),
        ),
        "missing": Message(
            Text(
                "{source}{published}发布的“{title}”，已{age}天，本站没有找到转载。",
                "“{title}” of {source}, {published}, {age} days ago, was not found on the site.",
            ),
            Text("补充转载，并注明来源。", "Repost it with its source."),
        ),
    },
)

CHECK = Check(
    id="late-repost",
    scope="site",
    settings=LateRepostSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（一）3",
            quote="及时转载",
            verified=False,
        ),
    ),
    find=find,
)
