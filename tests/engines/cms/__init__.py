"""A department's site on Wagtail: its pages, its menu, and the search of its own on a database."""
