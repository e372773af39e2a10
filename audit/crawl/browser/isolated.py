"""Script of ours beside a page: it sees the document, and the page sees neither it nor its words.

An isolated world has globals of its own, so that a page that rewrites JSON or Array alters nothing
here, and the page's content policy does not hold for it. The document is still the page's: what
comes back is checked like anything else that a page says.
"""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import msgspec

from audit.crawl.browser.tab import CALL, Broken, within
from audit.model import FetchOutcome

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

T = TypeVar("T")
NAME = "duwang"
MAX_SAID = 1 << 20  # characters of one answer


class IsolatedWorld:
    """One world in the main frame of a tab, until that goes to another document."""

    def __init__(self, session: "CDPSession", context: int) -> None:
        """Hold the debugger's session and the number of the world."""
        self._session = session
        self._context = context

    @classmethod
    async def open(cls, page: "Page") -> Self:
        """Make a world in the document that the tab shows; raises Broken."""
        return await cls.within(await within(page.context.new_cdp_session(page), CALL, "a session"))

    @classmethod
    async def within(cls, session: "CDPSession") -> Self:
        """The same in a session of the caller's, who ends it."""
        tree = await sent(session, "Page.getFrameTree", {})
        made = await sent(
            session,
            "Page.createIsolatedWorld",
            {"frameId": tree["frameTree"]["frame"]["id"], "worldName": NAME},
        )
        return cls(session, int(made["executionContextId"]))

    async def run(self, script: str, *, seconds: float = CALL) -> None:
        """Run a script; raises Broken."""
        await self._evaluated(script, seconds)

    async def ask(
        self, function: str, given: object, wanted: type[T], *, seconds: float = CALL
    ) -> T:
        """What a function says of `given` (JSON), as a record; raises Broken, also where it is none."""
        call = (
            f"Promise.resolve(({function})({json.dumps(given)})).then(said => JSON.stringify(said))"
        )
        said = (await self._evaluated(call, seconds)).get("value")
        try:
            if not isinstance(said, str) or len(said) > MAX_SAID:
                raise ValueError("nothing, or too much")  # noqa: TRY301 - one way out for all
            return msgspec.json.decode(said, type=wanted)
        except ValueError as error:
            words = f"the script's answer cannot be read: {error}"
            raise Broken(FetchOutcome.BROWSER_CRASH, words[:300]) from None

    async def name_of(self, expression: str) -> "Named | None":
        """The accessible name of the element that an expression gives; None: it gives none."""
        given = await self._evaluated(expression, CALL, by_value=False)
        handle = given.get("objectId")
        if not handle:
            return None
        tree = await sent(
            self._session,
            "Accessibility.getPartialAXTree",
            {"objectId": handle, "fetchRelatives": False},
        )
        try:
            nodes = msgspec.convert(tree["nodes"], list[_Node])
        except (KeyError, msgspec.ValidationError):
            return None
        if not nodes or nodes[0].ignored:
            return None
        said = nodes[0].name
        sources = [s for s in said.sources if not s.superseded and s.value is not None]
        return Named(" ".join(str(said.value).split())[:80], sources[0].kind if sources else "")

    async def picture(self, clip: tuple[float, float, float, float]) -> str:
        """A part of the page as it is drawn (PNG, base64): x, y, width, height of the document."""
        x, y, width, height = clip
        part = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
        shot = {"format": "png", "clip": part}
        return str((await sent(self._session, "Page.captureScreenshot", shot)).get("data", ""))

    async def _evaluated(
        self, expression: str, seconds: float, *, by_value: bool = True
    ) -> dict[str, Any]:
        call = {
            "expression": expression,
            "contextId": self._context,
            "awaitPromise": True,
            "returnByValue": by_value,
            "timeout": seconds * 1000,
        }
        given = await sent(self._session, "Runtime.evaluate", call, seconds + 1)
        broke = given.get("exceptionDetails")
        if broke is not None:
            text = str(broke.get("exception", {}).get("description") or broke.get("text", ""))
            late = "terminated" in text
            outcome = FetchOutcome.BROWSER_TIMEOUT if late else FetchOutcome.BROWSER_CRASH
            raise Broken(outcome, f"the script broke: {text[:200]}")
        return cast("dict[str, Any]", given.get("result", {}))


@asynccontextmanager
async def session_with(page: "Page") -> AsyncGenerator["CDPSession"]:
    """A session of the debugger that ends with the block: else it lasts as long as the tab."""
    session = await within(page.context.new_cdp_session(page), CALL, "a session")
    try:
        yield session
    finally:
        with suppress(Exception):  # the tab may be gone
            await within(session.detach(), CALL, "the end of a session")


class Named(msgspec.Struct, frozen=True):
    """An accessible name, and what gives it (`attribute`, `contents`, `relatedElement`, `placeholder`)."""

    name: str
    by: str = ""


class _Source(msgspec.Struct, rename="camel"):
    type: str = ""
    superseded: bool = False
    value: object = None
    attribute: str = ""

    @property
    def kind(self) -> str:
        """What gives the name."""
        return self.attribute if self.type in {"attribute", "placeholder"} else self.type


class _Name(msgspec.Struct):
    value: object = ""
    sources: list[_Source] = []


class _Node(msgspec.Struct):
    ignored: bool = False
    name: _Name = msgspec.field(default_factory=_Name)


async def sent(
    session: "CDPSession", method: str, given: dict[str, Any], seconds: float = CALL
) -> dict[str, Any]:
    """One command of the debugger in time; raises Broken."""
    send = cast("Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]", session.send)  # pyright: ignore[reportUnknownMemberType] - the driver's own types are partial
    return await within(send(method, given), seconds, method)
