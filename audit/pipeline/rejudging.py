"""An earlier run judged by the rules and the program of a later one: what is new then was done by the site."""

from collections.abc import Mapping
from typing import Any

import msgspec

from audit.api import AnyCheck
from audit.config import restore
from audit.model import AsOf
from audit.pipeline.judge import Bench, judge
from audit.pipeline.judged import Judged
from audit.pipeline.reach import readings_of
from audit.reading import read_estate, read_page, reader_key
from audit.rulebooks import parse
from audit.store import RunRow, Store


def by_rules_of(
    store: Store, run: RunRow, known: Judged, later: Judged, checks: Mapping[str, AnyCheck]
) -> Judged:
    """`known`, judged once more on its own day from what was stored, with the settings of `later`.

    `run` bears the config to judge by, which need not be the one that it was read with.
    """
    config = restore(run.config)
    read_again(store, run)
    estate = read_estate(
        readings_of(store, run, config),
        config.units(),
        partial=run.partial,
        accounts=config.accounts(),
    )
    bench = Bench(
        checks=checks,
        settings={check: _decoded(text) for check, text in later.settings.items()},
        rulebook=parse(later.rulebook, "规则集"),
        rulebook_text=later.rulebook,
        as_of=AsOf(known.as_of, config.calendar()),
        past=known.past,
    )
    return msgspec.structs.replace(judge(estate, bench), moved=known.moved)


def read_again(store: Store, run: RunRow) -> RunRow:
    """Read stored bodies again where an older reader read them; the run as it is afterwards."""
    present = reader_key()
    if run.reader == present or store.is_pruned(run.id):
        return run  # without its bodies a run stays as it was read
    for site in run.sites:
        store.reread(run.id, site, present, read_page)
    return store.run(run.id)


def _decoded(settings: str) -> dict[str, Any]:
    return msgspec.json.decode(settings, type=dict[str, Any])
