"""应解读未解读: a policy that must be interpreted has no interpretation.

The site's own normative documents (办法, 规定, 细则, numbers with 规 and the like) must have one;
whether others must, a person says (many of them are
told as one); appointments, meetings, awards, replies, reposts and the like
need none and are not counted. A policy within its days, or from before the duty, is not judged.
Where interpretations may stand that were not read, nothing is missing for certain.
"""

import datetime as dt
from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    ColumnClass,
    Message,
    Pair,
    PairState,
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
    table,
    unknown,
    url_key,
)


class MissingInterpretationSettings(Settings):
    """From when on policies must be interpreted, and how long that may take."""

    since: dt.date
    workdays: int = Field(ge=0)
    together: int = Field(gt=0)  # so many that a person must decide are told as one


SHOWN = 50  # policies that the evidence lists
LONG = 60  # calendar days that are longer than any limit in working days


def find(
    reading: Reading, settings: MissingInterpretationSettings, as_of: AsOf
) -> Iterator[Verdict]:
    """Judge every policy in the scope of the duty."""
    hidden = _hidden(reading)
    unsure: list[Verdict] = []
    for pair in {pair.policy.url: pair for pair in reading.pairs}.values():
        policy = pair.policy
        if policy.outside or policy.is_exempt:
            continue
        subject = Subject(SubjectKind.PAIR, url_key(policy.url), policy.url, policy.title)
        if pair.interpretation is not None:
            yield ok(subject, observed=pair.interpretation.url)
        elif policy.published is None:
            yield unknown(subject, Reason.NO_DATES)
        elif policy.published >= settings.since:
            verdict = _judge(pair, subject, settings, as_of, hidden)
            if verdict.code == "unsure":
                unsure.append(verdict)
            else:
                yield verdict
    if len(unsure) < settings.together:
        yield from unsure
    else:
        yield _together(reading, unsure)


def _together(reading: Reading, unsure: list[Verdict]) -> Verdict:
    rows = [f"{one.subject.label} {one.subject.url}" for one in unsure]
    return review(
        site_subject(reading), "several", evidence=[table(reading.card.home, rows[:SHOWN])],
        observed="0", limit=f"{len(unsure)}", policies=len(unsure),
    )  # fmt: skip


def _judge(
    pair: Pair,
    subject: Subject,
    settings: MissingInterpretationSettings,
    as_of: AsOf,
    hidden: Reason | None,
) -> Verdict:
    policy = pair.policy
    if policy.published is None:
        return unknown(subject, Reason.NO_DATES)
    if pair.state is PairState.NOT_ASSESSED or hidden:
        return unknown(subject, pair.reason or hidden or Reason.NEEDS_BROWSER)
    passed = _passed(policy.published, as_of)
    if passed is None:
        return unknown(subject, Reason.NO_CALENDAR)
    if passed <= settings.workdays:
        return ok(subject, observed=f"{passed}")  # there is still time
    certain = policy.is_due and pair.state is PairState.UNINTERPRETED
    verdict = fault if certain else review
    return verdict(
        subject,
        "missing" if policy.is_due else "unsure",
        evidence=[quoted(policy.url, f"{policy.title} {policy.number}".strip(), policy.sha256)],
        observed="0",
        limit="1",
        policy=policy.title,
        published=policy.published,
        words=policy.scope_words,
    )


def _passed(published: dt.date, as_of: AsOf) -> int | None:
    """Working days since, at least: of the first weeks or the last ones, which have a calendar."""
    weeks = dt.timedelta(days=LONG)
    first = as_of.workdays(published, min(as_of.day, published + weeks))
    return as_of.workdays(max(published, as_of.day - weeks), as_of.day) if first is None else first


def _hidden(reading: Reading) -> Reason | None:
    """Why interpretations may exist that were not read; None: all could be read."""
    for column in reading.columns:
        if column.klass is ColumnClass.INTERPRETATION:
            if column.unavailable:
                return column.unavailable
            if column.unread_pages:
                return column.unread_reason or Reason.BUDGET
            if column.script_fills:
                return Reason.NEEDS_BROWSER
    return None


TEXTS = Texts(
    title=Text("应解读的政策文件都有解读", "Policies are interpreted"),
    failure_title=Text("应解读未解读", "Policies are not interpreted"),
    messages={
        "missing": Message(
            Text(
                "政策文件“{policy}”（{published}公开）没有找到解读；按标题或文号（{words}）属于应当解读的文件。",
                "No interpretation of the policy “{policy}” ({published}) was found; by its name or "
                "number ({words}) it must have one.",
            ),
            Text(
                "发布解读并与文件相互链接；不需要解读的，登记豁免并说明理由。",
                "Publish an interpretation and link both.",
            ),
        ),
        "several": Message(
            Text(
                "{policies}份政策文件没有找到解读；是否应当解读，请人工确认。",
                "No interpretation of {policies} policies was found; whether they must have one, "
                "a person has to say.",
            ),
            Text(
                "逐份确认：本单位制发、涉及面广、社会关注的，补发解读。",
                "Go through them and interpret those of one's own that concern the public.",
            ),
        ),
        "unsure": Message(
            Text(
                "政策文件“{policy}”（{published}公开）没有找到解读；是否应当解读，请人工确认。",
                "No interpretation of the policy “{policy}” ({published}) was found; whether it "
                "must have one, a person has to say.",
            ),
            Text(
                "涉及面广、社会关注的，补发解读；不需要解读的，登记豁免并说明理由。",
                "Publish an interpretation where the matter concerns the public.",
            ),
        ),
    },
)

CHECK = Check(
    id="missing-interpretation",
    scope="site",
    settings=MissingInterpretationSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="二（一）1",
            quote="发布解读相关政策措施",
            verified=True,
        ),
    ),
    find=find,
)
