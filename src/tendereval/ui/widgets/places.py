"""Paints one place of the side bar: title, a short note at the right, a bar where one is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring

_BAR, _LEFT, _RIGHT = 3, 16, 14


class PlaceDelegate(QStyledItemDelegate):
    """The current place lies on paper with an accent bar at its left."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one place."""
        look, rect = theme.current(), QRect(option.rect)
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, look.colour("paper" if here else "ground"))
        if here:
            painter.fillRect(QRect(0, rect.top(), _BAR, rect.height()), look.colour("accent"))
        painter.setFont(look.font("body_strong" if here else "body"))
        painter.setPen(look.colour("ink"))
        inside = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, flags | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        note = str(index.data(Qt.ItemDataRole.UserRole) or "")
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("ink2"))
        painter.drawText(inside, flags | Qt.AlignmentFlag.AlignRight, note)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, QRectF(rect), option.palette)
        painter.restore()
