"""领导信息不全: the pages of the leaders leave out a part that the norm asks for.

Names, duties and résumés are looked for on all leaders' pages together and on those of persons that they
link to; what such a page holds that was not read, or is another host's, is unknown. A picture leads to a
leader only where the page calls itself by a name; another page that may show more is unknown. Duties or
résumés that no page shows are a fault; where pictures or documents may show them, where no word is known
as a name, and where posts are said to be vacant and nobody is named, a person must look. Registered names
that no page shows go to review: the register or the page is out of date. Photographs are not judged: small
pictures are not told from decoration.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Evidence,
    Leaders,
    Message,
    Reading,
    Reason,
    Settings,
    Subject,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    review,
    site_subject,
    table,
    unknown,
)


class IncompleteLeaderInfoSettings(Settings):
    """The parts that are due."""

    parts: tuple[str, ...]


PARTS = {
    "name": Text("姓名", "names"),
    "duties": Text("分工", "duties"),
    "resume": Text("简历", "résumés"),
}


NEVER_SURE = {"name"}  # names are too many to be sure that none of a page's words is one


def find(
    reading: Reading,
    settings: IncompleteLeaderInfoSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge each part over the pages of the leaders."""
    found = reading.leaders
    if not found.pages:
        yield unknown(site_subject(reading), found.unseen or Reason.NOTHING_FOUND)
        return
    for part in settings.parts:
        yield _judge(part, found, site_subject(reading, part))
    if found.registered:
        yield _registered(found, site_subject(reading, "register"))


def _judge(part: str, found: Leaders, subject: Subject) -> Verdict:
    if part in found.parts:
        return ok(subject)
    if found.unseen is not None:
        return unknown(subject, found.unseen)
    open_to_doubt = part in NEVER_SURE or found.vacant
    code = "pictured" if found.pictured else "unread" if open_to_doubt else "missing"
    return (fault if code == "missing" else review)(
        subject,
        code,
        evidence=_pages(found),
        observed="0",
        limit="1",
        part=PARTS[part],
        pages=len(found.pages),
    )


def _registered(found: Leaders, subject: Subject) -> Verdict:
    if not found.names:
        return ok(subject, observed=str(found.registered))
    if found.unseen is not None:
        return unknown(subject, found.unseen)
    shown = found.registered - len(found.names)
    return review(
        subject, "unlisted", evidence=_pages(found), observed=str(shown),
        limit=str(found.registered), names="、".join(found.names),
    )  # fmt: skip


def _pages(found: Leaders) -> list[Evidence]:
    return [table(url, [title], sha256) for url, title, sha256 in found.pages[:5]]


TEXTS = Texts(
    title=Text("领导信息齐全", "Leaders are described in full"),
    failure_title=Text("领导信息不全", "The information on leaders is incomplete"),
    messages={
        "missing": Message(
            Text(
                "领导信息的{pages}个页面都没有{part}。",
                "Not one of the {pages} leaders pages shows {part}.",
            ),
            Text("在领导信息栏目补充{part}。", "Add {part} to the leaders pages."),
        ),
        "unread": Message(
            Text(
                "领导信息的{pages}个页面没有读到{part}，需人工确认。",
                "{part} were not read on {pages} leaders pages.",
            ),
            Text("在领导信息栏目补充{part}。", "Add {part} to the leaders pages."),
        ),
        "pictured": Message(
            Text(
                "领导信息的{pages}个页面没有读到{part}，可能在图片或附件里，需人工确认。",
                "{part} was not read on {pages} leaders pages; pictures may show it.",
            ),
            Text("以文字公开{part}。", "Publish {part} as text."),
        ),
        "unlisted": Message(
            Text(
                "登记的领导没有出现在领导信息页面上：{names}，需人工确认是登记过时还是网页过时。",
                "Registered leaders that no page shows: {names}.",
            ),
            Text("更新领导信息页面，或更新登记。", "Update the pages or the register."),
        ),
    },
)

CHECK = Check(
    id="incomplete-leader-info",
    scope="site",
    settings=IncompleteLeaderInfoSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办发〔2017〕47号 政府网站发展指引",
            clause="第四章 网站功能 负责人信息",
            quote="负责人信息包括姓名、照片、简历、主管或分管工作、重要讲话",
            verified=False,
        ),
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="五（三）",
            quote="负责人姓名",
            verified=False,
        ),
    ),
    find=find,
)
