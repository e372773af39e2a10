"""无障碍: what the browser finds that keeps people with impairments out.

axe-core is run on the home page, a column, an article and the search page. One finding for each rule,
whatever page breaks it. Only what the engine calls a certain violation is a fault; what it leaves open,
such as contrast on a picture, a person looks at. A few pictures without words are tolerated.
"""

from collections.abc import Iterator, Sequence

from pydantic import Field

from audit.api import (
    AccessRule,
    AsOf,
    Basis,
    Check,
    Message,
    PageKind,
    Reading,
    Reason,
    RuleOnPage,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    examined,
    fault,
    ok,
    review,
    unknown,
    url_key,
)


class AccessibilityFaultSettings(Settings):
    """The share of pictures that must have words, and how many elements of a page are shown."""

    alternatives: float = Field(gt=0, le=1)
    shown: int = Field(gt=0)


def find(
    reading: Reading,
    settings: AccessibilityFaultSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every rule that applied to a page, and say which pages could not be examined."""
    found = reading.examined
    for page in found.pages:
        if page.examination is None:
            title = page.title or page.url
            subject = Subject(SubjectKind.PAGE, url_key(page.url), page.url, title)
            yield unknown(subject, page.reason or Reason.NOTHING_FOUND)
    home = next((one for one in found.pages if one.kind is PageKind.HOME), None)
    seen = home is not None and home.examination is not None
    unseen = None if seen else (home and home.reason) or Reason.NOTHING_FOUND
    for rule in found.rules:
        yield _judge(reading, rule, settings, unseen)


def _judge(
    reading: Reading,
    rule: AccessRule,
    settings: AccessibilityFaultSettings,
    unseen: Reason
    | None,  # why the home page was not examined: other pages alone prove no rule kept
) -> Verdict:
    broken = () if _is_tolerated(rule, settings) else rule.broken
    places = broken or (() if rule.broken else rule.doubtful)
    card = reading.card
    where = places[0].page.url if places else card.home
    subject = Subject(SubjectKind.SITE, "/", where, card.name, rule.rule)
    if not places:
        return ok(subject) if unseen is None else unknown(subject, unseen)
    count = sum(one.rule.count for one in places)
    return (fault if broken else review)(
        subject,
        "broken" if broken else "doubtful",
        evidence=[examined(one, settings.shown) for one in places],
        observed=str(count),
        limit="0",
        rule=rule.rule,
        name=rule.name,
        pages=_named(places),
        count=count,
        remedy=rule.remedy,
    )


def _is_tolerated(rule: AccessRule, settings: AccessibilityFaultSettings) -> bool:
    """Whether nearly all pictures of the pages have words."""
    if not rule.pictures or not rule.broken:
        return False
    without = sum(one.rule.count for one in rule.broken)
    looked = sum(one.rule.checked for one in rule.broken)
    return looked > 0 and 1 - without / looked >= settings.alternatives


def _named(places: Sequence[RuleOnPage]) -> Text:
    said = [(NAMES[one.page.kind], one.rule.count) for one in places]
    return Text(
        "、".join(f"{name.zh}{count}处" for name, count in said),
        ", ".join(f"{name.en} {count}" for name, count in said),
    )


NAMES = {
    PageKind.HOME: Text("首页", "home page"),
    PageKind.LIST: Text("栏目页", "column"),
    PageKind.ARTICLE: Text("正文页", "article"),
    PageKind.SEARCH: Text("搜索页", "search page"),
}
MEND = Text("{remedy}", "{remedy}")
TEXTS = Texts(
    title=Text("网页可供残障人士和老年人使用", "People with impairments can use the pages"),
    failure_title=Text("无障碍问题", "Pages that keep people with impairments out"),
    messages={
        "broken": Message(Text("{name}（{rule}）：{pages}。", "{name} ({rule}): {pages}."), MEND),
        "doubtful": Message(
            Text(
                "{name}（{rule}）：{pages}，程序无法断定，需人工查看。",
                "{name} ({rule}): {pages}; a person must look.",
            ),
            MEND,
        ),
    },
)

CHECK = Check(
    id="accessibility-fault",
    scope="site",
    settings=AccessibilityFaultSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="GB/T 37668-2019 信息技术 互联网内容无障碍可访问性技术要求与测试方法",
            clause="网页内容的可感知、可操作、可理解",
            quote="网页内容应有替代文本、标签、足够的对比度，能用键盘操作",
            verified=False,
        ),
        Basis(
            document="互联网网站适老化通用设计规范（2021年）",
            clause="网页无障碍",
            quote="网站应便于老年人和残障人士使用",
            verified=False,
        ),
    ),
    find=find,
    needs=("browser",),
)
