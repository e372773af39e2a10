"""Policies and pairs on the shared sets: what was read was judged by eye (docs/pairs.md), and nothing more is read."""

import re
from functools import cache
from pathlib import Path

import pytest

from audit.model import Availability, Pair, PairState, Registers, SiteCard
from audit.reading import read_site
from tests.corpora.test_facts import SETS, saved
from tests.snapshots import HOME, MemorySnapshot

DOCUMENTS = "daozhen_rsj"  # the one set that holds any
OTHERS = (
    "zj_commerce_2012", "wuan_templates", "ninghe_templates", "jinzhong_templates", "gne_gov",
    "pingtan_fragment",
)  # fmt: skip
TABLE = Path(__file__).parents[2] / "docs" / "pairs.md"
ROW = re.compile(r"^\| `([^`]+)` \| (\S+) \| (\S+) \| (\S+) \| (\w+)[^|]* \|", re.MULTILINE)

pytestmark = pytest.mark.skipif(
    not SETS.is_dir(), reason=f"the shared corpora are not here ({SETS}): set DUWANG_SHARED"
)


def test_the_policies_are_those_that_were_judged_by_eye() -> None:
    found = [
        (
            pair.policy.url.removeprefix(HOME),
            pair.policy.number or "–",
            str(pair.policy.published),
            str(pair.policy.written or "–"),
            pair.policy.scope.value,
        )
        for pair in pairs(DOCUMENTS)
    ]

    assert ROW.findall(TABLE.read_text(encoding="utf-8")) == found
    assert len(found) == 38


def test_no_pair_is_read_where_there_is_none() -> None:
    read = pairs(DOCUMENTS)

    assert [pair.interpretation for pair in read if pair.interpretation] == []
    assert {pair.state for pair in read} == {PairState.UNINTERPRETED, PairState.OUT_OF_SCOPE}


@pytest.mark.parametrize("name", OTHERS)
def test_sets_without_documents_have_no_policy(name: str) -> None:
    assert pairs(name) == ()


@cache
def pairs(name: str) -> tuple[Pair, ...]:
    """The ledger of a set."""
    card = SiteCard("set", "示例", HOME, own_hosts=frozenset({"site.test:80"}))
    snapshot = MemorySnapshot.of(saved(SETS / name / "html"))
    return read_site(snapshot, Registers(card), Availability(0, 0, 0)).pairs
