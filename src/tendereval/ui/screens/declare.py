"""The Declare screen: who do you know? Nothing is chosen in advance."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Page, button, field, hairline, label
from tendereval.viewmodels.declare import DeclareViewModel, Organisation, Standing

_WHAT_COUNTS = (
    "A job, shares, a contract, a family tie, a friendship or a quarrel, your own or of somebody "
    "close to you, that could sway you, or seem to. Also work you did for them, hospitality, and "
    "a part in writing their tender. If you are unsure, say it: the decision is then not yours."
)
_SCORING = (
    "2.  Score. Read on the left, choose a score and write why on the right. Your words are "
    "saved as you type, in this file only."
)
_NONE, _SOME = 0, 1


class _Radio(QRadioButton):
    """A radio button whose frame shows the focus."""

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Leave the focus ring to the frame."""
        super().initStyleOption(option)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class Choice(QFrame):
    """A choice of legal weight: a radio button with its words, and a sentence under it."""

    def __init__(self, text: str, under: str) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.radio = _Radio(text)
        self.radio.installEventFilter(self)
        self.radio.setAccessibleDescription(under)
        font = self.radio.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.radio.setFont(font)
        words = label(under, "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(0)
        column.addWidget(self.radio)
        words.setIndent(theme.current().px(24))
        column.addWidget(words)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Choose it wherever it is pressed."""
        self.radio.click()
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Repaint the ring with the focus."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame and, around the whole choice, the focus ring."""
        super().paintEvent(event)
        if self.radio.hasFocus():
            paint_focus_ring(QPainter(self), QRectF(self.rect()), self.palette())


class DeclareScreen(QWidget):
    """Shows what a DeclareViewModel says.

    Signals:
        go_on_wanted: the person wants to see the answers.
    """

    go_on_wanted = Signal()

    def __init__(self, view_model: DeclareViewModel, _jobs: JobRunner) -> None:
        super().__init__()
        self._view_model = view_model
        self._checks: dict[QCheckBox, Organisation] = {}
        self.page = Page()
        self.sentence = label(role="sentence", wrap=True)
        self.under = label(role="read", wrap=True)
        self._names = QVBoxLayout()
        self._names.setSpacing(0)
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
        words_box, self.interest = field("Your interest, in your own words", QPlainTextEdit())
        self.interest.setTabChangesFocus(True)
        self.interest.setMinimumHeight(theme.current().px(84))
        self.interest.textChanged.connect(self._look)
        column.addWidget(words_box)
        column.addWidget(
            label("Which of them does it concern? Tick none if it is none of them.", "small")
        )
        self._ticks = QVBoxLayout()
        self._ticks.setSpacing(2)
        column.addLayout(self._ticks)
        return box

    def _build(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.page, 5)
        self._side_line = hairline(vertical=True)
        self._side = self._make_side()
        whole.addWidget(self._side_line)
        whole.addWidget(self._side, 3)
        column = self.page.column
        column.setContentsMargins(104, 48, 72, 40)
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addWidget(self.under)
        column.addSpacing(8)
        column.addLayout(self._names)
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
        self.change = button("Change my declaration", self.on_change, "link")
        row.addWidget(self.change)
        self.ask = button("What counts as an interest?", self.on_ask, "link")
        row.addWidget(self.ask)
        row.addStretch(1)
        return row

    def _make_side(self) -> QWidget:
        side = Page()
        column = side.column
        column.setContentsMargins(48, 56, 56, 40)
        column.setSpacing(8)
        self._amounts_head = label("For you to read", "strong")
        column.addWidget(self._amounts_head)
        self._amounts = QGridLayout()
        self._amounts.setHorizontalSpacing(12)
        self._amounts.setVerticalSpacing(8)
        self._amounts.setColumnStretch(1, 1)
        column.addLayout(self._amounts)
        column.addSpacing(16)
        column.addWidget(label("How it goes", "strong"))
        for text in (
            "1.  Declare. This page.",
            _SCORING,
            f"3.  Finish. Hand the laptop back to {self._view_model.lead}.",
        ):
            column.addWidget(label(text, wrap=True))
        column.addSpacing(16)
        column.addWidget(
            label(
                "You see nobody else's scores, and no prices. Your own can be changed until "
                "moderation is opened; every version is kept.",
                "muted",
                wrap=True,
            )
        )
        column.addStretch(1)
        return side

    # Showing

    def refresh(self) -> None:
        """Show the organisations and where the declaration stands."""
        view = self._view_model
        self._show_names()
        self._show_amounts()
        first = view.standing is Standing.OPEN
        self.sentence.setText(self._sentence())
        self.under.setText(self._under())
        self._choices.setVisible(first)
        self.change.setVisible(not first)
        self.sign.setText("Declare and go on" if first else "Show the answers")
        self.sign.setVisible(first or view.may_go_on)
        self._look()

    def _sentence(self) -> str:
        return {
            Standing.OPEN: "First, who do you know?",
            Standing.NOTHING_DECLARED: "You have nothing to declare",
            Standing.WAITING: f"{self._view_model.lead} now decides on your interest",
            Standing.MAY_SCORE: "Your interest is dealt with: you can score",
            Standing.MAY_SCORE_SOME: "Your interest is dealt with: you score some of them",
            Standing.REMOVED: "You do not score in this tender",
        }[self._view_model.standing]

    def _under(self) -> str:
        view = self._view_model
        declared = view.declaration
        decided = f" {view.lead} wrote: {declared.how}" if declared and declared.how else ""
        left_out = view.names_of(declared.removed_for) if declared and declared.removed_for else ""
        return {
            Standing.OPEN: "You will see the answers once you have said whether you, or somebody "
            "close to you, has an interest in any of these organisations. Most people have none. "
            "Saying so protects you and the decision.",
            Standing.NOTHING_DECLARED: "If something comes up while you read, declare it then. "
            "What you said before is kept.",
            Standing.WAITING: "No answer is shown until then. Hand the laptop back and ask; what "
            "you wrote is kept.",
            Standing.MAY_SCORE: f"You can score all of them.{decided}",
            Standing.MAY_SCORE_SOME: f"You do not score {left_out}.{decided}",
            Standing.REMOVED: f"Thank you for saying so.{decided}",
        }[view.standing]

    def _show_names(self) -> None:
        organisations = self._view_model.organisations
        if list(self._checks.values()) == list(organisations):
            return
        for layout in (self._names, self._ticks):
            while layout.count():
                item = layout.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        self._checks = {}
        line = QFrame()
        line.setProperty("role", "rule")
        self._names.addWidget(line)
        for one in organisations:
            self._names.addWidget(_name_row(one))
            self._names.addWidget(hairline())
            tick = QCheckBox(one.name.replace("&", "&&"))
            self._checks[tick] = one
            self._ticks.addWidget(tick)

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
            bidders = {
                b for tick, one in self._checks.items() if tick.isChecked() for b in one.bidders
            }
            done = view.declare_interest(self.interest.toPlainText(), tuple(sorted(bidders)))
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
        for tick in self._checks:
            tick.setChecked(False)


def _name_row(one: Organisation) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 6, 0, 6)
    row.addWidget(label(one.name, "read", wrap=True), 1)
    row.addWidget(label(one.note, "muted"))
    return box


def make(view_model: DeclareViewModel, jobs: JobRunner) -> DeclareScreen:
    """Return the screen."""
    return DeclareScreen(view_model, jobs)
