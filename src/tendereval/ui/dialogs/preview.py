"""A document to look at before it is written: pages, zoom, find; nothing is kept."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.ui.widgets.pdf_view import PdfView


class Preview(QDialog):
    """A window beside the work; closing it lets go of the document.

    Args:
        title: of the document.
        content: of the PDF.
    """

    def __init__(self, title: str, content: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{title} – preview")
        self.pages = PdfView()
        self.pages.setAccessibleName(title)
        self.said = label(role="small")
        self.words = QLineEdit()
        self.words.setAccessibleName("Find words in the document")
        self.words.setPlaceholderText("Find")
        self._build()
        self.words.returnPressed.connect(lambda: self.pages.find_words(self.words.text()))
        self.pages.said.connect(self.said.setText)
        self.pages.page_changed.connect(self._on_page)
        QShortcut(QKeySequence.StandardKey.Find, self, self.words.setFocus)
        self.pages.show_document(content)
        self.pages.setFocus()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self.said, 1)
        self.words.setFixedWidth(theme.current().px(180))
        row.addWidget(self.words)
        row.addWidget(button("Smaller", self.pages.zoom_out))
        row.addWidget(button("Larger", self.pages.zoom_in))
        row.addWidget(button("Close", self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(hairline())
        column.addWidget(self.pages, 1)
        self.resize(theme.current().px(860), theme.current().px(760))

    def _on_page(self, page: int, pages: int) -> None:
        self.said.setText(f"Page {page} of {pages}")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the document."""
        self.pages.close_document()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close on Escape."""
        self.close()
