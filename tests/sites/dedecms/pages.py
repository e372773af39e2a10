"""A county's bureau in the manner of DedeCMS: `/a/xinwen/2020/0622/12.html`, `list_2_2.html`; GBK that the header calls UTF-8."""

from collections.abc import Sequence

from tests.sites.texts import Row, paragraphs, rows
from tests.sites.visited import File, Site

NAME = "示例县市场监督管理局"
ARTICLE = "/{y}/{day.month:02}{day.day:02}/{n}.html"

NEWS = rows(
    "/a/xinwen" + ARTICLE,
    901,
    ["2020-06-20", "2020-06-15", "2020-06-12", "2020-06-03", "2020-05-19"],
)
WEIGHED = rows("/a/gonggao" + ARTICLE, 920, ["2018-02-01", "2017-09-15", "2019-04-10"])
NEWER = rows("/a/gonggao" + ARTICLE, 925, ["2020-06-09", "2020-04-20"])
POSTED = rows(
    "/a/jianbao" + ARTICLE,
    940,
    ["2020-04-30", "2020-03-31", "2020-02-29", "2020-01-31", "2019-12-31"],
)
CHANGED = rows("/a/zhishi" + ARTICLE, 960, ["2020-06-17", "2020-06-05"])
RECENT = rows("/plus/view.php?aid={n}", 970, ["2020-06-21", "2020-06-14"])
PARTY = rows("/a/dangjian" + ARTICLE, 990, ["2020-06-18", "2020-06-11"])
FILES = rows("/uploads/soft/{d}_{n}.pdf", 980, ["2020-06-02", "2020-03-16"])

COLUMNS = {
    "新闻动态": "/a/xinwen/",
    "通知公告": "/a/gonggao/",
    "基层动态": "/a/jianbao/",
    "消费知识": "/a/zhishi/",
    "行政执法": "/plus/list.php?tid=6",
    "资金信息": "/a/zijin/",
    "部门文件": "/a/wenjian/",
    "党建工作": "/plus/list.php?tid=9",
    "办事指南": "/a/banshi/",
    "信访信箱": "/a/xinxiang/",
}

FOOTER = """<div class="footer w960"><p>主办：示例县市场监督管理局　电话：0000-0000000　网站标识码：5300000008</p>
<p>Copyright &copy; 2002-2019 滇ICP备00000008号　滇公网安备53000000000008号　Powered by DedeCMS</p>
<script src="http://dcs.conac.cn/js/26/000/0000/00000008/CA260000000000000000008.js"></script>
<script id="_jiucuo_" sitecode="5300000008" src="http://pucha.kaipuyun.cn/exposure/jiucuo.js"></script></div>"""


def _page(title: str, body: str) -> str:
    menu = "".join(
        f"<li><a href='{url}' rel='dropmenu'><span>{name}</span></a></li>"
        for name, url in COLUMNS.items()
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>{title}</title></head><body>
<div id="navMenu"><ul><li><a href="/">主页</a></li>{menu}</ul></div>
<div class="search"><form action="/plus/search.php" name="formsearch"><input type="hidden" name="kwtype" value="0"/><input name="q" type="text" value="在这里搜索..."/><button type="submit">搜索</button></form></div>
{body}{FOOTER}</body></html>"""


def _list(name: str, content: str, pager: str = "") -> str:
    place = f"<div class=\"place\"><strong>当前位置:</strong><a href='/'>主页</a> &gt; <a href='{COLUMNS[name]}'>{name}</a> &gt; </div>"
    return _page(
        f"{name}_{NAME}",
        f'<div class="pleft">{place}<div class="listbox">{content}</div><div class="dede_pages"><ul class="pagelist">{pager}</ul></div></div>',
    )


def _boxes(found: Sequence[Row]) -> str:
    """Each row with picture, intro and a line of information."""
    return '<ul class="e2">' + "".join(
        f"<li><a href='{row.url}' class='preview'><img src='/images/defaultpic.gif'/></a><b>[<a href='/a/xinwen/'>新闻</a>]</b> <a href='{row.url}' class='title'>{row.title}</a>"
        f"<span class='info'><small>日期：</small>{row.day} 10:23:41 <small>点击：</small>51 <small>好评：</small>0</span><p class='intro'>示例县有关单位落实责任。...</p></li>"
        for row in found
    ) + "</ul>"  # fmt: skip


def _plain(found: Sequence[Row], shown: Sequence[str]) -> str:
    return "<ul class='d1'>" + "".join(
        f"<li><a href='{row.url}'>{row.title}</a><span>{text}</span></li>" for row, text in zip(found, shown, strict=True)
    ) + "</ul>"  # fmt: skip


def _dated(found: Sequence[Row]) -> str:
    return _plain(found, [str(row.day) for row in found])


def _posted() -> str:
    """Only a form that is sent back turns the page."""
    pager = (
        "<li>第1页/共7页</li><li><a href=\"javascript:__doPostBack('AspNetPager1','2')\">下一页</a></li>"
        "<li><a href=\"javascript:__doPostBack('AspNetPager1','7')\">尾页</a></li>"
    )
    return _list("基层动态", _dated(POSTED), pager)


def _article(row: Row, name: str, info: str) -> str:
    place = f"<div class=\"place\"><strong>当前位置:</strong> <a href='/'>主页</a> &gt; <a href='{COLUMNS[name]}'>{name}</a> &gt; </div>"
    body = f"""<div class="viewbox"><div class="title"><h2>{row.title}</h2></div><div class="info">{info}</div>
<div class="content"><table width='100%'><tr><td>{paragraphs(row.day.day)}</td></tr></table></div>
<div class="context"><ul><li>上一篇：<a href='{NEWS[0].url}'>{NEWS[0].title}</a></li><li>下一篇：没有了</li></ul></div></div>"""
    return _page(f"{row.title}_{NAME}", f'<div class="pleft">{place}{body}</div>')


def _articles() -> dict[str, str]:
    made = {
        row.url: _article(
            row,
            "新闻动态",
            f"<small>时间:</small>{row.day} 10:23<small>来源:</small>未知 <small>作者:</small>admin <small>点击:</small>次",
        )
        for row in NEWS
    }
    made |= {
        row.url: _article(row, "通知公告", f"发表时间：{row.day:%Y.%m.%d}")
        for row in (*WEIGHED, *NEWER)
    }
    made |= {row.url: _article(row, "基层动态", f"{row.day:%Y/%m/%d} 阅读：12") for row in POSTED}
    made |= {row.url: _article(row, "党建工作", f"{row.day} 来源：本局") for row in PARTY}
    made |= {
        row.url: _article(row, "消费知识", f"更新时间：{row.day} 来源：本局") for row in CHANGED
    }
    made |= {
        row.url: _article(
            row, "行政执法", f"[发布日期：{row.day.year}年{row.day.month}月{row.day.day}日]"
        )
        for row in RECENT
    }
    return made


def _home() -> str:
    boxes = "".join(
        f"<dl class='tbox'><dt><strong><a href='{COLUMNS[name]}'>{name}</a></strong><span class='more'><a href='{COLUMNS[name]}'>更多...</a></span></dt><dd>{_dated(found)}</dd></dl>"
        for name, found in (("通知公告", WEIGHED), ("基层动态", POSTED[:3]), ("新闻动态", NEWS[4:]))
    )
    return _page(NAME, boxes)


PAGER = "<li>首页</li><li class='thisclass'>1</li><li><a href='list_1_2.html'>2</a></li><li><a href='list_1_2.html'>下一页</a></li><li><a href='list_1_2.html'>末页</a></li><li><span class='pageinfo'>共 <strong>2</strong>页<strong>5</strong>条</span></li>"
SECOND = "<li><a href='list_1_1.html'>首页</a></li><li><a href='list_1_1.html'>1</a></li><li class='thisclass'>2</li><li>末页</li><li><span class='pageinfo'>共 <strong>2</strong>页<strong>5</strong>条</span></li>"
NOTICE_PAGER = PAGER.replace("list_1_2", "list_2_2")
GUIDE = "<table border='1'><tr><td>事项名称</td><td>食品经营许可</td></tr><tr><td>受理条件</td><td>在示例县从事食品销售和餐饮服务活动，具有与经营品种、数量相适应的场所和设备。</td></tr><tr><td>办理时限</td><td>二十个工作日</td></tr><tr><td>申请材料</td><td>申请书、主体资格证明、场所平面图和操作流程等文件。</td></tr></table>"

SITE = Site(
    files={
        "/": _home(),
        "/a/xinwen/": _list("新闻动态", _boxes(NEWS[:3]), PAGER),
        "/a/xinwen/list_1_1.html": _list("新闻动态", _boxes(NEWS[:3]), PAGER),
        "/a/xinwen/list_1_2.html": _list("新闻动态", _boxes(NEWS[3:]), SECOND),
        "/a/gonggao/": _list("通知公告", _dated(WEIGHED), NOTICE_PAGER),
        "/a/gonggao/list_2_2.html": _list("通知公告", _dated(NEWER)),
        "/a/jianbao/": _posted(),
        "/plus/list.php?tid=9": _list("党建工作", _boxes(PARTY)),
        "/a/zhishi/": _list("消费知识", _plain(CHANGED, ["7天前", "19天前"])),
        "/plus/list.php?tid=6": _list("行政执法", _plain(RECENT, ["", ""])),
        "/a/zijin/": _list(
            "资金信息",
            "<iframe src='/plus/zijin.php' width='700' height='600' frameborder='0'></iframe>",
        ),
        "/plus/zijin.php": "<html><head><meta charset='gb2312'></head><body><p>示例</p></body></html>",
        "/a/wenjian/": _list("部门文件", _dated(FILES)),
        "/a/banshi/": _list("办事指南", GUIDE),
        "/a/xinxiang/": File(
            "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>",
            403,
        ),
        "/plus/search.php": _page(f"站内搜索_{NAME}", "<h1>站内搜索</h1>"),
        **{row.url: File(b"%PDF-1.4\n%%EOF\n", content_type="application/pdf") for row in FILES},
        **_articles(),
    },
    encoding="gb18030",
    content_type="text/html; charset=utf-8",
    missing=File(
        "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>",
        404,
    ),
)
