"""My contact card: name, e-mail and keys of the person at this computer, with words to compare."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.fitting import fit_height
from tendereval.viewmodels.own_keys import OwnIdentityViewModel

_MAKE, _LOCKED, _CARD = 0, 1, 2
_WHAT: Final = (
    "Send your card to the lead. Packs can then be sealed to it: they open on this computer "
    "without a passphrase."
)
_COMPARE: Final = "Read these words to the lead by phone. The lead sees the same words."
_PROTECT: Final = (
    "The app asks for this passphrase when you open a pack sealed to your card and when you write "
    "a return. Nobody can tell it to you again if you forget it."
)


class OwnIdentity(QDialog):
    """Makes the card once, shows it, saves it, and protects the keys where that is wished."""

    def __init__(self, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model, self._jobs = OwnIdentityViewModel(), jobs
        self.ask_path: Callable[[str], str] = self._ask_path
        self.setWindowTitle("My contact card")
        self._stack = QStackedWidget()
        for page in (self._make_first(), self._make_locked(), self._make_card()):
            self._stack.addWidget(page)
        self.wrong = label(role="problem", wrap=True)
        self.note = label(role="small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._stack)
        column.addWidget(self.wrong)
        column.addWidget(self.note)
        self.setMinimumWidth(theme.current().px(520))
        self._say("")
        self.refresh()

    def _page(self, head: str, under: str) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(head, "section", wrap=True))
        column.addWidget(label(under, "muted", wrap=True))
        return page, column

    def _buttons(self, do_it: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("Close", self.reject))
        row.addWidget(do_it)
        return row

    def _make_first(self) -> QWidget:
        page, column = self._page("Make your contact card", _WHAT)
        name_box, self.name = field("Your name", QLineEdit())
        email_box, self.email = field("Your e-mail", QLineEdit())
        column.addWidget(name_box)
        column.addWidget(email_box)
        column.addStretch(1)
        self.make = button("Make the card", self.on_make, "primary")
        column.addLayout(self._buttons(self.make))
        self.name.returnPressed.connect(self.email.setFocus)
        self.email.returnPressed.connect(self.on_make)
        return page

    def _make_locked(self) -> QWidget:
        page, column = self._page(
            "Your contact card", "Your own keys open with a passphrase. Type it to see the card."
        )
        box, self.passphrase = field("Passphrase of your own keys", QLineEdit())
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(box)
        column.addStretch(1)
        self.unlock = button("Show the card", self.on_unlock, "primary")
        column.addLayout(self._buttons(self.unlock))
        self.passphrase.returnPressed.connect(self.on_unlock)
        return page

    def _make_card(self) -> QWidget:
        page, column = self._page("Your contact card", _WHAT)
        self.who = label(role="strong", wrap=True)
        self.who.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.who)
        self.words = label(role="section", wrap=True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column.addWidget(self.words)
        column.addWidget(label(_COMPARE, "small", wrap=True))
        self.protected = label(role="small", wrap=True)
        column.addWidget(self.protected)
        self.protect = button("Protect my keys with a passphrase…", self._on_protect, "link")
        self.protect.setProperty("flush", "true")
        column.addWidget(self.protect, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._make_protect())
        column.addStretch(1)
        self.save = button("Save my contact card…", self.on_save, "primary")
        column.addLayout(self._buttons(self.save))
        return page

    def _make_protect(self) -> QWidget:
        self._protect_box = QWidget()
        column = QVBoxLayout(self._protect_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_PROTECT, "small", wrap=True))
        first_box, self.first = field("Passphrase, several words", QLineEdit())
        again_box, self.again = field("The same again", QLineEdit())
        for one in (self.first, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(first_box)
        column.addWidget(again_box)
        self.lock = button("Protect them", self.on_lock)
        column.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignLeft)
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.on_lock)
        self._protect_box.hide()
        return self._protect_box

    def refresh(self) -> None:
        """Show what there is: nothing yet, a locked card, or the card."""
        view = self._view_model
        card = view.card
        self._stack.setCurrentIndex(
            _CARD if card is not None else _MAKE if view.may_make else _LOCKED
        )
        if card is not None:
            self.who.setText(f"{card.name}   ·   {card.email}")
            first, last = card.words.split()[:4], card.words.split()[4:]
            self.words.setText(f"{' '.join(first)}\n{' '.join(last)}")
            self.words.setAccessibleName(f"Fingerprint in words: {card.words}")
            self.protected.setText("Your keys open with a passphrase." if card.protected else "")
            self.protected.setVisible(card.protected)
            self.protect.setVisible(not card.protected and self._protect_box.isHidden())
        if view.refused is not None and not view.is_locked:
            self._say(f"{view.refused.happened} {view.refused.do}")
        first_field = (self.name, self.passphrase, self.save)[self._stack.currentIndex()]
        first_field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def _say(self, wrong: str, note: str = "") -> None:
        self.wrong.setText(f"⊖  {wrong}" if wrong else "")
        self.wrong.setVisible(bool(wrong))
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the page that is shown."""
        for number in range(self._stack.count()):
            shown = number == self._stack.currentIndex()
            rule = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            page = self._stack.widget(number)
            if page is not None:
                page.setSizePolicy(QSizePolicy.Policy.Preferred, rule)
        fit_height(self)

    def on_make(self) -> None:
        """Make the identity."""
        wrong = self._view_model.make(self.name.text(), self.email.text())
        self._say(wrong)
        if not wrong:
            self.refresh()

    def on_unlock(self) -> None:
        """Open the identity with its passphrase."""
        self._say(self._view_model.look(self.passphrase.text()))
        self.refresh()

    def _on_protect(self) -> None:
        self._protect_box.show()
        self.protect.hide()
        self._fit()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_lock(self) -> None:
        """Protect the keys with the passphrase that was typed twice."""
        wrong = self._view_model.protect(self.first.text(), self.again.text())
        self._say(wrong, "" if wrong else "Your keys open with the passphrase from now on.")
        if not wrong:
            self._protect_box.hide()
            self.refresh()

    def on_save(self) -> None:
        """Write the card where the person says."""
        chosen = self.ask_path(self._view_model.proposed)
        if chosen:
            self._jobs.run(
                "Writing the contact card",
                self._view_model.saving(Path(chosen)),
                lambda path: self._say("", f"Saved: {path}. Send it to the lead."),
                self._on_failed,
            )

    def _on_failed(self, error: Exception) -> None:
        self._say(self._view_model.refusal_of(error))

    def _ask_path(self, proposed: str) -> str:
        return QFileDialog.getSaveFileName(
            self, "Where to save your contact card", proposed, "Contact cards (*.evaluator)"
        )[0]
