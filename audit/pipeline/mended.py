"""A part that was mended is named by no verdict: that its whole is in order says so.

A check that finds one kind of number on a page says of the mended page that nothing is amiss with it; one
that names the items of a column says of the mended column that all are in order.
"""

from collections.abc import Collection, Mapping

import msgspec

from audit.api import finding_id
from audit.model import Column, Subject, SubjectKind
from audit.pipeline.judged import Judged
from audit.pipeline.leftover import last_verdicts, left_over
from audit.store import RunRow, Store


def with_mended(judged: Judged, store: Store, run: RunRow, varying: Collection[str] = ()) -> Judged:
    """The judgement with the findings whose page or column was seen in order as a whole."""
    left = [*left_over(judged, store, run, varying)]
    if not left:
        return judged
    passed = judged.passed()
    columns = {site.card.id: {one.key: one for one in site.columns} for site in judged.sites}
    mended: dict[str, str] = {}
    for one, _, verdict in last_verdicts(left, store):
        whole = _whole_of(verdict.subject, columns.get(one.site, {}))
        if whole and judged.identity(finding_id(one.check, one.site, whole)) in passed:
            mended[one.id] = one.check
    return msgspec.structs.replace(judged, removed={**judged.removed, **mended})


def _whole_of(subject: Subject, columns: Mapping[str, Column]) -> Subject | None:
    """The page of a part of it, the column of an item when it was read to its end."""
    if subject.kind is SubjectKind.PAGE and subject.aspect:
        return msgspec.structs.replace(subject, aspect="")
    column = columns.get(subject.column) if subject.kind is SubjectKind.ITEM else None
    if column is None or column.unavailable or column.unread_pages or column.script_fills:
        return None
    return Subject(SubjectKind.COLUMN, column.key, column.url, column.name)
