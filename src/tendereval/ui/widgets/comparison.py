"""Two versions of a text side by line: what goes is struck through, what comes is underlined."""

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from tendereval.ui import theme
from tendereval.viewmodels.publishing import Line, Mark


class Comparison(QPlainTextEdit):
    """Read only; each line begins with what happened to it, so colour is never alone."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show a comparison."""
        self.clear()
        cursor = self.textCursor()
        for at, line in enumerate(lines):
            if at:
                cursor.insertBlock()
            cursor.insertText(f"{line.mark}  ", _format(Mark.SAME))
            cursor.insertText(line.text, _format(line.mark))
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _format(mark: Mark) -> QTextCharFormat:
    look, found = theme.current(), QTextCharFormat()
    found.setForeground(look.colour("ink" if mark is not Mark.SAME else "ink2"))
    if mark is Mark.GONE:
        found.setForeground(look.colour("problem"))
        found.setFontStrikeOut(True)
    elif mark is Mark.NEW:
        found.setBackground(look.colour("tint"))
        found.setFontUnderline(True)
    return found
