"""Before moderation: what is still missing, and the way to open it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from tendereval.ui.widgets.basics import Head, Page, button, field, label
from tendereval.viewmodels.moderation import ModerationViewModel

_MOST = 12


class BeforePage(Page):
    """What stands where the agenda will be."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.head = Head()
        self._missing = QWidget()
        self._lines = QVBoxLayout(self._missing)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self.open = button("Open moderation", self._on_open, "primary")
        self._reason_box, self.reason = field(
            "Why moderation opens without these scores", QPlainTextEdit()
        )
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        self._reason_box.setMaximumWidth(640)
        self.open_anyway = button("Open without them", self._on_open_anyway)
        self._waits = label("The reason is kept in the record and printed.", "small", wrap=True)
        for widget in (self.head, self._missing):
            self.column.addWidget(widget)
        self.column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._reason_box)
        self.column.addWidget(self._waits)
        self.column.addWidget(self.open_anyway, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.reason.textChanged.connect(self._look)

    def refresh(self) -> None:
        """Show what is missing now."""
        view = self._view_model
        ready = view.may_open and not view.missing
        self.head.say(*self._words(ready=ready))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        points = view.missing if view.may_open else ()
        for point in points[:_MOST]:
            self._lines.addWidget(label(f"–  {point}", wrap=True))
        if len(points) > _MOST:
            self._lines.addWidget(label(f"–  and {len(points) - _MOST} more", "muted"))
        self.open.setVisible(view.may_open)
        self.open.setEnabled(ready)
        for widget in (self._reason_box, self._waits, self.open_anyway):
            widget.setVisible(bool(points))
        self._look()

    def _words(self, *, ready: bool) -> tuple[str, str]:
        if ready:
            return (
                "Every score is in; moderation can open",
                (
                    "Individual scores lock when it opens. The panel then sees them side by side, "
                    "one response at a time, and agrees one score for each."
                ),
            )
        if self._view_model.may_open:
            return (
                "Moderation waits for scores",
                "The panel sees individual scores side by side once everybody has scored alone.",
            )
        return (
            "Moderation follows individual scoring",
            (
                "Here the panel will agree one score for each response, with the answer and every "
                "evaluator’s score and rationale side by side."
            ),
        )

    def _look(self) -> None:
        self.open_anyway.setEnabled(bool(self.reason.toPlainText().strip()))

    def _on_open(self) -> None:
        self._view_model.open_moderation()

    def _on_open_anyway(self) -> None:
        self._view_model.open_moderation(self.reason.toPlainText())
