"""config.toml → Config: what to read, how to behave, what people registered."""

from audit.config.config import Config, schema_text
from audit.config.loading import (
    judged_alike,
    load,
    of_addresses,
    restore,
    rulebook_of,
    saw_alike,
    scope_alike,
)
from audit.config.rules import load_checked
from audit.config.waivers import LONGEST, latest_expiry, stored_problems

__all__ = [
    "LONGEST",
    "Config",
    "judged_alike",
    "latest_expiry",
    "load",
    "load_checked",
    "of_addresses",
    "restore",
    "rulebook_of",
    "saw_alike",
    "schema_text",
    "scope_alike",
    "stored_problems",
]
