"""The Bids screen with a real file: names, keyboard, pasting, statuses and importing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tendereval.domain.bidding import Place
from tendereval.services.session import Session
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.bids import _TABS, BidsScreen, make
from tendereval.viewmodels import bids as view_models
from tendereval.viewmodels.folder_import import BIDDER, QUESTION
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, BIRCH, a_desk, place
from tests.ui.accessibility import nameless_controls


def a_screen(session: Session, qtbot: QtBot) -> BidsScreen:
    desk = SessionViewModel(session)
    screen = make(view_models.make(desk), JobRunner(desk))
    desk.setParent(screen)
    qtbot.addWidget(screen)
    screen.resize(1080, 760)
    screen.show()
    return screen


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path, "published").session() as opened:
        yield opened


@pytest.fixture
def screen(session: Session, qtbot: QtBot) -> BidsScreen:
    return a_screen(session, qtbot)


def text_at(session: Session, where: Place) -> str:
    with session.reading() as reader:
        found = reader.response_at(where)
    return found.text if found else ""


@pytest.mark.parametrize("tab", _TABS)
def test_every_control_has_a_name(screen: BidsScreen, tab: str) -> None:
    screen.bidder.show_tab(tab)
    assert nameless_controls(screen) == []


@pytest.mark.parametrize("stage", ["set-up", "scoring", "closed"])
def test_every_stage_can_be_shown(tmp_path: Path, qtbot: QtBot, stage: str) -> None:
    with a_desk(tmp_path, stage).session() as session:
        screen = a_screen(session, qtbot)
        for tab in _TABS:
            screen.bidder.show_tab(tab)
        assert nameless_controls(screen) == []
        assert screen.import_folder.isVisible() is False
        screen.leave()


def test_a_pasted_answer_is_recorded_when_it_is_left(screen: BidsScreen, session: Session) -> None:
    part = screen.bidder.answers
    QTest.mouseClick(part.reading.mode.part(1), Qt.MouseButton.LeftButton)
    part.reading.editor.selectAll()
    part.reading.editor.insertPlainText("Pasted as it stands.")
    assert part.reading._length.text() == "4 words"
    part.table.selectRow(1)
    assert text_at(session, place(ALDER, "Q1")) == "Pasted as it stands."
    assert part.reading.editor.toPlainText() == "Two apprentices."
    assert text_at(session, place(ALDER, "Q2")) == "Two apprentices."


def test_what_is_typed_is_recorded_at_closing(screen: BidsScreen, session: Session) -> None:
    reading = screen.bidder.answers.reading
    reading.mode.part(1).click()
    reading.editor.insertPlainText("At the last moment. ")
    screen.leave()
    assert text_at(session, place(ALDER, "Q1")).startswith("At the last moment.")


def test_rows_open_with_enter_and_show_item_goes_there(screen: BidsScreen) -> None:
    screen.show_item(place(BIRCH, "Q2"))
    assert screen.bidder.answers.reading.view.answer == "Four apprentices."
    screen.bidder.answers.table.setFocus()
    QTest.keyClick(screen.bidder.answers.table, Qt.Key.Key_Return)
    assert screen.bidder.answers.reading.view.hasFocus()
    screen.show_item("nobody")
    assert screen.bidder.answers.reading.view.answer == "Four apprentices."


def test_a_bidder_is_added_by_name(screen: BidsScreen) -> None:
    QTest.keyClicks(screen.name, "Cedar CIC")
    QTest.keyClick(screen.name, Qt.Key.Key_Return)
    assert screen._view_model.bidders.rows[-1].name == "Cedar CIC"
    assert screen.bidder._name.text() == "Cedar CIC"
    assert screen._head.sentence == "3 tenders are in; 2 answers are missing"
    assert screen.name.text() == ""


def test_a_particular_is_kept_when_left(screen: BidsScreen) -> None:
    screen.bidder.show_tab("Particulars")
    form = screen.bidder.particulars.form
    assert form is not None
    box = form.boxes["identifier"]
    assert isinstance(box.editor, QLineEdit)
    box.editor.setFocus()
    box.editor.setText("01234567")
    screen.leave()
    assert screen._view_model.bidder is not None
    assert screen._view_model.bidder.identifier == "01234567"


def test_a_status_shows_what_it_needs(screen: BidsScreen) -> None:
    screen.bidder.show_tab("Status")
    lot = next(iter(screen.bidder.status.lots.values()))
    assert not lot._dates_box.isVisible()
    assert not lot.record.isEnabled()
    at = lot.status.findData("excluded")
    lot.status.setCurrentIndex(at)
    lot.status.activated.emit(at)
    assert lot._dates_box.isVisible()
    assert "three dates" in lot._means.text()
    lot.record.click()
    assert "needs a reason" in lot._problem.text()
    QTest.keyClicks(lot.reason, "A ground.")
    lot.dates["notified_on"].setText("1 March 2027")
    lot.record.click()
    assert (
        lot._missing.text()
        == "△  Response and decision are not dated, so it is assessed until then."
    )
    assert not lot.record.isEnabled()


def test_a_status_can_be_given_up(screen: BidsScreen, qtbot: QtBot) -> None:
    screen.bidder.show_tab("Status")
    lot = next(iter(screen.bidder.status.lots.values()))
    at = lot.status.findData("late")
    lot.status.setCurrentIndex(at)
    lot.status.activated.emit(at)
    lot.give_up.click()
    qtbot.waitUntil(lambda: lot.status.currentData() == "assessed")


def test_a_clarification_is_recorded(tmp_path: Path, qtbot: QtBot) -> None:
    with a_desk(tmp_path, "scoring").session() as session:
        screen = a_screen(session, qtbot)
        screen.bidder.show_tab("Clarifications")
        part = screen.bidder.clarifications
        assert not part.reason_box.isVisible()
        part.about.setCurrentIndex(1)
        part.about.activated.emit(1)
        QTest.keyClicks(part.question, "Which oak?")
        QTest.keyClicks(part.answer, "Red oak.")
        part.scorable.click()
        assert part.reason_box.isVisible()
        part.record.click()
        assert "ground" in part._problem.text()
        QTest.keyClicks(part.reason, "It was ambiguous.")
        part.record.click()
        assert part._problem.text() == "⊖  "
        assert part.question.toPlainText() == ""
        with session.reading() as reader:
            assert len(reader.clarifications()) == 1


def test_documents_are_added_opened_and_taken_off(
    screen: BidsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    for name in ("Method.pdf", "Tool.exe"):
        (tmp_path / name).write_bytes(b"%PDF")
    screen.bidder.show_tab("Documents")
    part = screen.bidder.documents
    part.pick_files = lambda: [str(tmp_path / "Method.pdf"), str(tmp_path / "Tool.exe")]
    part.pick_target = lambda name: str(tmp_path / f"copy of {name}")
    part.add.click()
    assert part.table.model().rowCount() == 2
    part.table.selectRow(1)
    assert not part.open.isVisible()
    assert "only a copy" in part._say.text()
    part.table.selectRow(0)
    part.open.click()
    assert Path(opened[0]).name == "Method.pdf"
    part.save.click()
    assert (tmp_path / "copy of Method.pdf").read_bytes() == b"%PDF"
    reading = screen.bidder.answers.reading
    reading.document.setCurrentIndex(1)
    reading.document.activated.emit(1)
    assert part.take_off.isVisibleTo(part)
    part.take_off.click()
    assert screen._view_model.answers.document is None
    screen.leave()
    assert not Path(opened[0]).exists()


def test_a_folder_is_put_right_in_the_table_and_comes_in(
    screen: BidsScreen, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("Alder Q1.txt", "Alder Q1 b.txt"):
        (folder / name).write_text(name)
    screen.pick_folder = lambda: str(folder)
    screen.import_folder.click()
    dialog = screen.folder_dialog
    qtbot.waitUntil(dialog.isVisible)
    assert nameless_controls(dialog) == []
    assert dialog.leave_it.isDefault()
    assert not dialog.bring.isEnabled()
    dialog.show_first.click()
    index = dialog.table.currentIndex().siblingAtColumn(BIDDER)
    assert index.siblingAtColumn(QUESTION) == dialog.table.currentIndex()
    dialog.table.setCurrentIndex(index)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    choice = dialog.table.findChild(QComboBox)
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    assert index.data() == "Not imported"
    assert dialog.bring.isEnabled()
    dialog.bring.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert text_at(session, place(ALDER, "Q1")) == "Alder Q1.txt"


def test_leaving_the_dialog_takes_back_what_is_coming_in(
    screen: BidsScreen, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        (folder / f"Alder {number:02}.txt").write_text(str(number))
    screen.pick_folder = lambda: str(folder)
    screen.import_folder.click()
    dialog, jobs = screen.folder_dialog, screen._jobs
    qtbot.waitUntil(dialog.isVisible)
    with session.reading():  # the file is busy, so that the work cannot begin
        dialog.bring.click()
        dialog.reject()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert not dialog.isVisible()
    with session.reading() as reader:
        assert reader.documents() == ()


def test_a_workbook_is_tried_before_it_comes_in(
    tmp_path: Path, qtbot: QtBot, session: Session
) -> None:
    book = a_desk(tmp_path).book({"Bidders": (("Bidder",), ("Cedar CIC",))})
    screen = a_screen(session, qtbot)
    screen.pick_workbook = lambda: str(book)
    screen.import_workbook.click()
    dialog = screen.workbook_dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.take.isEnabled)
    assert len(screen._view_model.bidders.rows) == 2
    dialog.take.click()
    qtbot.waitUntil(lambda: len(screen._view_model.bidders.rows) == 3)


def test_nothing_is_chosen_where_no_folder_is_picked(screen: BidsScreen) -> None:
    screen.pick_folder = str
    screen.pick_workbook = str
    screen.on_import_folder()
    screen.on_import_workbook()
    assert screen.workbook_dialog is None


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("look", list(theme.Look))
def test_every_look_and_size_fits_the_window(
    screen: BidsScreen, look: theme.Look, scale: float, qapp: object
) -> None:
    theme.apply(qapp, theme.Theme(look, scale))  # type: ignore[arg-type]  # the application
    assert screen.minimumSizeHint().width() <= 880
    assert not screen.grab().isNull()
    assert screen.panes.is_one is (scale > 1)
