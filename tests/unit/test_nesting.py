"""Which entry of a menu each link hangs under."""

from audit.reading import read_page


def under(menu: str) -> dict[str, int]:
    record = read_page(f'<div class="nav">{menu}</div>'.encode(), "http://site.test/", "text/html")
    return {link.text: link.under for link in record.links}


def entry(name: str) -> str:
    return f'<a href="/{name}/">{name}</a>'


def test_links_of_an_inner_list_hang_under_the_first_link_of_the_item_that_holds_it() -> None:
    menu = f"<ul><li>{entry('a')}<ul><li>{entry('b')}</li><li>{entry('c')}</li></ul></li><li>{entry('d')}</li></ul>"

    assert under(menu) == {"a": 0, "b": 1, "c": 2, "d": 0}


def test_links_of_a_box_in_an_item_hang_under_its_first_link() -> None:
    menu = f"<ul><li>{entry('a')}<div>{entry('b')}{entry('c')}</div></li></ul>"

    assert under(menu) == {"a": 0, "b": 1, "c": 2}


def test_links_under_words_without_a_link_hang_under_something_unnamed() -> None:
    menu = f"<ul><li><span>互动</span><ul><li>{entry('a')}</li><li>{entry('b')}</li></ul></li></ul>"

    assert under(menu) == {"a": -1, "b": -1}


def test_definitions_hang_under_their_term() -> None:
    menu = f"<dl><dt>{entry('a')}</dt><dd>{entry('b')}</dd><dd>{entry('c')}</dd></dl>"

    assert under(menu) == {"a": 0, "b": 1, "c": 2}


def test_a_link_without_any_address_is_not_counted() -> None:
    menu = f'<ul><li>{entry("a")}<a href="">x</a><ul><li>{entry("b")}</li></ul></li></ul>'

    assert under(menu) == {"a": 0, "b": 1}
