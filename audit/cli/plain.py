"""Text that strangers wrote, as a terminal may show it: no control characters, no markup, not too long."""

from rich.text import Text

from audit.text import shorten, visible

LINE = 400  # characters of one thing that is said


def plain(text: str, style: str = "", limit: int = LINE) -> Text:
    """One clean line of at most `limit` characters; square brackets are square brackets."""
    return Text(shorten(visible(text), limit), style=style)


def tame(text: str, limit: int = LINE) -> str:
    """The same, to be put into a longer line."""
    return shorten(visible(text), limit)
