"""What a running job is doing, how far it is, and the way to stop it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import button, label

_SHOWN_AFTER_MS = 200


class JobRow(QWidget):
    """A line with words, progress and Cancel; hidden unless a job takes longer than a moment.

    Args:
        jobs: what is watched.
    """

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self.words = label(role="small", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self.cancel = button("Cancel", jobs.cancel, "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.cancel)
        column.addLayout(row)
        column.addWidget(self._bar)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SHOWN_AFTER_MS)
        self._wait.timeout.connect(self._show_if_busy)
        jobs.started.connect(self._on_started)
        jobs.progressed.connect(self._on_progress)
        jobs.finished.connect(self._on_finished)
        self.hide()

    def _on_started(self, text: str) -> None:
        self.words.setText(f"{text}…")
        self._bar.setRange(0, 0)
        self._wait.start()

    def _show_if_busy(self) -> None:
        self.setVisible(self._jobs.is_busy)

    def _on_progress(self, done: int, total: int, text: str) -> None:
        # In thousandths: bytes are more than the bar can count.
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(done * 1000 // total if total else 0)
        if text:
            self.words.setText(f"{text}…")

    def _on_finished(self) -> None:
        self._wait.stop()
        self.hide()
