"""A sheet of public value as a table: as high as its rows, with pictures in its cells."""

from PySide6.QtCore import QModelIndex, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QTableView

from tendereval.ui import theme
from tendereval.ui.screens.public_value_parts.pictures import paint_picture
from tendereval.ui.widgets.inset_rows import InsetDelegate, set_in
from tendereval.ui.widgets.table import Index, Table
from tendereval.viewmodels.public_value_rows import ROLE_PICTURE, RowsModel, Sheet

_LEAST_FIRST, _MOST_FIRST, _SIDE, _APART = 150, 380, 8, 13


class ClearDelegate(InsetDelegate):
    """Paints rows whose figures keep clear of the words beside them."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Move figures to the left, not the row's ground."""
        super().initStyleOption(option, index)
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight:
            option.rect = option.rect.adjusted(0, 0, -theme.current().px(_APART), 0)


class _PictureDelegate(ClearDelegate):
    """Paints a row, and the picture of a cell that has one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        super().paint(painter, option, index)
        picture = index.data(ROLE_PICTURE)
        if picture is not None:
            look = theme.current()
            side = look.px(_SIDE)
            paint_picture(painter, QRectF(option.rect).adjusted(side, 2, -side, -3), picture)


class RowsTable(Table):
    """Shows a ``Sheet``.

    Args:
        name: for a screen reader, until a sheet brings its own.
        rows: the most rows that give the table its height.

    Signals:
        row_chosen: the key of the row a person came to; not emitted by ``show_sheet``.
    """

    row_chosen = Signal(str)

    def __init__(self, name: str, rows: int) -> None:
        self._most_rows = rows
        self.rows = RowsModel()
        super().__init__(name)
        self.setModel(self.rows)
        self.rows.setParent(self)
        set_in(self, _PictureDelegate(self))
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.rows.modelReset.connect(self.follow_theme)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.follow_theme()

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_chosen.emit(self.rows.sheet.rows[index.row()].key)

    def show_sheet(self, sheet: Sheet, key: str | None) -> None:
        """Show a table with one of its rows chosen; the first where there is no such row."""
        with QSignalBlocker(self.selectionModel()):
            self.setAccessibleName(sheet.name)
            self.rows.show_sheet(sheet)
            at = self.rows.row_of(key) if key is not None else -1
            if sheet.rows and self.currentIndex().row() != max(at, 0):
                self.selectRow(max(at, 0))
        self.viewport().update()

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
