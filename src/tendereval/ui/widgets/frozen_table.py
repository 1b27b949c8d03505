"""A wide table whose first columns stay in sight while the others are scrolled."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from tendereval.ui.widgets.table import Index, RowDelegate, Table, let_scroll

_MOST_SHARE = 0.7


class FrozenTable(Table):
    """A table with a second view of its first columns lying over it.

    The view on top takes no keys and no focus; for a screen reader there is one table. Where the
    first columns would take most of the room they scroll with the rest.

    Args:
        name: what the table shows.
        frozen: how many columns stay.
    """

    def __init__(self, name: str, frozen: int, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._frozen = frozen
        self._top = QTableView(self)
        self._dress()
        self.horizontalHeader().sectionResized.connect(self._on_resized)
        self.verticalScrollBar().valueChanged.connect(self._top.verticalScrollBar().setValue)
        self._top.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)

    def _dress(self) -> None:
        top = self._top
        top.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top.setAccessibleName(f"{self.accessibleName()}, first columns")
        top.setItemDelegate(RowDelegate(top))
        top.setShowGrid(False)
        top.setWordWrap(False)
        top.setFrameShape(QTableView.Shape.NoFrame)
        top.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        top.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        top.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        top.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        top.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        top.verticalHeader().hide()
        top.horizontalHeader().setHighlightSections(False)
        top.horizontalHeader().setDefaultAlignment(self.horizontalHeader().defaultAlignment())
        top.horizontalHeader().setMinimumSectionSize(1)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model in both views, with one selection."""
        super().setModel(model)
        self._top.setModel(model)
        self._top.setSelectionModel(self.selectionModel())
        if model is not None:
            model.modelReset.connect(self.place_frozen)
            model.columnsInserted.connect(self.place_frozen)
        self.place_frozen()

    @property
    def frozen_width(self) -> int:
        """How wide the columns are that stay, in px; 0 where nothing does."""
        if self.horizontalHeader().count() <= self._frozen:
            return 0
        width = sum(self.columnWidth(number) for number in range(self._frozen))
        return width if width <= self.viewport().width() * _MOST_SHARE else 0

    def place_frozen(self) -> None:
        """Lay the first columns over the table."""
        width = self.frozen_width
        self._top.setVisible(width > 0)
        if not width:
            return
        columns = self._top.horizontalHeader().count()
        for number in range(columns):
            self._top.setColumnHidden(number, number >= self._frozen)
            if number < self._frozen:
                self._top.setColumnWidth(number, self.columnWidth(number))
        self._top.verticalHeader().setDefaultSectionSize(self.verticalHeader().defaultSectionSize())
        head = self.horizontalHeader().height()
        self._top.horizontalHeader().setFixedHeight(head)
        frame = self.frameWidth()
        let_scroll(self._top)
        self._top.setGeometry(frame, frame, width, self.viewport().height() + head)
        self._top.raise_()

    def _on_resized(self, _number: int, _old: int, _new: int) -> None:
        self.place_frozen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first columns in their place."""
        super().resizeEvent(event)
        self.place_frozen()

    def follow_theme(self) -> None:
        """Take row heights from the theme, in both views."""
        super().follow_theme()
        if hasattr(self, "_top"):
            self.place_frozen()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into view, not under the columns that stay."""
        if self.frozen_width and index.column() < self._frozen:
            index = index.sibling(index.row(), self._frozen)
            self.horizontalScrollBar().setValue(0)
        super().scrollTo(index, hint)
        hidden = self.frozen_width - self.visualRect(index).left()
        if index.column() >= self._frozen and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)
