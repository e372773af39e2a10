"""A served department with twelve policies and five units, and another host that it links to.

Every policy holds one thing that a pair ledger must tell: its lines stand in LEDGER.
"""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec

NAME = "示例交通运输厅"
UNITS = {
    "jtt": NAME, "glj": "示例公路局", "hwj": "示例航务局", "ygj": "示例运管局", "xxzx": "示例信息中心",
}  # fmt: skip
DUTIES = (
    "<h3>主要职责</h3><p>（一）贯彻执行国家有关公路水路行业的法律法规。</p><p>（二）负责公路养护管理。</p>"
    "<p>（三）承担水上交通安全监管。</p><h3>内设机构</h3><p>办公室、规划处、建设管理处</p>"
)
BODIES = {
    "/jgzn/ 机构职能": DUTIES,
    "/ldxx/ 领导信息": "<p>厅长：李示例</p><p>副厅长：王示范</p>",
    "/lxwm/ 联系我们": "<p>办公地址：昆明市示例区环城路1号</p>"
    "<p>办公时间：周一至周五 8:30-12:00，14:00-17:30</p><p>联系电话：0871-65301234</p>",
    "/zsdw/ 直属单位": "<table><tr><th>单位</th><th>办公地址</th><th>联系电话</th><th>负责人</th></tr>"
    "<tr><td>示例公路局</td><td>昆明市示例路8号</td><td>0871-65305678</td><td>赵范例</td></tr>"
    "<tr><td>示例航务局</td><td>昆明市滨江路20号</td><td>0871-65305679</td><td>待定</td></tr>"
    "<tr><td>示例运管局</td><td>昆明市客运路9号</td><td>0871-65305670</td><td>钱样本</td></tr></table>",
    "/glj/ 示例公路局": DUTIES + "<p>办公时间：周一至周五 9:00-12:00，13:00-17:00</p>",
    "/ygj/ 示例运管局": DUTIES + "<p>办公地址：昆明市人民路7号</p>",
}
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


class Paper(msgspec.Struct, frozen=True):
    """A policy or an interpretation; `[words](i1)` in its text is a link."""

    title: str
    date: str
    text: str
    number: str = ""


def measure(subject: str, date: str, serial: int, related: str = "") -> Paper:
    """A normative document of the department."""
    text = f"各有关单位：现将《示例{subject}办法》印发给你们，请认真遵照执行。<br>{related}"
    return Paper(
        f"{NAME}关于印发《示例{subject}办法》的通知", date, text, f"示交规〔2020〕{serial}号"
    )


def explained(subject: str, date: str, related: str = "", form: str = "解读") -> Paper:
    """An interpretation that says what it must."""
    text = (
        f"<p>一、背景和依据。近年来{subject}的任务越来越重，原来的办法已经不能满足需要。为规范{subject}工作，"
        f"根据上位法，结合我省实际，制定本办法。</p><p>二、目的。使{subject}有章可循，让群众少跑路、早知道。</p>"
        f"<p>三、主要内容。共三章十条：第一章讲适用范围，第二章讲各级的职责和分工，第三章讲监督检查，"
        f"与原来相比，增加了公开征询意见的环节，减少了两项材料。</p><p>四、举措。组织一次宣讲，编一本问答，"
        f"设一部咨询电话，每季度检查一次，发现问题及时纠正，年底向社会报告{subject}的情况。</p>{related}"
    )
    title = f"图解：《示例{subject}办法》" if form == "图解" else f"《示例{subject}办法》{form}"
    return Paper(title, date, text)


POLICIES = (
    measure("公路养护", "2020-04-24", 1, "相关解读：[《示例公路养护办法》解读](i1)"),
    measure("航道疏浚", "2020-05-11", 2, "相关解读：[《示例航道疏浚办法》解读](i2)"),
    measure("客运站场", "2020-05-12", 3),
    measure("桥梁检测", "2020-05-13", 4, "相关解读：[《示例桥梁检测办法》解读](gone)"),
    measure("隧道照明", "2020-05-14", 5, "相关解读：[《示例隧道照明办法》解读](i5)"),
    measure("渡口渡船", "2020-05-15", 6),
    Paper(f"{NAME}关于李示例任职的通知", "2020-05-18", "任命李示例为办公室主任。", "示交人〔2020〕7号"),
    Paper(
        f"{NAME}关于印发汛期工作方案的通知", "2020-05-19", "现将方案印发给你们，请认真执行。",
        "示交发〔2020〕8号",
    ),
    measure("绿色港口", "2020-05-20", 9, "相关解读：[《示例绿色港口办法》解读](other)"),
    measure("信用评价", "2020-05-21", 10, "附件：[《示例信用评价办法》解读.pdf](file)"),
    measure(
        "水路货运", "2020-05-22", 11, "相关解读：[解读](i11) [图解：《示例水路货运办法》](i12)"
    ),
    measure("水路客运", "2020-05-25", 12, "相关解读：[解读](i11)"),
)  # fmt: skip
INTERPRETATIONS = {
    1: explained("公路养护", "2020-04-28", "原文：[示交规〔2020〕1号](p1)"),
    2: explained("航道疏浚", "2020-05-12"),
    3: explained("客运站场", "2020-05-12", "政策原文：[示交规〔2020〕3号](p3)", "答记者问"),
    4: explained("桥梁检测", "2020-05-14", "原文：[示交规〔2020〕4号](p4)"),
    5: explained("隧道照明", "2020-05-20", "原文：[示交规〔2020〕5号](p5)"),
    11: Paper(
        "《示例水路货运办法》《示例水路客运办法》解读", "2020-05-25",
        explained("水路运输", "").text + "原文：[示交规〔2020〕11号](p11)、[示交规〔2020〕12号](p12)",
    ),
    12: Paper(
        "图解：《示例水路货运办法》", "2020-05-26",
        '<img src="/img/long.jpg" width="800" height="3000"><p>原文：[示交规〔2020〕11号](p11)</p>',
    ),
    13: explained("外省公路规划", "2020-05-27"),
}  # fmt: skip

# policy, interpretation, forward, back, working days, state, the faults that the pair's findings name
LEDGER = (
    ("p1", "i1", "ok", "ok", 3, "linked", ()),
    ("p10", "file", "ok", "ok", None, "linked", ()),
    ("p11", "i11", "ok", "ok", 1, "linked", ()),
    ("p11", "i12", "ok", "ok", 2, "linked", ()),
    ("p12", "i11", "ok", "ok", 0, "linked", ()),
    ("p2", "i2", "ok", "missing", 1, "one_way", ("unlinked-interpretation",)),
    ("p3", "i3", "missing", "ok", 0, "one_way", ("unlinked-interpretation",)),
    ("p4", "i4", "broken", "ok", 1, "broken", ("broken-interpretation-link",)),
    ("p5", "i5", "ok", "ok", 4, "linked", ("late-interpretation",)),
    ("p6", "", "not_assessed", "not_assessed", None, "uninterpreted", ("missing-interpretation",)),
    ("p7", "", "not_assessed", "not_assessed", None, "out_of_scope", ()),
    ("p8", "", "not_assessed", "not_assessed", None, "uninterpreted", ("missing-interpretation",)),
    ("p9", "other", "ok", "not_assessed", None, "linked", ()),
    ("", "i13", "not_assessed", "not_assessed", None, "orphan", ()),
)


@contextmanager
def serving() -> Iterator[tuple[str, str]]:
    """The addresses of the department's host and of the other one."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler_of(pages)) for pages in ({}, {})]
    host, other = (f"127.0.0.1:{server.server_port}" for server in servers)
    servers[0].RequestHandlerClass = handler_of(site(other))
    servers[1].RequestHandlerClass = handler_of(
        {"/jd/9.html": "<title>解读</title><h1>《示例绿色港口办法》解读</h1><p>主要内容如下。</p>"}
    )
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host, other
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def config(host: str, other: str) -> str:
    """The config of an audit of the department."""
    units = "".join(
        f'[[units]]\nid = "{unit}"\nname = "{name}"\n'
        + ('site = "jtt"\n' if unit == "jtt" else 'parent = "jtt"\n')
        for unit, name in UNITS.items()
    )
    return (
        f'[crawl]\nallow_addresses = ["{host}", "{other}"]\nrate = 0\n'
        f'[offices]\nD40 = "厅人事处"\nfallback = "厅网信办"\n'
        f'[[sites]]\nid = "jtt"\nname = "{NAME}"\nhome = "http://{host}/"\nunit = "jtt"\n{units}'
    )


def site(other: str) -> dict[str, str]:
    """Every page of the department by path."""
    columns = {
        **{key.split()[0]: key.split()[1] for key in BODIES},
        "/wj/": "政策文件",
        "/jd/": "政策解读",
    }
    links = "".join(f'<li><a href="{path}">{title}</a></li>' for path, title in columns.items())
    menu = f'<div class="nav"><ul><li><a href="/">首页</a></li>{links}</ul></div>'
    pages = {"/": f"<title>{NAME}</title>{menu}<p>欢迎访问</p>"}
    for key, body in BODIES.items():
        path, title = key.split()
        pages[path] = f'<title>{title}</title>{menu}<h1>{title}</h1><div class="main">{body}</div>'
    for path, papers in (("/wj/", dict(enumerate(POLICIES, 1))), ("/jd/", INTERPRETATIONS)):
        pages[path] = listing(menu, columns[path], path, papers)
        for n, paper in papers.items():
            pages[f"{path}{n}.html"] = article(menu, columns[path], path, paper, other)
    return pages


def listing(menu: str, name: str, path: str, papers: Mapping[int, Paper]) -> str:
    """A column's page."""
    rows = "".join(
        f'<li><a href="{path}{n}.html">{one.title}</a><span>{one.date}</span></li>'
        for n, one in papers.items()
    )
    return (
        f'<title>{name}</title>{menu}<div class="position">当前位置：<a href="/">首页</a> &gt; {name}'
        f'</div><h2>{name}</h2><ul class="list">{rows}</ul>'
    )


def article(menu: str, column: str, path: str, paper: Paper, other: str) -> str:
    """A document's page."""
    fixed = {
        "gone": "/jd/4-old.html",
        "file": "/files/10.pdf",
        "other": f"http://{other}/jd/9.html",
    }

    def linked(match: re.Match[str]) -> str:
        target = match[2]
        folder = "/wj/" if target[0] == "p" else "/jd/"
        return f'<a href="{fixed.get(target, f"{folder}{target[1:]}.html")}">{match[1]}</a>'

    return (
        f'<title>{paper.title}</title>{menu}<div class="position">当前位置：<a href="/">首页</a> &gt; '
        f'<a href="{path}">{column}</a> &gt; 正文</div><h1>{paper.title}</h1>'
        f"<p>发布时间：{paper.date} 09:00</p>"
        f'<div class="article"><p>{paper.number}</p><p>{LINK.sub(linked, paper.text)}</p></div>'
    )


def handler_of(pages: Mapping[str, str]) -> type[BaseHTTPRequestHandler]:
    """Answers by path; anything else is missing."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path in pages or self.path.endswith(".pdf")
            kind = "application/pdf" if self.path.endswith(".pdf") else "text/html; charset=utf-8"
            lost = "<title>404 Not Found</title><h1>404</h1>"
            body = b"%PDF-1.4" if kind[0] == "a" else pages.get(self.path, lost).encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Say nothing."""

    return Handler


def name_of(url: str) -> str:
    """The short name by which LEDGER calls an address."""
    if not url:
        return ""
    path = url.partition("://")[2].partition("/")[2]
    known = {"files/10.pdf": "file", "jd/4-old.html": "gone"}
    if path in known:
        return known[path]
    folder, _, page = path.partition("/")
    n = page.removesuffix(".html")
    if folder == "jd" and n == "9":
        return "other"
    return f"{'p' if folder == 'wj' else 'i'}{n}"
