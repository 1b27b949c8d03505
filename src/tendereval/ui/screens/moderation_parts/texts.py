"""Fields that grow with what is typed, and texts to read that grow with what they hold."""

from math import ceil

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from tendereval.domain.releasable import sentence_at
from tendereval.ui import theme

_MOST_LINES = 14


class GrowingField(QPlainTextEdit):
    """A field of so many lines, more when more is typed.

    Args:
        name: what is typed here, for the screen reader; a label above says it too.
        lines: how many lines it has while there is little in it.
    """

    def __init__(self, name: str, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed().connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text as it is kept; the cursor stays where it is the same."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self._fit()

    def _fit(self) -> None:
        lines = min(max(self._lines, ceil(self.document().size().height())), _MOST_LINES)
        look = theme.current()
        height = lines * self.fontMetrics().lineSpacing() + look.px(20)
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again at another width."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)


class WordsView(QTextEdit):
    """A text to read in full: never cut, never scrolled by itself; words of it can be chosen.

    Args:
        style: the style of type.
    """

    def __init__(self, style: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self.setProperty("role", "words")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        theme.changed().connect(self.follow_theme)
        self.follow_theme()

    def follow_theme(self) -> None:
        """Take size and colour from the theme."""
        self.setFont(theme.current().font(self._style))
        self.document().setDefaultFont(theme.current().font(self._style))
        self._fit()

    def show_words(self, text: str) -> None:
        """Show a text from its beginning."""
        if text != self.toPlainText():
            self.setPlainText(text)
            self._fit()

    def chosen_words(self) -> str:
        """Return the selected words, or else the sentence that the cursor is in."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return cursor.selectedText().replace("\u2029", " ")
        return sentence_at(self.toPlainText(), cursor.position())

    def _fit(self) -> None:
        self.document().setTextWidth(max(1, self.viewport().width()))
        height = ceil(self.document().size().height()) + 2
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the text needs at another width."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave what is not reading or choosing words to the screen."""
        if event.matches(QKeySequence.StandardKey.Copy) or event.key() in _READING_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was selected: the sentence button wants it."""
        super().focusOutEvent(event)


_READING_KEYS = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home),
        *(Qt.Key.Key_End, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_A),
    }
)
