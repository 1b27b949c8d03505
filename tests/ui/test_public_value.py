"""The Public value screen: tools, bidders and lines by keyboard; typing is never lost unasked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tendereval.store import public_value
from tendereval.ui.screens.public_value import PublicValueScreen
from tendereval.ui.screens.public_value_parts.entry_page import EntryPage
from tendereval.viewmodels.public_value_rows import Task, Tool
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.ui.accessibility import nameless_controls
from tests.ui.lead_screens import (
    answer,
    clipped_labels,
    every_look,
    focus,
    key,
    on_screen,
    tab_to,
    type_in,
)
from tests.viewmodel.lead_desk import at_stage, leading, refusals, wanted
from tests.viewmodel.public_value_desk import (
    NORTHGATE,
    TY_GWYN,
    VALE,
    a_public_value_desk,
    showing_public_value,
)

PASTED = (
    "Role\tEmployer\tPlace\tBasis\tAmount\tHours\tHeads\n"
    "Driver\tdirect\tUK\thour\t1390p\t30\t12\n"
    "Cook\tdirect\tLondon\thour\t14.80\t20\t1"
)


@contextmanager
def shown(
    desk: SessionViewModel, qtbot: QtBot, size: tuple[int, int] = (1080, 770)
) -> Iterator[PublicValueScreen]:
    with on_screen(desk, "public_value", qtbot, size) as screen:
        assert isinstance(screen, PublicValueScreen)
        yield screen


def page(screen: PublicValueScreen) -> EntryPage:
    assert screen.entry is not None
    assert screen.page_shown is screen.entry
    return screen.entry


def press(letter: str) -> None:
    """Press a key where the focus is, an editor in a cell included."""
    widget = QApplication.focusWidget()
    assert widget is not None
    if letter == "\r":
        QTest.keyClick(widget, Qt.Key.Key_Return)
        QTest.qWait(10)  # a cell's editor closes once the key is done with
    else:
        QTest.keyClicks(widget, letter)


def words(screen: QWidget) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisible())


def test_tools_bidders_and_lines_are_reached_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with showing_public_value(tmp_path) as desk, shown(desk, qtbot) as screen:
        screen.tools.setFocus()
        key(screen, Qt.Key.Key_Right)
        assert "Only by weaker proof" in screen.page.answer.text()
        tab_to(screen, screen.page.bidders)
        key(screen, Qt.Key.Key_Down)
        assert screen.page.sentence.text().endswith("One certificate awaits a decision.")
        tab_to(screen, screen.page.working)
        key(screen, Qt.Key.Key_Down)
        assert "Offered as equivalent: Our audit." in words(screen)
        key(screen, Qt.Key.Key_Return)
        assert "Is this certificate of Vale Coaches Ltd accepted?" in words(page(screen))
        key(screen, Qt.Key.Key_Escape)
        assert screen.focusWidget() is screen.page.working
        assert screen.page.row is not None
        assert screen.page.row.key == "1"


def test_a_page_is_recorded_by_keyboard_and_the_answer_changes(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with showing_public_value(tmp_path, "price") as desk, shown(desk, qtbot) as screen:
        screen.show_item("share")
        screen.begin(Task.TARGET)
        field = page(screen).form.boxes["share"].editor
        assert screen.focusWidget() is field
        assert isinstance(field, QLineEdit)
        field.selectAll()
        type_in(screen, "2%")
        QTest.keyClick(focus(screen), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert "needs a reason" in page(screen).problem.text()
        assert page(screen).problem.isVisible()
        page(screen).form.boxes["reason"].editor.setFocus()
        type_in(screen, "The cabinet said so.")
        QTest.keyClick(focus(screen), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert screen.entry is None
        assert screen.page.answer.text().startswith("Not with Tŷ Gwyn CIC and Vale Coaches Ltd.")


def test_what_cannot_be_read_is_said_under_its_field(tmp_path: Path, qtbot: QtBot) -> None:
    with showing_public_value(tmp_path) as desk, shown(desk, qtbot) as screen:
        screen.begin(Task.EDIT_COMMITMENT, "c-2")
        page(screen).form.focus_on("how_many")
        type_in(screen, "about six")
        page(screen).do_it.click()
        assert screen.focusWidget() is page(screen).form.boxes["how_many"].editor
        assert "“about six” is not a number" in words(page(screen))


def test_roles_are_typed_into_the_table_by_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    with showing_public_value(tmp_path) as desk, shown(desk, qtbot) as screen:
        screen.show_item(NORTHGATE)
        screen.begin(Task.PAY)
        grid = screen.pay.grid
        assert screen.focusWidget() is grid
        for at, text in enumerate(("Cleaner", "", "", "", "13.60", "30", "4")):
            grid.setCurrentIndex(grid.model().index(0, at))
            press("\r" if not text else text[0])
            for letter in text[1:]:
                press(letter)
            assert isinstance(QApplication.focusWidget(), QLineEdit if text else QComboBox)
            press("\r")
            assert screen.focusWidget() is grid
        assert screen.pay.model.problems == ()
        screen.pay.do_it.click()
        with desk.reading() as reader:
            (row,) = public_value.pay_schedules(reader)[NORTHGATE]
        assert (row.role, str(row.place), row.heads) == ("Cleaner", "UK", 4)
        assert screen.page.answer.text() == (
            "Yes with Tŷ Gwyn CIC and Northgate. Not yet with Vale Coaches Ltd."
        )


def test_pasted_lines_are_mended_where_they_stand(tmp_path: Path, qtbot: QtBot) -> None:
    with showing_public_value(tmp_path) as desk, shown(desk, qtbot) as screen:
        screen.show_item(NORTHGATE)
        screen.begin(Task.PAY)
        QGuiApplication.clipboard().setText(PASTED)
        QTest.keyClick(focus(screen), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert "Line 2, Amount: “1390p” is not an amount" in words(screen)
        assert screen.focusWidget() is screen.pay.lines
        assert screen.pay.model.count == 0
        screen.pay.lines.setPlainText(PASTED.replace("1390p", "13.90"))
        screen.pay.take_lines.click()
        assert screen.pay.lines.isHidden() or not screen.pay.lines.isVisible()
        assert screen.pay.model.count == 2
        screen.pay.grid.setCurrentIndex(screen.pay.model.index(1, 0))
        screen.pay.take_out.click()
        assert screen.pay.model.count == 1
        answer(yes=False)
        screen.pay.back.click()
        assert screen.page_shown is screen.pay
        answer(yes=True)
        screen.pay.back.click()
        assert screen.page_shown is not screen.pay
        with desk.reading() as reader:
            assert NORTHGATE not in public_value.pay_schedules(reader)


def test_a_scheme_is_found_while_typing_and_the_list_teaches(tmp_path: Path, qtbot: QtBot) -> None:
    with showing_public_value(tmp_path) as desk, shown(desk, qtbot) as screen:
        screen.show_item("certificates")
        screen.begin(Task.ADD_CLAIM)
        box = page(screen).form.boxes["scheme"]
        assert isinstance(box.editor, QLineEdit)
        type_in(screen, "business ch")
        completer = box.editor.completer()
        assert completer is not None
        assert completer.currentCompletion() == "Good Business Charter"
        box.editor.setText("Good Business Charter")
        completer.activated.emit("Good Business Charter")
        assert "self-declared: the bidder says so." in words(page(screen))


def test_typing_that_is_not_recorded_is_told_before_the_window_goes(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with showing_public_value(tmp_path) as desk, shown(desk, qtbot) as screen:
        told = refusals(desk)
        screen.leave()
        assert not told
        screen.begin(Task.ADD_GOAL)
        screen.leave()
        assert not told
        type_in(screen, "Clean air")
        screen.leave()
        assert [one.happened for one in told] == ["What you typed in Public value is not recorded."]
        answer(yes=True)
        key(screen, Qt.Key.Key_Escape)
        assert screen.entry is None


def test_a_data_pack_is_imported_and_rates_can_be_entered(tmp_path: Path, qtbot: QtBot) -> None:
    with showing_public_value(tmp_path) as desk, shown(desk, qtbot) as screen:
        screen.begin(Task.DATA)
        assert "SHA-256" in words(screen)
        wrong = tmp_path / "no.json"
        wrong.write_text("{}")
        screen.data.import_file(wrong)
        assert screen.data.problem.isVisible()
        screen.data.rates.click()
        assert page(screen).do_it.text() == "Enter the rates"
        assert nameless_controls(screen) == []


def test_without_a_bidder_it_teaches_and_leads_to_bids(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "set-up") as desk, shown(desk, qtbot) as screen:
        places = wanted(desk)
        assert "Register bidders in Bids" in words(screen)
        screen.page.to_bids.click()
        assert places == [("bids", None)]
        screen.show_item("goals")
        assert "A goal says what is to become true" in words(screen)


def test_a_change_while_out_of_sight_shows_on_return(tmp_path: Path, qtbot: QtBot) -> None:
    with showing_public_value(tmp_path) as desk, shown(desk, qtbot) as screen:
        screen.hide()
        screen.show_item("commitments")
        assert "roles" in screen.page.sentence.text() or screen.page.answer.text()
        with qtbot.waitExposed(screen):
            screen.show()
        assert screen.page.answer.text().startswith("1 of 4 promises is complete")


@pytest.mark.parametrize("tool", list(Tool))
def test_every_control_has_a_name(tmp_path: Path, qtbot: QtBot, tool: Tool) -> None:
    with showing_public_value(tmp_path, "price") as desk, shown(desk, qtbot) as screen:
        screen.tools.setCurrentIndex(list(Tool).index(tool))
        assert nameless_controls(screen) == []


@pytest.mark.parametrize(
    "task",
    [
        *(Task.WAGE_USE, Task.PAY, Task.DATA, Task.ADD_CLAIM, Task.KPIS),
        *(Task.ADD_GOAL, Task.ADD_PARTNER, Task.TARGET),
    ],
)
def test_every_page_has_names_and_room_for_its_words(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, task: Task
) -> None:
    with showing_public_value(tmp_path, "price") as desk, shown(desk, qtbot) as screen:
        screen.begin(task)
        for _look in every_look(qapp):
            assert clipped_labels(screen) == []
        assert nameless_controls(screen) == []


def test_long_names_and_large_text_are_not_cut(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    made = a_public_value_desk(tmp_path, "price")
    with leading(made) as desk, shown(desk, qtbot) as screen:
        for tool in range(len(Tool)):
            screen.tools.setCurrentIndex(tool)
            screen.show_item(VALE)
            for _look in every_look(qapp):
                assert clipped_labels(screen) == [], tool
                assert not screen.grab().isNull()
            screen.show_item(TY_GWYN)
