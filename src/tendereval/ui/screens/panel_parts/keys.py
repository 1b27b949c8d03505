"""The tender's keys: a second way in at the first pack; later handing over, recovery, cards."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.panel_parts.flow_page import FlowPage, row_of
from tendereval.ui.screens.panel_parts.keys_later import LaterKeys
from tendereval.ui.screens.panel_parts.recovery_sheet import write_sheet
from tendereval.ui.widgets.basics import button, label, measured
from tendereval.ui.widgets.choices import Tick
from tendereval.viewmodels.panel_keys import WHY_KEYS, TenderKeys

_MEASURE, _HEAD, _GROUP = 720, len("AGE-SECRET-KEY-1"), 6


class FirstKeys(QWidget):
    """The choice at the first pack; nothing is chosen in advance."""

    def __init__(self, view_model: TenderKeys) -> None:
        super().__init__()
        self._view_model = view_model
        self.pick_card: Callable[[], str] = self._ask_card
        self.by_recovery = QRadioButton("A recovery key to print and lock away")
        self.by_card = QRadioButton("A colleague’s contact card")
        self._group = QButtonGroup(self)
        self._group.addButton(self.by_recovery)
        self._group.addButton(self.by_card)
        self.choose = button("Choose the card…", self._on_choose)
        self.words = label(role="strong", wrap=True)
        self._card = label(role="small", wrap=True)
        self.make = button("Make the keys", self._on_make, "primary")
        self._waits = label(role="small", wrap=True)
        self._build()
        for one in (self.by_recovery, self.by_card):
            one.toggled.connect(lambda _on: self.refresh())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(measured(label(WHY_KEYS, wrap=True), _MEASURE))
        column.addWidget(self.by_recovery, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(
            _under("Shown once. Whoever holds the sheet and this file can read every return.")
        )
        column.addWidget(self.by_card, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(
            _under("The colleague can collect and read returns in this file, as you can.")
        )
        self._box = QWidget()
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(24, 0, 0, 0)
        for part in (self._card, self.words):
            inside.addWidget(part)
        inside.addLayout(row_of(self.choose))
        column.addWidget(self._box)
        row = row_of(self.make)
        row.insertWidget(1, self._waits, 1)
        column.addLayout(row)
        column.addStretch(1)

    def refresh(self) -> None:
        """Show what is chosen."""
        card = self._view_model.card
        self._box.setVisible(self.by_card.isChecked())
        self._card.setText(
            "" if card is None else f"{card.name}, {card.email}. Compare these words by phone:"
        )
        self._card.setVisible(card is not None)
        self.words.setText(self._view_model.card_words)
        self.words.setVisible(card is not None)
        waits = ""
        if not (self.by_recovery.isChecked() or self.by_card.isChecked()):
            waits = "Choose one of the two first."
        elif self.by_card.isChecked() and card is None:
            waits = "Choose the colleague’s card first."
        self.make.setEnabled(not waits)
        self._waits.setText(waits)

    def _on_choose(self) -> None:
        chosen = self.pick_card()
        if chosen:
            self._view_model.choose_card(Path(chosen))

    def _on_make(self) -> None:
        self._view_model.make(with_card=self.by_card.isChecked())

    def _ask_card(self) -> str:
        return QFileDialog.getOpenFileName(
            self, "Choose the colleague’s contact card", filter="Contact cards (*.evaluator)"
        )[0]


def _under(text: str) -> QVBoxLayout:
    row = QVBoxLayout()
    row.setContentsMargins(24, 0, 0, 0)
    row.addWidget(label(text, "small", wrap=True))
    return row


class RecoveryPart(QWidget):
    """The recovery key, shown once.

    Signals:
        kept: the person says that it is kept, and goes on.
    """

    kept = Signal()

    def __init__(self, view_model: TenderKeys) -> None:
        super().__init__()
        self._view_model = view_model
        self.pick_file: Callable[[str], str] = self._ask_file
        self.key = label(role="large", wrap=True)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.key.setAccessibleName("Recovery key")
        self._words = label(role="small", wrap=True)
        self.save = button("Save to print…", self._on_save)
        self.said = label(role="small", wrap=True)
        self.tick = Tick("The key is printed or saved, away from this laptop")
        self.go_on = button("Go on", self._on_go_on, "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.key)
        column.addWidget(self._words)
        column.addLayout(row_of(self.save))
        column.addWidget(self.said)
        column.addWidget(self.tick)
        column.addLayout(row_of(self.go_on))
        column.addStretch(1)
        self.tick.toggled.connect(lambda on: view_model.note_kept(kept=on))

    def refresh(self) -> None:
        """Show the key."""
        made = self._view_model.recovery
        secret = made.recovery if made else ""
        head, rest = secret[:_HEAD], secret[_HEAD:]
        groups = (rest[at : at + _GROUP] for at in range(0, len(rest), _GROUP))
        self.key.setText(" ".join((head, *groups)))
        self._words.setText(f"To compare later: {made.recovery_words}" if made else "")
        self.tick.setChecked(bool(made) and self._view_model.is_kept)
        self.go_on.setEnabled(self._view_model.is_kept)

    def _on_save(self) -> None:
        chosen = self.pick_file("recovery-key.pdf")
        if not chosen:
            return
        path, view = Path(chosen), self._view_model
        is_pdf = path.suffix.casefold() == ".pdf"
        done = write_sheet(path, view.recovery_lines) if is_pdf else view.save_recovery(path)
        self.said.setText(
            f"✓  Saved as {path.name}. Print it, then move or delete the file."
            if done
            else "⊖  It could not be written there. Choose another folder."
        )

    def _on_go_on(self) -> None:
        self._view_model.forget_recovery()
        self.said.clear()
        self.kept.emit()

    def _ask_file(self, proposed: str) -> str:
        return QFileDialog.getSaveFileName(
            self, "Save the recovery key", proposed, "PDF (*.pdf);;Text (*.txt)"
        )[0]


class KeysPage(FlowPage):
    """The keys of the tender.

    Signals:
        made: there are keys now, kept twice.
    """

    made = Signal()

    def __init__(self, view_model: TenderKeys, jobs: JobRunner) -> None:
        super().__init__(jobs, view_model.unlock)
        self._view_model = view_model
        self.first = FirstKeys(view_model)
        self.recovery = RecoveryPart(view_model)
        self.later = LaterKeys(view_model)
        for part in (self.first, self.recovery, self.later):
            self.body.addWidget(part, 1)
        view_model.changed.connect(self._on_changed)
        view_model.refused_here.connect(self.refuse)
        self.recovery.kept.connect(self.made)

    def start(self) -> None:
        """Show the keys as they are."""
        self.clear_problem()
        self.later.said.clear()
        self.refresh()
        part = self.first if self.first.isVisibleTo(self) else self.later
        (part.by_recovery if isinstance(part, FirstKeys) else part.save_card).setFocus()

    def _on_changed(self) -> None:
        was_first = self.first.isVisibleTo(self)
        self.refresh()
        if was_first and self._view_model.are_made and self._view_model.recovery is None:
            self.made.emit()

    def refresh(self) -> None:
        """Show the one part that is due."""
        view = self._view_model
        shows_key, are_made = view.recovery is not None, view.are_made
        self.first.setVisible(not are_made and not shows_key)
        self.recovery.setVisible(shows_key)
        self.later.setVisible(are_made and not shows_key)
        if shows_key:
            under = "This is the only time it is shown. Print it and lock it away."
            self.head.say("Keep this recovery key", under)
        elif are_made:
            under = "Returns are sealed to them. They lie in this file, sealed to you."
            self.head.say("This tender’s keys", under)
        else:
            self.head.say("Before the first pack: who else may open returns?")
        for part in (self.first, self.recovery, self.later):
            part.refresh()

    def may_leave(self) -> bool:
        """Ask before a recovery key is lost that nobody kept."""
        if self._view_model.recovery is None:
            return True
        if not self._view_model.is_kept:
            question = Confirm(
                "Leave the recovery key",
                "The recovery key is shown only now.",
                "Without it, nobody but you on this computer can ever open the returns.",
                verb="Leave without it",
                safe="Stay",
                parent=self,
            )
            if question.exec() != Confirm.DialogCode.Accepted:
                return False
        self._view_model.forget_recovery()
        return True
