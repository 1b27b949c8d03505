"""Turning sentences of an answer into commitments by keyboard alone, beside the answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tendereval.domain.publicvalue.commitments import Commitment
from tendereval.store import public_value
from tendereval.ui import theme
from tendereval.ui.parts.commitment_panel import CommitmentPanel
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, CAM, Desk, place
from tests.ui.accessibility import nameless_controls
from tests.ui.test_evaluator import CTRL, Seat, put_away, seated
from tests.ui.test_moderation import press, tab_to, the_screen, type_in
from tests.viewmodel.evaluator_desk import sitting
from tests.viewmodel.evaluator_laptop import at_home
from tests.viewmodel.promises import JOBS, LOCAL, PROMISES, SCHOOLS, promising

SHIFT = Qt.KeyboardModifier.ShiftModifier
Q2 = place(ALDER, "Q2")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return promising(tmp_path)


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk) -> Iterator[Seat]:
    with sitting(desk) as model:
        found = seated(qtbot, model)
        found.window.score.show_item(Q2)
        yield found
        put_away(found)


def panel(seat: Seat) -> CommitmentPanel:
    return seat.window.score.commitments


def select(seat: Seat, text: str) -> None:
    """Select words of the answer with the keys, as somebody does who has no mouse."""
    reading = seat.window.score.reading
    reading.take_focus()
    seat.key(Qt.Key.Key_Home, CTRL)
    for _ in range(PROMISES.index(text)):
        seat.key(Qt.Key.Key_Right)
    for _ in text:
        seat.key(Qt.Key.Key_Right, SHIFT)
    assert reading.text.selection() is not None


def fill(seat: Seat, **texts: str) -> None:
    form = panel(seat).form
    assert form is not None
    for name, text in texts.items():
        seat.tab_to(form.boxes[name].editor)
        seat.type(text)


def kept(model: SessionViewModel) -> tuple[Commitment, ...]:
    with model.reading() as reader:
        return public_value.commitments(reader)


def test_three_sentences_become_commitments_by_keyboard_alone(seat: Seat) -> None:
    reading = seat.window.score.reading.text
    select(seat, JOBS)
    seat.key(Qt.Key.Key_E, CTRL, SHIFT)
    assert panel(seat).isVisible()
    assert not seat.window.score.deciding.isVisible()
    assert seat.focus.accessibleName() == "Take: How many: 12 apprentices"
    seat.key(Qt.Key.Key_Space)
    seat.tab_to(take(seat, "By when: 31 March 2029"))
    seat.key(Qt.Key.Key_Space)
    assert panel(seat).state.text() == "△  Ambition. Missing: who, what, evidence."
    fill(seat, who="Site manager, for people out of work", what="Take on apprentices")
    fill(seat, evidence="Payroll")
    assert panel(seat).state.text() == "✓  Complete: it can go into the contract."
    seat.key(Qt.Key.Key_Return, CTRL)
    assert seat.focus is reading
    for text in (SCHOOLS, LOCAL):
        select(seat, text)
        seat.key(Qt.Key.Key_E, CTRL, SHIFT)
        seat.key(Qt.Key.Key_Return, CTRL)
    made = kept(seat.model)
    assert [item.quote.words for item in made] == [JOBS, SCHOOLS, LOCAL]
    assert (made[0].unit, made[1].unit, made[1].who) == ("apprentices", "", "")
    seat.key(Qt.Key.Key_E, CTRL, SHIFT)
    assert panel(seat).lines._head.text() == "3 commitments from this answer, 1 complete"


def take(seat: Seat, words: str) -> QPushButton:
    found = (b for b in panel(seat).findChildren(QPushButton) if b.text() == words)
    return next(button for button in found if button.isVisible())


def test_escape_goes_back_to_the_score_and_loses_nothing(seat: Seat) -> None:
    select(seat, JOBS)
    seat.key(Qt.Key.Key_E, CTRL, SHIFT)
    fill(seat, who="Site manager")
    seat.key(Qt.Key.Key_Escape)
    score = seat.window.score
    assert score.deciding.bands.isAncestorOf(seat.focus)
    assert score.link.open.text() == "A commitment is being written  ›"
    seat.key(Qt.Key.Key_Down, CTRL)
    assert score.link.open.text().startswith("Make a commitment")
    seat.key(Qt.Key.Key_Up, CTRL)
    seat.tab_to(score.link.open)
    seat.key(Qt.Key.Key_Space)
    form = panel(seat).form
    assert form is not None
    assert form.boxes["who"].text == "Site manager"


def test_without_words_the_key_shows_how_to_begin(seat: Seat) -> None:
    seat.window.score.reading.take_focus()
    seat.key(Qt.Key.Key_E, CTRL, SHIFT)
    assert panel(seat).isVisible()
    assert panel(seat).form is None
    assert seat.focus is panel(seat).back


def test_what_cannot_be_read_says_so_under_its_field(seat: Seat) -> None:
    select(seat, JOBS)
    seat.key(Qt.Key.Key_E, CTRL, SHIFT)
    fill(seat, how_many="a few")
    seat.key(Qt.Key.Key_Return, CTRL)
    form = panel(seat).form
    assert form is not None
    assert seat.focus is form.boxes["how_many"].editor
    assert form.boxes["how_many"]._problem.isVisible()
    assert kept(seat.model) == ()


def test_a_promise_is_changed_and_withdrawn_from_the_list(seat: Seat) -> None:
    select(seat, LOCAL)
    seat.key(Qt.Key.Key_E, CTRL, SHIFT)
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.window.score.make_commitment()
    panel(seat)._on_given_up()
    seat.window.score.make_commitment()
    show, change, withdraw = panel(seat).lines.stops
    show.click()
    assert seat.window.score.reading.text.textCursor().selectedText() == LOCAL
    change.click()
    seat.type("Buyer")
    seat.key(Qt.Key.Key_Return, CTRL)
    assert kept(seat.model)[0].who == "Buyer"
    panel(seat).lines.stops[2].click()
    seat.type("It promises nothing.")
    seat.key(Qt.Key.Key_Return)
    assert kept(seat.model)[0].withdrawn == "It promises nothing."
    assert withdraw is not None


def test_f6_goes_round_by_the_panel(seat: Seat) -> None:
    select(seat, JOBS)
    seat.key(Qt.Key.Key_E, CTRL, SHIFT)
    stops = []
    for _ in range(3):
        seat.key(Qt.Key.Key_F6)
        stops.append(seat.focus)
    score = seat.window.score
    assert score.reading.isAncestorOf(stops[0])
    assert panel(seat).isAncestorOf(stops[1])
    assert score.reading.isAncestorOf(stops[2])


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_has_a_name_at_every_size(seat: Seat, scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme(scale=scale))
    select(seat, JOBS)
    seat.key(Qt.Key.Key_E, CTRL, SHIFT)
    panel(seat).save()
    seat.window.score.make_commitment()
    assert panel(seat).isVisible()
    assert nameless_controls(seat.window) == []


def test_the_community_page_keeps_its_four_things(qtbot: QtBot, desk: Desk) -> None:
    with sitting(desk, CAM) as model:
        found = seated(qtbot, model)
        found.window.score.make_commitment()
        assert not found.window.score.commitments.isVisible()
        assert not found.window.score.link.isVisible()
        put_away(found)


def test_on_the_own_laptop_a_commitment_goes_into_the_working_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_home(tmp_path) as model:
        found = seated(qtbot, model)
        score = found.window.score
        text = score.reading.text
        text.show_position(0, len(text.answer))
        score.make_commitment()
        assert score.commitments.isVisible()
        score.commitments.save()
        assert [item.id.startswith("c-p-2-") for item in kept(model)] == [True]
        found.window.close()
        found.window.deleteLater()


def test_in_moderation_the_panel_takes_the_place_of_the_scores(desk: Desk, qtbot: QtBot) -> None:
    assert desk.enter("moderation", "--reason", "Two answers wait.").status == 0
    with the_screen(desk, qtbot) as screen:
        screen.show_item(Q2)
        answer = screen.response.answer.reading
        answer.take_focus()
        answer.text.show_position(PROMISES.index(JOBS), len(JOBS))
        press(Qt.Key.Key_E, CTRL | SHIFT)
        beside = screen.response.commitments
        assert beside.isVisible()
        assert not screen.response.scores.isVisible()
        assert screen.response.decision.isVisible()
        press(Qt.Key.Key_Space)
        tab_to("Who acts")
        type_in("Site manager")
        press(Qt.Key.Key_Return, CTRL)
        assert [item.who for item in kept(screen.view_model.desk)] == ["Site manager"]
        press(Qt.Key.Key_E, CTRL | SHIFT)
        press(Qt.Key.Key_Escape)
        assert not beside.isVisible()
        assert screen.response.scores.isVisible()
        assert nameless_controls(screen) == []


def test_in_moderation_what_the_tools_say_stands_beside_the_question(
    desk: Desk, qtbot: QtBot
) -> None:
    assert desk.enter("moderation", "--reason", "Two answers wait.").status == 0
    with the_screen(desk, qtbot) as screen:
        wanted: list[tuple[str, object]] = []
        screen.view_model.desk.place_wanted.connect(lambda *what: wanted.append(what))
        screen.show_item(Q2)
        tools = screen.response.scores.tools
        assert tools.isVisible()
        links = [link.text() for link in tools.links]
        assert links == [
            *("Living wage  ›", "Certificates  ›", "The one per cent  ›", "Commitments  ›")
        ]
        tools.links[0].setFocus()
        QTest.keyClick(tools.links[0], Qt.Key.Key_Space)
        assert wanted == [("public_value", ALDER), ("public_value", "wage")]
        screen.show_item(place(ALDER, "Q1"))
        assert not tools.isVisible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 800), (900, 700)])
def test_in_moderation_the_panel_is_there_at_every_size(
    desk: Desk, qtbot: QtBot, width: int, height: int
) -> None:
    assert desk.enter("moderation", "--reason", "Two answers wait.").status == 0
    with the_screen(desk, qtbot, (width, height)) as screen:
        screen.show_item(Q2)
        screen.make_commitment()
        shown: list[QWidget] = [
            pane
            for pane in (screen.response.commitments, screen.response.scores)
            if pane.isVisible()
        ]
        assert shown == [screen.response.commitments]
        press(Qt.Key.Key_F6)
        press(Qt.Key.Key_F6)
        screen.response.show_pane(1)
        assert not screen.response.commitments.isVisible()
