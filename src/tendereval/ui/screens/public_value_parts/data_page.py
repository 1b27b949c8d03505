"""The data that count in this tender: versions and checksums, a newer pack, rates by hand."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from tendereval.ui.screens.public_value_parts.rows_table import RowsTable
from tendereval.ui.screens.public_value_parts.side_page import SidePage
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.viewmodels.public_value import PublicValueViewModel
from tendereval.viewmodels.public_value_rows import Task

_UNDER = (
    "Rates and schemes change. A newer data pack counts in this tender once imported; the record "
    "keeps who, when and its checksum. What was not seen in a source says “not verified”."
)
_ROWS = 12


class DataPage(SidePage):
    """Lists every dataset and takes newer ones.

    Signals:
        wanted: a ``Task``.
    """

    wanted = Signal(object)

    def __init__(self, view_model: PublicValueViewModel) -> None:
        super().__init__(narrow=False)
        self._view_model = view_model
        self.head.say("Rates and other data", _UNDER)
        self.table = RowsTable("Data", _ROWS)
        self._details = label(role="small", wrap=True)
        self._done = label(role="strong", wrap=True)
        box, self.checksum = field(
            "Checksum published with the pack",
            QLineEdit(),
            "SHA-256; leave it blank where NAME.sha256 lies beside the file.",
            optional=True,
        )
        self.take = button("Import a data pack…", self._on_import)
        self.rates = button("Enter rates…", lambda: self.wanted.emit(Task.RATES))
        row = QWidget()
        flow = FlowLayout(row, gap=12)
        flow.addWidget(self.take)
        flow.addWidget(self.rates)
        for widget in (self.table, self._details, box, row, self._done, self.problem):
            self.body.addWidget(widget)
        self.table.row_chosen.connect(lambda _key: self._show_row())

    def start(self) -> None:
        """Show what counts now."""
        self._done.hide()
        self.say_problem("")
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Show what counts now."""
        why_not = self._view_model.may_import
        for one in (self.take, self.rates):
            one.setEnabled(not why_not)
            one.setToolTip(why_not)
        self.table.show_sheet(self._view_model.data, self.table.key)
        self._show_row()

    def _show_row(self) -> None:
        rows = self.table.rows.sheet.rows
        row = next((one for one in rows if one.key == self.table.key), None)
        self._details.setText("\n".join(row.details) if row is not None else "")

    def _on_import(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, "Import a data pack", "", "Data packs (*.json)"
        )
        if chosen:
            self.import_file(Path(chosen))

    def import_file(self, path: Path) -> None:
        """Import a data pack and say what was done."""
        done, problem = self._view_model.import_data(path, self.checksum.text())
        self.say_problem(problem)
        self._done.setText(done)
        self._done.setVisible(bool(done))
        if done:
            self.checksum.clear()
