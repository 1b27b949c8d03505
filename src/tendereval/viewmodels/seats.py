"""Who may sit at the lead's laptop, and the PINs that keep seats apart."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.services import pins
from tendereval.services.session import Session
from tendereval.viewmodels.session_view_model import SessionViewModel


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who can score here.

    Attributes:
        name: as the panel calls the person.
        part: what the person does on the panel.
        has_pin: whether a PIN was chosen already.
    """

    person: PersonId
    name: str
    part: str
    has_pin: bool


class SeatsViewModel(QObject):
    """The seats at one laptop. Commands return what was refused, or nothing when done."""

    def __init__(self, desk: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @property
    def owner(self) -> PersonId:
        """Whose laptop it is."""
        return self._desk.lender or self._desk.person

    @property
    def owner_name(self) -> str:
        """What the owner is called."""
        return self._desk.now.name(self.owner)

    @property
    def owner_has_pin(self) -> bool:
        """Whether handing back asks for a PIN."""
        return pins.has_pin(self._desk.session, self.owner)

    @property
    def sitters(self) -> tuple[Sitter, ...]:
        """Everybody who is asked to score, by name."""
        now = self._desk.now
        asked = {item.evaluator for item in now.assignments()}
        members = [
            member
            for member in now.panel
            if not member.left and (member.person in asked or member.role.scores_by_default)
        ]
        found = [
            Sitter(
                member.person,
                now.name(member.person),
                str(member.role),
                pins.has_pin(self._desk.session, member.person),
            )
            for member in members
        ]
        return tuple(sorted(found, key=lambda item: item.name.casefold()))

    def set_pin(self, person: PersonId, digits: str, again: str) -> str:
        """Choose a first PIN, typed twice."""
        if digits != again:
            return "The two are not the same. Type them again."
        return self._tried(lambda session: pins.set_pin(session, person, digits))

    def sit_down(self, person: PersonId, digits: str) -> str:
        """Sit down with one's own PIN."""
        refused = self._tried(lambda session: pins.check_pin(session, person, digits))
        if not refused:
            self._desk.lend_seat(person, pins.ON_LEADS_LAPTOP)
        return refused

    def hand_back(self, digits: str) -> str:
        """Give the seat back; with the owner's PIN where there is one."""
        if self.owner_has_pin:
            owner = self.owner
            refused = self._tried(lambda session: pins.check_pin(session, owner, digits))
            if refused:
                return refused
        self._desk.give_back_seat()
        return ""

    def _tried(self, work: Callable[[Session], object]) -> str:
        try:
            work(self._desk.session)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        return ""
