"""检索设计不合理: the search finds, and leaves people alone with what it found.

Judged by answers that show results: how many there are, further pages, order, filters, date and summary of
each, a word when nothing was found, an answer to an empty query, the search on inner pages. One finding
lists what is missing. What a page surely lacks is a fault; what is known by words alone, a person confirms.
"""

from collections.abc import Iterable, Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
    SearchAid,
    SearchState,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    review,
    search_subject,
    table,
)


class UnhelpfulSearchSettings(Settings):
    """What an answer must offer for certain, and what a person looks for where no word tells of it."""

    required: tuple[SearchAid, ...]
    wanted: tuple[SearchAid, ...]


def find(
    reading: Reading,
    settings: UnhelpfulSearchSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the search by what its answers offer."""
    if not reading.search.present or reading.trial.state is SearchState.UNUSABLE:
        return
    aids, subject = reading.search_aids, search_subject(reading)
    sure = [aid for aid in aids.missing if aid in settings.required]
    missing = [aid for aid in aids.missing if aid in (*settings.required, *settings.wanted)]
    if not missing:
        yield ok(subject, observed=" ".join(aids.offered))
        return
    stated = "" if aids.stated is None else f"，称共{aids.stated}条"
    yield (fault if sure else review)(
        subject,
        "missing" if sure else "perhaps",
        evidence=[
            table(aids.url, [f"“{aids.query}”：列出{aids.rows}条{stated}"], aids.sha256, aids.at)
        ],
        observed=" ".join(aids.offered),
        limit=" ".join((*settings.required, *settings.wanted)),
        query=aids.query,
        missing=_named(missing),
        url=aids.url,
    )


def _named(aids: Iterable[SearchAid]) -> Text:
    names = [NAMES[aid] for aid in aids]
    return Text("、".join(one.zh for one in names), ", ".join(one.en for one in names))


NAMES = {
    SearchAid.COUNT: Text("结果总数", "the number of results"),
    SearchAid.PAGING: Text("翻页", "further pages"),
    SearchAid.ORDER: Text("按时间或相关度排序", "an order by time or relevance"),
    SearchAid.FILTER: Text("按栏目或时间筛选", "filters by column or period"),
    SearchAid.DATE: Text("每条结果的日期", "the date of each result"),
    SearchAid.SUMMARY: Text("每条结果的摘要", "a summary of each result"),
    SearchAid.NOTHING: Text("搜不到时的提示", "a word when nothing is found"),
    SearchAid.EMPTY: Text("空查询的应答", "an answer to an empty query"),
    SearchAid.INNER: Text("首页以外的搜索入口", "the search on inner pages"),
}
MEND = Text(
    "在搜索结果页补上所缺的内容；搜索入口放进各级页面的页头。",
    "Add to the page of results what it lacks; put the search into the header of every page.",
)
TEXTS = Texts(
    title=Text("搜索结果便于查找", "The search helps people to find their way"),
    failure_title=Text("检索设计不合理", "The search leaves people alone with its results"),
    messages={
        "missing": Message(
            Text(
                "用“{query}”等查询词搜索，缺少：{missing}。结果页：{url}",
                "Searches such as “{query}” lack: {missing}. Results: {url}",
            ),
            MEND,
        ),
        "perhaps": Message(
            Text(
                "用“{query}”等查询词搜索，没有看到：{missing}；需人工确认。结果页：{url}",
                "Searches such as “{query}” do not show: {missing}; a person must look. Results: {url}",
            ),
            MEND,
        ),
    },
)

CHECK = Check(
    id="unhelpful-search",
    scope="site",
    settings=UnhelpfulSearchSettings,
    when_empty="not_applicable",
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
    varies=True,
)
