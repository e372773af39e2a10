"""How long a waiver may last. It has no first day: its months count from the day of the run that it is read for."""

import calendar
import datetime as dt
from collections.abc import Iterator

from audit.config.config import Config
from audit.config.tables import Tables
from audit.lines import Lines

LONGEST = 12  # months


def latest_expiry(day: dt.date) -> dt.date:
    """The last day that a waiver may name on a day."""
    years, month = divmod(day.month - 1 + LONGEST, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def waiver_problems(
    tables: Tables, day: dt.date, where: str, lines: Lines | None = None
) -> Iterator[str]:
    """One line for each waiver that lasts too long for a run of that day."""
    latest = latest_expiry(day)
    for number, waiver in enumerate(tables.waivers):
        if waiver.expires > latest:
            at = lines.at(("waivers", number, "expires")) if lines else ""
            yield (
                f"{where}{at}：waivers[{number}].expires = {waiver.expires} 不行："
                f"豁免最长{LONGEST}个月，自 {day} 起最晚到 {latest}"
            )


def stored_problems(config: Config, as_of: dt.date, started: str, where: str) -> list[str]:
    """The same of the config of a stored run; `started`: ISO 8601."""
    day = max(as_of, dt.datetime.fromisoformat(started).date())
    return list(waiver_problems(config.tables, day, where))
