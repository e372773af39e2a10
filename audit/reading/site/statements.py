"""What a page or a stretch of text states of the six facts, and whether it is plausible."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from audit.model import Fact, PageKind, Spoken
from audit.text import clean, halfwidth, han_count, shorten, squeeze
from audit.vocabulary import any_of, pattern_of, words

VALUE = 120
DUTIES = 3  # numbered duties that make a statement of functions
DUTY_TEXT = 100  # or characters of text that speaks of duties
OFFICES = 2  # inner offices that make a statement of structure
BESIDE = 80  # characters after a label in which its value stands
NAMES = 12


_CLOCK = re.compile(
    r"[\d:点时分~至到,、;上下中午晨晚早周星期一二三四五六日夏冬春秋季令 —–～()-]*\d[\d点时分]*"
)


class Stated(msgspec.Struct, frozen=True):
    """One value with its words."""

    value: str
    quote: str
    plausible: bool


class Passage(msgspec.Struct, frozen=True):
    """A stretch of text about one unit: a page, or the part of one that names the unit."""

    text: str
    spoken: Sequence[Spoken] = ()
    headings: Sequence[str] = ()
    kind: PageKind = PageKind.OTHER
    about: str = ""  # squeezed title and breadcrumb: what the page is for


def stated(passage: Passage, fact: Fact) -> tuple[Stated, ...]:
    """Every value of the fact that the passage states, the first first."""
    match fact:
        case Fact.FUNCTIONS:
            found = _functions(passage)
        case Fact.STRUCTURE:
            found = _structure(passage)
        case Fact.HEAD:
            found = _heads(passage)
        case _:
            found = _labelled(passage, fact)
    return tuple({one.value: one for one in found}.values())


def _labelled(passage: Passage, fact: Fact) -> Iterator[Stated]:
    """Address, hours, contact: behind a label, or (a telephone number, an address) by its form."""
    labels = words("facts")[f"labels_{fact.value}"]
    for spoken in passage.spoken:
        if squeeze(spoken.label) in labels and spoken.value:
            yield _valued(spoken.value, f"{spoken.label}：{spoken.value}", fact)
    text = halfwidth(passage.text)
    for match in _label_pattern(fact).finditer(text):
        said = text[match.end() : match.end() + BESIDE].split("\n")[0]
        valued = _valued(said, clean(match[0] + said), fact)
        if valued.plausible:
            yield valued


def _label_pattern(fact: Fact) -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('facts', f'labels_{fact.value}').pattern})\\s*[:：为]?\\s*")


def _valued(said: str, quote: str, fact: Fact) -> Stated:
    """The value inside what is said; what has no valid form is kept as it stands."""
    plain = clean(halfwidth(said))
    match = pattern_of("facts", f"valid_{fact.value}").search(plain)
    if match is None or _is_placeholder(match[0]):
        return Stated(shorten(plain, VALUE), shorten(quote, VALUE), plausible=False)
    value = match[0] if fact is Fact.CONTACT else plain[: match.end()]
    if fact is Fact.HOURS and (more := _CLOCK.match(plain, match.end())):
        value += more[0]
    return Stated(shorten(value.strip(), VALUE), shorten(quote, VALUE), plausible=True)


def _is_placeholder(value: str) -> bool:
    plain = squeeze(value)
    digits = "".join(c for c in plain if c.isdigit())
    if any(word.isdigit() and word in digits for word in words("facts")["placeholders"]):
        return True
    return plain in words("facts")["placeholders"]


def _functions(passage: Passage) -> Iterator[Stated]:
    text = passage.text
    label = any_of("facts", "labels_functions").search(text)
    named = any_of("facts", "labels_functions").search(passage.about)
    if label is None and named is None and passage.kind is not PageKind.ORGANISATION:
        return
    if label is not None and named is None:
        text = text[label.start() :]
    duties = sum(1 for _ in pattern_of("facts", "duties").finditer(text))
    speaks = pattern_of("facts", "valid_functions").search(text) is not None
    if speaks and (duties >= DUTIES or len(text) >= DUTY_TEXT):
        yield Stated(shorten(clean(text), VALUE), shorten(clean(text), VALUE), plausible=True)
    elif (
        label is not None
        and (said := clean(text[label.end() - label.start() :]))
        and named is None
        and han_count(said) >= NAMES
    ):
        yield Stated(shorten(said, VALUE), shorten(clean(text), VALUE), plausible=speaks)


def _structure(passage: Passage) -> Iterator[Stated]:
    label = any_of("facts", "labels_structure").search(f"{passage.about} {passage.text}")
    if label is None and passage.kind is not PageKind.ORGANISATION:
        return
    skip = any_of("facts", "not_offices")
    names = dict.fromkeys(
        match[1]
        for match in pattern_of("facts", "offices").finditer(passage.text)
        if not skip.search(match[1])
    )
    if len(names) >= OFFICES:
        said = "、".join(list(names)[:NAMES])
        yield Stated(shorten(said, VALUE), shorten(said, VALUE), plausible=True)


def _heads(passage: Passage) -> Iterator[Stated]:
    labels = words("facts")["labels_head"]
    for spoken in passage.spoken:
        label = squeeze(spoken.label)
        if (
            label in labels
            and spoken.value
            and (label != "姓名" or passage.kind is PageKind.LEADERS)
        ):
            yield _name(spoken.value, f"{spoken.label}：{spoken.value}")
    leaders = passage.kind is PageKind.LEADERS or "领导" in passage.about
    office = leaders or passage.kind is PageKind.ORGANISATION
    text = halfwidth(passage.text)
    if leaders:
        for heading in passage.headings:
            if _is_name(heading):
                yield Stated(squeeze(heading), heading, plausible=True)
    for match in pattern_of("facts", "heads").finditer(text):
        name = next((group for group in match.groups() if group), "")
        if _is_name(name) and (office or ":" in match[0]):
            yield Stated(squeeze(name), shorten(clean(match[0]), VALUE), plausible=True)


def _name(said: str, quote: str) -> Stated:
    plain = squeeze(said)
    first = re.split(r"[(（,，、;；/]", plain)[0]
    good = _is_name(first)
    return Stated(first if good else shorten(plain, VALUE), shorten(quote, VALUE), plausible=good)


def _is_name(text: str) -> bool:
    plain = squeeze(text)
    if _is_placeholder(plain) or any_of("facts", "not_names").search(plain):
        return False
    return pattern_of("facts", "valid_head").search(plain) is not None
