"""What a passage states of the six facts, and whether it is plausible (rulebook 4.5)."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from audit.model import Fact, PageKind
from audit.reading.site.heads import heads
from audit.reading.site.passages import VALUE, Passage, Stated
from audit.text import clean, halfwidth, han_count, shorten, squeeze
from audit.vocabulary import any_of, pattern_of, words

DUTIES = 3  # numbered duties that make a statement of functions
DUTY_TEXT = 100  # or characters of text that speaks of duties
OFFICES = 2  # inner offices that make a statement of structure
BESIDE = 80  # characters after a label in which its value stands
NAMES = 12
NEAR = 60  # characters after a label in which duties begin
SECTION = 3000  # characters of a section
LONG_LABEL = 4  # characters of a label that other words may precede
PREFIX = 6
CLOSE = 14  # characters between a label and its value in running text
REPEATED = 6  # times one digit makes a number that stands for nothing
_CLOSING = "】]〕)"
_CLAUSES = re.compile("[。；;]")
_POSTCODE = re.compile(r"[(\[【]?\d{6}[)\]】]?[ ,、;]?(?=[\u4e00-\u9fa5])")  # before a place
_CLOCK = re.compile(
    r"[\d:点时分~至到,、;上下中午晨晚早周星期一二三四五六日夏冬春秋季令 —–～()-]*\d[\d点时分]*"
)


def stated(passage: Passage, fact: Fact) -> tuple[Stated, ...]:
    """Every value of the fact that the passage states, the first first."""
    match fact:
        case Fact.FUNCTIONS:
            found = _functions(passage)
        case Fact.STRUCTURE:
            found = _structure(passage)
        case Fact.HEAD:
            found = heads(passage)
        case _:
            found = _labelled(passage, fact)
    kept: dict[str, Stated] = {}
    for one in found:
        kept.setdefault(one.value, one)
    return tuple(kept.values())


def _labelled(passage: Passage, fact: Fact) -> Iterator[Stated]:
    """Address, hours, contact: behind a label."""
    found: list[str] = []
    inner: list[Stated] = []  # of an office within: the unit's own comes first
    for spoken in passage.spoken:
        label = squeeze(spoken.label)
        if _is_label(label, fact) and spoken.value:
            valued = _valued(spoken.value, f"{spoken.label}：{spoken.value}", fact, label)
            found.append(squeeze(valued.value))
            if _is_inner(squeeze(spoken.about)):
                inner.append(valued)
            else:
                yield valued
    if passage.bare:
        valued = _valued(passage.text, passage.text, fact, "")
        yield from (*((valued,) if valued.plausible else ()), *inner)
        return
    told = list(_in_text(passage, fact, found))
    yield from (*told, *inner)
    if not told and not found:
        yield from _unlabelled(passage, fact)


def _is_inner(about: str) -> bool:
    """Whether a name is that of an office within the unit which does not answer for the whole."""
    return about.endswith(words("facts")["inner"]) and not about.endswith(words("facts")["fronts"])


def _unlabelled(passage: Passage, fact: Fact) -> Iterator[Stated]:
    """What has the form of the fact on a page about it, without a label: a person must say whose it is."""
    if fact is Fact.HOURS or not any_of("facts", f"{fact.value}_pages").search(passage.about):
        return
    text = passage.plain
    for match in pattern_of("facts", f"bare_{fact.value}").finditer(text):
        before = text[max(0, match.start() - NEAR) : match.start()].rstrip()
        if before.endswith(":") or _is_foreign(before, match[0]) or _is_placeholder(match[0]):
            continue
        yield Stated(shorten(match[0], VALUE), shorten(match[0], VALUE), plausible=False)
        return


def _in_text(passage: Passage, fact: Fact, found: Sequence[str]) -> Iterator[Stated]:
    """Values close behind a label in running text, where nobody said them yet."""
    text = passage.plain
    for match in _label_pattern(fact).finditer(text):
        before = text[max(0, match.start() - NEAR) : match.start()]
        if _is_foreign(before, match[1]):
            continue
        said = text[match.end() : match.end() + BESIDE]
        valued = _valued(said, clean(match[0] + said), fact, match[1], near=True)
        if valued.plausible and not any(one in squeeze(valued.value) for one in found):
            yield _doubted(valued) if _is_keepers(before, fact) else valued


def _is_keepers(before: str, fact: Fact) -> bool:
    """Whether a number stands right behind who keeps the site: 技术支持：某公司 电话."""
    return fact is Fact.CONTACT and pattern_of("facts", "support_lines").search(before) is not None


def _doubted(one: Stated) -> Stated:
    return msgspec.structs.replace(one, plausible=False)


def _is_label(label: str, fact: Fact) -> bool:
    """A label of the fact, alone or behind a few words that name the unit's own office."""
    labels = words("facts")[f"labels_{fact.value}"]
    if label in labels:
        return True
    own = next((one for one in labels if len(one) >= LONG_LABEL and label.endswith(one)), "")
    before = label.removesuffix(own)
    return bool(own) and len(before) <= PREFIX and not any_of("facts", "support").search(before)


def _is_foreign(before: str, label: str) -> bool:
    """Whether the words before a label make it another one: 技术支持电话, 网站地址."""
    if any_of("facts", "support").search(before[-PREFIX:]):
        return True
    return len(label) < LONG_LABEL and bool(before) and "\u4e00" <= before[-1] <= "\u9fff"


def _label_pattern(fact: Fact) -> re.Pattern[str]:
    return re.compile(f"({any_of('facts', f'labels_{fact.value}').pattern})\\s*[:为]?\\s*")


def _valued(said: str, quote: str, fact: Fact, label: str, *, near: bool = False) -> Stated:
    """The value inside what is said; what has no valid form is kept as it stands.

    `near`: it must begin close to the label, with no other label between.
    """
    plain = clean(halfwidth(said))
    if fact is Fact.ADDRESS and (postcode := _POSTCODE.match(plain)):
        plain = plain[postcode.end() :]
    short = shorten(quote, VALUE)
    for match in pattern_of("facts", f"valid_{fact.value}").finditer(plain):
        if _is_placeholder(match[0]):
            continue
        between = plain[: match.start()]
        if fact is Fact.HOURS:
            between = pattern_of("facts", "season_heads").sub("", between)
        if near and (len(between) > CLOSE or ":" in between or "|" in between):
            break
        value = match[0] if fact is Fact.CONTACT else plain[: match.end()]
        if fact is Fact.HOURS and (more := _CLOCK.match(plain, match.end())):
            value += more[0]
        return Stated(
            shorten(value.strip().lstrip(_CLOSING), VALUE), short, plausible=True, label=label
        )
    return Stated(shorten(plain, VALUE), short, plausible=False, label=label)


def _is_placeholder(value: str) -> bool:
    plain = squeeze(value)
    digits = "".join(c for c in plain if c.isdigit())
    if any(digit * REPEATED in digits for digit in "0123456789"):
        return True
    if any(word.isdigit() and word in digits for word in words("facts")["placeholders"]):
        return True
    return plain in words("facts")["placeholders"]


def _functions(passage: Passage) -> Iterator[Stated]:
    """The unit's functions; those of its leaders are others."""
    if passage.kind is PageKind.LEADERS or "领导" in passage.about:
        return
    for spoken in passage.spoken:
        if squeeze(spoken.label) in words("facts")["labels_functions"] and spoken.value:
            said = clean(spoken.value)
            yield Stated(shorten(said, VALUE), shorten(said, VALUE), plausible=_speaks(said))
    section = _section(passage, Fact.FUNCTIONS)
    if section and _speaks(section):
        said = shorten(clean(section), VALUE)
        yield Stated(said, said, plausible=True)
    elif han_count(section) >= NAMES and pattern_of("facts", "valid_functions").search(section):
        said = shorten(clean(section), VALUE)
        yield Stated(said, said, plausible=False)


def _speaks(text: str) -> bool:
    """Three duties, numbered or each a sentence, or text enough that speaks of duties."""
    speaks = pattern_of("facts", "valid_functions")
    if speaks.search(text) is None:
        return False
    duties = sum(1 for _ in pattern_of("facts", "duties").finditer(text))
    if duties >= DUTIES or len(text) >= DUTY_TEXT:
        return True
    return sum(speaks.search(one) is not None for one in _CLAUSES.split(text)) >= DUTIES


def _structure(passage: Passage) -> Iterator[Stated]:
    section = _section(passage, Fact.STRUCTURE)
    labels = words("facts")["labels_structure"]
    said = [s.value for s in passage.spoken if squeeze(s.label) in labels]
    for text in (section, *said):
        names = _offices(text)
        if len(names) >= OFFICES:
            value = shorten("、".join(names[:NAMES]), VALUE)
            yield Stated(value, value, plausible=True)


def _offices(text: str) -> list[str]:
    skip = any_of("facts", "not_offices")
    found = (match[1] for match in pattern_of("facts", "offices").finditer(text))
    return list(dict.fromkeys(name for name in found if not skip.search(name)))


def _section(passage: Passage, fact: Fact) -> str:
    """The part of the text that is about functions or structure; a page may be about nothing else.

    A guide to disclosure names both among what is disclosed: there, only a heading of its own counts.
    """
    labels = any_of("facts", f"labels_{fact.value}")
    leads = fact is Fact.STRUCTURE and passage.kind is PageKind.LEADERS  # offices that leaders keep
    whole = any_of("facts", f"{fact.value}_pages").search(passage.about) and not leads
    if whole or passage.kind is PageKind.ORGANISATION:
        start = _start(passage.text, fact)
        return passage.text[start : start + SECTION] if start >= 0 else passage.text
    headed = any(labels.search(heading) for heading in passage.headings)
    if passage.footer or (passage.kind is PageKind.GUIDE and not headed):
        return ""
    start = _start(passage.text, fact)
    return _until_other(passage.text[start : start + SECTION]) if start >= 0 else ""


def _start(text: str, fact: Fact) -> int:
    """Where the label stands behind which duties or offices begin; -1: nowhere."""
    begins = pattern_of("facts", "duties" if fact is Fact.FUNCTIONS else "offices")
    for match in any_of("facts", f"labels_{fact.value}").finditer(text):
        near = text[match.end() : match.end() + NEAR]
        speaks = fact is Fact.FUNCTIONS and pattern_of("facts", "valid_functions").search(near)
        if speaks or begins.search(near):
            return match.start()
    return -1


def _until_other(section: str) -> str:
    """The section up to the next label of another fact."""
    match = any_of("facts", "section_ends").search(section, NAMES)
    return section[: match.start()] if match else section
