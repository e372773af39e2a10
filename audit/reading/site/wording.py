"""What the wording of a page says that it is for, when neither names nor rows nor dates tell."""

import re
from functools import cache

from audit.model import PageKind
from audit.vocabulary import words

SIGNS = 2  # different signs of one kind that tell it; a single one may stand anywhere
HEAD = 1500  # characters in which signs are looked for
TAIL = 300  # and at the end, where an article names its neighbours


def kind_of_wording(text: str) -> PageKind | None:
    """The kind that at least two different signs in a text speak for."""
    said = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"
    for kind, signs in _signs():
        if sum(sign.search(said) is not None for sign in signs) >= SIGNS:
            return kind
    return None


@cache
def _signs() -> tuple[tuple[PageKind, tuple[re.Pattern[str], ...]], ...]:
    listed = words("columns")
    return tuple(
        (kind, tuple(re.compile(sign) for sign in listed[f"text_{kind.value}"]))
        for kind in (
            PageKind.MESSAGES,
            PageKind.SERVICE_GUIDE,
            PageKind.LEADERS,
            PageKind.ARTICLE,
        )
    )
