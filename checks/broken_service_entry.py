"""便民入口打不开: a short link to a service on the home page or next to it leads nowhere.

A page that the server calls missing more than once is a fault. One that it called so a single time,
and a server that fails or stays silent, goes to review:
services on other hosts have their own hours. What was not asked for is unknown. QR codes are not read.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    GONE,
    AsOf,
    Basis,
    Check,
    FetchOutcome,
    LinkTarget,
    Message,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    link_subject,
    ok,
    quoted,
    review,
    site_subject,
    unknown,
)


class BrokenServiceEntrySettings(Settings):
    """How many looks must agree before an entry's page is called missing."""

    looks: int = Field(gt=0)


FAILING = {
    FetchOutcome.HTTP_5XX, FetchOutcome.DNS, FetchOutcome.CONNECTION_REFUSED,
    FetchOutcome.REDIRECT_LOOP, FetchOutcome.TOO_MANY_REDIRECTS,
}  # fmt: skip


def find(
    reading: Reading,
    settings: BrokenServiceEntrySettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every entry that was asked for."""
    found = reading.services
    for target in found.entries:
        yield _judge(target, settings.looks)
    if not found.entries and found.unseen is not None:
        yield unknown(site_subject(reading), found.unseen)


def _judge(target: LinkTarget, looks: int) -> Verdict:
    subject = link_subject(target)
    if target.reason or target.outcome is None:
        return unknown(subject, target.reason or Reason.BUDGET)
    gone = target.status in GONE or target.outcome is FetchOutcome.SOFT_404
    if not gone and target.outcome not in FAILING:
        return ok(subject)
    said = f"HTTP {target.status}" if target.status else str(target.outcome)
    sure = gone and target.looks >= looks
    return (fault if sure else review)(
        subject,
        "gone" if sure else "failing",
        evidence=[
            fetched(target.url, said, target.at),
            *(quoted(one.page, one.text) for one in target.examples[:5]),
        ],
        observed=said,
        limit="200",
        name=next((one.text for one in target.examples if one.text), target.url),
        url=target.url,
        said=said,
    )


TEXTS = Texts(
    title=Text("便民入口可用", "Service entries work"),
    failure_title=Text("便民入口打不开", "Service entries are broken"),
    messages={
        "gone": Message(
            Text(
                "便民入口“{name}”指向的页面不存在（{said}）：{url}",
                "The service entry “{name}” leads to a missing page ({said}): {url}",
            ),
            Text("更正地址，或撤下入口。", "Correct the address, or take the entry away."),
        ),
        "failing": Message(
            Text(
                "便民入口“{name}”没有正常应答（{said}），需人工确认：{url}",
                "The service entry “{name}” did not answer well ({said}): {url}",
            ),
            Text("修复服务，或撤下入口。", "Mend the service, or take the entry away."),
        ),
    },
)

CHECK = Check(
    id="broken-service-entry",
    scope="site",
    settings=BrokenServiceEntrySettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（三）",
            quote="二维码、政务资讯、实用查询、信息地图、咨询投诉",
            verified=False,
        ),
    ),
    find=find,
)
