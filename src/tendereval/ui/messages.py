"""A refusal as a bar under the head of the pane: what happened, what was kept, what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from tendereval.domain.errors import UserFixable


class MessageBar(QWidget):
    """Hidden until there is something to say; never takes the focus by itself.

    Signals:
        dismissed: the person closed it.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "paper")
        self.setAccessibleName("Message")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        close = QPushButton("Close")
        close.setProperty("role", "link")
        close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 8, 32, 8)
        row.addWidget(self._words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_refusal(self, refusal: UserFixable) -> None:
        """Say what was refused; it stays until closed or replaced."""
        self._say("problem", f"⊖  {refusal.happened} {refusal.kept} {refusal.do}")

    def show_note(self, text: str) -> None:
        """Say something that is no refusal."""
        self._say("", text)

    def tell(self, sentences: Sequence[str]) -> None:
        """Say what there is to say, if anything."""
        if sentences:
            self.show_note(" ".join(sentences))

    def clear(self) -> None:
        """Take the message away."""
        self.hide()
        self._words.clear()
        self.dismissed.emit()

    @property
    def words(self) -> str:
        """What the bar says now; empty when hidden."""
        return self._words.text()

    def _say(self, role: str, text: str) -> None:
        self._words.setProperty("role", role)
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self._words.setText(text)
        self.setAccessibleDescription(text)
        self.show()
