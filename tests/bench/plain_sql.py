"""The baselines over the product's own tables: bare sqlite3 and one statement each."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

Row = tuple[str | int | None, ...]
GRID: Final = """
SELECT s.bidder, s.criterion, s.lot,
       min(CAST(s.points AS REAL)), max(CAST(s.points AS REAL)), count(*)
FROM score s
WHERE s.state = 'ready' AND NOT EXISTS (SELECT 1 FROM score l WHERE l.bidder = s.bidder
  AND l.criterion = s.criterion AND l.lot = s.lot AND l.evaluator = s.evaluator AND l.id > s.id)
GROUP BY s.bidder, s.criterion, s.lot"""
"""Lowest, highest and number of the newest ready scores per place."""

GRID_AGREED: Final = """
SELECT a.bidder, a.criterion, a.lot, CAST(a.points AS REAL)
FROM agreed_score a
JOIN (SELECT max(id) AS newest FROM agreed_score GROUP BY bidder, criterion, lot) n
  ON n.newest = a.id"""
"""The newest agreed score per place."""

GRID_BLIND: Final = """
SELECT bidder, criterion, lot,
       min(CAST(points AS REAL)), max(CAST(points AS REAL)), count(*)
FROM score WHERE state = 'ready' GROUP BY bidder, criterion, lot"""
"""The same grid, blind to revisions and without agreed scores."""

TOTALS: Final = """
SELECT a.bidder, sum(CAST(a.points AS REAL) * w.weight / 5) AS total
FROM agreed_score a
JOIN (SELECT max(id) AS newest FROM agreed_score GROUP BY bidder, criterion, lot) n
  ON n.newest = a.id
JOIN temp.weight w ON w.criterion = a.criterion
GROUP BY a.bidder ORDER BY total DESC"""
"""Weighted totals of the newest agreed scores, in floating point, prices left out."""

TOTALS_OF_SCORES: Final = """
SELECT s.bidder, sum(CAST(s.points AS REAL) * w.weight / 5) AS total
FROM score s JOIN temp.weight w ON w.criterion = s.criterion
GROUP BY s.bidder ORDER BY total DESC"""
"""Weighted totals over all individual scores, blind to revisions."""

TEXT: Final = "INSERT INTO long_text (id, entry, body) VALUES (?, ?, ?)"
SCORE: Final = """INSERT INTO score (id, entry, evaluator, bidder, criterion, lot, revision, state,
points, method_version, rationale_id, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
ENTRY: Final = """INSERT INTO audit_entry (seq, at_utc, at_local, person, via, kind, ids, texts,
reason, rows, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
WORKING: Final = """INSERT OR REPLACE INTO working_text
(person, kind, bidder, criterion, lot, points, state, body, saved_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def opened(path: Path, journal: str = "DELETE") -> sqlite3.Connection:
    """Open a tender file as plainly as SQLite can, with durable commits."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def every_row(path: Path, *statements: str) -> list[list[tuple[object, ...]]]:
    """Open a file, fetch what the statements select, and close it."""
    connection = sqlite3.connect(path)
    try:
        return [connection.execute(statement).fetchall() for statement in statements]
    finally:
        connection.close()


def insert(connection: sqlite3.Connection, pieces: Iterable[tuple[str, list[Row]]]) -> None:
    """Insert rows in one transaction, statement by statement."""
    connection.execute("BEGIN IMMEDIATE")
    for statement, rows in pieces:
        connection.executemany(statement, rows)
    connection.execute("COMMIT")


def entry(seq: int) -> Row:
    """Return an audit entry of usual length; its hashes are not computed."""
    digest, moment = "0" * 64, "2027-03-08T10:30:00+00:00"
    ids = '{"bidder":"b-1","criterion":"Q1","evaluator":"p-2","lot":"","state":"ready"}'
    texts = f'{{"rationale after":"{digest}","rationale before":"{digest}"}}'
    unique = f"{seq:064d}"
    kind = "score recorded"
    return (seq, moment, moment, "p-1", "bench", kind, ids, texts, "", digest, digest, unique)
