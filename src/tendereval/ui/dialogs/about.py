"""About: version, licences of everything bundled, libraries."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import button
from tendereval.ui.widgets.markdown import show_markdown
from tendereval.viewmodels.about import about_text


class About(QDialog):
    """Shows what the product is made of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About tendereval")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Version and licences")
        self.text.setProperty("role", "answer")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(24)
        show_markdown(self.text, about_text())
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 24, 0)
        row.addStretch(1)
        close = button("Close", self.accept)
        close.setDefault(True)
        row.addWidget(close)
        column.addLayout(row)
        self.resize(theme.current().px(820), theme.current().px(600))
