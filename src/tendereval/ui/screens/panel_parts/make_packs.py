"""Making packs: who gets one, how each is sealed, when scores are wanted back, then the files."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.errors import UserFixable
from tendereval.domain.packs import PackKind
from tendereval.ui import theme
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.panel_parts.flow_page import FlowPage, row_of
from tendereval.ui.screens.panel_parts.packs_made import MadePart
from tendereval.ui.screens.panel_parts.sealing import SealingPart
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.choices import Tick
from tendereval.ui.widgets.fitted_table import FittedTable
from tendereval.ui.widgets.segments import Segments
from tendereval.ui.widgets.ticks import TickDelegate
from tendereval.viewmodels.panel_candidates import TICK
from tendereval.viewmodels.panel_packs import MakingPacks

_WIDTHS, _ROWS_SHOWN, _SIDE_BY_SIDE = (40, 280, 0, 160), 6, 760


class PeopleTable(FittedTable):
    """Who may get a pack; Space ticks the person of the row."""

    def __init__(self, view_model: MakingPacks) -> None:
        self._people = view_model.people
        super().__init__("Who gets a pack", self._people, _WIDTHS, least=200, rows=_ROWS_SHOWN)
        self.setItemDelegateForColumn(TICK, TickDelegate(self))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == TICK:
            self._people.toggle(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick on Space."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._people.toggle(self.currentIndex().row())
            event.accept()
            return
        super().keyPressEvent(event)


class MakePacksPage(FlowPage):
    """One round of packs.

    Attributes:
        pick_folder: asks for a folder and returns its path; empty for none.
    """

    def __init__(self, view_model: MakingPacks, jobs: JobRunner) -> None:
        super().__init__(jobs, view_model.unlock)
        self._view_model = view_model
        self.pick_folder: Callable[[], str] = self._ask_folder
        self.table = PeopleTable(view_model)
        self.sealing = SealingPart(view_model)
        self.kinds = Segments("What to send", ("To score", "To confirm"))
        self.made = MadePart(view_model)
        self._pages = QStackedWidget()
        self._choosing = QWidget()
        self._build()
        self.kinds.chosen.connect(self._on_kind)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        view_model.changed.connect(self.refresh)
        view_model.made_changed.connect(self._on_made)
        view_model.refused_here.connect(self.refuse)
        theme.changed().connect(self._arrange)
        self.return_by.textChanged.connect(lambda _text: self.refresh())

    def _build(self) -> None:
        column = QVBoxLayout(self._choosing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.table)
        self._halves = QGridLayout()
        self._halves.setHorizontalSpacing(32)
        self._halves.setVerticalSpacing(16)
        self._common_box = self._common()
        self._arrange()
        column.addLayout(self._halves)
        self.make = button("Make packs…", self.on_make, "primary")
        self._waits = label(role="small", wrap=True)
        row = row_of(self.make)
        row.insertWidget(1, self._waits, 1)
        column.addLayout(row)
        column.addStretch(1)
        self._pages.addWidget(self._choosing)
        self._pages.addWidget(self.made)
        self.body.addWidget(self._pages, 1)

    def _arrange(self) -> None:
        """Put what is in every pack beside the sealing, or under it where there is no room."""
        beside = self.width() >= theme.current().px(_SIDE_BY_SIDE)
        for part in (self.sealing, self._common_box):
            self._halves.removeWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        self._halves.addWidget(self.sealing, 0, 0, top)
        self._halves.addWidget(self._common_box, int(not beside), int(beside), top)
        self._halves.setColumnStretch(0, 3)
        self._halves.setColumnStretch(1, 2 if beside else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the two halves anew."""
        super().resizeEvent(event)
        self._arrange()

    def _common(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("In every pack", "section"))
        by, self.return_by = field(
            "Wanted back by", QLineEdit(), "A day, such as 27 November 2026.", optional=True
        )
        column.addWidget(by)
        self.part = Tick("A part return is taken too")
        column.addWidget(self.part)
        words, self.message = field("A few words to everybody", QPlainTextEdit(), optional=True)
        self.message.setTabChangesFocus(True)
        self.message.setFixedHeight(theme.current().px(72))
        column.addWidget(words)
        return box

    def start(self, kind: PackKind | None = None) -> None:
        """Begin a round."""
        self.clear_problem()
        self._view_model.start(kind)
        if self._view_model.people.rows:
            self.table.selectRow(0)
        self.table.setFocus()

    def take_cards(self, paths: Sequence[Path]) -> None:
        """Seal to these contact cards, each for the person whose e-mail or name it bears."""
        rows = [row for path in paths if (row := self._view_model.take_card(path)) is not None]
        if rows:
            self.table.selectRow(rows[0])

    def _on_kind(self, number: int) -> None:
        self.start(PackKind.RECORD if number else PackKind.SCOREPACK)

    def _on_row(self, index: QModelIndex) -> None:
        self.sealing.show_row(index.row() if index.isValid() else -1)

    def refresh(self) -> None:
        """Show what the view-model says."""
        view = self._view_model
        if view.made:
            self.head.say(view.made_sentence, view.made_under)
            return
        self.head.say(view.sentence, view.under)
        self.kinds.setVisible(len(view.kinds) > 1)
        self.kinds.show_chosen(int(view.kind is PackKind.RECORD))
        self.make.setText(view.verb)
        waits = self._waits_for()
        self.make.setEnabled(not waits)
        self._waits.setText(waits)
        self.sealing.show_row(self.table.currentIndex().row())

    def _waits_for(self) -> str:
        if not self._view_model.wanted:
            return "Tick somebody first."
        if self._view_model.card_waits_for:
            return self._view_model.card_waits_for
        if not self._view_model.is_day(self.return_by.text()):
            return "Write the day as 27 November 2026, or leave it blank."
        return ""

    def on_make(self) -> None:
        """Ask for the folder and make the packs."""
        chosen = self.pick_folder()
        if not chosen:
            return
        view = self._view_model
        try:
            job = view.make(
                Path(chosen),
                self.return_by.text(),
                self.message.toPlainText(),
                part_allowed=self.part.isChecked(),
            )
        except UserFixable as refusal:
            self.refuse(refusal)
            return
        self.work("Making packs", job, view.on_made)

    def _on_made(self) -> None:
        self.made.refresh()
        self._pages.setCurrentIndex(1 if self._view_model.made else 0)
        self.refresh()
        if self._view_model.made:
            self.back.setFocus()

    def may_leave(self) -> bool:
        """Ask before passphrases are lost that nobody noted."""
        if self.made.is_told or not self._view_model.made:
            return True
        question = Confirm(
            "Leave the passphrases",
            "The passphrases are kept nowhere.",
            "Once you leave, nobody can read them again. The packs could then only be made anew.",
            verb="Leave without them",
            safe="Stay",
            parent=self,
        )
        return question.exec() == Confirm.DialogCode.Accepted

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, "Choose the folder for the packs")
