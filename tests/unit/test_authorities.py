"""Sites whose certificate comes from a private authority: trusted when the config names it."""

from pathlib import Path

import pytest

import checks
from audit.config import load
from audit.crawl import crawl, visit_homes
from audit.crawl.browser.trust import FLAG, trust_flags
from audit.crawl.transport import trusted
from audit.errors import ConfigError
from audit.model import Manners, Request
from tests.authorities import authority
from tests.journal import MemoryJournal
from tests.served import Script, Served, answer, page, served

FORMATS = ("html", "json", "pages", "links", "csv")
SITE = '[[sites]]\nid = "s"\nname = "示例局"\nhome = "https://127.0.0.1:8701/"\n'
# one header line without colon: the strict parser refuses it, browsers do not
ODD = answer("<!doctype html><title>页</title>").replace(
    b"\r\n", b"\r\nnothing like a header\r\n", 1
)


def manners(site: Served, ca_file: str) -> Manners:
    return Manners(
        "s", site.url + "/", frozenset({site.host}), "duwang/0.1", rate=0, retries=0,
        total_timeout=5.0, allow_addresses=frozenset({site.host}), ca_file=ca_file,
    )  # fmt: skip


async def outcomes(folder: Path, script: Script, *, named: bool) -> str:
    made = authority(folder)
    journal = MemoryJournal()
    async with served({"/": script}, made.server) as site:
        rules = manners(site, made.file if named else "")
        await crawl([Request(site.url + "/")], rules, journal, round_=0)
    return journal.outcomes(host=site.url)["/"]


async def test_a_private_authority_is_trusted_when_it_is_named(tmp_path: Path) -> None:
    named = await outcomes(tmp_path, page(), named=True)
    unnamed = await outcomes(tmp_path, page(), named=False)

    assert (named, unnamed) == ("ok", "tls")


async def test_the_second_look_trusts_it_too(tmp_path: Path) -> None:

    assert await outcomes(tmp_path, ODD, named=True) == "ok"


async def test_the_visit_of_the_home_page_trusts_it_too(tmp_path: Path) -> None:
    made = authority(tmp_path)
    async with served({"/": page()}, made.server) as site:
        (visit,) = await visit_homes([manners(site, made.file)], control="")

    assert visit.outcome == "ok"


def test_public_authorities_stay_trusted(tmp_path: Path) -> None:
    more = trusted(authority(tmp_path).file).cert_store_stats()["x509_ca"]

    assert more == trusted().cert_store_stats()["x509_ca"] + 1


def test_the_file_is_named_relative_to_the_config(tmp_path: Path) -> None:
    made = authority(tmp_path)
    path = tmp_path / "config.toml"
    path.write_text(f'{SITE}[crawl]\nca_file = "authority.pem"\n', encoding="utf-8")
    config = load(path, checks.load(), FORMATS)

    assert Path(made.file).resolve() == Path(config.manners("s").ca_file)


@pytest.mark.parametrize("text", ["", "no certificate", None])
def test_a_file_without_certificates_is_a_mistake_of_the_config(
    tmp_path: Path, text: str | None
) -> None:
    if text is not None:
        (tmp_path / "authority.pem").write_text(text, encoding="utf-8")
    path = tmp_path / "config.toml"
    path.write_text(f'{SITE}[crawl]\nca_file = "authority.pem"\n', encoding="utf-8")

    with pytest.raises(ConfigError, match=r"第6行：crawl\.ca_file"):
        load(path, checks.load(), FORMATS)
    with pytest.raises(ConfigError, match=r"crawl\.ca_file"):
        trusted(str(tmp_path / "authority.pem"))


def test_the_browser_is_told_the_key_of_each_certificate(tmp_path: Path) -> None:
    path = tmp_path / "authorities.pem"
    texts = [Path(authority(tmp_path).file).read_text(encoding="ascii") for _ in range(2)]
    flags: list[str] = []
    for text in (*texts, "说明\n".join(texts)):
        path.write_text(text, encoding="utf-8")
        flags += trust_flags(str(path))
    one, other, both = (flag.removeprefix(FLAG) for flag in flags)

    assert both == f"{one},{other}"
    assert one != other
    assert trust_flags("") == ()
