"""Disks that are full or held by others: a clear sentence, the file whole, work goes on."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tendereval.domain.errors import ChangedUnderneath, DiskFull, FileLocked, FileProblem
from tendereval.store import beside_record
from tendereval.store.tender_file import TenderFile, identify
from tests.store.tender_files import (
    AT,
    EVE,
    Q1,
    a_full_tender,
    add_score,
    left_beside,
    occasion,
    opened,
    typed,
)

FULL_DISK = """
import sys
from pathlib import Path
from tendereval.domain.errors import DiskFull
from tests.store.tender_files import *

folder = Path(sys.argv[1])
path = a_full_tender(folder / "a.tender")
padding = folder / "padding"
with opened(path) as file:
    with padding.open("wb", buffering=0) as stream:
        try:
            while stream.write(bytes(4096)):
                pass
        except OSError:
            pass
    before = path.read_bytes()
    for attempt in (lambda: add_score(file, rationale="x" * 300_000), lambda: file.back_up(AT)):
        try:
            attempt()
        except DiskFull as refusal:
            print(refusal.happened)
    assert path.read_bytes() == before
    assert left_beside(path) == ["a.tender.lock", "padding"], left_beside(path)
    padding.unlink()
    assert add_score(file) == 4
    with file.reading() as reader:
        assert reader.record_faults() == ()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return a_full_tender(tmp_path / "a.tender")


def limit(file: TenderFile, pages: int) -> None:
    with file._engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_is_said_and_work_goes_on_once_there_is_room(path: Path) -> None:
    with opened(path) as file:
        before = path.read_bytes()
        limit(file, 1)
        for _again in range(2):
            with pytest.raises(DiskFull, match=r"is full\. The file is as it was before"):
                add_score(file, rationale="x" * 100_000)
            with pytest.raises(DiskFull), file.beside() as change:
                beside_record.keep_working_text(change, EVE, Q1, typed("x" * 100_000), AT)
        assert path.read_bytes() == before
        assert left_beside(path) == ["a.tender.lock"]
        limit(file, 2**30)
        assert add_score(file) == 4
        with file.reading() as reader:
            assert reader.record_faults() == ()


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no disk can be mounted here")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    shell = ("unshare", "-m", "sh", "-c")
    mount = f"mount -t tmpfs -o size=4m tmpfs '{tmp_path}'"
    tried = subprocess.run(
        [*shell, mount],
        capture_output=True,
        check=False,
    )
    if tried.returncode:
        pytest.skip("no disk may be mounted here")
    done = subprocess.run(
        [*shell, f'{mount} && "$0" -c "$1" "$2"', sys.executable, FULL_DISK, str(tmp_path)],
        capture_output=True,
        check=False,
        env=environment,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout == "The disk that holds a.tender is full.\n" * 2


def test_a_disk_that_takes_no_larger_file(path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from tendereval.domain.errors import FileProblem\n"
        "from tests.store.tender_files import *\n"
        "path = Path(sys.argv[1]); before = path.read_bytes()\n"
        "with opened(path) as file:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before), resource.RLIM_INFINITY))\n"
        "    try: add_score(file, rationale='x' * 300_000)\n"
        "    except FileProblem as refusal: print(refusal)\n"
        "    assert path.read_bytes() == before\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)\n"
        "    print(add_score(file))\n"
    )
    pytest.importorskip("resource", reason="limits of this kind are Unix's")
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    )
    assert done.stderr == ""
    sentence, revision = done.stdout.splitlines()
    assert sentence.startswith("The disk that holds a.tender did not answer as it should.")
    assert revision == "4"


def test_another_program_that_writes_is_waited_for_and_then_named(path: Path) -> None:
    before = path.read_bytes()
    with opened(path) as file, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FileLocked, match="is in use by another program"):
            add_score(file)
        other.execute("ROLLBACK")
        assert path.read_bytes() == before
        assert add_score(file) == 4


def test_what_another_program_wrote_meanwhile_is_noticed_after_waiting(path: Path) -> None:
    with opened(path) as file, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE contact SET name = 'Mallory'")
        with pytest.raises(FileLocked):
            add_score(file)
        other.execute("COMMIT")
        with pytest.raises(ChangedUnderneath):
            add_score(file)


def test_looking_at_a_file_from_beside_leaves_the_locks_of_a_change_alone(path: Path) -> None:
    script = (
        "import sqlite3, sys\n"
        "raw = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)\n"
        "try: raw.execute('BEGIN IMMEDIATE')\n"
        "except sqlite3.OperationalError as error: print(error)\n"
    )
    with opened(path) as file, file.change(occasion()):
        assert identify(path) == (1, 1)
        with pytest.raises(FileLocked):
            opened(path)
        with opened(path, writing=False) as looked, looked.reading() as reader:
            assert reader.record_faults() == ()
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, check=True, text=True
        )
    assert done.stdout == "database is locked\n"


def test_another_program_that_reads_holds_a_change_up_but_loses_nothing(path: Path) -> None:
    with opened(path) as file, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM score").fetchall()
        with pytest.raises(FileLocked):
            add_score(file)
        other.execute("ROLLBACK")
        assert add_score(file) == 4
        with file.reading() as reader:
            assert reader.record_faults() == ()


def test_a_text_larger_than_a_file_can_hold_is_refused_in_words(path: Path) -> None:
    with opened(path) as file:
        raw = file._engine.raw_connection().driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 100_000)
        before = path.read_bytes()
        with pytest.raises(FileProblem, match="larger than a"):
            add_score(file, rationale="x" * 200_000)
        assert path.read_bytes() == before
