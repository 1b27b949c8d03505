"""A table that is scrolled by a row paints that row anew, not all of them."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tendereval.ui import theme
from tendereval.ui.widgets.table import Index, RowDelegate, Table

ROW_PX, ROWS_SHOWN, COLUMNS = 30, 20, 4


class Counting(RowDelegate):
    """Counts the cells that are painted."""

    painted = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.painted += 1
        super().paint(painter, option, index)


def a_long_table(qtbot: QtBot) -> tuple[Table, Counting]:
    table = Table("Long")
    qtbot.addWidget(table)
    model = QStandardItemModel(table)
    for number in range(200):
        model.appendRow([QStandardItem(f"{number}") for _ in range(COLUMNS)])
    table.setModel(model)
    delegate = Counting(table)
    table.setItemDelegate(delegate)
    table.setVerticalScrollMode(Table.ScrollMode.ScrollPerPixel)
    table.verticalHeader().setDefaultSectionSize(ROW_PX)
    table.resize(600, ROW_PX * ROWS_SHOWN)
    with qtbot.waitExposed(table):
        table.show()
    QCoreApplication.processEvents()
    return table, delegate


def cells_of_a_step(table: Table, delegate: Counting) -> int:
    QCoreApplication.processEvents()
    delegate.painted = 0
    bar = table.verticalScrollBar()
    bar.setValue(bar.value() + ROW_PX)
    QCoreApplication.processEvents()
    return delegate.painted


def test_a_step_paints_the_rows_that_come_into_sight(qtbot: QtBot) -> None:
    table, delegate = a_long_table(qtbot)
    cells_of_a_step(table, delegate)
    assert 0 < cells_of_a_step(table, delegate) <= 3 * COLUMNS


@pytest.mark.parametrize("look", [theme.Look.DARK, theme.Look.HIGH_CONTRAST_LIGHT])
def test_so_it_does_after_a_change_of_colours(
    qtbot: QtBot, qapp: QApplication, look: theme.Look
) -> None:
    table, delegate = a_long_table(qtbot)
    theme.apply(qapp, theme.Theme(look))
    cells_of_a_step(table, delegate)
    assert 0 < cells_of_a_step(table, delegate) <= 3 * COLUMNS
    table.model().removeRows(3, 197)
    below = table.grab().toImage().pixelColor(300, ROW_PX * 15)
    assert below == theme.current().colour("paper")
