"""The Set-up screen with a real file: names, keyboard, what is kept, publishing and amending."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tendereval.domain.stages import Stage
from tendereval.domain.tender import CriterionKind, VersionKind
from tendereval.ui import theme
from tendereval.ui.dialogs.amend import AmendDialog
from tendereval.ui.dialogs.publish import PublishDialog
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.setup import SetupScreen, make
from tendereval.ui.screens.setup_parts.criteria import CriteriaPart
from tendereval.ui.screens.setup_parts.details import DetailsPart
from tendereval.ui.screens.setup_parts.price import PricePart
from tendereval.ui.screens.setup_parts.publish import PublishPart
from tendereval.ui.screens.setup_parts.rules import RulesPart
from tendereval.ui.screens.setup_parts.scales import ScalesPart
from tendereval.ui.screens.setup_parts.who_scores import WhoScoresPart
from tendereval.viewmodels import setup as view_models
from tendereval.viewmodels.calculator import PRICE
from tendereval.viewmodels.publishing import PublishingViewModel
from tests.ui.accessibility import nameless_controls
from tests.viewmodel.setup_desk import a_desk

PARTS = ("details", "lots", "criteria", "scales", "rules", "price", "who", "public", "publish")


def early() -> datetime:
    return datetime(2027, 2, 1, 9, tzinfo=ZoneInfo("Europe/London"))


def a_screen(folder: Path, qtbot: QtBot, *, empty: bool = False) -> SetupScreen:
    desk = a_desk(folder, early, empty=empty)
    screen = make(view_models.make(desk), JobRunner(desk))
    desk.setParent(screen)
    qtbot.addWidget(screen)
    screen.resize(1060, 760)
    screen.show()
    return screen


@pytest.fixture
def screen(tmp_path: Path, qtbot: QtBot) -> Iterator[SetupScreen]:
    made = a_screen(tmp_path, qtbot)
    yield made
    made._setup.desk.close()


def criteria(screen: SetupScreen) -> CriteriaPart:
    screen.show_part("criteria")
    part = screen.part_widget("criteria")
    assert isinstance(part, CriteriaPart)
    return part


def line(form: QWidget | None, name: str) -> QLineEdit:
    found = form.boxes[name].editor  # type: ignore[union-attr]  # a form of fields
    assert isinstance(found, QLineEdit)
    return found


def named(widget: QWidget, text: str) -> QPushButton:
    buttons = [one for one in widget.findChildren(QPushButton) if one.text() == text]
    return next(one for one in buttons if not one.isHidden())


@pytest.mark.parametrize("part", PARTS)
def test_every_control_has_a_name(screen: SetupScreen, part: str) -> None:
    screen.show_part(part)
    assert nameless_controls(screen) == []


@pytest.mark.parametrize("part", PARTS)
def test_an_empty_tender_has_no_nameless_control_either(
    tmp_path: Path, qtbot: QtBot, part: str
) -> None:
    screen = a_screen(tmp_path, qtbot, empty=True)
    screen.show_part(part)
    assert nameless_controls(screen) == []
    screen._setup.desk.close()


def test_a_weight_is_recorded_when_the_field_is_left(screen: SetupScreen) -> None:
    part = criteria(screen)
    part.tree.choose("Q2")
    weight = line(part.details.form, "weight")
    weight.setFocus()
    weight.selectAll()
    QTest.keyClicks(weight, "30")
    assert screen._setup.shares.off == "10 points are missing"
    QTest.keyClick(weight, Qt.Key.Key_Return)
    assert screen._setup.shares.off == ""
    assert "100 of 100 points given out" in part.bar.accessibleName()


def test_what_cannot_be_read_stays_with_a_sentence(screen: SetupScreen) -> None:
    part = criteria(screen)
    part.tree.choose("Q2")
    weight = line(part.details.form, "weight")
    weight.setText("many")
    QTest.keyClick(weight, Qt.Key.Key_Return)
    assert weight.text() == "many"
    screen._setup.changed.emit()
    assert weight.text() == "many"


def test_long_text_is_kept_while_it_is_typed(screen: SetupScreen, qtbot: QtBot) -> None:
    part = criteria(screen)
    part.tree.choose("Q1")
    box = part.details.form.boxes["question"]  # type: ignore[union-attr]  # there is a row
    assert isinstance(box.editor, QPlainTextEdit)
    with qtbot.waitSignal(box.typing, timeout=4000):
        box.editor.setFocus()
        QTest.keyClicks(box.editor, "How will you")
    with screen._setup.desk.reading() as reader:
        assert reader.method().criteria[1].question == "How will you"
    part.tree.choose("Q2")
    assert screen._setup.method.criteria[1].question == "How will you"


def test_rows_move_by_keyboard(screen: SetupScreen) -> None:
    tree = criteria(screen).tree
    tree.choose("Q2")
    QTest.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(tree, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    rows = screen._setup.method.criteria
    assert [(row.ref, row.parent) for row in rows] == [
        ("S1", None),
        ("Q1", "S1"),
        ("Q2", None),
        ("PRICE", None),
    ]
    assert tree.ref == "Q2"
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert screen._setup.row("Q2") is None


def test_the_menu_of_a_row_adds_and_moves(screen: SetupScreen) -> None:
    part = criteria(screen)
    texts = [action.text().partition("\t")[0] for action in part.menu_for("Q1").actions()]
    assert texts[:2] == ["Move up", "Move down"]
    assert texts[-1] == "Remove Q1"
    part.tree.choose("S1")
    named(part, "+  Question").click()
    assert screen._setup.row("Q3") is not None
    assert part.tree.ref == "Q3"


def test_an_empty_tender_starts_with_one_button(tmp_path: Path, qtbot: QtBot) -> None:
    screen = a_screen(tmp_path, qtbot, empty=True)
    part = criteria(screen)
    named(part, "Add the first question").click()
    assert [row.kind for row in screen._setup.method.criteria] == [CriterionKind.QUALITY]
    screen.leave()
    screen._setup.desk.close()


def test_a_gap_opens_the_place_that_mends_it(screen: SetupScreen) -> None:
    screen._setup.place_wanted.emit("details", "regime")
    details = screen.part_widget("details")
    assert isinstance(details, DetailsPart)
    shown: list[str] = []
    things: tuple[object, ...] = ("Q2", ("scales", "0-5"), "who")
    for what in things:
        screen.show_item(what)
        shown.append(str(screen.part))
    assert shown == ["criteria", "scales", "who"]


def test_ticks_change_by_keyboard(screen: SetupScreen) -> None:
    screen.show_part("who")
    part = screen.part_widget("who")
    assert isinstance(part, WhoScoresPart)
    part.grid.setCurrentIndex(part.model.index(0, 3))
    QTest.keyClick(part.grid, Qt.Key.Key_Space)
    assert part.model.sentence == "Nobody is asked to score Q1"


def test_the_calculator_says_what_it_refuses(screen: SetupScreen) -> None:
    screen.show_part("price")
    part = screen.part_widget("price")
    assert isinstance(part, PricePart)
    for row, price in enumerate(("0", "100")):
        part.calculator.setData(part.calculator.index(row, PRICE), price)
    assert "is nothing" in part._refused.text()


def test_tie_breaks_are_added_in_order_with_the_draw_last(screen: SetupScreen) -> None:
    screen.show_part("rules")
    part = screen.part_widget("rules")
    assert isinstance(part, RulesPart)
    for rule in ("draw", "highest quality", "lowest price"):
        part.choice.choose(rule)
        part.add()
    assert list(screen._setup.method.tie_break) == ["highest quality", "lowest price", "draw"]
    part.rules.setCurrentIndex(part.rules.model().index(0, 0))
    part.shift(1)
    part.remove()
    assert list(screen._setup.method.tie_break) == ["lowest price", "draw"]


def test_the_wording_of_a_step_is_edited_in_place(screen: SetupScreen) -> None:
    screen.show_part("scales")
    part = screen.part_widget("scales")
    assert isinstance(part, ScalesPart)
    part.table.setCurrentIndex(part.table.model().index(0, 2))
    QTest.keyClick(part.table, Qt.Key.Key_Return)
    editor = part.table.findChild(QPlainTextEdit)
    assert editor is not None
    editor.setPlainText("Answers all of it.")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert screen._setup.method.scales[0].bands[-1].descriptor == "Answers all of it."


def test_publishing_is_confirmed_with_the_safe_button_ready(screen: SetupScreen) -> None:
    dialog = PublishDialog(screen._publishing, screen)
    assert dialog.back.isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert screen._setup.is_draft
    PublishDialog(screen._publishing, screen).publish.click()
    assert screen._setup.now.stage is Stage.PUBLISHED
    weight = line(criteria(screen).details.form, "weight")
    assert weight.isReadOnly()


def test_a_change_is_prepared_compared_and_published(screen: SetupScreen) -> None:
    view: PublishingViewModel = screen._publishing
    view.publish()
    screen.show_part("publish")
    part = screen.part_widget("publish")
    assert isinstance(part, PublishPart)
    named(part, "Amend…").click()
    assert screen._setup.amending is VersionKind.AMENDMENT
    part_of_rows = criteria(screen)
    part_of_rows.tree.choose("Q1")
    title = line(part_of_rows.details.form, "title")
    title.setText("Build well")
    screen.leave()
    dialog = AmendDialog(view, screen)
    assert "Build well" in dialog.comparison.toPlainText()
    dialog.publish.click()
    assert dialog.result() == 0
    dialog.reason.editor.setPlainText("A slip.")  # type: ignore[union-attr]  # several lines
    dialog.date.editor.setText("1 February 2027")  # type: ignore[union-attr]  # one line
    dialog.publish.click()
    assert screen._setup.now.version_number == 2


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_all_parts_paint_in_every_look(screen: SetupScreen, qapp: object, scale: float) -> None:
    for look in theme.Look:
        theme.apply(qapp, theme.Theme(look, scale))  # type: ignore[arg-type]  # the application
        for part in PARTS:
            screen.show_part(part)
            assert not screen.grab().isNull()
