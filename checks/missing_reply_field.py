"""留言公开要素不全: published replies leave out a field that the norm asks for.

Asked for are when the message came, when and by which office it was answered, and the answer itself.
A field that no reply shows is a fault; one that too few show goes to review, and so does one that may
stand without a label: a second day, an office before a day. So do statistics of messages that were not
found: they may stand in a picture. Too few replies, and pages that were not read, tell nothing.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Messages,
    Reading,
    Reason,
    Settings,
    Subject,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    ok,
    review,
    site_subject,
    table,
    unknown,
)


class MissingReplyFieldSettings(Settings):
    """How many replies must be seen, and the share of them that must show a field."""

    replies: int = Field(gt=0)
    share: float = Field(gt=0, le=1)


FIELDS = {
    "asked": Text("留言日期", "when the message came"),
    "answered": Text("答复日期", "when it was answered"),
    "replier": Text("答复部门", "who answered"),
    "reply": Text("答复内容", "the answer"),
}


CUT = {Reason.PARTIAL_RUN, Reason.NEEDS_BROWSER}  # not all of the replies' pages were read in full


def find(
    reading: Reading,
    settings: MissingReplyFieldSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge each field over the replies that were read."""
    found = reading.messages
    if not found.replies and found.unseen is None:
        return
    if len(found.replies) < settings.replies:
        yield unknown(site_subject(reading), found.unseen or Reason.NOTHING_FOUND)
        return
    for field in FIELDS:
        yield _judge(field, found, settings.share, site_subject(reading, field))
    yield _statistics(found, site_subject(reading, "statistics"))


def _judge(field: str, found: Messages, share: float, subject: Subject) -> Verdict:
    with_it = [one for one in found.replies if field in one.fields]
    without = [one for one in found.replies if field not in one.fields]
    if len(with_it) >= share * len(found.replies):
        return ok(subject)
    if not with_it and found.unseen is not None and found.unseen in CUT:
        return unknown(subject, found.unseen)
    doubtful = bool(with_it) or any(field in one.hinted for one in without)
    return (review if doubtful else fault)(
        subject,
        "some" if doubtful else "none",
        evidence=[table(one.url, [one.title], one.sha256) for one in without[:10]],
        observed=str(len(with_it)),
        limit=str(len(found.replies)),
        field=FIELDS[field],
        replies=len(found.replies),
        without=len(without),
    )


def _statistics(found: Messages, subject: Subject) -> Verdict:
    if found.statistics:
        return ok(subject, observed=found.statistics)
    if found.unseen is not None:
        return unknown(subject, found.unseen)
    pages = found.lists or tuple(one.url for one in found.replies)
    evidence = [fetched(page, "") for page in pages[:5]]
    return review(subject, "statistics", evidence=evidence, observed="0", limit="1")


TEXTS = Texts(
    title=Text("留言公开要素齐全", "Published replies have all fields"),
    failure_title=Text("留言公开要素不全", "Published replies lack fields"),
    messages={
        "none": Message(
            Text(
                "查阅的{replies}条已答复留言都没有公开{field}。",
                "Not one of {replies} replies shows {field}.",
            ),
            Text("在留言公开页面补上{field}。", "Show {field} with each reply."),
        ),
        "some": Message(
            Text(
                "查阅的{replies}条已答复留言中，{without}条没有读到{field}，需人工确认。",
                "{without} of {replies} replies do not show {field}.",
            ),
            Text("在留言公开页面补上{field}。", "Show {field} with each reply."),
        ),
        "statistics": Message(
            Text(
                "没有找到留言的统计数据（收到、答复的件数），可能在图片里，需人工确认。",
                "No statistics of messages were found; a picture may hold them.",
            ),
            Text("公开留言的收到和答复件数。", "Publish how many messages came and were answered."),
        ),
    },
)

CHECK = Check(
    id="missing-reply-field",
    scope="site",
    settings=MissingReplyFieldSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办发〔2017〕47号 政府网站发展指引",
            clause="互动交流",
            quote="公开留言应包含留言时间、答复时间、答复单位、答复内容，并公开统计数据",
            verified=False,
        ),
    ),
    find=find,
)
