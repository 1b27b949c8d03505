"""The Declare screen: one person's declaration of interests, nothing chosen in advance."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from tendereval.domain.evaluation import Declaration, InterestOutcome, Role
from tendereval.domain.exact import to_text
from tendereval.domain.ids import BidderId
from tendereval.domain.packs import PackKind
from tendereval.domain.wording import listed
from tendereval.services import declaring, panel
from tendereval.services.session import Session
from tendereval.viewmodels import own_laptop
from tendereval.viewmodels.kinds import EVERYTHING, Kind
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


def holds(one: Organisation, words: str) -> bool:
    """Whether a name holds everything that was typed, in any order and case."""
    name = one.name.casefold()
    return all(word in name for word in words.casefold().split())


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
        self._pack = own_laptop.newest(desk, PackKind.SCOREPACK)
        desk.changed.connect(self._on_changed)

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _SHOWN_FOR:
            if kinds == EVERYTHING:
                self._pack = own_laptop.newest(self.desk, PackKind.SCOREPACK)
            self.changed.emit()

    @property
    def is_own(self) -> bool:
        """Whether this is the person's own laptop: the declaration travels in a return."""
        return self._pack is not None

    @property
    def message(self) -> str:
        """What the lead wrote with the pack; empty on a lent seat."""
        return self._pack.message.strip() if self._pack else ""

    @property
    def is_asked(self) -> bool:
        """Whether a declaration is asked for: not where only agreed scores came."""
        return self._pack is None or self._pack.kind is PackKind.SCOREPACK

    @property
    def names_revealed(self) -> bool:
        """Whether names that were hidden are known now, so that one declares anew."""
        found = self.declaration
        return found is not None and panel.is_asked_anew(found)

    @property
    def names_hidden(self) -> bool:
        """Whether nothing tells which organisation is which bidder."""
        return self._pack is not None and self._pack.names_hidden

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Bidders and named subcontractors, by name; one that is both is listed once.

        On the person's own laptop as the pack lists them, which tells of no alias.
        """
        if self._pack is None:
            return self._named()
        notes = {} if self.names_hidden else {o.name.casefold(): o.note for o in self._named()}
        return tuple(
            Organisation(name, notes.get(name.casefold(), ""), (BidderId(name),))
            for name in sorted(self._pack.organisations, key=str.casefold)
        )

    def _named(self) -> tuple[Organisation, ...]:
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
        if found is None or panel.is_asked_anew(found):
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
        known = {item.id: item.name for item in self.desk.now.bidders}
        # In a pack that hides names, an interest concerns organisations by their names.
        return listed(sorted(known.get(bidder, str(bidder)) for bidder in bidders))

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
                    f"{' Their names are hidden.' if self.names_hidden else ''}"
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

        def record(session: Session) -> None:
            if self.is_own:
                declaring.declare(session, interest, bidders)
            else:
                panel.declare(session, person, interest, bidders)

        done = self.desk.did(record, Kind.DECLARATIONS)
        if done:
            self.declared.emit()
        return done


def _few(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def make(desk: SessionViewModel) -> DeclareViewModel:
    """Return the view-model of the Declare screen."""
    return DeclareViewModel(desk, desk)
