"""What a status, or the words of a failure, say of a page that the browser was sent to."""

from audit.crawl.browser.proxy import UNTRUSTED
from audit.model import FetchOutcome

FAILED = "chrome-error:"  # begins the address of what the browser shows in place of no answer


def of_status(status: int) -> FetchOutcome:
    """The outcome of a document that came."""
    if status >= 500:
        return FetchOutcome.HTTP_5XX
    return FetchOutcome.HTTP_4XX if status >= 400 else FetchOutcome.OK


def of_failure(words: str, refused: str) -> FetchOutcome:
    """The outcome of a document that did not come; `refused`: why the proxy did not ask for it."""
    if "not a public address" in refused:
        return FetchOutcome.BLOCKED_ADDRESS
    if refused.startswith(UNTRUSTED):
        return FetchOutcome.TLS
    if "Timeout" in words:
        return FetchOutcome.BROWSER_TIMEOUT
    if "crash" in words.lower() or "closed" in words.lower():
        return FetchOutcome.BROWSER_CRASH
    return FetchOutcome.CONNECTION_CLOSED
