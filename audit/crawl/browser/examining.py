"""What a page breaks of the rules of accessibility: axe-core, run beside the page.

The engine and its Chinese texts lie in `axe/`, unmodified (docs/adr/0012). What it says of the page
quotes the page, so it is cut, cleaned and checked like the page itself.
"""

import json
import re
from functools import cache
from importlib import resources
from string import digits
from typing import TYPE_CHECKING

import msgspec

from audit.crawl.browser.isolated import IsolatedWorld
from audit.model.examination import BrokenRule, Examination, FaultyNode
from audit.text import clean, mask
from audit.vocabulary import words

if TYPE_CHECKING:
    from playwright.async_api import Page

PLACE = "audit.crawl.browser"  # the package that holds the engine
RUNS = 10.0  # seconds of the engine
NODES = 5  # elements told of a rule
LENGTH = 300  # characters of a text
RULES = 200  # rules told of a page
_TAG = re.compile(r'<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>')


async def accessibility(page: "Page") -> Examination:
    """The rules that the page as it stands breaks, leaves in doubt and keeps; raises Broken."""
    world = await IsolatedWorld.open(page)
    await world.run(_data("axe.min.js"), seconds=RUNS)
    listed = words("accessibility")
    given = {
        "locale": json.loads(_data("zh_CN.json")),
        "tags": listed["tags"],
        "rules": listed["rules"],
        "nodes": NODES,
        "length": LENGTH,
        "most": RULES,
    }
    said = await world.ask(_script(), given, Examination, seconds=RUNS)
    return Examination(
        clean(said.engine)[:LENGTH],
        tuple(_rule(one) for one in said.broken[:RULES]),
        tuple(_rule(one) for one in said.doubtful[:RULES]),
        tuple(sorted(set(said.passed) - {one.rule for one in (*said.broken, *said.doubtful)})),
    )


def _rule(said: BrokenRule) -> BrokenRule:
    return msgspec.structs.replace(
        said,
        title=clean(said.title)[:LENGTH],
        nodes=tuple(
            FaultyNode(_told(one.target), _told(_opening(clean(one.html))), _told(one.said))
            for one in said.nodes[:NODES]
        ),
    )


def _opening(html: str) -> str:
    """The opening tag of an element as a browser writes it: what stands in the element is not told."""
    tag = _TAG.match(html)
    return html if tag is None else tag[0]  # None: the tag alone is longer than what came


def _told(text: str) -> str:
    """A text without numbers of persons; a number that the limit cuts is left out."""
    kept = clean(text)[:LENGTH]
    return mask(kept.rstrip(digits) if len(kept) == LENGTH else kept)


@cache
def _data(name: str) -> str:
    return (resources.files(PLACE) / "axe" / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    text = (resources.files(PLACE) / "examine.js").read_text(encoding="utf-8")
    return text[text.index("async given") :]
