"""A ring that fills as scores come in; figure inside, words below say the same."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tendereval.ui import theme

_WHOLE_TURN = 360 * 16
_TOP = 90 * 16
_WIDTH = 96


class Ring(QWidget):
    """How much of one bid's or one person's scoring is done.

    Args:
        name: whose.
        done: how many are done.
        total: of how many; 0 does not count (dashed).
        under: the words below (``31 of 43``, ``withdrawn``).
    """

    def __init__(self, name: str, done: int, total: int, under: str) -> None:
        super().__init__()
        self._name, self._done, self._total, self._under = name, done, total, under
        self.setAccessibleName(f"{name}: {under}")
        self.setToolTip(f"{name}: {under}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.watch(self)

    def sizeHint(self) -> QSize:
        """Return room for the ring and two lines of words."""
        look = theme.current()
        lines = 2 * look.line_px("compact") + look.line_px("small")
        return QSize(look.px(_WIDTH), look.width("ring") + lines + look.px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ring, figure and words."""
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, stroke = look.width("ring"), look.width("ring_stroke")
        left = (self.width() - size) / 2
        ring = QRectF(left, 0, size, size).adjusted(stroke, stroke, -stroke, -stroke)
        self._paint_ring(painter, ring, stroke)
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font("section"))
        if self._total and self._done >= self._total:
            self._paint_tick(painter, QRectF(left, 0, size, size))
        else:
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(QRectF(left, 0, size, size), middle, self._figure())
        top = size + look.px(6)
        for line in self._name_lines():
            self._line(painter, line, "compact", "ink", top)
            top += look.line_px("compact")
        self._line(painter, self._under, "small", "ink2", top)

    def _name_lines(self) -> tuple[str, ...]:
        """Return the name in one line or two, the second shortened in the middle."""
        metrics, room = QFontMetrics(theme.current().font("compact")), self.width() - 4
        first, rest = "", self._name.split()
        while rest and metrics.horizontalAdvance(f"{first} {rest[0]}") <= room:
            first, rest = f"{first} {rest[0]}".strip(), rest[1:]
        if not first or not rest:
            return (self._name,)
        return first, " ".join(rest)

    def _paint_tick(self, painter: QPainter, ring: QRectF) -> None:
        look, side = theme.current(), ring.width()
        painter.setPen(QPen(look.colour("accent"), look.px(2.5)))
        places = [(0.36, 0.52), (0.46, 0.62), (0.65, 0.39)]
        points = [QPointF(ring.left() + x * side, ring.top() + y * side) for x, y in places]
        painter.drawPolyline(QPolygonF(points))

    def _paint_ring(self, painter: QPainter, ring: QRectF, stroke: int) -> None:
        look = theme.current()
        if not self._total:
            painter.setPen(QPen(look.colour("edge"), look.px(2), Qt.PenStyle.DashLine))
            painter.drawEllipse(ring)
            return
        painter.setPen(QPen(look.colour("edge" if look.is_high_contrast else "sunken"), stroke))
        painter.drawEllipse(ring)
        pen = QPen(look.colour("accent"), stroke)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(ring, _TOP, -_WHOLE_TURN * self._done // self._total)

    def _figure(self) -> str:
        return str(self._done) if self._total else "–"

    def _line(self, painter: QPainter, text: str, style: str, ink: str, top: float) -> None:
        look = theme.current()
        painter.setFont(look.font(style))
        painter.setPen(look.colour(ink))
        mode = Qt.TextElideMode.ElideMiddle
        shown = painter.fontMetrics().elidedText(text, mode, self.width() - 4)
        box = QRectF(0, top, self.width(), look.line_px(style))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
