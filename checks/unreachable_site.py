"""站点无法访问: too many availability visits found the site shut.

The norm counts at least `visits` spaced visits over `days` days; fewer are `too_few_visits`: a
single run of an audit never accuses a site of being unreachable.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    site_subject,
    table,
    unknown,
)


class UnreachableSiteSettings(Settings):
    """The share of failed visits that breaks the norm, and how many visits over how many days."""

    share: float = Field(gt=0, le=1)
    visits: int = Field(gt=0)
    days: int = Field(gt=0)


def find(
    reading: Reading,
    settings: UnreachableSiteSettings,
    as_of: AsOf,  # noqa: ARG001 - the visits were chosen by day when the snapshot was taken
) -> Iterator[Verdict]:
    """Judge the series of visits that the snapshot was read with."""
    seen = reading.availability
    subject = site_subject(reading)
    if seen.visits < settings.visits or seen.days < settings.days:
        yield unknown(subject, Reason.TOO_FEW_VISITS)
        return
    share = seen.failed / seen.visits
    if share < settings.share:
        yield ok(subject, observed=f"{share:.2%}")
        return
    yield fault(
        subject,
        "unreachable",
        evidence=[table(reading.card.home, seen.failures)],
        observed=f"{share:.2%}",
        limit=f"{settings.share:.2%}",
        visits=seen.visits,
        failed=seen.failed,
        days=seen.days,
        share=f"{share:.2%}",
    )


TEXTS = Texts(
    title=Text("网站可以访问", "The site can be reached"),
    failure_title=Text("站点无法访问", "The site cannot be reached"),
    messages={
        "unreachable": Message(
            Text(
                "{days}天内访问{visits}次，{failed}次打不开，占{share}。",
                "Of {visits} visits in {days} days {failed} failed: {share}.",
            ),
            Text("排查服务器、网络和域名解析，恢复稳定访问。", "Restore stable access."),
        ),
    },
)

CHECK = Check(
    id="unreachable-site",
    scope="site",
    settings=UnreachableSiteSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 站点无法访问",
            quote="监测1周，每天间隔性访问20次以上，超过（含）15秒网站仍打不开的次数比例累计超过（含）5%",
            verified=False,
        ),
    ),
    find=find,
    needs=("history",),
    varies=True,
)
