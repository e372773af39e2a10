"""外链变异: a link to another host that fell into other hands.

Hosts of partners run out and come back with gambling or for sale. One trace proves nothing: what a
link's words or host say, or a place where names are sold, must stand beside another trace (the host
is no public body's, the link ends under another name). It is never a fault by itself: a person must
look. Of the page at the other end the title and what it says of itself are read, nothing else. A
link that was not asked for and shows no trace is unknown, as is one that did not answer, and a
stranger's page of which no title was seen.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    ALIVE,
    AsOf,
    Basis,
    Check,
    Message,
    OutsideLink,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    TraceOfHijack,
    Verdict,
    fetched,
    link_subject,
    ok,
    quoted,
    review,
    unknown,
)


class HijackedLinkSettings(Settings):
    """How many traces are enough."""

    traces: int = Field(gt=1)


TELLING = {TraceOfHijack.WORDS, TraceOfHijack.HOST, TraceOfHijack.TITLE, TraceOfHijack.PARKED}


def find(reading: Reading, settings: HijackedLinkSettings, as_of: AsOf) -> Iterator[Verdict]:  # noqa: ARG001 - the day plays no part
    """Judge every distinct target on another host."""
    for link in reading.outside:
        target = link.target
        if TELLING.intersection(link.traces) and len(link.traces) >= settings.traces:
            yield _review(link, settings.traces)
        elif target.outcome in ALIVE and link.blank:
            yield unknown(link_subject(target), Reason.NEEDS_BROWSER)
        elif target.outcome in ALIVE:
            yield ok(link_subject(target))
        else:
            yield unknown(link_subject(target), target.reason or Reason.UNREACHABLE)


def _review(link: OutsideLink, limit: int) -> Verdict:
    target = link.target
    signs = [SIGNS[trace] for trace in link.traces]
    shown = f" 《{link.shown}》" if TraceOfHijack.TITLE in link.traces else ""
    asked = [fetched(target.url, f"{target.url} → {link.landed}{shown}", target.at)]
    return review(
        link_subject(target),
        "words" if link.words else "sold",
        evidence=[
            *(asked if link.landed else ()),
            *(quoted(source.page, source.text or target.url) for source in target.examples),
        ],
        observed=str(len(signs)),
        limit=str(limit),
        words="、".join(link.words),
        landed=link.landed or target.url,
        signs=Text("；".join(one.zh for one in signs), "; ".join(one.en for one in signs)),
        pages=target.pages,
    )


SIGNS = {
    TraceOfHijack.WORDS: Text("链接文字可疑", "the link's words are telling"),
    TraceOfHijack.HOST: Text("网址可疑", "the host's name is telling"),
    TraceOfHijack.TITLE: Text("对方网页的标题可疑", "the title of the page there is telling"),
    TraceOfHijack.PARKED: Text("是出售域名的网站", "names are sold there"),
    TraceOfHijack.MOVED: Text("跳到了另一个域名", "it ends under another name"),
    TraceOfHijack.STRANGER: Text("不是政府、媒体等网站", "it is no public body's"),
}
REMEDY = Text(
    "用公众网络打开链接确认；内容已变的，立即删除或改为正确地址，并查其他页面。",
    "Open the link from a public network; remove or correct it at once if it fell into other hands.",
)
TEXTS = Texts(
    title=Text("站外链接没有变异的迹象", "No outside link seems to be in other hands"),
    failure_title=Text("疑似外链变异", "Outside links may be in other hands"),
    messages={
        "words": Message(
            Text(
                "链接指向{landed}，含“{words}”（{signs}），需人工确认；影响页面{pages}个。",
                "The link leads to {landed} with “{words}” ({signs}); pages: {pages}.",
            ),
            REMEDY,
        ),
        "sold": Message(
            Text(
                "链接最终打开的是{landed}（{signs}），原域名可能已经出售，需人工确认；影响页面{pages}个。",
                "The link ends at {landed} ({signs}): its name may have been sold; pages: {pages}.",
            ),
            REMEDY,
        ),
    },
)

CHECK = Check(
    id="hijacked-link",
    scope="site",
    settings=HijackedLinkSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 1 安全、泄密事故等严重问题",
            quote="网站不得发布或链接反动、暴力、色情等内容",
            verified=False,
        ),
    ),
    find=find,
    when_empty="not_applicable",
)
