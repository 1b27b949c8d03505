"""How one person's pack is sealed: to a contact card, or with a passphrase told by phone."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui.screens.panel_parts.flow_page import row_of
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.choices import Tick
from tendereval.viewmodels.panel_candidates import Candidate
from tendereval.viewmodels.panel_packs import MakingPacks


class SealingPart(QWidget):
    """How the pack of one person is sealed.

    Attributes:
        pick_card: asks for a contact card and returns its path; empty for none.
    """

    def __init__(self, view_model: MakingPacks) -> None:
        super().__init__()
        self._view_model = view_model
        self.row = -1
        self.pick_card: Callable[[], str] = self._ask_card
        self.by_card = QRadioButton("To the person’s contact card")
        self.by_words = QRadioButton("With a passphrase")
        self._group = QButtonGroup(self)
        self._group.addButton(self.by_card, 0)
        self._group.addButton(self.by_words, 1)
        self._title = label(role="section", wrap=True)
        self._card = label(role="small", wrap=True)
        self.words = label(role="strong", wrap=True)
        self.choose = button("Choose the card…", self.on_choose)
        self.theirs = Tick("This card is theirs: the words were compared")
        self.why_box, self.why = field("Why the new card is taken", QLineEdit())
        self.other = button("Other words", self._on_other)
        self.passphrase = label(role="large", wrap=True)
        for told in (self.passphrase, self.words):
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._note = label(role="small", wrap=True)
        self._build()
        self._group.idClicked.connect(lambda number: self._seal(card=number == 0))
        self.theirs.toggled.connect(lambda on: view_model.say_theirs(self.row, theirs=on))
        self.why.textChanged.connect(lambda text: view_model.say_why(self.row, text))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.by_card, 0, Qt.AlignmentFlag.AlignLeft)
        parts = (self._card, self.words, self.theirs, self.why_box, row_of(self.choose))
        self._by_card = _set_in(column, *parts)
        column.addWidget(self.by_words, 0, Qt.AlignmentFlag.AlignLeft)
        self._by_words = _set_in(column, self.passphrase, self._note, row_of(self.other))

    def show_row(self, row: int) -> None:
        """Show the person of a row."""
        self.row = row
        known = 0 <= row < len(self._view_model.people.rows)
        one = self._view_model.people.rows[row] if known else None
        self.setVisible(one is not None and one.is_wanted)
        if one is not None:
            self._show(one)

    def _show(self, one: Candidate) -> None:
        self._title.setText(f"Sealed for {one.name}")
        self.by_card.setChecked(one.by_card)
        self.by_words.setChecked(not one.by_card)
        words = self._view_model.fingerprint(self.row)
        if one.card is None:
            text = "Only this person can open the pack. No card of theirs is known yet."
        elif one.is_other_key:
            text = f"{one.name} is known by another card. Ring, and compare these words:"
        elif one.is_other_owner:
            text = f"The card says {one.card.name}, {one.card.email}. Compare the words by phone:"
        else:
            text = "Compare these words by phone before you send the pack:"
        self._card.setText(text)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.theirs.setVisible(one.by_card and one.is_other_owner)
        self.theirs.setChecked(one.is_theirs)
        self.why_box.setVisible(one.by_card and one.is_other_key)
        if self.why.text() != one.reason:
            self.why.setText(one.reason)
        self.choose.setText("Choose the card…" if one.card is None else "Choose another card…")
        self.passphrase.setText(one.passphrase.replace("-", " "))
        self._note.setText(
            "Tell it by phone, never with the pack. It is kept nowhere; blanks and capitals do "
            "not matter."
        )
        for part in (self.passphrase, self._note, self.other):
            part.setVisible(not one.by_card)

    def _seal(self, *, card: bool) -> None:
        one = self._view_model.people.rows[self.row]
        if card and one.card is None:
            self.on_choose()
        else:
            self._view_model.seal_by(self.row, card=card)
        self.show_row(self.row)

    def on_choose(self) -> None:
        """Ask for the person's contact card."""
        chosen = self.pick_card()
        if chosen:
            self._view_model.use_card(self.row, Path(chosen))
        self.show_row(self.row)

    def _on_other(self) -> None:
        self._view_model.other_passphrase(self.row)
        self.show_row(self.row)

    def _ask_card(self) -> str:
        return QFileDialog.getOpenFileName(
            self, "Choose the contact card", filter="Contact cards (*.evaluator)"
        )[0]


def _set_in(column: QVBoxLayout, *parts: QWidget | QLayout) -> QWidget:
    """Put widgets and rows under a radio button, set in."""
    box = QWidget()
    inside = QVBoxLayout(box)
    inside.setContentsMargins(24, 0, 0, 4)
    inside.setSpacing(4)
    for part in parts:
        if isinstance(part, QWidget):
            inside.addWidget(part)
        else:
            inside.addLayout(part)
    column.addWidget(box)
    return box
