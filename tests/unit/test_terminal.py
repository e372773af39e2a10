"""What `gate`, `diff` and `runs` say on the terminal."""

import re
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from audit.cli.explaining import list_runs
from audit.cli.verdict import show_gate
from audit.gate import GateResult, Known, Trouble, judge, terms_of
from tests.databases import opened
from tests.poison import poisoned
from tests.sample_report import sample_report
from tests.stored import started

HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
REPORT = poisoned(sample_report(), "x")
LOST = {site.id: Decimal(100) for site in REPORT.sites}


def gated(fail_on: str = "any:notice,score-drop:1") -> GateResult:
    return judge(REPORT, terms_of(fail_on), Known((), {}, LOST), 0.99)


def said(result: GateResult, capsys: pytest.CaptureFixture[str], language: str = "zh") -> str:
    show_gate(result, REPORT, "2026-10-25-1", None, None, language)
    return capsys.readouterr().out


def test_in_english_there_is_no_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    every = tuple(msgspec.structs.replace(gated().problems[0], trouble=one) for one in Trouble)
    result = msgspec.structs.replace(gated(), problems=every, left_out=2)

    assert HAN.findall(said(result, capsys, "en")) == []


def test_a_failed_gate_says_once_how_to_see_it_again(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(gated(), capsys)

    assert text.count(f"重现：duwang check {REPORT.run.id}\n") == 1
    assert text.count("豁免：duwang waive ") == text.count("说明：duwang checks ") > 0


def test_a_gate_that_passes_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(GateResult((), ()), capsys) == (
        f"通过：没有退步（运行 {REPORT.run.id}，对照 2026-10-25-1）\n"
    )


def test_findings_that_do_not_count_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "另有 2 项出自再测结果可能不同的检查" in said(GateResult((), (), 2), capsys)


def test_the_list_of_runs_marks_suspect_and_quick_ones(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened("sqlite", tmp_path) as store:
        row = msgspec.structs.replace(started(store), status="complete")
    monkeypatch.setenv("COLUMNS", "110")
    list_runs([msgspec.structs.replace(row, suspect=("页面少了",), quick=True), row])
    marked, plain = capsys.readouterr().out.splitlines()[2:]

    assert ("完成，可疑" in marked, "正式审计，快速" in marked) == (True, True)
    assert ("可疑" in plain, "快速" in plain) == (False, False)
