"""Attachments: what their addresses call them, and what their first bytes say that they are."""

import re
from functools import lru_cache

from audit.model import AttachedFile, FetchOutcome, FileFit, Reason
from audit.reading.attachments import is_read
from audit.reading.site.answers import ALIVE, Answer
from audit.urls import suffix
from audit.vocabulary import words

GLANCED = 4 << 10  # bytes; a file of which more was read and not all is too large
MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rt", "rtf"),
)
_MARKUP = re.compile(
    rb"[\s\xef\xbb\xbf]*<(?:!doctype|html|head|script|meta|body|\?xml|!--|title|div)",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def named(url: str) -> str:
    """The file name's ending, when it is that of an attachment; empty: it is none."""
    ending = suffix(url)
    return ending if ending in words("page")["attachment_suffixes"] else ""


def kind_of(head: bytes) -> str:
    """What the first bytes say: a kind of the vocabulary, `markup`, `text` or `unknown`."""
    if b"%PDF-" in head:
        return "pdf"
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if _MARKUP.match(head):
        return "markup"
    return "unknown" if b"\x00" in head or _is_binary(head) else "text"


ODD = frozenset({FileFit.EMPTY, FileFit.PAGE, FileFit.OTHER})
"""What accuses, and is asked for once more before it does."""


def fit_of(ending: str, answer: Answer) -> FileFit:
    """Whether what came under the name of an attachment can be opened as such: one good copy is proof."""
    first = _fit(ending, answer)
    later = _fit(ending, answer.again) if answer.again is not None else FileFit.UNSEEN
    if first is FileFit.UNSEEN or later is FileFit.GOOD:
        return later
    if later in {FileFit.UNSEEN, first} or first is FileFit.GOOD:
        return first
    return FileFit.DOUBTFUL


def attached_file(url: str, said: str, answer: Answer) -> AttachedFile:
    """What is known of the words of an attachment, or why nothing is."""
    given = answer.attached
    if answer.outcome is FetchOutcome.TRUNCATED or answer.error:
        return AttachedFile(url, said, answer.at, reason=Reason.TRUNCATED)
    if given is not None and given.read:
        return AttachedFile(url, said, answer.at, given.personal)
    empty = not answer.received and answer.declared <= 0
    if not is_read(suffix(url)) or given is not None or empty:
        reason = Reason.FORMAT
    else:
        reason = Reason.TOO_LARGE if answer.received > GLANCED else Reason.BUDGET
    return AttachedFile(url, said, answer.at, reason=reason)


def agreeing(ending: str, answer: Answer) -> int:
    """How many copies of an attachment are as `fit_of` says."""
    copies = [_fit(ending, one) for one in (answer, answer.again) if one is not None]
    return max(1, sum(one is fit_of(ending, answer) for one in copies))


def _fit(ending: str, answer: Answer) -> FileFit:
    if answer.received < 0 or answer.outcome not in ALIVE:
        return FileFit.UNSEEN
    if not answer.received and answer.declared <= 0 and not answer.error:
        return FileFit.EMPTY
    if not answer.head:
        return FileFit.UNSEEN
    kind = kind_of(answer.head)
    wanted = words("files").get(ending)
    if wanted is None or kind in wanted:
        return FileFit.DOUBTFUL if wanted is None and kind == "markup" else FileFit.GOOD
    if ending not in words("files")["strict"]:
        return FileFit.DOUBTFUL
    return FileFit.PAGE if kind == "markup" else FileFit.OTHER


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are no text in any encoding of these sites: control characters in them."""
    return any(byte < 0x20 and byte not in b"\t\n\r\f\x1b" for byte in head)
