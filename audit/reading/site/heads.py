"""Who heads a unit: behind a label, beside the head's office, never a deputy, never an inner office's."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from audit.model import PageKind, Spoken
from audit.reading.site.passages import VALUE, Passage, Stated
from audit.text import clean, halfwidth, shorten, squeeze
from audit.vocabulary import any_of, pattern_of, words

WORDS = 400  # words of a page that are looked at one by one
LONG = (
    4  # characters of a name that only a family name of two makes: 厅长李华调研 names no 李华调研
)
AHEAD = 6  # pairs after a person's name in which the office stands
_NAME = (
    "([\u4e00-\u9fa5]{2,4}|[\u4e00-\u9fa5] [\u4e00-\u9fa5]{1,2}"
    "|[\u4e00-\u9fa5]{1,8}[·•][\u4e00-\u9fa5]{1,8}(?:[·•][\u4e00-\u9fa5]{1,8})?)"
)
_PIECES = re.compile(r"[(（,，、;；/|]")


def heads(passage: Passage) -> Iterator[Stated]:
    """Every name that the passage gives as the head's, the surest first."""
    yield from _labelled(passage)
    yield from _with_office(passage)
    leaders = passage.kind is PageKind.LEADERS or "领导" in passage.about
    if leaders or passage.kind is PageKind.ORGANISATION:
        yield from _beside_office(passage)
    if leaders:
        yield from _joined(passage)
    if leaders:  # names alone: the head may be one of them, and a person must say which
        named = (s.value for s in passage.spoken if s.label == "姓名")
        for said in (*passage.headings, *named, *_alone(passage)):
            if is_name(said):
                yield Stated(squeeze(said), said, plausible=False)


def _alone(passage: Passage) -> Iterator[str]:
    """Words of a page of leaders that may be names: beside no office, in charge, or run into one."""
    parts = passage.plain.split(" ")[:WORDS]
    offices = any_of("facts", "leader_words")
    for before, said, behind in zip(("", *parts), parts, (*parts[1:], ""), strict=False):
        if (not offices.search(before) and not offices.search(behind)) or pattern_of(
            "facts", "acting"
        ).search(behind):
            yield said
    for match in _joined_pattern(tuple(passage.titles)).finditer(passage.plain):
        yield match[1]


def _joined(passage: Passage) -> Iterator[Stated]:
    """The one name that a page of leaders runs into the head's office: 厅党组书记、厅长李示例."""
    found = {
        match[1]: match[0]
        for match in _joined_pattern(tuple(passage.titles)).finditer(passage.plain)
        if is_name(match[1])
        and (len(match[1]) < LONG or match[1][:2] in words("facts")["surnames"])
    }
    if len(found) == 1:
        name, said = next(iter(found.items()))
        yield Stated(name, shorten(clean(said), VALUE), plausible=True)


def is_name(text: str) -> bool:
    """Whether a short text can be a person's name."""
    plain = squeeze(text).replace("•", "·")
    if plain in words("facts")["placeholders"] or any_of("facts", "not_names").search(plain):
        return False
    if pattern_of("facts", "valid_head").search(plain) is None:
        return False
    known = words("facts")
    return "·" in plain or plain[0] in known["surnames"][0] or plain[:2] in known["surnames"]


def titles_of(name: str) -> tuple[str, ...]:
    """The titles that the head of a unit of that name bears: 局长 of a 局."""
    for line in words("facts")["titles_by_ending"]:
        ending, _, titles = line.partition("=")
        if name.endswith(ending):
            return (*titles.split("/"), *words("facts")["titles_of_any"])
    return (*words("facts")["titles_of_many"], *words("facts")["titles_of_any"])


def _labelled(passage: Passage) -> Iterator[Stated]:
    labels = (*words("facts")["labels_person"], *passage.titles)
    for spoken in passage.spoken:
        if squeeze(spoken.label) in labels and spoken.value:
            yield _named(spoken)


def _named(spoken: Spoken) -> Stated:
    quote = shorten(f"{spoken.label}：{spoken.value}", VALUE)
    first = _PIECES.split(halfwidth(spoken.value))[0].strip()
    head = first.split(" ")[0]
    for name in (head, first):
        if len(name) > 1 and is_name(name):
            return Stated(squeeze(name), quote, plausible=True, label=squeeze(spoken.label))
    plain = shorten(clean(spoken.value), VALUE)
    return Stated(plain, quote, plausible=False, label=squeeze(spoken.label))


def _with_office(passage: Passage) -> Iterator[Stated]:
    """姓名 followed by 职务, in a table or in lines."""
    pairs = list(passage.spoken)
    for place, spoken in enumerate(pairs):
        if spoken.label == "姓名" and is_name(spoken.value):
            for other in pairs[place + 1 : place + 1 + AHEAD]:
                if other.label == "姓名":
                    break
                if other.label in words("facts")["labels_office"] and _heads_office(
                    other.value, passage
                ):
                    quote = f"姓名：{spoken.value} {other.label}：{other.value}"
                    yield Stated(squeeze(spoken.value), shorten(quote, VALUE), plausible=True)
                    break


def _heads_office(said: str, passage: Passage) -> bool:
    return _office_pattern(tuple(passage.titles)).search(f" {halfwidth(said)} ") is not None


def _beside_office(passage: Passage) -> Iterator[Stated]:
    """A page puts the office on one side of its names: only the side that fits the first is read."""
    text = passage.plain
    for pattern in _beside_patterns(tuple(passage.titles)):
        found = [match for match in pattern.finditer(text) if is_name(match[1])]
        for match in found:
            quote = shorten(clean(match[0]), VALUE)
            yield Stated(squeeze(match[1]), quote, plausible=True)
        if found:
            return


@lru_cache(maxsize=256)
def _office_pattern(titles: Sequence[str]) -> re.Pattern[str]:
    """The head's office: 副局长 and 原局长 are others'."""
    listed = "|".join(map(re.escape, titles))
    return re.compile(f"(?<![副原兼前])(?:{listed})(?=[\\s、,，。;；(（]|$)")


@lru_cache(maxsize=256)
def _joined_pattern(titles: Sequence[str]) -> re.Pattern[str]:
    """厅长李示例, in a caption."""
    listed = "|".join(map(re.escape, titles))
    return re.compile(f"(?:^|[ 、,。;])(?:{listed})([\u4e00-\u9fa5]{{2,4}})(?=$|[ ,。;(])")


@lru_cache(maxsize=256)
def _beside_patterns(titles: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """李示例 厅党组书记、厅长; 厅长 李示例."""
    listed = "|".join(map(re.escape, titles))
    offices = "(?:[\u4e00-\u9fa5]{1,16}[、,] ?){0,3}"
    born = f"(?:^|[ 、,。;:]){_NAME},(?:男|女),[^。;]{{0,80}}?现任[^。;]{{0,30}}?"
    after = f"(?:^|[ 、,。;:]){_NAME}(?: ?[,:(] ?| )(?:男,|现任|任|(?:担任|现任)?职务:)? ?{offices}[\u4e00-\u9fa5]{{0,14}}?"
    return (
        re.compile(f"{after}(?<![副原前任])(?:{listed})(?=$|[ 、,。;(])"),
        re.compile(f"{born}(?<![副原前任])(?:{listed})(?=$|[ 、,。;(])"),
        re.compile(
            f"(?:^|[ 、,。;:\u4e00-\u9fa5])(?<![副原前])(?:{listed})(?: ?: ?| ){_NAME}(?=$|[ ,。;(])"
        ),
    )
