"""Older files are backed up and brought up to date, all or nothing; back-ups are kept in order."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tendereval.domain.errors import Bug, DamagedFile, DiskFull, FileProblem
from tendereval.store import backup, schema
from tendereval.store.columns import METADATA
from tendereval.store.connection import APPLICATION_IDS, FileKind, connect
from tendereval.store.tender_file import identify, kind_of
from tests.store.pack_values import pack_values, record_packs
from tests.store.tender_files import (
    AT,
    a_full_tender,
    add_score,
    an_empty_tender,
    by_hand,
    everything,
    left_beside,
    occasion,
    opened,
    read_everything,
    record,
)

NEXT = '''"""File version 1.2, made up for a test."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.execute("CREATE TABLE visit (id INTEGER PRIMARY KEY, note TEXT)")
    op.execute("ALTER TABLE contact ADD COLUMN phone TEXT")
    op.execute("UPDATE alembic_version SET version_num = version_num")
    {last}
    op.execute("PRAGMA user_version = {version}")
'''
ADDED = (
    "alias",
    "names_revealed",
    "name_decision",
    "tender_key",
    "signed_head",
    "contact_key",
    "pack_made",
    "collected",
    "held_taken",
    "pack_opened",
    "return_made",
    "receipt",
    "fact",
    "sealed_original",
    "sealed_key",
)
"""The tables of file version 1.1."""

MIGRATED = "a.v1.1.2027-06-01T120000.tender"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return a_full_tender(tmp_path / "a.tender")


def a_newer_product(
    folder: Path, monkeypatch: pytest.MonkeyPatch, last: str = "", version: int = 1002
) -> None:
    """From here on the product is one that writes file version 1.2."""
    scripts = folder / "100% migrations"
    shutil.copytree(
        schema.MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True
    )
    (scripts / "versions" / "v0003_next.py").write_text(NEXT.format(last=last, version=version))
    monkeypatch.setattr(schema, "MIGRATIONS", scripts)
    monkeypatch.setattr(schema, "MINOR", 2)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


def test_a_new_file_is_what_the_migrations_lead_to(path: Path) -> None:
    engine = connect(path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == schema.HEAD
        found = compare_metadata(context, METADATA)
    engine.dispose()
    assert found == []


def a_file_of_version_1_0(path: Path) -> list[tuple[str, str]]:
    """Take out of a file what version 1.1 added, and return what defines the rest."""
    with by_hand(path) as raw:
        for name in ADDED:
            raw.execute(f"DROP TABLE {name}")
        raw.execute("DROP INDEX ix_long_text_entry")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
        raw.execute("PRAGMA user_version = 1000")
        found = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
        return list(found.fetchall())


def the_definitions(path: Path) -> dict[str, str]:
    """Return what defines each part of a file, without what only lays it out."""
    with by_hand(path) as raw:
        found = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {
            name: "".join(sql.split()).replace(",", "").replace('"', "")
            for name, sql in found.fetchall()
        }


def a_tender_without_packs(path: Path) -> Path:
    with an_empty_tender(path) as file:
        with file.change(occasion("everything recorded", "a reason")) as change:
            record(change, everything())
        add_score(file)
    return path


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_of_version_1_0_becomes_one_of_version_1_1(tmp_path: Path, kind: FileKind) -> None:
    path = a_tender_without_packs(tmp_path / "a.tender")
    with opened(path) as file, file.reading() as reader:
        before = read_everything(reader)
    new = the_definitions(path)
    a_file_of_version_1_0(path)
    with by_hand(path) as raw:
        raw.execute(f"PRAGMA application_id = {APPLICATION_IDS[kind]}")
    assert identify(path) == (1, 0)
    with opened(path) as file:
        assert file.opened.migrated_from == "1.0"
        assert file.opened.backup == path.with_name("a.v1.0.2027-06-01T120000.tender")
        assert file.kind is kind
        with file.reading() as reader:
            assert read_everything(reader) == before
    assert identify(path) == (1, 1)
    assert identify(path.with_name("a.v1.0.2027-06-01T120000.tender")) == (1, 0)
    assert kind_of(path) is kind
    assert the_definitions(path) == new
    with opened(path) as file:
        assert file.opened.migrated_from == ""
        with file.change(occasion("packs recorded")) as change:
            record_packs(change, pack_values())
        with file.reading() as reader:
            assert reader.record_faults() == ()
            assert reader.collected() == tuple(
                replace(item, entry=reader.head().seq) for item in pack_values().collected
            )
        assert file.integrity_faults() == ()


def test_a_file_of_version_1_0_is_not_looked_at(path: Path) -> None:
    a_file_of_version_1_0(path)
    before = path.read_bytes()
    with pytest.raises(FileProblem, match=r"\(file version 1\.0\)\..*Open it for work once"):
        opened(path, writing=False)
    assert path.read_bytes() == before


def test_the_newest_migration_is_the_one_that_files_carry() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    assert scripts.get_heads() == [schema.HEAD]


def test_an_older_file_is_backed_up_and_brought_up_to_date(
    path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    a_newer_product(tmp_path_factory.mktemp("newer"), monkeypatch)
    with opened(path) as file:
        assert file.opened.migrated_from == "1.1"
        assert file.opened.backup == path.with_name(MIGRATED)
        assert add_score(file) == 4
        with file.reading() as reader:
            assert reader.record_faults() == ()
        assert file.integrity_faults() == ()
        assert file.back_up(AT).name == "a.v1.2.2027-06-01T120000.tender"
    assert identify(path) == (1, 2)
    copy = path.with_name(MIGRATED)
    assert identify(copy) == (1, 1)
    assert len(copy.read_bytes()) == len(before)
    with by_hand(path) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [("0003",)]
        assert raw.execute("SELECT count(*) FROM visit").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("last", "version", "kind"),
    [
        ('raise KeyError("a mistake in the migration")', 1002, KeyError),
        ('op.execute("INSERT INTO no_such_table VALUES (1)")', 1002, Bug),
        ('op.execute("DELETE FROM score")', 1002, Bug),
        ("", 1003, DamagedFile),
    ],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    last: str,
    version: int,
    kind: type[Exception],
) -> None:
    before = path.read_bytes()
    a_newer_product(tmp_path_factory.mktemp("newer"), monkeypatch, last, version)
    with pytest.raises(kind):
        opened(path)
    assert path.read_bytes() == before
    assert left_beside(path) == [MIGRATED]
    monkeypatch.undo()
    with opened(path) as file, file.reading() as reader:
        assert reader.record_faults() == ()


def test_a_migration_killed_half_way_leaves_the_file_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    script = (
        "import sys, time; from pathlib import Path\n"
        "from tendereval.store import schema\n"
        "from tests.store.tender_files import opened\n"
        "def migrate(connection, *_rest):\n"
        "    connection.exec_driver_sql('CREATE TABLE visit (note TEXT)')\n"
        "    connection.exec_driver_sql('PRAGMA cache_spill = 1')\n"
        "    connection.exec_driver_sql('PRAGMA cache_size = 1')\n"
        "    for _ in range(40):\n"
        "        connection.exec_driver_sql('INSERT INTO visit VALUES (zeroblob(50000))')\n"
        "    print('half way', flush=True); time.sleep(60)\n"
        "schema.migrate, schema.MINOR = migrate, 2\n"
        "opened(Path(sys.argv[1]))"
    )
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, env=paths
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"half way"
        process.kill()
    assert path.read_bytes() != before
    with opened(path) as file, file.reading() as reader:
        assert reader.record_faults() == ()
    assert path.read_bytes() == before
    assert left_beside(path) == [MIGRATED]


def test_an_older_file_is_not_looked_at_half_understood(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "MINOR", 2)
    before = path.read_bytes()
    with pytest.raises(FileProblem, match=r"older version .* \(file version 1\.1\).*Open it for"):
        opened(path, writing=False)
    assert path.read_bytes() == before
    assert left_beside(path) == []


def test_an_unknown_revision_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with by_hand(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = 'gone'")
    before = path.read_bytes()
    monkeypatch.setattr(schema, "MINOR", 2)
    with pytest.raises(DamagedFile):
        opened(path)
    assert path.read_bytes() == before


def test_the_last_five_back_ups_are_kept(path: Path) -> None:
    others = ["b.v1.1.2027-06-01T120000.tender", "a.v1.0.tender", "a.tender.old"]
    for other in others:
        path.with_name(other).write_bytes(b"not ours to remove")
    with opened(path) as file:
        made = [file.back_up(AT + timedelta(minutes=minute)) for minute in range(8)]
        revision = add_score(file)
    assert backup.backups(path) == made[-5:]
    assert left_beside(path) == sorted([*others, *(item.name for item in made[-5:])])
    with opened(made[-1]) as copy, copy.reading() as reader:
        assert read_everything(reader)["record_faults"] == ()
    with opened(path) as file:
        assert add_score(file) == revision + 1


def test_a_back_up_made_while_something_is_written_holds_what_was_saved(path: Path) -> None:
    with opened(path) as file:
        with file.reading():
            first = file.back_up(AT)
        add_score(file)
        with file.beside():
            second = file.back_up(AT + timedelta(minutes=1))
    with opened(first, writing=False) as one, opened(second, writing=False) as two:
        with one.reading() as reader:
            entries = len(reader.entries())
        with two.reading() as reader:
            assert len(reader.entries()) == entries + 1


def test_a_back_up_that_was_cut_short_is_cleared_away(path: Path) -> None:
    rest = f"{MIGRATED}.part"
    for name in (rest, f"{rest}-journal"):
        path.with_name(name).write_bytes(b"half a back-up")
    with opened(path) as file:
        assert file.back_up(AT + timedelta(minutes=1)).exists()
        assert left_beside(path) == ["a.tender.lock", "a.v1.1.2027-06-01T120100.tender"]


def test_a_back_up_that_fails_leaves_nothing_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with opened(path) as file:
        with pytest.raises(DiskFull):
            file.back_up(AT)
        assert left_beside(path) == ["a.tender.lock"]
