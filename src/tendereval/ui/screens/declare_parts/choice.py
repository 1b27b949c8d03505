"""A choice of legal weight: a radio button with its words; nothing is chosen in advance."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QRadioButton, QStyle, QStyleOptionButton, QVBoxLayout

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring
from tendereval.ui.widgets.basics import label


class _Radio(QRadioButton):
    """A radio button whose frame shows the focus."""

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Leave the focus ring to the frame."""
        super().initStyleOption(option)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class Choice(QFrame):
    """A choice of legal weight: a radio button with its words, and a sentence under it."""

    def __init__(self, text: str, under: str) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.radio = _Radio(text)
        self.radio.installEventFilter(self)
        self.radio.setAccessibleDescription(under)
        font = self.radio.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.radio.setFont(font)
        words = label(under, "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(0)
        column.addWidget(self.radio)
        words.setIndent(theme.current().px(24))
        column.addWidget(words)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Choose it wherever it is pressed."""
        self.radio.click()
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Repaint the ring with the focus."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame and, around the whole choice, the focus ring."""
        super().paintEvent(event)
        if self.radio.hasFocus():
            paint_focus_ring(QPainter(self), QRectF(self.rect()), self.palette())
