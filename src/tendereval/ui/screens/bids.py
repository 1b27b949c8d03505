"""The Bids screen: bidders in a table, the chosen one with all that came in at the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QStyleOptionViewItem,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.bidding import Place
from tendereval.ui import theme
from tendereval.ui.dialogs.import_folder import FolderDialog
from tendereval.ui.dialogs.import_workbook import ImportWorkbook
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.bid_answers import AnswersPart
from tendereval.ui.screens.bid_clarifications import ClarificationsPart
from tendereval.ui.screens.bid_details import ParticularsPart, StatusPart
from tendereval.ui.screens.bid_documents import DocumentsPart
from tendereval.ui.widgets.basics import Head, button, empty_state, field, label
from tendereval.ui.widgets.inset_rows import INSET_PX, InsetDelegate, set_in
from tendereval.ui.widgets.table import Index, Table
from tendereval.ui.widgets.two_panes import TwoPanes
from tendereval.viewmodels.bidders_model import ROLE_STANDING, ROLE_STANDING_INK
from tendereval.viewmodels.bids import BidsViewModel

_ROW, _WIDTHS = 54, (64, 80, 74)
_NARROWEST = 280
_NOBODY = "Answers, documents, particulars and status, once a bidder is there and chosen."
_TABS = ("Answers", "Status", "Particulars", "Documents", "Clarifications")
_HOW_TO_START = (
    "Bring them in with a workbook that has the sheets Bidders and Responses, or add bidders by "
    "name below and then import the folder with their files. Prices are entered after moderation, "
    "under Price and ranking."
)


class BidderDelegate(InsetDelegate):
    """Paints the name and, under it, lots and status."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the text of the first column to ``paint``."""
        super().initStyleOption(option, index)
        if index.column() == 0:
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        super().paint(painter, option, index)
        if index.column():
            return
        look = theme.current()
        box = QRect(option.rect).adjusted(look.px(INSET_PX), look.px(6), -look.px(8), -look.px(6))
        half = box.height() // 2
        upper, lower = QRect(box), QRect(box)
        upper.setHeight(half)
        lower.setTop(box.top() + half)
        ink = str(index.data(ROLE_STANDING_INK))
        standing = str(index.data(ROLE_STANDING))
        mark = "△ " if ink == "attention" else ""
        lines = (
            (upper, "body", "ink", str(index.data()), Qt.TextElideMode.ElideMiddle),
            (lower, "small", ink, mark + standing, Qt.TextElideMode.ElideRight),
        )
        painter.save()
        for rect, font, colour, text, elide in lines:
            painter.setFont(look.font(font))
            painter.setPen(look.colour(colour))
            short = painter.fontMetrics().elidedText(text, elide, rect.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, short)
        painter.restore()


class BiddersTable(Table):
    """The bidders, two lines each."""

    def __init__(self) -> None:
        super().__init__("Bidders")
        set_in(self, BidderDelegate(self))

    def follow_theme(self) -> None:
        """Take row heights and widths from the theme; the name takes the rest."""
        self.verticalHeader().setDefaultSectionSize(theme.current().px(_ROW))
        header = self.horizontalHeader()
        if not header.count():
            return
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number, width in enumerate(_WIDTHS, start=1):
            header.resizeSection(number, theme.current().px(width))


class BidderPart(QWidget):
    """The right side: one bidder."""

    def __init__(self, view_model: BidsViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.setProperty("role", "paper")
        self._name = label(role="section", wrap=True)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("What to see of the bidder")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.answers = AnswersPart(view_model.answers)
        self.status = StatusPart(view_model)
        self.particulars = ParticularsPart(view_model)
        self.documents = DocumentsPart(view_model.answers)
        self.clarifications = ClarificationsPart(view_model.clarifications)
        self._pages = QStackedWidget()
        self._nobody = empty_state("What a bidder sent stands here", _NOBODY)
        self._nobody.setContentsMargins(24, 0, 24, 0)
        self._build()
        self.tabs.currentChanged.connect(self._on_tab)

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 0)
        head.setSpacing(4)
        head.addWidget(self._name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(12, 0, 12, 0)
        tabs.addWidget(self.tabs)
        column.addLayout(tabs)
        pages = (self.answers, self.status, self.particulars, self.documents, self.clarifications)
        for title, page in zip(_TABS, pages, strict=True):
            self.tabs.addTab(title)
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        column.addWidget(self._nobody)
        column.addStretch(0)

    def _on_tab(self, number: int) -> None:
        self._view_model.settle()
        self._pages.setCurrentIndex(number)

    def show_tab(self, title: str) -> None:
        """Turn to one page by its title."""
        self.tabs.setCurrentIndex(_TABS.index(title))

    def refresh(self) -> None:
        """Show the bidder that is chosen."""
        bidder = self._view_model.bidder
        self._name.setText(bidder.name if bidder else "")
        for part in (self._name, self.tabs, self._pages):
            part.setVisible(bidder is not None)
        self._nobody.setVisible(bidder is None)
        self.status.refresh()
        self.particulars.refresh()


class BidsScreen(QWidget):
    """Shows what a BidsViewModel says.

    Attributes:
        pick_folder: asks for a folder and returns its path, empty where none was chosen.
        pick_workbook: the same for a workbook.
    """

    def __init__(self, view_model: BidsViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self._head = Head()
        self.pick_folder: Callable[[], str] = self._ask_folder
        self.pick_workbook: Callable[[], str] = self._ask_workbook
        self.table = BiddersTable()
        self.table.setModel(view_model.bidders)
        self.bidder = BidderPart(view_model)
        self.folder_dialog = FolderDialog(view_model.folder, jobs, self)
        self.workbook_dialog: ImportWorkbook | None = None
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.import_workbook = button("Import a workbook…", self.on_import_workbook)
        self.import_folder = button("Import a folder…", self.on_import_folder)
        self._empty = empty_state(
            "Bidders and their tenders go here",
            _HOW_TO_START,
            ("Import a workbook…", self.on_import_workbook),
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(20, 20, 16, 24)
        column.setSpacing(12)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 0, 0)
        top.setSpacing(12)
        actions = QHBoxLayout()
        actions.addWidget(self.import_workbook)
        actions.addWidget(self.import_folder)
        actions.addStretch(1)
        top.addWidget(self._head)
        top.addLayout(actions)
        top.addWidget(self._empty)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._adding())
        column.addStretch(0)
        self.panes = TwoPanes(("Bidders", left), ("Bidder", self.bidder), (470, 610))
        for pane in (left, self.bidder):  # else large text would push the window beyond the screen
            pane.setMinimumWidth(_NARROWEST)
        self.panes.splitter.setStretchFactor(0, 0)
        self.panes.splitter.setStretchFactor(1, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)

    def _adding(self) -> QWidget:
        self._add_box = QWidget()
        row = QHBoxLayout(self._add_box)
        row.setContentsMargins(12, 0, 0, 0)
        row.setSpacing(8)
        box, self.name = field("Name of a bidder to add, as in its tender", QLineEdit())
        self.name.returnPressed.connect(self._on_add)
        self.add = button("Add the bidder", self._on_add)
        row.addWidget(box, 1)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        return self._add_box

    def _connect(self) -> None:
        view = self._view_model
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(lambda _index: self.panes.show_right())
        view.read_again.connect(self.refresh)
        view.chosen_changed.connect(self._on_chosen)
        view.folder.looked.connect(self.folder_dialog.show_folder)
        theme.changed().connect(self.table.follow_theme)
        self.table.follow_theme()

    def _on_add(self) -> None:
        if not self.name.text().strip():
            self.name.setFocus()
        elif self._view_model.register(self.name.text()):
            self.name.clear()
            self.name.setFocus()

    def _on_row(self, index: QModelIndex) -> None:
        rows = self._view_model.bidders.rows
        if index.isValid() and index.row() < len(rows):
            self._view_model.choose(rows[index.row()].bidder)

    def _on_chosen(self) -> None:
        row = self._view_model.bidders.row_of(self._view_model.chosen)
        if row >= 0 and self.table.currentIndex().row() != row:
            self.table.selectRow(row)
        self.bidder.refresh()

    def on_import_folder(self) -> None:
        """Ask for a folder and look through it."""
        self._view_model.settle()
        chosen = self.pick_folder()
        if chosen:
            folder = self._view_model.folder
            work = folder.look(Path(chosen))
            self._jobs.run("Looking through the folder:", work, folder.on_looked, folder.on_failed)

    def on_import_workbook(self) -> None:
        """Ask for a workbook and show what it would bring."""
        self._view_model.settle()
        chosen = self.pick_workbook()
        if chosen:
            book = self._view_model.workbook
            dialog = ImportWorkbook(book, self._jobs, Path(chosen), self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.workbook_dialog = dialog
            dialog.open()

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, "Choose the folder with the tenders")

    def _ask_workbook(self) -> str:
        return QFileDialog.getOpenFileName(
            self, "Choose the workbook", filter="Excel workbooks (*.xlsx)"
        )[0]

    def refresh(self) -> None:
        """Show what the view-model says and keep the chosen bidder chosen."""
        view = self._view_model
        is_there = bool(view.bidders.rows)
        self._head.say(view.sentence, view.under if is_there else "")
        self._empty.setVisible(not is_there)
        self.table.setVisible(is_there)
        self.panes.switch.setTabEnabled(1, is_there)
        self._add_box.setVisible(view.may_edit)
        self.import_folder.setVisible(view.may_edit and is_there)
        self.import_workbook.setVisible(view.may_import and is_there)
        self._on_chosen()

    def show_item(self, what: object) -> None:
        """Show a bidder by id, or one answer by its place."""
        bidder = what.bidder if isinstance(what, Place) else what
        row = self._view_model.bidders.row_of(bidder)
        if row < 0:
            return
        self.table.selectRow(row)
        if isinstance(what, Place):
            self.bidder.show_tab("Answers")
            self._view_model.answers.choose(what)
        self.panes.show_right()

    def leave(self) -> None:
        """Keep what is being typed; delete what was written to look at."""
        self.bidder.particulars.leave()
        self._view_model.settle()
        self._view_model.answers.clean_up()


def make(view_model: BidsViewModel, jobs: JobRunner) -> BidsScreen:
    """Return the screen of the place ``bids``."""
    return BidsScreen(view_model, jobs)
