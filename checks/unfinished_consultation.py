"""决策预公开不完整: a draft put to the public lacks a part, or its result was not published.

Asked for are the draft, a way to answer, the day on which it ends, and after that day, with a term of
grace, what came of it. No result after the term is a fault; parts that were not seen go to review, for
pictures and documents may hold them. Only consultations of the past year are looked at.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Consultation,
    LimitText,
    Message,
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
    unknown,
    url_key,
    within,
)


class UnfinishedConsultationSettings(Settings):
    """How far back consultations are looked at, and the days after the end that are left for the result."""

    period: LimitText
    grace: LimitText


def find(
    reading: Reading, settings: UnfinishedConsultationSettings, as_of: AsOf
) -> Iterator[Verdict]:
    """Judge every consultation of the period."""
    for one in reading.consultations:
        subject = Subject(SubjectKind.ITEM, url_key(one.url), one.url, one.title)
        if one.published is None:
            yield unknown(subject, Reason.NO_DATES)
        elif within(one.published, settings.period, as_of.day):
            yield _judge(one, subject, settings, as_of)


def _judge(
    one: Consultation, subject: Subject, settings: UnfinishedConsultationSettings, as_of: AsOf
) -> Verdict:
    over = one.ends is not None and not within(one.ends, settings.grace, as_of.day)
    lacking = [name for name, there in _parts(one) if not there]
    if over and not one.result:
        if one.unseen is not None:
            return unknown(subject, one.unseen)
        age = (as_of.day - one.ends).days if one.ends else 0
        evidence = [quoted(one.url, f"{one.title} {one.end_quote}".strip(), one.sha256)]
        return fault(
            subject, "unanswered", evidence=evidence, observed=f"{age}d", limit=settings.grace,
            ends=str(one.ends), age=age,
        )  # fmt: skip
    if not lacking:
        return ok(subject, observed=str(one.ends))
    if one.unseen is not None:
        return unknown(subject, one.unseen)
    evidence = [quoted(one.url, one.title, one.sha256)]
    return review(
        subject, "lacking", evidence=evidence, observed=str(3 - len(lacking)), limit="3",
        parts="、".join(lacking),
    )  # fmt: skip


def _parts(one: Consultation) -> tuple[tuple[str, bool], ...]:
    return (
        ("征求意见的文本", one.draft),
        ("反馈意见的渠道", one.channel),
        ("截止日期", one.ends is not None),
    )


TEXTS = Texts(
    title=Text("决策预公开完整", "Consultations are complete"),
    failure_title=Text("决策预公开不完整", "Consultations are incomplete"),
    messages={
        "unanswered": Message(
            Text(
                "征求意见已于{ends}结束，过去{age}天，没有找到意见采纳情况或结果反馈。",
                "The consultation ended on {ends}, {age} days ago; no result was found.",
            ),
            Text("公布意见的收集和采纳情况。", "Publish what came of it."),
        ),
        "lacking": Message(
            Text(
                "征求意见的页面没有读到：{parts}，需人工确认。",
                "Not seen on the page of the consultation: {parts}.",
            ),
            Text("补充{parts}。", "Add what is lacking: {parts}."),
        ),
    },
)

CHECK = Check(
    id="unfinished-consultation",
    scope="site",
    settings=UnfinishedConsultationSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="一（一）",
            quote="重大决策预公开：决策草案、决策依据",
            verified=False,
        ),
    ),
    find=find,
)
