"""The right side of the Panel screen: one person's declaration, decision, part and leaving."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.evaluation import Declaration, InterestOutcome
from tendereval.domain.ids import BidderId, PersonId
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.panel_parts.journey import JourneyPart
from tendereval.ui.widgets.basics import Page, button, field, hairline, label
from tendereval.ui.widgets.choices import Choice, Tick
from tendereval.viewmodels.panel import ROLES, PanelViewModel

_OUTCOMES: Final = {
    InterestOutcome.NONE: "It needs nothing",
    InterestOutcome.MANAGED: "It is managed",
    InterestOutcome.REMOVED_FOR_BIDDERS: "The person does not score the bidders ticked below",
    InterestOutcome.REMOVED: "The person leaves the evaluation",
}
_FOR_BIDDERS = tuple(_OUTCOMES).index(InterestOutcome.REMOVED_FOR_BIDDERS)


class BidderTicks(QWidget):
    """A tick for each bidder."""

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[BidderId, Tick] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 0, 0, 0)
        self._column.setSpacing(2)

    def offer(self, bidders: tuple[tuple[BidderId, str], ...]) -> None:
        """Offer these bidders, none ticked."""
        for tick in self.ticks.values():
            tick.hide()
            tick.deleteLater()
        self.ticks = {}
        for bidder, words in bidders:
            self.ticks[bidder] = Tick(words)
            self.ticks[bidder].setToolTip(words)
            self._column.addWidget(self.ticks[bidder])

    def tick(self, bidders: frozenset[BidderId]) -> None:
        """Tick these and no others."""
        for bidder, box in self.ticks.items():
            box.setChecked(bidder in bidders)

    @property
    def ticked(self) -> tuple[BidderId, ...]:
        """Who is ticked, in the order shown."""
        return tuple(bidder for bidder, box in self.ticks.items() if box.isChecked())


class DecisionPart(QWidget):
    """What a person declared, and the lead's decision on it; nothing chosen in advance."""

    def __init__(self, view_model: PanelViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._shown: tuple[PersonId | None, Declaration | None] = (None, None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._declared = label(wrap=True)
        column.addWidget(label("Interests", "section"))
        column.addWidget(self._declared)
        self.deciding = QWidget()
        column.addWidget(self.deciding)
        self._build_decision()
        self._wait()

    def _build_decision(self) -> None:
        column = QVBoxLayout(self.deciding)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(label("Your decision", "strong"))
        self.outcomes: dict[InterestOutcome, QRadioButton] = {}
        self._group = QButtonGroup(self)
        for number, (outcome, words) in enumerate(_OUTCOMES.items()):
            self.outcomes[outcome] = QRadioButton(words)
            self._group.addButton(self.outcomes[outcome], number)
            column.addWidget(self.outcomes[outcome])
        self._bidders = BidderTicks()
        column.insertWidget(column.indexOf(self._group.button(_FOR_BIDDERS)) + 1, self._bidders)
        box, self.how = field("How it is dealt with, or why it needs nothing", QPlainTextEdit())
        self.how.setTabChangesFocus(True)
        self.how.setFixedHeight(theme.current().px(88))
        column.addWidget(box)
        row = QHBoxLayout()
        self.record = button("Record the decision", self._on_record)
        self._waits = label(role="small", wrap=True)
        row.addWidget(self.record)
        row.addWidget(self._waits, 1)
        column.addLayout(row)
        self._group.idToggled.connect(lambda _number, _on: self._wait())
        self.how.textChanged.connect(self._wait)

    @property
    def bidders(self) -> dict[BidderId, Tick]:
        """The tick of each bidder."""
        return self._bidders.ticks

    def _wait(self) -> None:
        """Say beside the button what it waits for."""
        self._bidders.setVisible(self._group.checkedId() == _FOR_BIDDERS)
        waits = ""
        if self._group.checkedId() < 0:
            waits = "Choose one of the four first."
        elif not self.how.toPlainText().strip():
            waits = "Write how it is dealt with first."
        self.record.setEnabled(not waits)
        self._waits.setText(waits)

    def refresh(self) -> None:
        """Show the declaration of the person who is chosen; what is being typed on it stays."""
        view, declaration = self._view_model, self._view_model.declaration
        if (view.chosen, declaration) == self._shown:
            return
        self._shown = (view.chosen, declaration)
        self.deciding.setVisible(declaration is not None and bool(declaration.interest))
        if declaration is None:
            self._declared.setText("Nothing is declared yet.")
            return
        if not declaration.interest:
            self._declared.setText("The person declared that there is no interest.")
            return
        self._declared.setText(f"“{declaration.interest}”")
        self._group.setExclusive(False)
        for outcome, radio in self.outcomes.items():
            radio.setChecked(outcome is declaration.outcome)
        self._group.setExclusive(True)
        self.how.setPlainText(declaration.how)
        named = " (declared)"
        about = declaration.bidders
        self._bidders.offer(
            tuple((one, name + (named if one in about else "")) for one, name in view.bidders)
        )
        self._bidders.tick(declaration.removed_for)
        self._wait()

    def _on_record(self) -> None:
        outcome = tuple(_OUTCOMES)[self._group.checkedId()]
        removed = frozenset(self._bidders.ticked)
        chosen = removed if outcome is InterestOutcome.REMOVED_FOR_BIDDERS else frozenset()
        self._view_model.decide(outcome, self.how.toPlainText(), chosen)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed about one person and not recorded yet."""

    interest: str = ""
    bidders: frozenset[BidderId] = frozenset()
    reason: str = ""
    outcome: InterestOutcome | None = None
    how: str = ""


class PersonPart(Page):
    """One person; what is typed about a person stays with that person."""

    def __init__(self, view_model: PanelViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model = view_model
        self._shown: PersonId | None = None
        self._typed: dict[PersonId, _Typed] = {}
        self._name = label(role="section", wrap=True)
        self._part = label(role="muted", wrap=True)
        self.decision = DecisionPart(view_model)
        self.journey = JourneyPart(view_model.journey, jobs)
        for widget in (self._name, self._part, self.journey, self.decision):
            self.column.addWidget(widget)
        self._changing = QWidget()
        self._inside = QVBoxLayout(self._changing)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(12)
        self.column.addWidget(self._changing)
        self._build_declare()
        self._build_part()
        self._build_leave()
        self.column.addStretch(1)
        self.refresh()

    def _build_declare(self) -> None:
        self._inside.addWidget(hairline())
        self._inside.addWidget(label("Record a declaration made on paper", "strong"))
        box, self.interest = field("Interest in the person's own words", QPlainTextEdit())
        self.interest.setTabChangesFocus(True)
        self.interest.setFixedHeight(theme.current().px(64))
        self._inside.addWidget(box)
        self._about = label("Bidders it is about", "small")
        self.about = BidderTicks()
        self._inside.addWidget(self._about)
        self._inside.addWidget(self.about)
        row = QHBoxLayout()
        self.declare_none = button("No interest", lambda: self._view_model.declare("", ()))
        self.declare_some = button("Record this interest", self._on_declare)
        row.addWidget(self.declare_some)
        row.addWidget(self.declare_none)
        row.addStretch(1)
        self._inside.addLayout(row)

    def _build_part(self) -> None:
        self._inside.addWidget(hairline())
        self._inside.addWidget(label("Part on the panel", "strong"))
        part, self.role = field("New part", Choice())
        self.role.offer([("", "Choose…", True), *((r, str(r).capitalize(), True) for r in ROLES)])
        why, self.why_part = field("Why, once scoring has begun", QLineEdit(), optional=True)
        row = QHBoxLayout()
        row.addWidget(part, 1)
        row.addWidget(why, 2)
        self._inside.addLayout(row)
        self.give_part = button("Give this part", self._on_part)
        self._inside.addWidget(self.give_part, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_leave(self) -> None:
        self._inside.addWidget(hairline())
        box, self.reason = field("Why the person leaves the panel", QLineEdit())
        then, self.successor = field("Replaced by", Choice(), optional=True)
        self._inside.addWidget(box)
        self._inside.addWidget(then)
        self.leave = button("Leaves the panel", self._on_leave)
        self._inside.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        hint = "What the person scored is kept and printed as “not used”."
        self._inside.addWidget(label(hint, "small", wrap=True))
        self.forget_pin = button("Remove a forgotten PIN", self._view_model.forget_pin, "link")
        self._inside.addWidget(self.forget_pin, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_declare(self) -> None:
        words = self.interest.toPlainText().strip()
        if words and self._view_model.declare(words, self.about.ticked):
            self.interest.clear()
            self.about.tick(frozenset())
        else:
            self.interest.setFocus()

    def _on_part(self) -> None:
        role = next((role for role in ROLES if role == self.role.currentData()), None)
        if role is None:
            self.role.setFocus()
        elif self._view_model.give_part(role, self.why_part.text()):
            self.why_part.clear()
            self.role.setCurrentIndex(0)

    def _on_leave(self) -> None:
        chosen = self.successor.currentData()
        if self._view_model.leave(self.reason.text(), PersonId(chosen) if chosen else None):
            self.reason.clear()

    def refresh(self) -> None:
        """Show the person who is chosen."""
        view, member = self._view_model, self._view_model.member
        other = view.chosen != self._shown
        if other:
            self._put_away()
        self.decision.setVisible(member is not None)
        self._changing.setVisible(member is not None and not member.left and view.may_change)
        self.forget_pin.setVisible(view.has_pin)
        if member is None:
            self._name.setText("Nobody is chosen")
            self._part.setText("Choose a person on the left, or add one there.")
            return
        self._name.setText(view.name)
        words = f"{member.label}. Scores {view.scores_what}."
        if member.left:
            words = f"{member.label}, left the panel: {member.reason}"
        self._part.setText(f"{words}\n{view.email}" if view.email else words)
        self.decision.refresh()
        self.decision.deciding.setEnabled(view.may_change and not member.left)
        people = ((person, name, True) for person, name in view.successors)
        self.successor.offer([("", "Nobody", True), *people])
        if list(self.about.ticks) != [bidder for bidder, _name in view.bidders]:
            self.about.offer(view.bidders)
        self._about.setVisible(bool(view.bidders))
        if other:
            self._bring_back()

    def _put_away(self) -> None:
        """Keep what is typed about the person shown until now."""
        if self._shown is not None:
            parts = self.decision
            chosen = [one for one, radio in parts.outcomes.items() if radio.isChecked()]
            self._typed[self._shown] = _Typed(
                self.interest.toPlainText(),
                frozenset(self.about.ticked),
                self.reason.text(),
                chosen[0] if chosen and parts.deciding.isVisibleTo(parts) else None,
                parts.how.toPlainText(),
            )
        self._shown = self._view_model.chosen

    def _bring_back(self) -> None:
        """Show what was typed about this person before."""
        typed = self._typed.get(self._shown, _Typed()) if self._shown is not None else _Typed()
        self.interest.setPlainText(typed.interest)
        self.about.tick(typed.bidders)
        self.reason.setText(typed.reason)
        if typed.outcome is not None:
            self.decision.outcomes[typed.outcome].setChecked(True)
            self.decision.how.setPlainText(typed.how)
