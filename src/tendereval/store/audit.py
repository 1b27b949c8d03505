"""The chain of audit entries: appending to it and verifying it; judges nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select

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
    every = select(rows.audit_entry).order_by(rows.audit_entry.c.seq)
    for row in connection.execute(every).mappings():
        yield mapping.entry_of(row)


def faults(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with the chain or with a row it covers, in words; none is whole."""
    kept = _digests_by_entry(connection)
    previous, expected = GENESIS, 1
    for entry in entries(connection):
        if entry.seq != expected:
            yield f"Entry {expected} of the record is missing."
        if entry.previous != previous:
            yield f"Entry {entry.seq} does not follow from the entry before it."
        if entry.hash != entry_hash(asdict(entry)):
            yield f"Entry {entry.seq} was altered after it was written."
        if entry.rows != rows_digest(kept.pop(entry.seq, [])):
            yield f"What entry {entry.seq} ({entry.kind}) recorded was altered afterwards."
        previous, expected = entry.hash, entry.seq + 1
    if kept:
        yield "There are rows that no entry of the record accounts for."


_BATCH: Final = 500


def _digests_by_entry(connection: Connection) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = {}
    for table in rows.KEPT:
        every = select(table).order_by(table.c.id).execution_options(yield_per=_BATCH)
        for row in connection.execute(every).mappings():
            values = {name: row[name] for name in row if row[name] is not None}
            found.setdefault(row["entry"], []).append(row_digest(table.name, values))
    return found


def count(connection: Connection) -> int:
    """Return how many entries there are."""
    return connection.execute(select(func.count()).select_from(rows.audit_entry)).scalar_one()
