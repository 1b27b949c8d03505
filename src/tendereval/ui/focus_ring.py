"""The focus ring: 2 px around any control that takes keys, never removed."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QCheckBox,
    QProxyStyle,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleFactory,
    QStyleOption,
    QTabBar,
    QWidget,
)

_WIDTH, _RADIUS = 2.0, 5.0
_BESIDE = 4


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
        if isinstance(widget, QTabBar):
            # The style sheet frames the whole tab; a second ring would run through its words.
            return
        if isinstance(widget, QPushButton):
            # The style sheet frames it; on a filled one a frame in its colour would not be seen.
            if widget.property("role") == "primary":
                inside = QRectF(widget.rect()).adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)
                paint_focus_ring(painter, inside, option.palette, QPalette.ColorRole.ButtonText)
            return
        rect = QRectF(option.rect)
        if isinstance(widget, QCheckBox | QRadioButton):
            rect = _round_the_words(widget, rect)
        paint_focus_ring(painter, rect, option.palette)


def _round_the_words(widget: QCheckBox | QRadioButton, rect: QRectF) -> QRectF:
    """Return a rectangle round the words; one round all of it would run through the box."""
    metric = QStyle.PixelMetric
    wide, gap = (metric.PM_IndicatorWidth, metric.PM_CheckBoxLabelSpacing)
    if isinstance(widget, QRadioButton):
        wide, gap = (metric.PM_ExclusiveIndicatorWidth, metric.PM_RadioButtonLabelSpacing)
    style = widget.style()
    left = style.pixelMetric(wide, None, widget) + style.pixelMetric(gap, None, widget) - _BESIDE
    words = widget.fontMetrics().horizontalAdvance(widget.text()) + 2 * _BESIDE
    return QRectF(left, rect.top(), min(words, rect.right() - left), rect.height())


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


def paint_focus_ring(
    painter: QPainter,
    rect: QRectF,
    palette: QPalette,
    role: QPalette.ColorRole = QPalette.ColorRole.Accent,
) -> None:
    """Draw the ring just inside a rectangle, for widgets that paint themselves."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(role), _WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = _WIDTH / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
    painter.restore()
