"""The site stage: what needs many pages — links, columns, pairs, facts, marks, search."""
