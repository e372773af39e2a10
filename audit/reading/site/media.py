"""New media: which platform a name means, and the accounts that the sites show."""

from collections.abc import Sequence

import msgspec

from audit.reading.site.reading import Reading
from audit.vocabulary import pattern_of, words


class ShownAccount(msgspec.Struct, frozen=True):
    """A link of a site to an account on a platform."""

    unit: str  # of the site that shows it
    site: str
    platform: str
    url: str
    text: str
    page: str


def platform_of(name: str) -> str:
    """The platform that a name means; a name that is not known stands for itself."""
    known = words("media")["platforms"]
    return next((one for one in known if pattern_of("media", one).search(name)), name.strip())


def shown_of(sites: Sequence[Reading]) -> tuple[ShownAccount, ...]:
    """Every account that the sites link to, in the order of sites and addresses."""
    made: dict[tuple[str, str], ShownAccount] = {}
    for site in sites:
        if site.unavailable is not None:
            continue
        for url, text, page in site.survey.targets.texts():
            platform = _platform_at(url)
            if platform:
                unit = site.card.unit or site.card.id
                one = ShownAccount(unit, site.card.id, platform, url, text, page)
                made.setdefault((site.card.id, url), one)
    return tuple(made.values())


def _platform_at(url: str) -> str:
    if pattern_of("media", "not_accounts").search(url):
        return ""
    for name in words("media")["platforms"]:
        if words("media")[f"{name}_addresses"] and pattern_of("media", f"{name}_addresses").search(
            url
        ):
            return name
    return ""
