"""What some checks say of a reading, as a run's judgement holds it."""

from collections.abc import Iterable
from typing import Any

import pytest

from audit.api import AnyCheck, AsOf, conclude
from audit.model import Outcome
from audit.reading import Reading
from audit.workdays import published
from tests.stored import SITE


def outcomes_of(
    reading: Reading, checks: Iterable[tuple[AnyCheck, Any]]
) -> tuple[AsOf, tuple[Outcome, ...]]:
    """The day that the reading is judged for, and one outcome a check; `checks`: each with its settings."""
    as_of = AsOf(reading.registers.as_of or pytest.fail("no day"), published())
    return as_of, tuple(
        conclude(
            check.id,
            SITE,
            check.find(reading, settings, as_of),
            when_empty="not_assessed",
            unseen=reading.unseen,
            unknown_share=0.9,
        )
        for check, settings in checks
    )
