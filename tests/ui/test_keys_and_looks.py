"""What every screen has in common: keys that act everywhere, a focus that is seen, words uncut."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionFocusRect,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tendereval.domain.bidding import Place
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.ui import theme
from tendereval.ui.focus_ring import FocusRingStyle
from tendereval.ui.screens.bids import BidsScreen
from tendereval.ui.screens.moderation import ModerationScreen
from tendereval.ui.widgets.basics import button, label
from tendereval.ui.widgets.choices import Tick
from tendereval.ui.widgets.limited_text import LimitedText
from tendereval.ui.widgets.price_rows import PriceRows
from tendereval.ui.widgets.short_label import ShortLabel
from tendereval.viewmodels.ranking import PriceLine
from tests.service.builders import a_desk
from tests.ui.shell import Shell, started

LONG = (
    "Cymdeithas Gydweithredol Gwasanaethau Glanhau a Chynnal a Chadw Adeiladau Cyhoeddus "
    "Gogledd a Chanolbarth Cymru (2019) Cyf"
)


@pytest.fixture
def shell(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    shell = started(qapp, qtbot, tmp_path)
    shell.desktop.files.open(a_desk(tmp_path, "moderation").file)
    with qtbot.waitActive(shell.window):
        shell.window.activateWindow()
    yield shell
    shell.close()


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def pressed(qtbot: QtBot, one: QWidget) -> None:
    qtbot.addWidget(one)
    with qtbot.waitActive(one):
        one.show()
        one.activateWindow()


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    done: list[str] = []
    window = QWidget()
    row = QVBoxLayout(window)
    one = button("Write", lambda: done.append("written"))
    row.addWidget(one)
    pressed(qtbot, window)
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Return)
    QTest.keyClick(one, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(one, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert done == ["written", "written"]


@pytest.mark.parametrize("look", theme.Look)
def test_the_focus_is_seen_on_a_filled_button(
    qapp: QApplication, qtbot: QtBot, look: theme.Look
) -> None:
    theme.apply(qapp, theme.Theme(look))
    window = QWidget()
    row = QVBoxLayout(window)
    first, other = button("Write all…", list, "primary"), button("Close", list)
    row.addWidget(first)
    row.addWidget(other)
    pressed(qtbot, window)
    other.setFocus()
    without = line_of(first)
    first.setFocus()
    fill, ring = theme.current().colour("accent"), theme.current().colour("on_accent")
    assert set(without) == {fill.name()}
    assert line_of(first).count(ring.name()) > first.width() // 2


def line_of(one: QPushButton) -> list[str]:
    """Return the colours along a line inside a button's upper edge, its corners left out."""
    image = one.grab().toImage()
    return [QColor(image.pixel(x, 3)).name() for x in range(8, image.width() - 8)]


def test_no_ring_runs_through_the_words_of_a_tab() -> None:
    assert not drawn(QTabBar())
    assert drawn(QWidget())


def drawn(widget: QWidget) -> list[tuple[int, int]]:
    """Return where the style draws a focus frame for a widget."""
    image = QImage(300, 40, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    option = QStyleOptionFocusRect()
    option.initFrom(widget)
    option.rect = image.rect()
    painter = QPainter(image)
    frame = QStyle.PrimitiveElement.PE_FrameFocusRect
    FocusRingStyle().drawPrimitive(frame, option, painter, widget)
    painter.end()
    return [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 0
    ]


def test_the_ring_of_a_radio_button_leaves_its_mark_alone() -> None:
    one = QRadioButton("With a passphrase")
    mark = one.style().pixelMetric(QStyle.PixelMetric.PM_ExclusiveIndicatorWidth, None, one)
    assert min(x for x, _y in drawn(one)) > mark


def test_a_name_keeps_its_ampersand_beside_its_price(qtbot: QtBot) -> None:
    rows = PriceRows(lambda _place, _text: "")
    qtbot.addWidget(rows)
    place = Place(BidderId("b-1"), CriterionId("PRICE"))
    rows.show_lines([PriceLine(place, "Brindlow & Daughter Ltd", "")], may_enter=True)
    plain = label("Brindlow & Daughter Ltd", wrap=True)
    name = next(one for one in rows.findChildren(type(plain)) if one.buddy() is not None)
    for one in (plain, name):
        one.setParent(None)
        qtbot.addWidget(one)
        one.setFixedSize(240, 32)
    assert name.grab().toImage() == plain.grab().toImage()


def test_f6_goes_round_the_places_and_the_panes(shell: Shell) -> None:
    window = shell.window
    window.go_to("bids")
    screen = window.screen_shown
    assert isinstance(screen, BidsScreen)
    left, right = screen.panes.panes
    for width in (1280, 700):
        window.resize(width, 800)
        window.go_to("bids")
        found = []
        for _ in range(3):
            QTest.keyClick(focus(), Qt.Key.Key_F6)
            found.append(focus())
        there = [
            "left" if left.isAncestorOf(one) else "right" if right.isAncestorOf(one) else "places"
            for one in found
        ]
        assert sorted(there) == ["left", "places", "right"]
        assert all(one.isVisible() for one in found[-1:])


def test_f11_is_the_projector_on_a_response_and_the_full_screen_elsewhere(shell: Shell) -> None:
    window = shell.window
    window.go_to("moderation")
    screen = window.screen_shown
    assert isinstance(screen, ModerationScreen)
    screen.agenda.take_focus()
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert screen.currentWidget() is screen.response
    QTest.keyClick(focus(), Qt.Key.Key_F11)
    assert screen.currentWidget() is screen.projector
    assert screen.projector.answer.text.accessibleName() != ", "
    QTest.keyClick(focus(), Qt.Key.Key_F11)
    assert screen.currentWidget() is screen.response
    QTest.keyClick(focus(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(focus(), Qt.Key.Key_F11)
    assert screen.currentWidget() is screen.agenda
    assert window.isFullScreen()


def test_words_of_a_tick_break_where_there_is_little_room(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    tick = Tick(LONG)
    column.addWidget(tick)
    column.addStretch(1)
    window.resize(300, 400)
    pressed(qtbot, window)
    assert tick.width() == 300
    assert tick.height() >= 3 * tick.fontMetrics().height()
    assert Tick("Brindlow & Daughter Ltd").accessibleName() == "Brindlow & Daughter Ltd"


def test_a_long_question_scrolls_and_is_a_stop_of_its_own(qtbot: QtBot) -> None:
    words = label(wrap=True)
    box = LimitedText(words, 90)
    box.resize(400, 90)
    pressed(qtbot, box)
    words.setText("Say how.")
    box.fit()
    assert box.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert box.height() < 40
    words.setText("Describe how you will recruit, train and keep the people who do this. " * 10)
    box.fit()
    assert (box.focusPolicy(), box.height()) == (Qt.FocusPolicy.TabFocus, 90)
    assert box.verticalScrollBar().maximum() > 0


def test_a_title_that_is_too_long_says_that_it_goes_on(qtbot: QtBot) -> None:
    title = ShortLabel("strong")
    title.setText(LONG)
    title.resize(300, 20)
    pressed(qtbot, title)
    assert "…" in title.shown
    assert title.toolTip() == LONG
    assert title.minimumSizeHint().width() < 100
    title.resize(2000, 20)
    assert title.shown == LONG
