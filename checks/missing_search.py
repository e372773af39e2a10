"""无站内搜索: the site offers no way to search it.

The home page, list pages and article pages are looked at for a search box or a link to a search
page. An entry whose target is missing is no search. An entry that only script serves is there;
whether it works is the business of unusable-search.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    ok,
    quoted,
    search_subject,
)


class MissingSearchSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: MissingSearchSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the site by its search entry."""
    entry = reading.search
    subject = search_subject(reading)
    if not entry.present:
        yield fault(
            subject,
            "missing",
            evidence=[quoted(reading.card.home, "（查阅的页面没有搜索框，也没有搜索页链接）")],
            observed="0",
            limit="1",
            pages=entry.seen_pages,
        )
    elif entry.dead:
        said = str(entry.target_outcome or "")
        yield fault(
            subject,
            "dead",
            evidence=[quoted(reading.card.home, entry.quote), fetched(entry.entry_url, said)],
            observed=said,
            limit="200",
            url=entry.entry_url,
            quote=entry.quote,
        )
    else:
        yield ok(subject, observed=entry.entry_url or entry.how)


TEXTS = Texts(
    title=Text("网站提供站内搜索", "The site offers a search"),
    failure_title=Text("无站内搜索", "The site offers no search"),
    messages={
        "missing": Message(
            Text(
                "查阅了{pages}个页面，没有找到站内搜索的入口。",
                "No way into a search was found on {pages} pages.",
            ),
            Text(
                "在首页和各级页面的页头提供站内搜索，或接入统一搜索平台。",
                "Offer a search in the header of every page.",
            ),
        ),
        "dead": Message(
            Text(
                "站内搜索的入口“{quote}”指向的页面不存在：{url}",
                "The search entry “{quote}” leads to a missing page: {url}",
            ),
            Text("修复搜索页面或更正搜索入口的地址。", "Mend the search page or its address."),
        ),
    },
)

CHECK = Check(
    id="missing-search",
    scope="site",
    settings=MissingSearchSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（一）1",
            quote="着力解决检索设计不合理、信息提供不充分、提供方式不便捷等问题",
            verified=True,
        ),
    ),
    find=find,
)
