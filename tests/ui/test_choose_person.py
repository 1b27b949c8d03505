"""Sitting down at the lead's laptop and handing it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tendereval.services import pins
from tendereval.ui.dialogs.choose_person import ChoosePerson, HandBack, choose_person
from tendereval.ui.evaluator_window import EvaluatorWindow
from tendereval.ui.jobs import JobRunner
from tendereval.viewmodels.seats import SeatsViewModel
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ANA, BEN, a_desk
from tests.ui.accessibility import nameless_controls
from tests.viewmodel.evaluator_desk import sitting


@pytest.fixture
def model(tmp_path: Path) -> Iterator[SessionViewModel]:
    with sitting(a_desk(tmp_path, "scoring")) as found:
        found.give_back_seat()
        yield found


def opened(qtbot: QtBot, model: SessionViewModel) -> ChoosePerson:
    dialog = ChoosePerson(SeatsViewModel(model))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def with_pins(model: SessionViewModel) -> None:
    pins.set_pin(model.session, ANA, "1111")
    pins.set_pin(model.session, BEN, "2222")


def test_the_owner_sets_a_pin_first_then_a_person_chooses_one(
    qtbot: QtBot, model: SessionViewModel
) -> None:
    dialog = opened(qtbot, model)
    QTest.keyClicks(dialog.own, "1111")
    QTest.keyClicks(dialog.own_again, "1111")
    dialog.keep_own.click()
    assert pins.has_pin(model.session, ANA)
    assert not dialog.sit.isEnabled()
    dialog.people.setCurrentRow(0)
    QTest.keyClicks(dialog.pin, "2222")
    QTest.keyClicks(dialog.again, "2223")
    dialog.sit.click()
    assert model.person == ANA
    dialog.again.setText("2222")
    dialog.pin.setText("2222")
    QTest.keyClick(dialog.again, Qt.Key.Key_Return)
    assert (model.person, model.lender) == (BEN, ANA)


def test_a_wrong_pin_is_said_in_words(qtbot: QtBot, model: SessionViewModel) -> None:
    with_pins(model)
    dialog = opened(qtbot, model)
    dialog.people.setCurrentRow(0)
    assert not dialog.again.isVisible()
    QTest.keyClicks(dialog.pin, "9999")
    QTest.keyClick(dialog.pin, Qt.Key.Key_Return)
    assert "That is not the PIN." in dialog._wrong.text()
    assert model.person == ANA
    assert nameless_controls(dialog) == []


def test_choosing_nobody_changes_nothing(qtbot: QtBot, model: SessionViewModel) -> None:
    with_pins(model)
    del qtbot

    def cancel() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ChoosePerson)
        dialog.reject()

    QTimer.singleShot(50, cancel)
    assert not choose_person(model)
    assert (model.person, model.lender) == (ANA, None)


@pytest.fixture
def window(qtbot: QtBot, model: SessionViewModel) -> EvaluatorWindow:
    with_pins(model)
    model.lend_seat(BEN, pins.ON_LEADS_LAPTOP)
    found = EvaluatorWindow(model, JobRunner())
    with qtbot.waitExposed(found):
        found.show()
    return found


def answering(pin: str, button: str) -> None:
    """Type into the question for the PIN as soon as it stands there, then press a button."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, HandBack)
        dialog.pin.setText(pin)
        if button == "give":
            dialog.give.click()
        if button == "close":
            dialog._on_close()
        if dialog.isVisible():
            dialog.stay.click()

    QTimer.singleShot(50, answer)


def test_leaving_needs_the_owners_pin(window: EvaluatorWindow, model: SessionViewModel) -> None:
    told: list[str] = []
    window.handed_back.connect(lambda: told.append("back"))
    answering("2222", "give")
    assert not window.close()
    assert (model.person, told) == (BEN, [])
    answering("1111", "give")
    assert window.close()
    assert (model.person, told) == (ANA, ["back"])
    window.deleteLater()


def test_the_file_can_be_closed_without_the_owners_pin(
    window: EvaluatorWindow, model: SessionViewModel
) -> None:
    told: list[str] = []
    window.file_closing.connect(lambda: told.append("file"))
    answering("", "close")
    assert window.close()
    assert (model.person, told) == (BEN, ["file"])
    window.deleteLater()
