"""搜索不可用: the site has a search, and it does not work.

Its own form is sent with headlines of the site, a document number, an ordinary word, nothing, and a
word that nobody wrote. One thing found makes it usable, unless that is a whole headline and ordinary
words of the headlines find nothing: a search for those who know the title by heart. It is unusable
when every query fails, when nothing is ever found, or when nonsense is answered like everything else. Where a script of the page
may see what is sent and no browser tried it, a person confirms; a verification code, a limit or
results that only script shows leave it unknown. Without any search, missing-search speaks.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Evidence,
    Message,
    ProbeKind,
    ProbeState,
    Reading,
    Reason,
    SearchProbe,
    SearchState,
    SearchTrial,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    probed,
    review,
    search_subject,
    unknown,
)

SHOWN = 4  # queries shown as evidence


class UnusableSearchSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: UnusableSearchSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the search by what it answered."""
    if not reading.search.present:
        return
    trial = reading.trial
    subject = search_subject(reading)
    if trial.state is SearchState.USABLE:
        yield ok(subject, observed=trial.entry_url)
        return
    if trial.state is not SearchState.UNUSABLE:
        yield unknown(subject, trial.reason or Reason.NEEDS_BROWSER)
        return
    code, query = _fault_of(trial)
    verdict = fault if trial.sure else review
    yield verdict(
        subject,
        code if trial.sure else f"{code}_perhaps",
        evidence=_evidence(trial),
        observed=code,
        limit="1",
        url=trial.entry_url,
        query=query.query,
        said=str(query.status or query.outcome),
        count=len(_asked(trial)),
    )


def _fault_of(trial: SearchTrial) -> tuple[str, SearchProbe]:
    asked = _asked(trial)
    if trial.alike:
        return "alike", next(p for p in trial.probes if p.kind is ProbeKind.NONSENSE)
    if trial.whole:
        return "whole", next(p for p in asked if p.kind is ProbeKind.CONTROL)
    failed = [probe for probe in asked if probe.state is ProbeState.ERROR]
    if failed:
        return "failing", failed[-1]
    return "fruitless", next(p for p in asked if p.kind is ProbeKind.CONTROL)


def _asked(trial: SearchTrial) -> list[SearchProbe]:
    idle = {ProbeKind.EMPTY, ProbeKind.NONSENSE}
    if trial.whole:
        idle |= {ProbeKind.TITLE, ProbeKind.NUMBER}
    return [probe for probe in trial.probes if probe.kind not in idle]


def _evidence(trial: SearchTrial) -> list[Evidence]:
    rest = [p for p in trial.probes if p.kind is ProbeKind.NONSENSE and trial.alike]
    return [probed(probe) for probe in (*rest, *_asked(trial))[:SHOWN]]


MEND = Text(
    "修复站内搜索，使已公开的信息能按标题和常用词搜到。",
    "Mend the search so that what is published is found by its title and by ordinary words.",
)
FAILING = "用“{query}”等{count}个查询词搜索，都返回错误（{said}）：{url}"
ALIKE = "搜什么都得到同样的结果，连没有意义的“{query}”也不例外（共试{count}个查询词，应答{said}）：{url}"
FRUITLESS = "用“{query}”等{count}个查询词搜索，都没有结果（应答{said}）：{url}"
WHOLE = (
    "只有输入完整标题才能搜到；用“{query}”等{count}个词搜索，都没有结果（应答{said}），"
    "而网站有标题含有这些词的信息：{url}"
)
TRY = "页面的脚本可能改变查询，需人工试用确认。"
TRY_EN = " A script of the page may change queries: try it by hand."
FAILING_EN = "All {count} queries, such as “{query}”, failed ({said}): {url}"
ALIKE_EN = "{count} queries and the nonsense word “{query}” got the same results ({said}): {url}"
FRUITLESS_EN = "Of {count} queries, such as “{query}”, not one found anything ({said}): {url}"
WHOLE_EN = (
    "Only whole headlines are found. {count} words that stand in headlines, such as “{query}”, found"
    " nothing ({said}): {url}"
)

TEXTS = Texts(
    title=Text("站内搜索可用", "The search works"),
    failure_title=Text("搜索不可用", "The search does not work"),
    messages={
        "failing": Message(Text(FAILING, FAILING_EN), MEND),
        "alike": Message(Text(ALIKE, ALIKE_EN), MEND),
        "fruitless": Message(Text(FRUITLESS, FRUITLESS_EN), MEND),
        "whole": Message(Text(WHOLE, WHOLE_EN), MEND),
        "failing_perhaps": Message(Text(f"{FAILING}。{TRY}", FAILING_EN + "." + TRY_EN), MEND),
        "alike_perhaps": Message(Text(f"{ALIKE}。{TRY}", ALIKE_EN + "." + TRY_EN), MEND),
        "fruitless_perhaps": Message(
            Text(f"{FRUITLESS}。{TRY}", FRUITLESS_EN + "." + TRY_EN), MEND
        ),
        "whole_perhaps": Message(Text(f"{WHOLE}。{TRY}", WHOLE_EN + "." + TRY_EN), MEND),
    },
)

CHECK = Check(
    id="unusable-search",
    scope="site",
    settings=UnusableSearchSettings,
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
