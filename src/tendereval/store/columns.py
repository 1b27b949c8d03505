"""The shapes of columns and tables in a tender file, and the one register of its tables."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_NUMBER: Final = (
    "{0} IS NULL OR (typeof({0}) = 'text' AND {0} NOT GLOB '*[^-0-9.]*' AND {0} GLOB '*[0-9]'"
    " AND {0} NOT GLOB '?*-*' AND {0} NOT GLOB '*.*.*'"
    " AND {0} NOT GLOB '.*' AND {0} NOT GLOB '-.*')"
)
"""Digits, perhaps a minus before them, perhaps a point between two: what ``exact`` writes."""


def text_column(name: str, *, optional: bool = False) -> Column[str]:
    """A text that is there, or may be missing."""
    return Column(name, Text, nullable=optional)


def integer(name: str, *, optional: bool = False) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=optional)


def points_column(
    name: str = "points", *, optional: bool = False
) -> tuple[Column[str], CheckConstraint]:
    """An exact decimal as text, never REAL."""
    return text_column(name, optional=optional), CheckConstraint(_NUMBER.format(name), name=name)


def place() -> tuple[Column[str], Column[str], Column[str]]:
    """Bidder, criterion and lot; the lot of a common question is the empty text."""
    return text_column("bidder"), text_column("criterion"), text_column("lot")


def long_text_of(name: str, *, optional: bool = False) -> Column[int]:
    """The number of a row of ``long_text``."""
    return Column(name, Integer, ForeignKey("long_text.id"), nullable=optional)


def kept(name: str, *columns: object) -> Table:
    """A table that only grows; its entry is written last, so the reference waits for it."""
    entry = ForeignKey("audit_entry.seq", deferrable=True, initially="DEFERRED")
    own = [item for group in columns for item in (group if isinstance(group, tuple) else (group,))]
    return Table(
        name,
        METADATA,
        Column("id", Integer, primary_key=True),
        # The record is read by number. Only the largest table has an index: SQLite looks for an
        # entry's rows when the entry is written after them.
        Column("entry", Integer, entry, nullable=False),
        *own,
    )
