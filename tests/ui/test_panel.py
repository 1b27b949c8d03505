"""The Panel screen by keyboard: declarations, decisions, and what is typed about a person."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tendereval.domain.evaluation import InterestOutcome
from tendereval.ui.screens.panel import PanelScreen
from tests.service.builders import ALDER, BEN, BIRCH, CAM
from tests.ui.accessibility import nameless_controls
from tests.ui.lead_screens import clipped_labels, every_look, key, on_screen, tab_to, type_in
from tests.viewmodel.lead_desk import at_stage


def test_an_interest_is_declared_and_decided_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "scoring") as desk, on_screen(desk, "panel", qtbot) as screen:
        assert isinstance(screen, PanelScreen)
        screen.show_item(BEN)
        person, decision = screen.person, screen.person.decision
        screen.table.setFocus()
        tab_to(screen, person.interest)
        type_in(screen, "My brother works there.")
        tab_to(screen, person.about.ticks[ALDER])
        key(screen, Qt.Key.Key_Space)
        tab_to(screen, person.declare_some)
        key(screen, Qt.Key.Key_Space)
        found = desk.now.declaration(BEN)
        assert found is not None
        assert (found.interest, found.bidders) == ("My brother works there.", (ALDER,))
        assert not decision.record.isEnabled()
        first = next(iter(decision.outcomes.values()))
        screen.table.setFocus()
        tab_to(screen, first)
        key(screen, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space)
        tab_to(screen, decision.bidders[ALDER])
        key(screen, Qt.Key.Key_Space)
        tab_to(screen, decision.how)
        type_in(screen, "Scores Birch only.")
        tab_to(screen, decision.record)
        key(screen, Qt.Key.Key_Space)
        found = desk.now.declaration(BEN)
        assert found is not None
        assert found.outcome is InterestOutcome.REMOVED_FOR_BIDDERS
        assert found.removed_for == frozenset({ALDER})


def test_nothing_is_chosen_in_advance(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "scoring") as desk, on_screen(desk, "panel", qtbot) as screen:
        assert isinstance(screen, PanelScreen)
        screen.show_item(BEN)
        screen.person.interest.setPlainText("A share in it.")
        screen.person.declare_some.click()
        decision = screen.person.decision
        assert not any(radio.isChecked() for radio in decision.outcomes.values())
        assert decision._waits.text() == "Choose one of the four first."


def test_what_is_typed_about_one_person_never_lands_on_another(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with at_stage(tmp_path, "scoring") as desk, on_screen(desk, "panel", qtbot) as screen:
        assert isinstance(screen, PanelScreen)
        person = screen.person
        screen.show_item(BEN)
        person.interest.setPlainText("About Ben.")
        person.about.tick(frozenset({BIRCH}))
        person.reason.setText("Ben moves away.")
        screen.show_item(CAM)
        assert (person.interest.toPlainText(), person.reason.text()) == ("", "")
        assert not any(tick.isChecked() for tick in person.about.ticks.values())
        screen.show_item(BEN)
        assert person.interest.toPlainText() == "About Ben."
        assert person.reason.text() == "Ben moves away."
        assert person.about.ticked == (BIRCH,)


def test_a_person_joins_and_another_leaves(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "scoring") as desk, on_screen(desk, "panel", qtbot) as screen:
        assert isinstance(screen, PanelScreen)
        screen.name.setFocus()
        type_in(screen, "Eve Ede")
        tab_to(screen, screen.why)
        type_in(screen, "In place of Ben.")
        key(screen, Qt.Key.Key_Return)
        assert len(desk.now.panel) == 5
        screen.show_item(BEN)
        screen.person.reason.setText("Moves away.")
        screen.person.successor.setCurrentText("Eve Ede")
        screen.person.leave.click()
        assert desk.now.member(BEN).left
        screen.show_item(BEN)
        assert screen.person._changing.isHidden()


def test_every_control_has_a_name_and_room(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with at_stage(tmp_path, "scoring") as desk, on_screen(desk, "panel", qtbot) as screen:
        assert nameless_controls(screen) == []
        for _look in every_look(qapp):
            assert not screen.grab().isNull()
            assert clipped_labels(screen) == []
