"""What is known of the project's own sites: `<manner>/truth.toml`, written by hand beside the pages."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent
NONE = "none"


class HomeTruth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the home page announces."""

    newest: str = NONE
    gate: bool = False
    script_fills: bool = False


class ColumnTruth(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"klass": "class"}
):
    """One column; its rows are those of all its list pages."""

    url: str
    name: str
    klass: str
    kind: str = "periodic"
    newest: str = NONE  # `day source`
    items: int = 0
    dated: int | None = None  # None: every row
    pages: int = 1
    level: str = "lower"


class FoundTruth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a check must say: paths (`path#aspect` where one subject has several). The rest is ok or unknown."""

    fault: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    unknown: Mapping[str, str] = {}  # path → reason, compared for these paths only


class Innocent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A look-alike: neither fault nor review of this check at this path."""

    check: str
    url: str
    why: str


class Truth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is known of one site."""

    name: str
    as_of: dt.date
    encoding: str
    columns: tuple[ColumnTruth, ...]
    articles: Mapping[str, str]  # path → `day source[ written day]`, or none; of every article
    kinds: Mapping[str, str]  # path → kind (`a|b`: both are right); of every page but the articles
    home: HomeTruth = HomeTruth()
    redirects: Mapping[str, str] = {}  # refresh or script; path → path
    findings: Mapping[str, FoundTruth] = {}  # by check; none named: the check finds nothing
    innocents: tuple[Innocent, ...] = ()
    unjudged: tuple[str, ...] = ()  # checks that this site has no truth for
    known_gaps: Mapping[str, str] = {}  # what is still read amiss → how


def manners() -> tuple[str, ...]:
    """The sites that there are."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/truth.toml")))


def truth_of(manner: str) -> Truth:
    """The truth of one site."""
    text = (FOLDER / manner / "truth.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Truth)
