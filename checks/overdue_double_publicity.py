"""双公示超过7个工作日: a licence or a penalty was posted too long after it was decided.

Working days are counted from the day of the decision, which is day 0, to the day of posting as the page
says them, or to the page's own labelled date where it holds one decision. One late decision is enough;
a page is in time only when every decision on it is: where one lacks a date, or has the later one first (a
misread date accuses nobody), it is unknown. So is a year without a calendar.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    DecisionPage,
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
)


class OverdueDoublePublicitySettings(Settings):
    """How many working days may pass."""

    workdays: int = Field(gt=0)


def find(
    reading: Reading, settings: OverdueDoublePublicitySettings, as_of: AsOf
) -> Iterator[Verdict]:
    """Judge every page that holds decisions."""
    for page in reading.decisions:
        yield _judge(page, settings.workdays, as_of)


def _judge(page: DecisionPage, limit: int, as_of: AsOf) -> Verdict:
    subject = Subject(SubjectKind.PAGE, url_key(page.url), page.url, page.title)
    dated = [(one.decided, one.posted, one.quote) for one in page.decisions if one.posted]
    pairs = [(a, b, quote) for a, b, quote in dated if a <= b]
    again = any(one.again for one in page.decisions)
    lags = [(as_of.workdays(a, b), a, b, quote) for a, b, quote in pairs]
    known = [(lag, a, b, quote) for lag, a, b, quote in lags if lag is not None]
    late = sorted((one for one in known if one[0] > limit), reverse=True)
    if not late:
        if len(pairs) < len(page.decisions) or page.unread or not pairs:
            return unknown(subject, Reason.NO_DATES)
        if len(known) < len(pairs):
            return unknown(subject, Reason.NO_CALENDAR)
        return ok(subject, observed=str(max(known)[0]))
    lag, decided, posted, _ = late[0]
    verdict, code = (review, "again") if again else (fault, "late")
    return verdict(
        subject,
        code,
        evidence=[quoted(page.url, quote, page.sha256) for *_, quote in late[:5]],
        observed=str(lag),
        limit=str(limit),
        lag=lag,
        decided=decided,
        posted=posted,
        late=len(late),
        all=len(page.decisions),
    )


TEXTS = Texts(
    title=Text("双公示按时", "Licences and penalties are posted in time"),
    failure_title=Text("双公示超过7个工作日", "Licences and penalties are posted late"),
    messages={
        "again": Message(
            Text(
                "决定于{decided}作出，页面上的公示日期是{posted}（{lag}个工作日后），但页面提到更正、迁移或先前的公示，需人工确认。",
                "Decided on {decided}, dated {posted} here, {lag} working days later; the page speaks "
                "of an earlier posting.",
            ),
            Text("核对最早的公示日期。", "Look up when it was first posted."),
        ),
        "late": Message(
            Text(
                "{decided}作出的决定，{posted}才公示，隔了{lag}个工作日（本页{all}条中有{late}条超期）。",
                "Decided on {decided}, posted on {posted}: {lag} working days ({late} of {all} on the page are late).",
            ),
            Text(
                "自作出决定之日起7个工作日内公示；本页日期有误的，予以更正。",
                "Post decisions within seven working days; correct the dates where they are wrong.",
            ),
        ),
    },
)

CHECK = Check(
    id="overdue-double-publicity",
    scope="site",
    settings=OverdueDoublePublicitySettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="一（三）",
            quote="7个工作日",
            verified=False,
        ),
        Basis(
            document="国务院办公厅关于运用大数据加强对市场主体服务和监管的若干意见及双公示工作要求",
            clause="上网公开时限",
            quote="自作出行政决定之日起7个工作日内上网公开",
            verified=False,
        ),
    ),
    find=find,
)
