"""The menus of the window of one tender."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from tendereval.domain.stages import Stage
from tendereval.services.copying import save_copy
from tendereval.ui.appearance import Appearance
from tendereval.ui.dialogs.import_workbook import ImportWorkbook
from tendereval.ui.dialogs.stage_step import EarlierStage, NextStage
from tendereval.ui.main_window import MainWindow
from tendereval.ui.menus import Menus
from tendereval.viewmodels.panel_pages import PanelPage
from tendereval.viewmodels.stage_step import StageStepViewModel
from tendereval.viewmodels.workbook_import import WorkbookImportViewModel

if TYPE_CHECKING:
    from tendereval.ui.evaluator_window import EvaluatorWindow


class TenderMenus(QObject):
    """Fills the menus of a tender's window and does what they say."""

    def __init__(self, window: MainWindow, appearance: Appearance) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self._appearance = appearance
        self.evaluator: EvaluatorWindow | None = None
        self.menus = Menus(window, lambda: window.place)
        self._add_file()
        self._add_edit()
        self.menus.add_view(appearance)
        self._add_go()
        self._add_tender()
        self.menus.add_help()
        self._desk.changed.connect(lambda _kinds: self._look())
        self._look()

    def _add_file(self) -> None:
        menu, add = self.menus.menu("File"), self.menus.add
        add(menu, "New tender…", lambda: self._window.wanted.emit("new"), "Ctrl+N")
        add(menu, "Open…", lambda: self._window.wanted.emit("open"), "Ctrl+O")
        add(menu, "Save a copy…", self._ask_copy, "Ctrl+Shift+S")
        menu.addSeparator()
        add(menu, "Close", lambda: self._window.wanted.emit("close"), "Ctrl+W")
        add(menu, "Quit", lambda: self._window.wanted.emit("quit"), "Ctrl+Q")

    def _add_edit(self) -> None:
        menu, stack = self.menus.menu("Edit"), self._desk.undo_stack
        undo = self.menus.add(menu, "Undo", self.undo, "Ctrl+Z")
        redo = self.menus.add(menu, "Redo", stack.redo, "Ctrl+Shift+Z")
        stack.canUndoChanged.connect(undo.setEnabled)
        stack.canRedoChanged.connect(redo.setEnabled)
        stack.undoTextChanged.connect(
            lambda text: undo.setText(f"Undo: {text}" if text else "Undo")
        )
        stack.redoTextChanged.connect(
            lambda text: redo.setText(f"Redo: {text}" if text else "Redo")
        )
        undo.setEnabled(stack.canUndo())
        redo.setEnabled(stack.canRedo())
        menu.addSeparator()
        self.menus.add_clipboard(menu)

    def _add_go(self) -> None:
        menu = self.menus.menu("Go")
        for number, (name, title) in enumerate(self._window.titles.items(), start=1):
            self.menus.add(
                menu,
                title,
                lambda name=name: self._window.go_to(name),  # type: ignore[misc]  # bound early
                f"Ctrl+Shift+{number}" if number <= 9 else "",  # noqa: PLR2004 - keys of digits
            )
        menu.addSeparator()
        self.menus.add(menu, "Next pane", self._window.next_pane, "F6")
        self.menus.add(menu, "Find a command or a place…", self.menus.find, "Ctrl+K")

    def _add_tender(self) -> None:
        menu, add = self.menus.menu("Tender"), self.menus.add
        add(menu, "Import a workbook…", self._ask_workbook)
        menu.addSeparator()
        self._next = add(menu, "Go to the next stage…", self.go_on)
        self._back = add(menu, "Go back a stage…", self.go_back)
        menu.addSeparator()
        add(menu, "Make packs…", lambda: self._window.go_to("panel", PanelPage.PACKS))
        add(
            menu,
            "Collect returns…",
            lambda: self._window.go_to("panel", PanelPage.COLLECT),
            "Ctrl+Shift+R",
        )
        add(menu, "Names in answers…", lambda: self._window.go_to("panel", PanelPage.NAMES))
        add(menu, "Keys of the tender…", lambda: self._window.go_to("panel", PanelPage.KEYS))
        menu.addSeparator()
        add(menu, "Score on this laptop…", self.score_here)
        # The Moderation screen holds the keys; here they are only shown.
        promise = add(menu, "Make a commitment…", self._make_commitment, "Ctrl+Shift+E")
        promise.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def _look(self) -> None:
        stage = self._desk.now.stage
        self._next.setEnabled(stage.following is not None)
        self._back.setEnabled(stage is not Stage.SET_UP)

    def _make_commitment(self) -> None:
        """Begin a commitment where an answer is shown, else go where answers are read."""
        if self._window.place != "moderation":
            self._window.go_to("moderation")
            return
        make = getattr(self._window.screen_shown, "make_commitment", None)
        if callable(make):
            make()

    def undo(self) -> None:
        """Take back the last step; what is being typed becomes a step of its own first."""
        self._window.keep_typing()
        self._desk.undo_stack.undo()

    def _ask_copy(self) -> None:
        path = self._desk.session.file.path
        proposed = str(path.with_name(f"{path.stem}-copy{path.suffix}"))
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, "Save a copy", proposed, f"Tender files (*{path.suffix})"
        )
        if chosen:
            self.save_copy(Path(chosen))

    def save_copy(self, path: Path) -> None:
        """Write a copy of the whole file, what is being typed included."""
        self._window.keep_typing()
        session = self._desk.session
        self._window.jobs.run(
            "Saving a copy",
            lambda _progress: save_copy(session, path),
            lambda _path: self._window.messages.show_note(f"A copy was saved as {path}."),
            self._window.refuse,
        )

    def _ask_workbook(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, "Import a workbook", "", "Workbooks (*.xlsx)"
        )
        if chosen:
            self._show(self.import_dialog(Path(chosen)))

    def import_dialog(self, workbook: Path) -> ImportWorkbook:
        """Return the window that takes a workbook in."""
        self._window.keep_typing()
        view_model = WorkbookImportViewModel(self._desk, self)
        return ImportWorkbook(view_model, self._window.jobs, workbook, self._window)

    def go_on(self) -> None:
        """Ask for the next stage."""
        self._window.keep_typing()
        self._show(NextStage(StageStepViewModel(self._desk, self), self._window))

    def go_back(self) -> None:
        """Ask for an earlier stage."""
        self._window.keep_typing()
        self._show(EarlierStage(StageStepViewModel(self._desk, self), self._window))

    def _show(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()

    def score_here(self) -> None:
        """Let an evaluator sit down; the lead's window is out of sight meanwhile."""
        # Scoring brings the PDF library along: opening a file does not wait for it.
        from tendereval.ui import evaluator_window  # noqa: PLC0415
        from tendereval.ui.dialogs import choose_person  # noqa: PLC0415

        self._window.keep_typing()
        if not choose_person.choose_person(self._desk, self._window):
            return
        self.evaluator = evaluator_window.EvaluatorWindow(
            self._desk, self._window.jobs, self._appearance
        )
        self.evaluator.handed_back.connect(self._on_handed_back)
        self.evaluator.file_closing.connect(self._on_file_closing)
        self._window.stand_in = self.evaluator
        self.evaluator.show()
        self._window.hide()

    def _on_handed_back(self) -> None:
        self._window.show()
        self._let_go()

    def _on_file_closing(self) -> None:
        self._let_go()
        self._window.close()

    def _let_go(self) -> None:
        if self.evaluator is not None:
            self.evaluator.deleteLater()
            self.evaluator = self._window.stand_in = None
