"""Says that an answer cannot be scored by this person, and why; in place, no box over the work."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui.widgets.basics import button, field, label

GROUNDS = ("Conflict of interest", "Other")


class CannotScore(QWidget):
    """A ground, a reason, and the act; nothing is chosen in advance.

    Signals:
        decided: ground and reason.
        given_up: the person goes back to scoring.
    """

    decided = Signal(str, str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Cannot score this")
        self._group = QButtonGroup(self)
        self.conflict = QRadioButton("I have an interest in this bidder")
        self.other = QRadioButton("Another reason")
        self._group.addButton(self.conflict, 0)
        self._group.addButton(self.other, 1)
        self.reason_box, self.reason = field("Why you cannot score it", QLineEdit())
        self.record = button("I cannot score this", self._on_record)
        self._waits = label(role="small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 12, 8)
        column.setSpacing(6)
        head = label("You cannot score this answer?", "strong")
        column.addWidget(head)
        column.addWidget(label("It counts as no score, never as zero.", "small"))
        column.addWidget(self.conflict)
        column.addWidget(self.other)
        column.addWidget(self.reason_box)
        row = QHBoxLayout()
        row.addWidget(self.record)
        row.addWidget(button("Back to scoring", self.given_up.emit, "link"))
        row.addWidget(self._waits, 1)
        column.addLayout(row)
        column.addStretch(1)
        self._group.idToggled.connect(lambda _id, _on: self._look())
        self.reason.textChanged.connect(self._look)
        self.reason.returnPressed.connect(self._on_record)
        self._look()

    def begin(self) -> None:
        """Start with nothing chosen."""
        self._group.setExclusive(False)
        self.conflict.setChecked(False)
        self.other.setChecked(False)
        self._group.setExclusive(True)
        self.reason.clear()
        self.conflict.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _look(self) -> None:
        waits = []
        if self._group.checkedId() < 0:
            waits.append("choose one of the two")
        if not self.reason.text().strip():
            waits.append("say why")
        self.record.setEnabled(not waits)
        self._waits.setText(f"First {' and '.join(waits)}." if waits else "")

    def _on_record(self) -> None:
        if self.record.isEnabled():
            self.decided.emit(GROUNDS[self._group.checkedId()], self.reason.text())
