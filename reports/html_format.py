"""index.html and sites/<id>.html: for people, on a screen and on A4. No script, no network."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import cast

from jinja2 import Environment, PackageLoader, StrictUndefined

from audit.model import (
    EvidenceKind,
    Fact,
    FactState,
    FindingStatus,
    OutcomeStatus,
    PairState,
    Severity,
    SiteVerdict,
)
from audit.report import Material, Report, SiteReport
from reports.columns import column_name
from reports.counting import axis
from reports.measured import measures
from reports.overview import overview
from reports.pair_words import MATCHES
from reports.pictures import names_of, picture_files
from reports.site_view import PER_CHECK, PER_LINE, PER_TABLE, item_name, site_view, some
from reports.speech import Speech
from reports.tones import SIGNS, sign, tone
from reports.untrusted import lines, link, middle_cut, shown

POLICY = (  # the pages need nothing from anywhere: no script, no picture, no font
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)
_NAME = re.compile(r"[^a-z0-9-]")


def render(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
    """The pictures of the evidence, the overview, then one page a site in the order of the report."""
    speech = Speech(material.language)
    kept: dict[str, str] = {}
    yield from picture_files(names_of(report), material, kept)
    templates = _templates(report, material, speech, kept)
    index = templates.get_template("index.html.j2")
    yield "index.html", _bytes(index.render(view=overview(report, material)))
    page = templates.get_template("site.html.j2")
    for site in report.sites:
        view = site_view(site, material, speech)
        yield site_file(site), _bytes(page.render(site=site, view=view))


def site_file(site: SiteReport) -> str:
    """Where a site's page lies, relative to the overview."""
    return f"sites/{_NAME.sub('-', site.id.lower())}.html"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace") + b"\n"


def _templates(
    report: Report, material: Material, speech: Speech, pictures: Mapping[str, str]
) -> Environment:
    templates = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words: dict[str, object] = {
        "report": report,
        "material": material,
        "t": speech.say,
        "speech": speech,
        "policy": POLICY,
        "link": link,
        "pictures": pictures,
        "site_file": site_file,
        "item_name": partial(item_name, material=material),
        "some": some,
        "measures": partial(measures, speech=speech),
        "matched": {how: speech.say(text.zh, text.en) for how, text in MATCHES.items()},
        "column_name": column_name,
        "EvidenceKind": EvidenceKind,
        "Fact": Fact,
        "FactState": FactState,
        "FindingStatus": FindingStatus,
        "OutcomeStatus": OutcomeStatus,
        "PairState": PairState,
        "Severity": Severity,
        "SiteVerdict": SiteVerdict,
        "PER_CHECK": PER_CHECK,
        "SIGNS": SIGNS,
        "PER_LINE": PER_LINE,
        "PER_TABLE": PER_TABLE,
    }
    filters: dict[str, Callable[..., object]] = {
        "word": speech.word,
        "why": speech.why,
        "advice": speech.advice,
        "axis": axis,
        "tone": tone,
        "sign": sign,
        "points": speech.points,
        "score": speech.score,
        "percent": speech.percent,
        "day": speech.day,
        "time": speech.time,
        "shown": shown,
        "lines": lines,
        "cut": middle_cut,
    }
    # jinja2 leaves the types of its two tables open.
    cast("dict[str, object]", templates.globals).update(words)  # pyright: ignore[reportUnknownMemberType]
    cast("dict[str, object]", templates.filters).update(filters)  # pyright: ignore[reportUnknownMemberType]
    return templates
