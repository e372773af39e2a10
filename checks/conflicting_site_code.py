"""标识码不一致: a site states a site code that is not its own.

Footer, meta label and correction entry are held against the registered code; where none is
registered, against each other: the code that most places and pages state counts as meant, and where one place
states several codes on different pages a person must look, for some may be another site's. One code
in one place with nothing to hold it against is unknown. Contents that are no code at all, and entries of
other sites that an article links to, are left out.
"""

from collections import Counter
from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    CodeSource,
    Message,
    Reading,
    Reason,
    Settings,
    SiteCode,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    quoted,
    review,
    site_subject,
    unknown,
)


class ConflictingSiteCodeSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: ConflictingSiteCodeSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge each place that states a code."""
    codes, registered = reading.site_codes, reading.card.site_code
    if not codes:
        return
    if not registered and len(codes) == 1:
        yield unknown(site_subject(reading), Reason.NOT_REGISTERED)
        return
    meant = registered or _commonest(codes)
    for source in CodeSource:
        stated = [code for code in codes if code.source is source]
        wrong = [code for code in stated if code.value.upper() != meant.upper()]
        subject = site_subject(reading, source.value)
        if wrong:
            mixed = not registered and len(wrong) < len(stated)
            verdict = review if mixed else fault
            yield verdict(
                subject,
                "registered" if registered else "mixed" if mixed else "differs",
                evidence=[
                    quoted(code.url, code.quote)
                    for code in (*wrong, *(() if registered else _witnesses(codes, meant)))
                ],
                observed=wrong[0].value,
                limit=meant,
                place=NAMES[source],
                said=wrong[0].value,
                meant=meant,
                pages=sum(code.pages for code in wrong),
            )
        elif stated:
            yield ok(subject, observed=meant)


def _commonest(codes: tuple[SiteCode, ...]) -> str:
    """The code that most places state, then that most pages state; the footer's goes first."""
    places = Counter(code.value.upper() for code in codes)
    best = min(codes, key=lambda code: (-places[code.value.upper()], -code.pages, _order(code)))
    return best.value


def _witnesses(codes: tuple[SiteCode, ...], meant: str) -> list[SiteCode]:
    return [code for code in codes if code.value.upper() == meant.upper()]


def _order(code: SiteCode) -> int:
    return list(CodeSource).index(code.source)


NAMES = {
    CodeSource.FOOTER: Text("页面底部", "The footer"),
    CodeSource.META: Text("页面标签SiteIDCode", "The label SiteIDCode"),
    CodeSource.CORRECTION: Text("“我为政府网站找错”入口", "The correction entry"),
}
CORRECT = Text(
    "核对登记的网站标识码，把页面底部、页面标签和“我为政府网站找错”入口改成同一个。",
    "Check the registered site code; use it in the footer, the label and the correction entry.",
)
TEXTS = Texts(
    title=Text("网站标识码一致", "Site codes agree"),
    failure_title=Text("网站标识码不一致", "Site codes conflict"),
    messages={
        "registered": Message(
            Text(
                "{place}的网站标识码是{said}，登记的是{meant}；涉及{pages}处页面。",
                "{place} states the site code {said}, registered is {meant}; {pages} pages.",
            ),
            CORRECT,
        ),
        "differs": Message(
            Text(
                "{place}的网站标识码是{said}，网站其他位置是{meant}；涉及{pages}处页面。",
                "{place} states the site code {said}, elsewhere the site states {meant}; {pages} pages.",
            ),
            CORRECT,
        ),
        "mixed": Message(
            Text(
                "{place}的网站标识码各页不同：{pages}处页面是{said}，其余是{meant}；可能是其他网站的页面，需人工确认。",
                "{place} states different codes: {said} on {pages} pages, else {meant}; some may be another site's pages, a person must look.",
            ),
            CORRECT,
        ),
    },
)

CHECK = Check(
    id="conflicting-site-code",
    scope="site",
    settings=ConflictingSiteCodeSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办发〔2017〕47号 政府网站发展指引",
            clause="网站标识、网页标签",
            quote="每个网站有一个网站标识码，页面底部、网页标签和“我为政府网站找错”使用同一个",
            verified=False,
        ),
    ),
    find=find,
)
