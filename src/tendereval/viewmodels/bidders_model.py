"""The bidders as a table: name, lots, where each bid stands, answers, documents, limits."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tendereval.domain.ids import BidderId

HEADS: Final = ("Bidder", "Answers", "Documents", "Over limit")
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class BidderRow:
    """One bidder as the table shows it.

    Attributes:
        standing: lots and status in words, with what the status still needs.
        waits: whether a status still needs something.
        given: how many answers of ``asked`` are there.
        over: how many are over their word limit.
    """

    bidder: BidderId
    name: str
    standing: str
    waits: bool
    given: int
    asked: int
    documents: int
    over: int

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of the columns."""
        answers = f"{self.given} of {self.asked}"
        return self.name, answers, str(self.documents or "–"), str(self.over or "–")

    @property
    def in_words(self) -> tuple[str, ...]:
        """What each cell says by itself."""
        answers = "answer" if self.over == 1 else "answers"
        return (
            f"{self.name}. {self.standing}",
            f"{self.given} of {self.asked} answers",
            f"{self.documents} document{'s' if self.documents != 1 else ''}",
            f"{self.over} {answers} over the word limit",
        )


class BiddersModel(QAbstractTableModel):
    """Bidders in the order in which they were registered."""

    STANDING = Qt.ItemDataRole.UserRole + 1
    STANDING_INK = Qt.ItemDataRole.UserRole + 2
    INK = Qt.ItemDataRole.UserRole + 100

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[BidderRow, ...] = ()

    def show_bidders(self, rows: tuple[BidderRow, ...]) -> None:
        """Show these bidders; where they are the same ones, only what changed."""
        before, same = self.rows, [r.bidder for r in rows] == [r.bidder for r in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if not same:
            self.endResetModel()
            return
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(HEADS) - 1))

    def row_of(self, bidder: object) -> int:
        """Return the row of a bidder; -1 where there is none."""
        found = (number for number, row in enumerate(self.rows) if row.bidder == bidder)
        return next(found, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many bidders there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says or is coloured by."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            over = f"△ {row.over}" if row.over else "–"
            return over if column == len(HEADS) - 1 else row.cells[column]
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return row.in_words[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return _RIGHT
        if role == self.INK:
            return "attention" if column == len(HEADS) - 1 and row.over else None
        return self._standing(row, role) if column == 0 else None

    def _standing(self, row: BidderRow, role: int) -> object:
        if role == self.STANDING:
            return row.standing
        if role == self.STANDING_INK:
            return "attention" if row.waits else "ink2"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return _RIGHT
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None
