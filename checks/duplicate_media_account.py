"""同一平台多账号: a unit keeps more than one account on a platform.

The register decides. Names of platforms that mean the same one are one platform; where two names differ
(订阅号 and 服务号) a person must look. Closed accounts do not count. Without a register it is unknown.
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
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    platform_of,
    review,
    table,
    unknown,
)


class DuplicateMediaAccountSettings(Settings):
    """Nothing to set."""


def find(
    reading: EstateReading,
    settings: DuplicateMediaAccountSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every platform of every unit."""
    if not reading.accounts:
        yield unknown(Subject(SubjectKind.ACCOUNT, "", "", ""), Reason.NOT_REGISTERED)
    groups: dict[tuple[str, str], list[Account]] = {}
    for account in reading.accounts:
        if not account.closed:
            groups.setdefault((account.unit, platform_of(account.platform)), []).append(account)
    for (unit, platform), accounts in groups.items():
        yield _judge(reading, unit, platform, accounts)


def _judge(reading: EstateReading, unit: str, platform: str, accounts: list[Account]) -> Verdict:
    home, name = reading.homes.get(unit, ""), reading.names.get(unit, unit)
    subject = Subject(SubjectKind.ACCOUNT, unit, home, name, platform)
    if len(accounts) == 1:
        return ok(subject, observed=accounts[0].name)
    alike = len({account.platform for account in accounts}) == 1
    return (fault if alike else review)(
        subject,
        "several" if alike else "kinds",
        evidence=[table(home, [f"{one.platform} {one.name}" for one in accounts])],
        observed=str(len(accounts)),
        limit="1",
        unit=name,
        platform=accounts[0].platform,
        count=len(accounts),
        accounts="、".join(f"{one.platform}“{one.name}”" for one in accounts),
    )


TEXTS = Texts(
    title=Text("同一平台只有一个账号", "One account a platform"),
    failure_title=Text("同一平台多账号", "Several accounts on one platform"),
    messages={
        "several": Message(
            Text(
                "{unit}在{platform}登记了{count}个账号：{accounts}。",
                "{unit} has {count} accounts on {platform}: {accounts}.",
            ),
            Text(
                "保留一个账号，其余的注销或整合，并更新登记。",
                "Keep one, close or merge the others, and update the register.",
            ),
        ),
        "kinds": Message(
            Text(
                "{unit}登记了{count}个同属一个平台的账号：{accounts}，需人工确认是否可以并存。",
                "{unit} has {count} accounts that may be on one platform: {accounts}.",
            ),
            Text(
                "确认是否属于同一平台；属于的，保留一个。",
                "Decide whether they are on one platform; keep one if so.",
            ),
        ),
    },
)

CHECK = Check(
    id="duplicate-media-account",
    scope="estate",
    settings=DuplicateMediaAccountSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（二）2",
            quote="原则上在同一平台只开设一个账号",
            verified=False,
        ),
    ),
    find=find,
)
