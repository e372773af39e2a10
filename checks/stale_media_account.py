"""新媒体超过两周未更新: an account has not posted for longer than the limit.

The day of the last post comes from the register: it is written by a person or by another program. An
account without one is unknown, not stale. Closed accounts are left out.
"""

from collections.abc import Iterator

from audit.api import (
    Account,
    AsOf,
    Basis,
    Check,
    EstateReading,
    LimitText,
    Message,
    Reason,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    review,
    table,
    unknown,
    within,
)


class StaleMediaAccountSettings(Settings):
    """How long an account may stay quiet."""

    limit: LimitText


def find(
    reading: EstateReading,
    settings: StaleMediaAccountSettings,
    as_of: AsOf,
) -> Iterator[Verdict]:
    """Judge every account that is in use."""
    if not reading.accounts:
        yield unknown(Subject(SubjectKind.ACCOUNT, "", "", ""), Reason.NOT_REGISTERED)
    for account in reading.accounts:
        if not account.closed:
            yield _judge(reading, account, settings.limit, as_of)


def _judge(reading: EstateReading, account: Account, limit: str, as_of: AsOf) -> Verdict:
    home = reading.homes.get(account.unit, "")
    label = f"{account.platform} {account.name}"
    subject = Subject(SubjectKind.ACCOUNT, account.unit, home, label, label)
    last = account.last_post
    seen = account.seen_on or as_of.day
    if last is None or last > as_of.day or seen > as_of.day:
        return unknown(subject, Reason.NOT_REGISTERED)
    if within(last, limit, as_of.day):
        return ok(subject, observed=str(last))
    if within(last, limit, seen) or not within(seen, limit, as_of.day):
        return unknown(subject, Reason.NOT_REGISTERED)  # nobody has looked for two weeks
    age = (as_of.day - last).days
    verdict, code = (fault, "stale") if account.seen_on else (review, "unseen")
    return verdict(
        subject,
        code,
        evidence=[table(home, [label, f"last_post = {last}", f"seen_on = {account.seen_on}"])],
        observed=f"{age}d",
        limit=limit,
        unit=reading.names.get(account.unit, account.unit),
        account=label,
        last=last,
        age=age,
    )


TEXTS = Texts(
    title=Text("新媒体按时更新", "Accounts are kept current"),
    failure_title=Text("新媒体超过两周未更新", "Accounts have gone stale"),
    messages={
        "unseen": Message(
            Text(
                "{unit}的{account}登记的最近一次发布是{last}（{age}天前），没有登记查看日期（`seen_on`），需人工核实。",
                "{account} of {unit}: the register's last post is of {last}, {age} days ago; nobody "
                "said when it was looked at.",
            ),
            Text("查看账号，更新登记。", "Look at the account and bring the register up to date."),
        ),
        "stale": Message(
            Text(
                "{unit}的{account}最近一次发布是{last}，已{age}天未更新。",
                "{account} of {unit} last posted on {last}, {age} days ago.",
            ),
            Text(
                "恢复更新；无力维护的，按规定注销并公告。",
                "Post again, or close the account with a notice.",
            ),
        ),
    },
)

CHECK = Check(
    id="stale-media-account",
    scope="estate",
    settings=StaleMediaAccountSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="政务新媒体单项否决 2 内容不更新",
            quote="监测时间点前2周内无更新",
            verified=False,
        ),
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（二）1",
            quote="谁开设谁管理",
            verified=False,
        ),
    ),
    find=find,
)
