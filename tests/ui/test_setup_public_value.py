"""Set-up, part Public value, with a real file: the lead is asked, drafts come in, all by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tendereval.domain.publicvalue.living_wage import WageUse
from tendereval.store import public_value
from tendereval.ui import theme
from tendereval.ui.screens.setup import SetupScreen
from tendereval.ui.screens.setup_parts.public_value import PublicValuePart
from tests.ui.accessibility import nameless_controls
from tests.ui.test_setup import a_screen


@pytest.fixture
def screen(tmp_path: Path, qtbot: QtBot) -> Iterator[SetupScreen]:
    made = a_screen(tmp_path, qtbot)
    yield made
    made._setup.desk.close()


def part_of(screen: SetupScreen, what: str = "") -> PublicValuePart:
    screen.show_part("public", what)
    part = screen.part_widget("public")
    assert isinstance(part, PublicValuePart)
    return part


def tab_to(screen: SetupScreen, widget: QWidget) -> None:
    for _ in range(60):
        if screen.focusWidget() is widget:
            return
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget.accessibleName()}")


def test_the_lead_is_asked_once_and_answers_by_keys(screen: SetupScreen) -> None:
    part = part_of(screen)
    assert part.wage.question.isVisible()
    part.wage.show_field("use")
    assert part.wage.form is not None
    QTest.keyClicks(screen.focusWidget(), "off")
    part.wage.form.boxes["use"].leave()
    for name in ("reason", "relevance", "proportionality"):
        tab_to(screen, part.wage.form.boxes[name].editor)
        QTest.keyClicks(screen.focusWidget(), f"The {name}.")
    assert part.wage._waits.text() == "What you changed is not recorded yet."
    tab_to(screen, part.wage.record)
    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Space)
    with screen._setup.desk.reading() as reader:
        kept = public_value.wage_setting(reader)
    assert (kept.use, kept.chosen, kept.reason) == (WageUse.OFF, True, "The reason.")
    assert not part.wage.question.isVisible()
    assert part.wage.standing.text() == "The living wage check is off: The reason."


def test_a_choice_that_is_refused_says_why_beside_the_button(screen: SetupScreen) -> None:
    part = part_of(screen)
    assert part.wage.form is not None
    part.wage._view.typed = {**part.wage._view.typed, "use": str(WageUse.OFF)}
    part.wage._on_record()
    assert part.wage.wrong.isVisible()
    assert "needs a reason" in part.wage.wrong.text()


def test_drafts_are_chosen_and_inserted_by_keys(screen: SetupScreen) -> None:
    part = part_of(screen, "library")
    library = part.library
    assert screen.focusWidget() is library.list
    library.which.setCurrentIndex(library.which.findData("Question library"))
    library._show_list()
    assert library.title.text().startswith("Question library")
    QTest.keyClick(library.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert library.insert.text() == "Insert 2 drafts"
    tab_to(screen, library.insert)
    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Space)
    assert screen.part == "criteria"
    assert {"PV01", "PV02"} <= {row.ref for row in screen._setup.method.criteria}
    part_of(screen)
    assert library.chosen == ()
    assert "PV01, PV02 stand as drafted" in library.said.text()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_has_a_name(screen: SetupScreen, scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme(scale=scale))
    part = part_of(screen)
    part.panes.show_right()
    assert nameless_controls(screen) == []
