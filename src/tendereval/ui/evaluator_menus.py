"""The menus of the evaluator's window: what is done where, with its keys."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from tendereval.ui.appearance import Appearance
from tendereval.ui.menus import Menus
from tendereval.ui.widgets.keys_help import KeysHelp
from tendereval.viewmodels.score_queue import Order

if TYPE_CHECKING:
    from tendereval.ui.evaluator_window import EvaluatorWindow


class EvaluatorMenus(QObject):
    """Fills the menus of an evaluator's window and does what they say."""

    def __init__(self, window: "EvaluatorWindow", appearance: Appearance | None) -> None:
        super().__init__(window)
        self._window = window
        self._scoring: list[QAction] = []
        self._menus = Menus(window, lambda: window.guide_page)
        self._add_file()
        self._add_edit()
        self._add_go()
        if appearance is not None:
            self._menus.add_view(appearance)
        self._add_score()
        self._menus.add_help()

    def _add_file(self) -> None:
        window, file = self._window, self._menus.menu("File")
        if not window.is_own:
            self._add(file, "Hand back to the lead…", window.close, "Ctrl+W")
            return
        self._add(file, "Open…", partial(window.wanted.emit, "open"), "Ctrl+O")
        self._add(file, "My contact card…", partial(window.wanted.emit, "card"))
        file.addSeparator()
        self._add(file, "Close", partial(window.wanted.emit, "close"), "Ctrl+W")
        self._add(file, "Quit", partial(window.wanted.emit, "quit"), "Ctrl+Q")

    def _add_edit(self) -> None:
        window, edit = self._window, self._menus.menu("Edit")
        stack = window.desk.undo_stack
        undo = self._add(edit, "Undo", window.undo, "Ctrl+Z")
        redo = self._add(edit, "Redo", window.redo, "Ctrl+Shift+Z")
        undo.setEnabled(False)
        redo.setEnabled(False)
        stack.canUndoChanged.connect(undo.setEnabled)
        stack.canRedoChanged.connect(redo.setEnabled)

    def _add_go(self) -> None:
        go = self._menus.menu("Go")
        for number, name in enumerate(self._window.step_names):
            self._add(go, name, partial(self._window.go_to, number))
        self._add(go, "Find a command…", self._menus.find, "Ctrl+K")

    def _add_score(self) -> None:
        menu, screen = self._menus.menu("Score"), self._window.score
        commands: tuple[tuple[str, Callable[[], object], str], ...] = (
            ("Save and go to the next unscored", screen.finish_and_go_on, "Ctrl+Return"),
            ("Previous answer", partial(screen.step, -1), "Ctrl+Up"),
            ("Next answer", partial(screen.step, 1), "Ctrl+Down"),
            ("List of answers", screen.open_list, "Ctrl+L"),
            ("Read by bidder", partial(screen.read_by, Order.BY_BIDDER), "Ctrl+1"),
            ("Read by question", partial(screen.read_by, Order.BY_QUESTION), "Ctrl+2"),
            ("Cite the selected words", screen.cite, "Ctrl+E"),
            ("Make a commitment…", screen.make_commitment, "Ctrl+Shift+E"),
            ("Find in the answer", screen.find_words, "Ctrl+F"),
            ("Next pane", screen.next_pane, "F6"),
            ("Cannot score this…", screen.say_cannot, ""),
        )
        self._scoring = [self._add(menu, *command) for command in commands]
        self._add(menu, "Keys of this window", self.show_keys)

    def _add(self, menu: QMenu, text: str, on: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(text, self._window)
        if keys:
            # Enter of the number pad is a key of its own.
            action.setShortcuts(
                [QKeySequence(keys)]
                + ([QKeySequence("Ctrl+Enter")] if keys == "Ctrl+Return" else [])
            )
        action.triggered.connect(lambda _checked=False: on())
        menu.addAction(action)
        return action

    def set_scoring(self, *, on: bool) -> None:
        """Let the keys of scoring act, or not."""
        for action in self._scoring:
            action.setEnabled(on)

    def show_keys(self) -> None:
        """Show the keys."""
        KeysHelp(self._window).show()
