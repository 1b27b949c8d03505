"""The window of one evaluator; nobody else's work and no price in it.

On a lent seat at the lead's laptop: Declare, Score, Finish. On the evaluator's own laptop:
Declare, Score, Return and, once agreed scores came, Confirm.
"""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.errors import UserFixable
from tendereval.ui import theme
from tendereval.ui.appearance import Appearance
from tendereval.ui.dialogs.choose_person import HandBack
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.dropping import dropped
from tendereval.ui.evaluator_menus import EvaluatorMenus
from tendereval.ui.jobs import JobRunner
from tendereval.ui.messages import MessageBar
from tendereval.ui.screens import confirm as confirm_screen
from tendereval.ui.screens import declare as declare_screen
from tendereval.ui.screens import finish as finish_screen
from tendereval.ui.screens import give_back as give_back_screen
from tendereval.ui.screens import score as score_screen
from tendereval.ui.widgets.basics import hairline, label
from tendereval.ui.widgets.short_label import ShortLabel
from tendereval.ui.widgets.step_line import StepLine
from tendereval.viewmodels import own_laptop
from tendereval.viewmodels.confirm import ConfirmViewModel
from tendereval.viewmodels.declare import DeclareViewModel
from tendereval.viewmodels.finish import FinishViewModel
from tendereval.viewmodels.give_back import GiveBackViewModel
from tendereval.viewmodels.score import ScoreViewModel
from tendereval.viewmodels.seats import SeatsViewModel
from tendereval.viewmodels.session_view_model import SessionViewModel

_DECLARE, _SCORE, _LAST, _CONFIRM = 0, 1, 2, 3
STEPS: Final = ("Declare", "Score", "Finish")
OWN_STEPS: Final = ("Declare", "Score", "Return", "Confirm")
_GUIDE: Final = {"Return": "give-back"}


class EvaluatorWindow(QMainWindow):
    """One evaluator's work, on the lead's laptop or on the evaluator's own.

    Args:
        desk: the open file: the lead's with the evaluator in the seat (``choose_person``), or
            the evaluator's own working file.
        jobs: runs what takes long.

    Signals:
        handed_back: the owner of the laptop sits here again; show the owner's window.
        file_closing: the evaluator closes the file; close the owner's window, which closes it.
        wanted: what only the app can do: ``open``, ``card``, ``close``, ``removed`` or ``quit``.
        file_dropped: the path of a file that was dropped here.
        closed: the evaluator's own file is closed and the window gone.
    """

    handed_back = Signal()
    file_closing = Signal()
    wanted = Signal(str)
    file_dropped = Signal(object)
    closed = Signal()

    def __init__(
        self, desk: SessionViewModel, jobs: JobRunner, appearance: Appearance | None = None
    ) -> None:
        super().__init__()
        self.desk, self.jobs = desk, jobs
        self.stand_in: QMainWindow | None = None
        self._pack = own_laptop.newest(desk)
        self.is_own = self._pack is not None
        self._declaring = DeclareViewModel(desk, self)
        self._scoring = ScoreViewModel(desk, self)
        self._finishing = FinishViewModel(desk, self)
        self._make_screens()
        self.steps = StepLine(self._names)
        self.steps.set_shown(self._shown_steps())
        self.messages = MessageBar()
        self.stack = QStackedWidget()
        self._corner = QLabel()
        self._title = ShortLabel("strong")
        self._build()
        self.menus = EvaluatorMenus(self, appearance)
        self._connect()
        self.resize(1280, 800)
        self.refresh()
        self.go_to(self._first_step())

    def _make_screens(self) -> None:
        self.declare = declare_screen.make(self._declaring, self.jobs)
        self.score = score_screen.make(self._scoring, self.jobs)
        self._last: finish_screen.FinishScreen | give_back_screen.GiveBackScreen
        self._confirm: confirm_screen.ConfirmScreen | None = None
        if not self.is_own:
            self._names: tuple[str, ...] = STEPS
            self._last = finish_screen.make(self._finishing, self.jobs)
            return
        # The desk is their parent: a view-model further down that holds it may be collected.
        giving = GiveBackViewModel(self.desk, self.desk)
        self._last = give_back_screen.make(giving, self.jobs)
        confirming = ConfirmViewModel(self.desk, self.desk)
        self._names = OWN_STEPS if confirming.has_record else OWN_STEPS[:_CONFIRM]
        if confirming.has_record:
            self._confirm = confirm_screen.make(confirming, self.jobs)

    @property
    def finish(self) -> finish_screen.FinishScreen:
        """The last step on a lent seat."""
        if not isinstance(self._last, finish_screen.FinishScreen):
            raise TypeError("the evaluator's own laptop has a step Return instead")
        return self._last

    @property
    def give_back(self) -> give_back_screen.GiveBackScreen:
        """The step Return on the evaluator's own laptop."""
        if not isinstance(self._last, give_back_screen.GiveBackScreen):
            raise TypeError("a lent seat has a step Finish instead")
        return self._last

    @property
    def confirm(self) -> confirm_screen.ConfirmScreen:
        """The step Confirm, once a record was opened."""
        if self._confirm is None:
            raise LookupError("no agreed scores came yet")
        return self._confirm

    @property
    def _screens(self) -> tuple[QWidget, ...]:
        found: tuple[QWidget, ...] = (self.declare, self.score, self._last)
        return found if self._confirm is None else (*found, self._confirm)

    def _shown_steps(self) -> tuple[bool, ...]:
        """Leave out what a record of agreed scores alone does not ask for."""
        asked = not self.is_own or self._declaring.is_asked
        return (asked, asked, asked, True)[: len(self._names)]

    def _first_step(self) -> int:
        asked = self._declaring.is_asked or not self.is_own
        if self._confirm is not None and (self._confirm.is_awaited or not asked):
            return _CONFIRM
        return _SCORE if self._declaring.may_go_on else _DECLARE

    def _build(self) -> None:
        self._bar = QWidget()
        self._bar.setProperty("role", "ground")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(17, 0, 24, 0)
        row.setSpacing(28)
        # A long title gives way to the steps.
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
        for screen in self._screens:
            self.stack.addWidget(screen)
        self.setCentralWidget(whole)
        self._corner.setProperty("role", "small")
        self._corner.setContentsMargins(0, 0, 12, 0)
        self.menuBar().setNativeMenuBar(False)
        self.menuBar().setCornerWidget(self._corner)
        self.setAcceptDrops(self.is_own)

    def _connect(self) -> None:
        self.steps.chosen.connect(self.go_to)
        self.declare.go_on_wanted.connect(lambda: self.go_to(_SCORE))
        self.declare.return_wanted.connect(lambda: self.go_to(_LAST))
        self.score.finished.connect(self._on_scored)
        self._last.place_wanted.connect(self._on_place_wanted)
        if isinstance(self._last, finish_screen.FinishScreen):
            self._last.hand_back_wanted.connect(self.close)
        else:
            self._last.declaration_wanted.connect(lambda: self.go_to(_DECLARE))
            self._last.removed.connect(lambda: self.wanted.emit("removed"))
        if self._confirm is not None:
            self._confirm.removed.connect(lambda: self.wanted.emit("removed"))
        self.desk.changed.connect(self._on_changed)
        self.desk.refused.connect(self._on_refused)
        self.desk.saved.connect(self._on_saved)
        theme.changed().connect(self.refresh)

    @property
    def step_names(self) -> tuple[str, ...]:
        """The steps in order."""
        return self._names

    @property
    def guide_page(self) -> str:
        """The name of the guide's page for the step that is shown."""
        name = self._names[self.step]
        return _GUIDE.get(name, name.lower())

    # Showing

    def refresh(self) -> None:
        """Show title, steps and who sits here."""
        now = self.desk.now
        self._title.setText(now.details.title or "Untitled tender")
        self._where.setText(self._where_words())
        declared, done = self._declaring.may_go_on, self._finishing.is_done
        may_end = declared or (self.is_own and self._declaring.declaration is not None)
        confirmed = self._confirm is not None and not self._confirm.is_awaited
        returned = isinstance(self._last, give_back_screen.GiveBackScreen) and self._last.is_done
        self.steps.set_open((True, declared, may_end, True)[: len(self._names)])
        self.steps.set_done((declared, done, returned, confirmed)[: len(self._names)])
        self._bar.setFixedHeight(theme.current().height("step_bar"))
        self._say_corner("")

    def _where_words(self) -> str:
        pack = self._pack
        if pack is None:
            return f"On the laptop of {self._finishing.lead}"
        if pack.return_by is None:
            return f"For {pack.lead}"
        return f"Return by {own_laptop.day(pack.return_by)}"

    def go_to(self, step: int) -> None:
        """Show a step; those that need a settled declaration only once there is one."""
        if not self.steps.isTabEnabled(step):
            step = _DECLARE
        if step != _SCORE:
            self._scoring.settle()
        self.stack.setCurrentIndex(step)
        self.steps.show_current(step)
        self.messages.clear()
        calm = self._scoring.is_community and step == _SCORE
        self._bar.setVisible(not calm)
        self.menus.set_scoring(on=step == _SCORE)
        title = self.desk.now.details.title or "tendereval"
        self.setWindowTitle(f"{self._names[step]} – {title}")
        self._take_focus()

    def _take_focus(self) -> None:
        """Put the keys where the work of the step is."""
        match self.step:
            case 0:
                self.declare.take_focus()
            case 1:
                self.score.go_to_score()
            case 2:
                self._last.take_focus()
            case _:
                self.confirm.take_focus()

    @property
    def step(self) -> int:
        """The step that is shown."""
        return self.stack.currentIndex()

    def _on_scored(self) -> None:
        self.go_to(_LAST)
        # The screen of scores puts the keys back into a score after its last word.
        QTimer.singleShot(0, self, self._take_focus)

    def _on_place_wanted(self, place: object) -> None:
        self.go_to(_SCORE)
        self.score.show_item(place)

    def _on_changed(self, _kinds: object) -> None:
        self.refresh()
        if not self.steps.isTabEnabled(self.step):
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
        # The bar does not ask its corner for its size by itself.
        self._corner.setFixedHeight(theme.current().height("menu"))
        self.menuBar().setCornerWidget(self._corner)
        self._corner.show()

    # Doing

    def undo(self) -> None:
        """Take back the last step; what is being typed becomes a step of its own first."""
        self._scoring.settle()
        self.desk.undo_stack.undo()

    def redo(self) -> None:
        """Do the last step again."""
        self.desk.undo_stack.redo()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the keys where the work is."""
        super().showEvent(event)
        self._take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out whose laptop it is where there is little room."""
        super().resizeEvent(event)
        self._where.setVisible(self.width() >= theme.current().px(1000))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one local file."""
        if len(dropped(event)) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Let the app open the file that was dropped."""
        event.acceptProposedAction()
        self.file_dropped.emit(dropped(event)[0])

    # Leaving

    def keep_typing(self) -> bool:
        """Keep what is being typed, and say whether all of it could be."""
        refusals: list[object] = []
        self.desk.refused.connect(refusals.append)
        self._scoring.settle()
        for screen in (self._last, self._confirm):
            leave = getattr(screen, "leave", None)
            if callable(leave):
                leave()
        self.desk.refused.disconnect(refusals.append)
        return not refusals

    def let_go(self) -> None:
        """Go, and leave the file open for another window."""
        self.score.leave()
        self.desk.let_go()
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave only by handing back or by closing the file; nothing typed is lost either way."""
        if self.is_own:
            self._close_own(event)
            return
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

    def _close_own(self, event: QCloseEvent) -> None:
        if self.desk.is_open:
            if not self.keep_typing() and not may_lose_typing(self):
                event.ignore()
                return
            self.score.leave()
            self.jobs.end(5000)
            self.desk.close()
        event.accept()
        self.closed.emit()


def may_lose_typing(parent: QWidget) -> bool:
    """Ask whether to close although typed text could not be saved."""
    question = Confirm(
        "Close the file",
        "The text you are typing could not be saved.",
        "The message at the top of the window says why. Everything saved before is kept.",
        verb="Close and lose this text",
        safe="Stay",
        parent=parent,
    )
    return question.exec() == Confirm.DialogCode.Accepted
