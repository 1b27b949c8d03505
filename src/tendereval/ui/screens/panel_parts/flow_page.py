"""A page that takes the screen's room for one piece of work, and always lets go of it again."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.domain.errors import PassphraseNeeded, UserFixable, WrongPassphrase
from tendereval.services.progress import Cancelled, Progress
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, Page, button, field, label
from tendereval.ui.widgets.flow import FlowLayout


class FlowPage(Page):
    """Head, work, and a foot with what may be done; Escape and the back button leave it.

    Args:
        jobs: runs what takes long; a page that is left asks its own work to stop.
        unlock: takes the passphrase of the lead's own keys, where they have one, and returns
            what was refused.

    Signals:
        left: the person goes back to the panel.
    """

    left = Signal()

    def __init__(
        self, jobs: JobRunner, unlock: Callable[[str], UserFixable | None] | None = None
    ) -> None:
        super().__init__()
        self._jobs, self._unlock_with = jobs, unlock
        self._is_working = False
        self.head = Head()
        self._build_head()
        self.column.addWidget(self._unlocking())
        self._body = QWidget()
        self.body = QVBoxLayout(self._body)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.column.addWidget(self._body, 1)
        self._busy = QWidget()
        row = QHBoxLayout(self._busy)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._how_far = label(role="muted", wrap=True)
        self.stop = button("Stop", jobs.cancel)
        row.addWidget(self._how_far, 1)
        row.addWidget(self.stop)
        self._busy.hide()
        self.column.addWidget(self._busy)
        jobs.progressed.connect(self._on_progress)

    def _build_head(self) -> None:
        self.back = button("‹ Panel", self.go_back, "link")
        self.back.setAccessibleName("Back to the panel")
        self.back.setProperty("flush", True)
        self.column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.head)
        self.problem = label(role="problem", wrap=True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.problem.hide()
        self.column.addWidget(self.problem)

    def _unlocking(self) -> QWidget:
        self.unlock_box = QWidget()
        inside = QVBoxLayout(self.unlock_box)
        inside.setContentsMargins(0, 0, 0, 0)
        box, self.passphrase = field("Passphrase of your own keys", QLineEdit())
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._on_unlock)
        self.unlock = button("Unlock", self._on_unlock)
        inside.addWidget(box)
        inside.addLayout(row_of(self.unlock))
        self.unlock_box.hide()
        return self.unlock_box

    def _on_unlock(self) -> None:
        if self._unlock_with is None or not self.passphrase.text():
            self.passphrase.setFocus()
            return
        refusal = self._unlock_with(self.passphrase.text())
        self.passphrase.clear()
        if refusal is not None:
            self.refuse(refusal)
            return
        self.clear_problem()
        self.unlocked()

    def unlocked(self) -> None:
        """Go on once the lead's own keys are at hand; the person presses the button again."""

    def work(
        self,
        text: str,
        job: Callable[[Progress], object],
        on_done: Callable[[object], None],
        on_failed: Callable[[UserFixable], None] | None = None,
    ) -> None:
        """Do what takes long off the screen's thread; what is refused is said on this page."""
        self.clear_problem()
        self._set_working(text)

        def done(result: object) -> None:
            self._set_working("")
            on_done(result)

        def failed(error: Exception) -> None:
            self._set_working("")
            if not isinstance(error, UserFixable):
                raise error
            if on_failed is not None:
                on_failed(error)
            elif isinstance(error, Cancelled):
                self.say_problem(error.happened)
            else:
                self.refuse(error)

        self._jobs.run(text, job, done, failed)

    @property
    def is_working(self) -> bool:
        """Whether work of this page is under way."""
        return self._is_working

    def _set_working(self, text: str) -> None:
        self._is_working = bool(text)
        self._how_far.setText(f"{text}…" if text else "")
        self._busy.setVisible(bool(text))
        self._body.setEnabled(not text)

    def _on_progress(self, done: int, total: int, text: str) -> None:
        if self._is_working:
            self._how_far.setText(f"{text} {done:,} of {total:,}")

    def refuse(self, refusal: UserFixable) -> None:
        """Say what was refused."""
        self.say_problem(f"{refusal.happened} {refusal.kept} {refusal.do}")
        locked = isinstance(refusal, PassphraseNeeded | WrongPassphrase)
        if locked and self._unlock_with is not None:
            self.unlock_box.show()
            self.passphrase.setFocus()

    def say_problem(self, text: str) -> None:
        """Say what is wrong; it stays until the next try."""
        self.problem.setText(f"⊖  {text}")
        self.problem.show()
        self.ensureWidgetVisible(self.problem)

    def clear_problem(self) -> None:
        """Take a refusal away."""
        self.problem.clear()
        self.problem.hide()
        self.unlock_box.hide()

    def may_leave(self) -> bool:
        """Whether nothing would be lost by leaving now; asks where something would."""
        return True

    def go_back(self) -> None:
        """Leave the page; work under way is asked to stop."""
        if not self.may_leave():
            return
        if self._is_working:
            self._jobs.cancel()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
            event.accept()
            return
        super().keyPressEvent(event)


def flow_of(*widgets: QWidget) -> QWidget:
    """Return widgets side by side that wrap where the window is small or the text large."""
    box = QWidget()
    flow = FlowLayout(box, gap=12)
    for widget in widgets:
        flow.addWidget(widget)
    return box


def row_of(*widgets: QWidget) -> QHBoxLayout:
    """Return widgets side by side from the left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
