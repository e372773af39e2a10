"""The exception tree of duwang.

    DuwangError
    ├── ConfigError        the user's input is wrong; exit 2, nothing was fetched
    ├── StorageError       the store cannot be read or written; exit 4
    ├── RunNotFoundError   the named run is not in the store; exit 2
    ├── Stopped            a signal ended the run; exit 130 or 143, resumable
    └── FactUnavailable    a fact could not be observed; becomes `not_assessed`, never a fault

A fault of a site is never an exception: it is a finding.
"""

from collections.abc import Sequence
from difflib import get_close_matches

LIKENESS = 0.6  # of difflib, 0 to 1; less is no slip of the pen


class DuwangError(Exception):
    """Everything that duwang raises on purpose."""


class ConfigError(DuwangError):
    """A wrong input of the user: one line a problem, each naming file, key and what is allowed."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep every problem, so that the user mends all of them at once."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class StorageError(DuwangError):
    """The store cannot be read or written; the message names the file."""


class RunNotFoundError(DuwangError):
    """No stored run has the given id."""


class Stopped(DuwangError):  # noqa: N818 - it names an event, not a mistake
    """The user or the system asked the run to stop; `signal_number` gives the exit code."""

    def __init__(self, signal_number: int) -> None:
        """Keep the number of the signal that was received."""
        super().__init__(f"signal {signal_number}")
        self.signal_number = signal_number


class FactUnavailable(DuwangError):  # noqa: N818 - a state of the world, not a mistake
    """A fact of a reading could not be observed; `reason` is one of the closed list."""

    def __init__(self, reason: str) -> None:
        """Keep the reason for the outcome."""
        super().__init__(reason)
        self.reason = reason


def did_you_mean(said: str, known: Sequence[str], likeness: float = LIKENESS) -> str:
    """`；是否想写 x？` when something known looks like what was said; else empty."""
    near = get_close_matches(said, known, n=1, cutoff=likeness)
    return f"；是否想写 {near[0]}？" if near else ""
