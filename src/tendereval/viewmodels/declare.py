"""The Declare screen: one person's declaration of interests, nothing chosen in advance."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from tendereval.domain.evaluation import Declaration, InterestOutcome, Role
from tendereval.domain.exact import to_text
from tendereval.domain.ids import BidderId
from tendereval.domain.wording import listed
from tendereval.services.panel import declare
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.session_view_model import SessionViewModel

_SHOWN_FOR = frozenset({Kind.DECLARATIONS, Kind.BIDS, Kind.PANEL, Kind.STAGE})
_SCORING_AN_ANSWER_MINUTES, _HOUR = 9, 60


@dataclass(frozen=True, slots=True)
class Organisation:
    """One name of the list.

    Attributes:
        note: what it is in this tender (``bidder``, ``subcontractor``).
        bidders: the bidders that an interest in it concerns.
    """

    name: str
    note: str
    bidders: tuple[BidderId, ...]


class Standing(StrEnum):
    """Where the person's declaration stands."""

    OPEN = "open"
    NOTHING_DECLARED = "nothing declared"
    WAITING = "waiting"
    MAY_SCORE = "may score"
    MAY_SCORE_SOME = "may score some"
    REMOVED = "removed"


class DeclareViewModel(QObject):
    """One person's declaration.

    Signals:
        changed: the list of organisations or where the declaration stands.
        declared: the person has just declared.
    """

    changed = Signal()
    declared = Signal()

    def __init__(self, desk: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        desk.changed.connect(self._on_changed)

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _SHOWN_FOR:
            self.changed.emit()

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Bidders and named subcontractors, by name; one that is both is listed once."""
        concerned: dict[str, set[BidderId]] = {}
        names: dict[str, str] = {}
        notes: dict[str, set[str]] = {}
        for bidder in self.desk.now.bidders:
            for name, note in [(bidder.name, "bidder")] + [
                (name, "subcontractor") for name in bidder.subcontractors if name.strip()
            ]:
                key = name.strip().casefold()
                names.setdefault(key, name.strip())
                concerned.setdefault(key, set()).add(bidder.id)
                notes.setdefault(key, set()).add(note)
        return tuple(
            Organisation(
                names[key], " and ".join(sorted(notes[key])), tuple(sorted(concerned[key]))
            )
            for key in sorted(names)
        )

    @property
    def declaration(self) -> Declaration | None:
        """What the person declared last."""
        return self.desk.now.declaration(self.desk.person)

    @property
    def standing(self) -> Standing:
        """Where the declaration stands."""
        found = self.declaration
        if found is None:
            return Standing.OPEN
        if not found.interest:
            return Standing.NOTHING_DECLARED
        return {
            None: Standing.WAITING,
            InterestOutcome.REMOVED: Standing.REMOVED,
            InterestOutcome.REMOVED_FOR_BIDDERS: Standing.MAY_SCORE_SOME,
        }.get(found.outcome, Standing.MAY_SCORE)

    @property
    def may_go_on(self) -> bool:
        """Whether answers may be shown."""
        return self.standing not in {Standing.OPEN, Standing.WAITING, Standing.REMOVED}

    @property
    def lead(self) -> str:
        """Who decides on interests."""
        now = self.desk.now
        leads = [m.person for m in now.panel if m.role is Role.LEAD and not m.left]
        return now.name(leads[0]) if leads else "the lead evaluator"

    @property
    def who(self) -> str:
        """Whose declaration it is."""
        return self.desk.now.name(self.desk.person)

    def names_of(self, bidders: Collection[BidderId]) -> str:
        """Return bidders by name, as one phrase."""
        now = self.desk.now
        return listed(sorted(now.bidder_name(bidder) for bidder in bidders))

    @property
    def amounts(self) -> tuple[tuple[str, str], ...]:
        """What awaits this person: a figure and what it counts; empty before it is known."""
        now, person = self.desk.now, self.desk.person
        places = [item.place for item in now.assignments() if item.evaluator == person]
        if not places:
            return ()
        bidders = {place.bidder for place in places}
        questions = {(place.criterion, place.lot) for place in places}
        minutes = len(places) * _SCORING_AN_ANSWER_MINUTES
        hours = f"{max(1, round(minutes / _HOUR))} h" if minutes >= _HOUR else f"{minutes} min"
        found = [
            (
                str(len(places)),
                (
                    f"answers: {_few(len(questions), 'question')} to each of "
                    f"{_few(len(bidders), 'bidder')}."
                ),
            ),
            (
                hours,
                (
                    "of reading and writing, if an answer takes nine minutes. Stop and start as "
                    "you like."
                ),
            ),
        ]
        scales = {
            now.method.scale_of(now.criterion(place.criterion)).name: place for place in places
        }
        if len(scales) == 1:
            scale = now.method.scale_of(now.criterion(places[0].criterion))
            found.append(
                (f"0–{to_text(scale.maximum)}", "One scale. Every score needs a rationale.")
            )
        else:
            found.append((str(len(scales)), "scales. Every score needs a rationale."))
        return tuple(found)

    def declare_nothing(self) -> bool:
        """Record that there is nothing to declare."""
        return self._declare("", ())

    def declare_interest(self, interest: str, bidders: tuple[BidderId, ...]) -> bool:
        """Record an interest in the person's own words; it awaits the lead's decision."""
        return bool(interest.strip()) and self._declare(interest, bidders)

    def _declare(self, interest: str, bidders: tuple[BidderId, ...]) -> bool:
        person = self.desk.person
        done = self.desk.did(
            lambda session: declare(session, person, interest, bidders), Kind.DECLARATIONS
        )
        if done:
            self.declared.emit()
        return done


def _few(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def make(desk: SessionViewModel) -> DeclareViewModel:
    """Return the view-model of the Declare screen."""
    return DeclareViewModel(desk, desk)
