"""Numbers of persons in a page: ID cards, bank cards, mobile numbers of people in a list.

A number alone proves little, so each sort has its own sums (GB 11643, Luhn) and needs words beside
it. Phones of offices and accounts of bodies are public. What is found leaves here masked, and
`veiled` masks it wherever else the record holds it: the number itself is kept nowhere.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast

import msgspec

from audit.model import DatumKind, PageRecord, PersonalDatum
from audit.text import halfwidth
from audit.vocabulary import any_of, words

MOST = 500  # numbers looked at
NEAR = 40  # characters before a number that say what it is
HEAD = 400  # characters of the content's head that say what a list is
LISTED = 3  # people with their numbers make a list
BORN = (1900, 2035)  # years in which whoever has an ID number was born
_NUMBERS = re.compile(r"[0-9]{11,19}[xXＸ]?")
_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
_ANY_DIGIT = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_WEIGHTS = tuple(2 ** (17 - i) % 11 for i in range(17))
_CHECKS = "10X98765432"
_JOINED = "._-/=&%#"
ID, OLD_ID, MOBILE = 18, 15, 11  # digits

Found = tuple[str, PersonalDatum]  # the number as written, and what is kept of it


class Passage(msgspec.Struct, frozen=True):
    """A number with the words around it."""

    number: str  # half-width, upper case
    before: str
    after: str


def personal(text: str, title: str, head: str, most: int = MOST) -> tuple[Found, ...]:
    """The numbers of persons in a text; `head` are its first words, `most` long numbers are looked at."""
    found: dict[str, PersonalDatum] = {}
    phones: dict[str, PersonalDatum] = {}
    plain = text.encode("ascii", "replace").translate(_ANY_DIGIT)
    if b"0" * MOBILE not in plain:  # costs a tenth of a look for numbers
        return ()
    passages = tuple(_passages(text, most))
    listed = any_of("persons", "list_words").search(f"{title} {head[:HEAD]}") is not None
    listed = listed and any_of("persons", "office_titles").search(title) is None
    exempt = any_of("persons", "published_titles").search(title) is not None
    for written, passage in passages:
        if len(passage.number) == MOBILE:
            if listed and _is_of_a_person(passage):
                phones[written] = PersonalDatum(DatumKind.MOBILE, mask(passage.number))
        elif datum := _id_card(passage, head) or _bank_card(passage, head):
            found[written] = msgspec.structs.replace(datum, sure=False) if exempt else datum
    if len(phones) >= LISTED and not exempt:
        found.update(phones)
    return tuple(found.items())


def numbers_in(text: str, most: int) -> int:
    """How many long numbers a text holds, up to `most`."""
    return sum(1 for _ in islice(_NUMBERS.finditer(text), most))


def mask(number: str) -> str:
    """The number as public notices mask it: 35*************123, 138****1234; cards: the last four."""
    if len(number) == MOBILE:
        return f"{number[:3]}****{number[-4:]}"
    if len(number) in {OLD_ID, ID} and is_born(number):
        return f"{number[:2]}{'*' * (len(number) - 5)}{number[-3:]}"
    return "*" * (len(number) - 4) + number[-4:]


def veiled(record: PageRecord, found: Sequence[Found]) -> PageRecord:
    """The record with these numbers masked in all its words; addresses stay as they are."""
    hidden = {written: datum.masked for written, datum in found}
    pattern = re.compile("|".join(map(re.escape, hidden)))

    def veil(value: object) -> object:
        if isinstance(value, str):
            return value if "://" in value else pattern.sub(lambda match: hidden[match[0]], value)
        if isinstance(value, list | tuple):
            return [veil(one) for one in cast("Sequence[object]", value)]
        if isinstance(value, dict):
            return {name: veil(one) for name, one in cast("dict[str, object]", value).items()}
        return value

    plain = veil(msgspec.to_builtins(record))
    kept = msgspec.convert(plain, PageRecord)
    return msgspec.structs.replace(kept, personal=tuple(datum for _, datum in found))


def is_id_number(number: str) -> bool:
    """Whether 18 digits are an ID number: area, date of birth and check digit (GB 11643)."""
    if len(number) != ID or not number[:17].isdecimal() or not is_born(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17]


def is_born(number: str) -> bool:
    """Whether an area and a plausible date of birth stand in an ID number of 18 or 15 digits."""
    if number[:2] not in words("persons")["areas"]:
        return False
    day = number[6:14] if len(number) == ID else f"19{number[6:12]}"
    try:
        born = dt.date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return BORN[0] <= born.year <= BORN[1]


def passes_luhn(number: str) -> bool:
    """Whether the last digit is right by the sum that cards have (ISO/IEC 7812)."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2]]
    return (sum(doubled) + sum(int(digit) for digit in number[::-2])) % 10 == 0


def _passages(text: str, most: int) -> Iterator[tuple[str, Passage]]:
    for match in islice(_NUMBERS.finditer(text), most):
        written, start, end = match[0], match.start(), match.end()
        before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
        if _touches(before[-1:]) or _touches(after[:1]) or f"{after}  "[0] == "." > after[1:2]:
            continue
        yield written, Passage(halfwidth(written).upper(), before, after)


def _touches(neighbour: str) -> bool:
    """Whether a number goes on beyond its digits, as a file's name or an address does."""
    return neighbour.isascii() and (neighbour.isalnum() or neighbour in _JOINED) and neighbour != ""


def _id_card(passage: Passage, head: str) -> PersonalDatum | None:
    number = passage.number
    called = any_of("persons", "id_words")
    if _is_called_otherwise(passage.before[-20:], called):
        return None
    if is_id_number(number):
        licences = any_of("persons", "licence_words")
        said = (licences.sub(" ", words_near) for words_near in (passage.before, head))
        sure = next(filter(None, map(called.search, said)), None)
        return PersonalDatum(DatumKind.ID_CARD, mask(number), sure is not None)
    if len(number) == OLD_ID and is_born(number) and called.search(passage.before):
        return PersonalDatum(DatumKind.ID_CARD, mask(number))
    return None


def _is_called_otherwise(before: str, called: re.Pattern[str]) -> bool:
    """Whether the nearest word before a number that says what it is calls it no ID number."""
    last = max(
        (one.end() for one in any_of("persons", "other_numbers").finditer(before)), default=0
    )
    return bool(last) and called.search(before, last) is None


def _bank_card(passage: Passage, head: str) -> PersonalDatum | None:
    """A card's number: its sum, its prefix, and words for it beside it or at the head of its table."""
    number, before = passage.number, passage.before
    if not 16 <= len(number) <= 19 or not number.isdecimal() or not passes_luhn(number):
        return None
    if not number.startswith(words("persons")["card_prefixes"]):
        return None
    near = before + passage.after
    if any_of("persons", "body_words").search(near):
        return None
    called = any_of("persons", "card_words")
    office = any_of("persons", "office_names").search(near) is not None
    if called.search(before):
        return PersonalDatum(DatumKind.BANK_CARD, mask(number), sure=not office)
    if not office and any_of("persons", "account_words").search(before):
        return PersonalDatum(DatumKind.BANK_CARD, mask(number))
    if _names_a_person(before) and called.search(head) and not _is_called_otherwise(before, called):
        return PersonalDatum(DatumKind.BANK_CARD, mask(number), sure=not office)
    return None


def _is_of_a_person(passage: Passage) -> bool:
    """Whether a mobile number stands beside a person's name, and nothing says that it is an office's."""
    if passage.number[0] != "1" or passage.number[1] not in "3456789":
        return False
    if any_of("persons", "office_words").search(passage.before):
        return False
    return _names_a_person(passage.before)


def _names_a_person(before: str) -> bool:
    return any(name[0] in words("persons")["surnames"] for name in _NAME.findall(before))
