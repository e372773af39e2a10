"""Reading: from a stored answer to facts, from facts to the nouns that checks judge."""

from audit.reading.classify import classify
from audit.reading.page import read_page
from audit.reading.reader import reader_key

__all__ = ["classify", "read_page", "reader_key"]
