"""How much memory a process and what it started hold (Linux; elsewhere 0: no limit is kept)."""

import os
from pathlib import Path

PROC = Path("/proc")


def resident(group: int) -> int:
    """Bytes that the processes of a group hold for themselves."""
    if not PROC.is_dir():
        return 0
    return sum(_private(pid) for pid in members(group))


def members(group: int) -> tuple[int, ...]:
    """The processes of a group that run."""
    entries = PROC.iterdir() if PROC.is_dir() else ()
    pids = (int(entry.name) for entry in entries if entry.name.isdigit())
    return tuple(sorted(pid for pid in pids if _is_of(pid, group)))


def _is_of(pid: int, group: int) -> bool:
    """Whether a process belongs to the group and has not ended (a zombie has)."""
    try:
        after = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return int(after[2]) == group and after[0] not in {"Z", "X"}


def _private(pid: int) -> int:
    """Resident pages less those that are shared."""
    try:
        _, held, shared, *_ = (PROC / str(pid) / "statm").read_text().split()
    except (OSError, ValueError):
        return 0
    return max(0, int(held) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
