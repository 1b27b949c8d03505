"""The line under an answer that leads to its commitments."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, hairline
from tendereval.viewmodels.commitments_beside import CommitmentsBeside


class CommitmentLink(QWidget):
    """Says how many commitments an answer makes; hidden where there is nothing to say or do.

    Args:
        view_model: of the answer that is shown.
        is_row: whether it is a row of its own with a line above it.
        is_shown: whether this page offers it at all.

    Signals:
        wanted: the commitments are to be shown.
    """

    wanted = Signal()

    def __init__(
        self, view_model: CommitmentsBeside, *, is_row: bool = True, is_shown: bool = True
    ) -> None:
        super().__init__()
        self._view, self._is_row, self._is_shown = view_model, is_row, is_shown
        self.open = button("", self.wanted.emit, "link")
        self.open.setProperty("flush", "true")
        # The answer above it decides how narrow the pane may be.
        self.open.setMinimumWidth(1)
        self._row = QHBoxLayout()
        self._row.addWidget(self.open)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if is_row:
            column.addWidget(hairline())
        column.addLayout(self._row)
        view_model.changed.connect(self.refresh)
        view_model.form_changed.connect(self.refresh)
        theme.changed().connect(self._follow_theme)
        self._follow_theme()
        # Without a place in the window it would be a window of its own.
        self.hide()

    def _follow_theme(self) -> None:
        look = theme.current()
        if not self._is_row:
            self._row.setContentsMargins(0, 0, 0, 0)
            return
        self._row.setContentsMargins(look.px(56), look.px(2), look.px(24), look.px(2))

    def refresh(self) -> None:
        """Say where things stand."""
        view = self._view
        said = view.sentence
        if view.form is not None:
            said = f"{said}, one is being written" if said else "A commitment is being written"
        elif not said:
            said = "Make a commitment from selected words…   Ctrl+Shift+E"
        self.open.setText(said if said.endswith("E") else f"{said}  ›")
        self.setVisible(self._is_shown and view.is_offered)
