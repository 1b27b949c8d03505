"""Paints the small pictures of public value; what they say stands in words beside them."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring
from tendereval.viewmodels.public_value_rows import Bar, Dot, PayLine, Picture, Span

_DOT, _MOST_DOT, _BAR_HEIGHT, _ALONE = 9.0, 16.0, 12.0, 18.0


def paint_picture(painter: QPainter, rect: QRectF, picture: Picture) -> None:
    """Paint a picture into a cell."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    match picture:
        case PayLine():
            _paint_pay(painter, rect, picture)
        case Bar():
            high = min(rect.height(), theme.current().px(_BAR_HEIGHT))
            middle = rect.center().y()
            _paint_bar(painter, QRectF(rect.left(), middle - high / 2, rect.width(), high), picture)
        case Span():
            _paint_span(painter, rect, picture)
    painter.restore()


def _paint_pay(painter: QPainter, rect: QRectF, picture: PayLine) -> None:
    look, middle = theme.current(), rect.center().y()
    edge = look.px(_MOST_DOT) / 2
    left, right = rect.left() + edge, rect.right() - edge

    def x(off: float) -> float:
        low, high = float(picture.low), float(picture.high)
        return left + (off - low) / (high - low) * (right - left)

    painter.setPen(QPen(look.colour("line"), max(1, look.px(1.5))))
    painter.drawLine(QPointF(left, middle), QPointF(right, middle))
    painter.setPen(QPen(look.colour("ink"), max(1.5, look.px(1.5))))
    tall = rect.height() * 0.36
    painter.drawLine(QPointF(x(0), middle - tall), QPointF(x(0), middle + tall))
    most = max(dot.heads for dot in picture.dots)
    for dot in sorted(picture.dots, key=lambda one: -one.heads):
        _paint_dot(painter, QPointF(x(float(dot.off)), middle), dot, most)


def _paint_dot(painter: QPainter, place: QPointF, dot: Dot, most: int) -> None:
    look = theme.current()
    share = (dot.heads / most) ** 0.5 if most else 1.0
    size = look.px(_DOT + (_MOST_DOT - _DOT) * share) / 2
    if dot.is_below:
        painter.setPen(QPen(look.colour("problem"), max(1.8, look.px(1.8))))
        painter.setBrush(look.colour("paper"))
        corners = [(0.0, -size), (size, 0.0), (0.0, size), (-size, 0.0)]
        painter.drawPolygon(QPolygonF([place + QPointF(dx, dy) for dx, dy in corners]))
        return
    painter.setPen(QPen(look.colour("paper"), 1))
    painter.setBrush(look.colour("accent"))
    painter.drawEllipse(place, size, size)


def _paint_bar(painter: QPainter, rect: QRectF, bar: Bar) -> None:
    look = theme.current()
    outline = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(look.colour("edge"), 1))
    painter.setBrush(look.colour("paper"))
    painter.drawRect(outline)
    full = QRectF(rect.left(), rect.top(), rect.width() * float(bar.full), rect.height())
    painter.fillRect(full, look.colour("accent"))
    if bar.hatched > 0:
        rest = QRectF(
            full.right(), rect.top(), rect.width() * float(bar.hatched), rect.height()
        ).intersected(rect)
        painter.fillRect(rest, QBrush(look.colour("accent"), Qt.BrushStyle.BDiagPattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("accent"), 1))
        painter.drawRect(rest.adjusted(0.5, 0.5, -0.5, -0.5))
    if bar.mark is not None:
        _paint_mark(painter, rect, float(bar.mark))


def _paint_mark(painter: QPainter, rect: QRectF, share: float) -> None:
    look = theme.current()
    x, over = rect.left() + rect.width() * min(share, 1.0), look.px(5)
    painter.setPen(QPen(look.colour("paper"), look.px(5)))
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
    painter.setPen(QPen(look.colour("ink"), max(2, look.px(2))))
    painter.drawLine(QPointF(x, rect.top() - over), QPointF(x, rect.bottom() + over))


def _paint_span(painter: QPainter, rect: QRectF, span: Span) -> None:
    look, middle = theme.current(), rect.center().y()
    days = max(1, (span.last - span.first).days)

    def x(day: date | None, open_end: float) -> float:
        if day is None:
            return open_end
        share = (day - span.first).days / days
        return rect.left() + rect.width() * min(max(share, 0.0), 1.0)

    painter.setPen(QPen(look.colour("line"), max(1, look.px(1.5))))
    painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
    start, end = x(span.since, rect.left()), x(span.until, rect.right())
    high = look.px(10)
    bar = QRectF(start, middle - high / 2, max(end - start, look.px(3)), high)
    if span.is_current:
        painter.fillRect(bar, look.colour("accent"))
    else:
        painter.fillRect(bar, look.colour("paper"))
        painter.setPen(QPen(look.colour("attention"), max(1.5, look.px(1.5))))
        painter.setBrush(QBrush(look.colour("attention"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(bar)
    tall = rect.height() * 0.36
    for day in span.marks:
        at = x(day, rect.left())
        painter.setPen(QPen(look.colour("paper"), look.px(4)))
        painter.drawLine(QPointF(at, middle - tall), QPointF(at, middle + tall))
        painter.setPen(QPen(look.colour("ink"), max(1.5, look.px(1.5))))
        painter.drawLine(QPointF(at, middle - tall), QPointF(at, middle + tall))


class BarPicture(QWidget):
    """One bar by itself; its words are read aloud and stand beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar: Bar | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.watch(self)
        theme.changed().connect(self.updateGeometry)

    def show_bar(self, bar: Bar | None) -> None:
        """Show another bar; None shows nothing."""
        self._bar = bar
        self.setVisible(bar is not None)
        self.setAccessibleName(bar.words if bar is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        return QSize(theme.current().px(420), theme.current().px(_ALONE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        if self._bar is None:
            return
        painter = QPainter(self)
        _paint_bar(painter, QRectF(self.rect()), self._bar)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self.palette())
