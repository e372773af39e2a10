"""Reading: from a stored answer to facts, from facts to the nouns that checks judge."""

from audit.reading.attachments import is_read, is_read_apart, read_attachment
from audit.reading.classify import classify
from audit.reading.glimpse import glimpse
from audit.reading.page import read_page
from audit.reading.quoting import says
from audit.reading.reader import reader_key
from audit.reading.rendered import LACKING, RENDERED
from audit.reading.site.estate import EstateReading, read_estate
from audit.reading.site.media import ShownAccount, platform_of
from audit.reading.site.planning import plan
from audit.reading.site.reading import Reading, read_site
from audit.reading.site.reposts import Repost

__all__ = [
    "LACKING",
    "RENDERED",
    "EstateReading",
    "Reading",
    "Repost",
    "ShownAccount",
    "classify",
    "glimpse",
    "is_read",
    "is_read_apart",
    "plan",
    "platform_of",
    "read_attachment",
    "read_estate",
    "read_page",
    "read_site",
    "reader_key",
    "says",
]
