"""Lines that each open something: Enter, Space or a click goes there."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy

from tendereval.ui import theme
from tendereval.ui.widgets.inset_rows import InsetDelegate

_OPEN = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class OpenLines(QListWidget):
    """As high as its lines; never scrolls by itself.

    Args:
        name: what the lines are, for the screen reader.

    Signals:
        opened: what stands behind a line.
    """

    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(InsetDelegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.itemDoubleClicked.connect(self._open)

    def show_lines(self, lines: Sequence[tuple[str, object]]) -> None:
        """Show words with what stands behind them."""
        look = theme.current()
        self.clear()
        for words, what in lines:
            item = QListWidgetItem(f"{words}   ›")
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.UserRole, what)
            item.setSizeHint(QSize(0, look.height("row_table")))
            self.addItem(item)
        if lines:
            self.setCurrentRow(0)
        self.setFixedHeight(len(lines) * look.height("row_table") + 4)
        self.setVisible(bool(lines))

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current line on Enter."""
        item = self.currentItem() if self.currentIndex() != QModelIndex() else None
        if event.key() in _OPEN and item is not None:
            self._open(item)
            return
        super().keyPressEvent(event)
