"""A fresh file's header and settings, and everything that is refused at the door."""

import os
import sqlite3
import struct
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDialect

from tendereval.domain.errors import (
    ChangedUnderneath,
    DamagedFile,
    FileExists,
    FileProblem,
    NewerFile,
    NotATenderFile,
    ReadOnlyFile,
    UserFixable,
)
from tendereval.store import connection, schema
from tendereval.store.tender_file import TenderFile, identify
from tests.store.tender_files import (
    AT,
    a_full_tender,
    a_holder,
    add_score,
    an_empty_tender,
    by_hand,
    left_beside,
    opened,
    read_everything,
)

PNG = (
    b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 0, b"IEND") + struct.pack(">I", zlib.crc32(b"IEND"))
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return a_full_tender(tmp_path_factory.mktemp("full") / "a.tender").read_bytes()


@pytest.fixture
def path(tmp_path: Path, whole: bytes) -> Path:
    made = tmp_path / "a.tender"
    made.write_bytes(whole)
    return made


def refused(path: Path, kind: type[UserFixable], match: str, *, reading: bool = True) -> None:
    """Both ways of opening are refused in words, and nothing in the folder has changed."""
    before = path.read_bytes() if path.is_file() else None
    beside = left_beside(path)
    for writing in (True, False) if reading else (True,):
        with pytest.raises(kind, match=match) as refusal:
            opened(path, writing=writing)
        sentence = str(refusal.value)
        assert sentence[0].isupper() or sentence.startswith(path.name[:1])
        assert sentence.endswith(".")
        assert not any(word in sentence for word in ("sqlite", "SQL", "Traceback", "Error"))
    assert (path.read_bytes() if path.is_file() else None) == before
    assert left_beside(path) == beside


def test_a_fresh_file_says_what_it_is(path: Path, whole: bytes) -> None:
    assert whole[:16] == b"SQLite format 3\0"
    assert int.from_bytes(whole[16:18]) == 16384
    assert whole[18:20] == b"\1\1"
    assert int.from_bytes(whole[60:64]) == 1001
    assert whole[68:72] == b"TEND"
    assert identify(path) == (1, 1)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]


def test_the_connection_is_set_up_as_every_file_needs_it(path: Path) -> None:
    engine = connection.connect(path)
    wanted = {
        "page_size": 16384,
        "journal_mode": "delete",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
    }
    with engine.connect() as open_one:
        found = {name: open_one.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    engine.dispose()
    assert found == wanted


def test_a_second_file_brings_no_statement_to_be_put_into_sql_again(
    path: Path, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(which: Path) -> None:
        with opened(which) as file, file.reading() as reader:
            read_everything(reader)

    asked(path)
    put: list[object] = []

    def compiler(*args: object, **more: object) -> object:
        put.append(args[1])
        return SQLiteCompiler(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(SQLiteDialect, "statement_compiler", staticmethod(compiler))
    second = tmp_path / "b.tender"
    second.write_bytes(whole)
    asked(second)
    assert put == []


def test_nothing_but_the_lock_lies_beside_an_open_file(path: Path) -> None:
    with opened(path) as file:
        add_score(file)
        assert left_beside(path) == ["a.tender.lock"]
    assert left_beside(path) == []


def test_looking_takes_no_lock_and_changes_nothing(path: Path, whole: bytes) -> None:
    with opened(path, writing=False) as file, file.reading() as reader:
        read_everything(reader)
        assert left_beside(path) == []
    assert path.read_bytes() == whole


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "none.tender", FileProblem, r"There is no file none\.tender")
    refused_folder = tmp_path / "none" / "a.tender"
    with pytest.raises(FileProblem, match="There is no folder"):
        opened(refused_folder)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tender").mkdir()
    refused(tmp_path / "a.tender", FileProblem, "is a folder")


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "is empty"),
        (b"SQLite format 3\0", "is not a tender file"),
        (b"Bidder;Score\nAcme;5\n" * 90, "is not a tender file"),
        (PNG, "is not a tender file"),
        (b"PK\3\4" + bytes(200), "is not a tender file"),
        (bytes(70_000), "is not a tender file"),
    ],
)
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes, match: str) -> None:
    path = tmp_path / "a.tender"
    path.write_bytes(content)
    refused(path, NotATenderFile, match)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tender"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE score (id INTEGER PRIMARY KEY)")
        raw.commit()
    refused(path, NotATenderFile, "is a database of another program")


def test_a_database_that_only_says_it_is_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tender"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE score (id INTEGER PRIMARY KEY)")
        raw.execute("PRAGMA application_id = 0x54454E44")
        raw.execute("PRAGMA user_version = 1001")
        raw.commit()
    refused(path, DamagedFile, "parts of it are missing")


def with_version(path: Path, version: int) -> None:
    with by_hand(path) as raw:
        raw.execute(f"PRAGMA user_version = {version}")


def test_a_newer_major_version_is_refused(path: Path) -> None:
    with_version(path, 2003)
    refused(path, NewerFile, r"newer version of tendereval \(file version 2\.3; .* up to 1\)")


def test_a_version_that_never_was_is_refused(path: Path) -> None:
    for never in (0, 999, -1):
        with_version(path, never)
        refused(path, DamagedFile, "a file version that never was")


def test_a_newer_minor_version_is_worked_on_and_keeps_its_number(path: Path) -> None:
    with_version(path, 1007)
    with opened(path) as file:
        add_score(file)
        assert file.opened.migrated_from == ""
        assert file.back_up(AT).name.startswith("a.v1.7.")
    assert identify(path) == (1, 7)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER keep_score_delete",
        "DROP TABLE working_text",
        "ALTER TABLE score DROP COLUMN recorded_at",
    ],
)
def test_a_file_with_parts_taken_out_is_refused(path: Path, statement: str) -> None:
    with by_hand(path) as raw:
        raw.execute(statement)
    refused(path, DamagedFile, "parts of it are missing")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("points TEXT", "points REAL"),
        ("REFERENCES long_text (id)", "REFERENCES long_text (entry)"),
        ("the record only grows", "the record only grovs"),
    ],
)
def test_a_definition_that_says_something_else_is_refused(
    path: Path, before: str, after: str
) -> None:
    with by_hand(path) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?)", (before, after))
    refused(path, DamagedFile, "parts of it are missing|pages do not fit together")


def test_a_file_switched_to_another_way_of_saving_is_refused(path: Path) -> None:
    with by_hand(path) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    refused(path, DamagedFile, "another program changed the way it is saved")


def test_a_file_left_while_it_was_being_made_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tender"
    TenderFile.create(path, a_holder()).close()
    refused(path, FileProblem, "holds no tender: making it was interrupted")


def test_a_name_that_is_taken_is_refused(path: Path, whole: bytes) -> None:
    with pytest.raises(FileExists, match="is there already"):
        TenderFile.create(path, a_holder())
    assert path.read_bytes() == whole
    assert left_beside(path) == []


@pytest.mark.parametrize("name", ["a\0b.tender", "a\ud800.tender", "a" * 300])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    odd = r"cannot be (used|the name of a file)"
    with pytest.raises(FileProblem, match=odd):
        TenderFile.create(tmp_path / name, a_holder())
    with pytest.raises(FileProblem, match=odd):
        opened(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_making_a_file_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="There is no folder"):
        TenderFile.create(tmp_path / "none" / "a.tender", a_holder())


def test_making_a_file_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(schema, "create", fail)
    with pytest.raises(FileProblem):
        TenderFile.create(tmp_path / "a.tender", a_holder())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["100 % öffentlich?#&x=1.tender", "a;b'c.tender", "ä\udce9.tender"]
)
def test_an_odd_name_is_just_a_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with an_empty_tender(path) as file:
        copy = file.back_up(AT)
    with opened(path) as file:
        assert file.integrity_faults() == ()
    assert {item.name for item in tmp_path.iterdir()} == {name, copy.name}


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/home/a b/ü%.tender"), "file:///home/a b/ü%25.tender?mode=rw"),
        (PureWindowsPath(r"C:\Work\a.tender"), "file:///C:/Work/a.tender?mode=rw"),
        (PureWindowsPath(r"\\server\share\a.tender"), "file:////server/share/a.tender?mode=rw"),
    ],
)
def test_a_network_folder_is_part_of_the_path(
    path: PurePosixPath | PureWindowsPath, address: str
) -> None:
    assert connection.address(path, "rw") == address


@pytest.mark.parametrize("protected", ["a.tender", "the folder"])
def test_a_read_only_file_or_folder_is_refused_for_work_and_may_be_looked_at(
    path: Path, whole: bytes, protected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.access
    target = path if protected == "a.tender" else path.parent

    def access(asked: Path, mode: int) -> bool:
        return not (asked == target and mode == os.W_OK) and really(asked, mode)

    monkeypatch.setattr(os, "access", access)
    refused(path, ReadOnlyFile, "may not be written", reading=False)
    with opened(path, writing=False) as file, file.reading() as reader:
        read_everything(reader)
    assert path.read_bytes() == whole


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_on_disk_is_refused(path: Path) -> None:
    path.chmod(0o400)
    refused(path, ReadOnlyFile, "may not be written", reading=False)


def replace(path: Path, whole: bytes) -> None:
    other = path.with_name("other")
    other.write_bytes(whole)
    other.replace(path)


def remove(path: Path, _whole: bytes) -> None:
    path.unlink()


def write_over(path: Path, _whole: bytes) -> None:
    other = a_full_tender(path.with_name("other"))
    path.write_bytes(other.read_bytes())
    other.unlink()


def edit_the_record(path: Path, _whole: bytes) -> None:
    with by_hand(path, without_triggers=True) as raw:
        raw.execute("UPDATE score SET points = '0'")


def edit_beside_the_record(path: Path, _whole: bytes) -> None:
    with by_hand(path) as raw:
        raw.execute("UPDATE contact SET name = 'Mallory'")


@pytest.mark.parametrize(
    "act", [replace, remove, write_over, edit_the_record, edit_beside_the_record]
)
def test_a_file_changed_underneath_is_not_written(
    path: Path, whole: bytes, act: Callable[[Path, bytes], None]
) -> None:
    with opened(path) as file:
        add_score(file)
        act(path, whole)
        after = path.read_bytes() if path.exists() else None
        for _again in range(2):
            with pytest.raises(ChangedUnderneath, match="replaced or changed by another program"):
                add_score(file)
            with pytest.raises(ChangedUnderneath), file.beside():
                pass
        assert (path.read_bytes() if path.exists() else None) == after
    assert left_beside(path) == []


def test_a_change_between_opening_and_the_first_change_counts_too(path: Path, whole: bytes) -> None:
    with opened(path) as file:
        edit_the_record(path, whole)
        with pytest.raises(ChangedUnderneath):
            add_score(file)
