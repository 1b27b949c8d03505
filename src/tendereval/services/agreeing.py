"""What the panel may agree and confirm, and what that leaves in the record; opens no file.

The rules behind ``moderating``, shared with the import of workbooks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.errors import NotAllowedNow, ReasonNeeded, RuleRefusal, UnknownReference
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import (
    AgreedScore,
    Confirmation,
    Explanation,
    Reopening,
    awaited_confirmations,
    check_agreed_score,
)
from tendereval.domain.stages import Stage
from tendereval.services import ranking, scoring
from tendereval.services.session import Session
from tendereval.services.situation import Situation
from tendereval.store import recording
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the panel agreed for one place, as it is entered.

    Attributes:
        explanations: one per sub-criterion discussed.
        present: who took part.
        reason: why an agreed score that stands is changed.
        approver: who reopens it once prices are known; not the lead.
    """

    place: Place
    points: Fraction
    rationale: str
    releasable_rationale: str = ""
    explanations: tuple[Explanation, ...] = ()
    present: tuple[PersonId, ...] = ()
    reason: str = ""
    approver: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """Where the panel may agree as things stand.

    Attributes:
        places: everything that a panel judges.
        sent_back: responses that are with their evaluators.
        prices_known: whether stage ``price`` was ever entered: prices and order have been seen.
    """

    places: frozenset[Place]
    sent_back: frozenset[Place]
    prices_known: bool


def room(reader: Reader, now: Situation) -> Room:
    """Return where the panel may agree."""
    return Room(frozenset(now.places()), scoring.places_open(reader), prices_known(reader))


def prices_known(reader: Reader) -> bool:
    """Whether stage ``price`` was ever entered; going back does not make people forget."""
    return any(stage is Stage.PRICE for stage, _, _ in reader.stage_reasons())


def is_reopening(now: Situation, earlier: AgreedScore | None, where: Room) -> bool:
    """Whether an agreement is made at stage ``price``, or replaces one once prices are known."""
    return now.stage is Stage.PRICE or (where.prices_known and earlier is not None)


def put_agreement(
    change: Change,
    now: Situation,
    agreement: Agreement,
    earlier: AgreedScore | None,
    session: Session,
    *,
    reopening: bool,
) -> AgreedScore:
    """Record an agreement within the caller's transaction; see ``moderating``."""
    at = session.clock()
    agreed = agreed_score(now, agreement, earlier)
    if reopening and agreement.approver is not None:
        before = order_seen(change.reader, now)
        reopened = Reopening(agreement.place, agreement.approver, agreement.reason, before, "", at)
        recording.add_reopening(change, reopened)
    recording.add_agreed(change, agreed, session.actor.person, at)
    return agreed


def agreed_score(
    now: Situation, agreement: Agreement, earlier: AgreedScore | None, *, elsewhere: bool = False
) -> AgreedScore:
    """Return the next revision of an agreed score."""
    return AgreedScore(
        agreement.place,
        agreement.points,
        agreement.rationale,
        agreement.releasable_rationale,
        agreement.explanations,
        agreement.present,
        max(now.version_number, 1),
        earlier.revision + 1 if earlier else 1,
        agreement.reason,
        elsewhere,
    )


def check_agreement(
    now: Situation, agreement: Agreement, earlier: AgreedScore | None, where: Room
) -> None:
    """Refuse an agreement that the rules do not allow; see ``moderating``."""
    _check_place(now, agreement.place, where)
    criterion = now.criterion(agreement.place.criterion)
    check_agreed_score(now.method.scale_of(criterion), agreement.points, agreement.rationale)
    known = {sub.ref.casefold() for sub in criterion.sub_criteria}
    for explanation in agreement.explanations:
        if explanation.sub_criterion.casefold() not in known:
            raise UnknownReference(
                f"{criterion.ref} has no sub-criterion {explanation.sub_criterion!r}.",
                "Use the published ones.",
            )
    for person in agreement.present:
        _check_present(now, person, agreement.place)
    if earlier is not None and not agreement.reason.strip():
        raise ReasonNeeded(
            f"{now.place_in_words(agreement.place)} has an agreed score already.",
            "Say why it is changed; the old one is kept.",
        )
    if is_reopening(now, earlier, where):
        _check_reopening(now, agreement)


def _check_present(now: Situation, person: PersonId, place: Place) -> None:
    declaration = now.declaration(person)
    if now.member(person).left:
        raise RuleRefusal(
            f"{now.name(person)} has left the panel.", "Name those who took part in this agreement."
        )
    if declaration is not None and declaration.is_settled and not declaration.allows(place.bidder):
        raise RuleRefusal(
            f"{now.name(person)} was removed for {now.bidder_name(place.bidder)} and takes no part "
            "in this agreement.",
            "Leave the person out, or record a new decision on the interest.",
        )


def _check_place(now: Situation, place: Place, where: Room) -> None:
    if place not in where.places:
        raise UnknownReference(
            f"The panel does not judge {now.place_in_words(place)}.",
            "Choose a question of a bid that is assessed.",
        )
    if place in where.sent_back:
        raise NotAllowedNow(
            f"{now.place_in_words(place)} was sent back to its evaluators.",
            "Record that it is settled first.",
        )


def _check_reopening(now: Situation, agreement: Agreement) -> None:
    member = None if agreement.approver is None else now.member(agreement.approver)
    if member is None or member.role is not Role.APPROVER or member.left:
        raise RuleRefusal(
            "Prices and ranking are known; an agreed score is reopened by an approver who is "
            "not the lead.",
            "Name the approver, who has that role on the panel.",
        )
    if not agreement.reason.strip():
        raise ReasonNeeded(
            "Prices and ranking are known.", "Say why the agreed score is reopened; it is printed."
        )
    if not agreement.present:
        raise RuleRefusal(
            "A score that is reopened is confirmed anew.", "Name those who took part."
        )


def check_confirmation(now: Situation, word: Confirmation, agreed: AgreedScore) -> None:
    """Refuse a word on an agreed score by somebody who was not there, or a bare dissent."""
    now.member(word.person)
    if word.person not in agreed.present:
        raise RuleRefusal(
            f"{now.name(word.person)} was not present when this was agreed.",
            "Those who were present confirm.",
        )
    if not word.agrees and not word.dissent.strip():
        raise ReasonNeeded("A dissent needs its reasons.", "Write them; they are printed.")


def complete_reopenings(change: Change, now: Situation, agreed: AgreedScore, at: datetime) -> None:
    """Record the order after a reopening, once everybody who was asked has confirmed."""
    waiting = [
        item
        for item in change.reader.reopenings()
        if item.place == agreed.place and not item.order_after
    ]
    if not waiting or awaited(change.reader, now, agreed):
        return
    after = order_seen(change.reader, now)
    for item in waiting:
        recording.add_reopening(change, replace(item, order_after=after, recorded_at=at))


def order_seen(reader: Reader, now: Situation) -> str:
    """Return the order in words as it stands, for the record of a reopening.

    Prices and order were seen at stage ``price``, also where the tender went back since.
    """
    return ranking.order_if_known(reader, replace(now, stage=Stage.PRICE))


def awaited(reader: Reader, now: Situation, agreed: AgreedScore) -> tuple[PersonId, ...]:
    """Return who still has to confirm an agreed score."""
    return awaited_by(now, (agreed,), reader.confirmations()).get(agreed.place, ())


def awaited_by(
    now: Situation, agreed: Sequence[AgreedScore], words: Sequence[Confirmation]
) -> Mapping[Place, tuple[PersonId, ...]]:
    """Return, per place with any, who still has to confirm its agreed score."""
    scorers: dict[Place, set[PersonId]] = {}
    for asked in now.assignments():
        scorers.setdefault(asked.place, set()).add(asked.evaluator)
    by_place: dict[Place, list[Confirmation]] = {}
    for word in words:
        by_place.setdefault(word.place, []).append(word)
    gone = {member.person for member in now.panel if member.left}
    found: dict[Place, tuple[PersonId, ...]] = {}
    for item in agreed:
        waiting = awaited_confirmations(
            item, by_place.get(item.place, ()), scorers.get(item.place, set()) - gone
        )
        if waiting:
            found[item.place] = waiting
    return found
