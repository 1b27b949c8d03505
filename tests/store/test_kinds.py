"""The two files of ours, a tender's and an evaluator's, and how they are told apart."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tendereval.domain.stages import Stage
from tendereval.store import recording
from tendereval.store.connection import APPLICATION_IDS, FileKind
from tendereval.store.tender_file import TenderFile, identify, kind_of
from tests.store.tender_files import AT, a_holder, by_hand, left_beside, occasion, opened


def a_file(path: Path, kind: FileKind) -> Path:
    """Make a closed file of this kind with an identity and a stage."""
    with TenderFile.create(path, a_holder(), kind) as file, file.change(occasion()) as change:
        recording.add_identity(change, "t-1", "0.1.0")
        recording.add_stage(change, Stage.SCORING)
    return path


@pytest.mark.parametrize(("kind", "own"), [(FileKind.TENDER, b"TEND"), (FileKind.SCORING, b"TENS")])
def test_a_file_says_in_its_header_which_it_is(tmp_path: Path, kind: FileKind, own: bytes) -> None:
    path = a_file(tmp_path / "any name", kind)
    assert path.read_bytes()[68:72] == own
    assert APPLICATION_IDS[kind].to_bytes(4) == own
    assert kind_of(path) is kind
    assert identify(path) == (1, 1)
    for writing in (True, False):
        with opened(path, writing=writing) as file:
            assert file.kind is kind
            assert kind_of(path) is kind
            assert identify(path) == (1, 1)


def test_both_kinds_have_the_same_tables(tmp_path: Path) -> None:
    found = []
    for kind in FileKind:
        with closing(sqlite3.connect(a_file(tmp_path / kind.value, kind))) as raw:
            found.append(raw.execute("SELECT name, sql FROM sqlite_master ORDER BY 1").fetchall())
    assert found[0] == found[1]


def test_a_working_file_stays_one_when_it_is_copied(tmp_path: Path) -> None:
    path = a_file(tmp_path / "a.scoring", FileKind.SCORING)
    with opened(path) as file:
        backup = file.back_up(AT)
        copy = file.copy_to(tmp_path / "copy.scoring")
    assert (kind_of(backup), kind_of(copy)) == (FileKind.SCORING, FileKind.SCORING)
    assert backup.name == "a.v1.1.2027-06-01T120000.scoring"


@pytest.mark.parametrize("content", [b"", b"SQLite", b"PK\3\4" + bytes(200), bytes(70_000)])
def test_any_other_file_is_of_no_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.tender"
    path.write_bytes(content)
    assert kind_of(path) is None


def test_what_is_not_there_is_of_no_kind(tmp_path: Path) -> None:
    (tmp_path / "folder.tender").mkdir()
    for name in ("none.tender", "none/a.tender", "folder.tender", "a\0b.tender"):
        assert kind_of(tmp_path / name) is None
    assert left_beside(tmp_path / "folder.tender") == []


def test_the_database_of_another_program_is_of_no_kind(tmp_path: Path) -> None:
    path = a_file(tmp_path / "a.tender", FileKind.TENDER)
    with by_hand(path) as raw:
        raw.execute("PRAGMA application_id = 7")
    assert kind_of(path) is None
