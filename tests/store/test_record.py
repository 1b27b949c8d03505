"""The chain of the record: what it shows when somebody changes the file behind its back."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text

from tendereval.domain.errors import ChangedUnderneath
from tendereval.domain.evaluation import Person
from tendereval.domain.record import GENESIS
from tendereval.store import audit, rows
from tendereval.store.connection import connect
from tests.store.tender_files import (
    DOCUMENT,
    LEAD,
    a_full_tender,
    add_score,
    by_hand,
    occasion,
    opened,
)

CELLS = [
    (table.name, column.name)
    for table in (rows.audit_entry, *rows.KEPT)
    for column in table.columns
    if column.name not in {"id", "seq"}
]
ALTERATIONS = {
    "another character": "CASE typeof({0}) WHEN 'integer' THEN {0} + 1 WHEN 'null' THEN 'x' "
    "WHEN 'blob' THEN substr({0}, 1, 9) || x'07' || substr({0}, 11) ELSE {0} || 'x' END",
    "a space at the end": "CASE typeof({0}) WHEN 'integer' THEN -{0} - 1 "
    "ELSE coalesce({0}, '') || ' ' END",
    "bytes that are no text": "CASE typeof({0}) WHEN 'integer' THEN {0} + 256 "
    "ELSE CAST(coalesce({0}, '') || x'c3' AS TEXT) END",
    "a blob or a text in its place": "CASE typeof({0}) WHEN 'integer' THEN 0.5 "
    "WHEN 'blob' THEN CAST({0} AS TEXT) ELSE CAST(coalesce({0}, '') AS BLOB) END",
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_full_tender(tmp_path_factory.mktemp("full") / "a.tender")


@contextmanager
def tampering(path: Path) -> Iterator[Connection]:
    """Give a transaction without triggers and constraints that is taken back at the end."""
    engine = connect(path)
    try:
        with engine.connect() as connection:
            raw = connection.connection.cursor()
            raw.execute("PRAGMA foreign_keys = OFF")
            raw.execute("PRAGMA ignore_check_constraints = ON")
            transaction = connection.begin()
            for statement in rows.triggers():
                connection.exec_driver_sql(f"DROP TRIGGER {statement.split()[2]}")
            yield connection
            transaction.rollback()
    finally:
        engine.dispose()


def entry_of(connection: Connection, table: str, key: int) -> int:
    if table == "audit_entry":
        return key
    found = connection.exec_driver_sql(f"SELECT entry FROM {table} WHERE id = {key}")
    return int(found.scalar_one())


@pytest.mark.parametrize("how", ALTERATIONS)
def test_every_altered_cell_is_named_with_its_entry(full: Path, how: str) -> None:
    silent = []
    with tampering(full) as connection:
        for table, column in CELLS:
            key = "seq" if table == "audit_entry" else "id"
            first = connection.exec_driver_sql(f"SELECT min({key}) FROM {table}")
            number = int(first.scalar_one())
            entry = entry_of(connection, table, number)
            point = connection.begin_nested()
            connection.exec_driver_sql(
                f"UPDATE {table} SET {column} = {ALTERATIONS[how].format(column)} "
                f"WHERE {key} = {number}"
            )
            found = audit.faults(connection)
            point.rollback()
            if not any(f"ntry {entry} " in fault for fault in found):
                silent.append((table, column, found))
        assert not silent
        assert audit.faults(connection) == ()


def test_any_flipped_bit_of_any_row_is_named(full: Path) -> None:
    dice = random.Random(4)  # noqa: S311 - repeatable, not secret
    with tampering(full) as connection:
        for _ in range(200):
            table, column = dice.choice(CELLS)
            key = "seq" if table == "audit_entry" else "id"
            query = (
                f"SELECT {key}, typeof({column}), CAST({column} AS BLOB) FROM {table} "
                f"WHERE length({column}) > 0"
            )
            found = connection.exec_driver_sql(query).all()
            if not found:
                continue
            number, kind, held = dice.choice(found)
            spoilt = bytearray(held)
            spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
            value = f"CAST(x'{spoilt.hex()}' AS {kind})"
            if kind == "integer" and not spoilt.isdigit():
                value = "'not a number'"
            point = connection.begin_nested()
            connection.exec_driver_sql(
                f"UPDATE {table} SET {column} = {value} WHERE {key} = {number}"
            )
            assert audit.faults(connection), (table, column, number, bytes(spoilt))
            point.rollback()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ('UPDATE audit_entry SET ids = \'{"thing": "1"}\' WHERE seq = 2', "Entry 2 was altered"),
        ("DELETE FROM audit_entry WHERE seq = 2", "Entry 2 of the record is missing"),
        ("DELETE FROM audit_entry WHERE seq = 1", "Entry 1 of the record is missing"),
        ("DELETE FROM audit_entry WHERE seq = 5", "no entry of the record accounts for"),
        ("DELETE FROM score WHERE id = 1", "What entry 2 (everything recorded) recorded"),
        ("UPDATE score SET entry = 7 - entry WHERE entry IN (3, 4)", "What entry 3"),
        ("UPDATE long_text SET id = -id WHERE id = 3", "What entry 2"),
        ("INSERT INTO stage_change VALUES (99, 3, 'award', '')", "What entry 3"),
        ("INSERT INTO stage_change VALUES (99, 77, 'award', '')", "no entry of the record"),
        (
            "UPDATE document_bytes SET content = (SELECT sha256 FROM document)",
            "What entry 2 (everything recorded) recorded",
        ),
        ("UPDATE document SET sha256 = (SELECT content FROM document_bytes)", "What entry 2"),
    ],
)
def test_what_is_done_to_the_record_is_named(full: Path, statement: str, says: str) -> None:
    with tampering(full) as connection:
        connection.exec_driver_sql(statement)
        assert says in " ".join(audit.faults(connection))


def test_an_alteration_by_another_program_is_named(tmp_path: Path) -> None:
    path = a_full_tender(tmp_path / "a.tender")
    with by_hand(path, without_triggers=True) as raw:
        raw.execute("UPDATE score SET points = '5' WHERE revision = 2")
    with opened(path) as file, file.reading() as reader:
        (fault,) = reader.record_faults()
        assert fault == "What entry 4 (score recorded) recorded was altered afterwards."
        assert reader.current_score(LEAD, reader.sent_back()[0].place) is None


def test_the_last_entry_cut_off_shows_only_against_a_head_kept_elsewhere(tmp_path: Path) -> None:
    path = a_full_tender(tmp_path / "a.tender")
    with opened(path) as file, file.reading() as reader:
        printed = reader.head()
    with by_hand(path, without_triggers=True) as raw:
        for table in rows.KEPT:
            raw.execute(f"DELETE FROM {table.name} WHERE entry = {printed.seq}")
        raw.execute("DELETE FROM audit_entry WHERE seq = ?", (printed.seq,))
    with opened(path) as file, file.reading() as reader:
        assert reader.record_faults() == ()
        assert reader.head().hash == printed.previous
        assert printed.hash not in {entry.hash for entry in reader.entries()}
        # The register beside the record still names the head a document was made from.
        assert reader.documents_made()[0]["head"] == printed.hash


def test_an_entry_cut_off_while_the_file_is_open_stops_the_next_change(tmp_path: Path) -> None:
    path = a_full_tender(tmp_path / "a.tender")
    with opened(path) as file:
        with by_hand(path, without_triggers=True) as raw:
            raw.execute("DELETE FROM audit_entry WHERE seq = 5")
        with pytest.raises(ChangedUnderneath):
            add_score(file)


def test_erasing_people_leaves_the_record_whole_and_the_file_without_their_names(
    tmp_path: Path,
) -> None:
    path = a_full_tender(tmp_path / "a.tender")
    names = [b"Eve Aluator", b"eve@council.example", b"1 High Street", b"a@acme.example"]
    assert all(name in path.read_bytes() for name in names)
    with opened(path) as file:
        with file.beside() as change:
            for subject in ("p-1", "p-2", "b-1", "b-2"):
                change.remove(rows.contact, {"subject": subject})
        with file.reading() as reader:
            assert reader.record_faults() == ()
            assert reader.people() == {}
            assert [bidder.email for bidder in reader.bidders()] == ["", ""]
            assert len(reader.scores()) == 3
        assert file.integrity_faults() == ()
    left = path.read_bytes()
    assert [name for name in names if name in left] == []
    assert "Léa Lead".encode() not in left


def test_an_entry_says_who_when_what_and_follows_from_the_one_before(tmp_path: Path) -> None:
    path = a_full_tender(tmp_path / "a.tender")
    with opened(path, writing=False) as file, file.reading() as reader:
        entries, people = reader.entries(), reader.people()
    first, second, *_rest = entries
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert (first.previous, second.previous) == (GENESIS, first.hash)
    assert (second.at_utc, second.at_local) == (
        "2027-06-01T11:00:00.123456Z",
        "2027-06-01T12:00:00.123456+01:00",
    )
    assert (second.kind, second.reason, second.via) == ("everything recorded", "a reason", "test")
    assert people[LEAD] == Person(LEAD, "Léa Lead", "lea@council.example")
    assert all("Lead" not in f"{entry.reason}{entry.ids}{entry.texts}" for entry in entries)


def test_what_a_newer_minor_version_kept_is_verified_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = Table(
        "bid_visit",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("entry", Integer),
        Column("note", Text),
    )
    path = a_full_tender(tmp_path / "a.tender")
    with by_hand(path) as raw:
        raw.execute("CREATE TABLE bid_visit (id INTEGER PRIMARY KEY, entry INTEGER, note TEXT)")
        raw.execute("ALTER TABLE stage_change ADD COLUMN place TEXT")
    newer = sorted([*rows.KEPT, added], key=lambda table: table.name)
    with opened(path) as file, monkeypatch.context() as patched:
        patched.setattr(rows, "KEPT", tuple(newer))
        with file.change(occasion("bid visited")) as change:
            change.append(added, {"note": "They came."})
            change.append_text("beside it")
    with opened(path) as file, file.reading() as reader:
        assert reader.record_faults() == ()
    with by_hand(path) as raw:
        raw.execute("UPDATE bid_visit SET note = 'They did not come.'")
    with opened(path) as file, file.reading() as reader:
        assert "bid visited" in reader.record_faults()[0]


def test_a_document_is_read_one_at_a_time(full: Path) -> None:
    with opened(full, writing=False) as file, file.reading() as reader:
        assert [reader.document_content(item.id) for item in reader.documents()] == [DOCUMENT]
