"""Measured values and requirements are said in words, never in the codes of a check."""

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser

from audit.api import SearchAid, SearchProbe, probed
from audit.model import FileFit, OutcomeStatus
from audit.model.words import ProbeKind, ProbeState
from audit.report import Finding
from checks import load
from reports import FORMATS
from reports.measured import measures
from reports.speech import Speech
from reports.untrusted import link
from tests.sample_report import SampleMaterial, sample_report

ONE = sample_report().sites[0].findings[0]


def finding(check: str, observed: str, limit: str) -> Finding:
    return msgspec.structs.replace(ONE, check=check, observed=observed, limit=limit)


@pytest.mark.parametrize(
    ("check", "observed", "limit", "expected"),
    [
        ("broken-attachment", "empty", "good", ("空文件", "能打开的文件")),
        ("unhelpful-search", "count inner", "paging", ("结果总数、内页的搜索入口", "翻页")),
        ("unusable-search", "fruitless", "1", ("搜不到内容", "能搜到")),
        ("inaccessible-search", "请输入关键词", "label", ("请输入关键词", "写明名称")),
        ("late-interpretation", "5", "3", ("5个工作日", "3个工作日")),
        ("slow-search", "3.2", "3", ("3.2秒", "3秒")),
        ("missing-search", "0", "1", ("没有", "有")),
        ("dead-link", "HTTP 404", "200", ("HTTP 404", "HTTP 200")),
        ("dead-link", "200", "200", ("HTTP 200，但不是所指的内容", "HTTP 200")),
        ("stale-column", "47d", "14d", ("47天", "14天")),
        ("conflicting-site-code", "5300000001", "5300000002", ("5300000001", "5300000002")),
    ],
)
def test_what_was_measured_is_said_in_words(
    check: str, observed: str, limit: str, expected: tuple[str, str]
) -> None:
    said = measures(finding(check, observed, limit), Speech("zh"))

    assert expected == said


@pytest.mark.parametrize(
    ("check", "codes"),
    [
        ("broken-attachment", [*FileFit][1:]),
        ("unhelpful-search", [*SearchAid]),
        ("unusable-search", ["failing", "alike", "fruitless", "whole"]),
    ],
)
def test_every_code_of_a_check_has_its_words(check: str, codes: list[str]) -> None:
    left = [one for one in codes if measures(finding(check, one, ""), Speech("zh"))[0] == one]

    assert check in load()
    assert [] == left


def test_a_word_without_meaning_that_finds_nothing_looks_good() -> None:
    report = sample_report()
    site = report.sites[0]
    probes = tuple(
        msgspec.structs.replace(one, state=ProbeState.MISS, reason=None)
        for one in site.search.probes
        if one.kind in {ProbeKind.NONSENSE, ProbeKind.EMPTY}
    )
    search = msgspec.structs.replace(site.search, probes=probes)
    report = msgspec.structs.replace(
        report, sites=(msgspec.structs.replace(site, search=search), *report.sites[1:])
    )
    made = dict(FORMATS["html"].render(report, SampleMaterial(language="zh")))
    page = LexborHTMLParser(made[f"sites/{site.id}.html"].decode())
    said = [
        (one.attributes["class"], " ".join(one.text().split()))
        for one in page.css('section[aria-labelledby="search"] tbody .state')
    ]

    assert [("state plain", "－ 没有结果"), ("state good", "✓ 没有结果")] == said


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/s?q=%E4%BA%A4%E9%80%9A", "http://a.example/s?q=交通"),
        ("http://a.example/s?q=%E3%80%8A%E5%8A%9E%E6%B3%95%E3%80%8B&p=1%2F2", "http://a.example/s?q=《办法》&p=1%2F2"),
        ("http://a.example/s?q=%BD%BB%CD%A8", "http://a.example/s?q=%BD%BB%CD%A8"),
        ("http://a.example/%E2%80%AEfdp.exe", "http://a.example/%E2%80%AEfdp.exe"),
    ],
)  # fmt: skip
def test_an_address_shows_its_chinese_and_leads_where_it_led(url: str, expected: str) -> None:
    made = LexborHTMLParser(str(link(url))).css_first("a")

    assert made is not None
    assert (expected, url) == (made.text(), made.attributes["href"])


def test_what_a_query_brought_is_said_in_words() -> None:
    probe = SearchProbe(
        ProbeKind.CONTROL, "交通", ProbeState.HIT, "http://a.example/s", rows=3, status=200
    )

    assert "“交通”：HTTP 200，3条结果" == probed(probe).quote


def test_a_rulebook_of_duties_shows_no_points() -> None:
    report = sample_report()
    sites = tuple(
        msgspec.structs.replace(
            site,
            score=msgspec.structs.replace(
                site.score,
                items=tuple(
                    msgspec.structs.replace(one, result=OutcomeStatus.PASS)
                    for one in site.score.items
                ),
            ),
        )
        for site in report.sites
        if site.score.items
    )
    made = dict(
        FORMATS["html"].render(
            msgspec.structs.replace(report, sites=sites), SampleMaterial(language="zh")
        )
    )
    said = made["index.html"].decode()

    assert sites
    assert "本规则集不评分" in said
    assert "最低可能得分" not in said
