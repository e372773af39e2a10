"""The special columns of the demo's department (rulebook 4.14), each one page that names its parts."""

import datetime as dt

from audit.demo.records import Leaf, Section

_PARTS = (
    ("政府信息公开目录", "catalogue", ("公开事项和内容", "公开依据", "公开时限", "公开主体", "公开渠道")),
    ("财政预决算和收费目录", "charges", ("部门预算和决算", "“三公”经费", "政府性基金收费目录", "行政事业性收费目录")),
    ("信用交通", "credit", ("联合奖惩措施", "红黑名单管理", "信用评价结果")),
    ("行政执法公示", "enforcement", ("事前公开：执法主体和依据", "事中公开：检查计划", "事后公开：行政处罚结果")),
    ("交通环境保护", "environment", ("工作措施", "任务进展", "整治成效")),
    ("行政事业性收费", "fees", ("项目名称", "设立依据", "收费标准", "执行和减免情况", "政府性基金收费目录")),
    ("重大建设项目", "projects", ("项目概况", "审批进展和结果", "招标投标", "重大设计变更", "交工竣工验收")),
    ("建议提案办理", "proposals", ("人大代表建议", "政协委员提案", "办理答复全文")),
    ("权责清单", "powers", ("权力事项清单", "责任事项清单", "清单调整记录")),
    ("行政许可和行政处罚双公示", "decisions", ("行政许可信息", "行政处罚信息")),
    ("乡村振兴", "villages", ("项目安排", "资金分配", "政策举措")),
    ("回应关切", "concerns", ("群众关心的问题", "办理和回应情况")),
    ("政府信息公开制度", "rules", ("信息公开规定", "发布审查办法")),
    ("随机抽查情况", "checks", ("抽查事项清单", "抽查计划", "抽查结果公示")),
)  # fmt: skip


def areas(as_of: dt.date) -> Section:
    """重点领域: what is planted is that nothing speaks of toll roads."""
    leaves = tuple(
        Leaf(name, f"/areas/{code}.html", "其他", _page(name, parts) + _extra(code, as_of))
        for name, code, parts in _PARTS
    )
    return Section("重点领域", "/areas/", leaves=leaves, overview=True)


def website_report(path: str, owner: str, year: int) -> Leaf:
    """政府网站工作年度报表 of one year."""
    return Leaf(
        f"{year}年政府网站工作年度报表",
        path,
        "其他",
        f"<p>{owner}门户网站{year}年度工作情况如下：全年发布信息320条，专栏专题维护2个，解读回应12条，"
        "办理留言46件，没有发生安全事件，网站集约化和无障碍改造按计划完成。</p>",
    )


def _extra(code: str, as_of: dt.date) -> str:
    """Decisions with the day of each and that of its posting; the second one was posted late."""
    if code != "decisions":
        return ""
    rows = "".join(
        f"<p>决定书文号：示交许〔{number}〕号　决定日期：{as_of - dt.timedelta(days=made):%Y-%m-%d}　"
        f"公示日期：{as_of - dt.timedelta(days=posted):%Y-%m-%d}</p>"
        for number, made, posted in ((7, 20, 18), (6, 80, 50))
    )
    return f"<h3>决定公示</h3>{rows}"


def _page(name: str, parts: tuple[str, ...]) -> str:
    said = "".join(
        f"<h3>{part}</h3><p>{name}的{part}由责任处室按照公开目录整理，经审核后在本页公布，并按规定及时更新。</p>"
        for part in parts
    )
    return f"<p>本页集中公开{name}方面的信息，欢迎社会各界监督。</p>{said}"
