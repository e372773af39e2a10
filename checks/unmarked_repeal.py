"""废止失效未标注: a document that was repealed does not say so on its own page.

Decisions that repeal others are read for the numbers and titles that they name. A document of the
site's own units whose number is named, and whose page carries no mark, is a fault; where only its title
is named a person must look: the decision may cite it. So must one where the page speaks of an end in words
that are no known mark; that it ends an earlier document is none. An older decision repeals another.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Decree,
    Message,
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
    unknown,
    url_key,
)


class UnmarkedRepealSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: UnmarkedRepealSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every document that a decision repeals."""
    for decree in reading.decrees:
        if decree.repealed_by:
            yield _judge(decree)


def _judge(decree: Decree) -> Verdict:
    subject = Subject(SubjectKind.PAGE, url_key(decree.url), decree.url, decree.title)
    if decree.validity:
        return ok(subject, observed=decree.validity)
    if decree.thin:
        return unknown(subject, Reason.NOTHING_FOUND)
    code = "named" if not decree.by_number else "hinted" if decree.hint else "unmarked"
    return (fault if code == "unmarked" else review)(
        subject,
        code,
        evidence=[
            quoted(decree.url, decree.title, decree.sha256),
            quoted(decree.repealed_by, decree.repealed_title),
        ],
        observed="—",
        limit="废止、失效",
        number=decree.number or "—",
        decision=decree.repealed_title,
        url=decree.repealed_by,
        hint=decree.hint,
    )


TEXTS = Texts(
    title=Text("废止失效的文件有标注", "Repealed documents say so"),
    failure_title=Text("废止失效未标注", "Repealed documents do not say so"),
    messages={
        "unmarked": Message(
            Text(
                "“{decision}”已废止{number}，该文件的页面没有标注废止或失效。",
                "“{decision}” repeals {number}; its own page does not say so.",
            ),
            Text("在原文页面标注废止或失效。", "Mark the document as repealed on its own page."),
        ),
        "hinted": Message(
            Text(
                "“{decision}”已废止{number}，该文件的页面写着“{hint}”，是不是标注需人工确认。",
                "“{decision}” repeals {number}; its own page says “{hint}”: is that a mark?",
            ),
            Text("在原文页面明确标注废止或失效。", "Mark the document plainly as repealed."),
        ),
        "named": Message(
            Text(
                "“{decision}”提到这份文件，可能已经废止，页面没有标注，需人工确认。",
                "“{decision}” names this document; it may be repealed and is not marked.",
            ),
            Text("已经废止的，在原文页面标注。", "Mark it where it is repealed."),
        ),
    },
)

CHECK = Check(
    id="unmarked-repeal",
    scope="site",
    settings=UnmarkedRepealSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办发〔2017〕47号 政府网站发展指引",
            clause="第四章 网站功能 文件资料",
            quote="对修改、废止、失效的文件应及时公开，并在已发布的原文件上作出明确标注",
            verified=False,
        ),
    ),
    find=find,
)
