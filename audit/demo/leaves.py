"""Pages without a date: what a unit is, who leads it, how to reach it, how to ask for information."""

from collections.abc import Sequence

from audit.demo.records import Unit


def functions(unit: Unit) -> str:
    """主要职责, numbered."""
    duties = "".join(f"<p>（{_NUMBERS[i]}）{duty}</p>" for i, duty in enumerate(unit.functions))
    return f"<h3>主要职责</h3><p>{unit.name}贯彻落实国家和省有关方针政策，主要职责是：</p>{duties}"


def structure(unit: Unit) -> str:
    """内设机构 as a table."""
    lines = "".join(f"<tr><td>{name}</td><td>{duty}</td></tr>" for name, duty in unit.structure)
    return (
        "<h3>内设机构</h3><table class='sheet'><tr><th>机构名称</th><th>主要工作</th></tr>"
        f"{lines}</table>"
    )


def divisions(unit: Unit) -> str:
    """内设机构 as paragraphs."""
    said = "".join(f"<p><strong>{name}</strong>　{duty}</p>" for name, duty in unit.structure)
    return f"<h3>内设机构</h3>{said}"


def leaders(unit: Unit) -> str:
    """领导信息; a unit whose head is not named says posts and duties only."""
    posts = [(unit.head, unit.head_title, "主持全面工作"), *unit.deputies]
    if not unit.head:
        lines = "".join(f"<tr><td>{title}</td><td>{duty}</td></tr>" for _, title, duty in posts)
        said = f"<p>{unit.name}领导班子实行集体领导和个人分工负责相结合的制度，分工如下：</p>"
        return f"{said}<table class='sheet'><tr><th>职务</th><th>分工</th></tr>{lines}</table>"
    return "".join(
        f"<div class='person'><div class='photo' data-sign='{name[0]}'></div><div><p>姓名：{name}</p>"
        f"<p>职务：{title}</p><p>分工：{duty}。</p>"
        "<p>简历：大学学历，长期在交通运输系统工作，熟悉行业规划、建设和管理。</p></div></div>"
        for name, title, duty in posts
    )


def contact(unit: Unit, form: str) -> str:
    """联系我们, as `table`, `list` (dl) or, for any other form, as lines."""
    pairs = _contact_pairs(unit)
    if form == "table":
        rows = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in pairs)
        return f"<table class='sheet'>{rows}</table>"
    if form == "list":
        rows = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in pairs)
        return f"<dl class='sheet'>{rows}</dl>"
    return "".join(f"<p>{label}：{value}</p>" for label, value in pairs)


def guide(unit: Unit) -> str:
    """政府信息公开指南: it repeats the ways to reach the unit."""
    said = "".join(f"<p>{label}：{value}</p>" for label, value in _contact_pairs(unit))
    return (
        f"<p>为便于公民、法人和其他组织获取{unit.name}的政府信息，根据政府信息公开条例，编制本指南。</p>"
        "<h3>一、公开内容</h3><p>机构职能、规范性文件、规划计划、财政信息、行政许可和其他依法应当公开的信息。</p>"
        "<h3>二、公开方式</h3><p>主要通过本网站公开，同时辅以公告栏、新闻发布等方式。</p>"
        "<h3>三、依申请公开</h3><p>申请人填写申请表后，可以当面提交或者邮寄至受理机构，受理机构依法答复。</p>"
        f"<h3>四、受理机构</h3><p>受理机构名称：{unit.name}办公室</p>{said}"
        "<h3>五、监督救济</h3><p>申请人认为工作机构未依法履行公开义务的，可以向上级机关反映，或者依法申请行政复议。</p>"
    )


def request(unit: Unit) -> str:
    """依申请公开."""
    return (
        "<p>公民、法人或者其他组织可以向我单位申请获取所制作或者保存的政府信息。</p>"
        "<p>申请应当包括申请人的姓名或者名称、身份证明、联系方式，申请公开的信息的名称、文号或者便于查询的特征描述，"
        "以及获取信息的方式和途径。</p>"
        f"<p>邮寄申请请寄：{unit.address}，邮政编码{unit.postcode}，信封注明“政府信息公开申请”。</p>"
        "<p>办理流程：收到申请后登记、受理、依法答复；提供政府信息不收取费用，法律另有规定的除外。</p>"
        '<p><a href="/attachments/request-form.pdf">政府信息公开申请表（PDF）</a></p>'
    )


def questions(pairs: Sequence[tuple[str, str]]) -> str:
    """常见问题."""
    return "".join(f"<p><strong>问：{q}</strong><br>答：{a}</p>" for q, a in pairs)


def unit_page(unit: Unit) -> str:
    """The facts of a unit that has no site of its own, on its parent's site."""
    parts = [f"<p>{unit.name}是省交通运输厅所属单位，简称{unit.short}。</p>", functions(unit)]
    if unit.structure:
        parts.append(structure(unit))
    if unit.head:
        parts.append(f"<h3>单位负责人</h3><p>负责人：{unit.head}（{unit.head_title}）</p>")
    parts.append(f"<h3>联系方式</h3>{contact(unit, 'table')}")
    return "".join(parts)


def unit_list(rows: Sequence[tuple[str, str]]) -> str:
    """厅属单位: names that lead to a site or to a page."""
    lines = "".join(
        f"<tr><td>{i}</td><td><a href='{address}'>{name}</a></td></tr>"
        for i, (name, address) in enumerate(rows, 1)
    )
    return (
        "<p>省交通运输厅所属单位名称及网站（网页）如下：</p><table class='sheet'><tr><th>序号</th>"
        f"<th>单位名称</th></tr>{lines}</table>"
    )


def _contact_pairs(unit: Unit) -> list[tuple[str, str]]:
    pairs = [
        ("办公地址", unit.address),
        ("办公时间", unit.hours),
        ("联系电话", unit.phone),
        ("传真", unit.fax),
        ("邮政编码", unit.postcode),
        ("电子邮箱", unit.mail),
    ]
    return [(label, value) for label, value in pairs if value]


_NUMBERS = "一二三四五六七八九十"

QUESTIONS = (
    (
        "如何查询道路运输经营许可证的办理进度？",
        "申请人可以凭受理编号到政务服务窗口查询，也可以拨打窗口电话咨询。",
    ),
    ("驾驶员从业资格证遗失怎样补办？", "持本人身份证件到发证机关申请补办，材料齐全的当场受理。"),
    (
        "农村公路损坏后向哪个单位反映？",
        "可以向所在地县级交通运输主管部门反映，也可以联系路段公示牌上的路长。",
    ),
    ("大件运输许可需要哪些材料？", "需要提供申请表、承运人资质、车货总体信息和拟通行路线等材料。"),
    ("船舶营业运输证到期如何延续？", "应当在有效期届满前三十日向原发证机关提出延续申请。"),
    (
        "公交线路调整听取意见的渠道有哪些？",
        "线路调整方案会在网站公示，市民可以在公示期内通过信函或电子邮件提出意见。",
    ),
)
