"""Exit codes (DESIGN 5.1), and the one place where our own exceptions become words for the user."""

import logging
import signal
import sys
from enum import IntEnum

from audit.errors import ConfigError, DuwangError, RunNotFoundError, Stopped, StorageError

log = logging.getLogger("duwang")


class Exit(IntEnum):
    """What the process tells its caller."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    INCOMPLETE = 3
    INTERNAL = 4  # storage or internal error; `verify`: the stored evidence was altered


def exit_code(error: DuwangError) -> int:
    """The exit code of an error that was raised on purpose."""
    if isinstance(error, Stopped):
        return 128 + error.signal_number
    if isinstance(error, ConfigError | RunNotFoundError):
        return Exit.USAGE
    return Exit.INTERNAL


def explain(error: DuwangError) -> None:
    """Say on standard error what is wrong: one line a problem, no traceback."""
    if isinstance(error, ConfigError):
        for problem in error.problems:
            say(problem)
    elif isinstance(error, StorageError):
        say(f"存储出错：{error}")
    elif isinstance(error, Stopped):
        name = signal.Signals(error.signal_number).name
        say(f"已停止（{name}）。")
    else:
        say(str(error))


def say(line: str) -> None:
    """One line on standard error, with control characters made visible."""
    shown = "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in line)
    sys.stderr.write(shown + "\n")
