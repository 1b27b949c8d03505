"""The focus ring: 2 px around any control that takes keys, never removed."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QGuiApplication, QPainter, QPalette, QPen, QPolygonF
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
        if element == QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            on = bool(option.state & QStyle.StateFlag.State_On)
            # A style sheet's transparent background leaves no paper in the widget's own palette.
            paint_check_box(painter, QRectF(option.rect), QGuiApplication.palette(), on=on)
            return
        if element != QStyle.PrimitiveElement.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)
            return
        paint_focus_ring(painter, QRectF(option.rect), option.palette)


def paint_check_box(painter: QPainter, rect: QRectF, palette: QPalette, *, on: bool) -> None:
    """Draw the box of a check box with edges that are seen in every theme."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPalette.ColorRole.Accent if on else QPalette.ColorRole.Dark
    painter.setPen(QPen(palette.color(edge), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Accent if on else QPalette.ColorRole.Base))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if on:
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), max(1.5, rect.width() / 9)))
        side = rect.width()
        corners = [(0.24, 0.52), (0.43, 0.71), (0.78, 0.30)]
        points = [QPointF(rect.left() + x * side, rect.top() + y * side) for x, y in corners]
        painter.drawPolyline(QPolygonF(points))
    painter.restore()


def paint_focus_ring(painter: QPainter, rect: QRectF, palette: QPalette) -> None:
    """Draw the ring just inside a rectangle, for widgets that paint themselves."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), _WIDTH))
    inset = _WIDTH / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
    painter.restore()
