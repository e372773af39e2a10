"""搜不到已发布标题: the search does not find what the site has published.

Up to four headlines of the last year are searched whole, and by a part where that fails; a week is
left to the index. A headline is found when its page or its title stands among the results of the
first page. A document that is not found by its number, or a query that fails while others work,
goes to a person: engines differ in how they read brackets. A search that does not work at all is
the business of unusable-search.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    ProbeKind,
    ProbeState,
    Reading,
    Reason,
    SearchProbe,
    SearchState,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    probed,
    review,
    search_subject,
    unknown,
    url_key,
)


class SearchMissSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: SearchMissSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every headline that was searched."""
    if not reading.search.present:
        return
    trial = reading.trial
    if trial.state is SearchState.NOT_ASSESSED:
        yield unknown(search_subject(reading), trial.reason or Reason.NEEDS_BROWSER)
    if trial.state is not SearchState.USABLE:
        return
    asked: dict[str, list[SearchProbe]] = {}
    for probe in trial.probes:
        if probe.sought:
            asked.setdefault(probe.sought, []).append(probe)
    for sought in sorted(asked):
        yield _judged(sought, asked[sought])


def _judged(sought: str, probes: list[SearchProbe]) -> Verdict:
    first = probes[0]
    number = first.kind is ProbeKind.NUMBER
    subject = Subject(
        SubjectKind.SEARCH, url_key(sought), sought, first.title, "number" if number else "title"
    )
    states = [probe.state for probe in probes]
    if ProbeState.HIT in states:
        rank = next(p.rank for p in probes if p.state is ProbeState.HIT)
        return ok(subject, observed=str(rank or 1))
    if ProbeState.NOT_ASSESSED in states:
        reasons = [probe.reason for probe in probes if probe.reason]
        return unknown(subject, reasons[0] if reasons else Reason.NEEDS_BROWSER)
    failed = next((p for p in probes if p.state is ProbeState.ERROR), None)
    code = "failed" if failed else "number" if number else "missed"
    verdict = fault if code == "missed" else review
    last = failed or probes[-1]
    return verdict(
        subject,
        code,
        evidence=[probed(probe) for probe in probes],
        observed=str(last.status or last.outcome) if failed else "0",
        limit="1",
        query=last.query,
        title=first.title,
        rows=last.rows,
        said=str(last.status or last.outcome),
    )


MEND = Text(
    "让站内搜索收录全部已公开的信息，并及时更新索引。",
    "Let the search know everything that is published, and renew its index in time.",
)
TEXTS = Texts(
    title=Text("已发布的标题能搜到", "Published headlines are found"),
    failure_title=Text("搜不到已发布标题", "Published headlines are not found"),
    messages={
        "missed": Message(
            Text(
                "搜索“{query}”，结果第一页（{rows}条）没有这条信息：{title}",
                "A search for “{query}” did not show it among the {rows} results of page 1: {title}",
            ),
            MEND,
        ),
        "number": Message(
            Text(
                "按文号“{query}”搜索，结果第一页（{rows}条）没有这份文件，需人工试用确认：{title}",
                "A search for the number “{query}” did not show it among the {rows} results of page 1;"
                " try it by hand: {title}",
            ),
            MEND,
        ),
        "failed": Message(
            Text(
                "别的词能搜，搜索“{query}”却返回错误（{said}），需人工试用确认：{title}",
                "Other words can be searched, but “{query}” failed ({said}); try it by hand: {title}",
            ),
            MEND,
        ),
    },
)

CHECK = Check(
    id="search-miss",
    scope="site",
    settings=SearchMissSettings,
    when_empty="not_applicable",
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="扣分指标 功能设计 站内搜索",
            quote="抽查若干条已公开的信息标题，在站内搜索结果第一页应当能找到",
            verified=False,
        ),
    ),
    find=find,
    varies=True,
)
