"""A page as the browser left it: what script had to bring is there, or will never be."""

from typing import Final

import msgspec

from audit.model import PageRecord

_MARK: Final = "rendered="
_LACKING: Final = f"{_MARK}lacking"
RENDERED: Final = f"text/html; charset=utf-8; {_MARK}whole"
"""The content type of serialised pages: a stored record is a function of body, address and type."""
LACKING: Final = f"text/html; charset=utf-8; {_LACKING}"
"""The same of a page whose script broke or did not get what it asked for: what waits for script
waits still, and an empty list proves nothing."""


def settled(record: PageRecord, content_type: str) -> PageRecord:
    """The record of a page, as it is when the browser made it: its scripts have run.

    Other pages than the browser's are left as they are.
    """
    if _MARK not in content_type:
        return record
    stayed = msgspec.structs.replace(record, refresh="", refresh_by_script="")
    if _LACKING in content_type:
        waits = record.script_fills or bool(record.refresh_by_script)
        return msgspec.structs.replace(stayed, script_fills=waits)
    return msgspec.structs.replace(
        stayed, script_fills=False, relates_by_script=False, footer_fills=False, labels_fill=False
    )
