"""One change: a transaction that appends rows and, last, the audit entry that covers them.

Leaving the block without an error commits; any error takes everything back.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final

from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from tendereval.domain.record import row_digest, rows_digest, sha256_text
from tendereval.store import rows
from tendereval.store.mapping import Values
from tendereval.store.repository import Reader

_PIECE: Final = 5000
_MANY: Final = 50


class Change:
    """What may be done inside one transaction: append to kept tables, replace beside them."""

    def __init__(self, connection: Connection, entry: int) -> None:
        self._connection = connection
        self._entry = entry
        self._next_id: dict[str, int] = {}
        self._digests: dict[str, list[bytes]] = {}
        self.reader = Reader(connection)

    def append(self, table: Table, values: Mapping[str, object]) -> int:
        """Append one row to a kept table and return its number."""
        return self.append_many(table, (values,))

    def append_many(self, table: Table, many: Iterable[Mapping[str, object]]) -> int:
        """Append rows in the order given and return the number of the first one."""
        first = self._reserve(table)
        ready: list[Values] = []
        digests = self._digests.setdefault(table.name, [])
        for number, values in enumerate(many, start=first):
            row: Values = {**values, "id": number, "entry": self._entry}
            if None in row.values():
                kept = {name: value for name, value in row.items() if value is not None}
                digests.append(row_digest(table.name, kept))
            else:
                digests.append(row_digest(table.name, row))
            ready.append(row)
        self._next_id[table.name] = first + len(ready)
        self._insert(table, ready)
        return first

    def _insert(self, table: Table, ready: Sequence[Values]) -> None:
        if len(ready) < _MANY:
            if ready:  # without any, SQLAlchemy would insert a row of nothing
                self._connection.execute(insert(table), ready)
            return
        # Many rows go past SQLAlchemy's handling of each one, which costs more than storing it.
        names = table.columns.keys()
        marks = ", ".join("?" * len(names))
        first = ready[0].keys()
        # A row says nothing of a column that is empty in it.
        cells = (
            itemgetter(*names)
            if all(row.keys() == first for row in ready) and set(names) <= first
            else lambda row: tuple(row.get(name) for name in names)
        )
        statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of ours
        for start in range(0, len(ready), _PIECE):
            piece = ready[start : start + _PIECE]
            self._connection.exec_driver_sql(statement, [*map(cells, piece)])

    def append_text(self, body: str) -> int:
        """Append a long text and return its number."""
        return self.append(rows.long_text, {"body": body})

    def append_texts(self, bodies: Iterable[str]) -> int:
        """Append long texts in order and return the number of the first one."""
        return self.append_many(rows.long_text, ({"body": body} for body in bodies))

    def replace(self, table: Table, values: Mapping[str, object]) -> None:
        """Write a row of a table that may change, in place of the one with the same key."""
        keys = [column.name for column in table.primary_key]
        rest = {name: value for name, value in values.items() if name not in keys}
        statement = upsert(table).values(values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))

    def remove(self, table: Table, keys: Mapping[str, object]) -> None:
        """Remove the rows with these values from a table that may change."""
        matching = [table.c[name] == value for name, value in keys.items()]
        self._connection.execute(delete(table).where(*matching))

    def add_beside(self, table: Table, values: Mapping[str, object]) -> None:
        """Add a row to a table that is not part of the record."""
        self._connection.execute(insert(table), dict(values))

    def rows_sha256(self) -> str:
        """Return the digest over all rows appended so far, in order of table and number."""
        found = self._digests
        return rows_digest(
            digest for table in rows.KEPT if table.name in found for digest in found[table.name]
        )

    def _reserve(self, table: Table) -> int:
        if table.name not in self._next_id:
            highest = self._connection.execute(select(func.max(table.c.id))).scalar()
            self._next_id[table.name] = (highest or 0) + 1
        return self._next_id[table.name]


def before_and_after(name: str, before: str | None, after: str) -> dict[str, str]:
    """Return the digests of a text before and after a change, as an audit entry holds them."""
    found = {f"{name} after": sha256_text(after)}
    if before is not None:
        found[f"{name} before"] = sha256_text(before)
    return found
