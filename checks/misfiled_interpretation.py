"""未在政策解读专栏: an interpretation is not listed in the column for interpretations.

A column counts when its name or the register makes it one of interpretations; a page that a list of
it shows, or whose breadcrumb names it, is in place. Where lists were not read to their end, or
script fills them, a page may be in place unseen. A site without such a column goes to review: it
may be called something else.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Column,
    ColumnClass,
    Message,
    Pair,
    Reading,
    Reason,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    quoted,
    review,
    site_subject,
    table,
    unknown,
    url_key,
)


class MisfiledInterpretationSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: MisfiledInterpretationSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge where every interpretation of the site stands."""
    pairs = {
        pair.interpretation.url: pair
        for pair in reading.pairs
        if pair.interpretation is not None
        and pair.interpretation.sha256
        and pair.matched_by != "similarity"
    }
    columns = [one for one in reading.columns if one.klass is ColumnClass.INTERPRETATION]
    if pairs and not columns:
        yield _without_column(reading, list(pairs.values()))
        return
    unread = _unread(reading, columns)
    for url in sorted(pairs):
        yield _judge(pairs[url], columns, unread)


def _without_column(reading: Reading, pairs: list[Pair]) -> Verdict:
    subject = site_subject(reading)
    if not reading.complete:
        return unknown(subject, Reason.PARTIAL_RUN)
    rows = [pair.interpretation.title for pair in pairs[:5] if pair.interpretation]
    return review(
        subject, "no_column", evidence=[table(reading.card.home, rows)], observed="0", limit="1",
        pages=len(pairs),
    )  # fmt: skip


def _unread(reading: Reading, columns: list[Column]) -> Reason | None:
    """Why a list may hold the page unseen; None: all were read."""
    for column in columns:
        if column.unavailable:
            return column.unavailable
        if column.unread_pages:
            return column.unread_reason or Reason.BUDGET
        if column.script_fills:
            return Reason.NEEDS_BROWSER
    return None if reading.complete else Reason.PARTIAL_RUN


def _judge(pair: Pair, columns: list[Column], unread: Reason | None) -> Verdict:
    shown = pair.interpretation
    if shown is None:
        return unknown(Subject(SubjectKind.PAGE, "", "", ""), Reason.NOTHING_FOUND)
    subject = Subject(
        SubjectKind.PAGE, url_key(shown.url), shown.url, shown.title, column=shown.column
    )
    if shown.listed:
        return ok(subject, observed=shown.column)
    if unread:
        return unknown(subject, unread)
    names = "、".join(sorted({column.name for column in columns}))
    return fault(
        subject,
        "misfiled",
        evidence=[
            quoted(shown.url, shown.title, shown.sha256),
            table(columns[0].url, [row.title for row in columns[0].rows[:5]], columns[0].sha256),
        ],
        observed=shown.column,
        limit=names,
        interpretation=shown.title,
        columns=names,
    )


TEXTS = Texts(
    title=Text("解读都在政策解读专栏", "Interpretations stand in their column"),
    failure_title=Text("解读未在政策解读专栏发布", "Interpretations stand outside their column"),
    messages={
        "misfiled": Message(
            Text(
                "解读“{interpretation}”没有列在政策解读专栏（{columns}）。",
                "The interpretation “{interpretation}” is not listed in the column for "
                "interpretations ({columns}).",
            ),
            Text(
                "把解读发布到政策解读专栏，或在专栏中列出。",
                "List the interpretation in the column.",
            ),
        ),
        "no_column": Message(
            Text(
                "网站有{pages}篇解读，没有找到政策解读专栏。",
                "The site has {pages} interpretations and no column for them was found.",
            ),
            Text(
                "设置政策解读专栏；专栏用了别的名称的，在配置中登记。",
                "Set up the column, or register it in the configuration.",
            ),
        ),
    },
)

CHECK = Check(
    id="misfiled-interpretation",
    scope="site",
    settings=MisfiledInterpretationSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="二（一）2",
            quote="在厅网站政策解读专栏发布",
            verified=True,
        ),
    ),
    find=find,
)
