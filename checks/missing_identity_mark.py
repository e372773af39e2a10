"""底部标识: an identity mark that every government site must show is missing.

Looked for on the home page, a column page and an article page: sponsor, contact, ICP record,
police record, site code, party-and-government mark, correction entry. A mark found on any of them
is there, be it words, a link, a picture or a script that draws it. Where script or an unread frame
brings the footer, and where the pages read were too few, what was not seen is unknown.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Mark,
    Message,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    mark_name,
    ok,
    site_subject,
    unknown,
)


class MissingIdentityMarkSettings(Settings):
    """Which marks are required, and on how many pages they are looked for, unless there are fewer."""

    required: tuple[Mark, ...]
    pages: int = Field(gt=0)


def find(
    reading: Reading,
    settings: MissingIdentityMarkSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge each required mark."""
    for mark in reading.marks:
        if mark.mark not in settings.required:
            continue
        subject = site_subject(reading, mark.mark.value, mark=mark.mark.value)
        if mark.present:
            yield ok(subject, observed=mark.value)
        elif mark.reason is not None:
            yield unknown(subject, mark.reason)
        elif mark.seen_pages < settings.pages and not reading.complete:
            yield unknown(subject, Reason.PARTIAL_RUN)
        else:
            yield fault(
                subject,
                "missing",
                evidence=[fetched(mark.url or reading.card.home, "")],
                observed="0",
                limit="1",
                mark=mark_name(mark.mark),
                pages=mark.seen_pages,
            )


TEXTS = Texts(
    title=Text("底部标识齐全", "The identity marks are complete"),
    failure_title=Text("底部标识缺失", "Identity marks are missing"),
    messages={
        "missing": Message(
            Text(
                "查阅了{pages}个页面（首页、栏目页、正文页），没有见到{mark}。",
                "{mark} was not found on {pages} pages (home, column, article).",
            ),
            Text("在页面底部加上{mark}。", "Show {mark} in the footer."),
        ),
    },
)

CHECK = Check(
    id="missing-identity-mark",
    scope="site",
    settings=MissingIdentityMarkSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办发〔2017〕47号 政府网站发展指引",
            clause="网站标识",
            quote="党政机关网站标识、我为政府网站找错、网站标识码、ICP备案、公安备案、主办单位、联系方式",
            verified=False,
        ),
    ),
    find=find,
)
