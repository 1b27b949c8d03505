"""The bands as the score control: nothing is chosen by itself, every value can be given."""

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tendereval.domain.scale import PASS_OR_FAIL, PointRange, ScoreBand, ScoringScale
from tendereval.ui.widgets.band_list import BandList
from tendereval.ui.widgets.figure import read_figure

BANDS = tuple(ScoreBand(Fraction(n), f"Label {n}", f"Wording {n}.") for n in range(6))
PLAIN = ScoringScale("0-5", BANDS)
HALVES = ScoringScale("0-5 halves", BANDS, (PointRange(Fraction(0), Fraction(5), Fraction(1, 2)),))
HUNDRED = ScoringScale("0-100", (), (PointRange(Fraction(0), Fraction(100)),))
TWO_FIGURES = ScoringScale("odd", tuple(ScoreBand(Fraction(n)) for n in (0, 1, 10)))


def shown(qtbot: QtBot, scale: ScoringScale) -> tuple[BandList, list[object]]:
    found, chosen = BandList(), []  # type: tuple[BandList, list[object]]
    qtbot.addWidget(found)
    found.set_scale(scale)
    found.chosen.connect(chosen.append)
    with qtbot.waitActive(found):
        found.show()
        found.activateWindow()
    found.take_focus()
    return found, chosen


def test_nothing_is_chosen_and_arrows_choose_nothing(qtbot: QtBot) -> None:
    bands, chosen = shown(qtbot, PLAIN)
    assert bands.points is None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(bands.focusWidget(), key)
    assert chosen == []
    QTest.keyClick(bands.focusWidget(), Qt.Key.Key_Space)
    assert chosen == [Fraction(4)]


def test_a_digit_chooses_and_enter_goes_on(qtbot: QtBot) -> None:
    bands, chosen = shown(qtbot, PLAIN)
    with qtbot.waitSignal(bands.left):
        QTest.keyClicks(bands.focusWidget(), "07")
        QTest.keyClick(bands.focusWidget(), Qt.Key.Key_Return)
    assert chosen == [Fraction(0)]
    assert [row.isChecked() for row in bands.rows] == [False] * 5 + [True]


def test_a_click_anywhere_in_a_row_chooses(qtbot: QtBot) -> None:
    bands, chosen = shown(qtbot, PLAIN)
    row = bands.rows[1]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().center())
    assert chosen == [Fraction(4)]


def test_rows_are_radio_buttons_with_label_and_wording(qtbot: QtBot) -> None:
    bands, _ = shown(qtbot, PLAIN)
    bands.set_points(Fraction(4))
    interface = QAccessible.queryAccessibleInterface(bands.rows[1])
    assert interface.role() == QAccessible.Role.RadioButton
    assert interface.text(QAccessible.Text.Name) == "4, Label 4, Wording 4."
    assert interface.state().checked
    assert bands.rows[0].height() >= 36


def test_showing_points_is_no_choice_and_can_be_taken_back(qtbot: QtBot) -> None:
    bands, chosen = shown(qtbot, PLAIN)
    bands.set_points(Fraction(3))
    bands.set_points(None)
    assert not any(row.isChecked() for row in bands.rows)
    bands.set_scale(PLAIN)
    assert chosen == []


def test_two_figures_wait_for_the_second(qtbot: QtBot) -> None:
    bands, chosen = shown(qtbot, TWO_FIGURES)
    QTest.keyClicks(bands.focusWidget(), "10")
    assert chosen == [Fraction(10)]
    QTest.keyClicks(bands.focusWidget(), "1")
    assert chosen == [Fraction(10)]
    qtbot.waitUntil(lambda: chosen == [Fraction(10), Fraction(1)], timeout=3000)


@pytest.mark.parametrize(
    ("scale", "typed", "points"),
    [
        (HALVES, "2.5", Fraction(5, 2)),
        (HALVES, "2½", Fraction(5, 2)),
        (HUNDRED, "100", Fraction(100)),
        (HUNDRED, "07", Fraction(7)),
    ],
)
def test_long_scales_take_a_figure(
    qtbot: QtBot, scale: ScoringScale, typed: str, points: Fraction
) -> None:
    bands, chosen = shown(qtbot, scale)
    assert bands.takes_a_figure
    QTest.keyClicks(bands.figure, typed)
    QTest.keyClick(bands.figure, Qt.Key.Key_Return)
    assert chosen == [points]
    assert bands.points == points


def test_a_figure_off_the_scale_stays_and_is_explained(qtbot: QtBot) -> None:
    bands, chosen = shown(qtbot, HUNDRED)
    QTest.keyClicks(bands.figure, "101")
    QTest.keyClick(bands.figure, Qt.Key.Key_Return)
    assert chosen == []
    assert bands.figure.text() == "101"
    said = " ".join(label.text() for label in bands.findChildren(QLabel))
    assert "101 is not on the scale. Use 0 to 100." in said


def test_pass_or_fail_has_letters_for_keys(qtbot: QtBot) -> None:
    bands, chosen = shown(qtbot, PASS_OR_FAIL)
    assert [row.cap for row in bands.rows] == ["P", "F"]
    QTest.keyClicks(bands.focusWidget(), "f")
    assert chosen == [Fraction(0)]


@pytest.mark.parametrize("text", ["", "x", "1e3", "--1", "1/2", "0x10", "-1"])
def test_what_is_no_figure_is_none(text: str) -> None:
    assert read_figure(text) is None
