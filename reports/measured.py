"""What was measured and what is required, in words: the codes of some checks, units, presence."""

from collections.abc import Mapping

from audit.model import FileFit, Text
from audit.model.search import SearchAid
from audit.report import Finding
from reports.speech import Speech

_OK = "200"  # of the answer to a link: the other side of it is an answer, too
_PRESENCE = {"0": Text("没有", "none"), "1": Text("有", "one")}
_ANOTHER = Text("，但不是所指的内容", ", but not what was meant")

_UNITS: Mapping[str, Text] = {
    "late-interpretation": Text("个工作日", " working days"),
    "overdue-double-publicity": Text("个工作日", " working days"),
    "slow-search": Text("秒", " s"),
}
"""The unit of plain numbers, by check."""

_CODES: Mapping[str, Mapping[str, Text]] = {
    "broken-attachment": {
        FileFit.GOOD.value: Text("能打开的文件", "a file that opens"),
        FileFit.EMPTY.value: Text("空文件", "an empty file"),
        FileFit.PAGE.value: Text("网页", "a web page"),
        FileFit.OTHER.value: Text("另一种文件", "a file of another kind"),
        FileFit.DOUBTFUL.value: Text("不一定能打开", "may not open"),
    },
    "inaccessible-search": {"label": Text("写明名称", "a label")},
    "unhelpful-search": {
        SearchAid.COUNT.value: Text("结果总数", "count"),
        SearchAid.PAGING.value: Text("翻页", "further pages"),
        SearchAid.ORDER.value: Text("排序", "order"),
        SearchAid.FILTER.value: Text("筛选", "filters"),
        SearchAid.DATE.value: Text("结果日期", "dates"),
        SearchAid.SUMMARY.value: Text("结果摘要", "summaries"),
        SearchAid.NOTHING.value: Text("搜不到时的提示", "a word for nothing found"),
        SearchAid.EMPTY.value: Text("空查询的应答", "an answer to an empty query"),
        SearchAid.INNER.value: Text("内页的搜索入口", "search on inner pages"),
    },
    "unusable-search": {
        "failing": Text("返回错误", "errors"),
        "alike": Text("搜什么结果都一样", "the same results for everything"),
        "fruitless": Text("搜不到内容", "no results"),
        "whole": Text("只认完整标题", "whole titles only"),
        "1": Text("能搜到", "results"),
    },
}
"""What codes mean, by check; several stand with blanks between them."""


def measures(finding: Finding, speech: Speech) -> tuple[str, str]:
    """What was measured, and what is required; empty where the finding says nothing of it."""
    observed, limit = finding.observed or "", finding.limit or ""
    if (observed, limit) == ("0", "1"):
        return speech.text(_PRESENCE["0"]), speech.text(_PRESENCE["1"])
    said = _said(finding.check, observed, speech, of_answer=limit == _OK)
    if limit == _OK and observed.removeprefix("HTTP ") == _OK:
        said += speech.text(_ANOTHER)
    return said, _said(finding.check, limit, speech, of_answer=limit == _OK)


def _said(check: str, text: str, speech: Speech, *, of_answer: bool) -> str:
    if not text:
        return ""
    codes = _CODES.get(check, {})
    words = text.split(" ")
    if all(word in codes for word in words):
        return speech.join([speech.text(codes[word]) for word in words])
    if check in _UNITS and text.replace(".", "", 1).isdecimal():
        return text + speech.text(_UNITS[check])
    return speech.measure(text, of_answer=of_answer)
