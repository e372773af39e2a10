"""Dropping the bodies of old runs, but for those that a finding of any run cites."""

import msgspec

from audit.pipeline.evidence import evidence_of
from audit.pipeline.judged import Judged
from audit.store import Pruned, Store


def prune(store: Store, keep: int) -> Pruned:
    """Keep the bodies of the newest `keep` finished runs, and every body that history cites."""
    cited = {
        one.sha256
        for run in store.runs()
        if run.finished
        for one in evidence_of(msgspec.msgpack.decode(store.judged(run.id), type=Judged))
    }
    return store.prune(keep, cited)
