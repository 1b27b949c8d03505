"""Moderation: agreed scores, confirmations, sending back, reopening."""

from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.disagreement import Disagreement, agenda_order, disagreement
from tendereval.domain.errors import (
    MissingAgreedScore,
    NotAllowedNow,
    ReasonNeeded,
    UnknownReference,
)
from tendereval.domain.evaluation import InterestOutcome, ScoreState
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, SentBack
from tendereval.domain.stages import Act, Stage
from tendereval.domain.weights import weight_plan
from tendereval.services import scoring
from tendereval.services.agreeing import (
    Agreement,
    check_agreement,
    check_confirmation,
    complete_reopenings,
    is_reopening,
    prices_known,
    put_agreement,
    room,
)
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import beside_record, recording
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after

__all__ = [
    "Agreement",
    "confirm",
    "disagreements",
    "record_agreed_score",
    "send_back",
    "settle",
]


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
        found = _measured(reader, now)
    weights = {lot.ref: weight_plan(now.method, lot.ref).weights for lot in now.method.lots}
    first = now.method.lots[0].ref
    rows = []
    for item in found:
        criterion = now.criterion(item.place.criterion)
        weight = weights[item.place.lot or first].get(criterion.ref, Fraction(0))
        rows.append((item, now.method.scale_of(criterion).maximum, weight))
    return agenda_order(rows)


def _measured(reader: Reader, now: Situation) -> tuple[Disagreement, ...]:
    """Measure every judged place by the scores that are used and still apply."""
    judged = frozenset(now.places())
    settled = len(now.versions) < 2 and not any(  # noqa: PLR2004 - one version changed nothing
        item.removed_for or item.outcome is InterestOutcome.REMOVED for item in now.declarations
    )
    if settled and not any(member.left for member in now.panel):
        return tuple(item for item in reader.disagreements() if item.place in judged)
    given: dict[Place, list[Fraction]] = {}
    for score in scoring.used(now, scoring.applying(now, reader.scores())):
        if score.points is not None and score.state is ScoreState.READY and score.place in judged:
            given.setdefault(score.place, []).append(score.points)
    return tuple(disagreement(place, points) for place, points in given.items())


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
        where = room(reader, now)
    now.require(Act.REOPEN_AGREED if now.stage is Stage.PRICE else Act.AGREE)
    check_agreement(now, agreement, earlier, where)
    place = agreement.place
    ids = {"bidder": place.bidder, "criterion": place.criterion, "lot": place.lot or ""}
    texts = before_and_after(
        "rationale", earlier.rationale if earlier else None, agreement.rationale
    ) | before_and_after(
        "releasable rationale",
        earlier.releasable_rationale if earlier else None,
        agreement.releasable_rationale,
    )
    reopening = is_reopening(now, earlier, where)
    if reopening and agreement.approver is not None:
        ids["approver"] = agreement.approver
    kind = "agreed score reopened" if reopening else "agreed score recorded"
    with session.change(kind, ids, texts, agreement.reason) as change:
        agreed = put_agreement(change, now, agreement, earlier, session, reopening=reopening)
        beside_record.drop_working_text(change, session.actor.person, "agreed", place)
    return agreed


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
        agreed, known = reader.agreed_at(place), prices_known(reader)
    now.require(Act.CONFIRM)
    if agreed is None:
        raise MissingAgreedScore(
            f"There is no agreed score for {now.place_in_words(place)}.", "Agree one first."
        )
    word = Confirmation(person, place, agreed.revision, agrees, dissent)
    check_confirmation(now, word, agreed)
    ids = {
        "person": person,
        "bidder": place.bidder,
        "criterion": place.criterion,
        "lot": place.lot or "",
        "revision": str(agreed.revision),
    }
    kind = "agreed score confirmed" if agrees else "dissent recorded"
    with session.change(kind, ids, reason=dissent) as change:
        recording.add_confirmation(change, word, session.clock())
        if known:
            complete_reopenings(change, now, agreed, session.clock())


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
        already = place in scoring.places_open(reader)
    now.require(Act.SEND_BACK)
    if place not in now.places():
        raise UnknownReference(
            f"The panel does not judge {now.place_in_words(place)}.", "Choose another response."
        )
    if already is is_open:
        how = "was sent back already" if already else "is not sent back"
        raise NotAllowedNow(f"{now.place_in_words(place)} {how}.", "Choose another response.")
    if not reason.strip():
        raise ReasonNeeded("This needs a reason.", "Say why; it is kept with the response.")
    kind = "response sent back" if is_open else "response settled"
    ids = {"bidder": place.bidder, "criterion": place.criterion, "lot": place.lot or ""}
    with session.change(kind, ids, reason=reason) as change:
        recording.add_sent_back(change, SentBack(place, reason, session.clock(), is_open))
