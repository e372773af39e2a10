"""Report formats: each renders an `audit.report.Report`, adds nothing to it, and is named in `FORMATS`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from audit.report import Format, Material, Report
from reports import (
    annotations_format,
    csv_format,
    docx_format,
    html_format,
    json_format,
    junit_format,
    lines_format,
    sarif_format,
    xlsx_format,
)

__all__ = ["FORMATS"]


@dataclass(frozen=True)
class _Named:
    """A format: the word used in `--format`, and the function that renders it."""

    name: str
    renderer: Callable[[Report, Material], Iterator[tuple[str, bytes]]]

    def render(self, report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
        """File names relative to the output folder, and their bytes."""
        return self.renderer(report, material)


FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        _Named("html", html_format.render),
        _Named("json", json_format.render),
        _Named("pages", lines_format.render_pages),
        _Named("links", lines_format.render_links),
        _Named("csv", csv_format.render),
        _Named("xlsx", xlsx_format.render),
        _Named("docx", docx_format.render),
        _Named("junit", junit_format.render),
        _Named("sarif", sarif_format.render),
        _Named("github", annotations_format.render_github),
        _Named("gitlab", annotations_format.render_gitlab),
    )
}
"""Every format by its name, in the order of the documentation."""
