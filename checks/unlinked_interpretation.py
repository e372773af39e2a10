"""政策与解读未相互链接: a policy and its interpretation do not point at each other.

Both directions are required. Each direction of each pair is a subject of its own. A link that
leads nowhere or to the wrong document belongs to broken-interpretation-link. To review go a pair
that was matched by likeness of titles alone (that the two belong together is our reading) and a
policy that links to another of its interpretations (the duty can be read either way).
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Direction,
    DirectionState,
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
    pair_subject,
    quoted,
    review,
    unknown,
)


class UnlinkedInterpretationSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: UnlinkedInterpretationSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge both directions of every pair."""
    pairs = [pair for pair in reading.pairs if pair.interpretation is not None]
    linked = {pair.policy.url for pair in pairs if pair.forward.state is DirectionState.OK}
    for pair in pairs:
        if not pair.policy.outside:  # what another site's page links to is not this site's duty
            yield _judge(pair, Direction.FORWARD, served=pair.policy.url in linked)
        if pair.interpretation and not pair.interpretation.outside:
            yield _judge(pair, Direction.BACK, served=False)


def _judge(pair: Pair, direction: Direction, *, served: bool) -> Verdict:
    link = pair.forward if direction is Direction.FORWARD else pair.back
    subject = pair_subject(pair, direction)
    if link.state is DirectionState.NOT_ASSESSED:
        return unknown(subject, link.reason or pair.reason or Reason.NEEDS_BROWSER)
    if link.state is not DirectionState.MISSING or pair.interpretation is None:
        return ok(subject)
    doubtful = served or pair.matched_by == "similarity" or pair.policy.is_others
    verdict = review if doubtful else fault
    return verdict(
        subject,
        direction.value,
        evidence=[
            quoted(pair.policy.url, pair.policy.title, pair.policy.sha256),
            quoted(pair.interpretation.url, pair.interpretation.title, pair.interpretation.sha256),
        ],
        observed="0",
        limit="1",
        policy=pair.policy.title,
        interpretation=pair.interpretation.title,
    )


TEXTS = Texts(
    title=Text("政策文件与解读相互链接", "Policies and interpretations are cross-linked"),
    failure_title=Text("政策文件与解读未相互链接", "Policies and interpretations lack links"),
    messages={
        "forward": Message(
            Text(
                "政策文件“{policy}”的页面没有链接到它的解读“{interpretation}”。",
                "The policy “{policy}” has no link to its interpretation “{interpretation}”.",
            ),
            Text(
                "在政策文件页面的正文或“相关解读”处加上解读的链接。",
                "Add a link to the interpretation on the policy's page.",
            ),
        ),
        "back": Message(
            Text(
                "解读“{interpretation}”的页面没有链接到政策文件“{policy}”。",
                "The interpretation “{interpretation}” has no link to the policy “{policy}”.",
            ),
            Text(
                "在解读页面的正文或“相关文件”处加上政策文件的链接。",
                "Add a link to the policy on the interpretation's page.",
            ),
        ),
    },
)

CHECK = Check(
    id="unlinked-interpretation",
    scope="site",
    settings=UnlinkedInterpretationSettings,
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
