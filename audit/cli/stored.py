"""What commands on stored runs share."""

from audit.cli import options
from audit.cli.logs import hide_tracebacks, start_log
from audit.cli.parts import all_checks
from audit.config import restore, stored_problems
from audit.errors import ConfigError
from audit.pipeline import Audit
from audit.store import Store


def open_log(where: str, *, verbose: bool = False, log_json: bool = False) -> None:
    """Start the log beside the store, where tracebacks go too."""
    folder = options.log_folder(where)
    start_log(folder, verbose=verbose, as_json=log_json)
    hide_tracebacks(folder)


def finished(store: Store, wanted: str, where: str = options.DEFAULT_STORE) -> Audit:
    """A run that has ended, ready to be judged or rendered; raises ConfigError while it has not.

    `where`: the store as it was named, for the command that goes on with the run.
    """
    row = store.run(wanted)
    if row.status == "running":
        again = f"duwang run --resume {row.id}{options.at_store(where)}"
        raise ConfigError([f"运行 {row.id} 还没有结束，先续跑：{again}"])
    config = restore(row.config)
    problems = stored_problems(config, row.as_of, row.started, f"运行 {row.id} 保存的配置")
    if problems:
        raise ConfigError(problems)
    return Audit(store, row, config, all_checks())
