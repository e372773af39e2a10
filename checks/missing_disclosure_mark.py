"""未标识公开属性: a document of the site's own units shows no mark of openness.

公开属性, 索引号 or a note such as 此件主动公开 at either end of the text is a mark. Documents of other
bodies are left out. What may stand in a picture or an attachment goes to review. It is a notice.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
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
    url_key,
)


class MissingDisclosureMarkSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: MissingDisclosureMarkSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every numbered document of the site's own units."""
    for decree in reading.decrees:
        if not decree.number:
            continue
        subject = Subject(SubjectKind.PAGE, url_key(decree.url), decree.url, decree.title)
        if decree.disclosure:
            yield ok(subject, observed=decree.disclosure)
            continue
        yield (review if decree.thin else fault)(
            subject,
            "thin" if decree.thin else "unmarked",
            evidence=[quoted(decree.url, f"{decree.title} {decree.number}", decree.sha256)],
            observed="0",
            limit="1",
            number=decree.number,
        )


TEXTS = Texts(
    title=Text("公文标识公开属性", "Documents show their mark of openness"),
    failure_title=Text("未标识公开属性", "Documents show no mark of openness"),
    messages={
        "unmarked": Message(
            Text(
                "{number}的页面没有公开属性（主动公开、依申请公开等）或索引号。",
                "The page of {number} shows neither a mark of openness nor an index number.",
            ),
            Text("在公文页面标明公开属性。", "Show the mark of openness on the page."),
        ),
        "thin": Message(
            Text(
                "{number}的页面没有读到公开属性，可能在图片或附件里，需人工确认。",
                "No mark of openness was read for {number}; a picture or document may show it.",
            ),
            Text("在公文页面标明公开属性。", "Show the mark of openness on the page."),
        ),
    },
)

CHECK = Check(
    id="missing-disclosure-mark",
    scope="site",
    settings=MissingDisclosureMarkSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="五（三）",
            quote="公文标识政府信息公开属性",
            verified=False,
        ),
    ),
    find=find,
)
