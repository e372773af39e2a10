"""Says codes, numbers, periods and days in the language of the report."""

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from audit.model import FetchOutcome, Reason, Text
from reports.words import ADVICE, FETCHES, LABELS, MODES, REASONS, RUN_STATUSES, WORDS

_PERIOD = re.compile(r"(\d{1,6})([dmy])")
BEIJING = dt.timezone(dt.timedelta(hours=8))
_UNITS = {"d": Text("天", " days"), "m": Text("个月", " months"), "y": Text("年", " years")}
_ONE = {"d": " day", "m": " month", "y": " year"}


class Speech(msgspec.Struct, frozen=True):
    """One language's way of saying things: `zh` or `en`."""

    language: str

    def say(self, zh: str, en: str) -> str:
        """The one of two texts that is wanted."""
        return en if self.language == "en" else zh

    def text(self, text: Text) -> str:
        """A text of the tables, as it stands."""
        return self.say(text.zh, text.en)

    def word(self, code: StrEnum) -> str:
        """A closed code in words."""
        return self.text(WORDS[type(code)][code])

    def why(self, code: str) -> str:
        """A reason or a fetch outcome in words; an unknown code as it stands."""
        return self._of(REASONS, Reason, code) or self._of(FETCHES, FetchOutcome, code) or code

    def advice(self, code: str) -> str:
        """What can be done about a reason; empty when nothing is known."""
        return self._of(ADVICE, Reason, code)

    def label(self, name: str, value: str) -> str:
        """The value of a finding's label in words."""
        text = LABELS.get(name, {}).get(value)
        return self.text(text) if text else value

    def mode(self, code: str) -> str:
        """The run's mode in words."""
        return self.text(MODES[code]) if code in MODES else code

    def run_status(self, code: str) -> str:
        """Whether the run came to its end, in words."""
        return self.text(RUN_STATUSES[code]) if code in RUN_STATUSES else code

    def measure(self, text: str | None, *, of_answer: bool = False) -> str:
        """A measured value or a limit: `14d` becomes 14天, a status of an answer HTTP 404."""
        if not text:
            return "—"
        period = _PERIOD.fullmatch(text)
        if period:
            number, unit = int(period[1]), period[2]
            word = _ONE[unit] if number == 1 and self.language == "en" else self.text(_UNITS[unit])
            return f"{number}{word}"
        if of_answer and text.isdigit() and len(text) == len("404"):
            return f"HTTP {text}"
        return self.why(text)

    def points(self, value: float | None) -> str:
        """Points, at most two decimals; a dash where there are none."""
        return "—" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")

    def score(self, value: float | None) -> str:
        """A score with its two decimals; a dash where there is none."""
        return "—" if value is None else f"{value:.2f}"

    def percent(self, share: float) -> str:
        """A share of 0 to 1; never rounded up to 100 %."""
        if 0.995 <= share < 1:
            return ">99%"
        if 0 < share < 0.005:
            return "<1%"
        return f"{share:.0%}"

    def day(self, day: dt.date | None) -> str:
        """A day, as ISO text."""
        return "—" if day is None else day.isoformat()

    def long_day(self, day: dt.date) -> str:
        """A day for a title."""
        return self.say(f"{day.year}年{day.month}月{day.day}日", day.isoformat())

    def time(self, text: str) -> str:
        """An ISO time for people, in Beijing time whatever its zone; other text as it stands."""
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            return text
        if moment.tzinfo is not None:
            moment = moment.astimezone(BEIJING)
        return f"{moment:%Y-%m-%d %H:%M:%S}"

    def join(self, parts: list[str]) -> str:
        """Several words in one line."""
        return self.say("、", ", ").join(parts)

    def _of(
        self,
        table: Mapping[StrEnum, Text] | Mapping[Reason, Text] | Mapping[FetchOutcome, Text],
        kind: type[StrEnum],
        code: str,
    ) -> str:
        try:
            return self.text(table[kind(code)])  # pyright: ignore[reportArgumentType]
        except (ValueError, KeyError):
            return ""
