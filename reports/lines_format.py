"""pages.jsonl and links.jsonl: the long tables, one record a line, streamed from the store."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from audit.report import Material, Report
from reports.json_format import encoded


def render_pages(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:  # noqa: ARG001 - one shape for all formats
    """One line per address seen."""
    yield "pages.jsonl", _lines(material.pages())


def render_links(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:  # noqa: ARG001 - one shape for all formats
    """One line per distinct target and region."""
    yield "links.jsonl", _lines(material.links())


def _lines(records: Iterable[object]) -> bytes:
    made = BytesIO()  # the lines of a large site are not held twice
    for record in records:
        made.write(encoded(record))
        made.write(b"\n")
    return made.getvalue()
