"""Opening a pack: the passphrase if it has one, where the working file goes, what protects it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.services.opening_packs import Opening
from tendereval.services.progress import Cancelled
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import button, field, hairline, label
from tendereval.ui.widgets.fitting import fit_height
from tendereval.ui.widgets.job_row import JobRow
from tendereval.viewmodels.pack_opening import PackOpeningViewModel

_PROTECTED: Final = (
    "The answers are kept in a working file on this laptop. Only the laptop's own disk encryption "
    "protects that file."
)


class OpenPack(QDialog):
    """Asks for what the pack needs, opens it, and says in place what went wrong.

    Attributes:
        opening: what was opened; None before.
    """

    def __init__(
        self, view_model: PackOpeningViewModel, jobs: JobRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view_model, self._jobs = view_model, jobs
        self.opening: Opening | None = None
        self.ask_folder: Callable[[], str] = self._ask_folder
        self.setWindowTitle("Open a pack")
        self._pass_box, self.passphrase = field(
            "Passphrase, as the lead told it to you",
            QLineEdit(),
            "Several words. Capitals, blanks and hyphens make no difference.",
        )
        self._own_box, self.own = field("Passphrase of your own keys", QLineEdit())
        self.own.setEchoMode(QLineEdit.EchoMode.Password)
        self.problem = label(role="problem", wrap=True)
        self.where = label(wrap=True)
        self.change = button("Change folder…", self._on_folder, "link")
        self.accept_key = button("The words are the lead's: accept the new key", self._on_key)
        self.row = JobRow(jobs)
        self.go = button("Open the pack", self.on_open, "primary")
        self.leave = button("Not now", self.reject)
        self._build()
        for one in (self.passphrase, self.own):
            one.returnPressed.connect(self.on_open)
        view_model.changed.connect(self.refresh)
        self.setMinimumWidth(theme.current().px(560))
        self.refresh()
        first = self.passphrase if view_model.needs_passphrase else self.go
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(self._view_model.pack.name, "section", wrap=True))
        self._what = label(self._view_model.what, "muted", wrap=True)
        column.addWidget(self._what)
        column.addWidget(self._pass_box)
        column.addWidget(self._own_box)
        column.addWidget(self.problem)
        column.addWidget(self.accept_key, 0, Qt.AlignmentFlag.AlignLeft)
        self._line = hairline()
        column.addWidget(self._line)
        self._protected = label(_PROTECTED, wrap=True)
        column.addWidget(self._protected)
        folder = QHBoxLayout()
        folder.setSpacing(12)
        folder.addWidget(self.where, 1)
        folder.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(folder)
        column.addWidget(self.row)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        column.addLayout(row)
        self.go.setDefault(True)

    def refresh(self) -> None:
        """Show what the pack needs and what stands in the way."""
        view, may = self._view_model, self._view_model.may_open
        self._what.setVisible(bool(view.what))
        self._pass_box.setVisible(may and view.needs_passphrase)
        self._own_box.setVisible(view.needs_own_passphrase)
        self.problem.setText(f"⊖  {view.problem}" if view.problem else "")
        self.problem.setVisible(bool(view.problem))
        self.accept_key.setVisible(view.asks_about_key)
        for widget in (self._line, self._protected, self.where, self.change, self.go):
            widget.setVisible(may)
        self.where.setText(f"It will be kept in {view.folder}")
        self.leave.setText("Not now" if may else "Close")
        fit_height(self)

    def on_open(self) -> None:
        """Open the pack."""
        view = self._view_model
        if not view.may_open or self._jobs.is_busy:
            return
        self.go.setEnabled(False)
        self.problem.hide()
        job = view.opening(self.passphrase.text(), self.own.text())
        self._jobs.run("Opening the pack", job, self._on_done, self._on_failed)

    def _on_key(self) -> None:
        self._view_model.accept_other_key()
        self.on_open()

    def _on_done(self, opening: object) -> None:
        if isinstance(opening, Opening):
            self.opening = opening
            self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        if isinstance(error, Cancelled):
            return
        self._view_model.refuse(error)
        asked = self.own if self._view_model.needs_own_passphrase else self.passphrase
        if asked.isVisibleTo(self):
            asked.selectAll()
            asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Leave, but never in the midst of it: stop first."""
        if self._jobs.is_busy:
            self._jobs.cancel()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is running before the window goes."""
        if self._jobs.is_busy:
            self._jobs.cancel()
            event.ignore()
            return
        super().closeEvent(event)

    def _on_folder(self) -> None:
        chosen = self.ask_folder()
        if chosen:
            self._view_model.set_folder(Path(chosen))

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(
            self, "Where to keep the working file", str(self._view_model.folder)
        )
