"""What became of one page in the browser."""

import msgspec

from audit.crawl.browser.pictures import Picture
from audit.model import FetchOutcome
from audit.model.examination import Examination


class Rendered(msgspec.Struct):
    """What became of one page in the browser."""

    outcome: FetchOutcome
    final_url: str = ""
    status: int = 0
    html: str = ""
    hops: tuple[str, ...] = ()  # addresses of the main frame, in order
    error: str = ""
    spent: float = 0.0  # seconds
    lacking: bool = False  # a script broke, or not everything that it asked for came in time
    examination: Examination | None = None
    picture: Picture | None = None
    passed: tuple[str, ...] = ()  # cookies (name=value) of a challenge that its script passed
