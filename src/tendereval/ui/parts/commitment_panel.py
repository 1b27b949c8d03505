"""Commitments beside an answer: the one being written, and those made so far. No modal box."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.parts.commitment_lines import CommitmentLines, QuoteLine
from tendereval.ui.parts.form import Form
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.viewmodels.commitment_form import Offer
from tendereval.viewmodels.commitments_beside import INFORMATION, CommitmentsBeside
from tendereval.viewmodels.form_fields import FormField
from tendereval.viewmodels.public_value_entry import Typed

KEYS = "Ctrl+Shift+E"
_HOW = f"Select words of the answer that promise something and press {KEYS}."
_NOT_NOW = "Commitments are made while answers are read, at the stages scoring and moderation."
_LETTERS = 52
_LOW_PX, _WIDEST_PX = 420, 640


class CommitmentPanel(QWidget):
    """Shows what a CommitmentsBeside says.

    Args:
        view_model: of the answer that is shown.
        back: what the button that closes the panel leads back to (``the score``).

    Signals:
        closed: the person goes back.
        saved: a commitment was recorded.
        words_wanted: the words of a commitment (``Quote``), to be shown in the answer.
    """

    closed = Signal()
    saved = Signal()
    words_wanted = Signal(object)

    def __init__(self, view_model: CommitmentsBeside, back: str) -> None:
        super().__init__()
        self._view = view_model
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._scroll = _scroll_area()
        self.back = button(f"‹  Back to {back}", self.closed.emit, "link")
        self.back.setToolTip("Escape")
        self._how = label(role="muted", wrap=True)
        self._form_box = QWidget()
        self.quote = QuoteLine()
        self._offered = label("From these words", "small")
        self._offers = FlowLayout()
        self._offer_notes = label(role="small", wrap=True)
        self._holder = QVBoxLayout()
        self.form: Form[Typed] | None = None
        self._built_for: object = None
        self._offers_shown: tuple[Offer, ...] = ()
        self._offer_buttons: list[QPushButton] = []
        self.state = label(role="compact", wrap=True)
        self.notes = label(role="small", wrap=True)
        self.save_button = button("Save the commitment", self.save)
        self.save_button.setToolTip("Ctrl+Enter, while the keys are here")
        self.give_up_button = button("Do not keep this", self._on_given_up, "link")
        self.lines = CommitmentLines(view_model)
        self._build()
        self._connect()
        self.refresh()
        self.refresh_form()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "paper")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(8)
        self._head = QHBoxLayout()
        self._head.addWidget(label("Commitments", "section"))
        self._head.addStretch(1)
        self._head.addWidget(self.back)
        self._column.addWidget(label(INFORMATION, "small", wrap=True))
        self._column.addWidget(self._how)
        self._build_form()
        self._column.addWidget(self._form_box)
        self._column.addWidget(self.lines)
        self._column.addStretch(1)
        self._scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._build_foot())
        theme.changed().connect(self._follow_theme)
        self._follow_theme()

    def _build_form(self) -> None:
        column = QVBoxLayout(self._form_box)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        self._holder.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.quote)
        column.addWidget(self._offered)
        column.addLayout(self._offers)
        column.addWidget(self._offer_notes)
        column.addLayout(self._holder)
        column.addWidget(self.notes)
        self._low_place = QVBoxLayout()
        column.addLayout(self._low_place)
        column.addWidget(hairline())

    def _build_foot(self) -> QWidget:
        """Keep the state and the button in sight while the fields scroll."""
        self._foot = QWidget()
        self._foot_column = QVBoxLayout()
        self._foot_column.setSpacing(6)
        self._foot_column.addWidget(self.state)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.save_button)
        row.addWidget(self.give_up_button)
        row.addStretch(1)
        self._foot_column.addWidget(self._buttons)
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        column.addLayout(self._foot_column)
        return self._foot

    def _connect(self) -> None:
        view = self._view
        view.changed.connect(self.refresh)
        view.form_changed.connect(self.refresh_form)
        view.typed_changed.connect(self.refresh_state)
        self.quote.wanted.connect(self._on_quote_wanted)
        self.lines.words_wanted.connect(self.words_wanted)
        self.lines.change_wanted.connect(self._on_change_wanted)

    def _follow_theme(self) -> None:
        look = theme.current()
        side = look.px(24)
        self._head.setContentsMargins(side, look.px(12), side, look.px(2))
        self._column.setContentsMargins(side, look.px(2), side, look.px(16))
        self._foot_column.setContentsMargins(side, look.px(8), side, look.px(10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the fields where there is little: the buttons scroll with them."""
        super().resizeEvent(event)
        is_low = self.height() < theme.current().px(_LOW_PX)
        wanted = self._low_place if is_low else self._foot_column
        if wanted.indexOf(self._buttons) < 0:
            wanted.addWidget(self._buttons)

    # Showing

    def refresh(self) -> None:
        """Show the commitments made so far."""
        self._how.setText(_HOW if self._view.may_make else _NOT_NOW)
        self.lines.refresh()
        self.refresh_state()
        self._set_tab_order()

    def refresh_form(self) -> None:
        """Show what is being written, or how to begin."""
        form = self._view.form
        self._form_box.setVisible(form is not None)
        self._foot.setVisible(form is not None)
        self._how.setVisible(form is None)
        if form is None:
            self._built_for = None
            return
        self.quote.show_quote(form.quote)
        fields = self._view.fields
        # One form per promise: what a field remembers of another one must not come back.
        wanted = (self._view.place, form.commitment, tuple(field.name for field in fields))
        if wanted != self._built_for or self.form is None:
            self._built_for = wanted
            self._make_form(fields)
        if self.form is not None:
            self.form.show_value(form.typed)
        self._show_offers()
        self.refresh_state()
        self._set_tab_order()

    def _make_form(self, fields: tuple[FormField[Typed], ...]) -> None:
        if self.form is not None:
            self._holder.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = Form(fields, self._keep, letters=_LETTERS)
        for name, box in self.form.boxes.items():
            editor = box.editor
            if isinstance(editor, QLineEdit | QPlainTextEdit):
                editor.textChanged.connect(
                    lambda *_text, name=name, box=box: self._view.type(name, box.text)
                )
        self.form.setMaximumWidth(theme.current().px(_WIDEST_PX))
        self._holder.addWidget(self.form)
        self.form.show()

    def _keep(self, field: FormField[Typed], text: str) -> str:
        """Take a field that was left and say what is wrong with it."""
        self._view.type(field.name, text)
        return self._view.problems.get(field.name, "")

    def _show_offers(self) -> None:
        offers = self._view.offers
        if offers == self._offers_shown:
            return
        self._offers_shown = offers
        shown: list[QPushButton] = []
        for offer in offers:
            one = button(offer.words, lambda offer=offer: self._view.take(offer))  # type: ignore[misc]  # bound early
            one.setAccessibleName(f"Take: {offer.words}")
            one.setAccessibleDescription(offer.note)
            shown.append(one)
        self._offer_buttons = shown
        self._offers.show_widgets(shown)
        notes = [f"{one.words.partition(': ')[2]}: {one.note}" for one in offers if one.note]
        self._offer_notes.setText("\n".join(dict.fromkeys(notes)))
        self._offer_notes.setVisible(bool(notes))

    def refresh_state(self) -> None:
        """Say whether what is written is complete, and what must be seen."""
        view = self._view
        if view.form is None:
            return
        self._say(self.state, view.state, "attention" if not view.is_complete else "compact")
        self.notes.setText("\n".join(view.notes))
        self.notes.setVisible(bool(view.notes))
        problems = view.problems
        if self.form is not None:
            for name, box in self.form.boxes.items():
                if name not in problems:
                    box.show_problem("")

    @staticmethod
    def _say(words: QLabel, text: str, role: str) -> None:
        words.setText(text)
        words.setAccessibleName(text)
        if words.property("role") != role:
            words.setProperty("role", role)
            words.style().polish(words)

    # Keys

    @property
    def has_keys(self) -> bool:
        """Whether the keys are in the panel."""
        focus: QWidget | None = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def take_focus(self) -> None:
        """Put the keys on the first offer, else into the first field, else on the way back."""
        first = self.back
        if self._view.form is not None and self._offer_buttons:
            first = self._offer_buttons[0]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape; a shortcut would stand against that of the screen."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _set_tab_order(self) -> None:
        """Offers and fields come and go: the keys go round as the eye does."""
        fields = [] if self.form is None else [box.editor for box in self.form.boxes.values()]
        stops: tuple[QWidget, ...] = (
            *(self.back, self.quote, *self._offer_buttons, *fields),
            *(self.save_button, self.give_up_button, *self.lines.stops),
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # Doing

    def save(self) -> None:
        """Record the commitment that is being written."""
        if self._view.form is None:
            return
        if self._view.save():
            self.saved.emit()
            return
        if self.form is not None:
            problems = self._view.problems
            for name, box in self.form.boxes.items():
                box.show_problem(problems.get(name, ""))
            if problems:
                self.form.focus_on(next(iter(problems)))

    def _on_given_up(self) -> None:
        self._view.give_up()
        self.saved.emit()

    def _on_change_wanted(self, commitment: str) -> None:
        self._view.begin_change(commitment)
        self._scroll.verticalScrollBar().setValue(0)
        if self.form is not None and self._view.form is not None:
            self.form.focus_on("who")

    def _on_quote_wanted(self) -> None:
        if self._view.form is not None:
            self.words_wanted.emit(self._view.form.quote)


def _scroll_area() -> QScrollArea:
    found = QScrollArea()
    found.setWidgetResizable(True)
    found.setFrameShape(QFrame.Shape.NoFrame)
    found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    found.setProperty("role", "paper")
    found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return found
