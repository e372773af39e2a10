"""Broken and hostile input: reading never fails, is the same each time, and invents no date.

The examples are the same on every run; `DUWANG_FUZZ=5000` looks at so many others of each test.
"""

import datetime as dt
import os
import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import dates, text, urls
from audit.charset import declared, decode
from audit.model import DateSource, PageRecord
from audit.reading import bounds, labelled, read_page
from audit.reading.document import Document
from audit.reading.shown import read_date
from tests import strategies as some

SEARCH = int(os.environ.get("DUWANG_FUZZ", "0"))
PAGE = "http://site.test/zwgk/tzgg/"


def examples(count: int) -> settings:
    """So many examples, always the same; or as many new ones as are asked for."""
    return settings(
        max_examples=SEARCH or count,
        derandomize=not SEARCH,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def read(html: str, url: str = PAGE) -> PageRecord:
    return read_page(html.encode(errors="replace"), url, "text/html; charset=utf-8")


def days(record: PageRecord) -> set[dt.date]:
    """Every day that a page record tells."""
    rows = [item for one in record.lists for item in one.items]
    told = [mark.day for mark in record.dates] + [row.day for row in rows] + [record.written]
    return {day for day in told if day is not None}


# ── dates ────────────────────────────────────────────────────────────────────────────────────────


@examples(200)
@given(some.HOSTILE)
def test_a_found_date_is_what_its_words_say(said: str) -> None:
    found = dates.find(said)
    numbers = [
        [int(number) for number in re.findall(r"\d+", text.halfwidth(one.text))[:3]]
        for one in found
    ]

    assert [[one.day.year, one.day.month, one.day.day] for one in found] == [
        [year, month, int(str(day)[:2]) if day > 31 else day] for year, month, day in numbers
    ]
    assert all(one.day >= dates.EARLIEST and one == dates.at(said, one.start) for one in found)


@examples(200)
@given(some.HOSTILE)
def test_every_reading_of_a_date_is_a_day_or_nothing(said: str) -> None:
    told = [dates.chinese(said), dates.timestamp(said), read_date(said).day]
    pair = dates.month_day(said)

    assert all(day is None or day >= dates.EARLIEST for day in told)
    assert pair is None or dt.date(2000, *pair)


@examples(200)
@given(some.DATELESS)
def test_words_without_digits_are_no_date(said: str) -> None:
    assert dates.find(said) == ()
    assert (None, None, None) == (dates.chinese(said), dates.timestamp(said), read_date(said).day)
    assert (None, None) == (dates.month_day(said), read_date(said).month_day)


@examples(100)
@given(st.integers() | st.sampled_from([10**400, -(10**400), 2**63, 1591747200]))
def test_any_number_is_a_moment_or_none(number: int) -> None:
    day = dates.of_epoch(number)

    assert day is None or dates.EARLIEST <= day <= dt.date(2100, 1, 1)


@examples(100)
@given(st.integers(1, 9999), st.sampled_from("dmy"), st.dates(dt.date(1990, 1, 1)))
def test_any_period_has_an_earliest_day(count: int, unit: str, as_of: dt.date) -> None:
    assert dates.within(as_of, f"{count}{unit}", as_of)


@pytest.mark.parametrize(
    "said", ["二〇二〇年十十月一日", "二〇二〇年元十月一日", "二〇二〇年六月十一二日", "二〇二〇年六月元日", "一一一一年一月一日"]
)  # fmt: skip
def test_chinese_numerals_that_are_no_number_are_no_date(said: str) -> None:
    assert dates.chinese(said) is None


# ── addresses, words, bytes ──────────────────────────────────────────────────────────────────────


@examples(200)
@given(some.ADDRESSES, some.ADDRESSES, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "cp1252"]))
def test_any_address_is_joined_or_refused(base: str, href: str, encoding: str) -> None:
    for joined in (urls.join(PAGE, href, encoding), urls.join(base, href, encoding)):
        assert joined is None or joined.startswith(("http://", "https://"))
        assert joined is None or joined == urls.join(PAGE, joined, encoding)
        assert joined is None or joined.isascii()


@examples(200)
@given(some.ADDRESSES)
def test_what_is_asked_of_an_address_has_an_answer(url: str) -> None:
    shortened = urls.without_visit_ids(url)
    day = dates.from_url(url)

    assert shortened == urls.without_visit_ids(shortened)
    assert urls.pattern(url) == urls.pattern(urls.pattern(url))
    assert urls.key(urls.join(PAGE, url) or PAGE).startswith("/")
    assert isinstance(urls.host_port(url) + urls.suffix(url), str)
    assert isinstance(urls.is_trap(url), bool)
    assert day is None or f"{day:%Y}" in url


@examples(200)
@given(some.HOSTILE | st.text(st.characters(), max_size=40))
def test_cleaning_words_settles(said: str) -> None:
    for change in (
        text.clean,
        text.halfwidth,
        text.squeeze,
        text.mask,
        text.visible,
        text.fingerprint,
        text.normal_title,
    ):
        once = change(said)

        assert once == change(said)
        assert change is text.fingerprint or change is text.normal_title or once == change(once)
    text.clean(said).encode()  # can be stored
    assert all(one in text.squeeze(said) or "〔" in one for one in text.document_numbers(said))
    assert all(2 <= len(one) for one in text.quoted_titles(said))


@examples(200)
@given(some.BODIES, some.HEADERS)
def test_any_bytes_are_decoded_the_same_way_each_time(body: bytes, header: str) -> None:
    decoded = decode(body, header)

    assert decoded == decode(body, header)
    assert decoded.source in {"bom", "header", "meta", "detected"}
    assert declared(body, header) == declared(body, header)
    decoded.text.encode()  # holds no surrogate


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


@examples(100)
@given(
    some.pages(some.HOSTILE, some.SCRIPTS),
    some.ADDRESSES.map(lambda one: urls.join(PAGE, one) or PAGE),
)
def test_any_page_gives_a_record_that_can_be_stored(html: str, url: str) -> None:
    record = read(html, url)

    assert record == read(html, url)
    assert record == msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=PageRecord)
    assert all(day >= dates.EARLIEST for day in days(record))


@examples(100)
@given(some.ROWS | some.SCRIPTS, some.HOSTILE)
def test_any_rows_that_a_script_keeps_can_be_stored(script: str, said: str) -> None:
    record = read(f"<title>{said}</title><ul><script>{script}</script></ul>")

    assert record == msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=PageRecord)
    assert all(day >= dates.EARLIEST for day in days(record))


@examples(60)
@given(some.pages(some.HOSTILE, some.SCRIPTS))
def test_what_a_page_says_is_clean_and_leads_to_web_addresses(html: str) -> None:
    record = read(html)
    rows = [item for one in record.lists for item in one.items]
    addresses = [link.url for link in record.links] + [row.url for row in rows]
    addresses += [*record.attachments, *record.frames, *(record.pager.urls if record.pager else ())]
    said = [record.title, record.headline, record.text, record.footer, *record.headings]
    said += [link.text for link in record.links]

    assert {""} | {one[:4] for one in addresses if one} <= {"", "http"}
    assert [text.clean(one) for one in said] == said
    assert record.pager is None or record.pager.pages >= 1


@examples(100)
@given(some.pages(some.DATELESS, st.just("")))
def test_a_page_without_digits_tells_no_date(html: str) -> None:
    record = read(re.sub(r"[0-9]", "", html))

    assert (set(), ()) == (days(record), record.dates)


@examples(100)
@given(st.lists(some.fragments(some.DATELESS, st.just("")), max_size=4), st.data())
def test_the_only_date_of_a_page_is_the_only_one_told(
    parts: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(parts)))
    before, behind = (
        re.sub(r"[0-9]", "", "".join(some_)) for some_ in (parts[:place], parts[place:])
    )
    record = read(f"{before} {some.ONE_DAY.isoformat()} {behind}")

    assert days(record) <= {some.ONE_DAY}
    assert DateSource.URL not in {mark.source for mark in record.dates}


@examples(60)
@given(some.pages(some.HOSTILE, some.SCRIPTS))
def test_a_page_of_strings_is_laid_flat_in_order(html: str) -> None:
    document = Document(html, PAGE, "utf-8")
    elements = document.elements

    assert [*range(len(elements))] == [one.index for one in elements]
    assert all(one.parent < one.index < one.stop <= len(elements) for one in elements)
    assert all(0 <= one.start <= one.end <= len(document.text) for one in elements)


@examples(80)
@given(
    some.BODIES,
    some.pages(some.HOSTILE, some.SCRIPTS),
    some.HEADERS,
    st.sampled_from(["utf-8", "gb18030", "utf-16-le"]),
)
def test_a_page_in_any_encoding_is_read(body: bytes, html: str, header: str, codec: str) -> None:
    record = read_page(body + html.encode(codec, "replace"), PAGE, header)

    assert record.encoding
    msgspec.msgpack.encode(record)


@examples(200)
@given(st.lists(st.integers(0, 2 * bounds.TAG), max_size=6))
def test_long_tags_are_seen_wherever_they_stand(lengths: list[int]) -> None:
    html = ">".join("a" * length for length in lengths)

    expected = max(map(len, html.split(">"))) < bounds.TAG

    assert expected == bounds.ends_often(html)


@examples(200)
@given(st.text("甲a1:： /", max_size=40))
def test_a_line_is_cut_at_the_colons_that_a_pattern_finds(line: str) -> None:
    assert [match.start() for match in labelled.COLON.finditer(line)] == list(labelled.colons(line))
