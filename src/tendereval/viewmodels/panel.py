"""The Panel screen: people, parts, declarations, packs out and returns in, joining and leaving."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember, Role
from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.stages import Act, Stage, may
from tendereval.services import panel, pins, private_questions, scoring
from tendereval.store.pack_questions import Collected
from tendereval.store.repository import Reader
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.panel_collecting import Collecting
from tendereval.viewmodels.panel_journey import Journey
from tendereval.viewmodels.panel_keys import TenderKeys
from tendereval.viewmodels.panel_members import (
    NOT_DECLARED,
    MemberRow,
    Travelled,
    full_day,
    interests_of,
    listed,
    listed_briefly,
    members_model,
    number_word,
    part_of,
)
from tendereval.viewmodels.panel_names import NameHits
from tendereval.viewmodels.panel_packs import MakingPacks
from tendereval.viewmodels.session_view_model import SessionViewModel

ROLES: Final = tuple(Role)
_KINDS: Final = frozenset(
    {Kind.PANEL, Kind.DECLARATIONS, Kind.SCORES, Kind.STAGE, Kind.BIDS, Kind.AGREED, Kind.METHOD}
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something on the panel that waits for the lead, in one sentence."""

    person: PersonId
    text: str


class PanelViewModel(QObject):
    """What the Panel screen shows and does.

    Signals:
        read_again: people, declarations or progress may have changed.
        chosen_changed: another person is shown.
        person_wanted: a person (id) is to be shown.
    """

    read_again = Signal()
    chosen_changed = Signal()
    person_wanted = Signal(object)

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.members = members_model(desk)
        self.packs = MakingPacks(desk)
        self.collecting = Collecting(desk)
        self.keys = TenderKeys(desk)
        self.names = NameHits(desk)
        self.journey = Journey(desk)
        self.chosen: PersonId | None = None
        self.waiting: tuple[Waiting, ...] = ()
        self._travelled: dict[PersonId, Travelled] = {}
        self._words: dict[PersonId, tuple[int, int]] = {}
        self._unread: tuple[Collected, ...] = ()
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
            self._travelled = _travelled(reader)
            given = reader.confirmations()
            self._unread = private_questions.unread(reader)
        agreeing = Counter(item.person for item in given if item.agrees)
        against = Counter(item.person for item in given if not item.agrees)
        self._words = {one.person: (agreeing[one.person], against[one.person]) for one in now.panel}
        asked = Counter(item.evaluator for item in now.assignments())
        still_open = Counter(item.evaluator for item in waiting)
        panel_now = sorted(now.panel, key=lambda member: member.left)
        rows = [self._row(one, asked[one.person], still_open[one.person]) for one in panel_now]
        self.members.show_rows(tuple(rows))
        self.waiting = tuple(one for row in rows for one in self._waiting(row))
        self._show_journey()
        self.read_again.emit()

    def _show_journey(self) -> None:
        person = self.chosen
        travelled = Travelled() if person is None else self.travelled(person)
        words = self._words.get(person, (0, 0)) if person else (0, 0)
        unread = tuple(item for item in self._unread if item.person == person)
        self.journey.show_person(person, travelled, words, unread)

    def _waiting(self, row: MemberRow) -> list[Waiting]:
        found = [
            Waiting(row.person, f"A return of {row.name} ({full_day(item.made_at)}) is held apart.")
            for item in row.travelled.held
        ]
        if any(item.person == row.person for item in self._unread):
            found.append(Waiting(row.person, f"{row.name} asks you something in private."))
        return found

    def _row(self, member: PanelMember, asked: int, waiting: int) -> MemberRow:
        now, travelled = self._desk.now, self.travelled(member.person)
        interests, waits = interests_of(now, now.declaration(member.person))
        progress = f"{asked - waiting} of {asked}" if asked else "–"
        return MemberRow(
            member.person,
            now.name(member.person),
            part_of(now, member),
            interests,
            waits,
            progress,
            member.left,
            _version(travelled, now.version_number),
            travelled,
        )

    @property
    def sentence(self) -> str:
        """The head of the screen."""
        staying = [row for row in self.members.rows if not row.left]
        waits = [row.name for row in staying if row.waits]
        if waits:
            verb = "waits" if len(waits) == 1 else "wait"
            return f"{listed(waits)} {verb} for your decision"
        out = [row for row in staying if row.travelled.pack is not None]
        if out:
            back = sum(not row.travelled.is_awaited for row in out)
            if back == len(out):
                return "Every return is in"
            if not back:
                return "No return is in yet"
            return f"{number_word(back)} of {number_word(len(out)).lower()} returns {_are(back)} in"
        missing = [row for row in staying if row.interests == NOT_DECLARED]
        if missing:
            return f"{len(missing)} of {len(staying)} have not declared interests yet"
        if not staying:
            return "Nobody is on the panel yet"
        return f"{len(staying)} people, all interests declared and settled"

    @property
    def under(self) -> str:
        """What stands under the head."""
        staying = [row for row in self.members.rows if not row.left]
        late = [row.name for row in staying if row.travelled.is_awaited]
        if late:
            return f"Awaited: {listed_briefly(late)}. Drop returns on this window to collect them."
        return "Nobody scores before declaring interests; you decide on each interest declared."

    @property
    def packs_are_out(self) -> bool:
        """Whether a return may be on its way: collecting is what comes next."""
        return any(row.travelled.is_awaited for row in self.members.rows if not row.left)

    def ask_for(self, person: PersonId) -> None:
        """Show a person who waits."""
        self.person_wanted.emit(person)

    @property
    def has_keys(self) -> bool:
        """Whether the tender has keys: a pack was made, or is about to be."""
        return self.keys.are_made

    @property
    def may_make_packs(self) -> bool:
        """Whether the stage lets packs or records go out."""
        stage = self._desk.now.stage
        return Stage.PUBLISHED.position <= stage.position <= Stage.PRICE.position

    @property
    def may_collect(self) -> bool:
        """Whether a return may be on its way."""
        return any(item.packs for item in self._travelled.values()) or self.may_make_packs

    @property
    def must_decide_names(self) -> bool:
        """Whether names stand in answers, or were not looked for, before packs go out."""
        begun = self._desk.now.stage.position >= Stage.SCORING.position
        return begun and self.names.are_hidden and self.names.are_open

    def travelled(self, person: PersonId) -> Travelled:
        """Return what went out to a person and came back."""
        return self._travelled.get(person, Travelled())

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
        self._show_journey()
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


def _travelled(reader: Reader) -> dict[PersonId, Travelled]:
    """Return what travelled, by person."""
    packs, returns = reader.packs_made(), reader.collected()
    people = {item.person for item in packs} | {item.person for item in returns}
    return {
        person: Travelled(
            tuple(item for item in packs if item.person == person),
            tuple(item for item in returns if item.person == person),
        )
        for person in people
    }


def _version(travelled: Travelled, newest: int) -> str:
    back, pack = travelled.newest, travelled.pack
    number = back.method_version if back else pack.method_version if pack else 0
    if not number:
        return ""
    return f"version {number}" if number == newest else f"△ version {number}, now {newest}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def make(desk: SessionViewModel) -> PanelViewModel:
    """Return the view-model of the place ``panel``."""
    return PanelViewModel(desk)
