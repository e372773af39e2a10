"""What every check must have: cases, a page, texts that fill, a basis that can be found."""

import importlib
import importlib.util
import os
import re
import string
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import checks
from audit.api import AnyCheck, Outcome, OutcomeStatus, Text, Verdict
from tests.cases import FOLDER, Case, cases_of, concluded

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "checks"
SHARED = Path(os.environ.get("DUWANG_SHARED", ROOT.parent / "shared"))
HEADINGS = ["依据", "查什么", "怎么判", "常见误判", "如何整改", "配置"]
LEADS = {
    "hidden-link",
    "hijacked-link",
    "misstated-name",
    "secret-mark",
    "suspicious-date",
    "text-slip",
}  # they accuse nobody: a person must look
CHECKS = list(checks.load().values())
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


@cache
def outcomes(check_id: str) -> tuple[tuple[Case, Outcome], ...]:
    check = checks.load()[check_id]
    return tuple((case, concluded(check, case)) for case in cases_of(check_id))


def accusations(check: AnyCheck) -> Iterator[Verdict]:
    """Every fault and review that the cases of a check bring about."""
    for _, outcome in outcomes(check.id):
        yield from outcome.verdicts


def texts_of(check: AnyCheck) -> Iterator[Text]:
    yield from (check.texts.title, check.texts.failure_title)
    for message in check.texts.messages.values():
        yield from (message.message, message.remedy)


def test_checks_come_sorted_by_id_and_are_named_as_their_modules() -> None:
    found = checks.load()

    assert sorted(found) == list(found)
    assert [
        path.stem.replace("_", "-")
        for path in sorted(Path(checks.__file__).parent.glob("[a-z]*.py"))
    ] == sorted(found)


@pytest.mark.parametrize("stem", ["wrong_name", "dead_links"])
def test_a_check_that_is_not_named_as_its_module_is_refused(
    stem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{stem}.py").write_text("from checks.dead_link import CHECK\n", "utf-8")
    importlib.import_module("checks.dead_link")
    monkeypatch.setattr(checks, "__path__", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, f"checks.{stem}", raising=False)

    with pytest.raises(ValueError, match=rf"checks\.{stem} holds the check 'dead-link'"):
        checks.load.__wrapped__()


def test_every_case_file_belongs_to_a_check() -> None:
    files = {path.stem.replace("_", "-") for path in FOLDER.glob("*.toml")}

    assert {check.id for check in CHECKS} == files


@each_check
def test_the_cases_show_every_kind_of_answer(check: AnyCheck) -> None:
    cases = cases_of(check.id)
    shown = {case.status for case in cases}
    fails = [case for case in cases if case.status is OutcomeStatus.FAIL]

    accused = OutcomeStatus.REVIEW if check.id in LEADS else OutcomeStatus.FAIL
    assert {OutcomeStatus.PASS, accused, OutcomeStatus.NOT_ASSESSED} <= shown
    assert OutcomeStatus.REVIEW in shown or len(fails) > 1
    assert len({case.name for case in cases}) == len(cases)


@each_check
def test_every_text_is_brought_about_by_a_case(check: AnyCheck) -> None:
    assert set(check.texts.messages) == {verdict.code for verdict in accusations(check)}


@each_check
def test_texts_fill_in_both_languages(check: AnyCheck) -> None:
    for verdict in accusations(check):
        message = check.texts.messages[verdict.code]
        for language in ("zh", "en"):
            said = message.message.say(language, verdict.values)
            cure = message.remedy.say(language, verdict.values)

            assert said
            assert cure
            assert "None" not in said + cure


@each_check
def test_texts_ask_for_the_same_values_in_both_languages(check: AnyCheck) -> None:
    for text in texts_of(check):
        assert text.zh
        assert text.en
        assert _placeholders(text.zh) == _placeholders(text.en)


@each_check
def test_chinese_texts_use_full_width_punctuation(check: AnyCheck) -> None:
    for text in texts_of(check):
        plain = re.sub(r"\{\w+\}|[A-Za-z0-9 .:/]+", "", text.zh)

        assert not re.search(r"[,;!?()\"']", plain), text.zh


@each_check
def test_a_finding_says_what_was_observed_and_what_is_due(check: AnyCheck) -> None:
    for verdict in accusations(check):
        assert verdict.observed
        assert verdict.limit
        assert verdict.evidence


@each_check
def test_no_two_subjects_of_a_case_are_one(check: AnyCheck) -> None:
    for case, outcome in outcomes(check.id):
        keys = [(v.subject.kind, v.subject.key, v.subject.aspect) for v in outcome.verdicts]

        assert len(set(keys)) == len(keys), case.name


@each_check
def test_settings_have_no_values_of_their_own(check: AnyCheck) -> None:
    assert [] == [n for n, field in check.settings.model_fields.items() if not field.is_required()]


@each_check
def test_the_basis_is_named_and_quoted(check: AnyCheck) -> None:
    assert check.basis
    assert all(one.document and one.clause and one.quote for one in check.basis)


@each_check
def test_verified_quotes_stand_in_the_work_points(check: AnyCheck) -> None:
    path = SHARED / "reference" / "seed-2020-work-points.txt"
    if not path.exists():
        pytest.skip(f"没有参考资料 {path}（用 DUWANG_SHARED 指明所在）")
    plain = _plain(path.read_text("utf-8"))

    assert [] == [
        one.quote
        for one in check.basis
        if one.verified and "工作要点" in one.document and _plain(one.quote) not in plain
    ]


@each_check
def test_the_page_has_the_six_headings_and_three_generated_parts(check: AnyCheck) -> None:
    page = (PAGES / f"{check.id}.md").read_text("utf-8")

    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == HEADINGS
    assert page.count("<!-- generated -->") == page.count("<!-- /generated -->") == 3


def test_the_generated_parts_are_current() -> None:
    behind = [
        path.name
        for path, text in _generator().pages()
        if not path.exists() or path.read_text("utf-8") != text
    ]

    assert [] == behind, "run: python docs/generate.py"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _plain(text: str) -> str:
    """Without the width of punctuation and line ends: the copy at hand writes half-width."""
    return re.sub(r"\s", "", text).translate(str.maketrans("，；：（）", ",;:()"))


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
