"""The Return screen: what is ready, what is missing, writing the return, the lead's receipt."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tendereval.domain.bidding import Place
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.parts.form import LongEdit
from tendereval.ui.parts.receipt_part import ReceiptPart
from tendereval.ui.parts.return_part import ReturnPart, What
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.beside import BesidePage
from tendereval.ui.widgets.open_lines import OpenLines
from tendereval.viewmodels.give_back import GiveBackViewModel


class GiveBackScreen(QWidget):
    """Shows what a GiveBackViewModel says.

    Signals:
        place_wanted: an answer to go back to.
        declaration_wanted: the declaration is missing.
        removed: the working file is gone.
    """

    place_wanted = Signal(object)
    declaration_wanted = Signal()
    removed = Signal()

    def __init__(self, view_model: GiveBackViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model = view_model
        self.sentence = label(role="sentence", wrap=True)
        self.under = label(role="read", wrap=True)
        self.part = ReturnPart(view_model.writing, jobs, self._what)
        self.waits = label(role="small", wrap=True)
        self.go_on = button("Score the next one", self._on_go_on)
        self.missing = OpenLines("Still missing")
        self._missing_head = label("Still missing", "section")
        self._lapsed_head = label("Kept, not returned", "section")
        self._lapsed = label(wrap=True)
        self._lapsed_under = label(
            "These scores do not apply any more. They stay in this file.",
            "muted",
            wrap=True,
        )
        lead = view_model.lead
        self._question_box, self.question = field(
            f"Private question to {lead}",
            LongEdit(),
            f"Travels with the return. Only {lead} reads it.",
            optional=True,
        )
        self.receipt = ReceiptPart(view_model.receipts)
        self._build()
        self._connect()
        self.question.setPlainText(view_model.question)
        self.refresh()

    def _connect(self) -> None:
        view = self._view_model
        self.part.asked.connect(view.keep)
        self.part.written.connect(self._on_written)
        self.question.textChanged.connect(self._on_question)
        self.question.finished.connect(view.keep)
        self.missing.opened.connect(self._on_opened)
        self.receipt.removed.connect(self.removed)
        view.changed.connect(self.refresh)
        view.question_changed.connect(self._show_amounts)
        theme.changed().connect(self.refresh)

    def _build(self) -> None:
        page = BesidePage()
        self._build_left(page.main)
        self._build_right(page.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _build_left(self, column: QVBoxLayout) -> None:
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addWidget(self.under)
        column.addWidget(self.part.done)
        column.addSpacing(4)
        column.addWidget(self._question_box)
        column.addWidget(self.part)
        self.part.buttons.insertWidget(0, self.go_on)
        column.addWidget(self.waits)
        column.addSpacing(12)
        column.addWidget(self._missing_head)
        column.addWidget(self.missing)
        column.addSpacing(12)
        for widget in (self._lapsed_head, self._lapsed_under, self._lapsed):
            column.addWidget(widget)
        column.addStretch(1)

    def _build_right(self, column: QVBoxLayout) -> None:
        column.setSpacing(8)
        column.addWidget(label("In this return", "strong"))
        self._amounts = QGridLayout()
        self._amounts.setHorizontalSpacing(12)
        self._amounts.setVerticalSpacing(4)
        self._amounts.setColumnStretch(1, 1)
        column.addLayout(self._amounts)
        column.addSpacing(16)
        column.addWidget(label("How it goes", "strong"))
        lead = self._view_model.lead
        for text in (
            "1.  Write the return. It is one file, signed by you.",
            f"2.  Give the file to {lead}, any way you like. Nobody else can open it.",
            f"3.  {lead} collects it and gives you a receipt.",
        ):
            column.addWidget(label(text, wrap=True))
        column.addSpacing(16)
        column.addWidget(self.receipt)
        column.addStretch(1)

    # Showing

    def refresh(self) -> None:
        """Show where the return stands; out of sight it waits."""
        if not self.isVisible():
            return
        view = self._view_model
        self.sentence.setText(view.sentence)
        self.under.setText(view.under)
        self.waits.setText(view.waits)
        self.waits.setVisible(bool(view.waits))
        self._show_missing()
        self._show_lapsed()
        self._show_amounts()
        self._show_write()
        self.receipt.refresh()

    def _show_write(self) -> None:
        view = self._view_model
        part, again = view.is_part and view.may_write, view.is_done
        words = "Write a part of it…" if part else "Return again…" if again else "Write the return…"
        self.part.write.setText(words)
        self.part.write.setEnabled(view.may_write and not self.part.is_writing)
        self.part.set_asked(primary=view.may_write and not view.is_part and not again)
        # How to hand it over is of no use any more once the lead has it.
        self.part.done.setVisible(bool(self.part.done.text()) and not view.is_received)

    def _show_missing(self) -> None:
        left = self._view_model.missing
        self.missing.show_lines([(gap.words, gap.place) for gap in left])
        self._missing_head.setVisible(bool(left))
        self.go_on.setVisible(bool(left))
        declare = bool(left) and left[0].place is None
        self.go_on.setText("Declare your interests" if declare else "Score the next one")
        self.go_on.setProperty("role", "primary" if left else "")
        self.go_on.style().unpolish(self.go_on)
        self.go_on.style().polish(self.go_on)

    def _show_lapsed(self) -> None:
        lapsed = self._view_model.lapsed
        self._lapsed.setText("\n".join(lapsed))
        for widget in (self._lapsed_head, self._lapsed_under, self._lapsed):
            widget.setVisible(bool(lapsed))

    def _show_amounts(self) -> None:
        while self._amounts.count():
            item = self._amounts.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        top_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        for number, (figure, words) in enumerate(self._view_model.amounts):
            self._amounts.addWidget(label(figure, "figure"), number, 0, top_right)
            self._amounts.addWidget(label(words, wrap=True), number, 1)

    @property
    def is_done(self) -> bool:
        """Whether the return is written and nothing changed since."""
        return self._view_model.is_done

    def showEvent(self, event: QShowEvent) -> None:
        """Show how things stand now."""
        super().showEvent(event)
        self.refresh()

    # Doing

    def take_focus(self) -> None:
        """Put the keys on what is to be done next."""
        first = self.part.write if self.go_on.isHidden() else self.go_on
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what is typed."""
        self._view_model.keep()

    def _what(self) -> What:
        view = self._view_model
        return What(view.kind, view.question, view.is_part)

    def _on_question(self) -> None:
        self._view_model.type_question(self.question.toPlainText())

    def _on_written(self) -> None:
        self._view_model.note_written()
        self.question.setPlainText(self._view_model.question)

    def _on_go_on(self) -> None:
        left = self._view_model.missing
        if left:
            self._on_opened(left[0].place)

    def _on_opened(self, place: object) -> None:
        if isinstance(place, Place):
            self.place_wanted.emit(place)
        else:
            self.declaration_wanted.emit()


def make(view_model: GiveBackViewModel, jobs: JobRunner) -> GiveBackScreen:
    """Return the screen."""
    return GiveBackScreen(view_model, jobs)
