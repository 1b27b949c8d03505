"""A sheet as a table: as high as its rows, one of them chosen."""

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal

from tendereval.ui.widgets.fitted_table import FittedTable
from tendereval.viewmodels.public_value_rows import Sheet, SheetModel


class SheetTable(FittedTable):
    """Shows a ``Sheet``.

    Args:
        name: for a screen reader.
        rows: the most rows that give the table its height.
        first: the least and the most px of the column that takes the rest.

    Signals:
        row_chosen: the key of the row a person came to; not emitted by ``show_sheet``.
        row_opened: the key of the row that Enter or a double click opened.
    """

    SPARE_PX, BAR_PX = 3, 14
    row_chosen = Signal(str)
    row_opened = Signal(str)

    def __init__(self, name: str, rows: int, first: tuple[int, int] = (170, 340)) -> None:
        self.rows = SheetModel()
        least, most = first
        super().__init__(name, self.rows, (), least=least, most=most, rows=rows)
        self.rows.setParent(self)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.opened.connect(self._on_opened)

    @property
    def widths(self) -> tuple[int, ...]:
        """The px of each column of the sheet."""
        return tuple(column.width for column in self.rows.sheet.columns)

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_chosen.emit(self.rows.rows[index.row()].key)

    def _on_opened(self, _index: QModelIndex) -> None:
        self.row_opened.emit(self.key)

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

    @property
    def key(self) -> str:
        """The key of the row that is chosen; empty where there is none."""
        at = self.currentIndex().row()
        return self.rows.rows[at].key if 0 <= at < len(self.rows.rows) else ""
