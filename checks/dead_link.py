"""错链断链: a link that leads nowhere.

A link is dead when its target was asked for twice and answered both times that it does not exist
or does not work: 404 and the like, 5xx, the site's learned not-found page, a redirect or refresh
to a missing page, a name or a port that does not answer. A refusal (403, challenge, rate limit) is
unknown. Each distinct target is one finding, whichever and however many pages hold it.
"""

from collections.abc import Iterator

from audit.api import (
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
    unknown,
)


class DeadLinkSettings(Settings):
    """How many looks must agree before a link is called dead."""

    looks: int = 2


ALIVE = {FetchOutcome.OK, FetchOutcome.NOT_MODIFIED, FetchOutcome.NOT_HTML, FetchOutcome.TOO_LARGE}
GONE = {
    FetchOutcome.HTTP_4XX: "missing",
    FetchOutcome.HTTP_5XX: "broken",
    FetchOutcome.SOFT_404: "soft",
    FetchOutcome.REDIRECT_LOOP: "loop",
    FetchOutcome.TOO_MANY_REDIRECTS: "loop",
    FetchOutcome.BAD_SCHEME: "scheme",
    FetchOutcome.DNS: "silent",
    FetchOutcome.CONNECTION_REFUSED: "silent",
}


def find(reading: Reading, settings: DeadLinkSettings, as_of: AsOf) -> Iterator[Verdict]:  # noqa: ARG001 - the day plays no part
    """Judge every distinct target that was asked for."""
    for target in reading.links:
        yield _judge(target, settings.looks)


def _judge(target: LinkTarget, looks: int) -> Verdict:
    subject = link_subject(target)
    if target.reason or target.outcome is None:
        return unknown(subject, target.reason or Reason.BUDGET)
    code = GONE.get(target.outcome)
    if code is None:
        if target.outcome in ALIVE:
            return ok(subject)
        return unknown(subject, Reason.TIMEOUT)
    verdict = fault if target.looks >= looks else review
    return verdict(
        subject,
        code,
        evidence=[
            fetched(target.url, _answer(target), target.at),
            *(quoted(source.page, source.text) for source in target.examples),
        ],
        observed=str(target.status or target.outcome),
        limit="200",
        url=target.url,
        status=target.status,
        outcome=str(target.outcome),
        looks=target.looks,
        pages=target.pages,
    )


def _answer(target: LinkTarget) -> str:
    chain = " → ".join((*target.hops, target.url)) if target.hops else target.url
    said = f"HTTP {target.status}" if target.status else target.error or str(target.outcome)
    return f"{chain}：{said}（访问{target.looks}次）"


REMEDY = Text(
    "修正或删除该链接；页面已迁移的，改为新地址。",
    "Correct or remove the link; if the page moved, use its new address.",
)


def _message(zh: str, en: str) -> Message:
    return Message(Text(zh + "，{pages}处页面含有该链接。", en + "; {pages} pages hold it."), REMEDY)


TEXTS = Texts(
    title=Text("链接可以打开", "Links can be opened"),
    failure_title=Text("错链断链", "Links are dead"),
    messages={
        "missing": _message("链接的页面不存在（HTTP {status}）", "The page is missing (HTTP {status})"),
        "broken": _message("链接的页面出错（HTTP {status}）", "The page fails (HTTP {status})"),
        "soft": _message(
            "链接打开的是本站的“页面不存在”页（返回码却是{status}）",
            "The link opens the site's not-found page (with status {status})",
        ),
        "loop": _message("链接不停跳转，打不开", "The link redirects without end"),
        "scheme": _message("链接跳转到无法访问的地址", "The link redirects to a foreign scheme"),
        "silent": _message("链接的服务器没有应答（{outcome}）", "The server does not answer ({outcome})"),
    },
)

CHECK = Check(
    id="dead-link",
    scope="site",
    settings=DeadLinkSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="扣分指标 可用性",
            quote="首页和其他页面的链接应当能够打开；首页每个扣1分，其他页面每个扣0.1分",
            verified=False,
        ),
    ),
    find=find,
)
