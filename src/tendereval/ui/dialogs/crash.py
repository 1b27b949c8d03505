"""A fault of the product: what happened, that everything saved is kept, a report to copy."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, field, label


class Crash(QDialog):
    """Rejected: go on working, the safe choice. Accepted: close the app.

    Args:
        report: version, system and traceback; no content of any file.
        kept: what became of the text that was being typed.
    """

    def __init__(self, report: str, kept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("A fault of tendereval")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label("Something went wrong that is tendereval’s fault", "section"))
        column.addWidget(
            label(
                f"Everything saved is kept: each change is written to the file at once. {kept} "
                "The last step may not have been done; look before you do it again.",
                wrap=True,
            )
        )
        hint = "It holds the version, the system and the place in the program; no names, no texts."
        box, self.report = field(
            "Report for whoever looks after tendereval", QPlainTextEdit(), hint
        )
        self.report.setPlainText(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        column.addWidget(box, 1)
        row = QHBoxLayout()
        self.copy = button("Copy the report", self._on_copy)
        self.close_app = button("Close tendereval", self.accept)
        self.go_on = button("Go on", self.reject)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.close_app)
        row.addWidget(self.go_on)
        column.addLayout(row)
        self.go_on.setDefault(True)
        self.go_on.setFocus()
        self.resize(theme.current().px(640), theme.current().px(440))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText("Copied")
