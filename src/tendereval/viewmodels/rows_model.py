"""Frozen rows as a table: one model for every list that is shown and not typed into."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
ROLE_INK: Final = Qt.ItemDataRole.UserRole + 100
"""The role of colour a cell is written in."""
ROLE_STRONG: Final = Qt.ItemDataRole.UserRole + 101
"""Whether a cell is set in semibold."""
# Roles as plain numbers: a cell is asked by the hundred.
_SHOWN: Final = Qt.ItemDataRole.DisplayRole.value
_ALIGNED: Final = Qt.ItemDataRole.TextAlignmentRole.value
_SAID: Final = (Qt.ItemDataRole.AccessibleTextRole.value, Qt.ItemDataRole.ToolTipRole.value)
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column.

    Attributes:
        text: what a row shows in it.
        words: what is read aloud and stands in the tool tip; None where that is the text.
        right: whether head and cells are set to the right.
        more: what a row answers for other roles, or for these in another way.
    """

    head: str
    text: Callable[[T], object]
    words: Callable[[T], object] | None = None
    right: bool = False
    more: Mapping[int, Callable[[T], object]] = field(default_factory=dict)


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows in the order in which they are given.

    Args:
        columns: from left to right.
        key: tells rows apart. Where the same ones are shown again only what changed is told, so
            that a view keeps its place; without it every showing is another table.
    """

    def __init__(
        self,
        columns: Sequence[Column[T]],
        parent: QObject | None = None,
        key: Callable[[T], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[T, ...] = ()
        self._key = key

    def show_rows(self, rows: Sequence[T], columns: Sequence[Column[T]] | None = None) -> None:
        """Show these rows, under other columns where they are given."""
        before, fresh = self.rows, tuple(rows)
        if columns is None and self._are_same(fresh):
            self.rows = fresh
            for number, (old, new) in enumerate(zip(before, fresh, strict=True)):
                if old != new:
                    self._tell_changed(number)
            return
        self.beginResetModel()
        self.rows = fresh
        self.columns = self.columns if columns is None else tuple(columns)
        self.endResetModel()

    def _are_same(self, rows: tuple[T, ...]) -> bool:
        key = self._key
        return key is not None and [key(row) for row in rows] == [key(row) for row in self.rows]

    def put_row(self, number: int, row: T) -> None:
        """Show another row in the place of one."""
        self.rows = (*self.rows[:number], row, *self.rows[number + 1 :])
        self._tell_changed(number)

    def _tell_changed(self, number: int) -> None:
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))

    def row_of(self, key: object) -> int:
        """Return where the row of a key stands; -1 where there is none."""
        known = self._key
        if known is None:
            return -1
        return next((at for at, row in enumerate(self.rows) if known(row) == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says or is coloured by."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in column.more:
            return column.more[role](row)
        if role == _SHOWN:
            return column.text(row)
        if role in _SAID:
            return (column.words or column.text)(row)
        return _RIGHT if column.right and role == _ALIGNED else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column, set as its cells are."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _ALIGNED:
            return _RIGHT if column.right else None
        return column.head if role == _SHOWN else None
