"""留言超过三个月未回应: a message of the public has waited longer than the limit.

Only messages of the past year count. What says that it waits is a fault past the limit; what says that
it was received or is being handled goes to review. A site that shows answered messages only tells
nothing of those that wait: unknown. So is a message without a date or a state.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    LimitText,
    Message,
    MessageState,
    PublicMessage,
    Reading,
    Reason,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    quoted,
    review,
    site_subject,
    unknown,
    url_key,
    within,
)


class UnansweredMessageSettings(Settings):
    """How long a message may wait, and how far back messages are looked at."""

    limit: LimitText
    period: LimitText


OPEN = {MessageState.WAITING, MessageState.HANDLING}


def find(reading: Reading, settings: UnansweredMessageSettings, as_of: AsOf) -> Iterator[Verdict]:
    """Judge every message of the period whose state is shown."""
    found = reading.messages
    waiting = any(one.state in OPEN for one in found.messages)
    if found.messages and not waiting:
        known = any(one.state is MessageState.ANSWERED for one in found.messages)
        reason = Reason.NOTHING_FOUND if known else Reason.NO_DATES
        yield unknown(site_subject(reading), found.unseen or reason)
        return
    for message in found.messages:
        verdict = _judge(message, settings, as_of)
        if verdict is not None:
            yield verdict
    if not found.messages and found.unseen is not None:
        yield unknown(site_subject(reading), found.unseen)


def _judge(
    message: PublicMessage, settings: UnansweredMessageSettings, as_of: AsOf
) -> Verdict | None:
    subject = Subject(SubjectKind.ITEM, url_key(message.url), message.url, message.title)
    if message.state is MessageState.ANSWERED:
        return ok(subject)
    if message.state not in OPEN:
        return None
    if message.asked is None:
        return unknown(subject, Reason.NO_DATES)
    if not within(message.asked, settings.period, as_of.day):
        return None
    if within(message.asked, settings.limit, as_of.day):
        return ok(subject, observed=str(message.asked))
    waits = message.state is MessageState.WAITING
    age = (as_of.day - message.asked).days
    return (fault if waits else review)(
        subject,
        "waiting" if waits else "handling",
        evidence=[quoted(message.page, message.quote, message.sha256)],
        observed=f"{age}d",
        limit=settings.limit,
        title=message.title,
        asked=message.asked,
        age=age,
    )


TEXTS = Texts(
    title=Text("留言按时回应", "Messages are answered in time"),
    failure_title=Text("留言超过三个月未回应", "Messages wait for an answer"),
    messages={
        "waiting": Message(
            Text(
                "留言“{title}”（{asked}）已{age}天没有答复。",
                "The message “{title}” of {asked} has waited {age} days.",
            ),
            Text("尽快答复并公开答复内容。", "Answer it and publish the answer."),
        ),
        "handling": Message(
            Text(
                "留言“{title}”（{asked}）已{age}天，状态仍是办理中，需人工确认是否已经答复。",
                "The message “{title}” of {asked} is still being handled after {age} days.",
            ),
            Text(
                "尽快办结；已经答复的，更新公开的状态。",
                "Finish it; where it was answered, update its state.",
            ),
        ),
    },
)

CHECK = Check(
    id="unanswered-message",
    scope="site",
    settings=UnansweredMessageSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 5 互动回应差（2）",
            quote="对网民留言超过3个月未回应",
            verified=False,
        ),
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="二（二）3",
            quote="网民留言办理的程序和时限",
            verified=False,
        ),
    ),
    find=find,
)
