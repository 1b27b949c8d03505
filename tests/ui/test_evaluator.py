"""An evaluator's work through the real widgets against a real file."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tendereval.domain.bidding import Response
from tendereval.domain.evaluation import ScoreState
from tendereval.domain.ids import PersonId
from tendereval.services import bids
from tendereval.ui import theme
from tendereval.ui.evaluator_window import EvaluatorWindow
from tendereval.ui.jobs import JobRunner
from tendereval.ui.menus import Menus
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import AFTER, ALDER, BEN, BIRCH, CAM, Desk, a_desk, place
from tests.ui.accessibility import nameless_controls
from tests.viewmodel.evaluator_desk import sitting, undeclared

DECLARE, SCORE, FINISH = 0, 1, 2
HOSTILE = (
    "<b>bold</b> & <script>alert(1)</script>\n\n=cmd|' /C calc'!A0\x00\x07\x1b[31m\n\n"
    "\u202eright to left\u202c עברית العربية 🚌🏴\u200d☠️\r\nCarriage\rreturn\u2028line\n\n"
)


@dataclass
class Seat:
    """A window with somebody at it."""

    window: EvaluatorWindow
    model: SessionViewModel

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        QTest.keyClick(self.focus, key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    @property
    def focus(self) -> QWidget:
        found: QWidget | None = self.window.focusWidget()
        return found if found is not None else self.window

    def tab_to(self, widget: QWidget) -> None:
        for _ in range(60):
            if self.focus is widget:
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {widget.accessibleName()}")


CTRL = Qt.KeyboardModifier.ControlModifier


def seated(qtbot: QtBot, model: SessionViewModel, width: int = 1280) -> Seat:
    window = EvaluatorWindow(model, JobRunner())
    window.resize(width, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return Seat(window, model)


def put_away(seat: Seat) -> None:
    """Close without the question for the lead's PIN, as the end of a test may."""
    seat.model.give_back_seat()
    seat.window.close()
    seat.window.deleteLater()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path, "scoring")


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk) -> Iterator[Seat]:
    with sitting(desk) as model:
        found = seated(qtbot, model)
        yield found
        put_away(found)


def every_text(widget: QWidget) -> str:
    """Return all that can be read or heard anywhere in a window, hidden parts included."""
    found: list[str] = []
    for child in (widget, *widget.findChildren(QWidget)):
        interface = QAccessible.queryAccessibleInterface(child)
        if interface is not None:
            kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
            found += [interface.text(kind) for kind in kinds]
        for name in ("text", "toPlainText", "toolTip", "placeholderText"):
            read = getattr(child, name, None)
            found.append(str(read()) if callable(read) else "")
    return "\n".join(found)


def test_from_declaration_to_the_last_ready_score_by_keyboard_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = undeclared(tmp_path)
    with sitting(desk) as model:
        seat = seated(qtbot, model)
        window = seat.window
        assert window.step == DECLARE
        assert not window.declare.none.radio.isChecked()
        assert not window.declare.some.radio.isChecked()
        assert not window.declare.sign.isEnabled()
        seat.tab_to(window.declare.none.radio)
        seat.key(Qt.Key.Key_Space)
        seat.tab_to(window.declare.sign)
        seat.key(Qt.Key.Key_Space)
        assert window.step == SCORE
        for digit in "4230":
            seat.type(digit)
            seat.key(Qt.Key.Key_Return)
            assert seat.focus is window.score.deciding.field.words
            seat.type(f"It meets the wording of {digit} in this way.")
            seat.key(Qt.Key.Key_Return, CTRL)
        assert window.step == FINISH
        assert window.finish.sentence.text() == "Every answer is scored"
        with model.reading() as reader:
            own = reader.scores_of(BEN)
            entry = reader.entries()[-1]
        assert [score.points for score in own] == [Fraction(n) for n in (4, 2, 3, 0)]
        assert {score.state for score in own} == {ScoreState.READY}
        assert (entry.person, entry.via) == (BEN, "app, on the lead's laptop")
        put_away(seat)


def test_digits_act_only_where_the_score_has_the_focus(seat: Seat) -> None:
    seat.window.score.go_to_rationale()
    seat.type("5 of 5")
    assert seat.window.score.deciding.bands.points is None
    seat.window.score.reading.take_focus()
    seat.type("3")
    assert seat.window.score.deciding.bands.points is None
    seat.window.score.go_to_score()
    seat.key(Qt.Key.Key_Down)
    assert seat.window.score.deciding.bands.points is None
    seat.type("3")
    assert seat.window.score.deciding.bands.points == Fraction(3)


def test_moving_about_by_keys(seat: Seat) -> None:
    window, score = seat.window, seat.window.score
    seat.key(Qt.Key.Key_Down, CTRL)
    assert "Q2" in score.reading.text.accessibleName()
    seat.key(Qt.Key.Key_Up, CTRL)
    assert "Q1" in score.reading.text.accessibleName()
    seat.key(Qt.Key.Key_2, CTRL)
    seat.key(Qt.Key.Key_Down, CTRL)
    assert "Birch" in score.reading.text.accessibleName()
    seat.key(Qt.Key.Key_1, CTRL)
    stops = []
    score.reading.take_focus()
    for _ in range(4):
        seat.key(Qt.Key.Key_F6)
        stops.append(seat.focus)
    assert score.deciding.bands.isAncestorOf(stops[0])
    assert stops[1:] == [score.deciding.field.words, score.bar.go_on, score.reading.text]
    seat.key(Qt.Key.Key_L, CTRL)
    assert score.list.isVisible()
    assert score.list.list.count() == 4
    QTest.keyClick(score.list.list, Qt.Key.Key_Escape)
    score.list.hide()
    assert window.step == SCORE


def test_selected_words_become_evidence_and_delete_takes_them_out(seat: Seat) -> None:
    score = seat.window.score
    score.reading.take_focus()
    text = score.reading.text
    start = text.answer.index("of oak")
    text.show_position(start, 6)
    seat.key(Qt.Key.Key_E, CTRL)
    line = score.deciding.field.lines[0]
    assert "of oak" in line.accessibleName()
    assert "paragraph 1" in line.accessibleName()
    assert len(text.marks) == 1
    line.setFocus()
    seat.key(Qt.Key.Key_Delete)
    assert score.deciding.field.lines == []
    assert not text.marks


def test_undo_is_text_undo_inside_text_and_the_last_step_elsewhere(seat: Seat) -> None:
    score = seat.window.score
    seat.type("4")
    score.go_to_rationale()
    seat.type("words")
    seat.key(Qt.Key.Key_Z, CTRL)
    assert score.deciding.field.words.toPlainText() == ""
    assert score.deciding.bands.points == Fraction(4)
    score.go_to_score()
    seat.key(Qt.Key.Key_Z, CTRL)
    assert score.deciding.bands.points is None


def test_a_refusal_is_said_and_the_text_is_kept(seat: Seat) -> None:
    seat.type("4")
    seat.window.score.bar.switch.part(1).click()
    assert "no rationale" in seat.window.messages.words
    assert seat.window.score.bar.switch.current == 0


def test_states_are_told_apart_in_words(seat: Seat) -> None:
    score = seat.window.score
    assert score.bar.state.text() == "Not scored yet"
    assert score.bar.switch.isHidden()
    seat.type("0")
    assert not score.bar.switch.isHidden()
    score.say_cannot()
    assert not score.deciding.cannot.record.isEnabled()
    score.deciding.cannot.other.click()
    score.deciding.cannot.reason.setText("The document does not open.")
    score.deciding.cannot.record.click()
    assert "You cannot score this. Other: The document" in score.deciding.verdict.text()
    assert score.bar.state.text() == "Cannot score"
    score.deciding.after_all.click()
    assert score.bar.state.text() == "Not scored yet"


def test_nobody_elses_words_and_no_price_are_in_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    with sitting(desk) as model:
        seat = seated(qtbot, model)
        with model.reading() as reader:
            others = [item.rationale for item in reader.scores_of(CAM)]
        seen = []
        for task in seat.window.score.bar._view_model.tasks:
            seat.window.score.show_item(task.place)
            seen.append(every_text(seat.window))
        for step in (DECLARE, FINISH):
            seat.window.go_to(step)
            seen.append(every_text(seat.window))
        text = "\n".join(seen)
        assert others
        assert not [words for words in others if words in text]
        assert "Cam Cole" not in text
        assert "Community panel member" not in text
        assert "£" not in text
        put_away(seat)


def test_a_declared_interest_locks_the_window_until_the_lead_decides(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with sitting(undeclared(tmp_path)) as model:
        seat = seated(qtbot, model)
        declare = seat.window.declare
        declare.some.radio.click()
        assert not declare.sign.isEnabled()
        declare.interest.setPlainText("I used to work there.")
        declare.sign.click()
        assert seat.window.step == DECLARE
        assert "Ana Ames now decides" in declare.sentence.text()
        seat.window.go_to(SCORE)
        assert seat.window.step == DECLARE
        assert "Alder builds of oak" not in every_text(seat.window)
        put_away(seat)


def test_a_long_hostile_answer_is_shown_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    answer = HOSTILE + "word " * 30_000
    with desk.session() as session:
        bids.record_responses(session, [Response(place(ALDER, "Q1"), answer)])
    desk.clock.now = AFTER
    desk.enter("scoring")
    desk.take_in({"Declarations": (("Evaluator", "Interest"), ("Ben Bell", ""))})
    with sitting(desk) as model:
        seat = seated(qtbot, model)
        text = seat.window.score.reading.text
        assert "<script>alert(1)</script>" in text.toPlainText()
        assert "\x00" not in text.toPlainText()
        start = text.answer.index("Carriage")
        text.show_position(start, len("Carriage"))
        assert text.selection() == ("Carriage", 4)
        assert seat.window.score.reading.cite()
        assert seat.window.score.deciding.field.lines[0].evidence.quote == "Carriage"
        seat.window.grab()
        put_away(seat)


@pytest.mark.parametrize("person", [BEN, CAM])
def test_every_control_has_a_name(qtbot: QtBot, desk: Desk, person: PersonId) -> None:
    with sitting(desk, person) as model:
        seat = seated(qtbot, model)
        assert nameless_controls(seat.window) == []
        put_away(seat)


def test_the_community_panel_gets_the_same_scale_and_less_around_it(
    qtbot: QtBot, desk: Desk
) -> None:
    with sitting(desk, CAM) as model:
        seat = seated(qtbot, model)
        score = seat.window.score
        assert len(score.deciding.bands.rows) == 6
        assert not score.bar.ribbon.isVisible()
        assert score.bar.go_on.text() == "Next answer"
        seat.type("2")
        score.deciding.start_with("I liked…")
        seat.type("the wood")
        assert score.deciding.field.words.toPlainText() == "I liked the wood"
        assert score.bar.go_on.text() == "Done, next answer"
        put_away(seat)


@pytest.mark.parametrize(("width", "scale"), [(1000, 1.0), (1280, 2.0)])
def test_two_panes_become_one_with_a_switch(
    qtbot: QtBot, qapp: QApplication, desk: Desk, width: int, scale: float
) -> None:
    theme.apply(qapp, theme.Theme(scale=scale))
    with sitting(desk) as model:
        seat = seated(qtbot, model, width)
        score = seat.window.score
        assert seat.window.width() == width
        assert score.is_narrow
        assert score.deciding.isVisible() != score.reading.isVisible()
        score.reading.take_focus()
        score.pane_switch.part(0).click()
        assert score.reading.isVisible()
        seat.window.resize(2600, 1400)
        assert score.deciding.isVisible()
        assert score.reading.isVisible()
        put_away(seat)


def test_the_finish_screen_leads_back_to_what_is_missing(seat: Seat) -> None:
    window = seat.window
    window.go_to(FINISH)
    window.finish.missing.setCurrentRow(3)
    QTest.keyClick(window.finish.missing, Qt.Key.Key_Return)
    assert window.step == SCORE
    assert "Birch" in window.score.reading.text.accessibleName()
    assert BIRCH


def test_closing_keeps_what_is_typed(seat: Seat) -> None:
    seat.window.score.go_to_rationale()
    seat.type("Typed and not left.")
    seat.window.score.leave()
    with seat.model.reading() as reader:
        kept = reader.current_score(BEN, place(ALDER, "Q1"))
    assert kept is not None
    assert kept.rationale == "Typed and not left."


@pytest.mark.parametrize("person", [BEN, CAM])
@pytest.mark.parametrize("width", [900, 1280])
def test_a_window_that_is_gone_leaves_nothing_behind(
    qtbot: QtBot, desk: Desk, person: PersonId, width: int
) -> None:
    with sitting(desk, person) as model:
        before, windows = model.children(), QApplication.topLevelWidgets()
        seat = seated(qtbot, model, width)
        for wide in (2180 - width, width):
            seat.window.resize(wide, 800)
            shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
            assert [one for one in shown if one not in windows] == [seat.window]
        put_away(seat)
        del seat, shown
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert model.children() == before
        assert [one for one in QApplication.topLevelWidgets() if one not in windows] == []


def test_labels_show_text_as_text(seat: Seat) -> None:
    rich = Qt.TextFormat.AutoText
    assert [
        label for label in seat.window.score.findChildren(QLabel) if label.textFormat() == rich
    ] == []


def test_the_guide_and_every_command_can_be_found(seat: Seat) -> None:
    texts = {
        action.text()
        for menu in seat.window.menuBar().findChildren(QMenu)
        for action in menu.actions()
    }
    assert {"Guide", "Find a command…", "Keys of this window"} <= texts
    assert seat.window.findChild(Menus) is not None
