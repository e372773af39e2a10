"""Dropping the bodies of old runs, but for those that a finding of any run cites."""

import msgspec

from audit.pipeline.evidence import evidence_of
from audit.pipeline.judged import Judged
from audit.store import Pruned, Store


def prune(store: Store, keep: int) -> Pruned:
    """Keep the bodies of the newest `keep` finished runs, and every body that history cites."""
    cited: set[str] = set()
    for run in store.runs():
        if run.finished:
            cited |= _cited(msgspec.msgpack.decode(store.judged(run.id), type=Judged))
    return store.prune(keep, cited)


def _cited(judged: Judged) -> set[str]:
    """Hashes of all evidence, and of the answers of the searches that findings sum up."""
    found = {one.sha256 for one in evidence_of(judged)}
    for site in judged.sites:
        for probe in site.trial.probes if site.trial else ():
            found |= {probe.sha256, probe.picture}
    return found - {""}
