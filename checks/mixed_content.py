"""混合内容: a secure page loads something without TLS.

Browsers refuse scripts, styles and frames of that kind and warn of pictures. What counts is what
the elements of a page load; pages that tell browsers to ask for everything by https are in order.
What comes from one host is one finding, whichever and however many pages load it. Pages that came
without TLS have nothing to mix.
"""

from collections.abc import Iterator

from audit.api import (
    READ,
    AsOf,
    Basis,
    Check,
    FetchOutcome,
    Message,
    MixedHost,
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
    page_subject,
    table,
    unknown,
)


class MixedContentSettings(Settings):
    """Nothing is set."""


SECURE = "https:"


def find(
    reading: Reading,
    settings: MixedContentSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the hosts that secure pages load from, and the other secure pages."""
    mixed = reading.mixed
    for host in mixed.hosts:
        yield _accuse(host)
    for page in reading.pages:
        if page.url in mixed.pages or not (page.final_url or page.url).startswith(SECURE):
            continue
        if page.outcome is FetchOutcome.NEEDS_BROWSER or page.script_fills:
            yield unknown(page_subject(page), Reason.NEEDS_BROWSER)
        elif page.outcome in READ:
            yield ok(page_subject(page))


def _accuse(host: MixedHost) -> Verdict:
    code = "active" if host.active else "passive"
    address = f"http://{host.host}/"
    return fault(
        Subject(SubjectKind.LINK, address, host.urls[0], address, code),
        code,
        evidence=[table(host.page, host.urls, host.sha256)],
        observed=f"http://{host.host}",
        limit="https",
        host=host.host,
        pages=host.pages,
    )


REMEDY = Text(
    "把这些地址改为https://或者省去协议名；对方不支持https的，存放到本站。",
    "Write these addresses with https://; keep a copy where the other host has no TLS.",
)
TEXTS = Texts(
    title=Text("加密页面不载入未加密内容", "Secure pages load nothing without TLS"),
    failure_title=Text("混合内容", "Secure pages load content without TLS"),
    messages={
        "active": Message(
            Text(
                "{pages}个https页面用http载入{host}的脚本、样式或框架，浏览器会拦截。",
                "Secure pages ({pages}) load scripts, styles or frames of {host} by http.",
            ),
            REMEDY,
        ),
        "passive": Message(
            Text(
                "{pages}个https页面用http载入{host}的图片、音视频，浏览器会警告或不显示。",
                "Secure pages ({pages}) load pictures or sound of {host} by http.",
            ),
            REMEDY,
        ),
    },
)

CHECK = Check(
    id="mixed-content",
    scope="site",
    settings=MixedContentSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="本工具自行设定",
            clause="https页面不混用http内容",
            quote="网站启用https的，页面所载入的脚本、样式、框架、图片也用https",
            verified=False,
        ),
    ),
    find=find,
    when_empty="not_applicable",
)
