"""The lock beside a file: whose it is, when it may be taken over, and that it is given back."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tendereval.domain.errors import ChangedUnderneath, FileLocked, FileProblem
from tendereval.services import tenders
from tendereval.store import lock
from tests.store.tender_files import (
    AT,
    a_full_tender,
    a_holder,
    add_score,
    left_beside,
    opened,
)

UNREADABLE = [
    b"",
    b"{",
    b"[]",
    b"[" * 100_000,
    b'{"host": "x"}',
    b'{"host": "h", "process": Infinity, "person": "p", "since": "s"}',
    b"\xff\xfe",
    b'{"host": "h", "process": "' + b"9" * 5000 + b'", "person": "p", "since": "s"}',
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return a_full_tender(tmp_path / "a.tender")


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def lay_lock(path: Path, holder: lock.Holder) -> Path:
    lying = lock.lock_path(path)
    lying.write_text(json.dumps(dict(zip(holder.__slots__, values_of(holder), strict=True))))
    return lying


def values_of(holder: lock.Holder) -> tuple[str, int, str, str]:
    return holder.host, holder.process, holder.person, holder.since


def refused(path: Path, match: str) -> None:
    lying = lock.lock_path(path)
    before, held = path.read_bytes(), lying.read_bytes()
    with pytest.raises(FileLocked, match=match):
        opened(path)
    assert (path.read_bytes(), lying.read_bytes()) == (before, held)
    assert left_beside(path) == [lying.name]


def test_the_lock_names_host_process_person_and_time(path: Path) -> None:
    with opened(path):
        held = lock.read(lock.lock_path(path))
        assert held == a_holder()
        assert held.process == os.getpid()
        assert (held.person, held.since) == ("Léa Lead", AT.isoformat())
        refused(path, f"process {os.getpid()}\\) by Léa Lead since 2027-06-01T12:00:00")
        with opened(path, writing=False) as looked, looked.reading() as reader:
            assert reader.record_faults() == ()


def test_a_file_open_in_another_process_is_refused(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.store.tender_files import opened\n"
        "with opened(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert other.stdout is not None
    assert other.stdout.readline().strip() == b"open"
    refused(path, rf"is open on .* \(process {other.pid}\) by Léa Lead")
    other.communicate()
    with opened(path) as file:
        assert file.opened.taken_over_from == ""


def test_a_stale_lock_is_taken_over_and_recorded(
    path: Path, gone: int, clock: Callable[[], datetime]
) -> None:
    lay_lock(path, a_holder(gone, "Eve Aluator"))
    with tenders.open_tender(path, "Léa Lead", clock, "test") as session:
        with session.reading() as reader:
            entry = reader.head()
        assert entry.kind == "file taken over"
        assert f"process {gone}, " in entry.reason
        assert entry.ids == {"held by": "p-2"}
        assert "since 2027-06-01" in entry.reason
        assert "Eve" not in entry.reason
    assert left_beside(path) == []


def test_a_lock_of_another_machine_is_taken_over_by_decision_only(path: Path, gone: int) -> None:
    lay_lock(path, lock.Holder("another-machine", gone, "Eve", "2027-06-01"))
    refused(path, r"is open on another-machine .* by Eve since .* take the file over")
    with opened(path, take_over=True) as file:
        assert "another-machine" in file.opened.taken_over_from
        assert left_beside(path) == ["a.tender.lock"]
    assert left_beside(path) == []


@pytest.mark.parametrize("content", UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_lock_that_cannot_be_read_is_taken_over_by_decision_only(
    path: Path, content: bytes
) -> None:
    lock.lock_path(path).write_bytes(content)
    refused(path, r"a lock beside it \(a\.tender\.lock\) that cannot be read")
    with opened(path, take_over=True) as file:
        assert "unknown machine" in file.opened.taken_over_from
    assert left_beside(path) == []


def test_a_folder_in_place_of_the_lock_is_refused(path: Path) -> None:
    lock.lock_path(path).mkdir()
    for take_over in (False, True):
        with pytest.raises(FileProblem):
            opened(path, take_over=take_over)


def test_a_lock_that_cannot_be_written_whole_is_taken_away_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json, "dump", full)
    with pytest.raises(FileProblem, match="is full"):
        opened(path)
    assert left_beside(path) == []


def test_of_two_that_find_the_same_stale_lock_one_takes_it(
    path: Path, gone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = lay_lock(path, a_holder(gone, "Eve"))
    faster = a_holder(os.getpid(), "Faster")
    judged = lock.is_stale

    def slow(holder: lock.Holder) -> bool:
        """While this one judges the old lock stale, another takes it over."""
        stale = judged(holder)
        lay_lock(path, faster)
        return stale

    monkeypatch.setattr(lock, "is_stale", slow)
    with pytest.raises(FileLocked, match="by Faster"):
        opened(path)
    assert lock.read(lying) == faster
    assert left_beside(path) == [lying.name]


def test_a_lock_taken_over_is_not_given_back_by_the_one_who_lost_it(path: Path) -> None:
    first = opened(path)
    add_score(first)
    taker = a_holder(1, "Taker")
    lock.acquire(path, taker, take_over=True)
    first.close()
    assert lock.read(lock.lock_path(path)) == taker


def test_two_that_write_in_turn_lose_nothing(path: Path) -> None:
    saved = []
    first = opened(path)
    saved.append(add_score(first))
    with opened(path, take_over=True) as second:
        saved.append(add_score(second))
        with pytest.raises(ChangedUnderneath):
            add_score(first)
        first.close()
        saved.append(add_score(second))
    with opened(path) as third:
        saved.append(add_score(third))
        with third.reading() as reader:
            assert reader.record_faults() == ()
            (place,) = {score.place for score in reader.scores() if score.revision > 1}
            revisions = [score.revision for score in reader.score_history(place)]
    assert saved == [4, 5, 6, 7]
    assert revisions[-4:] == saved


def test_a_holder_that_may_be_alive_is_not_stale(gone: int) -> None:
    assert lock.is_stale(a_holder(gone))
    assert not lock.is_stale(a_holder())
    assert not lock.is_stale(a_holder(os.getppid()))
    assert not lock.is_stale(a_holder(2**80))
    assert not lock.is_stale(lock.Holder("another-machine", gone, "Eve", ""))
