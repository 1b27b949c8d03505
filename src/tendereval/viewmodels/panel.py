"""The Panel screen: people, roles, declarations and decisions, progress, joining and leaving."""

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

from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember, Role
from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.stages import Act, Stage, may
from tendereval.services import panel, pins, scoring
from tendereval.services.situation import Situation
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.session_view_model import SessionViewModel

HEADS: Final = ("Name", "Part", "Scored", "Interests")
ROLES: Final = tuple(Role)
_KINDS: Final = frozenset({Kind.PANEL, Kind.DECLARATIONS, Kind.SCORES, Kind.STAGE, Kind.BIDS})
ROLE_INK: Final = Qt.ItemDataRole.UserRole + 100
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person as the table shows it.

    Attributes:
        interests: in words; ``waits`` is whether the lead's decision is awaited.
        progress: ``31 of 40``, or why nothing is scored.
    """

    person: PersonId
    name: str
    part: str
    interests: str
    waits: bool
    progress: str
    left: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of the columns."""
        return self.name, self.part, self.progress, self.interests


class MembersModel(QAbstractTableModel):
    """The panel, people who left last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.members: tuple[MemberRow, ...] = ()

    def show_members(self, members: tuple[MemberRow, ...]) -> None:
        """Show these people."""
        self.beginResetModel()
        self.members = members
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many people there are."""
        return 0 if parent is not None and parent.isValid() else len(self.members)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text."""
        if not index.isValid():
            return None
        row = self.members[index.row()]
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in {*shown, Qt.ItemDataRole.ToolTipRole}:
            return row.cells[index.column()]
        if role == ROLE_INK and row.left:
            return "ink2"
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


class PanelViewModel(QObject):
    """What the Panel screen shows and does.

    Signals:
        read_again: people, declarations or progress may have changed.
        chosen_changed: another person is shown.
    """

    read_again = Signal()
    chosen_changed = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.members = MembersModel(self)
        self.chosen: PersonId | None = None
        desk.changed.connect(self._on_changed)
        self.read()

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _KINDS:
            self.read()

    def read(self) -> None:
        """Read the panel anew."""
        now = self._desk.now
        with self._desk.reading() as reader:
            waiting = scoring.outstanding(now, reader.scores())
        asked: dict[PersonId, int] = {}
        for item in now.assignments():
            asked[item.evaluator] = asked.get(item.evaluator, 0) + 1
        open_ones: dict[PersonId, int] = {}
        for item in waiting:
            open_ones[item.evaluator] = open_ones.get(item.evaluator, 0) + 1
        rows = [
            _row(now, member, asked.get(member.person, 0), open_ones.get(member.person, 0))
            for member in sorted(now.panel, key=lambda member: member.left)
        ]
        self.members.show_members(tuple(rows))
        self.read_again.emit()

    @property
    def sentence(self) -> str:
        """The head of the screen."""
        staying = [row for row in self.members.members if not row.left]
        waits = [row.name for row in staying if row.waits]
        if waits:
            verb = "waits" if len(waits) == 1 else "wait"
            return f"{_listed(waits)} {verb} for your decision"
        missing = [row for row in staying if row.interests == _NOT_DECLARED]
        if missing:
            return f"{len(missing)} of {len(staying)} have not declared interests yet"
        if not staying:
            return "Nobody is on the panel yet"
        return f"{len(staying)} people, all interests declared and settled"

    @property
    def member(self) -> PanelMember | None:
        """The part of the person who is shown."""
        panel_now = self._desk.now.panel
        return next((item for item in panel_now if item.person == self.chosen), None)

    @property
    def name(self) -> str:
        """The name of the person who is shown."""
        return "" if self.chosen is None else self._desk.now.name(self.chosen)

    @property
    def email(self) -> str:
        """The e-mail of the person who is shown; empty where none is known."""
        person = None if self.chosen is None else self._desk.now.people.get(self.chosen)
        return person.email if person else ""

    @property
    def needs_reason(self) -> bool:
        """Whether joining or another part needs a reason: scoring has begun."""
        return self._desk.now.stage.position >= Stage.SCORING.position

    @property
    def may_change(self) -> bool:
        """Whether the stage lets people join, leave, declare and be decided on."""
        return may(self._desk.now.stage, Act.CHANGE_PANEL)

    @property
    def successors(self) -> tuple[tuple[PersonId, str], ...]:
        """Who may take the place of the person who is shown: the others who have not left."""
        now = self._desk.now
        return tuple(
            (item.person, now.name(item.person))
            for item in now.panel
            if not item.left and item.person != self.chosen
        )

    @property
    def declaration(self) -> Declaration | None:
        """The declaration of the person who is shown."""
        return None if self.chosen is None else self._desk.now.declaration(self.chosen)

    @property
    def bidders(self) -> tuple[tuple[BidderId, str], ...]:
        """Every bidder, by name, for a declaration."""
        found = [(item.id, item.name) for item in self._desk.now.bidders]
        return tuple(sorted(found, key=lambda item: item[1].casefold()))

    @property
    def scores_what(self) -> str:
        """What the person who is shown scores, in words."""
        member = self.member
        if member is None:
            return ""
        if member.questions is not None:
            return ", ".join(sorted(member.questions)) or "nothing"
        return "every scored question" if member.role.scores_by_default else "nothing"

    def choose(self, person: PersonId | None) -> None:
        """Show another person."""
        self.chosen = person
        self.chosen_changed.emit()

    def add(self, name: str, email: str, role: Role, reason: str = "") -> bool:
        """Add a person to the panel."""
        member = PanelMember(PersonId(""), role, "", reason=reason)
        return self._desk.did(
            lambda session: panel.add_member(session, member, name.strip(), email.strip()),
            Kind.PANEL,
        )

    def give_part(self, role: Role, reason: str = "") -> bool:
        """Give the person who is shown another part."""
        member = self.member
        person = None if member is None else self._desk.now.people.get(member.person)
        if member is None or person is None:
            return False
        other = replace(member, role=role, label="", reason=reason.strip())
        return self._desk.did(
            lambda session: panel.add_member(session, other, person.name, person.email),
            Kind.PANEL,
        )

    def leave(self, reason: str, replaced_by: PersonId | None = None) -> bool:
        """Record that the person who is shown leaves."""
        person = self.chosen
        if person is None:
            return False
        return self._desk.did(
            lambda session: panel.leave(session, person, reason, replaced_by), Kind.PANEL
        )

    @property
    def has_pin(self) -> bool:
        """Whether the person who is shown has a PIN for scoring on this laptop."""
        return self.chosen is not None and pins.has_pin(self._desk.session, self.chosen)

    def forget_pin(self) -> bool:
        """Remove a forgotten PIN; the person chooses a new one, and the record says so."""
        person = self.chosen
        if person is None:
            return False
        return self._desk.did(lambda session: pins.forget_pin(session, person), Kind.PANEL)

    def declare(self, interest: str, bidders: tuple[BidderId, ...]) -> bool:
        """Record what the person who is shown declared on paper or by word."""
        person = self.chosen
        if person is None:
            return False
        return self._desk.did(
            lambda session: panel.declare(session, person, interest, bidders), Kind.DECLARATIONS
        )

    def decide(self, outcome: InterestOutcome, how: str, removed_for: frozenset[BidderId]) -> bool:
        """Record the lead's decision on the interest of the person who is shown."""
        person = self.chosen
        if person is None:
            return False
        return self._desk.did(
            lambda session: panel.decide_interest(session, person, outcome, how, removed_for),
            Kind.DECLARATIONS,
        )


_NOT_DECLARED: Final = "Not declared yet"
_OUTCOMES: Final = {
    InterestOutcome.NONE: "Declared; nothing to manage",
    InterestOutcome.MANAGED: "Declared, managed",
    InterestOutcome.REMOVED: "Removed",
}


def _row(now: Situation, member: PanelMember, asked: int, waiting: int) -> MemberRow:
    name = now.name(member.person)
    part = member.label if member.label.casefold() != name.casefold() else str(member.role)
    if member.left:
        part = f"Left: {member.reason}"
    interests, waits = _interests(now, now.declaration(member.person))
    progress = f"{asked - waiting} of {asked}" if asked else "–"
    return MemberRow(member.person, name, part, interests, waits, progress, member.left)


def _interests(now: Situation, declaration: Declaration | None) -> tuple[str, bool]:
    if declaration is None:
        return _NOT_DECLARED, False
    if not declaration.interest:
        return "None", False
    if declaration.outcome is None:
        return "Declared; decide", True
    if declaration.outcome is InterestOutcome.REMOVED_FOR_BIDDERS:
        names = [now.bidder_name(bidder) for bidder in sorted(declaration.removed_for)]
        return f"Removed for {_listed(names)}", False
    return _OUTCOMES[declaration.outcome], False


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def make(desk: SessionViewModel) -> PanelViewModel:
    """Return the view-model of the place ``panel``."""
    return PanelViewModel(desk)
