"""Rulebooks: what they say, that every number has a source, and how a mistake in one is told."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from pydantic import ValidationError

from audit.config import load_checked
from audit.dates import parse_limit
from audit.errors import ConfigError
from audit.model import ColumnClass, Severity
from audit.rulebooks import Confidence, Rulebook, Source, load, names, parse
from checks import load as load_checks

YUNNAN = "yunnan-2020"
VETO = "state-council-2019-veto"
DUTY = "duty-2020"
BOTH = [YUNNAN, VETO]
ALL = [DUTY, VETO, YUNNAN]


@cache
def rulebook(name: str = YUNNAN) -> Rulebook:
    """One of the rulebooks that come with the program."""
    return load(name)[0]


def problems(old: str, new: str) -> tuple[str, ...]:
    """What is said of the default rulebook after one change."""
    text = load(YUNNAN)[1]
    assert old in text
    with pytest.raises(ConfigError) as caught:
        parse(text.replace(old, new, 1), "mine.toml")
    return caught.value.problems


# --- what comes with the program ---


def test_three_rulebooks_come_with_the_program() -> None:
    assert tuple(ALL) == names()
    for name in ALL:
        assert name == rulebook(name).id


@pytest.mark.parametrize("name", ALL)
def test_every_check_that_a_rulebook_names_exists(name: str) -> None:
    assert set(rulebook(name).checks()) <= set(load_checks())


def test_the_default_rulebook_names_every_check() -> None:
    assert tuple(sorted(load_checks())) == rulebook().checks()


@pytest.mark.parametrize("name", BOTH)
def test_every_check_gets_the_settings_that_it_requires(name: str) -> None:
    for check in load_checks().values():
        try:
            check.settings.model_validate(rulebook(name).settings_of(check.id))
        except ValidationError as error:
            pytest.fail(f"{name} does not supply {check.id}: {error}")


@pytest.mark.parametrize("name", BOTH)
def test_every_setting_has_a_source_and_every_source_a_setting(name: str) -> None:
    for check in load_checks():
        settings = rulebook(name).settings_of(check)
        expected = {key for top, value in settings.items() for key in dotted(top, value)}

        assert expected == set(rulebook(name).sources_of(check))


def dotted(key: str, value: object) -> list[str]:
    """The keys of a table, or the key itself."""
    return [f"{key}.{inner}" for inner in value] if isinstance(value, Mapping) else [key]


def test_both_rulebooks_set_the_checks_and_the_vetoes_alike() -> None:
    assert rulebook().vetoes == rulebook(VETO).vetoes
    for check in set(rulebook(VETO).checks()) - {"foreign-domain"}:  # a province's own name
        assert rulebook().settings_of(check) == rulebook(VETO).settings_of(check)


@pytest.mark.parametrize("name", ALL)
def test_nothing_that_nobody_verified_says_that_it_is(name: str) -> None:
    assert not rulebook(name).verified
    assert not any(card.verified for card in rulebook(name).cards("zh").values())


def test_points_are_our_own_and_say_so() -> None:
    assert {Confidence.DESIGNED} == {item.source.confidence for item in rulebook().items}


def test_the_limits_of_column_classes_are_those_of_the_norm() -> None:
    limits = rulebook().settings_of("stale-column")["limits"]

    assert isinstance(limits, Mapping)
    assert ("14d", "6m", "6m", "6m", "1y") == tuple(
        limits[klass] for klass in ("news", "notice", "policy", "interpretation", "other")
    )
    for klass, limit in limits.items():
        assert ColumnClass(klass)
        parse_limit(limit)


def test_the_hundred_points_are_there_and_services_are_twenty_five_of_them() -> None:
    services = [item.max for item in rulebook().items if rulebook().groups[item.group].services]

    assert sum(item.max for item in rulebook().items) == 100
    assert sum(services) == 25


def test_the_marks_are_those_of_the_norm() -> None:
    judging = rulebook().judging

    assert (60, 80, 30) == (judging.pass_mark, judging.bonus_mark, judging.bonus_max)
    assert (0.8, 0.9) == (judging.coverage_floor, judging.gate_floor)


def test_all_six_vetoes_are_listed() -> None:
    for name in BOTH:
        assert [f"V{n}" for n in range(1, 7)] == [veto.id for veto in rulebook(name).vetoes]


def test_every_column_finding_belongs_to_exactly_one_item() -> None:
    expected = {
        "news": "news", "policy": "policy-files", "interpretation": "interpretation",
    }  # fmt: skip
    checks = ("stale-column", "blank-column")
    for check, klass, level in product(checks, ColumnClass, ("home", "first", "lower")):
        item = rulebook().item_of(check, {"class": klass.value, "level": level})

        assert item
        assert expected.get(klass.value, "other-columns") == item.id


def test_a_dead_link_costs_a_point_on_the_home_page_and_a_tenth_elsewhere() -> None:
    expected = {"home": Decimal(1), "first": Decimal("0.1"), "lower": Decimal("0.1")}
    for (level, points), side in product(expected.items(), ("inside", "outside")):
        found = rulebook().entry_of("dead-link", {"level": level, "side": side})

        assert found
        assert points == found[1].points


# --- what it answers ---


def test_severity_is_that_of_the_item_else_of_the_veto_else_a_notice() -> None:
    rules = rulebook()

    assert Severity.MAJOR == rules.severity_of("stale-column", {"class": "news"})
    assert Severity.MINOR == rules.severity_of("stale-column", {"class": "finance"})
    assert Severity.VETO == rules.severity_of("stale-home", {})
    assert Severity.NOTICE == rules.severity_of("unheard-of", {})
    assert Severity.NOTICE == rulebook(VETO).severity_of("dead-link", {"level": "home"})
    assert Severity.MAJOR == rulebook(VETO).severity_of(
        "stale-column", {"class": "policy", "level": "first"}
    )
    assert Severity.MINOR == rulebook(VETO).severity_of(
        "stale-column", {"class": "policy", "level": "lower"}
    )


def test_the_heaviest_severity_of_a_check_looks_at_every_label() -> None:
    assert Severity.MAJOR == rulebook().heaviest_of("stale-column")
    assert Severity.VETO == rulebook().heaviest_of("unreachable-site")
    assert Severity.NOTICE == rulebook().heaviest_of("unheard-of")


def test_what_costs_nothing_has_no_item() -> None:
    assert rulebook().item_of("stale-home", {}) is None
    assert rulebook().item_of("unheard-of", {}) is None


def test_every_check_and_every_duty_has_an_office() -> None:
    duties = [f"D{number:02}" for number in range(1, 43)]

    assert all(rulebook().office_of(one) for one in [*load_checks(), *duties])
    assert not rulebook().office_of("unheard-of")


def test_a_notice_has_no_term_and_a_graver_finding_a_shorter_one() -> None:
    terms = [rulebook().due_of(one) for one in (Severity.VETO, Severity.MAJOR, Severity.MINOR)]

    assert terms == sorted(terms, key=lambda days: days or 0)
    assert rulebook().due_of(Severity.NOTICE) is None


def test_cards_name_items_and_vetoes_for_people_in_both_languages() -> None:
    zh, en = rulebook().cards("zh"), rulebook().cards("en")

    assert zh.keys() == en.keys()
    assert (zh["V3"].name, zh["V3"].group) == ("首页不更新", "单项否决")
    assert (en["search"].name, en["search"].group) == ("Site search", "Function and design")
    assert (
        zh["news"].source
        == "国办秘函〔2019〕19号 政府网站与政务新媒体检查指标 扣分指标 发布解读 动态要闻"
    )


def test_a_rulebook_is_in_force_from_its_first_to_its_last_day() -> None:
    text = load(YUNNAN)[1].replace(
        "effective_from = 2020-06-05", "effective_from = 2020-06-05\neffective_to = 2023-03-05"
    )
    ended = parse(text, "mine.toml")

    expected = {
        dt.date(2020, 6, 4): False, dt.date(2020, 6, 5): True,
        dt.date(2023, 3, 5): True, dt.date(2023, 3, 6): False,
    }  # fmt: skip
    assert expected == {day: ended.in_force(day) for day in expected}
    assert rulebook().in_force(dt.date(2030, 1, 1))


# --- loading ---


def test_a_rulebook_of_ones_own_is_read_from_a_file(tmp_path: Path) -> None:
    text = load(YUNNAN)[1].replace('id = "yunnan-2020"', 'id = "mine"')
    (tmp_path / "mine.toml").write_text("\ufeff" + text, encoding="utf-8")

    found, said = load(str(tmp_path / "mine.toml"))

    assert ("mine", text) == (found.id, said)
    assert found == parse(said, "stored")


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(ConfigError) as caught:
        load("yunan-2020")

    assert caught.value.problems == (
        "没有规则集 'yunan-2020'；可用：duty-2020、state-council-2019-veto、yunnan-2020，或一个 .toml 文件；是否想写 yunnan-2020？",
    )


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="找不到规则集文件"):
        load(str(tmp_path / "none.toml"))


def test_a_folder_and_a_file_in_another_encoding_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "gbk.toml").write_bytes("# 规则集".encode("gb18030"))

    with pytest.raises(ConfigError, match="读不了"):
        load(str(tmp_path / "folder.toml"))
    with pytest.raises(ConfigError, match="不是 UTF-8"):
        load(str(tmp_path / "gbk.toml"))


def test_what_is_no_toml_is_told_with_its_place() -> None:
    with pytest.raises(ConfigError, match=r"mine\.toml：不是正确的 TOML.*line 1"):
        parse("id = mine", "mine.toml")


# --- mistakes, one line each: file, key, what is allowed, did you mean ---


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "max = 6",
            "maxx = 6",
            "items[1].maxx 是不认识的键；可用：id、name、group、max、source、entries、office、with、limit、means；是否想写 max？",
        ),
        ('id = "overview"\n', "", "items[0].id 是必填项，没有写"),
        ("[due]", "[duu]", "duu 是不认识的键；可用：id、version、"),
        (
            'severity = "minor", points = 1 }',
            'severity = "miner", points = 1 }',
            "severity = 'miner' 不行；可用：veto、major、minor、notice；是否想写 minor？",
        ),
        (
            "veto = 5",
            "vetoo = 5",
            "due = 'vetoo' 不行；可用：veto、major、minor、notice；是否想写 veto？",
        ),
        ("unknown_share = 0.2", "unknown_share = 2.0", "judging.unknown_share = 2.0 不行（"),
        ('confidence = "M"', 'confidence = "Q"', "可用：A、B、M、D、S"),
        ("points = 5", 'points = "five"', "items[3].entries[0].points = 'five' 不行（"),
        ("\nverified = false", "\nverified = 3", "verified = 3 不行（"),
        ("at_least = 1,", "at_least = 0,", ".counters[0].at_least = 0 不行（"),
        (
            'limit = { document = "indicators"',
            'limit = { documant = "indicators"',
            "documant 是不认识的键；可用：document、clause、confidence、verified；是否想写 document？",
        ),
        ('en = "Overview"', 'eng = "Overview"', "items[0].name.en 是必填项，没有写"),
    ],
)
def test_a_record_of_the_wrong_shape_is_told(old: str, new: str, expected: str) -> None:
    told = problems(old, new)

    assert len(told) == 1
    assert told[0].startswith("mine.toml")
    assert expected in told[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'group = "publish"',
            'group = "publis"',
            "items.overview.group = 'publis' 没有登记；可用：publish、services、interact、function；是否想写 publish？",
        ),
        ('id = "leaders"', 'id = "news"', "id 'news' 重复"),
        ('class = ["news"]', 'klass = ["news"]', "labels.klass 是不认识的标签；可用：class、"),
        ('class = ["news"]', 'class = ["nwes"]', "labels.class 里的 'nwes' 不行；可用：news、"),
        ('class = ["news"]', "class = []", "labels.class 是空的"),
        (
            'document = "own"',
            'document = "onw"',
            "document = 'onw' 没有登记；可用：indicators、guidelines、census、measure、points、regulation、circular、own；是否想写 own？",
        ),
        ("max = 6", "max = 7", "items 的 max 合计 101，应为 100"),
        ("max = 1\n", "max = 0\n", "items.overview.max = 0 不行：要大于 0"),
        (
            "points = 5",
            "points = 6",
            "items.news.entries[0].points = 6 不行：要大于 0，不超过 max 5",
        ),
        ("points = 5", "points = -1", "points = -1 不行"),
        ("points = 5", "points = nan", "points = NaN 不行"),
        ("cap = 2", "cap = 0", "cap = 0 不行"),
        (
            'severity = "minor", points = 1 }',
            'severity = "veto", points = 1 }',
            "severity = 'veto' 不行：单项否决写在 [[vetoes]] 里",
        ),
        (
            "at_least = 1,",
            "at_least = 2,",
            "severity = 'veto' 与 at_least = 1 要同时使用（",
        ),
        (
            'findings = [{ check = "blank-column", severity = "minor" }]',
            "findings = []",
            "vetoes.V4.counters[2].findings 是空的",
        ),
        ("pass_mark = 60", "pass_mark = 160", "judging.pass_mark = 160 不行：要在 0 和 100 之间"),
        (
            "bonus_mark = 80",
            "bonus_mark = 50",
            "judging.bonus_mark = 50 不行：不能低于 pass_mark 60",
        ),
        (
            "effective_from",
            "effective_to = 2019-01-01\neffective_from",
            "effective_to = 2019-01-01 不行：早于",
        ),
        (
            "\nverified = false",
            "\nverified = true",
            "verified = true 不行：还有 verified = false 的依据",
        ),
        (
            'confidence = "M" }',
            'confidence = "M", verified = true }',
            "confidence M 的内容没有经过核实",
        ),
        (
            "[sources.dead-link]",
            "[sources.dead-links]",
            "sources.dead-links 没有对应的 [checks.dead-links]；是否想写 dead-link？",
        ),
        (
            '{ check = "dead-link", labels = { level = ["home"] }, severity = "major", points = 1 },',
            '{ check = "dead-link", severity = "major", points = 1 },',
            "items.links.entries[1] 永远轮不到：前面已有一条接收 dead-link 的全部问题",
        ),
    ],
)
def test_a_rulebook_that_contradicts_itself_is_told(old: str, new: str, expected: str) -> None:
    told = problems(old, new)

    assert any(expected in line for line in told)
    assert all(line.startswith("mine.toml") for line in told)


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("max = 6", "maxx = 6", "maxx = 6"),  # a key of a table
        ("pass_mark = 60", "pass_mark = 160", "pass_mark = 160"),
        (  # an entry of a list, one a line
            '{ check = "dead-link", severity = "minor", points = 0.1 }',
            '{ check = "dead-link", severity = "minor", points = 6 }',
            "points = 6",
        ),
        ('group = "publish"', 'group = "publis"', 'group = "publis"'),
        ('document = "own"', 'document = "onw"', 'document = "onw"'),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, marked: str) -> None:
    text = load(YUNNAN)[1].replace(old, new, 1)
    line = next(n for n, one in enumerate(text.splitlines(), 1) if marked in one)

    assert any(one.startswith(f"mine.toml 第{line}行：") for one in problems(old, new))


def test_a_check_that_does_not_exist_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = load(YUNNAN)[1].replace('check = "stale-home"', 'check = "stale-hom"')
    text = text.replace("[checks.dead-link]", "[checks.dead-lnk]")
    text = text.replace("[sources.dead-link]", "[sources.dead-lnk]")
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        load_checked(str(path), load_checks())

    lines = text.splitlines()
    for said, suggested in (("stale-hom", "stale-home"), ("dead-lnk", "dead-link")):
        number = next(n for n, one in enumerate(lines, 1) if said in one and "home" not in one)
        told = [one for one in caught.value.problems if f" = {said!r} 没有这个检查项" in one]
        assert told[0].startswith(f"{path} 第{number}行：")
        assert told[0].endswith(f"；是否想写 {suggested}？")


def test_a_setting_that_a_check_does_not_take_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = load(YUNNAN)[1].replace("looks = 2", 'looks = "two"', 1)
    path.write_text(text, encoding="utf-8")
    number = next(n for n, one in enumerate(text.splitlines(), 1) if one == 'looks = "two"')

    with pytest.raises(ConfigError) as caught:
        load_checked(str(path), load_checks())

    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(
        f"{path} 第{number}行：checks.dead-link.looks = 'two' 不行"
    )


@pytest.mark.parametrize("name", ALL)
def test_what_comes_with_the_program_fits_its_checks(name: str) -> None:
    assert load_checked(name, load_checks())[0] == rulebook(name)


# --- the duties ---


def test_the_duties_are_forty_two_each_with_its_office() -> None:
    duties = rulebook(DUTY)

    assert [f"D{number:02}" for number in range(1, 43)] == [item.id for item in duties.items]
    assert not duties.scored
    for item in duties.items:
        assert item.office
        assert item.means
        assert (item.office == rulebook().office_of(item.id)) or item.id in SHARED_DUTIES


SHARED_DUTIES = {"D18", "D39"}  # the default rulebook names the first of two leads


def test_the_duties_give_no_points_and_no_veto() -> None:
    assert rulebook(DUTY).vetoes == ()
    assert {entry.points for item in rulebook(DUTY).items for entry in item.entries} == {0}


def test_duties_set_the_checks_as_the_default_rulebook_does() -> None:
    for check, settings in rulebook(DUTY).checks_.items():
        assert settings == rulebook().settings_of(check)


def test_points_in_a_rulebook_without_score_are_told() -> None:
    text = load(DUTY)[1].replace('severity = "major" }', 'severity = "major", points = 1 }', 1)

    with pytest.raises(ConfigError, match="scored = false 的规则集不扣分"):
        parse(text, "mine.toml")


def test_a_check_under_a_duty_without_office_is_told() -> None:
    told = problems('dead-link = ["D30"]', 'dead-link = ["D43"]')

    assert "duties.dead-link 里的 'D43' 没有登记处室" in told[0]


def test_every_contradiction_is_told_at_once() -> None:
    text = load(YUNNAN)[1].replace('id = "leaders"', 'id = "news"').replace("max = 6", "max = 7")

    with pytest.raises(ConfigError) as caught:
        parse(text, "mine.toml")

    assert len(caught.value.problems) == 2


def test_a_source_is_cited_by_document_and_clause() -> None:
    source = Source("own", "", Confidence.DESIGNED)

    assert rulebook().cite(source) == "本工具自行设定"
