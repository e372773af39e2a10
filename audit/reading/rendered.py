"""A page as the browser left it: what script had to bring is there, or nobody can tell."""

from typing import Final

import msgspec

from audit.model import PageRecord

MARK: Final = "rendered=yes"
RENDERED: Final = f"text/html; charset=utf-8; {MARK}"
"""The content type of serialised pages: a stored record is a function of body, address and type."""


THIN: Final = 300  # characters; a page with more says enough


def settled(record: PageRecord) -> PageRecord:
    """The record of a rendered page: its scripts stand in it still, and have run.

    A page that is bare even then stays one that script fills: its script may have failed, or been
    refused what it asked for, and an empty list is no proof.
    """
    rows = any(one.items and not one.block for one in record.lists)  # outside side boxes and menus
    told = (
        record.text_length > 0 and not record.links
    )  # a page of a few words, such as 共找到0条结果
    bare = not rows and not told and record.text_length < THIN
    return msgspec.structs.replace(
        record,
        script_fills=record.script_fills and bare,
        relates_by_script=False,
        footer_fills=False,
        labels_fill=False,
        refresh="",
        refresh_by_script="",
    )
