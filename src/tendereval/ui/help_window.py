"""The guide in a window of its own, with a search over all pages; stays open beside the work."""

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.widgets.basics import field, hairline, label
from tendereval.ui.widgets.markdown import show_markdown
from tendereval.ui.widgets.places import PlaceDelegate
from tendereval.viewmodels.guide import GuideViewModel

_SIDE, _MOST_SIDE = 236, 400
_NAME = Qt.ItemDataRole.UserRole + 1


class HelpWindow(QDialog):
    """Pages at the left, the page at the right; Ctrl+F goes to the search."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guide = GuideViewModel(self)
        self.setWindowTitle("Guide")
        box, self.words = field("Search the guide", QLineEdit())
        self.words.setClearButtonEnabled(True)
        self.pages = QListWidget()
        self.pages.setAccessibleName("Pages")
        self.pages.setItemDelegate(PlaceDelegate(self.pages))
        self.pages.setProperty("role", "places")
        self.pages.setFrameShape(QListWidget.Shape.NoFrame)
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = label("No page holds all of these words. Try fewer.", "small", wrap=True)
        self.text = QTextBrowser()
        self.text.setProperty("role", "answer")
        self.text.setAccessibleName("The page")
        self.text.setOpenLinks(False)
        self._left = QWidget()
        self._build(box)
        self.words.textChanged.connect(self._guide.search)
        self.words.returnPressed.connect(self.pages.setFocus)
        self.pages.currentItemChanged.connect(self._on_chosen)
        self.text.anchorClicked.connect(self._on_link)
        self._guide.changed.connect(self.refresh)
        theme.changed().connect(self.refresh)
        QShortcut(QKeySequence("Ctrl+F"), self, self.words.setFocus)
        self.resize(theme.current().px(940), theme.current().px(680))
        self.refresh()

    def _build(self, search: QWidget) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(0, 16, 0, 16)
        side.setSpacing(12)
        search.setContentsMargins(16, 0, 16, 0)
        self._nothing.setContentsMargins(16, 0, 16, 0)
        side.addWidget(search)
        side.addWidget(self._nothing)
        side.addWidget(self.pages, 1)
        left = self._left
        left.setProperty("role", "ground")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setLayout(side)
        paper = QWidget()
        paper.setProperty("role", "paper")
        paper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QHBoxLayout(paper)
        inside.setContentsMargins(24, 12, 8, 12)
        inside.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(hairline(vertical=True))
        row.addWidget(paper, 1)

    def show_page(self, name: str) -> None:
        """Open a page and come to the front."""
        self.words.clear()
        self._guide.open(name)
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def page(self) -> str:
        """The name of the page that is open."""
        return self._guide.page.name

    def refresh(self) -> None:
        """Show the pages found and the page that is open."""
        found = self._guide.found
        self.pages.blockSignals(True)
        self.pages.clear()
        for one in found:
            item = QListWidgetItem(one.page.title)
            item.setData(_NAME, one.page.name)
            item.setToolTip(one.line)
            item.setSizeHint(QSize(0, theme.current().height("row_table")))
            self.pages.addItem(item)
            if one.page.name == self.page:
                self.pages.setCurrentItem(item)
        self.pages.blockSignals(False)
        self._nothing.setVisible(not found)
        self._show_page()

    def _show_page(self) -> None:
        look = theme.current()
        self._left.setFixedWidth(min(look.px(_SIDE), _MOST_SIDE))
        self.text.document().setDefaultFont(look.font("read"))
        show_markdown(self.text, self._guide.page.text)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._guide.open(str(item.data(_NAME)))

    def _on_link(self, link: QUrl) -> None:
        self.words.clear()
        self._guide.open(link.path())
