"""The six facts of units, the identity marks, the search entry."""

import pytest

from audit.errors import FactUnavailable
from audit.model import Fact, FactState, FetchOutcome, Mark, Reason, RegisteredUnit, UnitFact
from audit.reading import read_estate
from tests.snapshots import Answer, read

HOME = """<title>示例交通运输厅</title><div class="nav"><ul><li><a href="/jgzn/">机构职能</a></li>
<li><a href="/ld/">领导信息</a></li><li><a href="/lx/">联系我们</a></li></ul></div><p>欢迎访问</p>"""
DUTIES = "<p>主要职责：（一）贯彻执行国家有关公路水路行业的法律法规。（二）负责公路养护管理。（三）承担水上交通安全监管。</p><p>内设机构：办公室、规划处、建设管理处、人事处、安全监督处。</p>"
CONTACT = "<p>办公地址：示例省示例市示例路12号</p><p>办公时间：周一至周五 上午8:30-12:00，下午14:00-17:30</p><p>联系电话：0871-65301234</p>"
HEAD = "<h2>李示例</h2><p>厅党组书记、厅长，主持厅全面工作。</p>"


def page(name: str, body: str) -> str:
    return f'<title>{name}</title><div class="position">当前位置：<a href="/">首页</a> &gt; {name}</div><h1>{name}</h1><div class="main">{body}</div>'


def site(**more: Answer) -> dict[str, Answer]:
    return {
        "/": HOME,
        "/jgzn/": page("机构职能", DUTIES),
        "/ld/": page("领导信息", HEAD),
        "/lx/": page("联系我们", CONTACT),
        **{f"/{name}/": answer for name, answer in more.items()},
    }


def facts(
    pages: dict[str, Answer], *units: RegisteredUnit, complete: bool = True
) -> dict[tuple[str, Fact], UnitFact]:
    reading = read(pages, units=units, complete=complete)
    estate = read_estate([reading], units, partial=False)
    return {(fact.unit, fact.fact): fact for fact in estate.facts}


def test_a_site_without_registered_units_is_its_own_unit_with_six_facts() -> None:
    found = facts(site())

    assert {key[0] for key in found} == {"jtt"}
    assert {key[1]: fact.state for key, fact in found.items()} == dict.fromkeys(
        Fact, FactState.PRESENT
    )
    assert found["jtt", Fact.HEAD].value == "李示例"
    assert found["jtt", Fact.CONTACT].value == "0871-65301234"


def test_a_fact_that_no_page_states_is_missing() -> None:
    found = facts(site(lx=page("联系我们", "<p>联系电话：0871-65301234</p>")))

    assert found["jtt", Fact.ADDRESS].state is FactState.MISSING
    assert found["jtt", Fact.HOURS].state is FactState.MISSING
    assert "http://site.test/lx/" in found["jtt", Fact.HOURS].looked_at


def test_a_fact_that_was_not_found_on_an_incomplete_walk_is_not_assessed() -> None:
    found = facts(site(lx=page("联系我们", "<p>联系电话：0871-65301234</p>")), complete=False)

    assert found["jtt", Fact.ADDRESS].state is FactState.NOT_ASSESSED
    assert found["jtt", Fact.ADDRESS].reason is Reason.PARTIAL_RUN


def test_the_facts_of_a_site_that_does_not_answer_are_not_assessed() -> None:
    found = facts({"/": FetchOutcome.TIMEOUT})

    assert {fact.state for fact in found.values()} == {FactState.NOT_ASSESSED}
    assert {fact.reason for fact in found.values()} == {Reason.TIMEOUT}


@pytest.mark.parametrize("number", ["0871-00000000", "0000", "1234567", "待定"])
def test_a_telephone_number_that_stands_for_nothing_is_implausible(number: str) -> None:
    found = facts(site(lx=page("联系我们", f"<p>联系电话：{number}</p>")))

    assert found["jtt", Fact.CONTACT].state is FactState.IMPLAUSIBLE


def test_a_contact_page_that_is_a_picture_goes_to_review() -> None:
    picture = page("联系我们", '<img src="/lx.jpg" width="900" height="600">')
    found = facts(site(lx=picture))

    assert found["jtt", Fact.ADDRESS].state is FactState.REVIEW


def test_two_different_addresses_are_in_conflict() -> None:
    other = page("信息公开指南", "<p>办公地址：示例省示例市另一路88号</p>")
    home = HOME + '<div class="nav"><a href="/zn/">信息公开指南</a></div>'
    found = facts({**site(zn=other), "/": home})

    assert found["jtt", Fact.ADDRESS].state is FactState.CONFLICTING


def test_a_fact_that_differs_from_the_register_is_stale() -> None:
    unit = RegisteredUnit("jtt", "示例交通运输厅", "jtt", facts={Fact.HEAD: "王示例"})
    found = facts(site(), unit)

    assert found["jtt", Fact.HEAD].state is FactState.STALE


def test_a_name_with_a_space_and_a_name_with_dots_are_names() -> None:
    found = facts(site(ld=page("领导信息", "<p>厅长：李 例</p>")))
    dotted = facts(site(ld=page("领导信息", "<p>厅长：阿示·例</p>")))

    assert found["jtt", Fact.HEAD].value == "李例"
    assert dotted["jtt", Fact.HEAD].value == "阿示·例"


def test_a_unit_without_a_site_has_its_facts_on_its_parents_site() -> None:
    units = (
        RegisteredUnit("jtt", "示例交通运输厅", "jtt"),
        RegisteredUnit("glj", "示例公路局", parent="jtt"),
        RegisteredUnit("hwj", "示例航务局", parent="jtt"),
    )
    body = """<table><tr><td>示例公路局</td><td>地址：示例市示例路8号</td><td>电话：0871-65305678</td></tr>
<tr><td>示例航务局</td><td>地址：示例市滨江路20号</td></tr></table>"""
    home = HOME + '<div class="nav"><a href="/zs/">直属单位</a></div>'
    found = facts({**site(zs=page("直属单位", body)), "/": home}, *units)

    assert found["glj", Fact.CONTACT].value == "0871-65305678"
    assert found["glj", Fact.ADDRESS].state is FactState.PRESENT
    assert found["hwj", Fact.CONTACT].state is FactState.MISSING
    assert found["hwj", Fact.CONTACT].site == "jtt"


def test_a_unit_whose_site_is_not_in_the_run_is_not_assessed() -> None:
    found = facts(site(), RegisteredUnit("glj", "示例公路局", site="glj"))

    assert {fact.state for fact in found.values()} == {FactState.NOT_ASSESSED}
    assert {fact.reason for fact in found.values()} == {Reason.PARTIAL_RUN}


FOOTER = """<div class="footer">主办单位：示例交通运输厅 联系电话：0871-65301234 滇ICP备05000001号-1
滇公网安备 53010202000001号 网站标识码：5300000001 <a href="https://bszs.conac.cn/sitename?method=show"><img src="/r.png"></a>
<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=5300000001"><img src="/j.png"></a></div>"""


def test_all_seven_marks_of_a_footer_are_read() -> None:
    marks = {mark.mark: mark for mark in read({"/": HOME + FOOTER}).marks}

    assert {mark for mark, found in marks.items() if found.present} == set(Mark)
    assert marks[Mark.ICP].value == "滇ICP备05000001号-1"
    assert marks[Mark.POLICE].value == "公网安备 53010202000001号"
    assert marks[Mark.SITE_CODE].value == "5300000001"


def test_marks_that_no_page_shows_are_absent() -> None:
    home = HOME.replace("联系我们", "办事服务")
    marks = read({"/": home + '<div class="footer">主办单位：示例交通运输厅</div>'}).marks

    assert {mark.mark for mark in marks if mark.present} == {Mark.SPONSOR}


def test_a_search_box_that_script_serves_is_an_entry() -> None:
    box = '<input id="keyword" placeholder="请输入关键字"><a href="javascript:search()">搜索</a>'
    entry = read({"/": HOME + box}).search

    assert (entry.present, entry.how, entry.dead) == (True, "script", False)


def test_a_search_form_is_an_entry_with_its_address() -> None:
    form = '<form action="/so" method="get"><input type="text" name="q" placeholder="站内搜索"><input type="submit" value="搜索"></form>'
    entry = read({"/": HOME + form}).search

    assert (entry.how, entry.entry_url) == ("form", "http://site.test/so")


def test_a_link_to_a_search_page_that_is_missing_is_a_dead_entry() -> None:
    pages: dict[str, Answer] = {
        "/": HOME + '<a href="/search.html">站内搜索</a>',
        "/search.html": 404,
    }
    entry = read(pages, looks={"/search.html": 404}).search

    assert (entry.present, entry.dead, entry.target_status) == (True, True, 404)


def test_a_login_box_is_no_search() -> None:
    form = '<form action="/login"><input name="user" placeholder="用户名"><input type="password" name="p"></form>'

    assert not read(
        {"/": HOME + form + "<p>示例交通运输厅负责全省公路水路交通运输。</p>" * 20}
    ).search.present


def test_the_search_of_a_site_that_does_not_answer_is_not_observed() -> None:
    with pytest.raises(FactUnavailable, match="timeout"):
        _ = read({"/": FetchOutcome.TIMEOUT}).search
