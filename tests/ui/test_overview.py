"""The Overview screen: names, looks, large text, and points that open by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tendereval.services.tenders import create_tender
from tendereval.ui import theme
from tendereval.ui.screens.overview import OverviewScreen
from tendereval.ui.widgets.stage_line import StageLine
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import BEN, TickingClock
from tests.ui.accessibility import nameless_controls
from tests.ui.lead_screens import clipped_labels, every_look, key, on_screen
from tests.viewmodel.lead_desk import a_large_desk, at_stage, leading, wanted


def test_a_point_opens_with_enter(tmp_path: Path, qtbot: QtBot) -> None:
    with (
        at_stage(tmp_path, "scoring") as desk,
        on_screen(desk, "overview", qtbot) as screen,
    ):
        assert isinstance(screen, OverviewScreen)
        gone = wanted(desk)
        screen.points.setFocus()
        screen.points.setCurrentIndex(screen.points.model().index(0, 0))
        key(screen, Qt.Key.Key_Return)
        assert gone == [("panel", BEN)]


@pytest.mark.parametrize("stage", ["set-up", "scored", "closed"])
def test_every_control_has_a_name(tmp_path: Path, qtbot: QtBot, stage: str) -> None:
    with at_stage(tmp_path, stage) as desk, on_screen(desk, "overview", qtbot) as screen:
        assert nameless_controls(screen) == []


def test_it_paints_in_every_look_with_nothing_clipped(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with at_stage(tmp_path, "moderation") as desk, on_screen(desk, "overview", qtbot) as screen:
        for _look in every_look(qapp):
            assert not screen.grab().isNull()
            assert clipped_labels(screen) == []


def test_the_stage_line_breaks_rather_than_shorten_its_words(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with at_stage(tmp_path, "price") as desk, on_screen(desk, "overview", qtbot) as screen:
        line = screen.findChild(StageLine)
        assert line is not None
        before = line.heightForWidth(900)
        theme.apply(qapp, theme.Theme(scale=2.0))
        assert line.heightForWidth(760) > 2 * before
        assert "Price here 2 March 2027" in line.accessibleName()


def test_an_empty_tender_opens(tmp_path: Path, qtbot: QtBot) -> None:
    session = create_tender(tmp_path / "t.tender", "Ana Ames", TickingClock(), "t-1", "app")
    desk = SessionViewModel(session)
    with on_screen(desk, "overview", qtbot) as screen:
        assert nameless_controls(screen) == []
        assert clipped_labels(screen) == []
    desk.close()


def test_forty_bids_open_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    with (
        leading(a_large_desk(tmp_path)) as desk,
        on_screen(desk, "overview", qtbot) as screen,
    ):
        assert not screen.grab().isNull()
