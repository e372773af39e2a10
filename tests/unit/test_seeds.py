"""What a walk starts with: the home page, registered pages, two addresses that cannot exist."""

import pytest

from audit.model import Manners, Purpose
from audit.pipeline.reach import seeds


def manners(home: str, *folders: str) -> Manners:
    return Manners("jtj", home, frozenset({"www.example.gov.cn:443"}), "duwang", folders=folders)


@pytest.mark.parametrize(
    ("folders", "start"),
    [
        ((), "https://www.example.gov.cn/duwang-"),
        (("/",), "https://www.example.gov.cn/duwang-"),
        (("/upload/", "/jtj/"), "https://www.example.gov.cn/jtj/duwang-"),
        (("/jtj/", "/jtj/new/"), "https://www.example.gov.cn/jtj/new/duwang-"),
    ],
)
def test_what_cannot_exist_is_asked_for_in_the_sites_own_folder(
    folders: tuple[str, ...], start: str
) -> None:
    asked = seeds(manners("https://www.example.gov.cn/jtj/new/index.html", *folders))
    canaries = [one.url for one in asked if one.purpose is Purpose.CANARY]

    assert [url.startswith(start) for url in canaries] == [True, True]
    assert len({url.count("/") for url in canaries}) == 2


def test_a_registered_page_outside_of_the_sites_folders_is_not_asked_for() -> None:
    registered = ("https://www.example.gov.cn/jtj/a/", "https://www.example.gov.cn/zwgk/")
    asked = seeds(manners("https://www.example.gov.cn/jtj/", "/jtj/"), registered)

    assert [one.url for one in asked if one.purpose is Purpose.WALK] == [
        "https://www.example.gov.cn/jtj/",
        "https://www.example.gov.cn/jtj/a/",
    ]
