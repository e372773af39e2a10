"""From an answer to what is kept of it: the wire facts, and of a page its body and its record."""

import re
from hashlib import sha256

import msgspec

from audit.crawl.answer import Answer, now
from audit.crawl.browser import Rendered
from audit.crawl.frontier import DOCUMENTS
from audit.crawl.sniff import MAGIC, PAGES, essence, is_page
from audit.model import (
    Attached,
    Fetch,
    FetchOutcome,
    Hop,
    PageFlag,
    PageRecord,
    Previous,
    Request,
    Visit,
)
from audit.reading import LACKING, RENDERED, classify, glimpse, read_page
from audit.urls import join, suffix

HEAD_BYTES = 64  # of a body that is not kept: enough for every magic number
SOON = 5.0  # seconds; a Refresh header with a longer delay is a page that renews itself

# Answers of which something can be read, error pages too: they tell a challenge from a fault.
READABLE = frozenset(
    {
        FetchOutcome.OK,
        FetchOutcome.HTTP_4XX,
        FetchOutcome.HTTP_5XX,
        FetchOutcome.HTTP_OTHER,
    }
)

_NO_DIGITS = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_WIDE_DIGIT = re.compile(  # full-width, its last byte or its first: UTF-8, GBK, UTF-16
    rb"(?<=\xef\xbc)[\x90-\x99]|(?<=\xa3)[\xb0-\xb9]|[\x10-\x19](?=\xff)|(?<=\xff)[\x10-\x19]"
)
_REFRESH = re.compile(
    r"\s*+(\d*+(?:\.\d*+)?)\s*+[;,]\s*+(?:url\s*+=\s*+)?['\"]?([^'\"]+)", re.IGNORECASE
)


def page_visit(request: Request, answer: Answer, previous: Previous | None) -> Visit:
    """What is kept of a page that was walked, of a canary, of a search."""
    if answer.outcome is FetchOutcome.NOT_MODIFIED and previous is not None:
        return _unchanged(request, answer, previous)
    if answer.outcome not in READABLE:
        return Visit(fetch_of(request, answer))
    if not is_page(answer.content_type, answer.body):
        return Visit(_not_a_page(request, answer))
    digest = sha256(answer.body).hexdigest()
    same = (
        previous is not None
        and previous.sha256 == digest
        and previous.content_type == answer.content_type
    )
    known = previous.record if same and previous is not None else None
    if known is not None and known.url != answer.final_url:
        known = None  # its links were read from another place
    record = known or read_page(answer.body, answer.final_url, answer.content_type)
    fetch = fetch_of(request, answer, body_bytes=len(answer.body), sha256=digest)
    if answer.content_type and essence(answer.content_type) not in PAGES:
        fetch = msgspec.structs.replace(fetch, flags=(PageFlag.WRONG_CONTENT_TYPE,))
    return Visit(fetch, answer.body, _with_refresh(record, answer))


def is_whole_document(request: Request, answer: Answer) -> bool:
    """Whether a document came, and all of it; a page in its place is none."""
    return (
        suffix(request.url) in DOCUMENTS
        and answer.outcome is FetchOutcome.OK
        and bool(answer.body)
        and not answer.cut
        and not is_page(answer.content_type, answer.body)
    )


def look_visit(
    request: Request,
    answer: Answer,
    *,
    outside: bool = False,
    whole: bool = False,
    attached: Attached | None = None,
) -> Visit:
    """What is kept of a look: whether it answered, and the first bytes; of another's page its title.

    A page in place of a document is read once: a wall before the document is no broken document.
    `whole`: all of a document was asked for; `attached`: what its words give away.
    """
    fetch = fetch_of(request, answer, body_bytes=len(answer.body), head=_head(answer.body))
    fetch = msgspec.structs.replace(fetch, whole=whole)
    document = suffix(request.url) in DOCUMENTS
    if answer.outcome is not FetchOutcome.OK or not (document or outside):
        return Visit(fetch)
    if not answer.body:
        return Visit(fetch)
    if not is_page(answer.content_type, answer.body):
        return Visit(msgspec.structs.replace(fetch, attached=attached))
    if not document:
        shown = glimpse(answer.body, answer.final_url, answer.content_type)
        return Visit(msgspec.structs.replace(fetch, shown=shown))
    record = read_page(answer.body, answer.final_url, answer.content_type)
    return Visit(msgspec.structs.replace(fetch, outcome=classify(fetch, record)))


def rendered_visit(request: Request, rendered: Rendered) -> Visit:
    """What is kept of a page that the browser opened: its serialised document, and a picture of it.

    No picture is kept of a page with numbers of persons: it would show what the record masks.
    """
    missing = rendered.outcome is FetchOutcome.NEEDS_BROWSER
    fetch = Fetch(
        request.url,
        request.purpose,
        rendered.outcome,
        request.round,
        request.depth,
        request.referrer,
        final_url=rendered.final_url,
        status=rendered.status,
        error=rendered.error[:500],
        looks=0 if missing else 1,
        hops=tuple(Hop(0, url) for url in rendered.hops[1:]),
        at=now(),
        ms=round(rendered.spent * 1000),
        via="browser",
    )
    if rendered.outcome is not FetchOutcome.OK or not rendered.html:
        return Visit(fetch)
    body = rendered.html.encode("utf-8", "replace")
    content_type = LACKING if rendered.lacking else RENDERED
    record = read_page(body, rendered.final_url or request.url.partition("#")[0], content_type)
    taken = None if record.personal else rendered.picture
    fetch = msgspec.structs.replace(
        fetch,
        at=taken.at if taken else fetch.at,
        content_type=content_type,
        body_bytes=len(body),
        sha256=sha256(body).hexdigest(),
        picture=sha256(taken.jpeg).hexdigest() if taken else "",
        marked=taken.marked if taken else "",
    )
    return Visit(fetch, body, record, picture=taken.jpeg if taken else None)


def examined_visit(request: Request, rendered: Rendered) -> Visit:
    """What is kept of a page that was examined: what was found, and the document that showed it.

    A wall before the page is not the page: what was found of it is not kept.
    """
    visit = rendered_visit(request, rendered)
    outcome = classify(visit.fetch, visit.record)
    given = rendered.examination if outcome is FetchOutcome.OK else None
    fetch = msgspec.structs.replace(visit.fetch, outcome=outcome, examination=given)
    return Visit(fetch, visit.body)


def pictured_visit(request: Request, rendered: Rendered) -> Visit:
    """What is kept of a page that was pictured: the picture, and the document that it shows.

    A wall before the page is not the page: its picture is not kept.
    """
    visit = rendered_visit(request, rendered)
    outcome = classify(visit.fetch, visit.record)
    fetch = msgspec.structs.replace(visit.fetch, outcome=outcome)
    if outcome is not FetchOutcome.OK:
        return Visit(msgspec.structs.replace(fetch, picture="", marked=""), visit.body)
    return Visit(fetch, visit.body, picture=visit.picture)


def unasked(request: Request, outcome: FetchOutcome, words: str) -> Visit:
    """A request that was not sent, and why: no look was spent on it."""
    fetch = Fetch(
        request.url,
        request.purpose,
        outcome,
        request.round,
        request.depth,
        request.referrer,
        error=words,
        looks=0,
        at=now(),
    )
    return Visit(fetch)


def fetch_of(
    request: Request,
    answer: Answer,
    *,
    body_bytes: int = 0,
    sha256: str = "",
    head: bytes = b"",
) -> Fetch:
    """The wire facts of an answer."""
    length = answer.content_length[:15]
    return Fetch(
        url=request.url,
        purpose=request.purpose,
        outcome=answer.outcome,
        round=request.round,
        depth=request.depth,
        referrer=request.referrer,
        final_url=answer.final_url,
        status=answer.status,
        error=answer.error,
        method=answer.method,
        looks=answer.looks,
        hops=answer.hops,
        content_type=answer.content_type,
        at=answer.at,
        ms=round(answer.spent * 1000),
        wire_bytes=answer.wire_bytes,
        body_bytes=body_bytes,
        sha256=sha256,
        etag=answer.etag,
        last_modified=answer.last_modified,
        head=head,
        declared=int(length) if length.isdigit() and not answer.content_encoding else -1,
    )


def _unchanged(request: Request, answer: Answer, previous: Previous) -> Visit:
    """A 304: body and record as if they had come again; a body whose record is known stays where it is."""
    size = previous.body_bytes or len(previous.body)
    fetch = fetch_of(request, answer, body_bytes=size, sha256=previous.sha256)
    fetch = msgspec.structs.replace(
        fetch,
        content_type=previous.content_type,
        etag=answer.etag or previous.etag,
        last_modified=answer.last_modified or previous.last_modified,
    )
    record = previous.record or read_page(previous.body, answer.final_url, previous.content_type)
    return Visit(fetch, previous.body or None, _with_refresh(record, answer))


def _not_a_page(request: Request, answer: Answer) -> Fetch:
    """A document or picture: its size, hash (when it was read to its end) and first bytes."""
    fetch = fetch_of(
        request,
        answer,
        body_bytes=len(answer.body),
        sha256="" if answer.cut else sha256(answer.body).hexdigest(),
        head=_head(answer.body),
    )
    if answer.outcome is not FetchOutcome.OK:
        return fetch  # a picture that says 404 is a 404
    return msgspec.structs.replace(fetch, outcome=FetchOutcome.NOT_HTML)


def _head(body: bytes) -> bytes:
    """The first bytes, which tell a kind of file; of words no digit is kept: they may be a person's."""
    head = body[:HEAD_BYTES]
    if head.startswith(MAGIC):
        return head
    zeros = _WIDE_DIGIT.sub(lambda digit: bytes([digit[0][0] & 0xF0]), head)
    return zeros.translate(_NO_DIGITS)


def _with_refresh(record: PageRecord, answer: Answer) -> PageRecord:
    """A Refresh header says the same as a meta refresh."""
    match = _REFRESH.match(answer.refresh) if answer.refresh else None
    if match is None or record.refresh or float(match[1].strip(".") or 0) > SOON:
        return record
    target = join(answer.final_url, match[2].strip())
    return msgspec.structs.replace(record, refresh=target) if target else record
