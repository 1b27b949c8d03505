"""The rationale: evidence as quoted lines on top, then the evaluator's own words."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from tendereval.domain.evidence import Evidence
from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring

_REMOVE = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_OPEN = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class EvidenceLine(QWidget):
    """One piece of evidence; Delete removes it, Enter shows it in the answer.

    Signals:
        removed, wanted: by Delete, and by Enter or a click.
    """

    removed = Signal()
    wanted = Signal()

    def __init__(self, evidence: Evidence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.evidence = evidence
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Evidence: {evidence.quote}, {evidence.where}")
        self.setAccessibleDescription("Press Delete to remove it, Enter to see it in the answer.")
        self.setToolTip(f"“{evidence.quote}”")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.watch(self)

    def sizeHint(self) -> QSize:
        """Return one line of text."""
        look = theme.current()
        return QSize(look.px(200), look.height("smallest_target"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove it or show it."""
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if event.key() in _REMOVE:
                self.removed.emit()
                return
            if event.key() in _OPEN:
                self.wanted.emit()
                return
        super().keyPressEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Show it in the answer."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.wanted.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a yellow bar, the quote cut to fit, and where it is from."""
        look = theme.current()
        painter = QPainter(self)
        inside = self.rect().adjusted(0, 1, 0, -1)
        painter.fillRect(0, 3, look.px(3), self.height() - 6, look.colour("mark_line"))
        painter.setFont(look.font("compact"))
        metrics = QFontMetrics(painter.font())
        where_width = metrics.horizontalAdvance(self.evidence.where) + look.px(8)
        text = inside.adjusted(look.px(11), 0, -where_width - look.px(12), 0)
        quote = f"“{self.evidence.quote}”"
        painter.setPen(look.colour("ink"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        shown = metrics.elidedText(quote, Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(text, flags, shown)
        painter.setPen(look.colour("ink2"))
        painter.drawText(
            inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.evidence.where
        )
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self.palette())


class RationaleField(QWidget):
    """Evidence and words in one frame.

    Signals:
        typed: the words, while they are being typed.
        left: the words lost the focus.
        evidence_removed: the number of a piece of evidence, from 0.
        evidence_wanted: a piece of evidence to show in the answer.
    """

    typed = Signal(str)
    left = Signal()
    evidence_removed = Signal(int)
    evidence_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, large: bool = False) -> None:
        super().__init__(parent)
        self._style = "community.field" if large else "body"
        self._evidence: tuple[Evidence, ...] = ()
        self.lines: list[EvidenceLine] = []
        self.words = QPlainTextEdit()
        self.words.setProperty("role", "bare")
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("Rationale")
        self.words.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.words.installEventFilter(self)
        self.words.textChanged.connect(self._on_text)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._top = QVBoxLayout()
        self._top.setSpacing(0)
        self._column.addLayout(self._top)
        self._column.addWidget(self.words, 1)
        self.setFocusProxy(self.words)
        theme.changed().connect(self._follow_theme)
        self._follow_theme()

    def _follow_theme(self) -> None:
        look = theme.current()
        self.words.setFont(look.font(self._style))
        edge = look.px(8)
        self._column.setContentsMargins(edge, look.px(6), edge, look.px(6))
        self._set_least_height()
        self.update()

    def _set_least_height(self) -> None:
        look = theme.current()
        lines = len(self._evidence) * look.height("smallest_target")
        self.setMinimumHeight(look.px(108) + lines)

    def say_what_goes_here(self, text: str) -> None:
        """Show words in the empty field; the label above names it."""
        self.words.setPlaceholderText(text)

    def show_words(self, words: str) -> None:
        """Show words as the file has them; the cursor stays where they are the same."""
        if words != self.words.toPlainText():
            self.words.blockSignals(True)
            self.words.setPlainText(words)
            self.words.blockSignals(False)

    def show_evidence(self, evidence: Sequence[Evidence]) -> None:
        """Show evidence on top of the words."""
        if tuple(evidence) == self._evidence:
            return
        self._evidence = tuple(evidence)
        held = any(line.hasFocus() for line in self.lines)
        for line in self.lines:
            self._top.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for number, item in enumerate(self._evidence):
            self._add_line(number, item)
        self._set_least_height()
        if held:
            (self.lines[-1] if self.lines else self.words).setFocus()

    def _add_line(self, number: int, item: Evidence) -> None:
        line = EvidenceLine(item, self)
        line.removed.connect(lambda: self.evidence_removed.emit(number))
        line.wanted.connect(lambda: self.evidence_wanted.emit(item))
        self.lines.append(line)
        self._top.addWidget(line)
        self.setTabOrder(line, self.words)
        line.setVisible(True)

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - open or not
        """Let words be typed, or only read."""
        self.words.setReadOnly(not is_open)

    def _on_text(self) -> None:
        self.typed.emit(self.words.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Repaint the frame with the focus and say when it is left."""
        if watched is self.words and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
            if event.type() == QEvent.Type.FocusOut:
                self.left.emit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame around both."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("paper"))
        painter.drawRoundedRect(box, 4, 4)
        if self.words.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
