"""办事指南要素不全: the guide of a service leaves out an element class that the norm asks for.

Eight classes are looked for by their usual names in the guide's text and labels. A guide that shows
several of them and lacks others is a fault; one that shows hardly any, or whose elements may stand in
a document, a picture, on another page or on the provincial hall, goes to review. Frames and script leave it unknown.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
    ServiceGuide,
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
    unknown,
    url_key,
)


class IncompleteServiceGuideSettings(Settings):
    """The element classes that are due, and how many must be seen before others are called lacking."""

    elements: tuple[str, ...]
    least: int


def find(
    reading: Reading,
    settings: IncompleteServiceGuideSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every guide of a service."""
    found = reading.services
    for guide in found.guides:
        yield _judge(guide, settings)
    if not found.guides and found.unseen is not None:
        yield unknown(site_subject(reading), found.unseen)


def _judge(guide: ServiceGuide, settings: IncompleteServiceGuideSettings) -> Verdict:
    subject = Subject(SubjectKind.PAGE, url_key(guide.url), guide.url, guide.title)
    lacking = [name for name in guide.lacking if name in settings.elements]
    if not lacking:
        return ok(subject, observed=str(len(guide.present)))
    if guide.doubt is not None:
        return unknown(subject, guide.doubt)
    code = _code(guide, settings.least)
    return (fault if code == "lacking" else review)(
        subject,
        code,
        evidence=[quoted(guide.url, guide.title, guide.sha256)],
        observed=str(len(settings.elements) - len(lacking)),
        limit=str(len(settings.elements)),
        title=guide.title,
        lacking="、".join(lacking),
        url=guide.sends_on or guide.onward,
    )


def _code(guide: ServiceGuide, least: int) -> str:
    if guide.sends_on:
        return "elsewhere"
    if guide.onward:
        return "onward"
    if guide.shown < least:
        return "thin"
    return "pictured" if guide.pictured else "lacking"


TEXTS = Texts(
    title=Text("办事指南要素齐全", "Service guides are complete"),
    failure_title=Text("办事指南要素不全", "Service guides are incomplete"),
    messages={
        "lacking": Message(
            Text(
                "办事指南“{title}”缺少：{lacking}。",
                "The guide “{title}” lacks: {lacking}.",
            ),
            Text("补全办事指南的要素：{lacking}。", "Add what is lacking: {lacking}."),
        ),
        "thin": Message(
            Text(
                "“{title}”看来是办事指南，但只读到很少的要素，缺少：{lacking}，内容可能在附件或图片里，需人工确认。",
                "“{title}” looks like a guide but shows few elements; not seen: {lacking}.",
            ),
            Text("补全办事指南的要素：{lacking}。", "Add what is lacking: {lacking}."),
        ),
        "pictured": Message(
            Text(
                "办事指南“{title}”没有读到：{lacking}，可能在图片或附件里，需人工确认。",
                "The guide “{title}” does not show in words: {lacking}; pictures or documents may.",
            ),
            Text(
                "补全办事指南的要素：{lacking}；在图片或附件里的，用文字写出。",
                "Add what is lacking: {lacking}; write in words what pictures show.",
            ),
        ),
        "onward": Message(
            Text(
                "办事指南“{title}”链接到本站的另一页（{url}），本页没有：{lacking}，需人工确认那里是否齐全。",
                "The guide “{title}” goes on at {url}; not on this page: {lacking}.",
            ),
            Text(
                "把要素写在同一个页面，或确认另一页齐全。",
                "Show all on one page, or see that the other has it.",
            ),
        ),
        "elsewhere": Message(
            Text(
                "办事指南“{title}”链接到别的平台（{url}），本页没有：{lacking}，需人工确认那里是否齐全。",
                "The guide “{title}” sends on to {url}; not here: {lacking}.",
            ),
            Text("确认链接的页面要素齐全。", "Make sure that the linked page is complete."),
        ),
    },
)

CHECK = Check(
    id="incomplete-service-guide",
    scope="site",
    settings=IncompleteServiceGuideSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 6 服务不实用（2）",
            quote="办事指南的事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程",
            verified=False,
        ),
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（三）",
            quote="实施清单基本要素",
            verified=False,
        ),
    ),
    find=find,
)
