"""Set-up, part Who scores what: a grid of ticks, question by evaluator."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.parts.form import FieldBox
from tendereval.ui.widgets.basics import button, empty_state, label
from tendereval.ui.widgets.table import Table
from tendereval.ui.widgets.ticks import TickDelegate
from tendereval.viewmodels.form_fields import FormField
from tendereval.viewmodels.setup import SetupViewModel
from tendereval.viewmodels.who_scores_model import ASKED, FIRST_PERSON, QUESTION, WhoScoresModel

_PERSON = (76, 200)
_LEAST_ROWS = 4


class Grid(Table):
    """Ticks that Space, Enter or a click change."""

    def __init__(self, model: WhoScoresModel) -> None:
        super().__init__("Who scores what")
        self._grid = model
        self.setModel(model)
        self.setItemDelegate(TickDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self._on_clicked)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # A name of several lines would be cut as if it stood on one.
        header.setTextElideMode(Qt.TextElideMode.ElideNone)
        model.modelReset.connect(self.fit)
        theme.changed().connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take widths from the theme."""
        look = theme.current()
        # At large text the people need their room too.
        least, most = look.px(160), look.px(340)
        self.setColumnWidth(QUESTION, max(least, min(most, self.width() * 2 // 5)))
        self.setColumnWidth(ASKED, look.px(64))
        for column in range(FIRST_PERSON, self._grid.columnCount()):
            self.setColumnWidth(column, self._wide_enough(column))
        self.horizontalHeader().setFixedHeight(look.px(66))
        self.setMinimumHeight(look.px(66) + _LEAST_ROWS * look.height("row_table"))

    def _wide_enough(self, column: int) -> int:
        """Return a width in which each line of a head can be read."""
        look = theme.current()
        head = self._grid.headerData(column, Qt.Orientation.Horizontal)
        lines = str(head).split("\n")
        widest = max(QFontMetrics(look.font("small")).horizontalAdvance(line) for line in lines)
        return max(look.px(_PERSON[0]), min(widest + look.px(16), look.px(_PERSON[1])))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the window."""
        super().resizeEvent(event)
        self.fit()

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() >= FIRST_PERSON and self._grid.can_change:
            self._grid.toggle(index.row(), index.column() - FIRST_PERSON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the current tick on Space or Enter."""
        keys = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() in keys and self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)


class WhoScoresPart(QWidget):
    """The grid, one sentence over it, and the reason once scoring has begun."""

    def __init__(self, setup: SetupViewModel) -> None:
        super().__init__()
        self._setup = setup
        self.model = WhoScoresModel(setup, self)
        self.grid = Grid(self.model)
        self._say = label(role="section", wrap=True)
        self.reason = FieldBox(
            FormField(
                "reason",
                "Reason for the change",
                str,
                lambda _old, new: new,
                hint="Scoring has begun, so a change is recorded with its reason and printed.",
            )
        )
        self.reason.left.connect(self._on_reason)
        self._empty = empty_state(
            "Nobody is on the panel yet",
            "People are added under Panel. Each of them then has a column here, and each question "
            "a row.",
            ("Go to Panel", lambda: setup.desk.place_wanted.emit("panel", None)),
        )
        self._lay_out()
        setup.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 16, 8)
        column.setSpacing(8)
        column.addWidget(self._say)
        column.addWidget(self.reason)
        column.addWidget(self.grid, 1)
        self._commands = QWidget()
        row = QHBoxLayout(self._commands)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label("The chosen person scores:", "muted"))
        row.addWidget(button("Every scored question", lambda: self._all(yes=True), "link"))
        row.addWidget(button("Nothing", lambda: self._all(yes=False), "link"))
        row.addStretch(1)
        self._here = label(role="small", wrap=True)
        self.grid.selectionModel().currentChanged.connect(self._say_here)
        column.addWidget(self._here)
        column.addWidget(self._commands)
        column.addWidget(self._empty, 1)

    def refresh(self) -> None:
        """Show what the file holds."""
        has_panel = bool(self.model.people) and bool(self.model.rows)
        self._say.setText(self.model.sentence if self.model.rows else "No question yet")
        self._say.setVisible(has_panel)
        self.grid.setVisible(has_panel)
        self._commands.setVisible(has_panel and self.model.can_change)
        self._empty.setVisible(not self.model.people)
        self._say_here(self.grid.currentIndex())
        self.reason.setVisible(has_panel and self.model.can_change and self.model.needs_reason)

    def _say_here(self, index: QModelIndex) -> None:
        """Say the current cell in full: names in the grid are cut."""
        self._here.setText(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))

    def _on_reason(self, text: str) -> None:
        self.model.reason = text.strip()

    def _all(self, *, yes: bool) -> None:
        column = self.grid.currentIndex().column()
        if column >= FIRST_PERSON:
            self.model.ask_for_all(column - FIRST_PERSON, yes=yes)
