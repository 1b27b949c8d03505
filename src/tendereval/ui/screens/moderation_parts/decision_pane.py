"""The right pane: what the panel agrees, and at its foot who confirms it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tendereval.ui.screens.moderation_parts.confirming import Confirming
from tendereval.ui.screens.moderation_parts.decision_fields import DecisionFields
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.viewmodels.moderation import ModerationViewModel


class DecisionPane(QWidget):
    """Fields that scroll over a foot that stays."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.fields = DecisionFields(view_model)
        self.confirming = Confirming(view_model)
        self.standing = label(role="muted", wrap=True)
        self.record = button("Record   Ctrl+Enter", self.on_record, "primary")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.fields)
        self._build()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _build(self) -> None:
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 10, 24, 14)
        foot.setSpacing(10)
        foot.addWidget(self.confirming)
        row = QHBoxLayout()
        row.addWidget(self.standing, 1)
        row.addWidget(self.record)
        foot.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(hairline())
        column.addLayout(foot)

    def refresh(self, *, another: bool) -> None:
        """Show the response that the view-model has, from its top where it is another one."""
        self.fields.refresh()
        if another:
            self._scroll.verticalScrollBar().setValue(0)
        self.refresh_draft()

    def refresh_draft(self) -> None:
        """Show what is being agreed and where it stands."""
        entry = self._view_model.entry
        self.fields.refresh_draft()
        self.confirming.refresh()
        self.standing.setText(entry.standing)
        self.standing.setAccessibleName(entry.standing)
        on = self._view_model.may_go_on
        words = (
            "Next open response" if on else "Record the change" if entry.needs_reason else "Record"
        )
        self.record.setText(f"{words}   Ctrl+Enter")
        self.record.setAccessibleName(words)
        self.record.setVisible(entry.may_agree)
        self.record.setEnabled(entry.may_record or on)

    def on_record(self) -> None:
        """Record what was agreed; the keys go on to who confirms it, then to the next response."""
        if self._view_model.entry.may_record:
            if self._view_model.record() and not self.confirming.take_focus():
                self.record.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._view_model.go_to_next_open():
            self.take_focus()

    def stops(self) -> tuple[QWidget, ...]:
        """Return what takes the keys, in order."""
        return (*self.fields.stops(), self.record, *self.confirming.stops())

    def take_focus(self) -> None:
        """Put the keys on the bands, or where the response stands."""
        self.fields.bands.take_focus()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.fields.isAncestorOf(new):
            QTimer.singleShot(0, self, lambda: self._bring(new))

    def _bring(self, widget: QWidget) -> None:
        if self.fields.isAncestorOf(widget):
            self._scroll.ensureWidgetVisible(widget, 0, 24)
