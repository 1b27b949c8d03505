"""The Record screen: filters, the whole entry, Verify in words."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tendereval.ui.screens.record import RecordScreen
from tests.service.builders import a_desk
from tests.ui.accessibility import nameless_controls
from tests.ui.lead_screens import clipped_labels, every_look, key, on_screen, tab_to, type_in
from tests.viewmodel.lead_desk import at_stage, leading


def test_filters_and_the_whole_entry_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "price") as desk, on_screen(desk, "record", qtbot) as screen:
        assert isinstance(screen, RecordScreen)
        tab_to(screen, screen.filter)
        type_in(screen, "stage entered")
        every = screen.table.model().rowCount()
        tab_to(screen, screen.what)
        key(screen, Qt.Key.Key_End)
        assert screen.table.model().rowCount() < every
        key(screen, Qt.Key.Key_Home)
        assert screen.table.model().rowCount() == every
        tab_to(screen, screen.table)
        key(screen, Qt.Key.Key_Down)
        assert "What: stage entered" in screen.details.toPlainText()


def test_a_whole_record_is_verified(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "price") as desk, on_screen(desk, "record", qtbot) as screen:
        assert isinstance(screen, RecordScreen)
        screen.verify.click()
        qtbot.waitUntil(screen.verify.isEnabled, timeout=20_000)
        assert screen.verdict.text().startswith("✓  The record is whole")


def test_verify_names_a_doctored_file(tmp_path: Path, qtbot: QtBot) -> None:
    made = a_desk(tmp_path, "priced")
    made.sql("UPDATE price SET amount = '1' WHERE bidder = 'b-1'")
    with leading(made) as desk, on_screen(desk, "record", qtbot) as screen:
        assert isinstance(screen, RecordScreen)
        screen.verify.click()
        qtbot.waitUntil(screen.verify.isEnabled, timeout=20_000)
        assert screen.verdict.text().startswith("⊖  This file is not whole.")
        assert screen.verdict.isVisible()


def test_every_control_has_a_name_and_room(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with at_stage(tmp_path, "priced") as desk, on_screen(desk, "record", qtbot) as screen:
        assert nameless_controls(screen) == []
        for _look in every_look(qapp):
            assert not screen.grab().isNull()
            assert clipped_labels(screen) == []
