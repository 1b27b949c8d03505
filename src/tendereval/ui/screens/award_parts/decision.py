"""Whom the lead recommends for a lot, and why; nothing is chosen in advance."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from tendereval.domain.ids import BidderId, LotId
from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, field, hairline, label, measured
from tendereval.ui.widgets.choices import Choice, Tick
from tendereval.viewmodels.award import AwardViewModel, Candidate

_CHOOSE, _NO_AWARD = "choose", "no award"
_MEASURE, _KEPT_AFTER_MS = 760, 1500
_RANKED: Final = "Recommend, in order of rank"


class DecisionPart(QWidget):
    """The decision that stands, and the form for another."""

    def __init__(self, view_model: AwardViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._changing, self._lot = False, LotId("")
        self._offered: tuple[Candidate, ...] = ()
        self.ticks: dict[BidderId, Tick] = {}
        self.no_award = Tick("No award is made")
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_KEPT_AFTER_MS)
        self._resting.timeout.connect(self.keep_typing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("Decision", "section"))
        self._decision, self._why = label(wrap=True), label(wrap=True)
        for words in (self._decision, self._why):
            column.addLayout(measured(words, theme.current().px(_MEASURE)))
        self.change = button("Record another decision…", self._on_change, "link")
        self.change.setProperty("flush", True)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = QWidget()
        column.addWidget(self.form)
        column.addWidget(hairline())
        self._build_form()

    def _build_form(self) -> None:
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(0, 8, 0, 0)
        who, self.bidder = field("Recommend", Choice())
        who.setMaximumWidth(theme.current().px(420))
        self._one, self._several = who, QWidget()
        self._list = QVBoxLayout(self._several)
        self._list.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(who)
        inner.addWidget(self._several)
        hint = "Why this is the most advantageous tender by the published method."
        why, self.rationale = field("Rationale", QPlainTextEdit(), hint)
        self.rationale.setTabChangesFocus(True)
        self.rationale.setMinimumHeight(theme.current().px(160))
        inner.addLayout(measured(why, theme.current().px(_MEASURE)))
        row = QHBoxLayout()
        self.decide = button("Record the decision", self._on_decide, "primary")
        self._waits = label(role="small", wrap=True)
        row.addWidget(self.decide)
        row.addWidget(self._waits, 1)
        inner.addLayout(row)
        self.bidder.currentIndexChanged.connect(lambda _number: self._wait())
        self.rationale.textChanged.connect(self._on_typed)

    @property
    def chosen(self) -> tuple[BidderId, ...] | None:
        """Whom the form names, best first; None while nothing is chosen."""
        if self._view_model.places > 1:
            ticked = tuple(bidder for bidder, tick in self.ticks.items() if tick.isChecked())
            nobody = self.no_award.isChecked()
            return None if bool(ticked) == nobody else ticked
        data = self.bidder.currentData()
        if data in {None, _CHOOSE}:
            return None
        return () if data == _NO_AWARD else (BidderId(data),)

    def _wait(self) -> None:
        """Say beside the button what it waits for."""
        waits = "" if self.rationale.toPlainText().strip() else "Write the rationale first."
        if self.chosen is None:
            waits = "Choose whom you recommend, or that no award is made."
        self.decide.setEnabled(not waits)
        self._waits.setText(waits)

    def _on_typed(self) -> None:
        if not self._resting.isActive():
            self._resting.start()
        self._wait()

    def keep_typing(self) -> None:
        """Keep a rationale that is being typed, within 1.5 s of its first key."""
        typed = self.rationale.toPlainText()
        self._resting.stop()
        if self.form.isVisibleTo(self) and self._lot and typed != self._view_model.typed:
            self._view_model.keep_typing(typed)

    def refresh(self) -> None:
        """Show what the view-model says; what is being typed stays."""
        view = self._view_model
        other = view.lot != self._lot
        self._lot = view.lot
        decided = view.decision is not None
        if other:
            self._changing = decided and bool(view.typed)
        self.setVisible(view.is_open)
        self._decision.setText(view.decision_in_words)
        self._why.setText(view.decision.rationale if view.decision else "")
        self._why.setVisible(decided)
        self.form.setVisible(view.may_decide and (self._changing or not decided))
        self.change.setVisible(view.may_decide and decided and not self._changing)
        if other or view.candidates != self._offered:
            self._offer(view.candidates)
        if other:
            self.rationale.setPlainText(view.typed)
            self._resting.stop()
        self._wait()

    def _offer(self, candidates: tuple[Candidate, ...]) -> None:
        self._offered = candidates
        several = self._view_model.places > 1
        self._one.setVisible(not several)
        self._several.setVisible(several)
        self.bidder.clear()
        self.bidder.addItem("Choose…", _CHOOSE)
        for candidate in candidates:
            self.bidder.addItem(candidate.words, candidate.bidder)
        self.bidder.addItem("No award", _NO_AWARD)
        self._offer_several(candidates)

    def _offer_several(self, candidates: tuple[Candidate, ...]) -> None:
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        places = self._view_model.places
        self._list.addWidget(label(f"{_RANKED} (at most {places})", "small"))
        self.ticks = {one.bidder: Tick(one.words) for one in candidates}
        self.no_award = Tick("No award is made")
        for tick in (*self.ticks.values(), self.no_award):
            tick.toggled.connect(lambda _on: self._wait())
            self._list.addWidget(tick)

    def _on_change(self) -> None:
        self._changing = True
        self.refresh()
        (self._several if self._view_model.places > 1 else self.bidder).setFocus()

    def _on_decide(self) -> None:
        chosen, words = self.chosen, self.rationale.toPlainText()
        self._resting.stop()
        if chosen is not None and self._view_model.decide(chosen, words):
            self._changing = False
            self._lot = LotId("")
            self.refresh()
