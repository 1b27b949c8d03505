"""Making packs is all or nothing: whatever fails leaves neither a file nor a word of it."""

import errno
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Never

import pytest

from tendereval.domain.errors import (
    ChangedUnderneath,
    DamagedFile,
    DiskFull,
    FileExists,
    FileProblem,
    ReadOnlyFile,
    RuleRefusal,
    UserFixable,
)
from tendereval.exchange import file_writing, pack_file, seal
from tendereval.services import packing, panel, scoring_books
from tendereval.services.packing import PackOrder
from tendereval.services.progress import Cancelled
from tests.service.builders import AFTER, ALDER, BEN, CAM, DECLARATIONS, Desk, a_desk
from tests.service.packing_builders import (
    BEN_BELL,
    CAM_COLE,
    a_hidden_desk,
    answered_in,
    leading,
    opened,
)
from tests.service.test_packing_privacy import NEUTRAL

BOTH = (PackOrder(BEN, card=BEN_BELL.card), PackOrder(CAM, card=CAM_COLE.card))


class Watching:
    """Follows the progress and stops the work at a step."""

    def __init__(self, stop_at: int = 0) -> None:
        self.stop_at = stop_at
        self.seen: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, label: str) -> None:
        """Note the step, or stop there."""
        self.seen.append((done, total, label))
        if len(self.seen) == self.stop_at:
            raise Cancelled


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk at stage scoring with a document, its keys made."""
    made = a_desk(tmp_path, "published")
    with made.session() as session:
        answered_in(ALDER, "Q1", "plan.txt", b"Oak, and more oak.")(session)
    made.clock.now = AFTER
    assert made.enter("scoring").status == 0
    assert made.take_in({"Declarations": DECLARATIONS}).status == 0
    with leading(made):
        return made


def refused(desk: Desk, folder: Path, *, progress: Watching | None = None) -> UserFixable:
    """Try to make both packs, and see that nothing is left of the trial."""
    before = desk.entries()
    with leading(desk) as session, pytest.raises(UserFixable) as refusal:
        packing.make_packs(session, BOTH, folder, progress)
    assert desk.entries() == before
    with desk.looking() as session, session.reading() as reader:
        assert (*reader.packs_made(), *reader.signed_heads(), *reader.contact_keys()) == ()
    return refusal.value


def test_progress_is_told_and_reaches_its_end(desk: Desk, tmp_path: Path) -> None:
    """It never goes back."""
    watching = Watching()
    with leading(desk) as session:
        packing.make_packs(session, BOTH, tmp_path / "out", watching)
    done = [(done, total) for done, total, _ in watching.seen]
    assert done == sorted(done)
    assert done[-1] == (200, 200)
    assert {label for *_, label in watching.seen} == {
        "Pack for Ben Bell",
        "Pack for Community panel member 1",
    }


@pytest.mark.parametrize("stop_at", range(1, 7))
def test_stopping_leaves_nothing(desk: Desk, tmp_path: Path, stop_at: int) -> None:
    """At any step, also when the first pack is written."""
    assert isinstance(refused(desk, tmp_path / "out", progress=Watching(stop_at)), Cancelled)
    assert not (tmp_path / "out").exists()


def test_a_damaged_document_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    """The pack that does not hold it is not made either."""
    desk.sql("UPDATE document_bytes SET content = X'00'")
    assert isinstance(refused(desk, tmp_path / "out"), DamagedFile)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("last", [1, 2])
def test_a_full_disk_leaves_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    """Whether the first pack no longer fits or the second."""
    times = 0

    def fail_at_last(write: object, target: BinaryIO, lock: object) -> None:
        nonlocal times
        times += 1
        if times == last:
            raise OSError(errno.ENOSPC, "No space left on device")
        seal.seal_stream(write, target, lock)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(pack_file, "seal_stream", fail_at_last)
    assert isinstance(refused(desk, tmp_path / "out"), DiskFull)
    assert not (tmp_path / "out").exists()


def test_a_file_that_cannot_get_its_name_leaves_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one, which has it already, is taken back with the record."""
    (tmp_path / "out").mkdir()
    put = file_writing.put_once

    def fail_at_cam(partial: Path, path: Path) -> None:
        if path.name.startswith("T-1 Community"):
            raise ReadOnlyFile("Another program holds it.", "Close that program.")
        put(partial, path)

    monkeypatch.setattr(file_writing, "put_once", fail_at_cam)
    assert isinstance(refused(desk, tmp_path / "out"), ReadOnlyFile)
    assert list((tmp_path / "out").iterdir()) == []


def test_an_entry_that_cannot_be_written_leaves_no_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is closed last, after the files have their names."""

    def fail(*_: object) -> Never:
        raise DiskFull("There is no room for the tender file.", "Make room.")

    (tmp_path / "out").mkdir()
    monkeypatch.setattr("tendereval.store.audit.append", fail)
    assert isinstance(refused(desk, tmp_path / "out"), DiskFull)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_of_that_name_is_left_as_it_is(desk: Desk, tmp_path: Path) -> None:
    """The other pack is not made either."""
    there = tmp_path / "out" / "T-1 Community panel member 1 1.scorepack"
    there.parent.mkdir()
    there.write_text("mine")
    assert isinstance(refused(desk, tmp_path / "out"), FileExists)
    assert [path.name for path in there.parent.iterdir()] == [there.name]
    assert there.read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_told(desk: Desk, tmp_path: Path) -> None:
    """The one above it must be there."""
    assert isinstance(refused(desk, tmp_path / "no" / "out"), FileProblem)


def test_one_refused_pack_refuses_all(desk: Desk, tmp_path: Path) -> None:
    """Somebody else's card for the second, or the same person twice."""
    wrong = (BOTH[0], replace(BOTH[1], card=BEN_BELL.card))
    twice = (BOTH[0], BOTH[0])
    for orders in (wrong, twice, ()):
        with leading(desk) as session, pytest.raises(RuleRefusal):
            packing.make_packs(session, orders, tmp_path / "out")
        assert not (tmp_path / "out").exists()


def test_after_a_failure_the_same_number_is_given_again(desk: Desk, tmp_path: Path) -> None:
    """Nobody misses a pack that never was."""
    refused(desk, tmp_path / "out", progress=Watching(3))
    with leading(desk) as session:
        made = packing.make_packs(session, BOTH, tmp_path / "out")
    assert [item.number for item in made] == [1, 1]
    assert len(list((tmp_path / "out").iterdir())) == 2
    content = opened(made[0].path).documents
    assert list(content.values()) == [b"Oak, and more oak."]


def test_a_change_made_meanwhile_is_kept_and_no_pack_is_made(desk: Desk, tmp_path: Path) -> None:
    """The head that was sealed into the packs would no longer be the newest."""

    class Meddling(Watching):
        """Declares for Ben while packs are written."""

        def step(self, done: int, total: int, label: str) -> None:
            """Change the record once."""
            super().step(done, total, label)
            if len(self.seen) == 2:
                panel.declare(session, BEN, "")

    with leading(desk) as session:
        with pytest.raises(ChangedUnderneath):
            packing.make_packs(session, BOTH, tmp_path / "out", Meddling())
        with session.reading() as reader:
            assert reader.packs_made() == ()
    assert desk.entries()[-1].kind == "interests declared"
    assert not (tmp_path / "out").exists()


def test_names_are_looked_for_once_whoever_the_packs_are_for(tmp_path: Path) -> None:
    """Every document is read through, which takes its time; it can be stopped there."""
    desk = a_hidden_desk(
        tmp_path, NEUTRAL, answered_in(ALDER, "Q1", "plan.txt", b"Oak, and more oak.")
    )
    seen = Watching()
    with leading(desk) as session:
        packing.make_packs(session, BOTH, tmp_path / "out", seen)
        books = Watching()
        wanted = [(PackOrder(one), tmp_path / f"{one}.xlsx") for one in (BEN, CAM)]
        scoring_books.write_books(session, wanted, books)
        with pytest.raises(Cancelled):
            scoring_books.write_books(
                session, [(PackOrder(BEN), tmp_path / "x.xlsx")], Watching(stop_at=1)
            )
    for one in (seen, books):
        assert [label for *_, label in one.seen].count("Looking for names") == 1
    assert not (tmp_path / "x.xlsx").exists()
