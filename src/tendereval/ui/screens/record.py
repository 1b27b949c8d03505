"""The Record screen: a time line of everything that happened, a filter, and Verify."""

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
)

from tendereval.services.checking import CheckReport
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, Page, button, field, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.inset_rows import set_in
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.record import RecordViewModel

_FIXED = (60, 190)
_LEAST = (180, 170, 220, 130)
_SHARES = (4, 5, 7, 5)
_DETAILS, _LEAST_TABLE = 96, 220


class RecordScreen(Page):
    """Shows what a RecordViewModel says."""

    def __init__(self, view_model: RecordViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self._head = Head()
        self.verify = button("Verify the record", self.on_verify, "primary")
        self._head.add_action(self.verify)
        self.save = button("Save as text…", self._on_save)
        self.verdict = label(wrap=True)
        self.verdict.hide()
        self._filter_box, self.filter = field("Show entries with these words", QLineEdit())
        self.filter.setClearButtonEnabled(True)
        self._who_box, self.who = field("Who", Choice())
        self._what_box, self.what = field("What", Choice())
        self.table = Table("Record, newest first")
        self.table.setModel(view_model.entries)
        set_in(self.table)
        self.details = QPlainTextEdit()
        self._build()
        self.filter.textChanged.connect(view_model.filter)
        self.who.currentIndexChanged.connect(self._on_only)
        self.what.currentIndexChanged.connect(self._on_only)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        view_model.read_again.connect(self.refresh)
        theme.changed().connect(self.set_widths)
        self.refresh()

    def _build(self) -> None:
        column = self.column
        column.addWidget(self._head)
        column.addWidget(self.verdict)
        row = QHBoxLayout()
        row.setSpacing(12)
        for box in (self._filter_box, self._who_box, self._what_box):
            row.addWidget(box, 1)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("The chosen entry in full")
        self.details.setPlaceholderText("Choose an entry to read all of it here.")
        column.addWidget(self.details)
        stops = (self.verify, self.filter, self.who, self.what, self.save, self.table, self.details)
        for first, then in pairwise(stops):
            self.setTabOrder(first, then)
        self.set_widths()

    def set_widths(self) -> None:
        """Give number and day what they need; the others share what is left."""
        header, look = self.table.horizontalHeader(), theme.current()
        margins, bar = self.column.contentsMargins(), self.table.verticalScrollBar()
        left = self.viewport().width() - margins.left() - margins.right() - bar.sizeHint().width()
        for number, width in enumerate(_FIXED):
            header.resizeSection(number, look.px(width))
            left -= look.px(width)
        whole, last = left, len(_LEAST) - 1
        for number, (least, share) in enumerate(zip(_LEAST, _SHARES, strict=True)):
            wide = left if number == last else whole * share // sum(_SHARES)
            wide = max(look.px(least), wide)
            header.resizeSection(len(_FIXED) + number, wide)
            left -= wide
        self.details.setFixedHeight(look.px(_DETAILS))
        self.table.setMinimumHeight(look.px(_LEAST_TABLE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the window."""
        super().resizeEvent(event)
        self.set_widths()

    def refresh(self) -> None:
        """Show what the view-model says."""
        view = self._view_model
        self._head.say(view.sentence, view.under)
        _offer(self.who, "Anybody", view.people)
        _offer(self.what, "Everything", view.kinds)
        self._on_row(self.table.currentIndex())

    def _on_only(self, _number: int) -> None:
        self._view_model.only(who=self.who.currentData(), what=self.what.currentData())

    def _on_row(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = index.row() if index.isValid() else -1
        self.details.setPlainText(self._view_model.entries.in_words(row))

    def _on_save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "Save the record as text", self._view_model.proposed_name, "*.txt"
        )
        if chosen and self._view_model.save_as_text(Path(chosen)):
            self._say("✓  ", f"The record was saved as {Path(chosen).name}.", "")

    def on_verify(self) -> None:
        """Verify off the screen's thread, then say in words whether the record is whole."""
        self.verify.setEnabled(False)
        self._jobs.run(
            "Verifying the record",
            lambda _progress: self._view_model.check(),
            self.on_verified,
            self.on_failed,
        )

    @Slot(object)
    def on_verified(self, report: object) -> None:
        """Show the finding."""
        self.verify.setEnabled(True)
        if isinstance(report, CheckReport):
            whole, words = self._view_model.verdict(report)
            self._say("✓  " if whole else "⊖  ", words, "" if whole else "problem")

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        """Show why the file could not be verified."""
        self.verify.setEnabled(True)
        self._say("⊖  ", str(error), "problem")

    def _say(self, sign: str, words: str, role: str) -> None:
        self.verdict.setProperty("role", role)
        self.verdict.style().polish(self.verdict)
        self.verdict.setText(sign + words)
        self.verdict.setAccessibleName(words)
        self.verdict.show()


def _offer(choice: Choice, every: str, values: tuple[str, ...]) -> None:
    """Offer values after "any", keeping what is chosen; the screen is not told."""
    chosen = choice.currentData()
    choice.blockSignals(True)
    choice.offer([("", every, True), *((value, value, True) for value in values)])
    choice.setCurrentIndex(max(0, choice.findData(chosen or "")))
    choice.blockSignals(False)


def make(view_model: RecordViewModel, jobs: JobRunner) -> RecordScreen:
    """Return the screen of the place ``record``."""
    return RecordScreen(view_model, jobs)
