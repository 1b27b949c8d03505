"""The lead's receipt, and what it allows: removing the working file from this laptop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.widgets.basics import button, field, label
from tendereval.viewmodels.receipts import ReceiptsViewModel


class ReceiptPart(QWidget):
    """Takes a receipt; once it is genuine, offers to remove the working file.

    Signals:
        removed: the working file is gone.
    """

    removed = Signal()

    def __init__(self, view_model: ReceiptsViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._head = label("The receipt", "strong")
        self._box, self.field = field(
            f"Receipt of {view_model.lead}",
            QLineEdit(),
            "The line that begins with “tendereval-receipt”. A later pack brings it too.",
        )
        self.take = button("Take the receipt", self.on_take)
        self.wrong = label(role="problem", wrap=True)
        self.come = label(role="muted", wrap=True)
        self.words = label(role="small", wrap=True)
        self.remove = button("Remove the working file…", self.on_remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self.come)
        column.addWidget(self.words)
        column.addWidget(self._box)
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addWidget(self.wrong)
        column.addLayout(row)
        self.field.returnPressed.connect(self.on_take)
        view_model.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Ask for a receipt once there is a return, and say when it has come."""
        view = self._view_model
        self.setVisible(view.has_returned)
        if not view.has_returned or not view.desk.is_open:
            return
        received = view.waiting is None
        self.words.setText(f"Words of your return, to compare by phone: {view.words}")
        self._box.setVisible(not received)
        self.take.setVisible(not received)
        may_remove = view.may_remove
        self.remove.setVisible(may_remove)
        self.come.setVisible(received)
        self.come.setText(
            f"{view.lead} has your return. You can remove the working file from this laptop now; "
            "what you wrote is with the lead."
            if may_remove
            else f"{view.lead} has your return. The working file stays while something in it has "
            "not been returned."
        )
        self.wrong.setVisible(bool(self.wrong.text()))

    def _on_changed(self) -> None:
        page = self.parentWidget()
        if page is None or page.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Show how things stand now."""
        super().showEvent(event)
        self.refresh()

    def on_take(self) -> None:
        """Check the receipt and keep it."""
        wrong = self._view_model.take(self.field.text())
        self.wrong.setText(f"⊖  {wrong}" if wrong else "")
        if not wrong:
            self.field.clear()
        self.refresh()
        if wrong:
            self.field.selectAll()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.remove.isVisibleTo(self):
            self.remove.setFocus(Qt.FocusReason.OtherFocusReason)

    def question(self) -> Confirm:
        """Return the question whether to remove the file; keeping it is the safe answer."""
        path = self._view_model.desk.session.file.path
        return Confirm(
            "Remove the working file",
            f"Remove {path.name} from this laptop.",
            f"{self._view_model.lead} has your return and a record of it. The answers and what "
            "you wrote are no longer readable here afterwards. This cannot be undone; a new pack "
            "can be opened again.",
            verb="Remove it",
            safe="Keep it",
            parent=self,
        )

    def on_remove(self) -> None:
        """Ask, then remove it."""
        question = self.question()
        done = question.exec() == Confirm.DialogCode.Accepted
        question.deleteLater()
        if done and self._view_model.remove():
            self.removed.emit()
