"""What an interpretation is made of: its forms, its parts, and how much it takes from the policy."""

from collections.abc import Iterator

from audit.model import Rendering
from audit.reading.site.details import Document
from audit.text import squeeze
from audit.vocabulary import pattern_of

WORDS = 8  # characters of a run that is compared
LITTLE = 400  # characters below which a page with a picture or video is made of it
ENOUGH = 200  # characters below which a text is not compared
PARTS = ("background", "basis", "aim", "content", "measures")


def renderings_of(document: Document) -> tuple[Rendering, ...]:
    """The forms of an interpretation; text when it is nothing else."""
    return tuple(_renderings(document)) or (Rendering.TEXT,)


def _renderings(document: Document) -> Iterator[Rendering]:
    title, short = document.page.name, document.page.length < LITTLE
    if _is("form_picture", title) or (short and document.pictures):
        yield Rendering.PICTURE
    if _is("form_video", title) or document.videos:
        yield Rendering.VIDEO
    if _is("form_questions", title):
        yield Rendering.QUESTIONS
    if _is("form_meeting", title):
        yield Rendering.MEETING
    if short and document.attachments:
        yield Rendering.ATTACHMENT


def _is(key: str, text: str) -> bool:
    return pattern_of("policies", key).search(text) is not None


def parts_of(document: Document) -> tuple[str, ...]:
    """The parts of an interpretation that its words show, by name."""
    return tuple(part for part in PARTS if _is(f"part_{part}", document.text))


def overlap_of(policy: Document, shown: Document) -> float | None:
    """Share of the interpretation's runs of words that the policy has too; None: too little text."""
    taken = _runs(shown.text)
    if len(taken) < ENOUGH:
        return None
    return len(taken & _runs(policy.text)) / len(taken)


def _runs(text: str) -> set[str]:
    plain = squeeze(text)
    return {plain[n : n + WORDS] for n in range(len(plain) - WORDS + 1)}
