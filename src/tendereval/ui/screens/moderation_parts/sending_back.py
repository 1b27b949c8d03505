"""Sends one response back to its evaluators, or records that this is settled; in place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.ui.widgets.basics import button, field, label
from tendereval.viewmodels.moderation import ModerationViewModel


class SendingBack(QWidget):
    """A reason and one act; hidden until it is asked for, or while the response is away."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._words = label(wrap=True)
        self._box, self.reason = field("Reason, kept with the response", QLineEdit())
        self.act = button("", self._on_act)
        self.back = button("Back", self.close_form, "link")
        self._asked = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 12)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._box)
        row = QHBoxLayout()
        row.addWidget(self.act)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        self.reason.returnPressed.connect(self._on_act)
        self.reason.textChanged.connect(lambda _text: self._look())
        self.refresh()

    def open_form(self) -> None:
        """Ask why it is sent back."""
        self._asked = True
        self.refresh()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_form(self) -> None:
        """Leave it."""
        self._asked = False
        self.reason.clear()
        self.refresh()

    def refresh(self) -> None:
        """Show what is to be said."""
        page = self._view_model.page
        away = page is not None and page.sent_back is not None
        self.setVisible(away or self._asked)
        if page is not None and page.sent_back is not None:
            self._words.setText(
                f"Sent back to its evaluators: {page.sent_back}\nIts scores are open again; what "
                "was written before is kept. Nothing can be agreed until this is settled."
            )
        else:
            self._words.setText(
                "Send this response back. Its individual scores open again for every evaluator."
            )
        self.act.setText("Settled" if away else "Send back")
        self.act.setAccessibleName("Record that it is settled" if away else "Send it back")
        self.back.setVisible(not away)
        self._look()

    def _look(self) -> None:
        may = self._view_model.may_send_back and bool(self.reason.text().strip())
        self.act.setEnabled(may)

    def _on_act(self) -> None:
        if not self.act.isEnabled():
            return
        page, reason = self._view_model.page, self.reason.text()
        away = page is not None and page.sent_back is not None
        done = self._view_model.settle(reason) if away else self._view_model.send_back(reason)
        if done:
            self.close_form()
