"""The Moderation screen by keyboard alone, in words, at every size, and on a large tender."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tendereval.domain.stages import Stage
from tendereval.services.moderating import disagreements
from tendereval.store import recording
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.main_window import MainWindow, Place
from tendereval.ui.screens.moderation import ModerationScreen
from tendereval.ui.screens.moderation import make as make_screen
from tendereval.viewmodels.moderation import make
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.bench import sizes
from tests.service.builders import ALDER, BIRCH, CAM, Desk, a_desk, place
from tests.ui.accessibility import nameless_controls

CTRL = Qt.KeyboardModifier.ControlModifier
WORST = place(BIRCH, "Q1")


@contextmanager
def the_screen(
    desk: Desk, qtbot: QtBot, size: tuple[int, int] = (1440, 900)
) -> Iterator[ModerationScreen]:
    with desk.session() as session:
        model, jobs = SessionViewModel(session), JobRunner()
        screen = make_screen(make(model), jobs)
        screen.resize(*size)
        screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        yield screen
        screen.leave()
        shiboken6.delete(screen)
        shiboken6.delete(model)


@pytest.fixture
def screen(tmp_path: Path, qtbot: QtBot) -> Iterator[ModerationScreen]:
    with the_screen(a_desk(tmp_path, "moderation"), qtbot) as found:
        yield found


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifier)


def type_in(text: str) -> None:
    QTest.keyClicks(focus(), text)


def tab_to(name: str) -> None:
    for _ in range(90):
        if name in focus().accessibleName():
            return
        press(Qt.Key.Key_Tab)
    pytest.fail(f"Tab never reaches {name!r}")


def agree(points: str, rationale: str) -> None:
    """Fill in what stands in front of the panel and record it."""
    type_in(points)
    tab_to("Rationale for the record")
    type_in(rationale)
    press(Qt.Key.Key_R, CTRL)


def be_present(*names: str) -> None:
    for name in names:
        tab_to(f"{name} was present")
        press(Qt.Key.Key_Space)


def chosen(screen: ModerationScreen) -> Fraction | None:
    return screen.view_model.entry.draft.points


def page_shown(screen: ModerationScreen) -> QWidget | None:
    return screen.currentWidget()


def words_of(widget: QWidget) -> str:
    """Everything that a screen reader could say."""
    found = []
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    for child in (widget, *widget.findChildren(QWidget)):
        interface = QAccessible.queryAccessibleInterface(child)
        if interface is not None:
            found += [interface.text(kind) for kind in kinds]
    return "\n".join(found)


def test_a_panel_moderates_by_keyboard_alone(screen: ModerationScreen) -> None:
    view = screen.view_model
    screen.agenda.take_focus()
    press(Qt.Key.Key_Return)
    assert screen.currentWidget() is screen.response
    _first_response()
    assert view.row is not None
    assert view.row.words.endswith("confirmed")
    press(Qt.Key.Key_Return, CTRL)
    _second_response(screen)
    press(Qt.Key.Key_Down, CTRL)
    _third_response(screen)
    with view.desk.reading() as reader:
        agreed = {item.place: item for item in reader.agreed_history()}
        said = {word.person: word for word in reader.confirmations() if not word.agrees}
        sent = [item.reason for item in reader.sent_back_history()]
    assert agreed[WORST].points == 2
    assert agreed[WORST].releasable_rationale == "Pine will not last."
    assert [item.text for item in agreed[WORST].explanations] == ["Soft.", "Glued."]
    assert agreed[place(ALDER, "Q1")].reason == "The drawing was overlooked."
    assert agreed[place(ALDER, "Q1")].revision == 2
    assert said[CAM].dissent == "Five."
    assert sent == ["A page was missing.", "It was there."]


def _first_response() -> None:
    type_in("2")
    press(Qt.Key.Key_Return)
    type_in("Soft.")
    press(Qt.Key.Key_Tab)
    type_in("Glued.")
    tab_to("Rationale for the record")
    type_in("Pine will not last.")
    press(Qt.Key.Key_R, CTRL)
    be_present("Ben Bell", "Community panel member 1")
    press(Qt.Key.Key_Return, CTRL)
    assert "Ben Bell confirms" in focus().accessibleName()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)


def _second_response(screen: ModerationScreen) -> None:
    view = screen.view_model
    assert view.row is not None
    assert view.row.place == place(ALDER, "Q1")
    agree("4", "Oak.")
    press(Qt.Key.Key_B, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    tab_to("Dissent")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    tab_to("own words")
    type_in("Five.")
    press(Qt.Key.Key_Return)
    assert "1 dissent" in view.entry.standing
    screen.response.show_pane(2)
    type_in("5")
    tab_to("Why the agreed score is changed")
    type_in("The drawing was overlooked.")
    press(Qt.Key.Key_Return, CTRL)
    assert view.page is not None
    assert [one.figure for one in view.page.earlier] == ["4"]
    assert "Earlier: 4" in words_of(screen.response.decision)
    view.dissent(CAM, "Five.")


def _third_response(screen: ModerationScreen) -> None:
    view = screen.view_model
    tab_to("Send back")
    press(Qt.Key.Key_Space)
    type_in("A page was missing.")
    press(Qt.Key.Key_Return)
    assert view.entry.standing == "Sent back to its evaluators"
    tab_to("Reason, kept with the response")
    type_in("It was there.")
    press(Qt.Key.Key_Return)
    assert view.entry.standing == "Not agreed yet"


def test_the_list_is_in_the_order_of_the_service(screen: ModerationScreen) -> None:
    view = screen.view_model
    expected = [item.place for item in disagreements(view.desk.session)]
    assert [row.place for row in view.agenda.rows] == expected


def test_nothing_said_is_an_average_or_a_price(tmp_path: Path, qtbot: QtBot) -> None:
    with the_screen(a_desk(tmp_path, "priced"), qtbot) as screen:
        said = words_of(screen)
        for row in screen.view_model.agenda.every:
            screen.show_item(row.place)
            said += words_of(screen)
            screen.toggle_projector()
            said += words_of(screen)
            screen.toggle_projector()
        for word in (
            "average",
            "mean ",
            "£",
            "1600",
            "1500",
            "1,600",
            "4.5",
            "1.5",
            "77.5",
            "total",
        ):
            assert word not in said.casefold(), word


def test_reopening_the_file_restores_what_was_being_typed(tmp_path: Path, qtbot: QtBot) -> None:
    desk = a_desk(tmp_path, "moderation")
    with the_screen(desk, qtbot) as screen:
        screen.show_item(WORST)
        type_in("3")
        tab_to("Rationale for the record")
        type_in("Pine will")
    with the_screen(desk, qtbot) as again:
        again.show_item(WORST)
        fields = again.response.decision.fields
        assert fields.rationale.toPlainText() == "Pine will"
        assert fields.bands.points == 3
        assert again.view_model.entry.standing == "Not agreed yet"


def test_every_control_has_a_name(screen: ModerationScreen) -> None:
    screen.show_item(WORST)
    screen.toggle_projector()
    screen.toggle_projector()
    screen.response.decision.confirming.open_dissent()
    assert nameless_controls(screen) == []


@pytest.mark.parametrize(
    ("width", "scale", "panes"), [(1440, 1.0, 3), (1280, 1.0, 2), (900, 1.0, 1), (1920, 2.0, 1)]
)
def test_as_many_panes_as_there_is_room_for(
    screen: ModerationScreen, qapp: QApplication, width: int, scale: float, panes: int
) -> None:
    theme.apply(qapp, theme.Theme(scale=scale))
    screen.resize(width, 900)
    screen.show_item(WORST)
    shown = [pane for pane in screen.response.panes if not pane.isHidden()]
    assert screen.response.panes_at_once == len(shown) == panes
    for number in range(3):
        screen.response.show_pane(number)
        assert not screen.response.panes[number].isHidden()


def test_f6_goes_round_and_ctrl_r_copies_where_the_keys_are(screen: ModerationScreen) -> None:
    screen.show_item(WORST)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F6)
    assert screen.response.scores.isAncestorOf(focus())
    tab_to("Rationale of Ben Bell")
    expected = screen.response.scores.views.rows[0].words.toPlainText()
    press(Qt.Key.Key_R, CTRL)
    assert screen.view_model.entry.draft.releasable == expected
    assert "Ben Bell" not in expected


def test_the_common_score_is_adopted_only_when_the_panel_says_so(
    screen: ModerationScreen,
) -> None:
    screen.show_item(place(ALDER, "Q2"))
    fields = screen.response.decision.fields
    assert fields.bands.points is None
    fields.common.offer.click()
    assert chosen(screen) is None
    assert focus() is fields.common.leave
    fields.common.adopt.click()
    assert chosen(screen) == 2
    assert fields.common.isHidden()


def test_the_projector_shows_no_private_words(screen: ModerationScreen) -> None:
    screen.show_item(WORST)
    screen.view_model.entry.type_rationale("A private note.")
    press(Qt.Key.Key_F11)
    assert page_shown(screen) is screen.projector
    assert "private note" not in words_of(screen.projector)
    screen.projector.keys.keys[3].click()
    assert chosen(screen) == 3
    press(Qt.Key.Key_Down, CTRL)
    assert chosen(screen) is None
    press(Qt.Key.Key_Escape)
    assert page_shown(screen) is screen.response


@pytest.mark.usefixtures("qtbot")
def test_the_window_gives_room(tmp_path: Path) -> None:
    with a_desk(tmp_path, "moderation").session() as session:
        model, jobs = SessionViewModel(session), JobRunner()
        made: list[ModerationScreen] = []

        def make_it() -> QWidget:
            made.append(make_screen(make(model), jobs))
            return made[0]

        window = MainWindow(model, [Place("moderation", "Moderation", make_it)], jobs)
        window.show()
        assert window.side_bar.isVisible()
        made[0].show_item(WORST)
        assert not window.side_bar.isVisible()
        made[0].show_agenda()
        assert window.side_bar.isVisible()
        window.close()
        shiboken6.delete(window)
        shiboken6.delete(model)


def test_before_moderation_it_says_what_is_missing(tmp_path: Path, qtbot: QtBot) -> None:
    with the_screen(a_desk(tmp_path, "scoring"), qtbot) as screen:
        assert page_shown(screen) is screen.before
        assert screen.before.head.sentence == "Moderation waits for scores"
        assert not screen.before.open.isEnabled()
        screen.before.reason.setPlainText("Everybody left.")
        screen.before.open_anyway.click()
        assert page_shown(screen) is screen.agenda


def test_when_ready_it_opens(tmp_path: Path, qtbot: QtBot) -> None:
    with the_screen(a_desk(tmp_path, "scored"), qtbot) as screen:
        screen.before.open.click()
        assert page_shown(screen) is screen.agenda
        assert screen.agenda.head.sentence == "0 of 4 responses are agreed, 0 confirmed"


def test_earlier_stages_only_explain(tmp_path: Path, qtbot: QtBot) -> None:
    with the_screen(a_desk(tmp_path, "set-up"), qtbot) as screen:
        assert screen.before.head.sentence == "Moderation follows individual scoring"
        assert not screen.before.open.isVisible()


def test_when_everything_is_confirmed_prices_are_offered(tmp_path: Path, qtbot: QtBot) -> None:
    with the_screen(a_desk(tmp_path, "agreed"), qtbot) as screen:
        wanted: list[str] = []
        screen.view_model.desk.place_wanted.connect(lambda name, _what: wanted.append(name))
        assert screen.agenda.head.sentence == "Every agreed score is confirmed"
        screen.agenda.prices.click()
        assert wanted == ["ranking"]


LARGE = sizes.Size("40 x 60 x 8", 40, 60, 8)


@pytest.mark.usefixtures("qtbot")
def test_a_large_tender_opens_and_moves_quickly(tmp_path: Path) -> None:
    with sizes.create(tmp_path / "large.tender", LARGE) as session:
        with session.change("scores recorded") as change:
            recording.add_scores(change, sizes.scores(LARGE, sizes.texts(1200)), sizes.NOW)
            recording.add_stage(change, Stage.MODERATION)
        model = SessionViewModel(session)
        started = time.perf_counter()
        screen = make_screen(make(model), JobRunner())
        screen.resize(1440, 900)
        screen.show()
        opened = time.perf_counter() - started
        view = screen.view_model
        screen.show_item(view.agenda.every[0].place)
        times = []
        for _ in range(5):
            before = time.perf_counter()
            assert view.move(1)
            times.append(time.perf_counter() - before)
        before = time.perf_counter()
        view.entry.choose(Fraction(3))
        view.entry.type_rationale("Clear.")
        view.entry.set_present(sizes.evaluators(LARGE)[0], there=True)
        assert view.record()
        recorded = time.perf_counter() - before
        assert opened < 6
        assert sorted(times)[2] < 1
        assert recorded < 3
        shiboken6.delete(screen)
        shiboken6.delete(model)
