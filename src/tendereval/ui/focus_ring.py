"""The focus ring: 2 px around any control that takes keys, never removed."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleFactory, QStyleOption, QWidget

_WIDTH, _RADIUS = 2.0, 5.0


class FocusRingStyle(QProxyStyle):
    """Fusion with our focus ring; style sheets cannot draw one outside their border."""

    def __init__(self) -> None:
        super().__init__(QStyleFactory.create("Fusion"))

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the ring where Qt asks for a focus frame, else what Fusion draws."""
        if element != QStyle.PrimitiveElement.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)
            return
        paint_focus_ring(painter, QRectF(option.rect), option.palette)


def paint_focus_ring(painter: QPainter, rect: QRectF, palette: QPalette) -> None:
    """Draw the ring just inside a rectangle, for widgets that paint themselves."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), _WIDTH))
    inset = _WIDTH / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
    painter.restore()
