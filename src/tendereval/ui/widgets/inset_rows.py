"""Rows whose text stands clear of the bar of the selected one, with heads flush above it."""

from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from tendereval.ui import theme
from tendereval.ui.widgets.table import Index, RowDelegate

INSET_PX = 12
_BY_ITSELF = 3


class InsetDelegate(RowDelegate):
    """Paints rows with the first column's text set in."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Move the text, not the row's ground."""
        super().initStyleOption(option, index)
        if index.column() == 0:
            option.rect = option.rect.adjusted(theme.current().px(INSET_PX) - _BY_ITSELF, 0, 0, 0)


def set_in(table: QTableView, delegate: InsetDelegate | None = None) -> None:
    """Set in the text of a table's first column, and its head."""
    table.setItemDelegate(delegate or InsetDelegate(table))
    table.horizontalHeader().setProperty("inset", True)
