"""Keys that are made: cards known, handing over to a colleague, recovery."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from tendereval.ui.screens.panel_parts.flow_page import row_of
from tendereval.ui.widgets.basics import button, field, hairline, label
from tendereval.ui.widgets.choices import Tick
from tendereval.viewmodels.panel_keys import TenderKeys


class LaterKeys(QWidget):
    """Keys that are made: cards known, handing over, recovery."""

    def __init__(self, view_model: TenderKeys) -> None:
        super().__init__()
        self._view_model = view_model
        self.pick_card: Callable[[], str] = self._ask_card
        self.pick_target: Callable[[str], str] = self._ask_target
        self._card: Path | None = None
        self._history = label(wrap=True)
        self._cards = label(wrap=True)
        self._own = label(role="strong", wrap=True)
        self.said = label(role="small", wrap=True)
        self.save_card = button("Save your contact card…", self._on_save_card)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._build_known()
        self._build_hand_over()
        self._build_recover()
        self._column.addWidget(self.said)
        self._column.addStretch(1)
        for line in (self.why, self.secret):
            line.textChanged.connect(lambda _text: self._wait())

    def _build_known(self) -> None:
        column = self._column
        column.addWidget(self._history)
        column.addWidget(hairline())
        column.addWidget(label("Your own card", "section"))
        column.addWidget(self._own)
        column.addLayout(row_of(self.save_card))
        column.addWidget(label("Cards known", "section"))
        column.addWidget(self._cards)

    def _build_hand_over(self) -> None:
        column = self._column
        column.addWidget(hairline())
        column.addWidget(label("Hand over to a colleague", "section"))
        hint = "The colleague can then collect. You may have kept a copy; the record says so."
        column.addWidget(label(hint, "small", wrap=True))
        self.choose = button("Choose the card…", self._on_choose)
        self._chosen = label(role="small", wrap=True)
        row = row_of(self.choose)
        row.insertWidget(1, self._chosen, 1)
        column.addLayout(row)
        box, self.why = field("Why", QLineEdit())
        column.addWidget(box)
        self.other = Tick("The words were compared by phone: take the new key")
        column.addWidget(self.other)
        self.hand_over = button("Hand over", self._on_hand_over)
        column.addLayout(row_of(self.hand_over))

    def _build_recover(self) -> None:
        column = self._column
        column.addWidget(hairline())
        column.addWidget(label("Recover with the printed key", "section"))
        box, self.secret = field("Recovery key", QLineEdit(), "It begins with AGE-SECRET-KEY.")
        why, self.why_recover = field("Why", QLineEdit(), optional=True)
        self.recover = button("Recover", self._on_recover)
        column.addWidget(box)
        column.addWidget(why)
        column.addLayout(row_of(self.recover))

    def refresh(self) -> None:
        """Show the keys."""
        view = self._view_model
        self._history.setText("\n".join(view.history))
        known = "\n".join(f"{name}: {words}" for name, words in view.cards)
        self._cards.setText(known or "None yet. A card is known once a pack or return brought it.")
        self._own.setText(view.own_words or "Made when the first pack is made.")
        self.other.setVisible(view.other_card is not None)
        self._wait()

    def _wait(self) -> None:
        ready = self._card is not None and bool(self.why.text().strip())
        if self._view_model.other_card is not None:
            ready = ready and self.other.isChecked()
        self.hand_over.setEnabled(ready or self._view_model.other_card is not None)
        self.recover.setEnabled(bool(self.secret.text().strip()))

    def _on_choose(self) -> None:
        chosen = self.pick_card()
        if chosen:
            self._card = Path(chosen)
            self._view_model.other_card = None
            self.other.setChecked(False)
            self._chosen.setText(self._card.name)
            self.refresh()

    def _on_hand_over(self) -> None:
        if self._card is None:
            return
        other, reason = self.other.isChecked(), self.why.text()
        if self._view_model.hand_over(self._card, reason, other_key=other):
            self._card = None
            self._chosen.clear()
            self.why.clear()
            self.said.setText("✓  Handed over. The colleague opens this file on their own laptop.")
        self.refresh()

    def _on_recover(self) -> None:
        if self._view_model.recover(self.secret.text(), self.why_recover.text()):
            self.said.setText("✓  The keys are sealed to you now.")
            self.why_recover.clear()
        self.secret.clear()
        self.refresh()

    def _on_save_card(self) -> None:
        chosen = self.pick_target("lead.evaluator")
        if chosen and self._view_model.save_own_card(Path(chosen)):
            self.said.setText(f"✓  Saved as {Path(chosen).name}.")
        self.refresh()

    def _ask_card(self) -> str:
        return QFileDialog.getOpenFileName(
            self, "Choose the contact card", filter="Contact cards (*.evaluator)"
        )[0]

    def _ask_target(self, proposed: str) -> str:
        return QFileDialog.getSaveFileName(
            self, "Save your contact card", proposed, "Contact cards (*.evaluator)"
        )[0]
