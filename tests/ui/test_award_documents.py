"""Documents of the award by keyboard: edit an explanation, withhold a text, write all, send."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from tendereval.ui.dialogs.preview import Preview
from tendereval.ui.screens.award import PARTS, AwardScreen
from tendereval.ui.screens.award_parts.entry_page import AwardEntryPage
from tests.report.test_logos import png
from tests.service.builders import ALDER, BIRCH
from tests.ui.accessibility import nameless_controls
from tests.ui.lead_screens import (
    answer,
    clipped_labels,
    every_look,
    key,
    on_screen,
    tab_to,
    type_in,
)
from tests.viewmodel.award_desk import decide
from tests.viewmodel.lead_desk import at_stage, wanted
from tests.viewmodel.public_value_desk import showing_public_value

WAIT = 20_000


@contextmanager
def decided(folder: Path, qtbot: QtBot) -> Iterator[AwardScreen]:
    """Show the screen of an approved award, everything read."""
    with at_stage(folder, "award") as desk, on_screen(desk, "award", qtbot) as screen:
        assert isinstance(screen, AwardScreen)
        decide(screen._view_model)
        read(screen, qtbot)
        yield screen


def read(screen: AwardScreen, qtbot: QtBot) -> None:
    """Wait until everything is read."""
    view = screen._view_model
    qtbot.waitUntil(lambda: not screen._is_reading and not view.is_stale, timeout=WAIT)
    assert view.summaries.found is not None


def go_to_part(screen: AwardScreen, name: str) -> None:
    """Come to a part by keys."""
    screen.parts.setFocus()
    key(screen, Qt.Key.Key_Home)
    for _ in range(tuple(PARTS).index(name)):
        key(screen, Qt.Key.Key_Right)
    assert screen._pages.currentIndex() == tuple(PARTS).index(name)


def go_to_row(screen: AwardScreen, table: QTableView, row: int) -> None:
    """Come to a row by keys."""
    tab_to(screen, table)
    while table.currentIndex().row() < row:
        key(screen, Qt.Key.Key_Down)


def has_page(screen: AwardScreen) -> bool:
    return screen.entry is not None


def page(screen: AwardScreen) -> AwardEntryPage:
    assert screen.entry is not None
    return screen.entry


def row_of_price(screen: AwardScreen) -> int:
    lines = screen._view_model.summaries.lines
    return next(at for at, line in enumerate(lines) if line.is_price)


def test_an_explanation_is_edited_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with decided(tmp_path, qtbot) as screen:
        go_to_part(screen, "summaries")
        tab_to(screen, screen.summaries.suppliers)
        assert screen._view_model.summaries.chosen == ALDER
        at = row_of_price(screen)
        go_to_row(screen, screen.summaries.texts, at)
        key(screen, Qt.Key.Key_Return)
        assert has_page(screen)
        assert nameless_controls(page(screen)) == []
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_in(screen, "It costs 100 pounds more than the lowest price.")
        tab_to(screen, page(screen).do_it)
        key(screen, Qt.Key.Key_Space)
        assert not has_page(screen)
        read(screen, qtbot)
        line = screen._view_model.summaries.lines[at]
        assert line.words == "It costs 100 pounds more than the lowest price."
        assert screen.summaries.texts.hasFocus()
        assert screen.summaries.texts.currentIndex().row() == at


def test_a_text_is_withheld_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with decided(tmp_path, qtbot) as screen:
        go_to_part(screen, "summaries")
        at = row_of_price(screen)
        go_to_row(screen, screen.summaries.texts, at)
        tab_to(screen, screen.summaries.withhold)
        key(screen, Qt.Key.Key_Space)
        assert has_page(screen)
        assert nameless_controls(page(screen)) == []
        # Nothing is chosen in advance: without a limb it is refused, and nothing typed is lost.
        tab_to(screen, page(screen).form.boxes["note"].editor)
        type_in(screen, "Worth more kept than known.")
        tab_to(screen, page(screen).do_it)
        key(screen, Qt.Key.Key_Space)
        assert "Choose the limb" in page(screen).problem.text()
        page(screen).form.boxes["limb"].editor.setFocus()
        key(screen, Qt.Key.Key_Down)
        tab_to(screen, page(screen).do_it)
        key(screen, Qt.Key.Key_Space)
        assert not has_page(screen)
        read(screen, qtbot)
        held = screen._view_model.summaries.lines[at].withheld
        assert held is not None
        assert held.note == "Worth more kept than known."
        assert "never printed" in screen.summaries._note.text()
        assert screen.summaries.words.toolTip() == "It is withheld: release it first."


def test_all_documents_are_written_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with decided(tmp_path, qtbot) as screen:
        go_to_part(screen, "documents")
        screen.documents.pick_folder = lambda: str(tmp_path)
        tab_to(screen, screen.documents.write_all)
        with qtbot.waitSignal(screen._jobs.finished, timeout=WAIT):
            key(screen, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: bool(screen.documents.told.text()), timeout=WAIT)
        folder = tmp_path / "bench-documents"
        names = {path.name for path in folder.iterdir()}
        assert {"bench-award-report.pdf", "bench-moderation-record.pdf"} <= names
        assert len(list((folder / "assessment-summaries").iterdir())) == 4
        assert f"in the folder {folder}" in screen.documents.told.text()


def test_the_logo_is_chosen_said_in_words_and_removed_by_keyboard(
    tmp_path: Path, qtbot: QtBot
) -> None:
    picture = tmp_path / "ship.png"
    picture.write_bytes(png())
    with decided(tmp_path, qtbot) as screen:
        go_to_part(screen, "documents")
        row = screen.documents.logo
        row.pick_file = lambda: str(picture)
        assert row.told.text().startswith("None.")
        assert nameless_controls(row) == []
        tab_to(screen, row.choose)
        key(screen, Qt.Key.Key_Space)
        assert row.told.text() == "ship.png, at the top of every document."
        tab_to(screen, row.words)
        type_in(screen, "A ship under sail")
        tab_to(screen, row.remove)
        read(screen, qtbot)
        assert screen._view_model.documents.logo.words == "A ship under sail"
        key(screen, Qt.Key.Key_Space)
        read(screen, qtbot)
        assert not screen._view_model.documents.logo.is_there
        assert row.choose.hasFocus()


def test_writing_all_can_be_stopped_and_leaves_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    with decided(tmp_path, qtbot) as screen:
        before = set(tmp_path.iterdir())
        screen.documents.write_set(tmp_path)
        screen._jobs.cancel()
        screen._jobs.wait(WAIT)
        QTest.qWait(50)
        assert set(tmp_path.iterdir()) == before
        assert screen.documents.told.text() == ""


def test_the_summaries_are_written_and_their_sending_is_recorded(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with decided(tmp_path, qtbot) as screen:
        assert not screen.sending.record.isEnabled()
        row = next(row for row in screen._view_model.documents.rows if row.kind == "summaries")
        with qtbot.waitSignal(screen._view_model.taken, timeout=WAIT):
            screen.documents.write(row, tmp_path / "out")
        read(screen, qtbot)
        go_to_part(screen, "sending")
        tab_to(screen, screen.sending.record)
        key(screen, Qt.Key.Key_Space)
        assert has_page(screen)
        assert nameless_controls(page(screen)) == []
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        read(screen, qtbot)
        assert screen.sending.head.sentence == "2 summaries were sent on 2 March 2027"
        assert screen.sending.sent.rows.rowCount() == 2


def test_days_are_recorded_by_keyboard_and_a_bad_one_is_said_beside_it(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with decided(tmp_path, qtbot) as screen:
        go_to_part(screen, "dates")
        tab_to(screen, screen.dates.record)
        key(screen, Qt.Key.Key_Space)
        assert has_page(screen)
        type_in(screen, "soon")
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert has_page(screen)
        box = page(screen).form.boxes["notice"]
        assert box.text == "soon"
        assert "⊖" in box._problem.text()
        box.editor.setFocus()
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_in(screen, "2 March 2027")
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert not has_page(screen)
        read(screen, qtbot)
        assert "11 March 2027" in screen.dates.head.sentence


def test_escape_asks_before_what_was_typed_is_lost(tmp_path: Path, qtbot: QtBot) -> None:
    with decided(tmp_path, qtbot) as screen:
        screen.show_part("summaries")
        screen.summaries.begin("where")
        assert has_page(screen)
        type_in(screen, "www.example")
        answer(yes=False)
        key(screen, Qt.Key.Key_Escape)
        assert has_page(screen)
        answer(yes=True)
        key(screen, Qt.Key.Key_Escape)
        assert not has_page(screen)


def test_a_summary_is_looked_at_inside_the_app(tmp_path: Path, qtbot: QtBot) -> None:
    with decided(tmp_path, qtbot) as screen:
        screen.show_item(BIRCH)
        tab_to(screen, screen.summaries.preview)
        key(screen, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: screen.findChild(Preview) is not None, timeout=WAIT)
        window = screen.findChild(Preview)
        assert window is not None
        assert "Birch Ltd" in window.windowTitle()
        qtbot.waitUntil(lambda: window.pages.page_count > 0, timeout=WAIT)
        window.close()


@pytest.mark.parametrize("stage", ["scoring", "award"])
def test_every_lack_leads_to_where_it_is_mended(tmp_path: Path, qtbot: QtBot, stage: str) -> None:
    with at_stage(tmp_path, stage) as desk, on_screen(desk, "award", qtbot) as screen:
        assert isinstance(screen, AwardScreen)
        places = wanted(desk)
        screen.show_part("documents")
        links = [
            one
            for one in screen.documents.findChildren(QPushButton)
            if one.accessibleName().endswith("Go there") and not one.isHidden()
        ]
        assert links
        for one in links:
            screen.show_part("documents")
            places.clear()
            one.click()
            assert places or screen._pages.currentIndex() == 0


def test_a_figure_of_the_notice_is_copied(tmp_path: Path, qtbot: QtBot) -> None:
    with (
        showing_public_value(tmp_path, "closed") as desk,
        on_screen(desk, "award", qtbot) as screen,
    ):
        assert isinstance(screen, AwardScreen)
        read(screen, qtbot)
        go_to_part(screen, "dates")
        buttons = screen.dates.findChildren(QPushButton)
        copy = next(one for one in buttons if one.accessibleName().startswith("Copy: Tenders"))
        tab_to(screen, copy)
        key(screen, Qt.Key.Key_Space)
        assert QGuiApplication.clipboard().text() == "3"
        assert screen.dates.copied.text().startswith("✓  Copied")


def test_every_part_has_names_and_room_in_every_look(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with decided(tmp_path, qtbot) as screen:
        assert nameless_controls(screen) == []
        for _look in every_look(qapp):
            for part in PARTS:
                screen.show_part(part)
                QTest.qWait(20)
                assert clipped_labels(screen) == []
