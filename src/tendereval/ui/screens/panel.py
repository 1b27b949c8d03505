"""The Panel screen: people in a table, the chosen person's declaration and part at the right."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.evaluation import InterestOutcome
from tendereval.domain.ids import BidderId
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, Page, button, field, hairline, label
from tendereval.ui.widgets.choices import Choice, Tick
from tendereval.ui.widgets.table import Table
from tendereval.ui.widgets.two_panes import TwoPanes
from tendereval.viewmodels.panel import ROLES, PanelViewModel

_WIDTHS = (170, 120, 170, 70)
_OUTCOMES = {
    InterestOutcome.NONE: "It needs nothing",
    InterestOutcome.MANAGED: "It is managed",
    InterestOutcome.REMOVED_FOR_BIDDERS: "The person does not score the bidders ticked below",
    InterestOutcome.REMOVED: "The person leaves the evaluation",
}


class DecisionPart(QWidget):
    """What a person declared, and the lead's decision on it; nothing chosen in advance."""

    def __init__(self, view_model: PanelViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._declared = label(wrap=True)
        column.addWidget(label("Interests", "section"))
        column.addWidget(self._declared)
        self._decide = QWidget()
        column.addWidget(self._decide)
        self._build_decision()

    def _build_decision(self) -> None:
        column = QVBoxLayout(self._decide)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(label("Your decision", "strong"))
        self.outcomes: dict[InterestOutcome, QRadioButton] = {}
        for outcome, words in _OUTCOMES.items():
            self.outcomes[outcome] = QRadioButton(words)
            self.outcomes[outcome].setAutoExclusive(False)
            self.outcomes[outcome].toggled.connect(self._on_toggled)
            column.addWidget(self.outcomes[outcome])
        self._bidders_box = QWidget()
        QVBoxLayout(self._bidders_box).setContentsMargins(24, 0, 0, 0)
        column.addWidget(self._bidders_box)
        box, self.how = field("How it is dealt with, or why it needs nothing", QPlainTextEdit())
        self.how.setTabChangesFocus(True)
        self.how.setFixedHeight(theme.current().px(88))
        column.addWidget(box)
        self.record = button("Record the decision", self._on_record, "primary")
        column.addWidget(self.record, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_toggled(self, checked: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if checked:
            for other in self.outcomes.values():
                if other is not self.sender():
                    other.setChecked(False)

    def refresh(self) -> None:
        """Show the declaration of the person who is chosen."""
        declaration = self._view_model.declaration
        self._decide.setVisible(declaration is not None and bool(declaration.interest))
        if declaration is None:
            self._declared.setText("Nothing is declared yet.")
            return
        if not declaration.interest:
            self._declared.setText("The person declared that there is no interest.")
            return
        self._declared.setText(f"“{declaration.interest}”")
        for outcome, radio in self.outcomes.items():
            radio.setChecked(outcome is declaration.outcome)
        self.how.setPlainText(declaration.how)
        self._fill_bidders(declaration.bidders, declaration.removed_for)

    def _fill_bidders(self, about: tuple[BidderId, ...], removed: frozenset[BidderId]) -> None:
        column = self._bidders_box.layout()
        self.bidders: dict[BidderId, Tick] = {}
        while column is not None and column.count():
            item = column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for bidder, name in self._view_model.bidders:
            named = " (named in the declaration)" if bidder in about else ""
            box = Tick(name + named)
            box.setChecked(bidder in removed)
            self.bidders[bidder] = box
            if column is not None:
                column.addWidget(box)

    def _on_record(self) -> None:
        chosen = [outcome for outcome, radio in self.outcomes.items() if radio.isChecked()]
        if not chosen:
            self.record.setToolTip("Choose one of the four first.")
            next(iter(self.outcomes.values())).setFocus()
            return
        removed = frozenset(b for b, box in self.bidders.items() if box.isChecked())
        self._view_model.decide(chosen[0], self.how.toPlainText(), removed)


class PersonPart(Page):
    """The right side: one person."""

    def __init__(self, view_model: PanelViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._name = label(role="section", wrap=True)
        self._part = label(role="muted", wrap=True)
        self.decision = DecisionPart(view_model)
        for widget in (self._name, self._part, self.decision, hairline()):
            self.column.addWidget(widget)
        self._build_declare()
        self._build_leave()
        self.column.addStretch(1)
        self.refresh()

    def _build_declare(self) -> None:
        self.column.addWidget(label("Record a declaration made on paper", "strong"))
        box, self.interest = field("Interest in the person's own words", QPlainTextEdit())
        self.interest.setTabChangesFocus(True)
        self.interest.setFixedHeight(theme.current().px(64))
        self.column.addWidget(box)
        row = QHBoxLayout()
        self.declare_none = button("No interest", lambda: self._view_model.declare("", ()))
        self.declare_some = button("Record this interest", self._on_declare)
        row.addWidget(self.declare_some)
        row.addWidget(self.declare_none)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(hairline())

    def _build_leave(self) -> None:
        box, self.reason = field("Why the person leaves the panel", QLineEdit())
        self.column.addWidget(box)
        self.leave = button("Leaves the panel", self._on_leave)
        self.column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        hint = "What the person scored is kept and printed as “not used”."
        self.column.addWidget(label(hint, "small", wrap=True))

    def _on_declare(self) -> None:
        words = self.interest.toPlainText().strip()
        if words and self._view_model.declare(words, ()):
            self.interest.clear()
        else:
            self.interest.setFocus()

    def _on_leave(self) -> None:
        if self._view_model.leave(self.reason.text()):
            self.reason.clear()

    def refresh(self) -> None:
        """Show the person who is chosen."""
        member = self._view_model.member
        self.decision.setEnabled(member is not None)
        if member is None:
            self._name.setText("Nobody is chosen")
            return
        self._name.setText(self._view_model.name)
        self._part.setText(f"{member.label}. Scores {self._view_model.scores_what}.")
        self.decision.refresh()


class PanelScreen(QWidget):
    """Shows what a PanelViewModel says."""

    def __init__(self, view_model: PanelViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._head = Head()
        self.table = Table("Panel")
        self.table.setModel(view_model.members)
        self.person = PersonPart(view_model)
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(lambda _index: self.panes.show_right())
        view_model.read_again.connect(self.refresh)
        view_model.chosen_changed.connect(self.person.refresh)
        theme.changed().connect(self.set_widths)
        self.refresh()

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(32, 20, 24, 24)
        column.setSpacing(16)
        column.addWidget(self._head)
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addWidget(self._adding())
        self.panes = TwoPanes(("Panel", left), ("Person", self.person), (640, 440))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
        self.set_widths()

    def _adding(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        name_box, self.name = field("Name", QLineEdit())
        mail_box, self.email = field("E-mail", QLineEdit())
        role_box, self.role = field("Part", Choice())
        for role in ROLES:
            self.role.addItem(str(role).capitalize(), role)
        self.role.setCurrentIndex(1)
        why_box, self.why = field("Reason, once scoring has begun", QLineEdit(), optional=True)
        self.add = button("Add to the panel", self._on_add)
        grid.addWidget(name_box, 0, 0)
        grid.addWidget(mail_box, 0, 1)
        grid.addWidget(role_box, 0, 2)
        grid.addWidget(why_box, 1, 0, 1, 2)
        grid.addWidget(self.add, 1, 2, Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return box

    def _on_add(self) -> None:
        if not self.name.text().strip():
            self.name.setFocus()
            return
        role = self.role.currentData()
        if self._view_model.add(self.name.text(), self.email.text(), role, self.why.text()):
            for line in (self.name, self.email, self.why):
                line.clear()
            self.name.setFocus()

    def _on_row(self, index: QModelIndex) -> None:
        members = self._view_model.members.members
        known = index.isValid() and index.row() < len(members)
        self._view_model.choose(members[index.row()].person if known else None)

    def refresh(self) -> None:
        """Show what the view-model says and keep the chosen person chosen."""
        self._head.say(
            self._view_model.sentence,
            "Nobody scores before declaring interests; you decide on each interest declared.",
        )
        self.show_item(self._view_model.chosen)

    def show_item(self, what: object) -> None:
        """Choose a person by id; the first one where there is no such person."""
        members = self._view_model.members.members
        rows = [number for number, row in enumerate(members) if row.person == what]
        if members:
            self.table.selectRow(rows[0] if rows else 0)
        self.person.refresh()

    def set_widths(self) -> None:
        """Give columns the width of what goes in; the e-mail takes the rest."""
        header = self.table.horizontalHeader()
        for number, width in enumerate(_WIDTHS):
            header.resizeSection(number, theme.current().px(width))
        header.setSectionResizeMode(len(_WIDTHS), QHeaderView.ResizeMode.Stretch)


def make(view_model: PanelViewModel, _jobs: JobRunner) -> PanelScreen:
    """Return the screen of the place ``panel``."""
    return PanelScreen(view_model)
