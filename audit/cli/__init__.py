"""The command `duwang`: composition root, commands and exit codes (DESIGN 5.1)."""

import gc
import sys

from audit.cli import (
    doctor,
    gating,
    noticing,
    probing,
    proposing,
    pruning,
    scheduling,
    verifying,
    waiving,
)
from audit.cli.commands import app
from audit.cli.exits import exit_code, explain
from audit.cli.parts import refuse_foreign_parts
from audit.errors import DuwangError

__all__ = ["main"]

# allocations, and rounds between two looks for garbage: records are many and hold no circles
SELDOM = (100_000, 50, 100)

app.command()(proposing.init)
app.command()(doctor.doctor)
app.command()(gating.gate)
app.command()(gating.diff)
app.command()(waiving.waive)
app.command()(noticing.notice)
app.command()(probing.probe)
app.command()(pruning.prune)
app.command()(verifying.verify)
app.add_typer(scheduling.app)


def main() -> None:
    """Run the command; every error raised on purpose becomes one line a problem and an exit code."""
    refuse_foreign_parts()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        app()
    except DuwangError as error:
        explain(error)
        sys.exit(exit_code(error))
