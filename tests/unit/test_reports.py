"""The report formats: the same bytes for the same report, and no text of a stranger does harm."""

import csv
import io
import json
import re
from functools import cache
from pathlib import Path

import jsonschema
import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser

from audit import model
from audit.model import EvidenceKind, FetchOutcome, FindingStatus, Reason
from audit.report import EvidenceRow, Report, SiteReport
from reports import FORMATS
from reports.json_format import schema, schema_text
from reports.site_view import PER_CHECK
from reports.speech import Speech
from reports.tones import SIGNS, tone
from reports.untrusted import address, cell, lines, link
from reports.words import ADVICE, WORDS
from tests.sample_report import (
    CHANGED,
    CHECKS,
    LOST,
    NASTY,
    NASTY_URLS,
    PICTURE,
    PICTURED,
    SampleMaterial,
    sample_report,
)

ROOT = Path(__file__).parents[2]
LANGUAGES = ("zh", "en")


def rendered(name: str, report: Report | None = None, language: str = "zh") -> dict[str, bytes]:
    material = SampleMaterial(language=language)
    return dict(FORMATS[name].render(report or sample_report(), material))


@cache
def pages(language: str = "zh") -> dict[str, LexborHTMLParser]:
    made = rendered("html", language=language)
    return {
        name: LexborHTMLParser(content.decode())
        for name, content in made.items()
        if name.endswith(".html")
    }


def rows() -> list[dict[str, str]]:
    text = rendered("csv")["findings.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_formats_are_offered_under_their_own_names() -> None:
    names = {name: one.name for name, one in FORMATS.items()}

    assert {name: name for name in FORMATS} == names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_report_gives_the_same_bytes(name: str, language: str) -> None:
    first, second = rendered(name, language=language), rendered(name, language=language)

    assert first
    assert first == second


def test_the_report_is_written_field_by_field_in_the_order_of_the_records() -> None:
    content = rendered("json")["report.json"]
    report = json.loads(content)

    assert content.endswith(b"\n}\n")
    assert list(Report.__struct_fields__) == list(report)
    assert list(SiteReport.__struct_fields__) == list(report["sites"][0])
    assert "class" in report["sites"][0]["columns"][0]


def test_the_written_report_fits_its_schema() -> None:
    report = json.loads(rendered("json")["report.json"])

    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(report, schema(), format_checker=jsonschema.FormatChecker())


def test_a_report_that_breaks_the_schema_is_refused() -> None:
    report = json.loads(rendered("json")["report.json"])
    report["sites"][0]["verdict"] = "splendid"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, schema())


def test_the_schema_in_the_documentation_is_the_one_of_the_records() -> None:
    written = (ROOT / "docs" / "report.schema.json").read_text("utf-8")

    assert schema_text() == written


def test_a_report_comes_back_from_its_json() -> None:
    report = sample_report()
    report = msgspec.convert(
        json.loads(rendered("json", report)["report.json"]), Report, strict=True
    )

    assert sample_report().sites[1].score == report.sites[1].score
    assert "落单的代理\ufffd项" == report.sites[0].findings[5].subject.label


def test_lines_are_one_record_each_and_survive_lone_surrogates() -> None:
    seen = [json.loads(line) for line in rendered("pages")["pages.jsonl"].splitlines()]
    links = [json.loads(line) for line in rendered("links")["links.jsonl"].splitlines()]

    assert ["首页", "落单的代理\ufffd项"] == [line["title"] for line in seen]
    assert 1.0 >= seen[0]["published_confidence"] > 0
    assert NASTY[0] == links[0]["examples"][0]["text"]


def test_findings_csv_has_a_row_for_every_finding_under_chinese_heads() -> None:
    expected = [finding.id for site in sample_report().sites for finding in site.findings]
    heads = "编号 网站 单位 栏目 问题类型 检查项 状态 严重程度 页面 问题描述 实测 要求 证据 整改建议 责任处室 依据 首次发现 整改期限"
    content = rendered("csv")["findings.csv"]

    assert content.startswith(b"\xef\xbb\xbf")
    assert heads.split() == list(rows()[0])
    assert expected == [row["编号"] for row in rows()]


def test_no_cell_is_a_formula_and_none_holds_a_control_character() -> None:
    cells = [value for row in rows() for value in row.values()]

    assert not [value for value in cells if value[:1] in tuple("=+-@\t\r\n")]
    assert not [value for value in cells if not value.isprintable()]
    assert any(value.startswith("'=cmd") for value in cells)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r\n=1", " =1", "\u200b=1", "＝1", "\ufeff@x"]
)
def test_a_cell_that_would_be_a_formula_is_text(text: str) -> None:
    assert cell(text).startswith("'")


def test_a_finding_is_filed_under_the_column_whose_folder_holds_its_page() -> None:
    filed = {row["页面"]: row["栏目"] for row in rows() if row["检查项"] == "dead-link"}

    assert "信息公开 › 通知公告" == filed["http://jtt.example/tzgg/7.html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_forbids_everything_but_its_own_style(language: str) -> None:
    for page in pages(language).values():
        policy = page.css_first("meta[http-equiv='Content-Security-Policy']")

        assert policy is not None
        assert "default-src 'none'" in str(policy.attributes["content"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_loads_anything_or_holds_a_script(language: str) -> None:
    for name, page in pages(language).items():
        loading = page.css(
            "script, link, img, iframe, frame, object, embed, audio, video, source, base, form, "
            "image, use, foreignObject, [src], [srcset], [data], [style], [background]"
        )
        styles = "".join(node.text() for node in page.css("style"))
        handlers = [
            attribute
            for node in page.css("*")
            for attribute in node.attributes
            if attribute.startswith("on")
        ]

        assert [] == [node.html for node in loading], name
        assert 1 == len(page.css("style")), name
        assert not re.search(r"url\(|@import|http", styles), name
        assert [] == handlers, name


def test_links_lead_to_web_pages_or_within_the_report_and_tell_no_referrer() -> None:
    files = rendered("html")
    for name, page in pages().items():
        ids = {node.attributes["id"] for node in page.css("[id]")}
        for node in page.css("a"):
            target = str(node.attributes["href"])
            if target.startswith(("http://", "https://")):
                assert "noreferrer" in str(node.attributes["rel"])
            elif target.startswith("#"):
                assert target[1:] in ids, f"{name} {target}"
            else:
                path = target.partition("#")[0].removeprefix("../")
                assert path in files, f"{name} {target}"


def test_ids_within_a_page_are_unique() -> None:
    for name, page in pages().items():
        ids = [node.attributes["id"] for node in page.css("[id]")]

        assert len(ids) == len(set(ids)), name


def test_hostile_text_is_shown_as_text() -> None:
    content = rendered("html")["sites/jtt.html"].decode()

    assert "&lt;script&gt;alert(" in content
    assert "{{ 7*7 }}" in content
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\ud800]", content)
    assert max(map(len, content.splitlines())) < 20_000


@pytest.mark.parametrize(
    "url", [NASTY_URLS[0], NASTY_URLS[1], NASTY_URLS[4], "", "//x", "ftp://x/"]
)
def test_an_address_that_is_not_of_the_web_never_becomes_a_link(url: str) -> None:
    assert "" == address(url)
    assert "href" not in link(url)
    assert "href" not in link(url, "标题")


def test_quotes_in_an_address_stay_inside_it() -> None:
    page = LexborHTMLParser(str(link(NASTY_URLS[3])))
    node = page.css_first("a")

    assert node is not None
    assert {"href", "rel"} == set(node.attributes)


def test_a_quote_is_cut_and_its_lines_stay_lines() -> None:
    assert ["一", "二"] == lines("一\x00\n\n二")
    assert sum(map(len, lines("长" * 9000 + "\n尾"))) <= 2001


def test_findings_beyond_the_cap_are_counted_not_dropped_silently() -> None:
    report = sample_report(dead_links=PER_CHECK + 7)
    page = LexborHTMLParser(rendered("html", report)["sites/jtt.html"].decode())
    shown = [node for node in page.css("article") if "dead-link" in node.text()]
    text = page.text()

    assert PER_CHECK == len(shown)
    assert "另有7条没有展开，全部内容见 report.json" in text


def test_every_finding_below_the_cap_is_on_its_sites_page() -> None:
    for site in sample_report().sites:
        page = pages()[f"sites/{site.id}.html"]
        held = [node.attributes["id"] for node in page.css("article")]

        assert sorted(f"f-{finding.id}" for finding in site.findings) == sorted(map(str, held))


def test_a_lead_is_marked_to_be_confirmed_and_carries_no_due_day() -> None:
    leads = [
        finding
        for finding in sample_report().sites[0].findings
        if finding.status is FindingStatus.REVIEW
    ]
    page = pages()["sites/jtt.html"]
    for lead in leads:
        node = page.css_first(f"#f-{lead.id}")

        assert node is not None
        assert "待人工确认" in node.text()
        assert "整改期限" not in node.text()


def test_a_score_of_an_unverified_rulebook_is_marked() -> None:
    marked = rendered("html")["index.html"].decode()
    plain = rendered("html", sample_report(verified=True))["index.html"].decode()

    assert "参考评分：" in marked
    assert "参考评分：" not in plain


def test_every_site_stands_in_the_overview_with_its_verdict_and_reason() -> None:
    text = pages()["index.html"].text()

    for site in sample_report().sites:
        assert site.name in text
        assert site.reason in text
    for verdict in ("合格", "不合格", "证据不足"):
        assert verdict in text


def test_a_site_that_could_not_be_read_says_why_and_what_to_do() -> None:
    text = pages()["sites/waterway.html"].text()

    assert "网站或页面无法访问" in text
    assert "确认网站能否打开" in text
    assert "不计分" in text


def test_a_report_without_sites_or_comparison_is_rendered() -> None:
    report = msgspec.structs.replace(sample_report(), sites=(), comparison=None)
    made = rendered("html", report)

    assert ["index.html"] == list(made)
    assert "没有可供对照的上次审计" in made["index.html"].decode()


def test_a_check_that_the_material_does_not_know_is_called_by_its_id() -> None:
    site = sample_report().sites[3]
    odd = msgspec.structs.replace(site.findings[0], check="odd-check")
    outcome = msgspec.structs.replace(site.outcomes[0], check="odd-check")
    site = msgspec.structs.replace(site, findings=(odd,), outcomes=(outcome,))
    report = msgspec.structs.replace(sample_report(), sites=(site,))

    assert "odd-check" in rendered("html", report)["sites/institute.html"].decode()
    assert b"odd-check" in rendered("csv", report)["findings.csv"]


CLOSED = [
    model.ColumnClass, model.ColumnKind, model.ColumnState, model.DateSource, model.Direction,
    model.DirectionState, model.EvidenceKind, model.Fact, model.FactState, model.FetchOutcome,
    model.FindingState, model.FindingStatus, model.Mark, model.OutcomeStatus, model.PairState,
    model.ProbeKind, model.ProbeState, model.Reason, model.Region, model.SearchState,
    model.Severity, model.SiteVerdict, model.SubjectKind,
]  # fmt: skip


@pytest.mark.parametrize("kind", CLOSED, ids=lambda kind: kind.__name__)
def test_every_closed_code_has_words_in_both_languages(kind: type[model.Reason]) -> None:
    for code in kind:
        text = WORDS[kind][code]

        assert re.search("[\u4e00-\u9fff]", text.zh), code
        assert re.search("[a-z]", text.en), code
        assert tone(code) in SIGNS


def test_every_reason_says_what_to_do() -> None:
    assert set(Reason) == set(ADVICE)


def test_no_code_is_shown_to_people_raw() -> None:
    codes = {code.value for kind in (Reason, FetchOutcome) for code in kind if "_" in code.value}
    codes |= {"not_assessed", "not_applicable", "not_observed", "one_way", "wrong_target"}
    for name, page in pages().items():
        words = set(re.findall(r"[a-z]+(?:_[a-z]+)+", page.text()))

        assert set() == words & codes, name


def test_measures_are_said_in_words() -> None:
    zh, en = Speech("zh"), Speech("en")

    assert ("14天", "6个月", "1年") == tuple(map(zh.measure, ("14d", "6m", "1y")))
    assert ("14 days", "1 year") == (en.measure("14d"), en.measure("1y"))
    assert ("HTTP 404", "404") == (zh.measure("404", of_answer=True), zh.measure("404"))
    assert "域名无法解析" == zh.measure("dns")
    assert ("—", "—") == (zh.measure(None), zh.measure(""))


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    speech = Speech("zh")

    assert [">99%", "<1%", "100%", "0%", "93%"] == [
        speech.percent(share) for share in (0.999, 0.001, 1.0, 0.0, 0.9312)
    ]


def test_times_are_said_in_beijing_time() -> None:
    speech = Speech("zh")

    assert "2020-06-05 02:14:07" == speech.time("2020-06-05T02:14:07.123+08:00")
    assert "2020-06-05 10:14:07" == speech.time("2020-06-05T02:14:07Z")
    assert "2020-06-05 02:14:07" == speech.time("2020-06-05T02:14:07")
    assert "soon" == speech.time("soon")


def test_every_check_of_the_sample_has_a_title_in_the_overview() -> None:
    text = pages()["index.html"].text()

    assert "链接打不开" in text
    assert CHECKS["stale-column"][1] in text


def test_pictures_lie_beside_the_report_and_findings_and_probes_lead_to_them() -> None:
    made = rendered("html")
    name = f"evidence/{PICTURED[:16]}.jpg"
    links = [
        str(one.attributes["href"])
        for one in pages()["sites/jtt.html"].css("article.finding a.picture, section td a.picture")
    ]

    assert made[name] == PICTURE
    assert [name] == [one for one in made if one.startswith("evidence/")]
    assert {f"../{name}"} == set(links)
    assert len(links) > 2
    assert any("#" not in one for one in links)


def test_a_picture_that_is_gone_or_not_what_it_was_is_not_shown() -> None:
    report = sample_report()
    site = next(one for one in report.sites if one.findings)
    finding = site.findings[0]
    shots = tuple(
        EvidenceRow(EvidenceKind.SCREENSHOT, "http://jtt.example/", "", "", digest, "")
        for digest in (LOST, CHANGED)
    )
    changed = msgspec.structs.replace(
        site,
        findings=(msgspec.structs.replace(finding, evidence=shots),),
        search=msgspec.structs.replace(site.search, probes=()),
    )
    made = rendered("html", msgspec.structs.replace(report, sites=(changed,)))
    page = LexborHTMLParser(made[f"sites/{site.id}.html"].decode())

    assert not [name for name in made if name.startswith("evidence/")]
    assert page.css_first("a.picture") is None
    assert [one.text().count("没有保留") for one in page.css("ul.evidence")] == [2]
