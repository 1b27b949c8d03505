"""Moderation: agreed scores, confirmations, sending back, reopening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.disagreement import Disagreement, agenda_order
from tendereval.domain.errors import (
    MissingAgreedScore,
    NotAllowedNow,
    ReasonNeeded,
    RuleRefusal,
    UnknownReference,
)
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import (
    AgreedScore,
    Confirmation,
    Explanation,
    Reopening,
    SentBack,
    awaited_confirmations,
    check_agreed_score,
)
from tendereval.domain.stages import Act, Stage
from tendereval.domain.weights import weight_plan
from tendereval.services import ranking
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change, before_and_after


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


def disagreements(session: Session) -> tuple[Disagreement, ...]:
    """Return the moderation agenda: places by spread times published weight, largest first.

    Nothing here derives from prices or totals.

    Raises:
        NotAllowedNow: before moderation, when individual scores are not yet collected.
    """
    with session.reading() as reader:
        now = situation(reader)
        if now.stage.position < Stage.MODERATION.position:
            raise NotAllowedNow(
                "Individual scores are shown side by side once moderation opens.",
                "Move the tender to stage 'moderation' first.",
            )
        found = reader.disagreements()
    weights = {lot.ref: weight_plan(now.method, lot.ref).weights for lot in now.method.lots}
    first = now.method.lots[0].ref
    rows = []
    for item in found:
        criterion = now.criterion(item.place.criterion)
        weight = weights[item.place.lot or first].get(criterion.ref, Fraction(0))
        rows.append((item, now.method.scale_of(criterion).maximum, weight))
    return agenda_order(rows)


def record_agreed_score(session: Session, agreement: Agreement) -> AgreedScore:
    """Append a revision of the panel's agreed score for one place; earlier ones are kept.

    At stage ``price`` this reopens it: an approver who is not the lead, and the order of the
    tenders before and after, are recorded and printed.

    Raises:
        NotAllowedNow: the stage does not allow it, or the response was sent back.
        NotOnTheScale: not a value of the published scale.
        MissingRationale: no rationale.
        ReasonNeeded: an agreed score stands and no reason is given for changing it.
        RuleRefusal: reopening without an approver, or by the lead.
    """
    with session.reading() as reader:
        now = situation(reader)
        earlier = reader.agreed_at(agreement.place)
        _check_place(reader, now, agreement.place)
        before = _order(reader, now) if now.stage is Stage.PRICE else ""
    reopening = now.stage is Stage.PRICE
    now.require(Act.REOPEN_AGREED if reopening else Act.AGREE)
    check_agreement(now, agreement)
    if earlier is not None and not agreement.reason.strip():
        raise ReasonNeeded(
            "An agreed score stands already.", "Say why it is changed; the old one is kept."
        )
    if reopening:
        _check_approver(now, agreement.approver)
    place = agreement.place
    ids = {"bidder": place.bidder, "criterion": place.criterion, "lot": place.lot or ""}
    texts = before_and_after(
        "rationale", earlier.rationale if earlier else None, agreement.rationale
    ) | before_and_after(
        "releasable rationale",
        earlier.releasable_rationale if earlier else None,
        agreement.releasable_rationale,
    )
    kind = "agreed score reopened" if reopening else "agreed score recorded"
    with session.change(kind, ids, texts, agreement.reason) as change:
        agreed = agreed_score(now, agreement, earlier)
        recording.add_agreed(change, agreed, session.actor.person, session.clock())
        if reopening and agreement.approver is not None:
            recording.add_reopening(
                change,
                Reopening(place, agreement.approver, agreement.reason, before, "", session.clock()),
            )
        recording.drop_working_text(change, session.actor.person, "agreed", place)
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


def check_agreement(now: Situation, agreement: Agreement) -> None:
    """Refuse an agreement that is not on the scale, has no rationale or names strangers."""
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
        now.member(person)


def _check_place(reader: Reader, now: Situation, place: Place) -> None:
    if place not in now.places():
        raise UnknownReference(
            f"The panel does not judge {now.place_in_words(place)}.",
            "Choose a question of a bid that is assessed.",
        )
    if any(item.place == place and item.is_open for item in reader.sent_back()):
        raise NotAllowedNow(
            f"{now.place_in_words(place)} was sent back to its evaluators.",
            "Record that it is settled first.",
        )


def _check_approver(now: Situation, approver: PersonId | None) -> None:
    role = now.member(approver).role if approver is not None else None
    if role is None or role is Role.LEAD:
        raise RuleRefusal(
            "Prices and ranking are known; an agreed score is reopened by an approver who is "
            "not the lead.",
            "Name the approver.",
        )


def confirm(
    session: Session, person: PersonId, place: Place, *, agrees: bool = True, dissent: str = ""
) -> None:
    """Record a panel member's word on the agreed score that stands at a place.

    Args:
        session: the open tender.
        person: who confirms; was present when it was agreed.
        place: where.
        agrees: False is a dissent, which needs words and is printed.
        dissent: the member's own words.

    Raises:
        MissingAgreedScore: none stands there.
        NotTheirs: the person was not present.
        ReasonNeeded: a dissent without words.
    """
    with session.reading() as reader:
        now = situation(reader)
        agreed = reader.agreed_at(place)
        awaiting_order = _reopened_without_order(reader, place)
    now.require(Act.CONFIRM)
    if agreed is None:
        raise MissingAgreedScore(
            f"There is no agreed score for {now.place_in_words(place)}.", "Agree one first."
        )
    if person not in agreed.present:
        raise RuleRefusal(
            f"{now.name(person)} was not present when this was agreed.",
            "Those who were present confirm.",
        )
    if not agrees and not dissent.strip():
        raise ReasonNeeded("A dissent needs its reasons.", "Write them; they are printed.")
    word = Confirmation(person, place, agreed.revision, agrees, dissent)
    ids = {
        "person": person,
        "bidder": place.bidder,
        "criterion": place.criterion,
        "revision": str(agreed.revision),
    }
    kind = "agreed score confirmed" if agrees else "dissent recorded"
    with session.change(kind, ids, reason=dissent) as change:
        recording.add_confirmation(change, word, session.clock())
        if awaiting_order and not awaited(change.reader, now, agreed):
            _complete_reopening(change, now, place, session.clock())


def _reopened_without_order(reader: Reader, place: Place) -> bool:
    return any(item.place == place and not item.order_after for item in reader.reopenings())


def _complete_reopening(change: Change, now: Situation, place: Place, at: datetime) -> None:
    item = next(
        item for item in change.reader.reopenings() if item.place == place and not item.order_after
    )
    after = _order(change.reader, now)
    recording.add_reopening(
        change, Reopening(place, item.approver, item.reason, item.order_before, after, at)
    )


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


def send_back(session: Session, place: Place, reason: str) -> None:
    """Send one response back to individual scoring; its scores open again, the old are kept.

    Raises:
        NotAllowedNow: only during moderation.
        ReasonNeeded: without a reason.
    """
    _set_sent_back(session, place, reason, is_open=True)


def settle(session: Session, place: Place, reason: str) -> None:
    """Record that a response sent back is settled; its individual scores lock again."""
    _set_sent_back(session, place, reason, is_open=False)


def _set_sent_back(session: Session, place: Place, reason: str, *, is_open: bool) -> None:
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.SEND_BACK)
    if place not in now.places():
        raise UnknownReference(
            f"The panel does not judge {now.place_in_words(place)}.", "Choose another response."
        )
    if not reason.strip():
        raise ReasonNeeded("This needs a reason.", "Say why; it is kept with the response.")
    kind = "response sent back" if is_open else "response settled"
    ids = {"bidder": place.bidder, "criterion": place.criterion, "lot": place.lot or ""}
    with session.change(kind, ids, reason=reason) as change:
        recording.add_sent_back(change, SentBack(place, reason, session.clock(), is_open))


def _order(reader: Reader, now: Situation) -> str:
    return ranking.order_of_all(reader, now)
