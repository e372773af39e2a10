"""The log: a file beside the store, and on request the terminal; JSON lines for machines."""

import json
import logging
import sys
from pathlib import Path
from types import TracebackType

from audit.cli.exits import Exit, say

LOG = logging.getLogger("duwang")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, message and traceback of a record."""
        said = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def start_log(folder: Path, *, verbose: bool, as_json: bool) -> None:
    """Write warnings to `folder/duwang.log`; everything to the terminal when asked to."""
    plain = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    formatter = JsonLines() if as_json else plain
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(logging.INFO if verbose else logging.WARNING)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = logging.FileHandler(folder / "duwang.log", encoding="utf-8", delay=True)
    except OSError:
        file = logging.StreamHandler(sys.stderr)
    file.setFormatter(formatter)
    root.addHandler(file)
    if verbose or as_json:
        terminal = logging.StreamHandler(sys.stderr)
        terminal.setFormatter(formatter)
        root.addHandler(terminal)


def hide_tracebacks(folder: Path) -> None:
    """A mistake of ours becomes one line with the path of the log, and exit code 4."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            say("已停止。")
            raise SystemExit(130)
        LOG.error("unexpected error", exc_info=(kind, error, trace))
        say(f"内部错误（{kind.__name__}: {error}）；详情见 {folder / 'duwang.log'}")
        raise SystemExit(int(Exit.INTERNAL))

    sys.excepthook = hook
