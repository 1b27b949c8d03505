"""A lead's whole way through the real windows and a real file: from New tender to the award PDF.

Declarations, scores, agreed scores and prices come in by the window's own Import; the screens
for typing them one by one have journeys of their own beside this one.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tendereval.domain.award import ApprovalOutcome
from tendereval.domain.stages import Stage
from tendereval.ui.dialogs.new_tender import WORKBOOK
from tendereval.ui.dialogs.stage_step import NextStage
from tendereval.ui.screens.award import AwardScreen
from tendereval.viewmodels import tender_files
from tendereval.viewmodels.stage_step import StageStepViewModel
from tests.service.builders import (
    AFTER,
    AGREED,
    BIDDERS,
    BIRCH,
    CONFIRMED,
    DECLARATIONS,
    DOT,
    EXPLANATIONS,
    PRICES,
    RESPONSES,
    SCORES,
    SET_UP,
    Book,
    Desk,
)
from tests.ui.shell import Shell, press, started


@pytest.fixture
def shell(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    shell = started(qapp, qtbot, tmp_path)
    yield shell
    shell.close()


def begin(shell: Shell, desk: Desk) -> None:
    """Make the tender from a workbook in the welcome window."""
    dialog = shell.desktop.welcome.new_dialog()
    dialog.ask_workbook = lambda: str(desk.book(SET_UP))
    dialog.ask_path = lambda _proposed: str(desk.file)
    dialog.choose(WORKBOOK)
    press(dialog, "Choose a workbook…")
    shell.wait_for(shell.desktop.jobs)
    press(dialog, "Make the tender…")
    shell.wait_for(shell.desktop.jobs)
    assert shell.window.desk.now.stage is Stage.SET_UP


def go_on(shell: Shell, verb: str) -> None:
    """Go to the next stage by the menu's dialog."""
    dialog = NextStage(StageStepViewModel(shell.window.desk), shell.window)
    press(dialog, verb)
    dialog.deleteLater()


def take_in(shell: Shell, desk: Desk, sheets: Book) -> None:
    """Import a workbook by the menu's dialog."""
    dialog = shell.menus.import_dialog(desk.book(sheets))
    shell.wait_for(shell.window.jobs)
    press(dialog, "Import it")
    shell.wait_for(shell.window.jobs)
    assert dialog.result() == dialog.DialogCode.Accepted, dialog.words.text()
    dialog.deleteLater()


def look_around(shell: Shell) -> None:
    """Enter every place; none may fail at any stage."""
    for name in shell.window.titles:
        shell.window.go_to(name)
        assert shell.window.screen_shown.isVisible()
        assert shell.window.messages.words == ""


def decide_and_approve(shell: Shell) -> None:
    """Choose the supplier, write why, and record the approver's word on the screen."""
    shell.window.go_to("award")
    screen = shell.window.screen_shown
    assert isinstance(screen, AwardScreen)
    deciding, approving = screen.deciding, screen.approving
    deciding.bidder.setCurrentIndex(deciding.bidder.findData(BIRCH))
    deciding.rationale.setPlainText("Best by the published method.")
    deciding.decide.click()
    approving.person.setCurrentIndex(approving.person.findData(DOT))
    approving.role.setText("Director")
    approving.word.setCurrentIndex(approving.word.findData(ApprovalOutcome.APPROVES))
    approving.approve.click()
    assert shell.window.messages.words == ""


def write_the_report(shell: Shell) -> None:
    """Write the award report with one click, beside the tender file."""
    shell.window.go_to("award", "documents")
    shell.wait_for(shell.window.jobs)
    QApplication.processEvents()
    buttons = shell.window.screen_shown.findChildren(QPushButton)
    wanted = "write the award report beside"
    found = [one for one in buttons if one.accessibleName().lower().startswith(wanted)]
    next(one for one in found if one.isVisibleTo(shell.window)).click()
    shell.wait_for(shell.window.jobs)
    assert shell.window.messages.words == ""


def test_from_a_new_tender_to_the_award_report(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    monkeypatch.setattr(tender_files, "now", desk.clock)
    begin(shell, desk)
    look_around(shell)
    go_on(shell, "Publish the method")
    take_in(shell, desk, {"Bidders": BIDDERS, "Responses": RESPONSES})
    desk.clock.now = AFTER
    go_on(shell, "Lock the answers and start scoring")
    take_in(shell, desk, {"Declarations": DECLARATIONS})
    take_in(shell, desk, {"Scores": SCORES})
    go_on(shell, "Start moderation")
    take_in(shell, desk, {"Agreed": AGREED, "Explanations": EXPLANATIONS})
    take_in(shell, desk, {"Agreed": CONFIRMED})
    look_around(shell)
    go_on(shell, "Open prices and ranking")
    take_in(shell, desk, {"Prices": PRICES})
    go_on(shell, "Go to the award")
    decide_and_approve(shell)
    write_the_report(shell)
    reports = list(tmp_path.glob("*.pdf"))
    assert [one.read_bytes()[:4] for one in reports] == [b"%PDF"]
    look_around(shell)
    shell.close()
    assert desk.on_file("check").status == 0
