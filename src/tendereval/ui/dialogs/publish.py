"""The confirmation that publishes the method: it names the act, and the safe button is ready."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.parts.form import FieldBox
from tendereval.ui.widgets.basics import button, label
from tendereval.viewmodels.form_fields import FormField, Shape
from tendereval.viewmodels.publishing import ACT, PublishingViewModel


class PublishDialog(QDialog):
    """Publishes the method, or goes back to it."""

    def __init__(self, publishing: PublishingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._publishing = publishing
        self.setWindowTitle("Publish the method")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(ACT, "section", wrap=True))
        told = (
            "From then on every document carries its fingerprint "
            f"{publishing.fingerprint_short}, and each change is a new version with its reason."
        )
        column.addWidget(label(told, wrap=True))
        self.reason = FieldBox(
            FormField(
                "reason",
                "What changed since it was published, and why",
                str,
                lambda _old, new: new,
                Shape.LONG,
            )
        )
        self.reason.setVisible(publishing.republishing)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.addStretch(1)
        self.back = button("Keep it as a draft", self.reject)
        self.publish = button("Publish the method", self._on_publish)
        row.addWidget(self.publish)
        row.addWidget(self.back)
        column.addLayout(row)
        self.back.setDefault(True)
        self.back.setFocus()
        self.setMinimumWidth(theme.current().px(480))

    def _on_publish(self) -> None:
        text = self.reason.text.strip()
        if self._publishing.republishing and not text:
            self.reason.show_problem("Say what changed and why; it is printed.")
            self.reason.editor.setFocus()
            return
        self._publishing.publish(text)
        self.accept()
