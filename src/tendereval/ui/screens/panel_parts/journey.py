"""What went out to one person and came back: packs, returns, questions, what is held apart."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import button, field, label
from tendereval.viewmodels.panel_journey import Journey


class TwoLines(QWidget):
    """Things of two lines each: what it is, and the smaller print under it."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._title = title
        self.lines: tuple[tuple[str, str], ...] = ()

    def show_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        """Show these; nothing at all where there are none."""
        self.setVisible(bool(lines))
        if lines == self.lines:
            return
        self.lines = lines
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._title:
            self._column.addWidget(label(self._title, "strong"))
        for first, under in lines:
            self._add(first, "")
            if under:
                self._add(under, "small")

    def _add(self, words: str, role: str) -> None:
        shown = label(words, role, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shown.setContentsMargins(0, 0, 0, 4 if role else 0)
        self._column.addWidget(shown)


class JourneyPart(QWidget):
    """The packs and returns of the person who is chosen.

    Attributes:
        pick_book: asks where a scoring workbook goes; empty for nowhere.
    """

    def __init__(self, view_model: Journey, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self._shown: PersonId | None = None
        self.pick_book: Callable[[str], str] = self._ask_book
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("Packs and returns", "section"))
        self.lines = TwoLines()
        self.confirmed = label(wrap=True)
        column.addWidget(self.lines)
        column.addWidget(self.confirmed)
        self.questions = TwoLines("Asked in private")
        self.read = button("I have read it", view_model.note_read)
        self.held = TwoLines("Held apart")
        column.addWidget(self.questions)
        column.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.held)
        column.addWidget(self._holding())
        self.book = button("Write a scoring workbook…", self._on_book, "link")
        self.book.setProperty("flush", True)
        self.book.setToolTip("For a person who has Excel and not this app; comes back unsigned.")
        column.addWidget(self.book, 0, Qt.AlignmentFlag.AlignLeft)
        self.said = label(role="small", wrap=True)
        self.said.hide()
        column.addWidget(self.said)
        self.reason.textChanged.connect(lambda _text: self._wait())
        view_model.changed.connect(self.refresh)

    def _holding(self) -> QWidget:
        self._held_box = QWidget()
        inside = QVBoxLayout(self._held_box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        hint = "The scores count from then on; the reason is printed."
        box, self.reason = field("Why these scores are taken in after all", QLineEdit(), hint)
        self.take_in = button("Take the held return in", self._on_take_in)
        inside.addWidget(box)
        inside.addWidget(self.take_in, 0, Qt.AlignmentFlag.AlignLeft)
        return self._held_box

    def _wait(self) -> None:
        self.take_in.setEnabled(bool(self.reason.text().strip()))

    def refresh(self) -> None:
        """Show the person who is chosen."""
        view = self._view_model
        self.setVisible(view.is_shown)
        if view.person != self._shown:
            self._shown = view.person
            self.reason.clear()
            self.say("")
        nothing = (("No pack was made for this person yet", ""),)
        self.lines.show_lines(view.lines or nothing)
        self.confirmed.setText(view.confirmed)
        self.confirmed.setVisible(bool(view.confirmed))
        self.questions.show_lines(view.questions)
        self.read.setVisible(view.has_unread)
        self.held.show_lines(view.held)
        self._held_box.setVisible(bool(view.travelled.held))
        self.book.setVisible(view.may_write_book)
        self._wait()

    def say(self, text: str) -> None:
        """Say what was done for this person, until another one is chosen."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _on_take_in(self) -> None:
        if self._view_model.take_in(self.reason.text()):
            self.reason.clear()

    def _on_book(self) -> None:
        chosen = self.pick_book(self._view_model.book_name)
        if not chosen:
            return
        path = Path(chosen)
        try:
            job = self._view_model.write_book(path)
        except UserFixable as refusal:
            self._view_model.refuse(refusal)
            return
        label = "Writing the scoring workbook"
        self._jobs.run(label, job, lambda _path: self._on_written(path), self._on_failed)

    def _on_written(self, path: Path) -> None:
        self._view_model.note_book()
        self.say(f"✓  Written: {path.name}. It comes back through Collect returns.")

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserFixable):
            raise error
        self._view_model.refuse(error)

    def _ask_book(self, proposed: str) -> str:
        return QFileDialog.getSaveFileName(
            self, "Write a scoring workbook", proposed, "Excel workbooks (*.xlsx)"
        )[0]
