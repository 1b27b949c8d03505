"""A sheet of public value as a table: as high as its rows, with pictures in its cells."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from tendereval.ui import theme
from tendereval.ui.screens.public_value_parts.pictures import paint_picture
from tendereval.ui.widgets.inset_rows import InsetDelegate, set_in
from tendereval.ui.widgets.sheet_table import SheetTable
from tendereval.ui.widgets.table import Index
from tendereval.viewmodels.public_value_rows import ROLE_PICTURE, Sheet

_FIRST, _SIDE, _APART = (150, 380), 8, 13


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


class RowsTable(SheetTable):
    """Shows a ``Sheet`` under its own name."""

    def __init__(self, name: str, rows: int) -> None:
        super().__init__(name, rows, _FIRST)
        set_in(self, _PictureDelegate(self))

    def show_sheet(self, sheet: Sheet, key: str | None) -> None:
        """Show a table with one of its rows chosen; the first where there is no such row."""
        self.setAccessibleName(sheet.name)
        super().show_sheet(sheet, key)
