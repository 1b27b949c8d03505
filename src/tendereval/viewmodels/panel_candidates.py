"""Who may get a pack, and how each one is sealed; the tick says who does."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tendereval.domain.ids import PersonId
from tendereval.domain.packs import ContactCard, PublicKeys

HEADS: Final = ("", "For", "Why", "Sealed")
TICK, WHO, WHY, SEALED = range(len(HEADS))
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a pack may be made for.

    Attributes:
        why: why a pack is needed, or is not.
        may: whether a pack can be made at all.
        known: keys the person is known by; None where nothing is.
        card: what the pack is sealed to; None where nothing is known.
        by_card: sealed to the card, else with the passphrase.
        email: as the panel has it.
        is_theirs: the lead's word that a card with another e-mail is the person's.
        reason: why another key than the known one is taken.
    """

    person: PersonId
    name: str
    why: str
    may: bool
    is_wanted: bool
    card: ContactCard | None
    by_card: bool
    passphrase: str
    known: PublicKeys | None = None
    email: str = ""
    is_theirs: bool = False
    reason: str = ""

    @property
    def is_other_key(self) -> bool:
        """Whether the card holds other keys than those the person is known by."""
        return self.card is not None and self.known not in {None, self.card.keys}

    @property
    def is_other_owner(self) -> bool:
        """Whether the card names another e-mail, of somebody whose keys are not known."""
        if self.card is None or self.known is not None:
            return False
        mine = self.email.strip().casefold()
        return not mine or self.card.email.strip().casefold() != mine

    @property
    def waits_for(self) -> str:
        """What sealing waits for; empty when nothing."""
        if not self.is_wanted or not self.by_card:
            return ""
        if self.is_other_key and not self.reason.strip():
            return f"Say why the new card of {self.name} is taken."
        if self.is_other_owner and not self.is_theirs:
            return f"Say whether the card is that of {self.name}."
        return ""

    @property
    def sealed(self) -> str:
        """How the pack is sealed, in words."""
        return "To the contact card" if self.by_card else "With a passphrase"


class CandidatesModel(QAbstractTableModel):
    """Who may get a pack; the tick says who does."""

    INK = Qt.ItemDataRole.UserRole + 100
    ticked = Signal()

    def __init__(self, desk: QObject) -> None:
        super().__init__(desk)
        self.rows: list[Candidate] = []

    def show_candidates(self, rows: list[Candidate]) -> None:
        """Show these people."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def put(self, number: int, row: Candidate) -> None:
        """Show one person as something was chosen for them."""
        self.rows[number] = row
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(HEADS) - 1))
        self.ticked.emit()

    def toggle(self, number: int) -> None:
        """Tick a person, or not."""
        if 0 <= number < len(self.rows) and self.rows[number].may:
            row = self.rows[number]
            self.put(number, replace(row, is_wanted=not row.is_wanted))

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many people there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says or is coloured by."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if column == TICK:
            return self._tick(row, role)
        if role in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            sealed = row.sealed if row.is_wanted else "–"
            return (row.name, row.why, sealed)[column - 1]
        muted = role == self.INK and (column == WHY or not row.may)
        return "ink2" if muted else None

    def _tick(self, row: Candidate, role: int) -> object:
        if role == Qt.ItemDataRole.CheckStateRole and row.may:
            return Qt.CheckState.Checked if row.is_wanted else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}: {'gets a pack' if row.is_wanted else 'gets none'}"
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
