"""A journal in memory: what the store does, without a disk."""

from collections.abc import Mapping

from audit.model import FetchOutcome, Previous, Purpose, Request, Visit


class MemoryJournal:
    """Keeps requests and visits of one site of one run."""

    def __init__(self, previous: Mapping[str, Previous] | None = None) -> None:
        """Start empty; `previous` is what an earlier run kept, by address."""
        self.requests: dict[tuple[str, Purpose, int], Request] = {}
        self.visits: dict[tuple[str, Purpose, int], Visit] = {}
        self.flushes = 0
        self._previous = previous or {}
        self._known: set[tuple[str, Purpose]] = set()

    def add(self, requests: tuple[Request, ...]) -> None:
        """Put requests on the frontier; walked addresses once a run, looks once a round."""
        for request in requests:
            place = _place(request)
            if request.purpose is not Purpose.LOOK and place[:2] in self._known:
                continue
            self._known.add(place[:2])
            self.requests.setdefault(place, request)

    def pending(self, round_: int, depth: int) -> tuple[Request, ...]:
        """Requests without a visit, in URL order."""
        found = [r for r in self._open(round_) if r.depth == depth]
        return tuple(sorted(found, key=lambda r: (r.url, r.purpose)))

    def depths(self, round_: int) -> tuple[int, ...]:
        """Depths with pending requests."""
        return tuple(sorted({r.depth for r in self._open(round_)}))

    def planned(self, round_: int) -> bool:
        """Whether the round has requests."""
        return any(r.round == round_ for r in self.requests.values())

    def counted(self, round_: int, purpose: Purpose) -> int:
        """Committed fetches, budget cuts left out."""
        return sum(
            v.fetch.round == round_
            and v.fetch.purpose is purpose
            and v.fetch.outcome is not FetchOutcome.BUDGET
            for v in self.visits.values()
        )

    def fetched_whole(self) -> int:
        """Attachments that were asked for whole."""
        return sum(v.fetch.whole for v in self.visits.values())

    def previous(self, url: str) -> Previous | None:
        """What an earlier run kept."""
        return self._previous.get(url)

    def commit(self, visit: Visit) -> None:
        """Keep a visit; a second one of the same request is a mistake of the crawl."""
        fetch = visit.fetch
        place = (fetch.url, fetch.purpose, fetch.round)
        assert place not in self.visits, place
        assert place in self.requests, place
        self.visits[place] = visit
        self.add(visit.found)

    def flush(self) -> None:
        """Nothing to write."""
        self.flushes += 1

    def outcomes(self, purpose: Purpose = Purpose.WALK, *, host: str = "") -> dict[str, str]:
        """Outcome by address, without the host."""
        return {
            url.removeprefix(host): visit.fetch.outcome.value
            for (url, kind, _), visit in sorted(self.visits.items())
            if kind is purpose
        }

    def _open(self, round_: int) -> list[Request]:
        return [
            r
            for place, r in self.requests.items()
            if r.round == round_ and place not in self.visits
        ]


def _place(request: Request) -> tuple[str, Purpose, int]:
    return request.url, request.purpose, request.round
