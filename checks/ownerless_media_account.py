"""新媒体台账不完整: the register does not say who answers for an account.

Due are the fields that the settings name. An account to which a site links, on a platform for which its
unit has none in the register, goes to review: it may be another body's. Tools to share a page are no
accounts. Without a register it is unknown.
"""

from collections.abc import Iterator

from audit.api import (
    Account,
    AsOf,
    Basis,
    Check,
    EstateReading,
    Message,
    Reason,
    Settings,
    ShownAccount,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    platform_of,
    quoted,
    review,
    table,
    unknown,
)


class OwnerlessMediaAccountSettings(Settings):
    """Fields that must be filled in: leader, department, owner, filing."""

    fields: tuple[str, ...]


FIELDS = {"leader": "分管领导", "department": "责任部门", "owner": "责任人", "filing": "备案编号"}


def find(
    reading: EstateReading,
    settings: OwnerlessMediaAccountSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every account of the register, and those that the sites show."""
    if not reading.accounts:
        yield unknown(Subject(SubjectKind.ACCOUNT, "", "", ""), Reason.NOT_REGISTERED)
        return
    for account in reading.accounts:
        if not account.closed:
            yield _judge(reading, account, settings.fields)
    known = {(one.unit, platform_of(one.platform)) for one in reading.accounts}
    for shown in reading.shown_accounts:
        if (shown.unit, shown.platform) not in known:
            yield _unregistered(reading, shown)


def _judge(reading: EstateReading, account: Account, fields: tuple[str, ...]) -> Verdict:
    home = reading.homes.get(account.unit, "")
    label = f"{account.platform} {account.name}"
    subject = Subject(SubjectKind.ACCOUNT, account.unit, home, label, label)
    lacking = [
        name for field, name in FIELDS.items() if field in fields and not _of(account, field)
    ]
    if not lacking:
        return ok(subject)
    return fault(
        subject, "ownerless", evidence=[table(home, [label, *lacking])],
        observed=str(len(fields) - len(lacking)), limit=str(len(fields)),
        unit=reading.names.get(account.unit, account.unit), account=label,
        fields="、".join(lacking),
    )  # fmt: skip


def _of(account: Account, field: str) -> str:
    filled = {
        "leader": account.leader,
        "department": account.department,
        "owner": account.owner,
        "filing": account.filing,
    }
    return filled.get(field, "").strip()


def _unregistered(reading: EstateReading, shown: ShownAccount) -> Verdict:
    label = shown.text or shown.url
    subject = Subject(SubjectKind.ACCOUNT, shown.unit, shown.page, label, shown.url)
    return review(
        subject, "unregistered", evidence=[quoted(shown.page, f"{shown.text} {shown.url}".strip())],
        observed="0", limit="1", unit=reading.names.get(shown.unit, shown.unit), account=label,
        url=shown.url,
    )  # fmt: skip


TEXTS = Texts(
    title=Text("新媒体台账完整", "The register of accounts is complete"),
    failure_title=Text("新媒体台账不完整", "The register of accounts is incomplete"),
    messages={
        "ownerless": Message(
            Text(
                "{unit}的{account}没有登记：{fields}。",
                "{account} of {unit} lacks in the register: {fields}.",
            ),
            Text("在台账中补充{fields}。", "Fill in: {fields}."),
        ),
        "unregistered": Message(
            Text(
                "{unit}的网站链接了账号“{account}”（{url}），台账里没有这个平台的账号，需人工确认是不是本单位的。",
                "The site of {unit} links to “{account}” ({url}), which is not in the register.",
            ),
            Text(
                "是本单位的，补充登记；不是的，不需处理。", "Register it if it is the unit’s own."
            ),
        ),
    },
)

CHECK = Check(
    id="ownerless-media-account",
    scope="estate",
    settings=OwnerlessMediaAccountSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（二）2",
            quote="分管领导、责任部门、责任人",
            verified=False,
        ),
    ),
    find=find,
)
