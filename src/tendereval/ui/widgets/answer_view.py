"""The answer to read: long lines of 62 to 72 characters, paragraph numbers, evidence marks.

Shows plain text only, whatever stands in it; it decides nothing and keeps nothing.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from tendereval.domain.evidence import paragraph_at, paragraphs
from tendereval.ui import theme
from tendereval.ui.widgets import answer_overlay
from tendereval.ui.widgets.answer_overlay import Mark

_SAMPLE: Final = "Every caller is answered by a person who knows the route and all its stops."
"""As many characters as a line should hold, at their usual widths."""
_NUMBERS_PX: Final = 56
_INITIALS_PX: Final = 40
_TAB, _NEW_LINE = "\t", "\n"


class AnswerView(QTextBrowser):
    """One answer.

    Args:
        parent: the widget it stands in.
        large: the community panel's size, without paragraph numbers.
        style: another style of type (``projector.read``).
    """

    def __init__(
        self, parent: QWidget | None = None, *, large: bool = False, style: str = ""
    ) -> None:
        super().__init__(parent)
        self._answer, self._marks = "", ()  # type: tuple[str, tuple[Mark, ...]]
        self._style = style or ("community.read" if large else "read")
        self.shows_numbers = not large
        self.setProperty("role", "answer")
        self.setAccessibleName("Answer")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed().connect(self._lay_out)

    @property
    def answer(self) -> str:
        """The text shown, with plain line ends."""
        return self._answer

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks shown."""
        return self._marks

    def set_answer(self, text: str) -> None:
        """Show an answer from its beginning, without marks."""
        self._answer = text.replace("\r\n", _NEW_LINE).replace("\r", _NEW_LINE)
        self._marks = ()
        self.setPlainText("".join(map(_shown, self._answer)))
        count = len(paragraphs(self._answer))
        self.setAccessibleDescription(f"{count} paragraph{'s' if count != 1 else ''}")
        self._lay_out()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def set_marks(self, marks: Sequence[tuple[int, int, str]]) -> None:
        """Mark evidence.

        Args:
            marks: start and length in the text as ``answer`` has it, and the initials of who
                cited it, which stand in the right margin (empty for none).
        """
        self._marks = tuple(
            Mark(self._units(start), self._units(start + length), initials)
            for start, length, initials in marks
        )
        self.viewport().update()

    def selection(self) -> tuple[str, int] | None:
        """Return the selected words and the number of the paragraph they begin in."""
        span = self.selected_span()
        if span is None:
            return None
        text = self._answer[span[0] : span[1]]
        return (text, paragraph_at(self._answer, span[0])) if text.strip() else None

    def selected_span(self) -> tuple[int, int] | None:
        """Return the first selected character of ``answer`` and the one after the last."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        before = QTextCursor(self.document())
        before.setPosition(cursor.selectionStart(), QTextCursor.MoveMode.KeepAnchor)
        start = len(before.selectedText())
        return start, start + len(cursor.selectedText())

    def show_position(self, start: int, length: int) -> None:
        """Select words and bring them into sight."""
        cursor = self.textCursor()
        cursor.setPosition(self._units(start))
        cursor.setPosition(self._units(start + length), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def find_words(self, words: str, *, backwards: bool = False) -> bool:
        """Select the next place of these words, from the top again after the last."""
        flags = QTextDocument.FindFlag(0)
        if backwards:
            flags = QTextDocument.FindFlag.FindBackward
        if self.find(words, flags):
            return True
        end = QTextCursor.MoveOperation.End if backwards else QTextCursor.MoveOperation.Start
        self.moveCursor(end)
        return self.find(words, flags)

    def _units(self, position: int) -> int:
        """Qt counts UTF-16 units, Python characters."""
        return position + sum(ord(one) > 0xFFFF for one in self._answer[:position])  # noqa: PLR2004 - the last character of one unit

    def _lay_out(self) -> None:
        look = theme.current()
        self.setFont(look.font(self._style))
        document = self.document()
        # What stands in place of an answer is placed by this margin alone.
        document.setDocumentMargin(0 if self._answer.strip() else look.px(_NUMBERS_PX))
        document.setDefaultFont(look.font(self._style))
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        plain = QTextCharFormat()
        plain.setFont(look.font(self._style))
        cursor.setCharFormat(plain)
        line = look.line_px(self._style)
        text, blank = QTextBlockFormat(), QTextBlockFormat()
        text.setLineHeight(line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        text.setBottomMargin(line / 2)
        blank.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block = document.firstBlock()
        while block.isValid():
            QTextCursor(block).setBlockFormat(text if block.text().strip() else blank)
            block = block.next()
        cursor.endEditBlock()
        self._set_margins()

    def _set_margins(self) -> None:
        look = theme.current()
        left = look.px(_NUMBERS_PX if self.shows_numbers else 40)
        right = look.px(_INITIALS_PX)
        wanted = QFontMetrics(look.font(self._style)).horizontalAdvance(_SAMPLE)
        spare = self.viewport().width() - left - right - wanted
        margins = QTextFrameFormat()
        margins.setLeftMargin(left)
        margins.setRightMargin(right + max(0, spare))
        margins.setTopMargin(look.px(8))
        margins.setBottomMargin(look.px(24))
        root = self.document().rootFrame()
        if root.frameFormat() != margins:
            root.setFrameFormat(margins)
        self._column = (left, left + min(wanted, self.viewport().width() - left - right))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the length of lines readable."""
        super().resizeEvent(event)
        self._set_margins()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint marks behind the text, and numbers and initials beside it."""
        painter = QPainter(self.viewport())
        scrolled = self.verticalScrollBar().value()
        answer_overlay.paint_marks(painter, self.document(), self._marks, scrolled)
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        left, right = self._column
        if self.shows_numbers:
            answer_overlay.paint_numbers(painter, self.document(), left, scrolled)
        answer_overlay.paint_initials(painter, self.document(), self._marks, right, scrolled)
        painter.end()


def _shown(character: str) -> str:
    """A character that would not show, or would end a paragraph, as one that does."""
    if character in {_NEW_LINE, _TAB} or (character.isprintable() or character.isspace()):
        return " " if character in "\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x1f\x85" else character
    return character if character in "\u200e\u200f\u200b\u200c\u200d\u00ad" else "\ufffd"
