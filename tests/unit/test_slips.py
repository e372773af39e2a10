"""Slips of writing as the page stage finds them, and what only looks like one."""

import os
from pathlib import Path

import pytest

from audit.model import Slip, SlipKind
from audit.reading import read_page
from audit.reading.lexicon import Guard, looked_up
from audit.vocabulary import pattern_of, words

SHARED = Path(os.environ.get("DUWANG_SHARED", Path(__file__).parents[2].parent / "shared"))


def slips(*paragraphs: str, title: str = "示例") -> tuple[Slip, ...]:
    """The slips of a page of these paragraphs."""
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    html = f'<title>{title}</title><body><div id="zoom">{text}</div></body>'
    return read_page(html.encode(), "http://site.test/1.html", "text/html; charset=utf-8").slips


def found(*paragraphs: str, title: str = "示例") -> list[tuple[str, str]]:
    """Kind and words of the slips."""
    return [(slip.kind.value, slip.words) for slip in slips(*paragraphs, title=title)]


def test_the_real_errors_of_the_work_points_are_found_and_nothing_else() -> None:
    path = SHARED / "reference" / "seed-2020-work-points.txt"
    if not path.exists():
        pytest.skip(f"没有参考资料 {path}（用 DUWANG_SHARED 指明所在）")
    lines = path.read_text("utf-8").split("\n")

    assert sorted(found(*lines, title=lines[1])) == [
        ("bracket", "﹝2018﹞20号"),
        ("doubled", "解读解读"),
        ("inserted", "完善应急完善"),
        ("lost", "7个工作日"),
        ("name", "中国人民共和国"),
        ("title", "云南省人民政府办公厅关于进一步做好政府信息依申请公开工作通知"),
        ("word", "关于推进政务新媒体健康有序发展的实施意见"),
        ("word", "及时发生"),
        ("word", "谁起草,谁落实"),
    ]


@pytest.mark.parametrize(
    ("said", "wrong", "right"),
    [
        ("《中国人民共和国公路法》", "中国人民共和国", "中华人民共和国"),
        ("中华人民共合国", "中华人民共合国", "中华人民共和国"),
        ("中华人共和国", "中华人共和国", "中华人民共和国"),
        ("最高人民检查院公告", "最高人民检查院", "最高人民检察院"),
        ("中国人民政治协商大会议", "中国人民政治协商大会议", "中国人民政治协商会议"),
    ],
)
def test_a_name_one_character_off_is_misstated(said: str, wrong: str, right: str) -> None:
    assert slips(said)[0].words == wrong
    assert slips(said)[0].right == right


@pytest.mark.parametrize(
    "said",
    [
        "中华人民共和国国务院令",
        "中国人民政治协商会议、中国人民解放军和中国人民银行",
        "全省人民代表大会代表",
        "朝鲜民主主义人民共和国",
        "中华人民 共和国",
        "学习习近平新时代中国特色社会主义思想",
        "发布署名文章，自己经过多次试验，年末来访，单位按装机容量计算",
        "研究研究、商量商量，一步一步，高高兴兴，哈哈哈哈",
        "县劳动监察大队大队长",
        "涉及市政府及市政府部门",
        "企业创业创新",
        "落实再落实，强化又强化，推进改革，推进发展",
        "公示期不少于5个工作日，自受理之日起20个工作日内作出决定，提前3个工作日向社会公告",
        "云交办发〔2020〕12号，（2018）云01民初12号",
        "《示例省2019年公路养护计划的通知》和《示例省2020年公路养护计划的通知》",
    ],
)
def test_what_looks_like_a_slip_and_is_none(said: str) -> None:
    assert found(said) == []


def test_neighbours_are_not_one_doubled_word() -> None:
    assert found("<a href='/a'>政策解读</a><a href='/b'>解读回应</a>") == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("作者：undefined", "作者：undefined"),
        ("[object Object]", "[object Object]"),
        ("标题标题标题标题标题", "标题标题标题标题"),
        ("这里是正文内容", "这里是正文内容"),
        ("发布时间 ${date}", "${date}"),
    ],
)
def test_placeholders_are_found(said: str, words: str) -> None:
    assert found(said) == [("placeholder", words)]


def test_a_title_that_nobody_wrote_is_a_placeholder() -> None:
    assert found("公路养护", title="测试标题1") == [("placeholder", "测试标题1")]
    assert found("公路养护", title="桥梁荷载测试报告") == []


@pytest.mark.parametrize(
    "said", ["锟斤拷公路", "公路??????养护", "道路&amp;nbsp;运输", "公路\ufffd养护"]
)
def test_broken_characters_are_found(said: str) -> None:
    assert [kind for kind, _ in found(said)] == ["garbled"]


@pytest.mark.parametrize(
    "said", ["机密★1年", "秘密 长期", "内部资料 注意保存", "公开属性：不予公开"]
)
def test_secrecy_marks_stand_alone_at_the_head(said: str) -> None:
    assert [kind for kind, _ in found(said, "关于示例的通知")] == ["secret"]
    assert found(*([f"示例公路养护管理工作{i}" for i in range(400)]), said) == []


@pytest.mark.parametrize(
    "said", ["涉密文件应当标明“机密★1年”等字样", "保守国家秘密法", "商业秘密", "依法不予公开的除外"]
)
def test_texts_about_secrecy_are_no_marks(said: str) -> None:
    assert found(said) == []


def test_a_slip_in_a_link_is_marked() -> None:
    linked = slips('<a href="/2.html">关于布署工作的通知</a>')

    assert linked == (Slip(SlipKind.WORD, "布署", "部署", "关于布署工作的通知", linked=True),)


@pytest.mark.parametrize(
    ("key", "guard"), [("guard", Guard.PATTERN), ("secret_guard", Guard.SECRET)]
)
def test_a_guard_is_seen_wherever_its_word_stands(key: str, guard: Guard) -> None:
    listed = words("slips")[key]
    texts = [text for word in listed for text in (word, f"本局{word}。", f"中华人民共和国{word}")]

    assert [text for text in texts if guard not in looked_up(text)[1]] == []


def test_an_inserted_verb_is_guarded_by_the_verbs_of_its_pattern() -> None:
    verbs = words("slips")["inserted_guard"]

    assert f"<verb>{'|'.join(verbs)})" in pattern_of("slips", "inserted_patterns").pattern
    assert [v for v in verbs if Guard.INSERTED not in looked_up(f"要{v}某某工作{v}。")[1]] == []
    assert looked_up("要加强管理，推进和加强监督。") == ([], set())


def test_half_a_character_hides_no_word_and_moves_none() -> None:
    hits, _ = looked_up("\ud83d截止目前\udc00，截止目前")

    assert [start for _, start in hits] == [1, 7]
