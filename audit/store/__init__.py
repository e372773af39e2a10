"""The store: runs, what was fetched and read, and the history of findings. Database and WARC archive."""

from audit.store.history import VARYING, FindingRow, OpenFinding, Seen
from audit.store.proving import Proof, Standing
from audit.store.pruning import Pruned
from audit.store.runs import RunRow
from audit.store.snapshot import SiteSnapshot
from audit.store.store import DATABASE, Store

__all__ = [
    "DATABASE",
    "VARYING",
    "FindingRow",
    "OpenFinding",
    "Proof",
    "Pruned",
    "RunRow",
    "Seen",
    "SiteSnapshot",
    "Standing",
    "Store",
]
