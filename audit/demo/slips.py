"""What stands in notices of the demo's department by mistake, and what only looks like a mistake."""

from collections.abc import Iterable
from typing import Final

import msgspec

from audit.demo import faults
from audit.demo.records import Article

# no day and no person: nobody was born on that day, the check digit is right
ID_NUMBER: Final = "530000190001010002"

_HEADS: Final = {faults.MARKED: "机密★1年"}
_TAILS: Final = {
    faults.MISSTATED: "请按照《中国人民共和国公路法》的规定执行。",
    faults.SLIP: "各单位要认真制定工作方案，健全完善应急完善信息报送机制，做好政策解读解读工作。",
    faults.PLACEHOLDER: "联系处室：[object Object]",
    faults.GARBLED: "附表所列路段锟斤拷已完成复核。",
    faults.EXPOSED: f"入选人员李示例，身份证号：{ID_NUMBER}。",
    faults.PROOFREAD: (
        "依据中国人民政治协商会议示例省委员会提案，请各单位研究研究，公布署名方案；"
        "监察大队大队长负责，公示期不少于5个工作日。本批次统一社会信用代码："
        f"{ID_NUMBER}；身份证号已作处理：53*************002。"
    ),
}


def with_slips(articles: Iterable[Article]) -> list[Article]:
    """The articles with what stands in some of them by mistake."""
    return [msgspec.structs.replace(one, paragraphs=_paragraphs(one)) for one in articles]


def _paragraphs(article: Article) -> tuple[str, ...]:
    head, tail = _HEADS.get(article.path), _TAILS.get(article.path)
    text = article.paragraphs
    if tail:
        text = (text[0], tail, *text[1:])
    return (head, *text) if head else text
