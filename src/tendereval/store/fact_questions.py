"""Facts that tools keep: one value per kind and subject, the newest holding; no rule of any tool.

Public value and documents keep what they need here, so that a new tool needs no new table.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, select

from tendereval.store import mapping, rows
from tendereval.store.content import every_question, words
from tendereval.store.newest import newest

T = TypeVar("T")


@every_question
class FactQuestions:
    """Facts of one file, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._told = connection

    def facts(self, kind: str, shape: type[T]) -> Mapping[str, T]:
        """Return the newest fact of a kind by subject, in the order subjects first came.

        Args:
            kind: what it is (``pay schedule``).
            shape: the type that its data has.
        """
        table = newest(rows.fact, "kind", "subject").subquery()
        statement = select(table).where(table.c.kind == kind).order_by(table.c.first)
        return {
            words(row["subject"]): mapping.from_json(row["data"], shape)
            for row in self._told.execute(statement).mappings()
        }

    def fact(self, kind: str, subject: str, shape: type[T]) -> T | None:
        """Return the newest fact of a kind and subject; None where there is none."""
        table = rows.fact
        statement = (
            select(table.c.data)
            .where(table.c.kind == kind, table.c.subject == subject)
            .order_by(table.c.id.desc())
            .limit(1)
        )
        found = self._told.execute(statement).scalar_one_or_none()
        return None if found is None else mapping.from_json(found, shape)

    def fact_history(self, kind: str, shape: type[T]) -> tuple[tuple[str, T, datetime, str], ...]:
        """Return every fact of a kind, oldest first: subject, value, when, by whom (an id)."""
        table, entry = rows.fact, rows.audit_entry
        statement = (
            select(table, entry.c.at_local, entry.c.person)
            .join(entry, entry.c.seq == table.c.entry)
            .where(table.c.kind == kind)
            .order_by(table.c.id)
        )
        return tuple(
            (
                words(row["subject"]),
                mapping.from_json(row["data"], shape),
                mapping.moment(row["at_local"]),
                words(row["person"]),
            )
            for row in self._told.execute(statement).mappings()
        )
