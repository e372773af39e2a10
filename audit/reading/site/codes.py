"""The site codes (网站标识码) that a site states: in its footer, its meta labels, its correction entry."""

from collections.abc import Iterator

import msgspec

from audit.model import CodeSource, Mark, PageKind, SiteCode
from audit.reading.signs import code_in, value_of
from audit.reading.site.survey import Survey
from audit.text import shorten
from audit.vocabulary import pattern_of

QUOTE = 120


def codes_of(found: Survey) -> tuple[SiteCode, ...]:
    """Each distinct code of each source, with the first page that states it."""
    kept: dict[tuple[CodeSource, str], SiteCode] = {}
    for code in (*_of_footers(found), *_of_labels(found), *_of_links(found), *_of_signs(found)):
        place = code.source, code.value.upper()
        before = kept.get(place)
        if before is None:
            kept[place] = code
        else:
            kept[place] = msgspec.structs.replace(before, pages=before.pages + code.pages)
    return tuple(kept[place] for place in sorted(kept))


def _of_footers(found: Survey) -> Iterator[SiteCode]:
    for text, footer in found.footers.items():
        if value := value_of(text, Mark.SITE_CODE):
            yield SiteCode(
                CodeSource.FOOTER, value, footer.url, f"网站标识码 {value}", footer.pages
            )


def _of_labels(found: Survey) -> Iterator[SiteCode]:
    """Only what looks like a code: a label without a value is another fault."""
    pattern = pattern_of("labels", "site_code")
    for page in found.readable():
        value = page.site_code
        if value and pattern.match(value):
            yield SiteCode(CodeSource.META, value, page.url, f"SiteIDCode={value}", 1)


def _of_links(found: Survey) -> Iterator[SiteCode]:
    """Of correction entries; one that a single article links to is another site's."""
    pattern = pattern_of("identity", "link_correction")
    for url, _, page, pages in found.targets.first_seen():
        if not pattern.search(url) or not (value := code_in(url)):
            continue
        holder = found.page(page)
        if pages == 1 and holder is not None and holder.kind is PageKind.ARTICLE:
            continue
        yield SiteCode(CodeSource.CORRECTION, value, page, shorten(url, QUOTE), pages)


def _of_signs(found: Survey) -> Iterator[SiteCode]:
    pattern = pattern_of("labels", "site_code")
    for url, record in found.records.items():
        for sign in record.signs:
            if sign.mark is Mark.CORRECTION and pattern.match(sign.value):
                yield SiteCode(CodeSource.CORRECTION, sign.value, url, sign.value, 1)
            elif sign.mark is Mark.SITE_CODE:
                yield SiteCode(CodeSource.FOOTER, sign.value, url, sign.value, 1)
