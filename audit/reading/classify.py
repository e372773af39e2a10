"""What the answer to a request means, seen by itself."""

from audit.model import Fetch, FetchOutcome, PageRecord


def classify(fetch: Fetch, record: PageRecord | None) -> FetchOutcome:
    """The meaning of an answer without other pages."""
    del record
    return fetch.outcome
