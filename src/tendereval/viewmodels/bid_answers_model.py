"""One bidder's answers as a list of questions, each with its words against the limit."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tendereval.domain.bidding import Place
from tendereval.domain.word_limit import Length

HEADS: Final = ("Question", "Length", "Document")
_LENGTH: Final = 1
Index = QModelIndex | QPersistentModelIndex


def length_with_words(length: Length) -> str:
    """Return a length, and by how much it is over where it is."""
    if length.over and length.limit:
        return f"△ {length.words:,} of {length.limit:,}, {length.over:,} over"
    return str(length)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question and what there is to it.

    Attributes:
        ref: of the question, with its lot where there are several.
        length: of the answer's text.
        document: name and page of the document it is in; empty without one.
    """

    place: Place
    ref: str
    title: str
    length: Length
    document: str

    @property
    def is_given(self) -> bool:
        """Whether there is a text or a document."""
        return bool(self.length.words or self.document)

    @property
    def length_in_words(self) -> str:
        """The length, or that there is no text."""
        if self.length.words:
            return length_with_words(self.length)
        return "in the document" if self.document else "no answer"

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of the columns."""
        return f"{self.ref}  {self.title}", self.length_in_words, self.document or "–"


class AnswersModel(QAbstractTableModel):
    """Questions that the chosen bidder is asked, in published order."""

    INK = Qt.ItemDataRole.UserRole + 100

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[AnswerRow, ...] = ()

    def show_answers(self, rows: tuple[AnswerRow, ...]) -> None:
        """Show these answers; where the questions are the same ones, only what changed."""
        before, same = self.rows, [r.place for r in rows] == [r.place for r in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if not same:
            self.endResetModel()
            return
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(HEADS) - 1))

    def row_of(self, place: object) -> int:
        """Return the row of a place; -1 where there is none."""
        return next((n for n, row in enumerate(self.rows) if row.place == place), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many questions there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says or is coloured by."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        shown = {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }
        if role in shown:
            return row.cells[column]
        if role == self.INK and column == _LENGTH:
            return "attention" if row.length.over else ("" if row.is_given else "ink2") or None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column."""
        horizontal = orientation == Qt.Orientation.Horizontal
        return HEADS[section] if horizontal and role == Qt.ItemDataRole.DisplayRole else None
