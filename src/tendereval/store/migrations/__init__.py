"""Bringing an older tender file up to the tables of today, atomically; never the other way."""
