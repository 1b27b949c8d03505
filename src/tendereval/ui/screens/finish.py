"""The Finish screen: what is done, what is missing, what happens next, and handing back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Page, button, label
from tendereval.ui.widgets.open_lines import OpenLines
from tendereval.viewmodels.finish import FinishViewModel


class FinishScreen(QWidget):
    """Shows what a FinishViewModel says.

    Signals:
        place_wanted: an answer to go back to.
        hand_back_wanted: the person is done, for now or for good.
    """

    place_wanted = Signal(object)
    hand_back_wanted = Signal()

    def __init__(self, view_model: FinishViewModel, _jobs: JobRunner) -> None:
        super().__init__()
        self._view_model = view_model
        self.sentence = label(role="sentence", wrap=True)
        self.counts = label(role="muted", wrap=True)
        self.missing = OpenLines("Answers still to score")
        self._missing_head = label("Still to score", "section")
        self.next = label(role="read", wrap=True)
        self.hand_back = button("Hand back to the lead…", self.hand_back_wanted.emit, "primary")
        self.go_on = button("Score the next one", self._on_go_on)
        self._build()
        self.missing.opened.connect(self.place_wanted)
        view_model.changed.connect(self.refresh)
        theme.changed().connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        page = Page()
        page.column.setContentsMargins(104, 48, 104, 40)
        page.column.setSpacing(12)
        for widget in (self.sentence, self.counts):
            page.column.addWidget(widget)
        page.column.addSpacing(8)
        page.column.addWidget(label("What happens next", "section"))
        self.next.setMaximumWidth(theme.current().px(680))
        page.column.addWidget(self.next)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.go_on)
        row.addWidget(self.hand_back)
        row.addStretch(1)
        page.column.addSpacing(8)
        page.column.addLayout(row)
        page.column.addSpacing(16)
        page.column.addWidget(self._missing_head)
        page.column.addWidget(self.missing)
        page.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def refresh(self) -> None:
        """Show what is done and what is not."""
        view = self._view_model
        self.sentence.setText(view.sentence)
        self.counts.setText(view.done_line)
        self.next.setText(view.next_words)
        left = view.missing
        self.missing.show_lines([(task.words, task.place) for task in left])
        for widget in (self._missing_head, self.go_on):
            widget.setVisible(bool(left))
        for one, asked in ((self.go_on, bool(left)), (self.hand_back, not left)):
            one.setProperty("role", "primary" if asked else "")
            one.style().unpolish(one)
            one.style().polish(one)

    def take_focus(self) -> None:
        """Put the keys on what is to be done next."""
        first = self.hand_back if self.go_on.isHidden() else self.go_on
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_go_on(self) -> None:
        left = self._view_model.missing
        if left:
            self.place_wanted.emit(left[0].place)


def make(view_model: FinishViewModel, jobs: JobRunner) -> FinishScreen:
    """Return the screen."""
    return FinishScreen(view_model, jobs)
