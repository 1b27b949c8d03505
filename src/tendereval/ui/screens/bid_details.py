"""Particulars of one bidder, and where its bid for each lot stands."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.bidding import Bidder, BidStatus
from tendereval.domain.ids import LotId
from tendereval.ui import theme
from tendereval.ui.parts.form import Form, LongEdit
from tendereval.ui.widgets.basics import Page, button, field, hairline, label
from tendereval.ui.widgets.choices import Choice
from tendereval.viewmodels.bid_status import (
    DATES,
    STATUS_CHOICES,
    StatusDraft,
    StatusLine,
    what_it_means,
)
from tendereval.viewmodels.bids import BidsViewModel

_WIDEST = 560


class Sheet(Page):
    """A page of the right side whose forms grow no wider than can be read."""

    def __init__(self) -> None:
        super().__init__()
        self.column.setContentsMargins(24, 16, 24, 24)
        self.inside = QWidget()
        self.inner = QVBoxLayout(self.inside)
        self.inner.setContentsMargins(0, 0, 0, 0)
        self.inner.setSpacing(16)
        row = QHBoxLayout()
        row.addWidget(self.inside, 1)
        row.addStretch(0)
        self.column.addLayout(row)
        self.column.addStretch(1)
        theme.changed().connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.inside.setMaximumWidth(theme.current().px(_WIDEST))


class ParticularsPart(Sheet):
    """Who the bidder is; each field is kept when it is left."""

    def __init__(self, view_model: BidsViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._say = label(role="muted", wrap=True)
        self.inner.addWidget(self._say)
        self.form: Form[Bidder] | None = None
        self._names: tuple[str, ...] = ()

    def refresh(self) -> None:
        """Show the particulars of the bidder that is chosen."""
        fields = self._view_model.particulars
        names = tuple(item.name + item.label for item in fields)
        if self.form is None or names != self._names:
            if self.form is not None:
                self.form.hide()
                self.form.deleteLater()
            self._names = names
            self.form = Form(fields, self._view_model.save_particular, letters=58)
            self.inner.addWidget(self.form)
        bidder, may_edit = self._view_model.bidder, self._view_model.may_edit
        if bidder is not None:
            self.form.show_value(bidder)
        self.form.allow(editing=may_edit)
        self._say.setVisible(not may_edit)
        self._say.setText(self._view_model.lock_sentence)

    def leave(self) -> None:
        """Hand over what is still being typed."""
        if self.form is not None and self._view_model.may_edit:
            self.form.leave()


class LotStatus(QWidget):
    """Where the bid for one lot stands: choice, reason and dates, recorded together."""

    def __init__(self, view_model: BidsViewModel, line: StatusLine) -> None:
        super().__init__()
        self._view_model, self.lot = view_model, line.lot
        self._means = label(role="muted", wrap=True)
        self._missing = label(role="attention", wrap=True)
        self._problem = label(role="problem", wrap=True)
        self._waits = label(role="small", wrap=True)
        self._build(line)
        self.show_line(line)
        self.status.activated.connect(lambda _at: self._on_typed())
        self.reason.textChanged.connect(self._on_typed)
        for edit in self.dates.values():
            edit.textChanged.connect(self._on_typed)

    def _build(self, line: StatusLine) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if line.title:
            column.addWidget(label(line.title, "section", wrap=True))
        column.addWidget(self._missing)
        box, self.status = field("Status", Choice(STATUS_CHOICES))
        box.setMaximumWidth(theme.current().px(340))
        column.addWidget(box)
        column.addWidget(self._means)
        box, self.reason = field("Reason", LongEdit())
        self._reason_box = box
        column.addWidget(box)
        column.addWidget(self._date_row())
        column.addWidget(self._problem)
        row = QHBoxLayout()
        self.record = button("Record the status", self._on_record)
        self.give_up = button("Go back to what is recorded", self._on_give_up, "link")
        row.addWidget(self.record)
        row.addWidget(self.give_up)
        row.addWidget(self._waits, 1)
        column.addLayout(row)

    def _date_row(self) -> QWidget:
        self._dates_box = QWidget()
        row = QHBoxLayout(self._dates_box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.dates: dict[str, QLineEdit] = {}
        for name, words in DATES:
            box, self.dates[name] = field(words, QLineEdit())
            self.dates[name].setPlaceholderText("23 November 2026")
            row.addWidget(box)
        return self._dates_box

    @property
    def draft(self) -> StatusDraft:
        """What the fields say now."""
        dates = {name: edit.text() for name, edit in self.dates.items()}
        return StatusDraft(str(self.status.currentData()), self.reason.toPlainText(), **dates)

    def show_line(self, line: StatusLine) -> None:
        """Show what is recorded and what is being typed."""
        self._put(line.draft)
        self._missing.setText(f"△  {line.missing[:1].upper()}{line.missing[1:]}.")
        self._missing.setVisible(bool(line.missing))
        self._problem.hide()
        self._show_what_applies()

    def _put(self, draft: StatusDraft) -> None:
        for widget in (self.reason, *self.dates.values()):
            widget.blockSignals(True)
        self.status.setCurrentIndex(self.status.findData(draft.status))
        if self.reason.toPlainText() != draft.reason:
            self.reason.setPlainText(draft.reason)
        for name, edit in self.dates.items():
            if edit.text() != getattr(draft, name):
                edit.setText(getattr(draft, name))
        for widget in (self.reason, *self.dates.values()):
            widget.blockSignals(False)

    def _show_what_applies(self) -> None:
        view = self._view_model
        line = next(item for item in view.statuses if item.lot == self.lot)
        status = BidStatus(line.draft.status)
        self._means.setText(what_it_means(status, asking=view.may_set_status))
        changed = line.is_changed
        may_set = view.may_set_status
        self._reason_box.setVisible(line.takes_a_reason)
        self._dates_box.setVisible(status.needs_notice)
        self.record.setEnabled(changed)
        self.record.setVisible(may_set)
        self.give_up.setVisible(may_set and changed)
        self._waits.setText("" if changed else "Nothing is changed.")
        self._waits.setVisible(may_set)
        self.status.setEnabled(may_set)
        self.reason.setReadOnly(not may_set)
        for edit in self.dates.values():
            edit.setReadOnly(not may_set)

    def _on_typed(self) -> None:
        self._problem.hide()
        self._view_model.type_status(self.lot, self.draft)
        self._show_what_applies()

    def _on_record(self) -> None:
        problem = self._view_model.record_status(self.lot)
        self._problem.setText(f"⊖  {problem}")
        self._problem.setVisible(bool(problem))
        if problem:
            self.reason.setFocus()

    def _on_give_up(self) -> None:
        # The click is still being handled by a child of what will be shown anew.
        QTimer.singleShot(0, lambda: self._view_model.give_up_status(self.lot))


class StatusPart(Sheet):
    """Where the bids of one bidder stand, lot by lot."""

    def __init__(self, view_model: BidsViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._say = label(role="muted", wrap=True)
        self._order = label(wrap=True)
        self.inner.addWidget(self._say)
        self.inner.addWidget(self._order)
        self._shown: tuple[object, ...] = ()
        self.lots: dict[LotId, LotStatus] = {}
        self._body = QVBoxLayout()
        self._body.setSpacing(20)
        self.inner.addLayout(self._body)

    def refresh(self) -> None:
        """Show the bids of the bidder that is chosen."""
        lines = self._view_model.statuses
        shown = (self._view_model.chosen, *(line.lot for line in lines))
        if shown != self._shown:
            self._shown = shown
            self._rebuild(lines)
        for line in lines:
            self.lots[line.lot].show_line(line)
        self._order.setText(self._view_model.order_sentence)
        self._order.setVisible(bool(self._view_model.order_sentence))
        self._say.setVisible(not self._view_model.may_set_status)
        self._say.setText("The award is being settled, so statuses stay as they are.")

    def _rebuild(self, lines: tuple[StatusLine, ...]) -> None:
        while (item := self._body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lots = {}
        for number, line in enumerate(lines):
            if number:
                self._body.addWidget(hairline())
            self.lots[line.lot] = LotStatus(self._view_model, line)
            self._body.addWidget(self.lots[line.lot])
