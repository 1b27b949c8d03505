"""The commitments made from one answer, each with its state; withdrawn ones say why."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tendereval.domain.publicvalue.commitments import Quote
from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, field, hairline, label
from tendereval.viewmodels.commitment_rows import CommitmentRow
from tendereval.viewmodels.commitments_beside import CommitmentsBeside


class QuoteLine(QWidget):
    """Words of the answer with a yellow bar; Enter or a click shows them there.

    Signals:
        wanted: the words are to be shown in the answer.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Words of the answer")
        self.words = label(role="compact", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.words)
        theme.changed().connect(self._follow_theme)
        self._follow_theme()

    def _follow_theme(self) -> None:
        look = theme.current()
        self._row.setContentsMargins(look.px(12), look.px(2), 0, look.px(2))
        self.update()

    def show_quote(self, quote: Quote) -> None:
        """Show words and, for a document, the page."""
        words = " ".join(quote.words.split())
        page = f" (page {quote.page})" if quote.page else ""
        self.words.setText(f"“{words}”{page}")
        self.setAccessibleName(f"Words of the answer: {words}{page}")
        self.setAccessibleDescription("Press Enter to see them in the answer.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the words."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.wanted.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, _event: object) -> None:
        """Show the words."""
        self.wanted.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar, and a line round it all where the keys are here."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(0, 2, look.px(3), self.height() - 4, look.colour("mark_line"))
        if self.hasFocus():
            painter.setPen(look.colour("focus"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class CommitmentLines(QWidget):
    """The list.

    Signals:
        words_wanted: the words of one (``Quote``), to be shown in the answer.
        change_wanted: the id of one that is to be changed.
    """

    words_wanted = Signal(object)
    change_wanted = Signal(str)

    def __init__(self, view_model: CommitmentsBeside) -> None:
        super().__init__()
        self._view = view_model
        self._shown: tuple[tuple[CommitmentRow, ...], bool] | None = None
        self._rows: list[QWidget] = []
        self.stops: list[QPushButton] = []
        """What takes the keys, in order."""
        self._head = label(role="strong", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._head)
        self._asking = ""
        self._ask = self._ask_box()
        self._column.addWidget(self._ask)
        self._ask.hide()

    def _ask_box(self) -> QWidget:
        box, self.reason = field("Why is it withdrawn?", QLineEdit(), "It is kept with the reason.")
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(box)
        row = QHBoxLayout()
        row.addWidget(button("Withdraw it", self._on_withdrawn))
        row.addWidget(button("Leave it", self._stop_asking, "link"))
        row.addStretch(1)
        column.addLayout(row)
        self.reason.returnPressed.connect(self._on_withdrawn)
        return whole

    def refresh(self) -> None:
        """Show the list as it stands."""
        wanted = (self._view.rows, self._view.may_change)
        if wanted == self._shown:
            return
        self._shown = wanted
        self._stop_asking()
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._head.setText(self._view.sentence)
        self._head.setVisible(bool(self._view.sentence))
        self.stops = []
        self._rows = [self._line(row) for row in wanted[0]]
        for at, widget in enumerate(self._rows, start=1):
            self._column.insertWidget(at, widget)

    def _line(self, row: CommitmentRow) -> QWidget:
        box = QWidget()
        box.setAccessibleName(f"{row.title}. {row.state}")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(row.title, "muted" if row.withdrawn else "", wrap=True))
        if row.promise:
            column.addWidget(label(row.promise, "small", wrap=True))
        plain = row.is_complete or row.withdrawn
        column.addWidget(label(row.state, "compact" if plain else "attention", wrap=True))
        for note in row.notes:
            column.addWidget(label(note, "small", wrap=True))
        column.addLayout(self._commands(row))
        column.addWidget(hairline())
        return box

    def _commands(self, row: CommitmentRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        commands = [("Show the words", partial(self.words_wanted.emit, row.quote))]
        if self._view.may_change and not row.withdrawn:
            commands += [
                ("Change…", partial(self.change_wanted.emit, row.commitment)),
                ("Withdraw…", partial(self._on_withdraw_wanted, row.commitment)),
            ]
        for number, (words, on) in enumerate(commands):
            one = button(words, on, "link")
            one.setAccessibleName(f"{words.rstrip('…')}: {row.title}")
            if not number:
                one.setProperty("flush", "true")
            line.addWidget(one)
            self.stops.append(one)
        line.addStretch(1)
        return line

    def _on_withdraw_wanted(self, commitment: str) -> None:
        """Ask for the reason under the commitment it is about."""
        self._asking = commitment
        rows = self._view.rows
        at = next((n for n, row in enumerate(rows) if row.commitment == commitment), len(rows))
        self._column.removeWidget(self._ask)
        self._column.insertWidget(at + 2, self._ask)
        self.reason.clear()
        self._ask.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_asking(self) -> None:
        self._asking = ""
        self._ask.hide()

    def _on_withdrawn(self) -> None:
        if self._asking and self._view.withdraw(self._asking, self.reason.text()):
            self._stop_asking()
