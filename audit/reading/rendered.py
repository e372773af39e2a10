"""A page as the browser left it: what script had to bring is there, or will never be."""

from typing import Final

import msgspec

from audit.model import PageRecord

MARK: Final = "rendered=yes"
RENDERED: Final = f"text/html; charset=utf-8; {MARK}"
"""The content type of serialised pages: a stored record is a function of body, address and type."""


def settled(record: PageRecord) -> PageRecord:
    """The record of a rendered page: its scripts stand in it still, and have run."""
    return msgspec.structs.replace(
        record,
        script_fills=False,
        relates_by_script=False,
        footer_fills=False,
        labels_fill=False,
        refresh="",
        refresh_by_script="",
    )
