"""A folder put right by hand before it comes in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tendereval.domain.errors import FileProblem, UserFixable
from tendereval.services.progress import NullProgress
from tendereval.viewmodels.bids import BidsViewModel, make
from tendereval.viewmodels.folder_import import BIDDER, HOW, QUESTION, FolderImport
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, BIRCH, a_desk, place

QUIET = NullProgress()


@pytest.fixture
def view(tmp_path: Path) -> Iterator[BidsViewModel]:
    with a_desk(tmp_path, "published").session() as session:
        yield make(SessionViewModel(session))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    texts = {"Alder Q1.txt": "Ash.", "Alder Q1 b.txt": "Elm.", "Q2.txt": "Two.", "broken.pdf": "%"}
    made.mkdir()
    for name, text in texts.items():
        (made / name).write_text(text)
    return made


def looked(view: BidsViewModel, folder: Path) -> FolderImport:
    found = view.folder
    found.on_looked(found.look(folder)(QUIET))
    return found


def row(found: FolderImport, name: str) -> int:
    files = found.files
    rows = range(files.rowCount())
    return next(number for number in rows if files.index(number, 0).data() == name)


def test_a_conflict_is_shown_and_resolved_by_hand(view: BidsViewModel, folder: Path) -> None:
    found = looked(view, folder)
    tester = QAbstractItemModelTester(found.files)
    assert not found.may_be_brought
    assert found.waits_for.startswith("2 files go to Alder Ltd, Q1")
    assert found.sentence == "2 answers and 2 documents of 1 bidder go in"
    assert found.under == "2 files stay out."
    at = row(found, "Alder Q1 b.txt")
    assert found.files.first_conflict.row() == at
    assert found.files.setData(found.files.index(at, QUESTION), "Q2")
    assert found.files.index(at, HOW).data() == "Chosen by hand."
    assert found.waits_for == ""
    del tester


def test_a_bidder_chosen_by_hand_keeps_the_question_found(
    view: BidsViewModel, folder: Path
) -> None:
    found = looked(view, folder)
    files, at = found.files, row(found, "Q2.txt")
    assert files.index(at, BIDDER).data() == "Not imported"
    assert files.index(at, QUESTION).data() == ""
    assert not files.flags(files.index(at, QUESTION)) & Qt.ItemFlag.ItemIsEditable
    assert files.setData(files.index(at, BIDDER), BIRCH)
    assert files.index(at, QUESTION).data() == "Q2"
    assert files.index(at, QUESTION).data(files.CHOICES) == (
        ("", "Document only"),
        ("Q1", "Q1  Build"),
        ("Q2", "Q2  Jobs"),
    )


def test_what_cannot_be_read_cannot_be_chosen(view: BidsViewModel, folder: Path) -> None:
    found = looked(view, folder)
    index = found.files.index(row(found, "broken.pdf"), BIDDER)
    assert not found.files.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert not found.files.setData(index, "nobody")
    assert "damaged" in str(found.files.index(index.row(), HOW).data())


def test_it_comes_in_and_is_shown(view: BidsViewModel, folder: Path) -> None:
    found = looked(view, folder)
    files = found.files
    files.setData(files.index(row(found, "Alder Q1 b.txt"), BIDDER), "")
    found.on_brought(found.bring()(QUIET))
    assert view.bidders.rows[0].documents == 1
    view.answers.choose(place(ALDER, "Q1"))
    assert view.answers.text == "Ash."


def test_nothing_to_bring(view: BidsViewModel, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    found = looked(view, empty)
    assert found.sentence == "There are no files to bring in"
    assert found.waits_for == "Choose a bidder for one file at least."
    (empty / "x.txt").write_text("x")
    assert looked(view, empty).sentence == "No file goes in yet"


def test_a_refusal_goes_to_the_message_bar_and_a_fault_does_not(view: BidsViewModel) -> None:
    seen: list[UserFixable] = []
    view.folder._desk.refused.connect(seen.append)
    view.folder.on_failed(FileProblem("No.", "Do."))
    assert len(seen) == 1
    with pytest.raises(ZeroDivisionError):
        view.folder.on_failed(ZeroDivisionError())
