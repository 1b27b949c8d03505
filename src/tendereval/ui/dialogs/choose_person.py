"""Choosing who scores on the lead's laptop, and handing it back; a PIN for each person."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.table import RowDelegate
from tendereval.viewmodels.seats import SeatsViewModel, Sitter
from tendereval.viewmodels.session_view_model import SessionViewModel

_OWN_PIN, _CHOOSE = 0, 1


def _pin_field(name: str, hint: str = "") -> tuple[QWidget, QLineEdit]:
    box, digits = field(name, QLineEdit(), hint)
    digits.setEchoMode(QLineEdit.EchoMode.Password)
    digits.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    digits.setMaxLength(32)
    digits.setMaximumWidth(theme.current().px(200))
    return box, digits


class ChoosePerson(QDialog):
    """First the owner's own PIN, once; then a name and that person's PIN."""

    def __init__(self, seats: SeatsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seats = seats
        self.setWindowTitle("Score on this laptop")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_own_pin())
        self._stack.addWidget(self._make_choice())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.addWidget(self._stack)
        self.resize(theme.current().px(460), theme.current().px(440))
        self._stack.setCurrentIndex(_CHOOSE if seats.owner_has_pin else _OWN_PIN)
        self._look()

    def _make_own_pin(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            label(f"{self._seats.owner_name}, first a PIN of your own", "section", wrap=True)
        )
        column.addWidget(
            label(
                "While somebody scores here, your screens are closed. Your PIN opens them again. "
                "It keeps honest people apart; it does not lock the file.",
                "muted",
                wrap=True,
            )
        )
        box, self.own = _pin_field("Your PIN, at least 4 digits")
        again_box, self.own_again = _pin_field("The same again")
        column.addWidget(box)
        column.addWidget(again_box)
        self._own_wrong = label(role="problem", wrap=True)
        column.addWidget(self._own_wrong)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(button("Not now", self._skip, "link"))
        row.addStretch(1)
        self.keep_own = button("Keep this PIN", self._on_own, "primary")
        row.addWidget(self.keep_own)
        column.addLayout(row)
        self.own_again.returnPressed.connect(self._on_own)
        self.own.returnPressed.connect(self.own_again.setFocus)
        return page

    def _make_choice(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label("Who scores now?", "section"))
        self.people = QListWidget()
        self.people.setAccessibleName("Who scores now")
        self.people.setItemDelegate(RowDelegate(self.people))
        for one in self._seats.sitters:
            item = QListWidgetItem(f"{one.name}   ·   {one.part}")
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.people.addItem(item)
        column.addWidget(self.people, 1)
        self._nobody = label(
            "Nobody on the panel is asked to score yet. Say who scores what on the panel first.",
            "muted",
            wrap=True,
        )
        self._nobody.setVisible(self.people.count() == 0)
        column.addWidget(self._nobody)
        column.addLayout(self._pin_part())
        self._wrong = label(role="problem", wrap=True)
        column.addWidget(self._wrong)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = button("Cancel", self.reject)
        row.addWidget(cancel)
        self.sit = button("Start", self._on_sit, "primary")
        row.addWidget(self.sit)
        column.addLayout(row)
        self.people.currentItemChanged.connect(lambda _now, _before: self._look())
        return page

    def _pin_part(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self._pin_box, self.pin = _pin_field("Your PIN")
        self._again_box, self.again = _pin_field("The same again")
        self._first = label(
            "You have not scored here before. Choose a PIN of at least 4 digits; "
            "nobody else needs to know it.",
            "small",
            wrap=True,
        )
        for widget in (self._first, self._pin_box, self._again_box):
            column.addWidget(widget)
        self.pin.returnPressed.connect(self._on_pin_entered)
        self.again.returnPressed.connect(self._on_sit)
        return column

    @property
    def chosen(self) -> Sitter | None:
        """Who was chosen; None while nobody is."""
        item = self.people.currentItem() if self.people.selectedItems() else None
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, Sitter) else None

    def _look(self) -> None:
        one = self.chosen
        first = one is not None and not one.has_pin
        self._pin_box.setVisible(one is not None)
        self._again_box.setVisible(first)
        self._first.setVisible(first)
        self.sit.setEnabled(one is not None)
        self.sit.setText(f"Start as {one.name}" if one else "Start")
        self._wrong.clear()
        self.pin.clear()
        self.again.clear()

    def _on_pin_entered(self) -> None:
        if self.again.isVisibleTo(self):
            self.again.setFocus()
        else:
            self._on_sit()

    def _skip(self) -> None:
        self._stack.setCurrentIndex(_CHOOSE)
        self.people.setFocus()

    def _on_own(self) -> None:
        seats = self._seats
        refused = seats.set_pin(seats.owner, self.own.text(), self.own_again.text())
        self._own_wrong.setText(refused)
        if not refused:
            self._skip()

    def _on_sit(self) -> None:
        one = self.chosen
        if one is None:
            return
        refused = ""
        if not one.has_pin:
            refused = self._seats.set_pin(one.person, self.pin.text(), self.again.text())
        refused = refused or self._seats.sit_down(one.person, self.pin.text())
        self._wrong.setText(refused)
        if not refused:
            self.accept()
        else:
            self.pin.selectAll()
            self.pin.setFocus()


class HandBack(QDialog):
    """Leaves the evaluator's screens: to the owner with a PIN, or by closing the file.

    Attributes:
        closes_file: whether the file is to be closed instead.
    """

    def __init__(self, seats: SeatsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seats = seats
        self.closes_file = False
        self.setWindowTitle("Hand back")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        name = seats.owner_name
        column.addWidget(label(f"Hand the laptop back to {name}", "section", wrap=True))
        column.addWidget(
            label(
                "Everything you wrote is kept. You can come back with your PIN.", "muted", wrap=True
            )
        )
        self._box, self.pin = _pin_field(f"The PIN of {name}")
        self._box.setVisible(seats.owner_has_pin)
        column.addWidget(self._box)
        self._wrong = label(role="problem", wrap=True)
        column.addWidget(self._wrong)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(button("Close the file", self._on_close, "link"))
        row.addStretch(1)
        self.stay = button("Go on scoring", self.reject)
        row.addWidget(self.stay)
        self.give = button(f"Open the screens of {name}", self._on_give, "primary")
        row.addWidget(self.give)
        column.addLayout(row)
        self.pin.returnPressed.connect(self._on_give)

    def _on_give(self) -> None:
        refused = self._seats.hand_back(self.pin.text())
        self._wrong.setText(refused)
        if refused:
            self.pin.selectAll()
            self.pin.setFocus()
        else:
            self.accept()

    def _on_close(self) -> None:
        self.closes_file = True
        self.accept()


def choose_person(desk: SessionViewModel, parent: QWidget | None = None) -> bool:
    """Let somebody sit down at the lead's laptop and say whether somebody did."""
    seats = SeatsViewModel(desk)
    dialog = ChoosePerson(seats, parent)
    done = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return done
