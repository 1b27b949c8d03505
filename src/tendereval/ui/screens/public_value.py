"""The Public value screen: five tools, each a question, its answer and the working."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tendereval.domain.errors import RuleRefusal
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.public_value_parts.data_page import DataPage
from tendereval.ui.screens.public_value_parts.entry_page import EntryPage
from tendereval.ui.screens.public_value_parts.pay_page import PayPage
from tendereval.ui.screens.public_value_parts.side_page import SidePage
from tendereval.ui.screens.public_value_parts.tool_line import ToolLine
from tendereval.ui.screens.public_value_parts.tool_page import ToolPage
from tendereval.ui.widgets.basics import hairline
from tendereval.viewmodels.public_value import TOOLS, PublicValueViewModel
from tendereval.viewmodels.public_value_rows import Task


class PublicValueScreen(QWidget):
    """Shows what a PublicValueViewModel says."""

    def __init__(self, view_model: PublicValueViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._is_stale = True
        self.tools = ToolLine([str(tool) for tool in TOOLS])
        self.page = ToolPage()
        self.pay = PayPage(view_model.pay)
        self.data = DataPage(view_model)
        self.entry: EntryPage | None = None
        self._main = QWidget()
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(28, 12, 24, 0)
        row.addWidget(self.tools)
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        line = QHBoxLayout()
        line.setContentsMargins(32, 0, 32, 0)
        line.addWidget(hairline())
        column.addLayout(line)
        column.addWidget(self.page, 1)
        for page in (self._main, self.pay, self.data):
            self._stack.addWidget(page)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        view = self._view_model
        self.tools.currentChanged.connect(lambda number: view.choose_tool(TOOLS[number]))
        self.page.bidder_chosen.connect(view.choose_bidder)
        self.page.wanted.connect(self.begin)
        self.page.bids_wanted.connect(view.go_to_bids)
        self.data.wanted.connect(self.begin)
        for page in (self.pay, self.data):
            page.left.connect(self.go_back)
        view.read_again.connect(self._on_read_again)

    def _on_read_again(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what changed while the screen was out of sight."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Show what the view-model says."""
        view, self._is_stale = self._view_model, False
        self.tools.show_notes(view.notes)
        self.tools.setCurrentIndex(TOOLS.index(view.tool))
        self.page.show_part(view.part, view.chosen)
        if self.page_shown is self.data:
            self.data.refresh()

    @property
    def page_shown(self) -> QWidget | None:
        """The page that has the screen's room."""
        return self._stack.currentWidget()

    def begin(self, task: Task, key: str = "") -> None:
        """Show the page for a task."""
        ways: dict[Task, Callable[[], None]] = {
            Task.PAY: self._begin_pay,
            Task.DATA: self._begin_data,
        }
        ways.get(task, lambda: self._begin_entry(task, key))()

    def _begin_pay(self) -> None:
        bidder = self._view_model.chosen
        if bidder is not None:
            self._view_model.pay.begin(bidder)
            self._stack.setCurrentWidget(self.pay)
            self.pay.start()

    def _begin_data(self) -> None:
        self._stack.setCurrentWidget(self.data)
        self.data.start()

    def _begin_entry(self, task: Task, key: str) -> None:
        entry = self._view_model.begin(task, key)
        if entry is None:
            return
        self._drop_entry()
        self.entry = EntryPage(entry, self._view_model.record)
        self.entry.left.connect(self._on_entry_left)
        self._stack.addWidget(self.entry)
        self._stack.setCurrentWidget(self.entry)
        self.entry.start()

    def _on_entry_left(self) -> None:
        self.go_back()
        self._drop_entry()

    def _drop_entry(self) -> None:
        if self.entry is not None:
            self._stack.removeWidget(self.entry)
            self.entry.hide()
            self.entry.deleteLater()
            self.entry = None

    def go_back(self) -> None:
        """Show the tools again."""
        self._view_model.pay.give_up()
        self._stack.setCurrentWidget(self._main)
        self.page.focus_work()

    def show_item(self, what: object) -> None:
        """Show a tool by name (``wage``, ``certificates``…), or a bidder by id."""
        self._view_model.show(what)

    def leave(self) -> None:
        """Say that something typed is not recorded, where it is."""
        page = self.page_shown
        if isinstance(page, SidePage) and page.is_changed:
            self._view_model.refuse(
                RuleRefusal(
                    "What you typed in Public value is not recorded.",
                    "Record it there, or leave its page.",
                )
            )


def make(view_model: PublicValueViewModel, _jobs: JobRunner) -> PublicValueScreen:
    """Return the screen of the place ``public_value``."""
    return PublicValueScreen(view_model)
