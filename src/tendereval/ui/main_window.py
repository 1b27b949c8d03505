"""The window of one tender file: places at the left, the work at the right, no rule anywhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMainWindow,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.errors import UserFixable
from tendereval.domain.method_text import short
from tendereval.ui import theme
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.jobs import JobRunner
from tendereval.ui.messages import MessageBar
from tendereval.ui.panel_drops import files_for_panel, leave_files_to_window
from tendereval.ui.panes import go_round, panes_of
from tendereval.ui.widgets.basics import hairline, label
from tendereval.ui.widgets.places import PlaceDelegate
from tendereval.viewmodels.session_view_model import SessionViewModel


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the window.

    Attributes:
        name: as ``place_wanted`` and the guide call it (``panel``).
        title: as people read it (``Panel``).
        make: makes the screen when the place is first entered.
        note: a short text at the right of the title (a count), read anew after each change.
    """

    name: str
    title: str
    make: Callable[[], QWidget]
    note: Callable[[], str] = str


class MainWindow(QMainWindow):
    """One open tender.

    Args:
        desk: the open file.
        places: in the order of the work.
        jobs: runs what takes long.

    Signals:
        wanted: what only the app can do: ``new``, ``open``, ``close`` or ``quit``.
        closed: the file is closed and the window gone.
    """

    wanted = Signal(str)
    closed = Signal()

    def __init__(self, desk: SessionViewModel, places: Sequence[Place], jobs: JobRunner) -> None:
        super().__init__()
        self.desk, self.jobs = desk, jobs
        self._places = tuple(places)
        self._screens: dict[str, QWidget] = {}
        self._menus: dict[str, QMenu] = {}
        self.messages = MessageBar()
        self.stand_in: QMainWindow | None = None
        """The window that stands in front while somebody else sits here."""
        self._stack = QStackedWidget()
        self._list = QListView()
        self._corner = QLabel()
        self._line = QProgressBar()
        self._build()
        self._connect()
        self.resize(1280, 800)
        self._refresh()
        self.go_to(self._places[0].name)

    def _build(self) -> None:
        side = self._side_bar()
        work = QVBoxLayout()
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self._line)
        work.addWidget(self.messages)
        work.addWidget(self._stack, 1)
        right = QWidget()
        right.setProperty("role", "paper")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right.setLayout(work)
        self._line.setTextVisible(False)
        self._line.setAccessibleName("Progress")
        self._line.hide()
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(hairline(vertical=True))
        row.addWidget(right, 1)
        self.setCentralWidget(whole)
        self.setAcceptDrops(True)
        self.side_bar = side
        self._corner.setProperty("role", "small")
        self._corner.setContentsMargins(0, 0, 12, 0)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        self.menuBar().setNativeMenuBar(False)
        self.menuBar().setCornerWidget(self._corner)

    def _side_bar(self) -> QWidget:
        self._title = label(role="strong", wrap=True)
        self._reference = label(role="small", wrap=True)
        self._foot = label(role="small", wrap=True)
        self._model = QStandardItemModel(self)
        for place in self._places:
            item = QStandardItem(place.title)
            item.setEditable(False)
            self._model.appendRow(item)
        self._list.setModel(self._model)
        self._list.setItemDelegate(PlaceDelegate(self._list))
        self._list.setProperty("role", "places")
        self._list.setAccessibleName("Places")
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = QWidget()
        side.setProperty("role", "ground")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(2)
        for widget in (self._title, self._reference):
            widget.setContentsMargins(16, 0, 12, 0)
            column.addWidget(widget)
        column.addSpacing(12)
        column.addWidget(self._list, 1)
        self._foot.setContentsMargins(16, 0, 12, 0)
        column.addWidget(self._foot)
        return side

    def _connect(self) -> None:
        self._list.selectionModel().currentChanged.connect(self._on_place_chosen)
        self.desk.changed.connect(lambda _kinds: self._refresh())
        self.desk.refused.connect(self._on_refused)
        self.desk.saved.connect(self._on_saved)
        self.desk.place_wanted.connect(self._on_place_wanted)
        self.jobs.started.connect(self._on_job_started)
        self.jobs.progressed.connect(self._on_progress)
        self.jobs.finished.connect(self._on_jobs_finished)
        theme.changed().connect(self._refresh)

    def add_action_to(
        self, menu: str, text: str, on: Callable[[], object], keys: str = ""
    ) -> QAction:
        """Add a command to a menu, made where it is not there yet."""
        if menu not in self._menus:
            self._menus[menu] = self.menuBar().addMenu(f"&{menu}")
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: on())
        self._menus[menu].addAction(action)
        return action

    @property
    def titles(self) -> dict[str, str]:
        """The places in the order of the work: name, title."""
        return {place.name: place.title for place in self._places}

    @property
    def place(self) -> str:
        """The name of the place that is shown."""
        return self._places[self._list.currentIndex().row()].name

    @property
    def screen_shown(self) -> QWidget:
        """The screen that is shown."""
        return self._screens[self.place]

    def go_to(self, name: str, what: object = None) -> None:
        """Show a place and, where its screen can, one thing in it."""
        row = next(i for i, place in enumerate(self._places) if place.name == name)
        self._list.setCurrentIndex(self._model.index(row, 0))
        screen = self._screens.get(name)
        if what is not None and screen is not None and hasattr(screen, "show_item"):
            screen.show_item(what)

    def next_pane(self) -> None:
        """Go from the places to each pane of the screen, and round again."""
        places = (self._list,) if self._list.isVisible() else ()
        go_round((*places, *panes_of(self.screen_shown)), self.focusWidget())

    def _on_place_wanted(self, name: str, what: object) -> None:
        self.go_to(name, what)

    def _on_place_chosen(self, index: QModelIndex) -> None:
        place = self._places[index.row()]
        if place.name not in self._screens:
            self._screens[place.name] = place.make()
            self._stack.addWidget(self._screens[place.name])
            leave_files_to_window(self._screens[place.name])
            wanted = getattr(self._screens[place.name], "room_wanted", None)
            if wanted is not None:
                wanted.connect(self._on_room_wanted)
        self._on_room_wanted("part")
        self._stack.setCurrentWidget(self._screens[place.name])
        self.messages.clear()
        self.setWindowTitle(f"{place.title} – {self.desk.now.details.title or 'tendereval'}")

    def _on_room_wanted(self, room: str) -> None:
        """Give a screen its part beside the side bar, the ``whole`` window, or the ``screen``."""
        self.side_bar.setVisible(room == "part")
        self.menuBar().setVisible(room != "screen")
        if (room == "screen") != self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take returns, scoring workbooks, contact cards, and folders of them."""
        if "panel" in self.titles and files_for_panel(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show them on the panel, where nothing is taken in before it was looked at."""
        paths = files_for_panel(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.go_to("panel", paths)

    def _on_refused(self, refusal: object) -> None:
        if isinstance(refusal, UserFixable):
            self.messages.show_refusal(refusal)

    def _on_saved(self, at: object) -> None:
        if isinstance(at, datetime):
            self._say_corner(f"Saved {at:%H:%M}")

    def _say_corner(self, first: str) -> None:
        now = self.desk.now
        who = now.name(self.desk.person)
        member = next((m for m in now.panel if m.person == self.desk.person), None)
        role = f"{member.label}: " if member and member.label != who else ""
        self._corner.setText(f"{first}  ·  {role}{who}" if first else f"{role}{who}")
        self._fit_corner()

    def _fit_corner(self) -> None:
        """Centre the words on the bar; it does not ask its corner for its size by itself."""
        bar = self.menuBar()
        self._corner.setFixedHeight(theme.current().height("menu"))
        bar.setCornerWidget(self._corner)
        self._corner.show()

    def _on_job_started(self, text: str) -> None:
        self._job_label = text
        QTimer.singleShot(200, self._show_progress)

    def _show_progress(self) -> None:
        if self.jobs.is_busy:
            self._line.setRange(0, 0)
            self._line.show()
            self._say_corner(self._job_label)

    def _on_progress(self, done: int, total: int, text: str) -> None:
        self._line.setRange(0, total)
        self._line.setValue(done)
        self._say_corner(f"{text} {done} of {total}")

    def _on_jobs_finished(self) -> None:
        self._line.hide()
        self._say_corner("")

    def _refresh(self) -> None:
        now, look = self.desk.now, theme.current()
        self._title.setText(now.details.title or "Untitled tender")
        parts = [part for part in (now.details.reference, now.details.authority) if part]
        self._reference.setText(" · ".join(parts))
        self._foot.setText("\n".join(self._foot_lines()))
        for row, place in enumerate(self._places):
            item = self._model.item(row)
            item.setData(place.note(), Qt.ItemDataRole.UserRole)
            item.setSizeHint(QSize(look.width("side_bar"), look.height("side_item")))
        self.side_bar.setFixedWidth(look.width("side_bar"))
        self._say_corner("")

    def _foot_lines(self) -> list[str]:
        now = self.desk.now
        lines = [f"Stage: {now.stage}"]
        if now.versions:
            version = now.versions[-1]
            lines.append(f"Method version {version.number}")
            lines.append(f"Fingerprint {short(version.fingerprint)}")
        return lines

    def refuse(self, error: Exception) -> None:
        """Say why a job did not do its work; what is no refusal goes on as a bug."""
        if not isinstance(error, UserFixable):
            raise error
        self.messages.show_refusal(error)

    def keep_typing(self) -> bool:
        """Let every screen keep what is being typed there, and say whether all could."""
        refusals: list[object] = []
        self.desk.refused.connect(refusals.append)
        for screen in (*self._screens.values(), getattr(self.stand_in, "score", None)):
            leave = getattr(screen, "leave", None)
            if callable(leave):
                leave()
        self.desk.refused.disconnect(refusals.append)
        return not refusals

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is typed, ask running jobs to stop, wait with a limit, close the file."""
        if not self.keep_typing() and not self._may_lose_typing():
            event.ignore()
            return
        self.jobs.end(5000)
        self.desk.close()
        event.accept()
        self.closed.emit()

    def _may_lose_typing(self) -> bool:
        question = Confirm(
            "Close the tender",
            "The text you are typing could not be saved.",
            "The message at the top of the window says why. Everything saved before is kept.",
            verb="Close and lose this text",
            safe="Stay",
            parent=self,
        )
        return question.exec() == Confirm.DialogCode.Accepted
