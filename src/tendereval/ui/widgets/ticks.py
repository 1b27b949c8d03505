"""A table cell with one tick in its middle, drawn so that it is seen in every theme."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring
from tendereval.ui.widgets.choices import paint_tick
from tendereval.ui.widgets.table import RowDelegate

_SIDE = 18


class TickDelegate(RowDelegate):
    """Paints a box with or without a tick where the model has a check state."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            super().paint(painter, option, index)
            return
        look, rect = theme.current(), QRect(option.rect)
        painter.save()
        painter.fillRect(rect, look.colour("paper"))
        painter.setPen(QPen(look.colour("edge" if look.is_high_contrast else "line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        side = look.px(_SIDE)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        paint_tick(painter, box, on=Qt.CheckState(state) == Qt.CheckState.Checked)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, QRectF(rect), option.palette)
        painter.restore()
