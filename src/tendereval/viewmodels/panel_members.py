"""The panel as a table: name and part, pack, return, interests and how far, in two lines a cell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Qt

from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import Disposition, PackKind, ReturnKind, ReturnSource
from tendereval.services.pack_locks import BY_TELLING
from tendereval.services.situation import Situation
from tendereval.store.pack_questions import Collected, PackMade
from tendereval.viewmodels.rows_model import ROLE_INK, Column, RowsModel

ROLE_UNDER: Final = Qt.ItemDataRole.UserRole + 1
ROLE_UNDER_INK: Final = Qt.ItemDataRole.UserRole + 2
NOT_DECLARED: Final = "Not declared yet"
_OUTCOMES: Final = {
    InterestOutcome.NONE: "Declared; nothing to manage",
    InterestOutcome.MANAGED: "Declared, managed",
    InterestOutcome.REMOVED: "Removed",
}
_NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_MOST_NAMES: Final = 3
WORKBOOK: Final = "workbook"


@dataclass(frozen=True, slots=True)
class Travelled:
    """What went out to one person and came back, oldest first."""

    packs: tuple[PackMade, ...] = ()
    returns: tuple[Collected, ...] = ()

    @property
    def pack(self) -> PackMade | None:
        """The newest pack."""
        return self.packs[-1] if self.packs else None

    @property
    def held(self) -> tuple[Collected, ...]:
        """Returns that are held apart and were not taken in since."""
        return tuple(
            item for item in self.returns if item.disposition is Disposition.HELD and not item.taken
        )

    @property
    def newest(self) -> Collected | None:
        """The newest return that counts or is held."""
        return self.returns[-1] if self.returns else None

    @property
    def is_awaited(self) -> bool:
        """Whether the newest pack has no complete return yet."""
        pack, back = self.pack, self.newest
        if pack is None:
            return False
        return back is None or back.pack < pack.number or not back.complete


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a line, a smaller one under it, and all of it for a screen reader."""

    upper: str
    under: str = ""
    in_words: str = ""
    ink: str = "ink2"

    @property
    def words(self) -> str:
        """All that the cell says."""
        return self.in_words or ". ".join(part for part in (self.upper, self.under) if part)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person as the table shows it.

    Attributes:
        interests: in words; ``waits`` is whether the lead's decision is awaited.
        progress: ``31 of 40``, or a dash where nothing is scored.
        version: of the method, that the newest scores were given under; empty before.
    """

    person: PersonId
    name: str
    part: str
    interests: str
    waits: bool
    progress: str
    left: bool
    version: str = ""
    travelled: Travelled = Travelled()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the row."""
        return tuple(cell(self) for cell in _CELLS.values())


def day(at: datetime) -> str:
    """Return a day as it stands in a narrow column (``22 Sep``)."""
    return f"{at.day} {at:%b}"


def full_day(at: datetime) -> str:
    """Return a day with its year (``3 March 2026``)."""
    return f"{at.day} {at:%B %Y}"


def moment(at: datetime) -> str:
    """Return day and time (``3 March 2026, 14:02``)."""
    return f"{full_day(at)}, {at:%H:%M}"


def sealing(pack: PackMade) -> str:
    """Return how a pack is sealed, in words."""
    if pack.sealed_to == WORKBOOK:
        return "as a workbook, not sealed"
    by_words = pack.sealed_to == BY_TELLING
    return "sealed with a passphrase" if by_words else "sealed to the contact card"


def _in_brief(pack: PackMade) -> str:
    if pack.sealed_to == WORKBOOK:
        return "workbook"
    return "passphrase" if pack.sealed_to == BY_TELLING else "contact card"


def _pack_cell(travelled: Travelled) -> Cell:
    pack = travelled.pack
    if pack is None or pack.made_at is None:
        return Cell("–", "", "No pack made yet")
    what = "record" if pack.kind is PackKind.RECORD else "pack"
    words = (
        f"{what.capitalize()} number {pack.number}, made {moment(pack.made_at)}, {sealing(pack)}"
    )
    kind = "Record" if pack.kind is PackKind.RECORD else "No."
    return Cell(f"{kind} {pack.number}, {day(pack.made_at)}", _in_brief(pack), words)


def _return_cell(travelled: Travelled) -> Cell:
    back, pack = travelled.newest, travelled.pack
    if back is None:
        return Cell("–", "", "Nothing returned") if pack is None else Cell("Awaited")
    how = in_short(back)
    opened = f"opened {day(back.opened_at)}"
    if back.source is ReturnSource.WORKBOOK:
        opened = "workbook, not signed"
    words = f"Return of {moment(back.made_at)}, {how}; {opened}"
    if back in travelled.held:
        return Cell(f"△ {day(back.made_at)}", "held apart", f"{words}; held apart", "attention")
    if pack is not None and back.pack < pack.number:
        return Cell("Awaited", f"last {day(back.made_at)}", f"Awaited for the new pack. {words}")
    return Cell(f"{day(back.made_at)}, {how}", opened, words)


def _interests_cell(row: MemberRow) -> Cell:
    decide = row.interests.startswith("Declared; decide")
    upper = f"△ {row.interests}" if decide else row.interests
    return Cell(upper, "", f"Interests: {row.interests}")


_CELLS: Final[dict[str, Callable[[MemberRow], Cell]]] = {
    "Name and part": lambda row: Cell(row.name, row.part),
    "Scored": lambda row: Cell(
        row.progress, row.version, f"{row.progress} scored. {row.version}".strip()
    ),
    "Pack": lambda row: _pack_cell(row.travelled),
    "Returned": lambda row: _return_cell(row.travelled),
    "Interests": _interests_cell,
}


def in_short(back: Collected) -> str:
    """Return what a return is, in a word or two."""
    match back.kind:
        case ReturnKind.DECLARATION:
            return "interests"
        case ReturnKind.CONFIRMATION:
            return "confirmed" if back.complete else "confirmed in part"
        case ReturnKind.SCORES:
            return "complete" if back.complete else "in part"


def interests_of(now: Situation, declaration: Declaration | None) -> tuple[str, bool]:
    """Return where a declaration stands, in words, and whether it waits for the lead."""
    if declaration is None:
        return NOT_DECLARED, False
    if not declaration.interest:
        return "None", False
    if declaration.outcome is None:
        return "Declared; decide", True
    if declaration.outcome is InterestOutcome.REMOVED_FOR_BIDDERS:
        names = [now.bidder_name(bidder) for bidder in sorted(declaration.removed_for)]
        return f"Removed for {listed(names)}", False
    return _OUTCOMES[declaration.outcome], False


def number_word(number: int) -> str:
    """Return a small number as a word at the start of a sentence."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def listed(names: list[str]) -> str:
    """Return names as people list them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def listed_briefly(names: list[str]) -> str:
    """Return a few names as people list them, and how many more there are."""
    more = len(names) - _MOST_NAMES
    return f"{', '.join(names[:_MOST_NAMES])} and {more} more" if more > 1 else listed(names)


def part_of(now: Situation, member: PanelMember) -> str:
    """Return what a person is on the panel."""
    name = now.name(member.person)
    if member.left:
        return f"Left: {member.reason}"
    return (
        member.label
        if member.label.casefold() != name.casefold()
        else str(member.role).capitalize()
    )


def _column(head: str, cell: Callable[[MemberRow], Cell]) -> Column[MemberRow]:
    def ink(row: MemberRow) -> str | None:
        return "ink2" if row.left else "attention" if cell(row).upper[:1] == "△" else None

    return Column(
        head,
        lambda row: cell(row).upper,
        lambda row: cell(row).words,
        more={
            ROLE_INK: ink,
            ROLE_UNDER: lambda row: cell(row).under,
            ROLE_UNDER_INK: lambda row: cell(row).ink,
        },
    )


def members_model(parent: QObject) -> RowsModel[MemberRow]:
    """Return the table of the panel, people who left last."""
    columns = [_column(head, cell) for head, cell in _CELLS.items()]
    return RowsModel(columns, parent, key=lambda row: row.person)
