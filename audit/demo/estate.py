"""Building the demo: plans become pages, pages become answers."""

import datetime as dt
import re
from collections.abc import Iterator
from importlib import resources

from audit.demo import faults, pages
from audit.demo.bureaus import highway, waterway
from audit.demo.department import material as department
from audit.demo.frame import content_type, encoded
from audit.demo.quality import quality
from audit.demo.records import Answer, DemoEstate, DemoSite, Material

ROBOTS = b"User-agent: *\nDisallow: /manage/\n"
_PDF = re.compile(r'href="(/attachments/[^"]+\.pdf)"')


def build(as_of: dt.date) -> DemoEstate:
    """The department and its units as they stand on that day; pure."""
    made = (department(as_of), highway(as_of), waterway(as_of), quality(as_of))
    sites = {site.id: _site(site) for site in made}
    return DemoEstate(as_of, sites, _config(as_of), faults.PLANTED)


def _site(site: Material) -> DemoSite:
    kind = content_type(site)
    answers = {path: Answer(encoded(site, text), kind) for path, text in _texts(site)}
    for path in site.forbidden:
        answers[path] = Answer(encoded(site, pages.refused(site)), kind, 403)
    for path, target in site.moved.items():
        answers[path] = Answer(b"", kind, 302, target)
    for path, target in site.refreshed.items():
        answers[path] = Answer(pages.refresh(target).encode(), kind)
    documents = sorted({p for _, text in _texts(site) for p in _PDF.findall(text)})
    for path in documents:
        if path != faults.DEAD_ATTACHMENT:
            body = b"" if path == faults.EMPTY_ATTACHMENT else _pdf(path)
            answers[path] = Answer(body, "application/pdf")
    answers["/robots.txt"] = Answer(ROBOTS, "text/plain; charset=utf-8")
    status = 200 if site.soft_missing else 404
    missing = Answer(encoded(site, pages.missing(site)), kind, status)
    return DemoSite(site.id, site.name, dict(sorted(answers.items())), missing, site)


def _texts(site: Material) -> Iterator[tuple[str, str]]:
    yield "/", pages.home(site)
    for section in site.sections:
        if section.overview:
            yield section.path, pages.overview(site, section)
        for leaf in section.leaves:
            yield leaf.path, pages.leaf(site, section, leaf)
        for column in section.columns:
            yield from pages.lists(site, section, column)
            for article in (*column.pinned, *column.articles):
                yield article.path, pages.article(site, section, column, article)
    if site.search:
        yield "/search", pages.found(site, "")


def _pdf(name: str) -> bytes:
    """A small valid PDF of one page that shows its own name."""
    text = f"BT /F1 16 Tf 60 760 Td (Sample attachment {name.rpartition('/')[2]}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body = b"%PDF-1.4\n"
    places: list[int] = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, start)
    )


def _config(as_of: dt.date) -> str:
    """The demo's config.toml for that day, with placeholder addresses."""
    text = (resources.files("audit.demo") / "estate.toml").read_text(encoding="utf-8")
    ago = {"1970-01-01": 0, "1970-01-02": 3, "1970-01-03": 30, "1970-01-04": 6}
    for written, days in ago.items():
        text = text.replace(written, (as_of - dt.timedelta(days=days)).isoformat())
    return text
