"""config.toml → Config: what to read, how to behave, what people registered."""

from audit.config.config import Config, schema_text
from audit.config.loading import load, of_addresses, restore, rulebook_of
from audit.config.rules import load_checked

__all__ = [
    "Config",
    "load",
    "load_checked",
    "of_addresses",
    "restore",
    "rulebook_of",
    "schema_text",
]
