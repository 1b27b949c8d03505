"""The Moderation screen: before it opens, the agenda, one response, the projector."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from tendereval.domain.bidding import Place
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.moderation_parts.agenda_page import AgendaPage
from tendereval.ui.screens.moderation_parts.before import BeforePage
from tendereval.ui.screens.moderation_parts.projector import Projector
from tendereval.ui.screens.moderation_parts.response_page import ResponsePage
from tendereval.viewmodels.moderation import ModerationViewModel


class ModerationScreen(QStackedWidget):
    """Shows what a ModerationViewModel says.

    Signals:
        room_wanted: ``part`` (beside the side bar), ``whole`` (the window) or ``screen``.
    """

    room_wanted = Signal(str)

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self.view_model = view_model
        self.before = BeforePage(view_model)
        self.agenda = AgendaPage(view_model)
        self.response = ResponsePage(view_model, self.show_agenda, self.toggle_projector)
        self.projector = Projector(view_model, self.toggle_projector)
        for page in (self.before, self.agenda, self.response, self.projector):
            self.addWidget(page)
        self._make_shortcuts()
        view_model.agenda_changed.connect(self._on_agenda_changed)
        view_model.page_changed.connect(self._on_page_changed)
        view_model.opened.connect(self.show_response)
        view_model.entry.draft_changed.connect(self._on_draft_changed)
        view_model.entry.hints_changed.connect(self.response.decision.fields.refresh_hints)
        self._on_agenda_changed()

    def _make_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+Up", lambda: self._move(-1)),
            ("Ctrl+Down", lambda: self._move(1)),
            ("Ctrl+Return", self._on_record),
            ("Ctrl+Enter", self._on_record),
            ("Ctrl+R", self._on_copy),
            ("Ctrl+Shift+E", self.make_commitment),
            ("Ctrl+B", self.view_model.entry.take_same_as_before),
            ("Ctrl+L", self.show_agenda),
            ("Escape", self._on_escape),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # Which page

    def _go(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self._ask_for_room()

    def _ask_for_room(self) -> None:
        shown = self.currentWidget()
        room = "part"
        if shown is self.response:
            room = "whole"
        elif shown is self.projector:
            room = "screen"
        if self.isVisible():
            self.room_wanted.emit(room)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what may have changed meanwhile and ask for room."""
        super().showEvent(event)
        self._on_agenda_changed()
        self._ask_for_room()

    def show_agenda(self) -> None:
        """Go back to the list; what was typed is kept."""
        self.view_model.entry.keep()
        if self.view_model.is_open:
            self.agenda.refresh()
            self._go(self.agenda)
            self.agenda.take_focus()

    def show_response(self) -> None:
        """Show the response that the view-model has."""
        if self.view_model.page is None:
            return
        self.response.refresh()
        self._go(self.response)
        self.response.show_pane(2)

    def toggle_projector(self) -> None:
        """Show the response large on the whole screen, or go back to the desk."""
        if self.currentWidget() is self.projector:
            self.show_response()
        elif self.currentWidget() is self.response:
            self.projector.refresh()
            self._go(self.projector)
            self.projector.take_focus()

    def show_item(self, what: object) -> None:
        """Go to one response."""
        if isinstance(what, Place) and self.view_model.is_open:
            self.agenda.go_to(what)

    def leave(self) -> None:
        """Keep what is being typed."""
        self.view_model.entry.keep()
        self.view_model.beside.keep()

    # What changed

    def _on_agenda_changed(self) -> None:
        if not self.isVisible() and self.currentWidget() is not self.before:
            return
        if not self.view_model.is_open:
            self.before.refresh()
            self._go(self.before)
        elif self.currentWidget() is self.before or self.view_model.page is None:
            self.agenda.refresh()
            self._go(self.agenda)
        elif self.currentWidget() is self.agenda:
            self.agenda.refresh()

    def _on_page_changed(self) -> None:
        if self.view_model.page is None:
            self._on_agenda_changed()
        elif self.currentWidget() is self.projector:
            self.projector.refresh()
        elif self.currentWidget() is self.response:
            self.response.refresh()

    def _on_draft_changed(self) -> None:
        if self.currentWidget() is self.projector:
            self.projector.refresh_draft()
        elif self.currentWidget() is self.response:
            self.response.refresh_draft()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Take the keys for which the window has another use elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and self._on_a_response and event.key() in self._own_keys:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next pane, or turn to the projector and back."""
        if self._on_a_response and event.key() in self._own_keys:
            self._own_keys[event.key()]()
            return
        super().keyPressEvent(event)

    @property
    def _own_keys(self) -> Mapping[int, Callable[[], None]]:
        return {Qt.Key.Key_F6: self._on_next_pane, Qt.Key.Key_F11: self.toggle_projector}

    @property
    def _on_a_response(self) -> bool:
        return self.currentWidget() in {self.response, self.projector}

    def _move(self, by: int) -> None:
        if self._on_a_response and self.view_model.move(by):
            if self.currentWidget() is self.response:
                self.response.show_pane(2)
            else:
                self.projector.take_focus()

    def _on_record(self) -> None:
        """Record; where nothing is left to record here, go to the next open response."""
        if self.currentWidget() is self.response and self.response.save_commitment():
            return
        if self._on_a_response:
            self.response.decision.on_record()

    def make_commitment(self) -> None:
        """Begin a commitment from the selected words of the answer."""
        if self.currentWidget() is self.response:
            self.response.make_commitment()

    def _on_copy(self) -> None:
        if self.currentWidget() is self.response:
            self.response.copy_sentence()

    def _on_next_pane(self) -> None:
        if self.currentWidget() is self.response:
            self.response.next_pane()

    def _on_escape(self) -> None:
        if self.currentWidget() is self.projector:
            self.toggle_projector()
        elif self.response.commitments.has_keys:
            self.response.close_commitments()


def make(view_model: ModerationViewModel, _jobs: JobRunner) -> ModerationScreen:
    """Return the screen of the place ``moderation``."""
    return ModerationScreen(view_model)
