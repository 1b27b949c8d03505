"""The Record screen: a time line of everything that happened, a filter, and Verify."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from tendereval.services.checking import CheckReport
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, button, field, label
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.record import RecordViewModel

_WIDTHS = (56, 130, 210, 220, 300)


class RecordScreen(QWidget):
    """Shows what a RecordViewModel says."""

    def __init__(self, view_model: RecordViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self._head = Head()
        self.verify = button("Verify the record", self.on_verify, "primary")
        self._head.add_action(self.verify)
        self.verdict = label(wrap=True)
        self.verdict.hide()
        self._filter_box, self.filter = field("Show entries with these words", QLineEdit())
        self.filter.setClearButtonEnabled(True)
        self.table = Table("Record, newest first")
        self.table.setModel(view_model.entries)
        self._build()
        self.filter.textChanged.connect(view_model.filter)
        view_model.read_again.connect(self.refresh)
        theme.changed().connect(self.set_widths)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 24)
        column.setSpacing(16)
        column.addWidget(self._head)
        column.addWidget(self.verdict)
        row = QHBoxLayout()
        row.addWidget(self._filter_box, 2)
        row.addStretch(3)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.setTabOrder(self.verify, self.filter)
        self.setTabOrder(self.filter, self.table)
        self.set_widths()

    def set_widths(self) -> None:
        """Give columns the width of what goes in; the reason takes the rest."""
        header = self.table.horizontalHeader()
        for number, width in enumerate(_WIDTHS):
            header.resizeSection(number, theme.current().px(width))
        header.setSectionResizeMode(len(_WIDTHS), QHeaderView.ResizeMode.Stretch)

    def refresh(self) -> None:
        """Show what the view-model says."""
        self._head.say(self._view_model.sentence, self._view_model.under)

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


def make(view_model: RecordViewModel, jobs: JobRunner) -> RecordScreen:
    """Return the screen of the place ``record``."""
    return RecordScreen(view_model, jobs)
