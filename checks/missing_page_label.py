"""页面标签缺失: pages lack the meta labels that the norm asks for.

The home page needs the site's labels, a list page those of its column too, an article its own as
well. Every page that was read is looked at, and each kind of page is one finding: its template lacks
the label. A label that is missing, empty, null or cannot be read as what it is fails where most pages
of the kind are so, and goes to review where few are; one that differs from headline, address or the
known form of codes goes to review. Pages without the first label of their kind, which most others
carry, were made by another template: they do not count among these, and where these are in order, a
person looks at them, unless they are at a folder's address and no article is: columns of one text need
the column's labels only. Where script writes labels nothing is missing for certain.
A label under property= counts, and case plays no part.
"""

from collections.abc import Iterator, Sequence

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    LabelProblem,
    Message,
    PageCard,
    PageKind,
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
    review,
    table,
    unknown,
)


class MissingPageLabelSettings(Settings):
    """How many pages of a kind the evidence names, and the share from which the template is at fault."""

    pages: int = Field(gt=0)
    share: float = Field(gt=0, le=1)


KINDS: tuple[PageKind, ...] = (PageKind.HOME, PageKind.LIST, PageKind.ARTICLE)
FIRST = {PageKind.LIST: "ColumnName", PageKind.ARTICLE: "ArticleTitle"}
CERTAIN = (LabelProblem.MISSING, LabelProblem.VOID, LabelProblem.MALFORMED)


def find(
    reading: Reading,
    settings: MissingPageLabelSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the labels of each kind of page."""
    pages: dict[PageKind, list[PageCard]] = {kind: [] for kind in KINDS}
    for page in reading.pages:
        if page.kind in pages:
            pages[page.kind].append(page)
    for kind, own in pages.items():
        if own:
            yield _judge(reading, kind, _comparable(kind, own), settings)


def _comparable(kind: PageKind, pages: list[PageCard]) -> list[PageCard]:
    """The pages without those that another template made; with them where the rest is in order."""
    first = FIRST.get(kind)
    carry = [page for page in pages if first not in _missing(page)]
    if 2 * len(carry) <= len(pages):
        return pages
    if any(page.labels for page in carry):
        return carry
    if any(_is_folder(page) for page in carry):
        return pages
    return [page for page in pages if first not in _missing(page) or not _is_folder(page)]


def _is_folder(page: PageCard) -> bool:
    """Whether its address is a column's, whose own words may look like an article's."""
    return page.url.endswith("/")


def _judge(
    reading: Reading, kind: PageKind, pages: Sequence[PageCard], settings: MissingPageLabelSettings
) -> Verdict:
    certain = [page for page in pages if _certain(page) and not page.labels_fill]
    doubtful = [page for page in pages if page.labels and not _certain(page)]
    open_ = [page for page in pages if _certain(page) and page.labels_fill]
    faulty = certain or doubtful
    card = reading.card
    first = (faulty or open_ or pages)[0]
    subject = Subject(SubjectKind.SITE, "/", first.url, card.name, kind.value)
    if not faulty:
        return unknown(subject, Reason.NEEDS_BROWSER) if open_ else ok(subject)
    labels = [
        label for page in faulty for label in page.labels if not certain or label.problem in CERTAIN
    ]
    gone = [label for label in labels if certain and label.problem is not LabelProblem.MALFORMED]
    most = len(certain) >= settings.share * len(pages)
    verdict = fault if certain and most else review
    code = "missing" if gone else "malformed" if certain else "differs"
    return verdict(
        subject,
        code if most or not certain else f"{code}_on_some",
        evidence=[
            table(
                page.url,
                (f"{one.name}={one.value}（{PROBLEMS[one.problem].zh}）" for one in page.labels),
            )
            for page in faulty[: settings.pages]
        ],
        observed=str(len(faulty)),
        limit="0",
        names="、".join(dict.fromkeys(label.name for label in gone or labels)),
        kind=NAMES[kind],
        total=len(pages),
        faulty=len(faulty),
    )


def _missing(page: PageCard) -> set[str]:
    return {label.name for label in page.labels if label.problem is LabelProblem.MISSING}


def _certain(page: PageCard) -> bool:
    return any(label.problem in CERTAIN for label in page.labels)


PROBLEMS = {
    LabelProblem.MISSING: Text("没有", "missing"),
    LabelProblem.VOID: Text("内容是空的", "void"),
    LabelProblem.MALFORMED: Text("写法不对", "malformed"),
    LabelProblem.DIFFERS: Text("与页面不一致", "differs"),
}
NAMES = {
    PageKind.HOME: Text("首页", "home"),
    PageKind.LIST: Text("栏目页", "column"),
    PageKind.ARTICLE: Text("正文页", "article"),
}
COUNTED = "读到的{kind}共{total}个，其中{faulty}个有这个问题。"
COUNTED_EN = " Of {total} {kind} pages {faulty} are so."
SOME = "只有少数页面如此，请打开确认。"
SOME_EN = " Only some pages are so: open them."
GONE = Text(
    f"{{kind}}没有标签或标签内容为空：{{names}}。{COUNTED}",
    f"Labels are missing or empty: {{names}}.{COUNTED_EN}",
)
WRONG = Text(
    f"{{kind}}的标签内容不合要求：{{names}}。{COUNTED}",
    f"Labels have contents that they must not have: {{names}}.{COUNTED_EN}",
)
ADD = Text(
    "在页面模板里补上这些标签并填写内容；同一模板的页面一次改好。",
    "Add and fill these labels in the page template; one template mends all its pages.",
)
FILL = Text(
    "按网页标签规范填写：SiteDomain只写域名，PubDate写成“年-月-日 时：分”的形式。",
    "Fill them as the norm says: SiteDomain is a bare host, PubDate is YYYY-MM-DD HH:MM.",
)
TEXTS = Texts(
    title=Text("页面标签齐全", "Page labels are complete"),
    failure_title=Text("页面标签缺失", "Page labels are missing"),
    messages={
        "missing": Message(GONE, ADD),
        "missing_on_some": Message(Text(GONE.zh + SOME, GONE.en + SOME_EN), ADD),
        "malformed": Message(WRONG, FILL),
        "malformed_on_some": Message(Text(WRONG.zh + SOME, WRONG.en + SOME_EN), FILL),
        "differs": Message(
            Text(
                f"{{kind}}的标签内容与页面或通常的写法不同，需人工确认：{{names}}。{COUNTED}",
                f"Labels differ from the page or from the usual form; a person must look: {{names}}.{COUNTED_EN}",
            ),
            Text(
                "对照页面标题、域名和登记的标识码，改正不对的标签。",
                "Compare with headline, host and registered code; correct what is wrong.",
            ),
        ),
    },
)

CHECK = Check(
    id="missing-page-label",
    scope="site",
    settings=MissingPageLabelSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办发〔2017〕47号 政府网站发展指引",
            clause="附件 网页标签规范",
            quote="网站标签SiteName、SiteDomain、SiteIDCode，栏目标签ColumnName、ColumnDescription、ColumnKeywords、ColumnType，内容页标签ArticleTitle、PubDate、ContentSource为必填",
            verified=False,
        ),
    ),
    find=find,
)
