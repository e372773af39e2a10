"""What the command is composed of, and the guard against foreign packages of the same names."""

import sys
from collections.abc import Mapping
from pathlib import Path

import audit
import checks
import reports
from audit.api import AnyCheck
from audit.cli.exits import Exit, say
from audit.report import Format


def refuse_foreign_parts() -> None:
    """Exit when the imported `checks` and `reports` do not lie beside `audit` (DESIGN part 2)."""
    home = Path(audit.__file__).resolve().parent.parent
    for package in (checks, reports):
        if package.__file__ is None or Path(package.__file__).resolve().parent.parent != home:
            say(f"拒绝启动：导入的 {package.__name__} 包不是 duwang 自带的（{package.__file__}）。")
            sys.exit(Exit.INTERNAL)


def all_checks() -> Mapping[str, AnyCheck]:
    """Every check by id."""
    return checks.load()


def all_formats() -> Mapping[str, Format]:
    """Every report format by name."""
    return reports.FORMATS
