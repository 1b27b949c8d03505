"""The problems of a workbook as a table: where, what is wrong, what to write instead."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem

from tendereval.domain.errors import CellProblem
from tendereval.ui import theme
from tendereval.ui.widgets.table import Index, RowDelegate, Table

_HEADS: Final = ("Sheet", "Row", "Column", "What is wrong", "What to write instead")
_WIDTHS: Final = (96, 52, 120)


class _Roomy(RowDelegate):
    """Rows of several lines with some room above and below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(0, theme.current().px(10))


class ProblemTable(Table):
    """Every problem at once, in the order of the workbook; texts are never shortened."""

    def __init__(self) -> None:
        super().__init__("Problems of the workbook")
        self._model = QStandardItemModel(0, len(_HEADS), self)
        self._model.setHorizontalHeaderLabels(_HEADS)
        self.setModel(self._model)
        self.setItemDelegate(_Roomy(self))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, theme.current().px(width))
        for column in (3, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_problems(self, problems: Sequence[CellProblem]) -> None:
        """Show these problems instead of those before."""
        self._model.setRowCount(0)
        for one in problems:
            row = "" if one.row is None else str(one.row)
            texts = (one.sheet, row, one.column or "", one.wrong, one.write)
            items = [QStandardItem(text) for text in texts]
            items[1].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for item in items[:1] + items[2:]:
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self._model.appendRow(items)
