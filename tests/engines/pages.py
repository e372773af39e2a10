"""What the sites of the engines have published: invented headlines, in columns, with their days."""

import msgspec


class Paper(msgspec.Struct, frozen=True):
    """One article; `slug` is the last part of its address."""

    slug: str
    title: str
    day: str


class Section(msgspec.Struct, frozen=True):
    """One column and its articles, the newest first."""

    slug: str
    title: str
    papers: tuple[Paper, ...]


NAME = "示例交通运输厅"
_TITLES = {
    ("dongtai", "交通新闻"): (
        "示例高速公路全线建成通车运营",
        "全省农村公路养护工作现场推进会召开",
        "冬春季道路运输安全检查全面展开",
        "交通运输系统防汛应急演练圆满结束",
        "滨江旅游码头改造工程通过竣工验收",
        "城乡公交一体化示范线路开通运行",
        "普通国省道路面改善工程有序推进",
        "交通运输执法队伍集中培训顺利结业",
        "智慧港口远程操控系统投入试运行",
        "山区隧道照明节能改造取得实效",
    ),
    ("gonggao", "通知公告"): (
        "水运工程质量监督抽查结果的公告",
        "汛期航道安全保障工作有关事项的通知",
        "交通建设项目招标文件示范文本公示",
        "危险货物道路运输企业名单公示",
        "公路养护作业单位资质审批结果公告",
        "端午假期收费公路通行服务保障通知",
        "客运站实名制售票工作有关要求的通知",
        "内河船舶防污染设施改造补助资金公示",
        "出租汽车驾驶员从业资格考试安排公告",
        "交通运输行业节能减排项目申报通知",
    ),
    ("zhengce", "政策文件"): (
        "农村公路建设质量管理实施细则",
        "道路旅客运输企业安全管理规范",
        "水路运输市场信用信息管理暂行规定",
        "公路工程设计变更管理实施细则",
        "城市公共汽车客运服务质量评价办法",
        "港口岸线使用审批管理实施细则",
        "交通建设工程安全生产费用管理规定",
        "高速公路服务区等级评定管理规定",
        "内河航道养护工程管理实施细则",
        "机动车维修质量信誉考核管理规定",
    ),
}
MONTHS = ("06", "05", "04", "03", "02")
SECTIONS = tuple(
    Section(
        slug,
        title,
        tuple(
            Paper(f"{slug}-{n}", headline, f"2020-{MONTHS[n // 2]}-{15 - 7 * (n % 2):02}")
            for n, headline in enumerate(titles)
        ),
    )
    for (slug, title), titles in _TITLES.items()
)


def text_of(paper: Paper) -> str:
    """The text of an article: longer than a notice of an empty page, and no other headline in it."""
    return "各有关单位要认真抓好落实，及时报送进展情况，重要事项随时报告。" * 6 + paper.day
