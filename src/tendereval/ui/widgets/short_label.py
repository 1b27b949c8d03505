"""One line of text that gives way where there is little room; nothing is cut without a sign."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ShortLabel(QLabel):
    """Plain text whose middle is left out where it does not fit; the tool tip has all of it.

    Args:
        role: of the style sheet.
    """

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setToolTip(text)

    @property
    def shown(self) -> str:
        """What can be read at the width there is."""
        middle = Qt.TextElideMode.ElideMiddle
        return self.fontMetrics().elidedText(self.text(), middle, self.width())

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than a few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("…") * 3, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), side, self.shown)
