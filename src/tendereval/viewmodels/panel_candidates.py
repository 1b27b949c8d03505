"""Who may get a pack, and how each one is sealed; the tick says who does."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from tendereval.domain.ids import PersonId
from tendereval.domain.packs import ContactCard, PublicKeys
from tendereval.viewmodels.rows_model import ROLE_INK, Column, RowsModel

TICK: Final = 0


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


def _tick(row: Candidate) -> Qt.CheckState | None:
    if not row.may:
        return None
    return Qt.CheckState.Checked if row.is_wanted else Qt.CheckState.Unchecked


def _gets(row: Candidate) -> str:
    return f"{row.name}: {'gets a pack' if row.is_wanted else 'gets none'}"


def _ink(row: Candidate) -> str | None:
    return None if row.may else "ink2"


_COLUMNS: Final[tuple[Column[Candidate], ...]] = (
    Column(
        "",
        lambda _row: None,
        more={
            Qt.ItemDataRole.CheckStateRole.value: _tick,
            Qt.ItemDataRole.AccessibleTextRole.value: _gets,
        },
    ),
    Column("For", lambda row: row.name, more={ROLE_INK: _ink}),
    Column("Why", lambda row: row.why, more={ROLE_INK: lambda _row: "ink2"}),
    Column("Sealed", lambda row: row.sealed if row.is_wanted else "–", more={ROLE_INK: _ink}),
)


class CandidatesModel(RowsModel[Candidate]):
    """Who may get a pack; the tick says who does."""

    ticked = Signal()

    def __init__(self, desk: QObject) -> None:
        super().__init__(_COLUMNS, desk)

    def put(self, number: int, row: Candidate) -> None:
        """Show one person as something was chosen for them."""
        self.put_row(number, row)
        self.ticked.emit()

    def toggle(self, number: int) -> None:
        """Tick a person, or not."""
        if 0 <= number < len(self.rows) and self.rows[number].may:
            row = self.rows[number]
            self.put(number, replace(row, is_wanted=not row.is_wanted))
