"""People as initials: a disc in a plot, and a button that says whether somebody was present."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring
from tendereval.ui.widgets.band_row import paint_tick


def initials_font(size: float) -> QFont:
    """Return the font of initials in a disc of this size."""
    font = theme.current().font("small")
    font.setPixelSize(max(9, round(size * 0.46)))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def paint_disc(painter: QPainter, middle: QPointF, size: float, text: str) -> None:
    """Paint somebody's initials in a disc; never in a colour of their own."""
    look = theme.current()
    box = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("ink"), 1.5 * look.scale))
    painter.setBrush(look.colour("paper"))
    painter.drawEllipse(box)
    font = initials_font(size)
    if len(text) > 2:  # noqa: PLR2004 - two letters fit
        font.setPixelSize(max(8, round(size * 0.36)))
    painter.setFont(font)
    painter.setPen(look.colour("ink"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class PresentBox(QCheckBox):
    """Whether one person was present: initials, a tick and a frame; the name for all else.

    Args:
        short: initials.
        name: how to call the person.
    """

    def __init__(self, short: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short = short
        self.setToolTip(name)
        self.setAccessibleName(f"{name} was present")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed().connect(self.updateGeometry)

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002 - Qt gives the position
        """Take clicks anywhere."""
        return True

    def sizeHint(self) -> QSize:
        """Return a frame around tick and initials."""
        look = theme.current()
        width = QFontMetrics(look.font("compact")).horizontalAdvance(self._short)
        return QSize(width + look.px(36), look.px(26))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint frame, tick and initials."""
        look, there = theme.current(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("accent" if there else "edge"), 1))
        painter.setBrush(look.colour("tint" if there else "paper"))
        painter.drawRoundedRect(box, 4, 4)
        if there:
            paint_tick(painter, QRectF(look.px(6), 0, look.px(16), self.height()), look.px(10))
        painter.setFont(look.font("compact"))
        painter.setPen(look.colour("ink" if self.isEnabled() else "ink2"))
        words = QRectF(self.rect()).adjusted(look.px(20) if there else 0, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._short)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self.palette())
