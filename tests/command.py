"""Runs the installed command: as a process of its own, or called here with all that a process has.

A start of Python costs more than most commands do. What a signal, several processes or the bytes of
two starts are about takes a process; words, exit codes and files do not.
"""

import contextlib
import gc
import io
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

from audit.cli import main

DUWANG = Path(sys.executable).parent / "duwang"
ENVIRONMENT = {**os.environ, "COLUMNS": "110"}
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


def called(
    folder: Path, *arguments: str, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The same in this process: what the installed command calls, in the folder, with its words.

    An error that the command does not explain is raised, where a process would say so.
    """
    said, complained = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code = 0
    with (
        _as_in_a_process(),
        contextlib.chdir(folder),
        patch.dict(os.environ, {"COLUMNS": "110", **(more or {})}),
        patch.object(sys, "argv", [str(DUWANG), *arguments]),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complained),
    ):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    texts = [_written(stream) for stream in (said, complained)]
    return subprocess.CompletedProcess([DUWANG, *arguments], code, *texts)


@contextlib.contextmanager
def _as_in_a_process() -> Iterator[None]:
    """What a command leaves to its process, given back: the log, signals, the garbage collector."""
    root = logging.getLogger()
    handlers, level, hook, rounds = (
        list(root.handlers),
        root.level,
        sys.excepthook,
        gc.get_threshold(),
    )
    signals = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    root.handlers = []  # else the command would close those of the tests
    try:
        yield
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers = handlers
        root.setLevel(level)
        sys.excepthook = hook
        gc.set_threshold(*rounds)
        gc.unfreeze()
        for number, handle in signals.items():
            signal.signal(number, handle)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    binary = stream.buffer
    assert isinstance(binary, io.BytesIO)
    return binary.getvalue().decode()


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
