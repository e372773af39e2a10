"""Who is to mend a finding: the column's owner, the check's or its duty's office, else the fallback."""

from collections.abc import Iterator, Mapping

import msgspec

from audit.rulebooks import FALLBACK, Rulebook


class Office(msgspec.Struct, frozen=True):
    """An office, and what names it: `column`, `config`, `rulebook`, or `fallback` when nothing does."""

    name: str
    by: str


def office_of(
    owner: str, check: str, configured: Mapping[str, str], rulebook: Rulebook, area: str = ""
) -> Office:
    """The office of a finding. `owner`: whom the register names for the column; `area`: what it is about."""
    if owner:
        return Office(owner, "column")
    keys = tuple(key for key in (area, check, *rulebook.duties_of(check)) if key)
    for office in (*_named(keys, configured, "config"), *_from(keys, rulebook)):
        return office
    return Office(configured.get(FALLBACK, "") or rulebook.fallback_office, "fallback")


def _named(keys: tuple[str, ...], offices: Mapping[str, str], by: str) -> Iterator[Office]:
    for key in keys:
        if offices.get(key):
            yield Office(offices[key], by)


def _from(keys: tuple[str, ...], rulebook: Rulebook) -> Iterator[Office]:
    for key in keys:
        if name := rulebook.office_of(key):
            yield Office(name, "rulebook")
