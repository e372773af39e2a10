"""Runs the installed command as users do: a process of its own, in a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

DUWANG = Path(sys.executable).parent / "duwang"
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "110"}


NO_BROWSER = {"DUWANG_BROWSER": "/nowhere"}


def duwang(
    folder: Path, *arguments: str, seconds: float = 120, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The finished process; standard output and error as text. `more`: of the environment."""
    return subprocess.run(
        [DUWANG, *arguments],
        cwd=folder,
        env={**ENVIRONMENT, **(more or {})},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def started(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """The running process."""
    return subprocess.Popen(
        [DUWANG, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
