"""The demo: pages that are right but for what is planted, on every day of the calendar."""

import datetime as dt
import http.client
import re
import ssl
import tomllib
import urllib.request
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from audit.demo import LOOKALIKES, PLANTED, DemoEstate, DemoSite, build, faults, serve

TRUST = ssl.create_default_context(cafile=str(resources.files("audit.demo") / "demo-only.pem"))
DAYS = [
    dt.date(2026, 11, 25),
    dt.date(2024, 2, 29),
    dt.date(2026, 1, 1),
    dt.date(2021, 10, 8),  # after a long holiday
    dt.date(2031, 3, 31),  # no calendar is published for that year
]
DEAD = {
    "department": {faults.DEAD_ON_HOME, faults.DEAD_ATTACHMENT, faults.DEAD_INTERPRETATION},
    "highway": {"/col/col2198/index.html"},  # where the planted refresh leads
    "waterway": {faults.SOFT_DEAD},
    "quality": set(),
}


@pytest.fixture(scope="module")
def estate() -> DemoEstate:
    return build(DAYS[0])


def test_the_same_day_gives_the_same_bytes(estate: DemoEstate) -> None:
    again = build(DAYS[0])

    assert estate == again


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_link_of_every_page_leads_somewhere_but_the_planted_ones(day: dt.date) -> None:
    dead = {site.id: _dead(site) for site in build(day).sites.values()}

    assert dead == DEAD


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_page_can_be_reached_from_the_home_page(day: dt.date) -> None:
    for site in build(day).sites.values():
        left_out = set(site.pages) - _reached(site)

        assert left_out == {"/robots.txt"}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_dates_follow_the_day(day: dt.date) -> None:
    sites = build(day).sites
    newest = {
        site.id: {c.path: c.articles[0].day for c in site.material.columns() if c.articles}
        for site in sites.values()
    }
    stale = {p.subject for p in PLANTED if p.check == "stale-column"} | {"/topics/roads/"}
    news = [newest["department"]["/news/headlines/"], newest["waterway"]["/list/1021.htm"]]
    others = [d for by_path in newest.values() for path, d in by_path.items() if path not in stale]

    assert all((day - d).days <= 14 for d in news)
    assert all(0 < (day - d).days <= 366 for d in others)
    assert all((day - d).days > 20 for d in newest["highway"].values())
    assert (day - newest["department"][faults.STALE_NEWS]).days > 14
    assert (day - newest["department"][faults.STALE_NOTICES]).days > 186


def test_no_two_articles_of_a_site_have_one_title_or_address(estate: DemoEstate) -> None:
    for site in estate.sites.values():
        articles = [a for c in site.material.columns() for a in (*c.articles, *c.pinned)]

        assert len({a.title for a in articles}) == len(articles)
        assert len({a.path for a in articles}) == len(articles)


def test_the_waterway_site_is_gbk_and_says_so_in_its_pages_only(estate: DemoEstate) -> None:
    home = estate.sites["waterway"].pages["/"]

    assert home.content_type == "text/html"
    assert "示例省航务管理局" in home.body.decode("gbk")
    assert b"charset=gb2312" in home.body


def test_attachments_are_valid_documents(estate: DemoEstate) -> None:
    body = estate.sites["department"].pages["/attachments/20012.pdf"].body
    start = int(re.search(rb"startxref\n(\d+)", body)[1])  # type: ignore[index]

    assert body.startswith(b"%PDF-1.4")
    assert body[start:].startswith(b"xref")


def test_lookalikes_and_planted_faults_stand_on_pages_of_the_demo(estate: DemoEstate) -> None:
    for site, _, path in LOOKALIKES:
        assert path in estate.sites[site].pages
    assert {p.site for p in PLANTED} == set(estate.sites)
    assert len(set(PLANTED)) == len(PLANTED)


def test_the_sites_answer_over_sockets(estate: DemoEstate) -> None:
    with serve(estate) as serving:
        home = urllib.request.urlopen(serving.urls["department"] + "/").read().decode()
        port = urlsplit(serving.urls["waterway"]).port
        missing = [
            _status(serving.urls[name], "/nothing/here.html") for name in sorted(serving.urls)
        ]
        moved = _status(serving.urls["department"], "/news/index.htm")
        refused = _status(serving.urls["department"], "/office/login.html")
        robots = [_status(url, "/robots.txt") for url in serving.urls.values()]
        shown = tomllib.loads(serving.config)["crawl"]["ca_file"]

    assert f"http://127.0.0.1:{port}/" in home
    assert "demo.invalid" not in home
    assert missing == [404, 404, 404, 200]
    assert (moved, refused) == (302, 403)
    assert robots == [200, 200, 200, 200]
    assert [urlsplit(url).scheme for url in serving.urls.values()] == ["http"] * 3 + ["https"]
    assert Path(shown).is_file()


def test_an_unchanged_page_is_not_sent_again(estate: DemoEstate) -> None:
    with serve(estate) as serving:
        host = urlsplit(serving.urls["highway"]).netloc
        connection = http.client.HTTPConnection(host)
        connection.request("GET", "/")
        first = connection.getresponse()
        tag, length = first.getheader("ETag"), first.getheader("Content-Length")
        size = len(first.read())
        connection.request("GET", "/", headers={"If-None-Match": tag or ""})
        second = connection.getresponse().status
        connection.close()

    assert length == str(size)
    assert second == 304


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_the_search_finds_headlines_in_either_encoding(estate: DemoEstate, encoding: str) -> None:
    column = estate.sites["department"].material.column("news/headlines")
    wanted = column.articles[3]
    with serve(estate) as serving:
        query = quote(wanted.title.encode(encoding))
        url = f"{serving.urls['department']}/search?q={query}"
        page = urllib.request.urlopen(url).read().decode("utf-8")

    assert f'href="{wanted.path}"' in page


def test_the_config_names_the_served_addresses(estate: DemoEstate) -> None:
    with serve(estate) as serving:
        config = tomllib.loads(serving.config)

    homes = {site["id"]: site["home"] for site in config["sites"]}
    assert homes == {name: f"{url}/" for name, url in serving.urls.items()}
    assert set(config["crawl"]["allow_addresses"]) == {urlsplit(u).netloc for u in homes.values()}
    assert [unit["id"] for unit in config["units"] if "site" not in unit] == ["road-transport"]


def _status(url: str, path: str) -> int:
    address = urlsplit(url)
    connection = (
        http.client.HTTPSConnection(address.netloc, context=TRUST)
        if address.scheme == "https"
        else http.client.HTTPConnection(address.netloc)
    )
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _links(site: DemoSite, path: str) -> Iterator[str]:
    """Paths on the site itself that a page links, submits, refreshes or redirects to."""
    answer = site.pages[path]
    if answer.location:
        yield answer.location
    if not answer.content_type.startswith("text/html"):
        return
    tree = LexborHTMLParser(answer.body.decode(site.material.encoding))
    hrefs = [node.attributes.get("href") or "" for node in tree.css("a[href]")]
    hrefs += [node.attributes.get("action") or "" for node in tree.css("form[action]")]
    for node in tree.css("meta[http-equiv=refresh]"):
        hrefs.append((node.attributes.get("content") or "").partition("url=")[2])
    for href in hrefs:
        target = urlsplit(urljoin(f"http://own.test{path}", href))
        if target.netloc == "own.test":
            yield target.path


def _dead(site: DemoSite) -> set[str]:
    return {link for path in site.pages for link in _links(site, path) if link not in site.pages}


def _reached(site: DemoSite) -> set[str]:
    seen, pending = {"/"}, ["/"]
    while pending:
        for link in _links(site, pending.pop()):
            if link in site.pages and link not in seen:
                seen.add(link)
                pending.append(link)
    return seen
