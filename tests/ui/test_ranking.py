"""The Price and ranking screen: prices by keyboard, refused ones kept, columns that stay."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tendereval.domain.stages import Stage
from tendereval.ui import theme
from tendereval.ui.screens.ranking import RankingScreen
from tendereval.viewmodels.results_table import LEADING
from tests.ui.accessibility import nameless_controls
from tests.ui.lead_screens import answer, clipped_labels, every_look, key, on_screen, type_in
from tests.viewmodel.lead_desk import a_large_desk, at_stage, leading


def test_prices_are_entered_one_after_the_other(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "price") as desk, on_screen(desk, "ranking", qtbot) as screen:
        assert isinstance(screen, RankingScreen)
        first, second = screen.prices.fields.values()
        screen.prices.go_to_row(0)
        type_in(screen, "1600")
        key(screen, Qt.Key.Key_Return)
        assert first.text() == "£1,600.00"
        assert screen.focusWidget() is second
        type_in(screen, "1,500")
        key(screen, Qt.Key.Key_Return)
        assert second.text() == "£1,500.00"
        assert screen._head.sentence == "Birch Ltd ranks first with 80.00 marks"


def test_what_is_no_amount_stays_in_its_field_with_a_sentence(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "price") as desk, on_screen(desk, "ranking", qtbot) as screen:
        assert isinstance(screen, RankingScreen)
        first, second = screen.prices.fields.values()
        screen.prices.go_to_row(0)
        type_in(screen, "about 1600")
        key(screen, Qt.Key.Key_Return)
        type_in(screen, "1500")
        key(screen, Qt.Key.Key_Return)
        assert second.text() == "£1,500.00"
        assert first.text() == "about 1600"
        assert "not an amount" in first.problem.text()
        assert first.problem.isVisible()
        first.setFocus()
        first.selectAll()
        type_in(screen, "1600")
        key(screen, Qt.Key.Key_Return)
        assert first.problem.isHidden()


def test_opening_prices_is_asked_and_the_safe_answer_is_ready(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "agreed") as desk, on_screen(desk, "ranking", qtbot) as screen:
        assert isinstance(screen, RankingScreen)
        answer(yes=False)
        screen.open_button.click()
        assert str(desk.now.stage) == "moderation"
        answer(yes=True)
        screen.open_button.click()
        assert desk.now.stage is Stage.PRICE
        assert len(screen.prices.fields) == 2


def test_before_moderation_is_locked_it_says_what_is_missing(tmp_path: Path, qtbot: QtBot) -> None:
    with at_stage(tmp_path, "moderation") as desk, on_screen(desk, "ranking", qtbot) as screen:
        assert isinstance(screen, RankingScreen)
        assert not screen.open_button.isEnabled()
        assert "has no agreed score" in screen._waiting.text()
        assert screen.table.isHidden()


def test_the_first_columns_of_forty_tenders_stay(tmp_path: Path, qtbot: QtBot) -> None:
    with (
        leading(a_large_desk(tmp_path)) as desk,
        on_screen(desk, "ranking", qtbot) as screen,
    ):
        assert isinstance(screen, RankingScreen)
        table = screen.table
        model = table.model()
        assert table.frozen_width == sum(table.columnWidth(n) for n in range(LEADING))
        table.setFocus()
        table.setCurrentIndex(model.index(0, model.columnCount() - 1))
        assert table.horizontalScrollBar().value() > 0
        for _ in range(30):
            key(screen, Qt.Key.Key_Left)
            assert table.visualRect(table.currentIndex()).left() >= table.frozen_width
        assert table._top.isVisible()
        assert table.height() < screen.height()


def test_large_text_leaves_room_for_marks(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    with (
        leading(a_large_desk(tmp_path)) as desk,
        on_screen(desk, "ranking", qtbot, (880, 700)) as screen,
    ):
        assert isinstance(screen, RankingScreen)
        theme.apply(qapp, theme.Theme(scale=2.0))
        screen.grab()
        assert screen.table.frozen_width < 0.71 * screen.table.viewport().width()


def test_every_control_has_a_name_and_room(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with at_stage(tmp_path, "priced") as desk, on_screen(desk, "ranking", qtbot) as screen:
        assert nameless_controls(screen) == []
        for _look in every_look(qapp):
            assert not screen.grab().isNull()
            assert clipped_labels(screen) == []
