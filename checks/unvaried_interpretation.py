"""解读形式单一: too few of the recent interpretations have another form than text.

Pictures (图解), videos, questions and answers, press conferences and interviews count, by the title
or by what the page is made of. A page that script fills may hold any of them.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    LimitText,
    Message,
    Pair,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    site_subject,
    table,
    unknown,
    within,
)


class UnvariedInterpretationSettings(Settings):
    """Which interpretations are counted, how many there must be, and the share that is asked."""

    period: LimitText
    least: int = Field(gt=0)
    share: float = Field(gt=0, le=1)


def find(
    reading: Reading, settings: UnvariedInterpretationSettings, as_of: AsOf
) -> Iterator[Verdict]:
    """Judge the forms of the site's interpretations together."""
    recent = {
        pair.interpretation.url: pair
        for pair in reading.pairs
        if pair.interpretation is not None
        and pair.interpretation.published is not None
        and within(pair.interpretation.published, settings.period, as_of.day)
    }
    if len(recent) < settings.least:
        return  # too few to speak of a share
    shown = [recent[url] for url in sorted(recent)]
    varied = sum(_is_varied(pair) for pair in shown)
    unseen = sum(_may_be(pair) for pair in shown)
    subject = site_subject(reading)
    observed = f"{varied}/{len(shown)}"
    if varied >= settings.share * len(shown):
        yield ok(subject, observed=observed)
    elif not reading.complete:
        yield unknown(subject, Reason.PARTIAL_RUN)
    elif varied + unseen >= settings.share * len(shown):
        yield unknown(subject, Reason.NEEDS_BROWSER)
    else:
        plain = [p.interpretation.title for p in shown if p.interpretation and not _is_varied(p)]
        yield fault(
            subject,
            "unvaried",
            evidence=[table(reading.card.home, plain[:10])],
            observed=observed,
            limit=f"{settings.share:.0%}",
            varied=varied,
            total=len(shown),
            share=f"{settings.share:.0%}",
        )


def _is_varied(pair: Pair) -> bool:
    return pair.interpretation is not None and pair.interpretation.is_varied


def _may_be(pair: Pair) -> bool:
    shown = pair.interpretation
    return shown is not None and shown.script_fills and not shown.is_varied


TEXTS = Texts(
    title=Text("解读形式多样", "Interpretations have varied forms"),
    failure_title=Text("解读形式单一", "Interpretations are plain text only"),
    messages={
        "unvaried": Message(
            Text(
                "近期{total}篇解读中，{varied}篇用了图解、视频、问答等形式，不到{share}。",
                "Of {total} recent interpretations {varied} have another form than text, less "
                "than {share}.",
            ),
            Text(
                "用图解、视频、问答、发布会等形式解读专业性较强的政策。",
                "Interpret with pictures, videos, questions and answers.",
            ),
        ),
    },
)

CHECK = Check(
    id="unvaried-interpretation",
    scope="site",
    settings=UnvariedInterpretationSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="二（二）5",
            quote="丰富解读形式",
            verified=True,
        ),
    ),
    find=find,
)
