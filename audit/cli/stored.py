"""What commands on stored runs share."""

from audit.cli import options
from audit.cli.logs import hide_tracebacks, start_log
from audit.cli.parts import all_checks
from audit.config import restore
from audit.errors import ConfigError
from audit.pipeline import Audit
from audit.store import Store


def open_log(where: str, *, verbose: bool = False, log_json: bool = False) -> None:
    """Start the log beside the store, where tracebacks go too."""
    folder = options.log_folder(where)
    start_log(folder, verbose=verbose, as_json=log_json)
    hide_tracebacks(folder)


def finished(store: Store, wanted: str) -> Audit:
    """A run that has ended, ready to be judged or rendered; raises ConfigError while it has not."""
    row = store.run(wanted)
    if row.status == "running":
        raise ConfigError([f"运行 {row.id} 还没有结束，先续跑：duwang run --resume {row.id}"])
    return Audit(store, row, restore(row.config), all_checks())
