"""A sheet of the award as a table: as high as its rows, one of them chosen."""

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from tendereval.ui import theme
from tendereval.ui.widgets.inset_rows import set_in
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.public_value_rows import RowsModel, Sheet

_LEAST_FIRST, _MOST_FIRST = 170, 340


class SheetTable(Table):
    """Shows a ``Sheet``.

    Args:
        name: for a screen reader.
        rows: the most rows that give the table its height.

    Signals:
        row_chosen: the key of the row a person came to; not emitted by ``show_sheet``.
        row_opened: the key of the row that Enter or a double click opened.
    """

    row_chosen = Signal(str)
    row_opened = Signal(str)

    def __init__(self, name: str, rows: int) -> None:
        self._most_rows = rows
        self.rows = RowsModel()
        super().__init__(name)
        self.setModel(self.rows)
        self.rows.setParent(self)
        set_in(self)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.rows.modelReset.connect(self.follow_theme)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.opened.connect(lambda _index: self.row_opened.emit(self.key))
        self.follow_theme()

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_chosen.emit(self.rows.sheet.rows[index.row()].key)

    def show_sheet(self, sheet: Sheet, key: str | None) -> None:
        """Show a table with one of its rows chosen; the first where there is no such row."""
        with QSignalBlocker(self.selectionModel()):
            self.rows.show_sheet(sheet)
            at = self.rows.row_of(key) if key is not None else -1
            if sheet.rows and self.currentIndex().row() != max(at, 0):
                self.selectRow(max(at, 0))
        self.viewport().update()

    def choose(self, key: str) -> None:
        """Come to a row."""
        at = self.rows.row_of(key)
        if at >= 0:
            self.selectRow(at)

    def show_at_most(self, rows: int) -> None:
        """Take the height of at most so many rows."""
        if rows != self._most_rows:
            self._most_rows = rows
            self.follow_theme()

    @property
    def key(self) -> str:
        """The key of the row that is chosen; empty where there is none."""
        at = self.currentIndex().row()
        return self.rows.sheet.rows[at].key if 0 <= at < len(self.rows.sheet.rows) else ""

    def follow_theme(self) -> None:
        """Take row heights and widths from the theme."""
        super().follow_theme()
        look, header, columns = theme.current(), self.horizontalHeader(), self.rows.sheet.columns
        if not columns:
            return
        header.setMinimumSectionSize(look.px(32))
        taken = sum(look.px(column.width) for column in columns)
        left = max(self.viewport().width() - taken, look.px(_LEAST_FIRST))
        first = min(left, look.px(_MOST_FIRST))
        for number, column in enumerate(columns):
            more = left - first if number == len(columns) - 1 else 0
            header.resizeSection(number, look.px(column.width) + more if column.width else first)
        shown = min(max(self.rows.rowCount(), 1), self._most_rows)
        one = self.verticalHeader().defaultSectionSize()
        bar = look.px(14) if taken + left > self.viewport().width() + 1 else 0
        self.setFixedHeight(shown * one + header.sizeHint().height() + look.px(3) + bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the window."""
        super().resizeEvent(event)
        self.follow_theme()
