"""Writing a return: one button, the passphrase of one's keys where needed, what to do then."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.domain.packs import ReturnKind
from tendereval.services.progress import Cancelled
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.job_row import JobRow
from tendereval.viewmodels.return_writing import ReturnWriting


@dataclass(frozen=True, slots=True)
class What:
    """What is to be returned.

    Attributes:
        question: private, to the lead; may be empty.
        part: whether what is missing may be left out.
    """

    kind: ReturnKind
    question: str = ""
    part: bool = False


class ReturnPart(QWidget):
    """Asks where to write, writes, and says how to hand it over.

    Args:
        writing: the view-model.
        jobs: runs what takes long.
        what: gives what is to be returned, when it is written.

    Signals:
        asked: the person is about to write; keep what is being typed.
        written: the return is there.
    """

    asked = Signal()
    written = Signal()

    def __init__(self, writing: ReturnWriting, jobs: JobRunner, what: Callable[[], What]) -> None:
        super().__init__()
        self._writing, self._jobs, self._what = writing, jobs, what
        self.ask_path: Callable[[str], str] = self._ask_path
        self._path: Path | None = None
        self.write = button("Write the return…", self.on_write, "primary")
        self._pass_box, self.passphrase = field("Passphrase of your own keys", QLineEdit())
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setMaximumWidth(theme.current().px(360))
        self.problem = label(role="problem", wrap=True)
        self.done = label(role="read", wrap=True)
        self.folder = button("Open the folder", self._on_folder, "link")
        self.row = JobRow(jobs)
        self._build()
        self.passphrase.returnPressed.connect(self.on_write)
        writing.changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.done)
        column.addWidget(self._pass_box)
        column.addWidget(self.problem)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(12)
        self.buttons.addWidget(self.write)
        self.buttons.addWidget(self.folder)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)
        column.addWidget(self.row)

    def refresh(self) -> None:
        """Show what was written or what stands in the way."""
        view = self._writing
        self.done.setText(view.hand_over)
        self.done.setVisible(bool(view.hand_over))
        self.folder.setVisible(bool(view.hand_over))
        self._pass_box.setVisible(view.wants_passphrase)
        self.problem.setText(f"⊖  {view.problem}" if view.problem else "")
        self.problem.setVisible(bool(view.problem))

    @property
    def is_writing(self) -> bool:
        """Whether a return is being written just now."""
        return self._jobs.is_busy

    def set_asked(self, *, primary: bool) -> None:
        """Make writing the one filled button of the page, or an outlined one."""
        role = "primary" if primary else ""
        if self.write.property("role") != role:
            self.write.setProperty("role", role)
            self.write.style().unpolish(self.write)
            self.write.style().polish(self.write)

    def on_write(self) -> None:
        """Ask where, then write; the place is asked once when only the passphrase was wrong."""
        if not self.write.isEnabled() or self._jobs.is_busy:
            return
        self.asked.emit()
        if self._path is None or not self._writing.wants_passphrase:
            chosen = self.ask_path(self._writing.proposed)
            if not chosen:
                return
            self._path = Path(chosen)
        what, own = self._what(), self.passphrase.text()
        job = self._writing.writing(self._path, what.kind, what.question, own, part=what.part)
        self.write.setEnabled(False)
        self._jobs.run("Writing the return", job, self._on_done, self._on_failed)

    def _on_done(self, made: object) -> None:
        self.write.setEnabled(True)
        self.passphrase.clear()
        self._writing.take(made)
        self.written.emit()

    def _on_failed(self, error: Exception) -> None:
        self.write.setEnabled(True)
        if isinstance(error, Cancelled):
            return
        self._writing.refuse(error)
        if self._writing.wants_passphrase:
            self.passphrase.selectAll()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_folder(self) -> None:
        written = self._writing.written
        if written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.parent)))

    def _ask_path(self, proposed: str) -> str:
        folder = self._writing.written.parent if self._writing.written else None
        start = str(folder / proposed) if folder else proposed
        return QFileDialog.getSaveFileName(
            self, "Where to write the return", start, "Returns (*.scores)"
        )[0]
