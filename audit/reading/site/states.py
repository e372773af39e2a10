"""The state that a page or a row tells of a message: behind its label or in a cell of its own."""

import re
from collections.abc import Iterable

from audit import dates
from audit.model import MessageState, PageRecord
from audit.text import halfwidth, han_count
from audit.vocabulary import pattern_of

TOKEN = 12  # characters of a state
WORDS = 12  # characters of a reply that stands behind its day without a label
SAID = 60  # characters behind that day
_STATES = (MessageState.ANSWERED, MessageState.WAITING, MessageState.HANDLING)
_CELLS = re.compile(r"[\s\[\]【】()（）|｜]+")
_DAY = re.compile(r"(\d{4}[-./]\d{1,2}[-./]\d{1,2})(?=[\u4e00-\u9fa5])")  # a state runs into it
_VALUE = re.compile(r"[\s:：\[【(（]*([^\s，,。；;！!\]】)）]{1,20})?")
_BARE = re.compile(r"[\d\W]*")  # numbers, days, lines


def state_of(said: str) -> MessageState:
    """What a row says of its message; words in running text are the message's own and say nothing."""
    stated = _labelled(said)
    if stated is MessageState.UNKNOWN:
        stated = _in_cells(said)
    if stated is MessageState.WAITING and _is_set_aside(said):
        return MessageState.UNKNOWN
    if is_answered(said):
        return MessageState.UNKNOWN if stated is MessageState.WAITING else MessageState.ANSWERED
    return stated


def state_of_page(record: PageRecord) -> MessageState:
    """What a message's own page says: a reply that it shows goes before the state that it names."""
    if replies(record.text):
        return MessageState.ANSWERED
    spoken = (
        _exact(one.value) for one in record.spoken
        if pattern_of("dealings", "state_labels").match(f"{one.label}：")
    )  # fmt: skip
    stated = next((one for one in spoken if one is not MessageState.UNKNOWN), None)
    return stated or _labelled(record.text)


def replies(text: str) -> bool:
    """Whether a page shows a reply: the set phrases of one, or words behind its label or its day."""
    if pattern_of("dealings", "reply_phrases").search(text):
        return True
    labels = pattern_of("dealings", "reply_label").finditer(text)
    if any(_has_value(text, match.end()) for match in labels):
        return True
    days = pattern_of("dealings", "replied_on").finditer(text)
    return any(han_count(text[match.end() :][:SAID]) >= WORDS for match in days)


def is_answered(said: str) -> bool:
    """Whether a label of a reply stands in a row, with something behind it."""
    marks = pattern_of("dealings", "answered_marks").finditer(said)
    return any(_has_value(said, match.end()) for match in marks)


def _has_value(text: str, place: int) -> bool:
    """Whether something stands behind a label that is no dash and does not say that it is to come."""
    match = _VALUE.match(text, place)
    value = match[1] or "" if match else ""
    if _BARE.fullmatch(value) and not any(c.isdigit() for c in value):
        return False
    if pattern_of("dealings", MessageState.WAITING.value).match(value):
        return False
    return value != "无" and _exact(value) is not MessageState.HANDLING


def _labelled(said: str) -> MessageState:
    for match in pattern_of("dealings", "state_labels").finditer(said):
        value = _VALUE.match(said, match.end())
        state = _exact(value[1] if value and value[1] else "")
        if state is not MessageState.UNKNOWN:
            return state
    return MessageState.UNKNOWN


def _in_cells(said: str) -> MessageState:
    """A state at either end of a row, or beside its day; numbers and tools of the row are no cells."""
    cells = [one for one in _CELLS.split(_DAY.sub(r"\1 ", halfwidth(said))) if one]
    days = {place for place, one in enumerate(cells) if dates.first(one) is not None}
    kept = [place for place, one in enumerate(cells) if place not in days and not _is_idle(one)]
    beside = {near for place in days for near in (place - 1, place + 1)}
    places = sorted({*kept[:1], *kept[-1:], *beside.intersection(kept)})
    return _surest(_exact(cells[place]) for place in places)


def _is_set_aside(said: str) -> bool:
    """Whether a cell of a row says that its message is invalid or not public."""
    aside = pattern_of("dealings", "set_aside")
    return any(aside.fullmatch(one) for one in _CELLS.split(halfwidth(said)))


def _surest(states: Iterable[MessageState]) -> MessageState:
    found = set(states)
    return next((one for one in _STATES if one in found), MessageState.UNKNOWN)


def _is_idle(cell: str) -> bool:
    return bool(_BARE.fullmatch(cell) or pattern_of("dealings", "row_tools").fullmatch(cell))


def _exact(value: str) -> MessageState:
    """The state that a short value is, whole."""
    plain = value.strip(" :：。.…·")
    if len(plain) > TOKEN:
        return MessageState.UNKNOWN
    for state in _STATES:
        if pattern_of("dealings", state.value).fullmatch(plain):
            return state
    return MessageState.UNKNOWN
