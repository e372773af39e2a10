"""notices/*.docx for Word and WPS: what each unit is to put right, and a draft circular."""

from collections.abc import Iterator

from audit.report import Material, Report


def render(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
    """One document a unit that has something to put right or to look at, and one about all."""
    from reports.notice_papers import papers  # noqa: PLC0415 - heavy, and used here only

    yield from papers(report, material)
