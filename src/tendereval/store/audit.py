"""The chain of audit entries: appending to it and verifying it; judges nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, RowMapping, column, func, insert, select, table

from tendereval.domain.ids import PersonId
from tendereval.domain.record import (
    GENESIS,
    AuditEntry,
    canonical_json,
    entry_hash,
    row_digest,
    rows_digest,
)
from tendereval.store import mapping, rows
from tendereval.store.connection import columns_by_table, texts_as_they_are
from tendereval.store.content import NOT_CONTENT, reads_content


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and by which way in."""

    person: PersonId
    via: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a transaction happens: everything of an audit entry but its content.

    Attributes:
        kind: a past participle (``score recorded``).
        by: who and by which way.
        at: when; aware, on the clock of the machine.
        ids: which things, name to id.
        texts: SHA-256 of texts before and after.
        reason: why, where one was asked for.
    """

    kind: str
    by: Actor
    at: datetime
    ids: Mapping[str, str]
    texts: Mapping[str, str]
    reason: str = ""


@reads_content
def head(connection: Connection) -> AuditEntry | None:
    """Return the newest entry; None in a file that has none yet."""
    newest = select(rows.audit_entry).order_by(rows.audit_entry.c.seq.desc()).limit(1)
    row = connection.execute(newest).mappings().first()
    return None if row is None else mapping.entry_of(row)


def append(
    connection: Connection, occasion: Occasion, rows_sha256: str, before: AuditEntry | None
) -> AuditEntry:
    """Chain one entry to the one before and store it."""
    fields: dict[str, object] = {
        "seq": before.seq + 1 if before else 1,
        "at_utc": occasion.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "at_local": occasion.at.isoformat(),
        "person": occasion.by.person,
        "via": occasion.by.via,
        "kind": occasion.kind,
        "ids": dict(occasion.ids),
        "texts": dict(occasion.texts),
        "reason": occasion.reason,
        "rows": rows_sha256,
        "previous": before.hash if before else GENESIS,
    }
    fields["hash"] = entry_hash(fields)
    stored = {
        name: canonical_json(value) if isinstance(value, dict) else value
        for name, value in fields.items()
    }
    connection.execute(insert(rows.audit_entry), stored)
    return AuditEntry(**fields)  # type: ignore[arg-type]  # each field has its type just above


def entries(connection: Connection) -> Iterator[AuditEntry]:
    """Yield every entry from the first on."""
    return map(mapping.entry_of, _stored(connection))


def _stored(connection: Connection) -> Iterable[RowMapping]:
    every = select(rows.audit_entry).order_by(rows.audit_entry.c.seq)
    return connection.execute(every).mappings()


def faults(connection: Connection) -> tuple[str, ...]:
    """Return what is wrong with the chain or with a row it covers, in words; none is whole.

    A chain cut off at its end, rows and all, is whole by itself: what shows it is a head that
    was printed, signed or written down elsewhere.
    """
    with texts_as_they_are(connection):
        return tuple(_faults(connection))


def _faults(connection: Connection) -> Iterator[str]:
    kept = _digests_by_entry(connection)
    previous, expected = GENESIS, 1
    for row in _stored(connection):
        seq = row["seq"]
        if seq != expected:
            yield f"Entry {expected} of the record is missing."
        if row["previous"] != previous:
            yield f"Entry {seq} does not follow from the entry before it."
        if not _is_as_written(row):
            yield f"Entry {seq} was altered after it was written."
        if row["rows"] != rows_digest(kept.pop(seq, [])):
            yield f"What entry {seq} ({row['kind']}) recorded was altered afterwards."
        previous, expected = row["hash"], seq + 1
    if kept:
        yield "There are rows that no entry of the record accounts for."


def _is_as_written(row: RowMapping) -> bool:
    """Whether an entry has its hash and, to the letter, the form it was written in."""
    try:
        entry = mapping.entry_of(row)
    except NOT_CONTENT:
        return False
    same = (canonical_json(entry.ids), canonical_json(entry.texts)) == (row["ids"], row["texts"])
    return same and entry.hash == entry_hash(asdict(entry))


_BATCH: Final = 500
_STORED_AS: Final = {"TEXT": str, "INTEGER": int, "BLOB": bytes}


def _digests_by_entry(connection: Connection) -> dict[int, list[bytes]]:
    """Digest the rows of every kept table of the file, also of one that a newer version added."""
    found: dict[int, list[bytes]] = {}
    for name, kinds in sorted(columns_by_table(connection).items()):
        if not {"id", "entry"} <= kinds.keys():
            continue
        every = select(table(name, *map(column, kinds))).order_by(column("id"))
        # Documents one at a time: a batch of them may not fit into memory.
        batch = 1 if "BLOB" in kinds.values() else _BATCH
        reading = connection.execute(every.execution_options(yield_per=batch))
        for row in reading.mappings():
            found.setdefault(row["entry"], []).append(_digest(name, row, kinds))
    return found


def _digest(name: str, row: RowMapping, kinds: Mapping[str, str]) -> bytes:
    values = {key: value for key, value in row.items() if value is not None}
    if all(isinstance(value, _STORED_AS.get(kinds[key], object)) for key, value in values.items()):
        return row_digest(name, values)
    # A blob in place of a text could be made to have the same digest.
    return b"a value of another kind"


def count(connection: Connection) -> int:
    """Return how many entries there are."""
    return connection.execute(select(func.count()).select_from(rows.audit_entry)).scalar_one()
