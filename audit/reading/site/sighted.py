"""The snapshot as the site stage sees it: one record a page, the browser's where there is a good one."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

import msgspec

from audit.model import Fetch, FetchOutcome, PageRecord, Purpose, Snapshot
from audit.reading.classify import classify

_LOOKED = frozenset({Purpose.EXAMINE, Purpose.PICTURE})


class Sighted:
    """Implements `model.Snapshot`: a page that was rendered stands for the same page as it came."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Look at this snapshot."""
        self._snapshot = snapshot
        self.shapes: dict[str, str] = {}  # templates of rendered pages, as they came over the wire

    @property
    def complete(self) -> bool:
        """Whether the walk came to its end."""
        return self._whole

    @cached_property
    def _whole(self) -> bool:
        return self._snapshot.complete  # counts every request

    def fetches(self) -> Iterator[Fetch]:
        """Every fetch but attempts to render and looks at pages as they appear, in order."""
        shown = ""
        for fetch in self._snapshot.fetches():
            if fetch.purpose in _LOOKED:
                continue
            if fetch.purpose is Purpose.RENDER:
                if is_good(fetch):
                    shown = fetch.url
                    yield _as_walked(fetch)
            elif fetch.purpose is not Purpose.WALK or fetch.url != shown:
                yield fetch

    def pages(self) -> Iterator[tuple[Fetch, PageRecord]]:
        """Every page that was read, once."""
        shown = ""
        for fetch, record in self._snapshot.pages():
            if fetch.purpose is Purpose.RENDER:
                if is_good(fetch):
                    shown = fetch.url
                    yield _as_walked(fetch), record
            elif fetch.url == shown:
                challenge = classify(fetch, record) is FetchOutcome.BOT_CHALLENGE
                leads = bool(record.refresh or record.refresh_by_script)
                self.shapes[fetch.url] = template(record.shape, leads=leads, challenge=challenge)
            else:
                yield fetch, record

    def canaries(self) -> Iterator[tuple[Fetch, PageRecord | None]]:
        """Answers to the impossible addresses."""
        return self._snapshot.canaries()

    def probes(self) -> Iterator[tuple[Fetch, PageRecord | None]]:
        """Answers of the search."""
        return self._snapshot.probes()

    def examinations(self) -> Iterator[Fetch]:
        """Pages that were examined or pictured."""
        return self._snapshot.examinations()

    def examined(self) -> tuple[Fetch, ...]:
        """Every page that was to be examined, in order."""
        return tuple(f for f in self._snapshot.examinations() if f.purpose is Purpose.EXAMINE)

    def archived(self, sha256: str) -> str:
        """Where a body is kept."""
        return self._snapshot.archived(sha256)

    def all_archived(self, hashes: Collection[str]) -> Mapping[str, str]:
        """Where many bodies are kept."""
        return self._snapshot.all_archived(hashes)

    def renders(self) -> dict[str, Fetch]:
        """Every attempt to render, by address."""
        return {f.url: f for f in self._snapshot.fetches() if f.purpose is Purpose.RENDER}


def template(shape: str, *, leads: bool, challenge: bool) -> str:
    """What pages have in common that script fills alike; shells of script all have one shape."""
    return f"{shape} {leads:d}{challenge:d}"


def is_good(fetch: Fetch) -> bool:
    """Whether the browser brought a page."""
    return fetch.outcome is FetchOutcome.OK and bool(fetch.sha256)


def is_missing(fetch: Fetch) -> bool:
    """Whether there was no browser to ask."""
    return fetch.outcome is FetchOutcome.NEEDS_BROWSER and not fetch.looks


def _as_walked(fetch: Fetch) -> Fetch:
    return msgspec.structs.replace(fetch, purpose=Purpose.WALK, round=0)
