"""The window of one evaluator: Declare, Score, Finish; nobody else's work and no price in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.errors import UserFixable
from tendereval.ui import theme
from tendereval.ui.appearance import Appearance
from tendereval.ui.dialogs.choose_person import HandBack
from tendereval.ui.jobs import JobRunner
from tendereval.ui.menus import Menus
from tendereval.ui.messages import MessageBar
from tendereval.ui.screens import declare as declare_screen
from tendereval.ui.screens import finish as finish_screen
from tendereval.ui.screens import score as score_screen
from tendereval.ui.widgets.basics import hairline, label
from tendereval.ui.widgets.keys_help import KeysHelp
from tendereval.ui.widgets.step_line import StepLine
from tendereval.viewmodels.declare import DeclareViewModel
from tendereval.viewmodels.finish import FinishViewModel
from tendereval.viewmodels.score import ScoreViewModel
from tendereval.viewmodels.score_queue import Order
from tendereval.viewmodels.seats import SeatsViewModel
from tendereval.viewmodels.session_view_model import SessionViewModel

_DECLARE, _SCORE, _FINISH = 0, 1, 2
STEPS: Final = ("Declare", "Score", "Finish")


class EvaluatorWindow(QMainWindow):
    """One evaluator's work on somebody else's laptop.

    Args:
        desk: the open file, with the evaluator in the seat (``choose_person``).
        jobs: runs what takes long.

    Signals:
        handed_back: the owner of the laptop sits here again; show the owner's window.
        file_closing: the evaluator closes the file; close the owner's window, which closes it.
    """

    handed_back = Signal()
    file_closing = Signal()

    def __init__(
        self, desk: SessionViewModel, jobs: JobRunner, appearance: Appearance | None = None
    ) -> None:
        super().__init__()
        self.desk, self.jobs = desk, jobs
        self._appearance = appearance
        self._declaring = DeclareViewModel(desk, self)
        self._scoring = ScoreViewModel(desk, self)
        self._finishing = FinishViewModel(desk, self)
        self.declare = declare_screen.make(self._declaring, jobs)
        self.score = score_screen.make(self._scoring, jobs)
        self.finish = finish_screen.make(self._finishing, jobs)
        self.steps = StepLine(STEPS)
        self.messages = MessageBar()
        self.stack = QStackedWidget()
        self._corner = QLabel()
        self._title = label(role="strong")
        self._actions: list[QAction] = []
        self._build()
        self._make_menus()
        self._connect()
        self.resize(1280, 800)
        self.refresh()
        self.go_to(_SCORE if self._declaring.may_go_on else _DECLARE)

    def _build(self) -> None:
        self._bar = QWidget()
        self._bar.setProperty("role", "ground")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(17, 0, 24, 0)
        row.setSpacing(28)
        # A long title gives way to the steps.
        self._title.setMinimumWidth(1)
        row.addWidget(self._title)
        row.addWidget(self.steps)
        row.addStretch(1)
        self._where = label(role="small")
        self._where.setMinimumWidth(1)
        row.addWidget(self._where)
        whole = QWidget()
        whole.setProperty("role", "paper")
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(hairline())
        column.addWidget(self.messages)
        column.addWidget(self.stack, 1)
        for screen in (self.declare, self.score, self.finish):
            self.stack.addWidget(screen)
        self.setCentralWidget(whole)
        self._corner.setProperty("role", "small")
        self._corner.setContentsMargins(0, 0, 12, 0)
        self.menuBar().setNativeMenuBar(False)
        self.menuBar().setCornerWidget(self._corner)

    def _connect(self) -> None:
        self.steps.chosen.connect(self.go_to)
        self.declare.go_on_wanted.connect(lambda: self.go_to(_SCORE))
        self.score.finished.connect(lambda: self.go_to(_FINISH))
        self.finish.place_wanted.connect(self._on_place_wanted)
        self.finish.hand_back_wanted.connect(self.close)
        self.desk.changed.connect(self._on_changed)
        self.desk.refused.connect(self._on_refused)
        self.desk.saved.connect(self._on_saved)
        self.desk.undo_stack.canUndoChanged.connect(self._undo.setEnabled)
        self.desk.undo_stack.canRedoChanged.connect(self._redo.setEnabled)
        theme.changed().connect(self.refresh)

    def _make_menus(self) -> None:
        file = self.menuBar().addMenu("&File")
        self._add(file, "Hand back to the lead…", self.close, "Ctrl+W")
        edit = self.menuBar().addMenu("&Edit")
        self._undo = self._add(edit, "Undo", self.undo, "Ctrl+Z")
        self._redo = self._add(edit, "Redo", self.redo, "Ctrl+Shift+Z")
        self._undo.setEnabled(False)
        self._redo.setEnabled(False)
        go = self.menuBar().addMenu("&Go")
        for number, name in enumerate(STEPS):
            self._add(go, name, lambda number=number: self.go_to(number))  # type: ignore[misc]  # bound early
        menus = Menus(self, self._guide_page)
        self._add(go, "Find a command…", menus.find, "Ctrl+K")
        if self._appearance is not None:
            menus.add_view(self._appearance)
        score = self.menuBar().addMenu("&Score")
        self._make_score_menu(score)
        self._add(score, "Keys of this window", self.show_keys)
        menus.add_help()

    def _guide_page(self) -> str:
        return STEPS[self.stack.currentIndex()].lower()

    def _make_score_menu(self, menu: QMenu) -> None:
        screen = self.score
        commands: tuple[tuple[str, Callable[[], object], str], ...] = (
            ("Save and go to the next unscored", screen.finish_and_go_on, "Ctrl+Return"),
            ("Previous answer", lambda: screen.step(-1), "Ctrl+Up"),
            ("Next answer", lambda: screen.step(1), "Ctrl+Down"),
            ("List of answers", screen.open_list, "Ctrl+L"),
            ("Read by bidder", lambda: screen.read_by(Order.BY_BIDDER), "Ctrl+1"),
            ("Read by question", lambda: screen.read_by(Order.BY_QUESTION), "Ctrl+2"),
            ("Cite the selected words", screen.cite, "Ctrl+E"),
            ("Find in the answer", screen.find_words, "Ctrl+F"),
            ("Next pane", screen.next_pane, "F6"),
            ("Cannot score this…", screen.say_cannot, ""),
        )
        self._actions = [self._add(menu, *command) for command in commands]

    def _add(self, menu: QMenu, text: str, on: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(text, self)
        if keys:
            # Enter of the number pad is a key of its own.
            action.setShortcuts(
                [QKeySequence(keys)]
                + ([QKeySequence("Ctrl+Enter")] if keys == "Ctrl+Return" else [])
            )
        action.triggered.connect(lambda _checked=False: on())
        menu.addAction(action)
        return action

    # Showing

    def refresh(self) -> None:
        """Show title, steps and who sits here."""
        now = self.desk.now
        self._title.setText(now.details.title or "Untitled tender")
        self._where.setText(f"On the laptop of {self._finishing.lead}")
        declared, done = self._declaring.may_go_on, self._finishing.is_done
        self.steps.set_open((True, declared, declared))
        self.steps.set_done((declared, done, False))
        self._bar.setFixedHeight(theme.current().height("step_bar"))
        self._say_corner("")

    def go_to(self, step: int) -> None:
        """Show a step; Score and Finish once interests are settled."""
        if step != _DECLARE and not self._declaring.may_go_on:
            step = _DECLARE
        if step != _SCORE:
            self._scoring.settle()
        self.stack.setCurrentIndex(step)
        self.steps.show_current(step)
        self.messages.clear()
        calm = self._scoring.is_community and step == _SCORE
        self._bar.setVisible(not calm)
        for action in self._actions:
            action.setEnabled(step == _SCORE)
        self.setWindowTitle(f"{STEPS[step]} – {self.desk.now.details.title or 'tendereval'}")
        if step == _SCORE:
            self.score.go_to_score()
        if step == _FINISH:
            self.finish.take_focus()

    @property
    def step(self) -> int:
        """The step that is shown."""
        return self.stack.currentIndex()

    def _on_place_wanted(self, place: object) -> None:
        self.go_to(_SCORE)
        self.score.show_item(place)

    def _on_changed(self, _kinds: object) -> None:
        self.refresh()
        if self.step != _DECLARE and not self._declaring.may_go_on:
            self.go_to(_DECLARE)

    def _on_refused(self, refusal: object) -> None:
        if isinstance(refusal, UserFixable):
            self.messages.show_refusal(refusal)

    def _on_saved(self, at: object) -> None:
        if isinstance(at, datetime):
            self._say_corner(f"Saved {at:%H:%M}  ·  ")

    def _say_corner(self, first: str) -> None:
        saved = self.desk.last_saved
        if not first and saved is not None:
            first = f"Saved {saved:%H:%M}  ·  "
        self._corner.setText(f"{first}{self.desk.now.name(self.desk.person)}")
        self._corner.setMinimumHeight(self.menuBar().sizeHint().height())
        self._corner.adjustSize()

    # Doing

    def undo(self) -> None:
        """Take back the last step; what is being typed becomes a step of its own first."""
        self._scoring.settle()
        self.desk.undo_stack.undo()

    def redo(self) -> None:
        """Do the last step again."""
        self.desk.undo_stack.redo()

    def show_keys(self) -> None:
        """Show the keys."""
        KeysHelp(self).show()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the keys in the score."""
        super().showEvent(event)
        if self.step == _SCORE:
            self.score.go_to_score()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out whose laptop it is where there is little room."""
        super().resizeEvent(event)
        self._where.setVisible(self.width() >= theme.current().px(1000))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave only by handing back or by closing the file; nothing typed is lost either way."""
        self._scoring.settle()
        if self.desk.lender is None:
            self.score.leave()
            event.accept()
            return
        dialog = HandBack(SeatsViewModel(self.desk), self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            event.ignore()
            return
        self.score.leave()
        event.accept()
        (self.file_closing if dialog.closes_file else self.handed_back).emit()
