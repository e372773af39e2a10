"""What the answer to a request means, seen by itself: without other pages, config or clock."""

from typing import Final

from audit.model import Fetch, FetchOutcome, PageFlag, PageRecord
from audit.vocabulary import any_of

NOTICE: Final = 400  # characters; a page with more text is content, whatever words stand in it
FEW_LINKS: Final = 5  # a notice has no more
NOISE: Final = 0.02  # share of characters that no encoding reads
_UNAUTHORISED, _FORBIDDEN, _TOO_MANY = 401, 403, 429
_CHALLENGES = frozenset({412, 521})  # statuses under which firewalls send a script to be run
_UNREAD = frozenset(
    {FetchOutcome.OK, FetchOutcome.NOT_MODIFIED, FetchOutcome.HTTP_4XX, FetchOutcome.HTTP_5XX}
    | {FetchOutcome.HTTP_OTHER}
)


def classify(fetch: Fetch, record: PageRecord | None) -> FetchOutcome:
    """The meaning of an answer; the wire's outcome where nothing else is to be said."""
    if fetch.outcome not in _UNREAD:
        return fetch.outcome
    status = fetch.status
    if status == _UNAUTHORISED:
        return FetchOutcome.LOGIN_REQUIRED
    if status == _TOO_MANY:
        return FetchOutcome.RATE_LIMITED
    said = _notice(record)
    if status in _CHALLENGES and (record is None or _only_script(record)):
        return FetchOutcome.BOT_CHALLENGE
    wall = _wall(said, record)
    if wall is not None and status < 500:
        return wall
    if status == _FORBIDDEN:
        return FetchOutcome.FORBIDDEN
    if status >= 400 or record is None:
        return fetch.outcome
    return _of_page(fetch, record, said)


def _of_page(fetch: Fetch, record: PageRecord, said: str) -> FetchOutcome:
    """What a page that came with a good status is."""
    if record.refresh:
        is_web = record.refresh.startswith(("http://", "https://"))
        return fetch.outcome if is_web else FetchOutcome.BAD_SCHEME
    if _is_noise(record):
        return FetchOutcome.NOT_HTML
    if _asks_for_login(record, said):
        return FetchOutcome.LOGIN_REQUIRED
    if _only_script(record):
        if record.refresh_by_script == record.url:
            return FetchOutcome.BOT_CHALLENGE  # it sets a cookie and comes again
        return FetchOutcome.NEEDS_BROWSER
    return fetch.outcome


def _notice(record: PageRecord | None) -> str:
    """The words of a page that is no more than a notice; empty for a page with content."""
    if record is None or record.text_length > NOTICE or len(record.links) > FEW_LINKS:
        return ""
    return f"{record.title} {record.headline} {record.text}"


def _wall(said: str, record: PageRecord | None) -> FetchOutcome | None:
    """A firewall's or a verification step's notice."""
    if not said.strip() or record is None:
        return None
    if any_of("answers", "block_words").search(said):
        return FetchOutcome.WAF_BLOCK
    if any_of("answers", "challenge_words").search(said):
        return FetchOutcome.BOT_CHALLENGE
    if any_of("answers", "limit_words").search(said):
        return FetchOutcome.RATE_LIMITED
    verified = any_of("answers", "verification_words").search(said)
    if verified and not record.forms and not record.links and not record.lists:
        return FetchOutcome.BOT_CHALLENGE
    return None


def _asks_for_login(record: PageRecord, said: str) -> bool:
    """A password form, or words that ask for a login, as the only content."""
    if not said or record.lists:
        return False
    if any(form.password for form in record.forms):
        return True
    return bool(any_of("answers", "login_words").search(said)) and not record.headings


def _is_noise(record: PageRecord) -> bool:
    """Bytes that are no text: nothing of a page, and much that no encoding reads."""
    if PageFlag.GARBLED_TEXT not in record.flags or record.title or record.links:
        return False
    return record.text.count("\ufffd") > NOISE * len(record.text)


def _only_script(record: PageRecord) -> bool:
    """Nothing to read and nothing to follow, but script."""
    if PageFlag.EMPTY_PAGE in record.flags:
        return False
    seen = record.links or record.forms or record.frames or record.images or record.videos
    scripted = record.script_fills or record.refresh_by_script
    return bool(scripted) and not seen and record.text_length < NOTICE // 20
