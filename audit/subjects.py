"""What verdicts are about: subjects with their keys (DESIGN 5.3), and names of facts and marks."""

from audit.model import (
    Column,
    Direction,
    Fact,
    LinkTarget,
    Mark,
    PageCard,
    Pair,
    Subject,
    SubjectKind,
    Text,
    UnitFact,
)
from audit.reading import Reading
from audit.urls import key as url_key

FACT_NAMES = {
    Fact.FUNCTIONS: Text("单位职能", "functions"),
    Fact.STRUCTURE: Text("机构设置", "structure"),
    Fact.ADDRESS: Text("办公地址", "address"),
    Fact.HOURS: Text("办公时间", "hours"),
    Fact.CONTACT: Text("联系方式", "contact"),
    Fact.HEAD: Text("负责人姓名", "responsible person"),
}
MARK_NAMES = {
    Mark.SPONSOR: Text("主办单位", "the sponsor"),
    Mark.CONTACT: Text("联系方式", "the contact"),
    Mark.ICP: Text("ICP备案号", "the ICP record"),
    Mark.POLICE: Text("公安备案号", "the police record"),
    Mark.SITE_CODE: Text("网站标识码", "the site code"),
    Mark.PARTY_GOVERNMENT: Text("党政机关网站标识", "the party and government mark"),
    Mark.CORRECTION: Text("“我为政府网站找错”入口", "the correction entry"),
}


def site_subject(reading: Reading, aspect: str = "", **labels: str) -> Subject:
    """The site as a whole."""
    card = reading.card
    return Subject(SubjectKind.SITE, "/", card.home, card.name, aspect, labels)


def column_subject(column: Column) -> Subject:
    """A column; its key is its URL's, registered or not."""
    return Subject(
        SubjectKind.COLUMN,
        column.key,
        column.url,
        " › ".join(column.path) or column.name,
        labels={"class": column.klass.value, "level": column.level},
        column=column.key,
        column_name=column.name,
    )


def link_subject(target: LinkTarget) -> Subject:
    """A link: its subject is its target. Targets on other hosts are keyed by the whole address."""
    words = next((e.text for e in target.examples if e.text), "")
    return Subject(
        SubjectKind.LINK,
        target.url if target.outside else url_key(target.url),
        target.url,
        words or target.url,
        labels={
            "region": target.region.value,
            "level": target.level,
            "side": "outside" if target.outside else "inside",
        },
    )


def page_subject(page: PageCard, kind: SubjectKind = SubjectKind.PAGE) -> Subject:
    """A page; as an item it is what lists show."""
    return Subject(kind, url_key(page.url), page.url, page.title or page.url, column=page.column)


def item_subject(column: Column, url: str, title: str) -> Subject:
    """A row of a column; its key is the address it leads to."""
    above = column_subject(column)
    return Subject(
        SubjectKind.ITEM, url_key(url), url, title or url,
        labels=above.labels, column=above.column, column_name=above.column_name,
    )  # fmt: skip


def pair_subject(pair: Pair, direction: Direction) -> Subject:
    """One direction of a policy and its interpretation, keyed by both addresses."""
    other = url_key(pair.interpretation.url) if pair.interpretation else ""
    return Subject(
        SubjectKind.PAIR,
        f"{url_key(pair.policy.url)} {other}".strip(),
        pair.policy.url,
        pair.policy.title,
        direction.value,
        {"direction": direction.value},
    )


def search_subject(reading: Reading, aspect: str = "") -> Subject:
    """The site's search."""
    card = reading.card
    return Subject(SubjectKind.SEARCH, "/", card.home, card.name, aspect)


def fact_name(fact: Fact) -> Text:
    """The name of a fact for people; as a value it is said in the report's language."""
    return FACT_NAMES[fact]


def mark_name(mark: Mark) -> Text:
    """The name of an identity mark for people."""
    return MARK_NAMES[mark]


def unit_subject(fact: UnitFact) -> Subject:
    """One fact of one unit."""
    return Subject(
        SubjectKind.UNIT, fact.unit, fact.url, fact.unit_name, fact.fact.value,
        {"fact": fact.fact.value},
    )  # fmt: skip
