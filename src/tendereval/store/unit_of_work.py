"""One change: a transaction that appends rows and, last, the audit entry that covers them.

Leaving the block without an error commits; any error takes everything back.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final

from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from tendereval.domain.record import row_digests, rows_digest, sha256_text
from tendereval.store import rows
from tendereval.store.repository import Reader

_PIECE: Final = 5000


class Change:
    """What may be done inside one transaction: append to kept tables, replace beside them."""

    def __init__(self, connection: Connection, entry: int) -> None:
        self._connection = connection
        self._entry = entry
        self._next_id: dict[str, int] = {}
        self._digests: dict[str, bytearray] = {}
        self.reader = Reader(connection)

    def append(self, table: Table, values: Mapping[str, object]) -> int:
        """Append one row to a kept table and return its number."""
        return self.append_many(table, (values,))

    def append_many(self, table: Table, many: Iterable[Mapping[str, object]]) -> int:
        """Append rows of the same columns in the order given; return the first one's number."""
        ready = list(many)
        names = ready[0] if ready else {}
        return self.append_columns(table, {name: [row[name] for row in ready] for name in names})

    def append_columns(self, table: Table, columns: Mapping[str, Sequence[object]]) -> int:
        """Append rows given column by column, and return the number of the first one.

        Args:
            table: a kept one.
            columns: column name to its values, as many in each.
        """
        first = self._reserve(table)
        count = len(next(iter(columns.values()), ()))
        if not count:
            return first
        numbers = range(first, first + count)
        every = {"id": numbers, "entry": [self._entry] * count, **columns}
        self._next_id[table.name] = first + count
        names, marks = ", ".join(every), ", ".join("?" * len(every))
        # Past SQLAlchemy's handling of each row, which costs more than storing it.
        statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - names of ours
        cells = zip(*every.values(), strict=True)
        while piece := list(islice(cells, _PIECE)):
            self._connection.exec_driver_sql(statement, piece)
        # After storing, which has put long texts into UTF-8: the digest need not do it again.
        self._digests.setdefault(table.name, bytearray()).extend(row_digests(table.name, every))
        return first

    def append_text(self, body: str) -> int:
        """Append a long text and return its number."""
        return self.append(rows.long_text, {"body": body})

    def append_texts(self, bodies: Sequence[str]) -> int:
        """Append long texts in order and return the number of the first one."""
        return self.append_columns(rows.long_text, {"body": bodies})

    def replace(self, table: Table, values: Mapping[str, object]) -> None:
        """Write a row of a table that may change, in place of the one with the same key."""
        keys = [column.name for column in table.primary_key]
        statement = upsert(table).values(values)
        rest = {name: statement.excluded[name] for name in values if name not in keys}
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
        return rows_digest(found[table.name] for table in rows.KEPT if table.name in found)

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
