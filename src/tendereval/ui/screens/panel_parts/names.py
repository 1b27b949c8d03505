"""Bidders' names where evaluators see aliases: each place, accepted or left out."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.panel_parts.flow_page import FlowPage, flow_of, row_of
from tendereval.ui.widgets.basics import button, field, hairline, label
from tendereval.ui.widgets.fitted_table import FittedTable
from tendereval.viewmodels.panel_names import AROUND, NameHits, one_line

_WIDTHS, _ROWS = (250, 0, 140), 8


class NamesPage(FlowPage):
    """Every place where a name stands.

    Signals:
        decided: nothing waits any more; packs can be made.
    """

    decided = Signal()

    def __init__(self, view_model: NameHits, jobs: JobRunner) -> None:
        super().__init__(jobs)
        self._view_model = view_model
        self.table = FittedTable(
            "Places where a name stands", view_model.places, _WIDTHS, rows=_ROWS
        )
        self.context = label(wrap=True)
        self.context.setTextFormat(Qt.TextFormat.PlainText)
        self.reason_box, self.reason = field("Why", QLineEdit(), optional=True)
        self.leave_out = button("Leave it out", lambda: self._decide(redact=True))
        self.accept = button("Accept it", lambda: self._decide(redact=False))
        self.leave_out_all = button("Leave out all that wait", lambda: self._rest(redact=True))
        self.accept_all = button("Accept all that wait", lambda: self._rest(redact=False))
        self.go_on = button("Go on to the packs", self.decided.emit, "primary")
        self._deciding = QWidget()
        self._revealing = QWidget()
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        view_model.changed.connect(self.refresh)
        view_model.refused_here.connect(self.refuse)

    def _build(self) -> None:
        inside = QVBoxLayout(self._deciding)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self.table)
        inside.addWidget(self.context)
        inside.addWidget(self.reason_box)
        inside.addWidget(flow_of(self.leave_out, self.accept, self.leave_out_all, self.accept_all))
        self.body.addWidget(self._deciding)
        self.body.addLayout(row_of(self.go_on))
        self._aliases = label(role="small", wrap=True)
        self.body.addWidget(hairline())
        self.body.addWidget(self._aliases)
        below = QVBoxLayout(self._revealing)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(label("Reveal the names", "strong"))
        hint = "Evaluators learn the names with the next pack and declare anew. It stays so."
        box, self.why_reveal = field("Why evaluators learn the names now", QLineEdit(), hint)
        self.reveal = button("Reveal the names", self._on_reveal)
        below.addWidget(box)
        below.addLayout(row_of(self.reveal))
        self.body.addWidget(self._revealing)
        self.body.addStretch(1)
        self.why_reveal.textChanged.connect(lambda _text: self.refresh())

    def start(self) -> None:
        """Look through answers and documents, unless that was done and nothing changed since."""
        self.clear_problem()
        self.refresh()
        if self._view_model.are_hidden and not self._view_model.is_looked:
            job = self._view_model.look()
            self.work("Looking for names in answers and documents", job, self._on_looked)

    def _on_looked(self, found: object) -> None:
        self._view_model.on_looked(found)
        if self._view_model.places.rows:
            self.table.selectRow(0)
            self.table.setFocus()

    def refresh(self) -> None:
        """Show what the view-model says."""
        view = self._view_model
        self.head.say(view.sentence, view.under)
        hidden, hits = view.are_hidden, view.places.rows
        self._deciding.setVisible(hidden and bool(hits))
        self._revealing.setVisible(hidden)
        self.go_on.setVisible(view.is_looked and not view.undecided)
        for one in (self.leave_out_all, self.accept_all):
            one.setVisible(view.undecided > 1)
        self.reveal.setEnabled(bool(self.why_reveal.text().strip()))
        called = "   ".join(f"{alias}: {name}" for alias, name in view.aliases)
        self._aliases.setText(f"For your eyes only:   {called}" if called else "")
        self._aliases.setVisible(bool(called) and hidden)
        self._show_row()

    def _on_row(self, _index: QModelIndex) -> None:
        self._show_row()

    def _show_row(self) -> None:
        row, hits = self.table.currentIndex().row(), self._view_model.places.rows
        hit = hits[row] if 0 <= row < len(hits) else None
        self.context.setText("" if hit is None else one_line(hit))
        may = hit is not None and not hit.where.goes_anyway
        self.leave_out.setEnabled(may)
        self.accept.setEnabled(may)

    def _decide(self, *, redact: bool) -> None:
        row = self.table.currentIndex().row()
        if row >= 0 and self._view_model.decide([row], redact=redact, reason=self.reason.text()):
            self.reason.clear()
            self._go_to_next(row)

    def _go_to_next(self, row: int) -> None:
        hits = self._view_model.places.rows
        order: Sequence[int] = [*range(row + 1, len(hits)), *range(row)]
        waits = next((number for number in order if hits[number].needs_decision), row)
        self.table.setCurrentIndex(self._view_model.places.index(waits, AROUND))
        if self._view_model.undecided:
            self.table.setFocus()
        else:
            self.go_on.setFocus()

    def _rest(self, *, redact: bool) -> None:
        if self._view_model.decide_rest(redact=redact, reason=self.reason.text()):
            self.reason.clear()
            self.go_on.setFocus()

    def _on_reveal(self) -> None:
        if self._view_model.reveal(self.why_reveal.text()):
            self.why_reveal.clear()
            self.go_back()
