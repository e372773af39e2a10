"""The store: runs, what was fetched and read, and the history of findings. Database and WARC archive."""

from audit.store.history import FindingRow, Seen
from audit.store.runs import RunRow
from audit.store.store import Store

__all__ = ["FindingRow", "RunRow", "Seen", "Store"]
