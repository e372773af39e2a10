"""错链断链: a link that leads nowhere.

A link is dead when its target answers, more than once, that it does not exist: 404 or 410, the
site's learned not-found page, a redirect or refresh to either; and when its address is one of a
private network or of the author's disk, or none at all. A server that fails or is silent (5xx, no
such name, refused) is dead only when several looks agree, too; a single one is unknown. Answers that
came once only (a missing page, endless redirects), and those that may
mean only us or only some visitors (other 4xx, a scheme for apps) go to review, as does an address
that ends at the home page of a site that sends missing pages there. A refusal (403, 412, challenge,
rate limit), a timeout, a certificate and whatever was not asked is unknown. Each distinct target is
one finding, whichever and however many pages hold it.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    ALIVE,
    GONE,
    AsOf,
    Astray,
    Basis,
    Check,
    FetchOutcome,
    LinkTarget,
    Message,
    Reading,
    Reason,
    Region,
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
    """How many looks must agree before anything that answered makes a dead link."""

    looks: int = Field(gt=0)


REFUSING = {412, 418, 444, 451, 521}  # firewalls answer so
FAILING = {
    FetchOutcome.HTTP_5XX: "failing",
    FetchOutcome.DNS: "silent",
    FetchOutcome.CONNECTION_REFUSED: "silent",
    FetchOutcome.REDIRECT_LOOP: "loop",
    FetchOutcome.TOO_MANY_REDIRECTS: "loop",
}


def find(reading: Reading, settings: DeadLinkSettings, as_of: AsOf) -> Iterator[Verdict]:  # noqa: ARG001 - the day plays no part
    """Judge every distinct target that was asked for."""
    for target in reading.links:
        yield _judge(target, settings.looks)


def _judge(target: LinkTarget, looks: int) -> Verdict:
    subject = link_subject(target)
    outcome = target.outcome
    if target.astray:
        return _accuse(target, target.astray.value)
    if target.reason or outcome is None:
        return unknown(subject, target.reason or Reason.BUDGET)
    if outcome in ALIVE:
        return ok(subject)
    if target.status in REFUSING:
        return unknown(subject, Reason.FORBIDDEN)
    agreed = target.looks >= looks
    if not agreed and FAILING.get(outcome, "loop") != "loop":
        return unknown(subject, Reason.UNREACHABLE)
    return _accuse(target, _code(outcome, target.status, agreed=agreed))


def _accuse(target: LinkTarget, code: str) -> Verdict:
    said = f"HTTP {target.status}" if target.status else str(target.outcome or target.url)
    chain = " → ".join((*target.hops, target.error or said))
    verdict = review if code in DOUBTFUL else fault
    return verdict(
        link_subject(target),
        code,
        evidence=[
            *(
                [fetched(target.url, f"{chain} (×{target.looks})", target.at)]
                if target.looks
                else ()
            ),
            *(quoted(source.page, source.text) for source in target.examples),
        ],
        observed=said,
        limit="200",
        said=said,
        looks=target.looks,
        held=PLACES.get(target.region, HELD),
        pages=target.pages,
    )


def _code(outcome: FetchOutcome, status: int, *, agreed: bool) -> str:
    if not agreed:
        return "doubtful"
    if outcome is FetchOutcome.SOFT_404:
        return "soft"
    if outcome is FetchOutcome.HTTP_4XX and status in GONE:
        return "missing"
    return FAILING.get(outcome, "doubtful")


DOUBTFUL = {"doubtful", Astray.HOME.value}
HELD = Text("含有该链接的页面", "pages that hold it")
PLACES = {
    Region.NAV: Text("链接在导航中，影响页面", "pages whose menu holds it"),
    Region.FOOTER: Text("链接在页脚中，影响页面", "pages whose footer holds it"),
}
MEND = Text(
    "修正或删除该链接；页面已迁移的，改为新地址。",
    "Correct or remove the link; if the page moved, use its new address.",
)
CONFIRM = Text(
    "用公众网络打开该链接确认；确实打不开的，修正或删除。",
    "Open the link from a public network; correct or remove it if it fails.",
)


def _message(zh: str, en: str, remedy: Text = MEND) -> Message:
    return Message(Text(zh + "；{held}{pages}个。", en + "; {held}: {pages}."), remedy)


TEXTS = Texts(
    title=Text("链接可以打开", "Links can be opened"),
    failure_title=Text("错链断链", "Links are dead"),
    messages={
        "missing": _message("链接的页面不存在（{said}）", "The page is missing ({said})"),
        "soft": _message(
            "链接打开的是网站的“页面不存在”页（返回{said}）",
            "The link opens a not-found page ({said})",
        ),
        "failing": _message("链接的页面出错（{said}）", "The page fails ({said})"),
        "silent": _message("链接的服务器没有应答（{said}）", "The server does not answer ({said})"),
        "loop": _message(
            "链接不停跳转，打不开（{said}）", "The link redirects without end ({said})"
        ),
        "intranet": _message(
            "链接是内部网络的地址，公众打不开", "The address is of a private network"
        ),
        "disk": _message("链接是电脑上的文件，公众打不开", "The address is a file on a computer"),
        "malformed": _message("链接的地址不是有效的网址", "The address is not valid"),
        "home": _message(
            "链接打开的是首页，与本站不存在的地址一样，原页面可能已不存在，需人工确认",
            "The link ends at the home page, as missing pages of the site do",
            CONFIRM,
        ),
        "doubtful": _message(
            "访问{looks}次没有正常打开链接（{said}），可能是一时故障或只对部分访客如此，需人工确认",
            "The link did not open at {looks} looks ({said}); it may fail for some visitors or a moment only",
            CONFIRM,
        ),
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
