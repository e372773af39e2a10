"""Pictures of the evidence, as files beside the report: each once, under a name of its hash."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from audit.model import EvidenceKind
from audit.report import Material, Report, SiteReport

FOLDER = "evidence"
MOST = 1000  # of one report
SHOWN = 16  # characters of a hash


def names_of(report: Report) -> Mapping[str, str]:
    """The files of the pictures that the report cites, by hash; the first ones of too many."""
    cited = dict.fromkeys(one for site in report.sites for one in _cited(site))
    return {digest: f"{FOLDER}/{digest[:SHOWN]}.jpg" for digest in list(cited)[:MOST]}


def picture_files(
    names: Mapping[str, str], material: Material, kept: dict[str, str]
) -> Iterator[tuple[str, bytes]]:
    """The files, one by one; what is no longer what it was is left out. `kept` gets what was given."""
    for digest, name in names.items():
        picture = material.picture(digest)
        if picture and sha256(picture).hexdigest() == digest:
            kept[digest] = name
            yield name, picture


def _cited(site: SiteReport) -> Iterator[str]:
    for finding in site.findings:
        for one in finding.evidence:
            if one.kind is EvidenceKind.SCREENSHOT and one.sha256:
                yield one.sha256
    for probe in site.search.probes:
        if probe.picture:
            yield probe.picture
