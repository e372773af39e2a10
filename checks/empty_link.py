"""空链接: what looks like a link leads nowhere.

`#` and `javascript:;` without a handler. Controls (paging, tabs, menus that open, sharing, codes that
show as the pointer comes) are no links, by their words, names or place. A headline that nothing
serves is a fault; short words, or a link with a class or an id that a script may serve, go to
review. The same words in the same part of many pages are counted once, under the page nearest to
the home page.
"""

from collections.abc import Iterator, Sequence

from audit.api import (
    AsOf,
    Basis,
    Check,
    IdleLink,
    Message,
    Reading,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    read_pages,
    review,
    table,
    url_key,
)


class EmptyLinkSettings(Settings):
    """Nothing to set."""


NAMED = 5  # links that a message names
SHOWN = 20  # links that the evidence shows


def find(
    reading: Reading,
    settings: EmptyLinkSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every page that was read."""
    idle = reading.idle
    of_page: dict[str, list[IdleLink]] = {}
    for link in idle.links:
        of_page.setdefault(link.page, []).append(link)
    for found in of_page.values():
        yield from _judge(found)
    yield from read_pages(reading, idle.pages)


def _judge(links: Sequence[IdleLink]) -> Iterator[Verdict]:
    """The page's headlines that lead nowhere, or else those links that may be served."""
    sure = [link for link in links if link.sure]
    shown = sure or links
    first = shown[0]
    verdict = fault if sure else review
    yield verdict(
        Subject(SubjectKind.PAGE, url_key(first.page), first.page, first.title or first.page),
        "empty" if sure else "doubtful",
        evidence=[
            table(
                first.page, (f'{one.text} href="{one.href}"' for one in shown[:SHOWN]), first.sha256
            )
        ],
        observed=str(len(shown)),
        limit="0",
        links=len(shown),
        names="、".join(one.text for one in shown[:NAMED]),
        pages=max(one.pages for one in shown),
    )


TEXTS = Texts(
    title=Text("链接都有去处", "Links lead somewhere"),
    failure_title=Text("空链接", "Links lead nowhere"),
    messages={
        "empty": Message(
            Text(
                "有{links}个链接没有设置地址：{names}；涉及{pages}处页面。",
                "{links} links have no address: {names}; {pages} pages.",
            ),
            Text("补上正确的地址，或者去掉链接。", "Set the right address, or remove the link."),
        ),
        "doubtful": Message(
            Text(
                "有{links}个链接没有设置地址：{names}；涉及{pages}处页面。点击是否有反应由脚本决定，需人工确认。",
                "{links} links have no address: {names}; {pages} pages. A script may serve them.",
            ),
            Text(
                "点击确认；没有反应的，补上地址或者去掉链接。",
                "Click to see; if nothing happens, set the address or remove the link.",
            ),
        ),
    },
)

CHECK = Check(
    id="empty-link",
    scope="site",
    settings=EmptyLinkSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="扣分指标 可用性",
            quote="链接应当能够打开相应的内容；空链接列为提示由本工具设定",
            verified=False,
        ),
    ),
    find=find,
)
