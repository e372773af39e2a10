"""The tables of the site's pages."""
