"""The Award and documents screen: decision, documents, summaries, sending, dates."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tendereval.domain.errors import RuleRefusal
from tendereval.ui import theme
from tendereval.ui.dialogs.preview import Preview
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.award_parts.approvals import ApprovalsPart
from tendereval.ui.screens.award_parts.dates import DatesPage
from tendereval.ui.screens.award_parts.decision import DecisionPart
from tendereval.ui.screens.award_parts.documents import DocumentsPage
from tendereval.ui.screens.award_parts.entry_page import AwardEntryPage
from tendereval.ui.screens.award_parts.sending import SendingPage
from tendereval.ui.screens.award_parts.summaries import SummariesPage
from tendereval.ui.widgets.basics import Head, Page, hairline
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.step_line import StepLine
from tendereval.viewmodels.award import AwardViewModel
from tendereval.viewmodels.public_value_entry import Entry

PARTS: Final = {
    "decision": "Decision",
    "documents": "Documents",
    "summaries": "Assessment summaries",
    "sending": "Sending",
    "dates": "Dates and notice",
}
"""The parts in the order of the work: name, title."""
_NAMES: Final = tuple(PARTS)


class AwardScreen(QWidget):
    """Shows what an AwardViewModel says."""

    def __init__(self, view_model: AwardViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self._is_reading = False
        self._head = Head()
        self.deciding = DecisionPart(view_model)
        self.approving = ApprovalsPart(view_model)
        self.documents = DocumentsPage(view_model, jobs)
        self.summaries = SummariesPage(view_model, jobs)
        self.sending, self.dates = SendingPage(view_model), DatesPage(view_model)
        self.entry: AwardEntryPage | None = None
        self.parts = StepLine(tuple(PARTS.values()))
        self.parts.setAccessibleName("Parts of the award")
        self.parts.setUsesScrollButtons(True)
        theme.changed().connect(self._fit)
        self._fit()
        self.lots = Choice()
        self._main, self._pages, self._stack = QWidget(), QStackedWidget(), QStackedWidget()
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.lots.setAccessibleName("Lot")
        for lot, words in self._view_model.lots_in_words:
            self.lots.addItem(words, lot)
        self.lots.setVisible(self.lots.count() > 1)
        decision = Page()
        for widget in (self._head, self.deciding, self.approving):
            decision.column.addWidget(widget)
        decision.column.addStretch(1)
        for page in (decision, self.documents, self.summaries, self.sending, self.dates):
            self._pages.addWidget(page)
        row = QHBoxLayout()
        row.setContentsMargins(20, 8, 32, 0)
        row.addWidget(self.parts, 1)
        row.addWidget(self.lots, 0, Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.setContentsMargins(32, 0, 32, 0)
        line.addWidget(hairline())
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(line)
        column.addWidget(self._pages, 1)
        self._stack.addWidget(self._main)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        view = self._view_model
        self.lots.currentIndexChanged.connect(self._on_lot)
        self.parts.currentChanged.connect(self._pages.setCurrentIndex)
        for showing in (self.documents, self.summaries):
            showing.part_wanted.connect(self.show_part)
            showing.drawn.connect(self._show_preview)
        for typing in (self.summaries, self.sending, self.dates):
            typing.entry_wanted.connect(self.begin)
        view.read_again.connect(self.refresh)
        view.taken.connect(self._show_read)

    def _fit(self) -> None:
        # Where not all parts fit, the arrows that scroll are as large as any target.
        wide = 2 * theme.current().height("smallest_target")
        self.parts.setStyleSheet(f"QTabBar::scroller {{ width: {wide}px; }}")

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the screen was out of sight."""
        super().showEvent(event)
        self._read()

    def refresh(self) -> None:
        """Show what the view-model says; summaries and dates are read off the screen's thread."""
        view = self._view_model
        self._head.say(view.sentence, view.under)
        self.deciding.refresh()
        self.approving.refresh()
        self._show_read()
        self._read()

    def _show_read(self) -> None:
        self.documents.refresh()
        self.summaries.refresh()
        self.sending.refresh()
        self.dates.refresh()
        self.parts.set_done(self._view_model.done)

    def _read(self) -> None:
        if self._is_reading or not self._view_model.is_stale or not self.isVisible():
            return
        self._is_reading = True
        self._jobs.run(
            "Reading the summaries", self._view_model.reading(), self._on_read, self._on_not_read
        )

    def _on_read(self, result: object) -> None:
        self._is_reading = False
        self._view_model.take(result)
        self._read()

    def _on_not_read(self, error: Exception) -> None:
        self._is_reading = False
        self._view_model.refuse(error)

    def show_part(self, name: str) -> None:
        """Show one part of the screen."""
        self.parts.setCurrentIndex(_NAMES.index(name))
        page = self._pages.currentWidget()
        if isinstance(page, SummariesPage | SendingPage | DatesPage):
            page.focus_work()
        else:
            self.parts.setFocus()

    def show_item(self, what: object) -> None:
        """Show a part by name, or a supplier's summary by the bidder's id."""
        if what in PARTS:
            self.show_part(str(what))
        elif isinstance(what, str):
            self._view_model.summaries.choose(what)
            self.summaries.refresh()
            self.show_part("summaries")

    def begin(self, entry: Entry) -> None:
        """Show the page for a piece of typing."""
        self._drop_entry()
        whence = PARTS[_NAMES[self.parts.currentIndex()]]
        self.entry = AwardEntryPage(entry, self._view_model.record, whence)
        self.entry.left.connect(self._on_left)
        self._stack.addWidget(self.entry)
        self._stack.setCurrentWidget(self.entry)
        self.entry.start()

    def _on_left(self) -> None:
        self._stack.setCurrentWidget(self._main)
        self._drop_entry()
        page = self._pages.currentWidget()
        if isinstance(page, SummariesPage | SendingPage | DatesPage):
            page.focus_work()

    def _drop_entry(self) -> None:
        if self.entry is not None:
            self._stack.removeWidget(self.entry)
            self.entry.hide()
            self.entry.deleteLater()
            self.entry = None

    def leave(self) -> None:
        """Keep a rationale that is being typed; say that something else is not recorded."""
        self.deciding.keep_typing()
        if self.entry is not None and self.entry.is_changed:
            self._view_model.refuse(
                RuleRefusal(
                    "What you typed in Award and documents is not recorded.",
                    "Record it there, or leave its page.",
                )
            )

    def _on_lot(self, number: int) -> None:
        self.deciding.keep_typing()
        self._view_model.choose_lot(self.lots.itemData(number))

    def _show_preview(self, title: str, content: object) -> None:
        if isinstance(content, bytes) and content:
            Preview(title, content, self).show()


def make(view_model: AwardViewModel, jobs: JobRunner) -> AwardScreen:
    """Return the screen of the place ``award``."""
    return AwardScreen(view_model, jobs)
