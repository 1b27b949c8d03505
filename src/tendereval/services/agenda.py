"""What a moderation meeting has before it: the agenda, how far each item is, who is asked.

Reads no answer and no rationale; nothing here derives from prices, totals or averages.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.disagreement import Disagreement
from tendereval.domain.evaluation import Assignment, PanelMember
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, awaited_confirmations
from tendereval.services import agreeing, moderating, scoring
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store.repository import Reader


class ItemState(StrEnum):
    """How far one response is; the value is what people read."""

    OPEN = "open"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent back"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One response of the agenda.

    Attributes:
        disagreement: how far the scores that are used differ.
        points: the agreed score that stands; None before there is one.
    """

    disagreement: Disagreement
    state: ItemState
    points: Fraction | None

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.disagreement.place


def agenda(session: Session) -> tuple[AgendaItem, ...]:
    """Return every response that the panel judges, largest share of the marks at stake first.

    Responses that nobody scored come last, in order of bid and question.

    Raises:
        NotAllowedNow: before moderation.
    """
    ordered = moderating.disagreements(session)
    with session.reading() as reader:
        now = situation(reader)
        agreed = {item.place: item for item in reader.agreed_outlines()}
        waiting = agreeing.awaited_by(now, tuple(agreed.values()), reader.confirmations())
        sent_back = scoring.places_open(reader)
    measured = {item.place for item in ordered}
    unscored = [Disagreement(at, None, None, 0) for at in now.places() if at not in measured]
    return tuple(
        _item(item, agreed.get(item.place), waiting.get(item.place, ()), sent_back)
        for item in (*ordered, *unscored)
    )


def item_at(reader: Reader, now: Situation, measured: Disagreement) -> AgendaItem:
    """Return one item as it stands now; its scores are taken as measured before."""
    agreed = reader.agreed_at(measured.place)
    words = reader.confirmations_at(measured.place)
    waiting = awaited(now, agreed, words) if agreed else ()
    return _item(measured, agreed, waiting, scoring.places_open(reader))


def _item(
    measured: Disagreement,
    agreed: AgreedScore | None,
    waiting: Sequence[PersonId],
    sent_back: Collection[Place],
) -> AgendaItem:
    state = ItemState.OPEN
    if measured.place in sent_back:
        state = ItemState.SENT_BACK
    elif agreed is not None:
        # Without anybody present there is nobody whose word would be awaited.
        done = agreed.present and not waiting
        state = ItemState.CONFIRMED if done else ItemState.AGREED
    return AgendaItem(measured, state, agreed.points if agreed else None)


def asked_to_confirm(now: Situation, agreed: AgreedScore) -> tuple[PersonId, ...]:
    """Return whose word on an agreed score is asked for, answered or not, as they were present."""
    return awaited(now, agreed, ())


def awaited(
    now: Situation, agreed: AgreedScore, words: Sequence[Confirmation]
) -> tuple[PersonId, ...]:
    """Return who still has to confirm an agreed score, given the words on it so far."""
    place = agreed.place
    scorers = {
        member.person
        for member in now.panel
        if not member.left
        and Assignment(member.person, place) in now.asked(member.person, place.bidder)
    }
    return awaited_confirmations(agreed, words, scorers)


def may_be_present(now: Situation, place: Place) -> tuple[PanelMember, ...]:
    """Return who may take part in an agreement: who has not left and was not removed for it."""
    return tuple(
        member
        for member in now.panel
        if not member.left and member.person not in kept_out(now, place)
    )


def kept_out(now: Situation, place: Place) -> frozenset[PersonId]:
    """Return who is on the panel and takes no part, by the decision on a declared interest."""
    return frozenset(
        item.person
        for item in now.declarations
        if item.is_settled and not item.allows(place.bidder)
    )
