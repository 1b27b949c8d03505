"""The Award screen by keyboard: decision, approval, closing, documents with one click."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tendereval.domain.stages import Stage
from tendereval.ui.dialogs.preview import Preview
from tendereval.ui.screens.award import PARTS, AwardScreen
from tests.service.builders import ALDER, BIRCH, DOT
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
from tests.viewmodel.lead_desk import a_framework, at_stage, leading


def test_a_decision_and_its_approval_are_given_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "award") as desk, on_screen(desk, "award", qtbot) as screen:
        assert isinstance(screen, AwardScreen)
        deciding, approving = screen.deciding, screen.approving
        assert not deciding.decide.isEnabled()
        tab_to(screen, deciding.bidder)
        key(screen, Qt.Key.Key_Down)
        tab_to(screen, deciding.rationale)
        type_in(screen, "Best by the method.")
        tab_to(screen, deciding.decide)
        key(screen, Qt.Key.Key_Space)
        assert screen._view_model.decision is not None
        assert screen._view_model.decision.bidders == (BIRCH,)
        assert not approving.approve.isEnabled()
        tab_to(screen, approving.person)
        key(screen, Qt.Key.Key_End)
        tab_to(screen, approving.role)
        type_in(screen, "Director")
        tab_to(screen, approving.word)
        key(screen, Qt.Key.Key_Down, Qt.Key.Key_Down)
        tab_to(screen, approving.approve)
        key(screen, Qt.Key.Key_Space)
        assert screen._view_model.is_approved
        assert screen._head.sentence == "The award is approved"
        answer(yes=False)
        approving.close_tender.click()
        assert str(desk.now.stage) == "award"
        answer(yes=True)
        approving.close_tender.click()
        assert desk.now.stage is Stage.CLOSED


def test_several_suppliers_go_on_a_framework_in_order(tmp_path: Path, qtbot: QtBot) -> None:
    with (
        leading(a_framework(tmp_path)) as desk,
        on_screen(desk, "award", qtbot) as screen,
    ):
        assert isinstance(screen, AwardScreen)
        deciding = screen.deciding
        deciding.rationale.setPlainText("Both are good.")
        deciding.no_award.setChecked(True)
        for tick in deciding.ticks.values():
            tick.setChecked(True)
        assert not deciding.decide.isEnabled()
        deciding.no_award.setChecked(False)
        deciding.decide.click()
        assert screen._view_model.decision is not None
        assert screen._view_model.decision.bidders == (BIRCH, ALDER)
        assert "1. Birch Ltd and 2. Alder Ltd" in screen._view_model.decision_in_words


def test_nothing_of_legal_weight_is_chosen_in_advance(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "award") as desk, on_screen(desk, "award", qtbot) as screen:
        assert isinstance(screen, AwardScreen)
        assert screen.deciding.chosen is None
        assert screen.approving.person.currentData() == ""
        assert screen.approving.word.currentData() == ""


def test_a_rationale_is_kept_while_it_is_typed(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "award") as desk, on_screen(desk, "award", qtbot) as screen:
        assert isinstance(screen, AwardScreen)
        screen.deciding.rationale.setFocus()
        type_in(screen, "Best because")
        qtbot.waitUntil(lambda: screen._view_model.typed == "Best because", timeout=4000)
        desk.announce(frozenset())
        assert screen.deciding.rationale.toPlainText() == "Best because"


def test_another_decision_keeps_its_form_while_things_change(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "award") as desk, on_screen(desk, "award", qtbot) as screen:
        assert isinstance(screen, AwardScreen)
        screen._view_model.decide((BIRCH,), "Best.")
        assert screen.deciding.form.isHidden()
        screen.deciding.change.click()
        assert not screen.deciding.form.isHidden()
        screen.deciding.rationale.setPlainText("Second thoughts")
        screen._view_model.note_written()
        assert not screen.deciding.form.isHidden()
        assert screen.deciding.rationale.toPlainText() == "Second thoughts"


def test_a_document_is_written_with_one_click(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "award") as desk, on_screen(desk, "award", qtbot) as screen:
        write = named(screen, "Write the scores workbook beside the tender file")
        path = tmp_path / "bench-scores-workbook-draft.xlsx"
        with qtbot.waitSignal(desk.saved, timeout=20_000):
            write.click()
        assert path.exists()


def test_the_award_report_is_looked_at_inside_the_app(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "award") as desk, on_screen(desk, "award", qtbot) as screen:
        named(screen, "Preview the award report").click()
        qtbot.waitUntil(lambda: screen.findChild(Preview) is not None, timeout=20_000)
        window = screen.findChild(Preview)
        assert window is not None
        qtbot.waitUntil(lambda: window.pages.page_count > 1, timeout=20_000)
        assert nameless_controls(window) == []
        window.close()
        assert not [path for path in tmp_path.iterdir() if path.suffix == ".pdf"]


def named(screen: QWidget, name: str) -> QPushButton:
    buttons = screen.findChildren(QPushButton)
    return next(one for one in buttons if one.accessibleName() == name and not one.isHidden())


@pytest.mark.parametrize("stage", ["scoring", "award", "closed"])
def test_every_control_has_a_name_and_room(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, stage: str
) -> None:
    with at_stage(tmp_path, stage) as desk, on_screen(desk, "award", qtbot) as screen:
        assert nameless_controls(screen) == []
        assert DOT in {member.person for member in desk.now.panel}
        assert isinstance(screen, AwardScreen)
        for _look in every_look(qapp):
            for part in PARTS:
                screen.show_part(part)
                QTest.qWait(20)
                assert not screen.grab().isNull()
                assert clipped_labels(screen) == []
