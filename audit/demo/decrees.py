"""What the highway bureau's documents do not say: a mark of openness, and that one was repealed."""

from collections.abc import Sequence

import msgspec

from audit.demo.records import Article, Column, Section

POLICIES, NOTICES = "col2103", "col2102"


def with_repeal(sections: Sequence[Section], owner: str) -> tuple[Section, ...]:
    """The newest notice repeals the second policy; the newest policy shows its number only."""
    policies = next(c for one in sections for c in one.columns if c.code == POLICIES).articles
    return tuple(
        msgspec.structs.replace(
            section, columns=tuple(_changed(column, policies, owner) for column in section.columns)
        )
        for section in sections
    )


def _changed(column: Column, policies: Sequence[Article], owner: str) -> Column:
    if column.code == POLICIES:
        first, *others = column.articles
        bare = msgspec.structs.replace(
            first,
            written=None,
            paragraphs=(first.number, *(p for p in first.paragraphs if "此件" not in p)),
        )
        return msgspec.structs.replace(column, articles=(bare, *others))
    if column.code == NOTICES:
        first, *others = column.articles
        return msgspec.structs.replace(
            column, articles=(_repeal(first, policies[1], owner), *others)
        )
    return column


def _repeal(notice: Article, policy: Article, owner: str) -> Article:
    return msgspec.structs.replace(
        notice,
        title=f"{owner}关于废止一份文件的公告",
        paragraphs=(
            f"经清理，决定废止{policy.number}文件，自公布之日起不再执行。",
            "各单位要做好衔接，已经依照该文件受理的事项，按照现行规定办理。",
            *notice.paragraphs[-2:],
        ),
    )
