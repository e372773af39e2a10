"""页面标签缺失: pages lack the meta labels that the norm asks for.

The home page needs the site's labels, a list page those of its column too, an article its own as
well. Some pages of each kind are looked at, always the same ones as far as they stand. A label that
is missing, empty, null or cannot be read as what it is fails; one that differs from headline,
address or the known form of codes goes to review. Where script writes labels nothing is missing
for certain. A label under property= counts, and case plays no part.
"""

from collections.abc import Iterator
from hashlib import sha256

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
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    page_subject,
    review,
    table,
    unknown,
    url_key,
)


class MissingPageLabelSettings(Settings):
    """How many pages of each kind are looked at."""

    pages: int = Field(gt=0)


KINDS: tuple[PageKind, ...] = (PageKind.HOME, PageKind.LIST, PageKind.ARTICLE)
CERTAIN = (LabelProblem.MISSING, LabelProblem.VOID, LabelProblem.MALFORMED)


def find(
    reading: Reading,
    settings: MissingPageLabelSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the labels of some pages of each kind."""
    sample = _Sample(settings.pages)
    for page in reading.pages:
        sample.take(page)
    for kind in KINDS:
        for page in sample.of(kind):
            yield _judge(page, sample.totals[kind], sample.faulty[kind])


def _judge(page: PageCard, total: int, faulty: int) -> Verdict:
    subject = page_subject(page)
    certain = [label for label in page.labels if label.problem in CERTAIN]
    if not page.labels:
        return ok(subject)
    if certain and page.labels_fill:
        return unknown(subject, Reason.NEEDS_BROWSER)
    shown = certain or page.labels
    gone = [one for one in certain if one.problem is not LabelProblem.MALFORMED]
    verdict = fault if certain else review
    return verdict(
        subject,
        "missing" if gone else "malformed" if certain else "differs",
        evidence=[
            table(page.url, (f"{one.name}={one.value} ({one.problem})" for one in page.labels))
        ],
        observed=str(len(shown)),
        limit="0",
        names="、".join(one.name for one in (gone or shown)),
        kind=NAMES[page.kind],
        total=total,
        faulty=faulty,
    )


class _Sample:
    """Pages of each kind whose addresses hash lowest; pages of one content count once."""

    def __init__(self, number: int) -> None:
        self.totals = dict.fromkeys(KINDS, 0)
        self.faulty = dict.fromkeys(KINDS, 0)
        self._number = number
        self._kept: dict[PageKind, list[tuple[str, str, PageCard]]] = {kind: [] for kind in KINDS}

    def take(self, page: PageCard) -> None:
        """Count a page, and keep it when it may be among the sample."""
        kept = self._kept.get(page.kind)
        if kept is None or any(page.sha256 == one.sha256 for _, _, one in kept):
            return
        self.totals[page.kind] += 1
        self.faulty[page.kind] += bool(page.labels)
        kept.append((sha256(url_key(page.url).encode()).hexdigest(), page.url, page))
        if len(kept) > self._number:
            kept.sort(key=_place)
            del kept[self._number :]

    def of(self, kind: PageKind) -> list[PageCard]:
        """The sample of a kind, in the order of addresses."""
        return sorted((page for _, _, page in self._kept[kind]), key=_url)


def _place(one: tuple[str, str, PageCard]) -> tuple[str, str]:
    return one[0], one[1]


def _url(page: PageCard) -> str:
    return page.url


NAMES = {
    PageKind.HOME: Text("首页", "home"),
    PageKind.LIST: Text("栏目页", "column"),
    PageKind.ARTICLE: Text("正文页", "article"),
}
COUNTED = "读到的{kind}共{total}个，有标签问题的{faulty}个。"
COUNTED_EN = " Of {total} {kind} pages {faulty} have label faults."
TEXTS = Texts(
    title=Text("页面标签齐全", "Page labels are complete"),
    failure_title=Text("页面标签缺失", "Page labels are missing"),
    messages={
        "missing": Message(
            Text(
                f"没有标签或标签内容为空：{{names}}。{COUNTED}",
                f"Labels are missing or empty: {{names}}.{COUNTED_EN}",
            ),
            Text(
                "在页面模板里补上这些标签并填写内容；同一模板的页面一次改好。",
                "Add and fill these labels in the page template; one template mends all its pages.",
            ),
        ),
        "malformed": Message(
            Text(
                f"标签内容不合要求：{{names}}。{COUNTED}",
                f"Labels have contents that they must not have: {{names}}.{COUNTED_EN}",
            ),
            Text(
                "按网页标签规范填写：SiteDomain只写域名，PubDate写成“年-月-日 时：分”的形式。",
                "Fill them as the norm says: SiteDomain is a bare host, PubDate is YYYY-MM-DD HH:MM.",
            ),
        ),
        "differs": Message(
            Text(
                f"标签内容与页面或通常的写法不同，需人工确认：{{names}}。{COUNTED}",
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
