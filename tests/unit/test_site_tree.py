"""The tree of columns: paths, levels, parents, doubles, registered columns, words that stand on every page."""

from audit.model import Column, ColumnClass, ColumnKind, Reason, RegisteredColumn
from audit.reading import Reading
from tests.snapshots import read

WELCOME = "<title>示例交通运输厅</title>{}<p>欢迎访问示例交通运输厅</p>"


def menu(*entries: tuple[str, str]) -> str:
    links = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in entries)
    return f'<div class="nav"><ul>{links}</ul></div>'


def home(*entries: tuple[str, str]) -> str:
    return WELCOME.format(menu(*entries))


def trail(*steps: str) -> str:
    return f'<div class="position">当前位置：<a href="/">首页</a> &gt; {" &gt; ".join(steps)}</div>'


def rows(folder: str, *titles: str) -> str:
    items = "".join(
        f'<li><a href="{folder}t2020060{n}_10{n}.html">{title}</a><span>2020-06-0{n}</span></li>'
        for n, title in enumerate(titles, start=1)
    )
    return f'<ul class="list">{items}</ul>'


MEETINGS = ("全省公路养护工作会议召开", "示例高速公路建成通车仪式", "水路运输安全检查全面展开")
NOTICES = ("关于公布监督电话的公告", "关于汛期值班安排的通知", "关于道路施工封闭的通告")


def columns(reading: Reading) -> dict[str, Column]:
    return {column.key: column for column in reading.columns}


def test_a_drop_down_of_the_home_page_gives_path_and_level() -> None:
    front = WELCOME.format(
        '<div class="nav"><ul><li><a href="/list.jsp?id=1">新闻中心</a></li>'
        '<li><a href="/list.jsp?id=2">政务公开</a><ul><li><a href="/list.jsp?id=3">通知公告</a></li></ul></li></ul></div>'
    )
    found = columns(
        read(
            {
                "/": front,
                "/list.jsp?id=1": f"<title>新闻中心</title>{rows('/a/', *MEETINGS)}",
                "/list.jsp?id=2": '<title>政务公开</title><div class="main"></div>',
                "/list.jsp?id=3": f"<title>通知公告</title>{rows('/b/', *NOTICES)}",
            }
        )
    )

    assert list(found) == ["/list.jsp?id=1", "/list.jsp?id=3"]
    assert (found["/list.jsp?id=1"].path, found["/list.jsp?id=1"].level) == (("新闻中心",), "first")
    assert found["/list.jsp?id=3"].path == ("政务公开", "通知公告")
    assert found["/list.jsp?id=3"].level == "lower"


def test_a_breadcrumb_tells_the_path_of_a_column_that_no_menu_names() -> None:
    page = f"<title>示例厅</title>{trail('政务公开', '规划计划')}{rows('/gh/', *NOTICES)}"
    column = columns(read({"/": home(("/gh/", "进入")), "/gh/": page}))["/gh/"]

    assert (column.name, column.path, column.level) == (
        "规划计划",
        ("政务公开", "规划计划"),
        "lower",
    )


def test_the_level_of_a_list_that_nothing_places_is_unknown() -> None:
    page = f"<title>规划计划</title>{rows('/gh/', *NOTICES)}"
    front = WELCOME.format('<p><a href="/gh/">本厅规划计划</a></p>')
    column = columns(read({"/": front, "/gh/": page}))["/gh/"]

    assert column.level == "unknown"


def test_a_channel_page_of_boxes_is_no_column_beside_its_children() -> None:
    channel = (
        '<title>资讯动态</title><div class="box"><h2>工作动态</h2><a href="/gz/">更多</a>'
        f'{rows("/gz/", *MEETINGS)}</div><div class="box"><h2>通知公告</h2><a href="/tz/">更多</a>'
        f"{rows('/tz/', *NOTICES)}</div>"
    )
    above = '<a href="/zx/index.html">资讯动态</a>'
    other = rows("/gz/", "港口生产形势分析会召开", "航道养护工程完工验收")
    found = columns(
        read(
            {
                "/": home(("/zx/index.html", "资讯动态")),
                "/zx/index.html": channel,
                "/gz/": f"<title>工作动态</title>{trail(above, '工作动态')}{other}",
                "/tz/": f"<title>通知公告</title>{trail(above, '通知公告')}{rows('/tz/', *NOTICES)}",
            }
        )
    )

    assert list(found) == ["/gz/", "/tz/"]


def test_a_list_with_a_side_box_that_leads_elsewhere_stays_a_column() -> None:
    page = (
        f"<title>通知公告</title>{trail('通知公告')}{rows('/tz/', *NOTICES)}"
        f'<div class="side"><h3>工作动态</h3><a href="/tz/gz/">更多</a>{rows("/tz/gz/", *MEETINGS)}</div>'
    )
    found = columns(
        read(
            {
                "/": home(("/tz/", "通知公告"), ("/tz/gz/", "工作动态")),
                "/tz/": page,
                "/tz/gz/": f"<title>工作动态</title>{trail('工作动态')}{rows('/tz/gz/', *MEETINGS)}",
            }
        )
    )

    assert list(found) == ["/tz/", "/tz/gz/"]


def test_a_text_under_two_addresses_is_one_column() -> None:
    text = (
        "示例交通运输厅位于示例路，负责全省公路水路运输行业的规划、建设、养护、管理与安全监督。" * 3
    )
    page = f"<title>单位概况</title>{trail('单位概况')}<p>{text}</p>"
    front = home(("/gk/dw/", "单位概况"), ("/about/", "单位概况"))
    found = columns(read({"/": front, "/gk/dw/": page, "/about/": page}))

    assert list(found) == ["/about/"]


def test_documents_published_in_two_folders_under_one_name_are_one_column() -> None:
    found = columns(
        read(
            {
                "/": home(("/gk/tz/", "通知公告"), ("/tz/", "通知公告")),
                "/gk/tz/": f"<title>通知公告</title>{rows('/gk/tz/', *NOTICES)}",
                "/tz/": f"<title>通知公告</title>{rows('/tz/', *NOTICES)}",
            }
        )
    )

    assert list(found) == ["/tz/"]


def test_two_empty_columns_are_two_columns() -> None:
    empty = '<title>{0}</title>{1}<div class="main"><ul class="list"></ul></div>'
    found = columns(
        read(
            {
                "/": home(("/gh/", "规划计划"), ("/rs/", "人事信息")),
                "/gh/": empty.format("规划计划", trail("规划计划")),
                "/rs/": empty.format("人事信息", trail("人事信息")),
            }
        )
    )

    assert list(found) == ["/gh/", "/rs/"]


def test_a_registered_column_is_joined_to_the_one_that_was_found_under_its_other_address() -> None:
    entry = RegisteredColumn("通知公告栏", "http://site.test/tz/index.html", limit="30d")
    front = home(("/tz/", "通知公告"))
    page = f"<title>通知公告</title>{trail('通知公告')}{rows('/tz/', *NOTICES)}"
    found = columns(read({"/": front, "/tz/": page, "/tz/index.html": page}, columns=[entry]))

    assert [(one.name, one.registered, one.limit, one.items) for one in found.values()] == [
        ("通知公告栏", True, "30d", 3)
    ]


def test_a_registered_column_that_sends_on_is_read_where_it_leads() -> None:
    entry = RegisteredColumn("通知公告", "http://site.test/tz/", klass=ColumnClass.NEWS)
    page = f"<title>通知公告</title>{rows('/tz/list/', *NOTICES)}"
    refresh = '<meta http-equiv="refresh" content="0; url=/tz/list/">'
    site = {"/": home(("/tz/", "通知公告")), "/tz/": refresh, "/tz/list/": page}
    found = columns(read(site, columns=[entry]))

    assert [(one.klass, one.items, one.registered) for one in found.values()] == [
        (ColumnClass.NEWS, 3, True)
    ]


def test_a_registered_parent_is_a_column_beside_its_children() -> None:
    entry = RegisteredColumn("政务公开", "http://site.test/gk/")
    above = '<a href="/gk/">政务公开</a>'
    child = f"<title>通知公告</title>{trail(above, '通知公告')}{rows('/gk/tz/', *NOTICES)}"
    site = {
        "/": home(("/gk/", "政务公开")),
        "/gk/": f"<title>政务公开</title>{trail('政务公开')}{rows('/gk/tz/', *NOTICES)}",
        "/gk/tz/": child,
    }
    found = columns(read(site, columns=[entry]))

    assert found["/gk/"].registered
    assert list(found) == ["/gk/"]  # its child shows the same rows: counted once


def test_a_kind_of_the_register_goes_before_what_the_name_says() -> None:
    page = f"<title>法律法规</title>{trail('法律法规')}{rows('/fg/', *NOTICES)}"
    site = {"/": home(("/fg/", "法律法规")), "/fg/": page}
    entry = RegisteredColumn("法律法规", "http://site.test/fg/", kind=ColumnKind.PERIODIC)

    assert columns(read(site))["/fg/"].kind is ColumnKind.STATIC
    assert columns(read(site, columns=[entry]))["/fg/"].kind is ColumnKind.PERIODIC


def test_a_registered_column_of_another_site_is_external_and_not_read() -> None:
    entry = RegisteredColumn("网上办事", "http://other.test/ws/")
    column = columns(read({"/": home()}, columns=[entry]))["/ws/"]

    assert (column.kind, column.klass, column.unavailable) == (
        ColumnKind.EXTERNAL,
        ColumnClass.EXTERNAL,
        None,
    )


def test_a_registered_column_that_is_gone_says_that_nothing_was_found() -> None:
    entry = RegisteredColumn("通知公告", "http://site.test/tz/")
    column = columns(read({"/": home(), "/tz/": 404}, columns=[entry]))["/tz/"]

    assert column.unavailable is Reason.NOTHING_FOUND


TOP = '<table><tr><td><a href="/">首页</a></td><td><a href="/zj/">走进示例区</a></td></tr></table>'
LEFT = (
    '<table><tr><td><a href="/gk/nb/">信息公开年报</a></td></tr><tr><td><a href="/gk/rs/">人事信息</a></td></tr>'
    '<tr><td><a href="/gk/tz/">通知公告</a></td></tr><tr><td><a href="/gk/zc/">政策文件</a></td></tr></table>'
)


def in_tables(name: str, path: str, body: str) -> str:
    steps = trail('<a href="/gk/">信息公开</a>', f'<a href="{path}">{name}</a>')
    return f"<title>示例管委会</title>{TOP}{steps}{LEFT}{body}"


IN_TABLES = {
    "/": f"<title>示例管委会</title>{TOP}<p>欢迎访问示例管委会</p>",
    "/gk/nb/": in_tables("信息公开年报", "/gk/nb/", rows("/gk/nb/", *MEETINGS)),
    "/gk/tz/": in_tables("通知公告", "/gk/tz/", rows("/gk/tz/", *NOTICES)),
    "/gk/zc/": in_tables("政策文件", "/gk/zc/", rows("/gk/zc/", *(f"{t}二" for t in NOTICES))),
}


def test_an_empty_page_beside_list_pages_is_a_column_and_its_menus_are_no_content() -> None:
    empty = in_tables("人事信息", "/gk/rs/", "<table><tbody></tbody></table>")
    column = columns(read({**IN_TABLES, "/gk/rs/": empty}))["/gk/rs/"]

    assert (column.path, column.items, column.content_length) == (("信息公开", "人事信息"), 0, 0)


def test_an_empty_page_that_only_a_table_of_links_names_is_a_column() -> None:
    empty = f"<title>示例管委会</title>{TOP}{LEFT}<table><tbody></tbody></table>"
    column = columns(read({**IN_TABLES, "/gk/rs/": empty}))["/gk/rs/"]

    assert (column.name, column.items, column.content_length) == ("人事信息", 0, 0)


def test_tiles_that_repeat_the_menu_are_content() -> None:
    tiles = (
        '<div class="tiles"><a href="/gk/nb/">信息公开年报</a><a href="/gk/tz/">通知公告</a></div>'
    )
    page = in_tables("人事信息", "/gk/rs/", tiles)
    column = columns(read({**IN_TABLES, "/gk/rs/": page}))["/gk/rs/"]

    assert column.items == 2


def test_an_undated_article_is_no_column_though_its_breadcrumb_ends_in_one() -> None:
    text = "各单位要认真贯彻执行，确保各项任务落到实处，取得实效，并按时报送有关情况。" * 4
    steps = trail('<a href="/gk/">信息公开</a>', '<a href="/gk/tz/">通知公告</a>')
    page = f"<title>示例管委会</title>{TOP}{steps}{LEFT}<h1>{NOTICES[1]}</h1><p>{text}</p>"
    found = columns(read({**IN_TABLES, "/gk/tz/t20200602_102.html": page}))

    assert list(found) == ["/gk/nb/", "/gk/tz/", "/gk/zc/"]


BOX = (
    '<table><tr><td><a href="/gk/tz/1.html">关于公布监督电话的公告</a> 2020-06-20</td></tr>'
    '<tr><td><a href="/gk/tz/2.html">关于汛期值班安排的通知</a> 2020-06-19</td></tr></table>'
)


def article(title: str, steps: str) -> str:
    return f"<title>示例管委会</title>{steps}<h1>{title}</h1><p>发布时间：2020-06-19</p><p>各单位要认真贯彻执行。</p>"


def with_box(steps: str) -> dict[str, str]:
    """Three columns beside a box of two notices, whose pages say where they belong."""

    def column(name: str, path: str, *titles: str) -> str:
        old = "".join(
            f'<li><a href="{path}{n}.html">{title}</a><span>2019-01-0{n}</span></li>'
            for n, title in enumerate(titles, start=1)
        )
        own = trail('<a href="/gk/">信息公开</a>', f'<a href="{path}">{name}</a>')
        return f"<title>示例管委会</title>{own}{BOX}<ul>{old}</ul>"

    return {
        "/": f"<title>示例管委会</title>{TOP}<p>欢迎访问示例管委会</p>",
        "/gk/nb/": column("信息公开年报", "/gk/nb/", *MEETINGS),
        "/gk/zc/": column("政策文件", "/gk/zc/", *MEETINGS),
        "/gk/rs/": column("人事信息", "/gk/rs/", *MEETINGS),
        "/gk/tz/1.html": article(NOTICES[0], steps),
        "/gk/tz/2.html": article(NOTICES[1], steps),
    }


def test_a_box_of_another_columns_articles_does_not_freshen_an_old_column() -> None:
    steps = trail('<a href="/gk/">信息公开</a>', '<a href="/gk/tz/">通知公告</a>')
    column = columns(read(with_box(steps)))["/gk/zc/"]

    assert column.newest
    assert (column.items, column.newest.day.year if column.newest.day else 0) == (3, 2019)


def test_a_box_whose_articles_do_not_say_where_they_belong_is_left_in_doubt() -> None:
    column = columns(read(with_box("")))["/gk/zc/"]

    assert column.newest
    assert column.newest.day
    assert column.newest.day.year == 2020


def test_the_first_page_of_a_list_under_its_number_is_no_further_page() -> None:
    page = f"<title>通知公告</title>{trail('通知公告')}{rows('/x/', *NOTICES)}"
    front = home(("/list.aspx?id=3", "通知公告"))
    site = {"/": front, "/list.aspx?id=3": page, "/list.aspx?id=3&page=1": page}
    column = columns(read(site))["/list.aspx?id=3"]

    assert (column.items, column.read_pages) == (3, 1)


def test_the_blocks_of_a_list_under_headings_of_years_are_one_list() -> None:
    years = (
        f"<h4>2020年</h4>{rows('/gh/', *NOTICES)}<h4>2019年</h4>"
        '<ul class="list"><li><a href="/gh/9.html">关于年度计划的通知</a><span>2019-12-01</span></li>'
        '<li><a href="/gh/8.html">关于年度计划的说明</a><span>2019-11-01</span></li></ul>'
    )
    page = f'<title>规划计划</title>{trail("规划计划")}<div class="main">{years}</div>'
    column = columns(read({"/": home(("/gh/", "规划计划")), "/gh/": page}))["/gh/"]

    assert column.items == 5


def test_an_entry_that_only_sends_on_to_a_text_does_not_make_it_the_parent_of_its_sisters() -> None:
    front = WELCOME.format(
        '<div class="nav"><ul><li><a href="/jg/">机构概况</a><ul><li><a href="/jg/zn/">主要职能</a></li>'
        '<li><a href="/jg/ld/">领导分工</a></li></ul></li></ul></div>'
    )
    text = "示例交通运输厅负责全省公路水路运输行业的规划、建设、养护、管理与安全监督。" * 3
    found = columns(
        read(
            {
                "/": front,
                "/jg/": '<meta http-equiv="refresh" content="0; url=zn/">',
                "/jg/zn/": f"<title>主要职能</title><p>{text}</p>",
                "/jg/ld/": f"<title>领导分工</title><p>李示例，主持全面工作。{text}</p>",
            }
        )
    )

    assert list(found) == ["/jg/ld/", "/jg/zn/"]
    assert found["/jg/zn/"].path == ("机构概况", "主要职能")


def test_an_entry_that_leads_where_its_first_one_leads_does_not_make_that_page_a_parent() -> None:
    front = WELCOME.format(
        '<div class="nav"><ul><li><a href="/zn.html">机构概况</a><ul><li><a href="/zn.html">主要职能</a></li>'
        '<li><a href="/ld.html">领导分工</a></li></ul></li></ul></div>'
    )
    text = "示例交通运输厅负责全省公路水路运输行业的规划、建设、养护、管理与安全监督。" * 3
    up = '<a href="/zn.html">机构概况</a>'
    found = columns(
        read(
            {
                "/": front,
                "/zn.html": f"<title>主要职能</title>{trail(up, '主要职能')}<p>{text}</p>",
                "/ld.html": f"<title>领导分工</title>{trail(up, '领导分工')}<p>李示例，主持全面工作。{text}</p>",
            }
        )
    )

    assert list(found) == ["/ld.html", "/zn.html"]
    assert found["/zn.html"].path == ("机构概况", "主要职能")
    assert found["/ld.html"].path == ("机构概况", "领导分工")


def test_the_label_of_all_that_is_open_leaves_a_name_that_says_more() -> None:
    page = (
        '<title>人事信息</title><meta name="ColumnName" content="人事信息"><meta name="ColumnType" content="信息公开目录">'
        f"{trail('人事信息')}{rows('/rs/', *NOTICES)}"
    )
    column = columns(read({"/": home(("/rs/", "人事信息")), "/rs/": page}))["/rs/"]

    assert column.klass is ColumnClass.PERSONNEL


def test_what_a_script_has_yet_to_fill_is_no_static_text() -> None:
    page = (
        f'<title>通知公告</title>{trail("通知公告")}<div class="main"><ul id="list"><li>数据加载中</li></ul></div>'
        '<script>$.get("/data.json", function (r) { $("#list").html(r); });</script>'
    )
    column = columns(read({"/": home(("/tz/", "通知公告")), "/tz/": page}))["/tz/"]

    assert (column.kind, column.script_fills) == (ColumnKind.PERIODIC, True)
