"""无站内搜索: the site offers no way to search it.

The home page, list pages and article pages are looked at for a search box or a link to a search
page. A link to a search page that is missing is no search; a form's target that does not answer to
a bare look goes to review, for many answer only to a query, unless queries were answered. An entry
that only script serves is there; whether it works is the business of unusable-search. Too few pages
leave it unknown.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    GONE,
    AsOf,
    Basis,
    Check,
    FetchOutcome,
    Message,
    Reading,
    Reason,
    SearchState,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    ok,
    quoted,
    review,
    search_subject,
    unknown,
)


class MissingSearchSettings(Settings):
    """How many pages must be looked at before the search is called missing, unless there are fewer."""

    pages: int = Field(gt=0)


def find(
    reading: Reading,
    settings: MissingSearchSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the site by its search entry."""
    entry = reading.search
    subject = search_subject(reading)
    usable = entry.present and reading.trial.state is SearchState.USABLE
    if usable or (entry.present and not entry.dead):
        yield ok(subject, observed=entry.entry_url or entry.how)
    elif entry.present:
        said = str(entry.target_outcome or "")
        gone = entry.target_outcome is FetchOutcome.SOFT_404 or entry.target_status in GONE
        certain = gone and entry.how == "link"
        verdict = fault if certain else review
        yield verdict(
            subject,
            "dead" if certain else "doubtful",
            evidence=[quoted(reading.card.home, entry.quote), fetched(entry.entry_url, said)],
            observed=said,
            limit="200",
            url=entry.entry_url,
            quote=entry.quote,
            said=said,
        )
    elif entry.seen_pages < settings.pages and not reading.complete:
        yield unknown(subject, Reason.PARTIAL_RUN)
    else:
        yield fault(
            subject,
            "missing",
            evidence=[fetched(reading.card.home, "")],
            observed="0",
            limit="1",
            pages=entry.seen_pages,
        )


MEND = Text("修复搜索页面或更正搜索入口的地址。", "Mend the search page or its address.")
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
            MEND,
        ),
        "doubtful": Message(
            Text(
                "站内搜索的入口“{quote}”没有正常应答（{said}），需人工试用确认：{url}",
                "The search entry “{quote}” did not answer well ({said}); try it by hand: {url}",
            ),
            MEND,
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
            quote="强化信息搜索功能，着力解决检索设计不合理、信息提供不充分、提供方式不便捷等问题",
            verified=True,
        ),
    ),
    find=find,
)
