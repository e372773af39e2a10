"""搜索过慢: the search lets people wait.

The middle time of the queries that the search answered counts, so that one slow answer accuses
nobody. Above the first limit a person looks; from the second on it is a fault, as for pages that do
not come. Queries that were broken off after a longer wait than that count with their time.
"""

from collections.abc import Iterator
from statistics import median_low

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    ProbeState,
    Reading,
    Reason,
    SearchProbe,
    SearchState,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    ok,
    review,
    search_subject,
    unknown,
)


class SlowSearchSettings(Settings):
    """Seconds above which it is slow, seconds from which it does not come, queries that it takes."""

    slow: float = Field(gt=0)
    stalled: float = Field(gt=0)
    queries: int = Field(gt=0)


def find(
    reading: Reading,
    settings: SlowSearchSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the middle time of the answers."""
    if not reading.search.present:
        return
    subject = search_subject(reading)
    trial = reading.trial
    timed = [probe for probe in trial.probes if _is_timed(probe, settings)]
    if len(timed) < settings.queries:
        untried = trial.state is SearchState.NOT_ASSESSED
        yield unknown(subject, (trial.reason if untried else None) or Reason.NOTHING_FOUND)
        return
    middle = median_low(probe.ms for probe in timed) / 1000
    if middle <= settings.slow:
        yield ok(subject, observed=f"{middle:.1f}")
        return
    stalled = middle >= settings.stalled
    verdict = fault if stalled else review
    yield verdict(
        subject,
        "stalled" if stalled else "slow",
        evidence=[
            fetched(probe.url, f"“{probe.query}”：{probe.ms}毫秒", probe.at) for probe in timed
        ],
        observed=f"{middle:.1f}",
        limit=f"{settings.stalled if stalled else settings.slow:g}",
        seconds=f"{middle:.1f}",
        count=len(timed),
    )


def _is_timed(probe: SearchProbe, settings: SlowSearchSettings) -> bool:
    answered = probe.state in {ProbeState.HIT, ProbeState.MISS}
    return answered or (probe.reason is Reason.TIMEOUT and probe.ms >= settings.stalled * 1000)


MEND = Text("查明搜索应答慢的原因并优化。", "Find out why the search is slow, and mend it.")
TEXTS = Texts(
    title=Text("站内搜索应答及时", "The search answers in time"),
    failure_title=Text("搜索过慢", "The search is slow"),
    messages={
        "slow": Message(
            Text(
                "{count}次搜索的应答时间，中位数为{seconds}秒；网络也可能是原因，需人工复测。",
                "The middle time of {count} searches was {seconds} s; the network may be the cause.",
            ),
            MEND,
        ),
        "stalled": Message(
            Text(
                "{count}次搜索的应答时间，中位数为{seconds}秒。",
                "The middle time of {count} searches was {seconds} s.",
            ),
            MEND,
        ),
    },
)

CHECK = Check(
    id="slow-search",
    scope="site",
    settings=SlowSearchSettings,
    when_empty="not_applicable",
    texts=TEXTS,
    basis=(
        Basis(
            document="本工具自行设定",
            clause="站内搜索的应答时间",
            quote="超过3秒提示，15秒以上与网站无法访问同一标准",
            verified=False,
        ),
    ),
    find=find,
    varies=True,
)
