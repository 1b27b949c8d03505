"""The agreed scores by name, with one's word on each."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from tendereval.ui import theme
from tendereval.ui.widgets.inset_rows import InsetDelegate
from tendereval.viewmodels.confirm import Item, Word

_MARKS: Final = {Word.OPEN: "○", Word.CONFIRMED: "●", Word.DISSENT: "⊘"}


class ItemList(QListWidget):
    """Moving in the list shows an agreed score.

    Signals:
        chosen: the place that a person chose; not emitted by ``show_items``.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Agreed scores")
        self.setItemDelegate(InsetDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items: tuple[Item, ...] = ()
        self.currentItemChanged.connect(self._on_current)

    def show_items(self, items: Sequence[Item], here: Item | None) -> None:
        """Show these items, the one that is shown chosen."""
        self.blockSignals(True)
        if tuple(items) != self._items:
            self._items = tuple(items)
            self._fill()
        places = [one.place for one in self._items]
        self.setCurrentRow(places.index(here.place) if here and here.place in places else -1)
        self.blockSignals(False)

    def _fill(self) -> None:
        self.clear()
        high = theme.current().height("row_table")
        for one in self._items:
            row = QListWidgetItem(f"{_MARKS[one.word]}   {one.place.criterion}   {one.bidder}")
            row.setData(Qt.ItemDataRole.UserRole, one.place)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, one.words)
            row.setToolTip(one.words)
            row.setSizeHint(QSize(0, high))
            self.addItem(row)

    def _on_current(self, now: QListWidgetItem | None, _before: object) -> None:
        if now is not None:
            self.chosen.emit(now.data(Qt.ItemDataRole.UserRole))
