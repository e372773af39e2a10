"""解读超过3个工作日: the first interpretation of a policy came later than the norm allows.

Day 0 is the day on which the policy was published on this site; the earliest of several
interpretations counts. To review go: an interpretation older than its policy, days that two sources
tell differently, a pair that is not certain, and a policy that needs none. Without a date or a
calendar nothing is said.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    DateSource,
    Message,
    Pair,
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


class LateInterpretationSettings(Settings):
    """The limit, in working days, and what makes a pair doubtful."""

    workdays: int = Field(ge=0)
    early_days: int = Field(ge=0)  # calendar days by which an interpretation may come first
    doubtful_workdays: int = Field(gt=0)  # a lag beyond it needs a link that makes the pair


def find(reading: Reading, settings: LateInterpretationSettings, as_of: AsOf) -> Iterator[Verdict]:
    """Judge every interpreted policy by its earliest interpretation."""
    by_policy: dict[str, list[Pair]] = {}
    for pair in reading.pairs:
        if pair.interpretation is not None and not pair.policy.outside:
            by_policy.setdefault(pair.policy.url, []).append(pair)
    for pairs in by_policy.values():
        yield _judge(pairs, settings, as_of, complete=reading.complete)


def _judge(
    pairs: Sequence[Pair], settings: LateInterpretationSettings, as_of: AsOf, *, complete: bool
) -> Verdict:
    policy = pairs[0].policy
    subject = Subject(SubjectKind.PAIR, url_key(policy.url), policy.url, policy.title)
    first = min(pairs, key=lambda pair: (_day(pair), pair.matched_by))
    if policy.published is None or _day(first) == dt.date.max:
        return unknown(subject, first.reason or Reason.NO_DATES)
    if (policy.published - _day(first)).days > settings.early_days:
        return _said(review, "early", subject, first, settings, as_of)
    lag = as_of.workdays(policy.published, _day(first))
    if lag is None:
        return unknown(subject, Reason.NO_CALENDAR)
    if lag <= settings.workdays:
        return ok(subject, observed=str(lag))
    if policy.source is DateSource.URL or not all(_is_dated(pair) for pair in pairs):
        return unknown(subject, Reason.NO_DATES)
    if not complete:
        return unknown(subject, Reason.PARTIAL_RUN)  # an earlier one may stand on a page not read
    doubtful = policy.is_exempt or policy.is_others or _is_doubtful(first, lag, settings, as_of)
    return _said(review if doubtful else fault, "late", subject, first, settings, as_of)


def _day(pair: Pair) -> dt.date:
    """The day of the interpretation; the last of all days when it has none."""
    shown = pair.interpretation
    return shown.published if shown and shown.published else dt.date.max


def _is_dated(pair: Pair) -> bool:
    """Whether a date stands in the page or its list: an address alone does not accuse."""
    shown = pair.interpretation
    return bool(shown and shown.published and shown.source is not DateSource.URL)


def _is_doubtful(pair: Pair, lag: int, settings: LateInterpretationSettings, as_of: AsOf) -> bool:
    """Whether the two may not belong together, or another reading of a date is in time."""
    if pair.matched_by == "similarity":
        return True
    if pair.matched_by != "anchor" and lag > settings.doubtful_workdays:
        return True
    days = pair.interpretation.days if pair.interpretation else ()
    lags = [as_of.workdays(one, other) for one in pair.policy.days for other in days]
    return any(one is None or one <= settings.workdays for one in lags)


def _said(
    verdict: Callable[..., Verdict],
    code: str,
    subject: Subject,
    pair: Pair,
    settings: LateInterpretationSettings,
    as_of: AsOf,
) -> Verdict:
    policy, shown = pair.policy, pair.interpretation
    if shown is None or policy.published is None:
        return unknown(subject, Reason.NO_DATES)
    lag = as_of.workdays(policy.published, _day(pair))
    return verdict(
        subject,
        code,
        evidence=[
            quoted(policy.url, policy.quote or policy.published.isoformat(), policy.sha256),
            quoted(shown.url, shown.quote or _day(pair).isoformat(), shown.sha256),
        ],
        observed=f"{lag}",
        limit=f"{settings.workdays}",
        policy=policy.title,
        interpretation=shown.title,
        published=policy.published,
        shown=_day(pair),
        lag=lag,
        workdays=settings.workdays,
    )


TEXTS = Texts(
    title=Text("解读在规定的工作日内发布", "Interpretations are published in time"),
    failure_title=Text("解读发布超过时限", "Interpretations are late"),
    messages={
        "late": Message(
            Text(
                "政策文件“{policy}”于{published}公开，最早的解读“{interpretation}”于{shown}发布，"
                "用了{lag}个工作日，超过{workdays}个工作日。",
                "The policy “{policy}” was published on {published}, its first interpretation "
                "“{interpretation}” on {shown}: {lag} working days, limit {workdays}.",
            ),
            Text(
                "以后的解读与政策文件同步发布，最迟不超过规定的工作日。",
                "Publish interpretations together with their policies.",
            ),
        ),
        "early": Message(
            Text(
                "解读“{interpretation}”的发布日期（{shown}）早于政策文件“{policy}”（{published}），"
                "请核对两个日期。",
                "The interpretation “{interpretation}” ({shown}) is older than the policy "
                "“{policy}” ({published}).",
            ),
            Text(
                "核对政策文件和解读的发布日期；文件补发的，注明原发布日期。",
                "Verify both dates of publication.",
            ),
        ),
    },
)

CHECK = Check(
    id="late-interpretation",
    scope="site",
    settings=LateInterpretationSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="二（一）2",
            quote="应于政策文件印发公开后3个工作日内在厅网站政策解读专栏发布",
            verified=True,
        ),
    ),
    find=find,
)
