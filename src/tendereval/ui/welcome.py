"""The first window: what the app is, the files of late, making one, opening one.

Imports nothing heavy, so that it is painted at once; ``painted`` says when the rest may begin.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.errors import UserFixable
from tendereval.ui import theme
from tendereval.ui.appearance import Appearance
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.dropping import dropped
from tendereval.ui.jobs import JobRunner
from tendereval.ui.menus import Menus
from tendereval.ui.messages import MessageBar
from tendereval.ui.widgets.basics import Head, Page, button, label
from tendereval.ui.widgets.inset_rows import set_in
from tendereval.ui.widgets.table import RowDelegate, Table
from tendereval.viewmodels.welcome import Lock, RecentRow, WelcomeViewModel

if TYPE_CHECKING:
    from tendereval.ui.dialogs.new_tender import NewTender

SENTENCE: Final = "Score tenders, agree as a panel, and give every bidder reasons"
_UNDER: Final = "tendereval keeps one tender in one file on this computer and never uses a network."
_FILES: Final = (
    "Everything that opens here (*.tender *.scoring *.scorepack *.record);;"
    "Tenders (*.tender);;Packs (*.scorepack *.record);;Working files (*.scoring)"
)
_HEADS: Final = ("Tender", "Stage", "File", "Opened")


class WelcomeWindow(QMainWindow):
    """Shows what a WelcomeViewModel says.

    Signals:
        painted: the window has been seen for the first time.
        card_wanted: the person wants to see the own contact card.
    """

    painted = Signal()
    card_wanted = Signal()

    def __init__(
        self, view_model: WelcomeViewModel, jobs: JobRunner, appearance: Appearance
    ) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self._was_painted = False
        self.ask_file: Callable[[], str] = self._ask_file
        self.messages = MessageBar()
        self.recent = Table("Recent tenders")
        self._model = QStandardItemModel(0, len(_HEADS), self)
        self._model.setHorizontalHeaderLabels(_HEADS)
        self._build()
        self._make_menus(appearance)
        self.setAcceptDrops(True)
        self.setWindowTitle("tendereval")
        view_model.recent_changed.connect(self.refresh)
        view_model.refused.connect(self._on_refused)
        view_model.locked.connect(self._on_locked)
        theme.changed().connect(self._fit)
        self.resize(1000, 680)
        self.refresh()

    def _build(self) -> None:
        page = Page()
        self._head = Head()
        self._head.say(SENTENCE, _UNDER)
        page.column.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.new = button("New tender…", self.make_new, "primary")
        self.open = button("Open…", self.ask_and_open)
        row.addWidget(self.new)
        row.addWidget(self.open)
        row.addWidget(label("or drop a file on this window", "muted"))
        row.addStretch(1)
        self.card = button("My contact card…", self.card_wanted.emit, "link")
        row.addWidget(self.card)
        page.column.addLayout(row)
        self._build_recent(page)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(page, 1)
        self.setCentralWidget(whole)

    def _build_recent(self, page: Page) -> None:
        page.column.addSpacing(8)
        page.column.addWidget(label("Recent", "section"))
        self.recent.setModel(self._model)
        set_in(self.recent)
        header = self.recent.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.ResizeToContents)
        self.recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.recent.opened.connect(self._on_row_opened)
        QShortcut(
            QKeySequence("Delete"),
            self.recent,
            self._on_forget,
            context=Qt.ShortcutContext.WidgetShortcut,
        )
        page.column.addWidget(self.recent, 1)
        self._hint = label(role="small", wrap=True)
        page.column.addWidget(self._hint)
        page.column.addStretch(0)

    def _make_menus(self, appearance: Appearance) -> None:
        self.menuBar().setNativeMenuBar(False)
        self.menus = Menus(self, lambda: "welcome")
        file = self.menus.menu("File")
        self.menus.add(file, "New tender…", self.make_new, "Ctrl+N")
        self.menus.add(file, "Open…", self.ask_and_open, "Ctrl+O")
        file.addSeparator()
        self.menus.add(file, "My contact card…", self.card_wanted.emit)
        file.addSeparator()
        self.menus.add(file, "Quit", self.close, "Ctrl+Q")
        self.menus.add_view(appearance)
        go = self.menus.menu("Go")
        self.menus.add(go, "Find a command…", self.menus.find, "Ctrl+K")
        self.menus.add_help()

    def refresh(self) -> None:
        """Show the recent files."""
        self._model.setRowCount(0)
        for row in self._view_model.rows:
            self._model.appendRow(_items(row))
        empty = self._model.rowCount() == 0
        self.recent.setVisible(not empty)
        self._hint.setText(
            "What you open will be listed here. Were you sent a pack to score? Open it, or drop it "
            "on this window. To look around first, choose New tender and then the worked example."
            if empty
            else "Enter opens a tender. Delete takes it off this list; the file stays."
        )
        if not empty:
            self.recent.setCurrentIndex(self._model.index(0, 0))
        self._fit()

    def _fit(self) -> None:
        """Give the titles room: where it is narrow, file and day are left to the tool tip."""
        look, room = theme.current(), self.width()
        self.recent.setColumnWidth(2, look.px(330))
        self.recent.setColumnHidden(2, room < look.px(900))
        self.recent.setColumnHidden(3, room < look.px(640))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def say_busy(self, text: str) -> None:
        """Say what is going on before anything else can be shown."""
        self.messages.show_note(text)

    def open_file(self, path: Path) -> None:
        """Open a file that was chosen in another window."""
        self._open(path)

    def make_new(self) -> None:
        """Ask how a new tender begins."""
        dialog = self.new_dialog()
        dialog.exec()
        dialog.deleteLater()

    def new_dialog(self) -> "NewTender":
        """Return the window that makes a tender."""
        from tendereval.ui.dialogs.new_tender import NewTender  # noqa: PLC0415 - after the start

        self.messages.clear()
        return NewTender(self._view_model, self._jobs, self)

    def ask_and_open(self) -> None:
        """Ask for a file and open it."""
        chosen = self.ask_file()
        if chosen:
            self._open(Path(chosen))

    def _ask_file(self) -> str:
        return QFileDialog.getOpenFileName(self, "Open a tender or a pack", "", _FILES)[0]

    def _open(self, path: Path) -> None:
        self.messages.clear()
        self._view_model.open(path)

    def _on_row_opened(self, index: QModelIndex) -> None:
        row = self._view_model.rows[index.row()]
        if row.missing:
            self.messages.show_note(
                f"{row.path} is not there any more. If it was moved, open it from where it is "
                "now; Delete takes it off this list."
            )
            return
        self._open(row.path)

    def _on_forget(self) -> None:
        index = self.recent.currentIndex()
        if index.isValid():
            self._view_model.forget(self._view_model.rows[index.row()].path)

    def _on_refused(self, refusal: object) -> None:
        if isinstance(refusal, UserFixable):
            self.messages.show_refusal(refusal)

    def _on_locked(self, locked: object) -> None:
        if not isinstance(locked, Lock):
            return
        if not locked.holder:
            self.messages.show_refusal(locked.refusal)
            return
        question = self.lock_question(locked)
        if question.exec() == Confirm.DialogCode.Accepted:
            self._view_model.open(locked.path, take_over=True)
        question.deleteLater()

    def lock_question(self, locked: Lock) -> Confirm:
        """Return the question whether to take a file over from a holder who has a name."""
        return Confirm(
            "The file is open elsewhere",
            f"{locked.path.name} is open by {locked.holder}",
            f"{locked.refusal.happened} {locked.refusal.do} Taking it over is recorded; what "
            f"{locked.holder} has not saved would be refused there.",
            verb="Take it over",
            safe="Leave it",
            parent=self,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one local file."""
        if len(dropped(event)) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped."""
        event.acceptProposedAction()
        self._open(dropped(event)[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say when the window was painted for the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)


def _items(row: RecentRow) -> list[QStandardItem]:
    texts = (row.title, row.stage, row.where, row.opened)
    items = [QStandardItem(text) for text in texts]
    for item in items:
        item.setToolTip("\n".join(texts))
        if row.missing:
            item.setData("ink2", RowDelegate.ROLE_INK)
    return items
