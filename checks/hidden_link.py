"""暗链: a block that visitors do not see leads to foreign hosts.

Pages hide much for good reasons, so one sign proves nothing: a block goes to review when it leads to
many unrelated hosts or its words are those of hidden links, and enough signs in all speak against
it. It is never a fault by itself: a person must look. Menus, tabs and pictures that take turns,
counters, sharing and links to public bodies are no signs. A page that was not read is unknown.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    HiddenBlock,
    Message,
    Reading,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    quoted,
    read_pages,
    review,
    table,
    url_key,
)


class HiddenLinkSettings(Settings):
    """How many unrelated hosts are many, and how many signs are enough."""

    hosts: int = Field(gt=1)
    signs: int = Field(gt=1)


def find(
    reading: Reading,
    settings: HiddenLinkSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every page that was read; a block that many pages share is one finding."""
    suspect: dict[str, list[HiddenBlock]] = {}
    holders: set[str] = set()
    for hidden in reading.hidden:
        if len(_signs(hidden, settings)) >= settings.signs:
            suspect.setdefault(hidden.page, []).append(hidden)
            holders.update(hidden.pages)
    for found in suspect.values():
        yield _review(found, settings)
    yield from read_pages(reading, frozenset(holders))


def _signs(hidden: HiddenBlock, settings: HiddenLinkSettings) -> tuple[Text, ...]:
    """What speaks against a block; nothing when only the manner of hiding does."""
    block = hidden.block
    found = [
        text
        for holds, text in (
            (block.domains >= settings.hosts, SIGNS["hosts"]),
            (block.lures, SIGNS["lures"]),
        )
        if holds
    ]
    if not found:
        return ()
    manner = [SIGNS[name] for name in ("apart", "unopened") if getattr(block, name)]
    return (*found, *manner)


def _review(blocks: list[HiddenBlock], settings: HiddenLinkSettings) -> Verdict:
    first = blocks[0]
    lures = dict.fromkeys(word for one in blocks for word in one.block.lures)
    signs = dict.fromkeys(sign for one in blocks for sign in _signs(one, settings))
    links = [link for one in blocks for link in one.block.links]
    return review(
        Subject(SubjectKind.PAGE, url_key(first.page), first.page, first.title or first.page),
        "lures" if lures else "hosts",
        evidence=[
            *(quoted(one.page, one.block.quote, one.sha256) for one in blocks),
            table(first.page, (f"{text} {url}".strip() for url, text in links), first.sha256),
        ],
        observed=str(len(signs)),
        limit=str(settings.signs),
        links=len(links),
        hosts=max(one.block.domains for one in blocks),
        words="、".join(lures),
        signs=Text("；".join(one.zh for one in signs), "; ".join(one.en for one in signs)),
        pages=max(len(one.pages) for one in blocks),
    )


SIGNS = {
    "hosts": Text("指向多个无关网站", "leads to many unrelated hosts"),
    "lures": Text("有暗链常见用语", "uses words of hidden links"),
    "apart": Text(
        "移到屏幕外、缩到看不见或用脚本隐藏", "is moved off screen, shrunk or hidden by script"
    ),
    "unopened": Text("没有菜单、标签页等打开它", "nothing opens it, such as a menu or tab"),
}
REMEDY = Text(
    "查看页面源代码确认；属于暗链的，删除并排查网站是否被篡改。",
    "Look at the page source; remove hidden links and find out how they came in.",
)

TEXTS = Texts(
    title=Text("没有隐藏的外部链接", "No hidden outside links"),
    failure_title=Text("疑似暗链", "Links may be hidden on purpose"),
    messages={
        "lures": Message(
            Text(
                "页面隐藏着{links}个外部链接，含“{words}”等（{signs}）；涉及{pages}处页面，需人工确认。",
                "The page hides {links} outside links with such words as {words} ({signs}); {pages} pages.",
            ),
            REMEDY,
        ),
        "hosts": Message(
            Text(
                "页面隐藏着{links}个外部链接，指向{hosts}个无关网站（{signs}）；涉及{pages}处页面，需人工确认。",
                "The page hides {links} outside links to {hosts} unrelated hosts ({signs}); {pages} pages.",
            ),
            REMEDY,
        ),
    },
)

CHECK = Check(
    id="hidden-link",
    scope="site",
    settings=HiddenLinkSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 1 安全、泄密事故等严重问题",
            quote="网站不得发布或链接反动、暴力、色情等内容，不得因被攻击而被植入暗链",
            verified=False,
        ),
    ),
    find=find,
)
