"""解读链接失效或指错: the link of a pair is there but fails, or leads to another document.

Each direction that has a link is a subject. A target that says it does not exist is broken; a
target that fails otherwise, and a pair that we matched by likeness of titles alone, go to review.
A target that refused us is unknown.
"""

from collections.abc import Iterator

from audit.api import (
    GONE,
    AsOf,
    Basis,
    Check,
    Direction,
    DirectionState,
    FetchOutcome,
    Message,
    Pair,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    ok,
    pair_subject,
    quoted,
    review,
    unknown,
)


class BrokenInterpretationLinkSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: BrokenInterpretationLinkSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every link of every pair by where it leads."""
    for pair in reading.pairs:
        if pair.interpretation is None:
            continue
        if not pair.policy.outside:  # where another site's page leads is not this site's duty
            yield from _judge(pair, Direction.FORWARD)
        if not pair.interpretation.outside:
            yield from _judge(pair, Direction.BACK)


def _judge(pair: Pair, direction: Direction) -> Iterator[Verdict]:
    link = pair.forward if direction is Direction.FORWARD else pair.back
    holder = pair.policy if direction is Direction.FORWARD else pair.interpretation
    subject = pair_subject(pair, direction)
    if link.state is DirectionState.OK:
        yield ok(subject, observed=link.url)
    elif link.state is DirectionState.NOT_ASSESSED:
        yield unknown(subject, link.reason or pair.reason or Reason.UNREACHABLE)
    elif link.state in {DirectionState.BROKEN, DirectionState.WRONG_TARGET} and holder:
        said = f"HTTP {link.status}" if link.status else str(link.outcome or "")
        guessed = pair.matched_by == "similarity"
        gone = link.outcome is FetchOutcome.SOFT_404 or link.status in GONE
        shaky = link.state is DirectionState.BROKEN and not gone
        verdict = review if guessed or shaky else fault
        yield verdict(
            subject,
            link.state.value,
            evidence=[
                quoted(holder.url, link.text or holder.title, holder.sha256),
                fetched(link.url, said),
            ],
            observed=said or link.url,
            limit="200",
            holder=holder.title,
            text=link.text,
            target=link.url,
            said=said,
        )


TEXTS = Texts(
    title=Text("政策与解读的链接有效", "Links between policies and interpretations work"),
    failure_title=Text("解读链接失效或指错", "Links between policies and interpretations fail"),
    messages={
        "broken": Message(
            Text(
                "“{holder}”页面上的链接“{text}”打不开（{said}）：{target}",
                "On “{holder}” the link “{text}” fails ({said}): {target}",
            ),
            Text(
                "把链接改为对应文件或解读的现有地址。",
                "Point the link at the document's present address.",
            ),
        ),
        "wrong_target": Message(
            Text(
                "“{holder}”页面上的链接“{text}”没有指向对应的文件或解读：{target}",
                "On “{holder}” the link “{text}” leads to another document: {target}",
            ),
            Text("把链接改为对应文件或解读的地址。", "Point the link at the right document."),
        ),
    },
)

CHECK = Check(
    id="broken-interpretation-link",
    scope="site",
    settings=BrokenInterpretationLinkSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="二（一）2",
            quote="并做好政策文件的相互链接",
            verified=True,
        ),
    ),
    find=find,
)
