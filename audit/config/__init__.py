"""config.toml → Config: what to read, how to behave, what people registered."""

from audit.config.config import Config, schema_text
from audit.config.loading import load, of_addresses, restore, rulebook_of

__all__ = ["Config", "load", "of_addresses", "restore", "rulebook_of", "schema_text"]
