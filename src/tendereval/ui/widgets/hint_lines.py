"""Quiet hints under the rationale: a bulb, what stands out, why, how to mend it."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tendereval.domain.hints import Hint
from tendereval.ui import theme


class Bulb(QWidget):
    """A bulb in the colour of the text beside it; its meaning stands in the words."""

    def sizeHint(self) -> QSize:
        """Return the size of an icon."""
        return QSize(theme.current().px(16), theme.current().px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it with strokes of 1.5 px."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("ink2"), 1.5 * look.scale))
        unit = look.scale
        painter.drawEllipse(QRectF(4 * unit, 2 * unit, 8 * unit, 8 * unit))
        for height in (12.5, 15):
            painter.drawLine(QPointF(6 * unit, height * unit), QPointF(10 * unit, height * unit))


class HintLine(QWidget):
    """One hint.

    Signals:
        kept: the person wants it as it is; the kind of hint.
    """

    kept = Signal(object)

    def __init__(self, hint: Hint, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._shows_how = False
        self._words = QLabel()
        self._words.setProperty("role", "small")
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self._words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._words.linkActivated.connect(self._on_link)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        row.addWidget(Bulb(), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._say()

    def _say(self) -> None:
        named = (
            f'<span style="font-weight:600">“{escape(self._hint.words)}”</span> '
            if self._hint.words
            else ""
        )
        colour = theme.current().hex("accent")
        links = (
            [("keep", "Keep")]
            if self._shows_how
            else [("how", "Show me how to put it"), ("keep", "Keep")]
        )
        text = self._hint.how if self._shows_how else f"{self._hint.what}"
        shown = "  ·  ".join(
            f'<a href="{name}" style="color:{colour};text-decoration:none">{words}</a>'
            for name, words in links
        )
        self._words.setText(f"{'' if self._shows_how else named}{escape(text)} {shown}")
        plain = f"“{self._hint.words}” " if self._hint.words else ""
        self._words.setAccessibleName(f"Hint: {plain}{self._hint.what} {self._hint.how}")

    def _on_link(self, name: str) -> None:
        if name == "keep":
            self.kept.emit(self._hint.kind)
        else:
            self._shows_how = True
            self._say()


class HintLines(QWidget):
    """Two hints at most; their room is kept free, so that the field does not move.

    Args:
        parent: the widget it stands in.
        reserve: whether room is kept for them.

    Signals:
        kept: the kind of a hint that need not be shown again here.
    """

    kept = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, reserve: bool = True) -> None:
        super().__init__(parent)
        self._reserve = reserve
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(2)
        self._lines: list[HintLine] = []
        self.show_hints(())

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show these hints in place of those before."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [HintLine(hint, self) for hint in hints]
        for line in self._lines:
            line.kept.connect(self.kept)
            self._column.addWidget(line, 0, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(theme.current().px(42) if self._reserve else 0)
