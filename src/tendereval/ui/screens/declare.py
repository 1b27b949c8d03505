"""The Declare screen: who do you know? Nothing is chosen in advance."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui.jobs import JobRunner
from tendereval.ui.parts.form import LongEdit
from tendereval.ui.screens.declare_parts.choice import Choice
from tendereval.ui.screens.declare_parts.names import NameRows, Ticks
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.beside import BesidePage
from tendereval.viewmodels.declare import DeclareViewModel, Standing

_WHAT_COUNTS = (
    "A job, shares, a contract, a family tie, a friendship or a quarrel, your own or of somebody "
    "close to you, that could sway you, or seem to. Also work you did for them, hospitality, and "
    "a part in writing their tender. If you are unsure, say it: the decision is then not yours."
)
_SCORING = (
    "2.  Score. Read on the left, choose a score and write why on the right. Your words are "
    "saved as you type, in this file only."
)
_LENT_END = (
    "You see nobody else's scores, and no prices. Your own can be changed until moderation is "
    "opened; every version is kept."
)
_OWN_END = (
    "Nobody sees your scores until you return them. Nobody else's scores and no prices are in "
    "this file."
)
_OPEN = (
    "You will see the answers once you have said whether you, or somebody close to you, has an "
    "interest in any of these organisations. Most people have none. Saying so protects you and "
    "the decision."
)
_REVEALED = "Until now the bidders were letters, so please declare again. Your scores are kept. "
_WAITING = "No answer is shown until then. Hand the laptop back and ask; what you wrote is kept."
_WAITING_OWN = (
    "No answer is shown until then. Return your declaration alone: {lead} decides, and the "
    "decision comes to you in a new pack. What you wrote is kept."
)
_NONE, _SOME = 0, 1


class DeclareScreen(QWidget):
    """Shows what a DeclareViewModel says.

    Signals:
        go_on_wanted: the person wants to see the answers.
        return_wanted: the declaration is to go back to the lead, alone.
    """

    go_on_wanted = Signal()
    return_wanted = Signal()

    def __init__(self, view_model: DeclareViewModel, _jobs: JobRunner) -> None:
        super().__init__()
        self._view_model = view_model
        self.page = BesidePage()
        self.sentence = label(role="sentence", wrap=True)
        self.under = label(role="read", wrap=True)
        self.names, self.ticks = NameRows(), Ticks()
        self.none = Choice(
            "I have nothing to declare",
            "No job, shares, contract, family tie, friendship or quarrel that could sway me, or "
            "seem to.",
        )
        self.some = Choice(
            "I have something to declare",
            f"Write it down. {view_model.lead} decides how it is dealt with. Until then no answer "
            "is shown.",
        )
        self._group = QButtonGroup(self)
        self._group.addButton(self.none.radio, _NONE)
        self._group.addButton(self.some.radio, _SOME)
        self.sign = button("Declare and go on", self.on_sign, "primary")
        self.alone = button("Return the declaration alone…", self.return_wanted.emit, "primary")
        self.waits = label(role="small", wrap=True)
        self.counts = label(_WHAT_COUNTS, "muted", wrap=True)
        self._interest_box = self._make_interest()
        self._build()
        self._group.idToggled.connect(lambda _id, _on: self._look())
        view_model.changed.connect(self.refresh)
        self.refresh()

    def _make_interest(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        words_box, self.interest = field("Your interest, in your own words", LongEdit())
        self.interest.textChanged.connect(self._look)
        column.addWidget(words_box)
        column.addWidget(
            label("Which of them does it concern? Tick none if it is none of them.", "small")
        )
        column.addWidget(self.ticks)
        return box

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        self._build_side(self.page.side)
        column = self.page.main
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addWidget(self.under)
        column.addSpacing(8)
        line = QFrame()
        line.setProperty("role", "rule")
        column.addWidget(self.names.find_box)
        ruled = QVBoxLayout()
        ruled.setSpacing(0)
        ruled.addWidget(line)
        ruled.addWidget(self.names)
        column.addLayout(ruled)
        column.addSpacing(6)
        column.addWidget(self._make_choices())
        column.addLayout(self._actions())
        column.addWidget(self.waits)
        column.addWidget(self.counts)
        self.counts.hide()
        column.addStretch(1)

    def _make_choices(self) -> QWidget:
        self._choices = QWidget()
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(12)
        choices.addWidget(self.none)
        choices.addWidget(self.some)
        choices.addWidget(self._interest_box)
        return self._choices

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.sign)
        row.addWidget(self.alone)
        self.change = button("Change my declaration", self.on_change, "link")
        row.addWidget(self.change)
        self.ask = button("What counts as an interest?", self.on_ask, "link")
        row.addWidget(self.ask)
        row.addStretch(1)
        return row

    def _build_side(self, column: QVBoxLayout) -> None:
        column.setSpacing(8)
        if self._view_model.message:
            column.addWidget(label(f"{self._view_model.lead} writes", "strong"))
            column.addWidget(label(self._view_model.message, wrap=True))
            column.addSpacing(16)
        self._amounts_head = label("For you to read", "strong")
        column.addWidget(self._amounts_head)
        self._amounts = QGridLayout()
        self._amounts.setHorizontalSpacing(12)
        self._amounts.setVerticalSpacing(8)
        self._amounts.setColumnStretch(1, 1)
        column.addLayout(self._amounts)
        column.addSpacing(16)
        column.addWidget(label("How it goes", "strong"))
        lead, own = self._view_model.lead, self._view_model.is_own
        last = (
            f"3.  Return. One file, signed by you and sealed, goes back to {lead}."
            if own
            else f"3.  Finish. Hand the laptop back to {lead}."
        )
        for text in ("1.  Declare. This page.", _SCORING, last):
            column.addWidget(label(text, wrap=True))
        column.addSpacing(16)
        column.addWidget(label(_OWN_END if own else _LENT_END, "muted", wrap=True))
        column.addStretch(1)

    # Showing

    def refresh(self) -> None:
        """Show the organisations and where the declaration stands."""
        view = self._view_model
        self.names.show_all(view.organisations)
        self.ticks.show_all(view.organisations)
        self._show_amounts()
        first = view.standing is Standing.OPEN
        self.sentence.setText(self._sentence())
        self.under.setText(self._under())
        self._choices.setVisible(first)
        self.change.setVisible(not first)
        waiting = view.standing in {Standing.WAITING, Standing.REMOVED}
        self.alone.setVisible(view.is_own and waiting)
        self.sign.setText("Declare and go on" if first else "Show the answers")
        self.sign.setVisible(first or view.may_go_on)
        self._look()

    def _sentence(self) -> str:
        view = self._view_model
        known = view.names_revealed
        return {
            Standing.OPEN: "The names are known now: who do you know?"
            if known
            else "First, who do you know?",
            Standing.NOTHING_DECLARED: "You have nothing to declare",
            Standing.WAITING: f"Locked until the decision of {view.lead}"
            if view.is_own
            else f"{view.lead} now decides on your interest",
            Standing.MAY_SCORE: "Your interest is dealt with: you can score",
            Standing.MAY_SCORE_SOME: "Your interest is dealt with: you score some of them",
            Standing.REMOVED: "You do not score in this tender",
        }[view.standing]

    def _under(self) -> str:
        view = self._view_model
        declared = view.declaration
        decided = f" {view.lead} wrote: {declared.how}" if declared and declared.how else ""
        left_out = view.names_of(declared.removed_for) if declared and declared.removed_for else ""
        return {
            Standing.OPEN: (_REVEALED if view.names_revealed else "") + _OPEN,
            Standing.NOTHING_DECLARED: "If something comes up while you read, declare it then. "
            "What you said before is kept.",
            Standing.WAITING: _WAITING_OWN.format(lead=view.lead) if view.is_own else _WAITING,
            Standing.MAY_SCORE: f"You can score all of them.{decided}",
            Standing.MAY_SCORE_SOME: f"You do not score {left_out}.{decided}",
            Standing.REMOVED: f"Thank you for saying so.{decided}",
        }[view.standing]

    def _show_amounts(self) -> None:
        while self._amounts.count():
            item = self._amounts.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        amounts = self._view_model.amounts
        self._amounts_head.setVisible(bool(amounts))
        top_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        for number, (figure, words) in enumerate(amounts):
            self._amounts.addWidget(label(figure, "figure"), number, 0, top_right)
            self._amounts.addWidget(label(words, wrap=True), number, 1)

    def _look(self) -> None:
        first = self._view_model.standing is Standing.OPEN or self._choices.isVisible()
        chosen = self._group.checkedId()
        self._interest_box.setVisible(chosen == _SOME)
        waits = ""
        if first and chosen < 0:
            waits = "Choose one of the two to go on."
        elif first and chosen == _SOME and not self.interest.toPlainText().strip():
            waits = "Write down your interest to go on."
        self.sign.setEnabled(not waits)
        signed = f"It is recorded as declared by {self._view_model.who}." if first else ""
        self.waits.setText(f"{waits} {signed}".strip())

    # Doing

    def take_focus(self) -> None:
        """Put the keys on what is to be done next; nothing is chosen by that."""
        stops = (self.none.radio, self.alone, self.sign, self.change)
        first = next((one for one in stops if one.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_ask(self) -> None:
        """Say what counts as an interest, in place."""
        self.counts.setVisible(self.counts.isHidden())

    def on_change(self) -> None:
        """Declare again; what was said before is kept."""
        self._choices.show()
        self.change.hide()
        self.sign.show()
        self.sign.setText("Declare and go on")
        self._look()
        self.none.radio.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_sign(self) -> None:
        """Declare, or go on where that is done."""
        view = self._view_model
        if self._choices.isHidden():
            self.go_on_wanted.emit()
            return
        if self._group.checkedId() == _NONE:
            done = view.declare_nothing()
        else:
            done = view.declare_interest(self.interest.toPlainText(), self.ticks.bidders)
        if done:
            self._choices.hide()
            self._start_again()
            self.refresh()
            if view.may_go_on:
                self.go_on_wanted.emit()

    def _start_again(self) -> None:
        self._group.setExclusive(False)
        for one in (self.none, self.some):
            one.radio.setChecked(False)
        self._group.setExclusive(True)
        self.interest.clear()
        self.ticks.clear()


def make(view_model: DeclareViewModel, jobs: JobRunner) -> DeclareScreen:
    """Return the screen."""
    return DeclareScreen(view_model, jobs)
