"""The award decision and its approvals."""

from collections import Counter
from dataclasses import replace

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision
from tendereval.domain.errors import MissingRationale, NotReady, RuleRefusal
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.stages import Act
from tendereval.services import ranking
from tendereval.services.award_decisions import is_overtaken
from tendereval.services.readiness import award_gaps
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after


def decide_award(
    session: Session, lot: str, bidders: tuple[BidderId, ...], rationale: str
) -> AwardDecision:
    """Record whom the lead recommends for a lot, as a new revision.

    The product does not choose: it refuses only what the published method cannot bear.

    Args:
        session: the open tender.
        lot: which.
        bidders: in order of recommendation; none is a decision not to award.
        rationale: why.

    Raises:
        NotAllowedNow: only at stage ``award``.
        MissingRationale: without reasons.
        RuleRefusal: recorded by an evaluator or observer; a bidder that is not ranked, is
            outranked by one left out, or more than the method has places for.

    Source: Procurement Act 2023, s.19: the most advantageous tender by the published method.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.DECIDE_AWARD)
        _check_decider(now, session.actor.person)
        ref = now.lot(lot)
        _check_bidders(reader, now, lot, bidders)
        earlier = reader.decisions().get(ref)
    if not rationale.strip():
        raise MissingRationale(
            "The award decision has no rationale.", "Write why this is the best tender."
        )
    decision = AwardDecision(
        ref,
        bidders,
        rationale,
        earlier.revision + 1 if earlier else 1,
        session.clock(),
        session.actor.person,
    )
    texts = before_and_after("rationale", earlier.rationale if earlier else None, rationale)
    ids = {"lot": ref, "bidders": ", ".join(bidders), "revision": str(decision.revision)}
    with session.change("award decision recorded", ids, texts) as change:
        recording.add_decision(change, decision)
    return decision


def _check_decider(now: Situation, person: PersonId) -> None:
    """Refuse a recommendation by somebody whose part on the panel is to score or to look on."""
    scoring_only = {Role.EVALUATOR, Role.COMMUNITY, Role.OBSERVER}
    if any(item.person == person and item.role in scoring_only for item in now.panel):
        raise RuleRefusal(
            f"{now.name(person)} does not record the award decision.",
            "The lead evaluator records it.",
        )


def _check_bidders(reader: Reader, now: Situation, lot: str, bidders: tuple[BidderId, ...]) -> None:
    if len(set(bidders)) < len(bidders):
        raise RuleRefusal("A bidder is named twice.", "Name each bidder once.")
    ranked = ranking.rank(reader, now, now.lot(lot)).ranked
    ranks = {item.bidder: item.rank for item in ranked}
    for bidder in bidders:
        if bidder not in ranks:
            raise RuleRefusal(
                f"{now.bidder_name(bidder)} is not ranked in lot {lot}.",
                "Recommend a tender that is.",
            )
    places = now.method.framework_places or 1
    if len(bidders) > places:
        raise RuleRefusal(
            f"The method has {places} place{'s' if places > 1 else ''} in lot {lot}.",
            "Recommend no more than that; a tie is separated by the published tie-break.",
        )
    full = _at_the_cap(reader, now, lot)
    over = [now.bidder_name(bidder) for bidder in bidders if bidder in full]
    if over:
        raise RuleRefusal(
            f"{', '.join(over)} would win more lots than the published cap of "
            f"{now.method.lot_cap}.",
            "Apply the published mechanism and recommend the next tender.",
        )
    worst = max((ranks[bidder] for bidder in bidders), default=0)
    left_out = [item for item in ranked if item.bidder not in {*bidders, *full}]
    better = [item.name for item in left_out if item.rank < worst]
    if better:
        raise RuleRefusal(
            f"{', '.join(better)} would be passed over by the published method.",
            "Recommend in order of rank, or record the status that takes that tender out.",
        )
    if [ranks[bidder] for bidder in bidders] != sorted(ranks[bidder] for bidder in bidders):
        raise RuleRefusal("The bidders are not in order of rank.", "Name the first one first.")


def _at_the_cap(reader: Reader, now: Situation, lot: str) -> frozenset[BidderId]:
    """Return the bidders that other lots' decisions bring to the published cap already.

    Source: Procurement Act 2023, s.23(4).
    """
    cap = now.method.lot_cap
    if cap is None:
        return frozenset()
    elsewhere = [item for ref, item in reader.decisions().items() if ref != now.lot(lot)]
    won = Counter(bidder for decision in elsewhere for bidder in decision.bidders)
    return frozenset(bidder for bidder, lots in won.items() if lots >= cap)


def approve(session: Session, approval: Approval) -> None:
    """Record one person's word on the current award decision of a lot.

    Args:
        session: the open tender.
        approval: its revision is filled in from the decision that stands.

    Raises:
        NotAllowedNow: only at stage ``award``.
        NotReady: declarations or confirmations are missing (an evaluation made elsewhere) and
            the approval makes no statement on it.
        RuleRefusal: there is no decision, the role is blank, or the person who recorded the
            decision approves it alone.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.APPROVE)
        decision = reader.decisions().get(now.lot(approval.lot))
        gaps = award_gaps(reader, now)
        overtaken = decision is not None and is_overtaken(reader, decision)
    if decision is None or overtaken:
        raise RuleRefusal("There is no award decision to approve.", "Record the decision first.")
    if now.member(approval.person).left:
        raise RuleRefusal(
            f"{now.name(approval.person)} has left the panel.", "Name somebody who is on it."
        )
    if approval.given_on > session.clock().date():
        raise RuleRefusal("The date of the approval lies ahead.", "Write the day it was given.")
    if not approval.role.strip():
        raise RuleRefusal(
            "An approval needs the office it is given in.", "Write it, for example Director."
        )
    approves = approval.outcome is ApprovalOutcome.APPROVES
    if approves and approval.person == decision.recorded_by:
        raise RuleRefusal(
            "Whoever recorded the decision recommends it; somebody else approves it.",
            "Name the approver, or record “recommends”.",
        )
    if approves and gaps and not approval.statement.strip():
        raise NotReady("approved award", gaps)
    ids = {
        "lot": approval.lot,
        "person": approval.person,
        "revision": str(decision.revision),
        "outcome": str(approval.outcome),
    }
    with session.change("approval recorded", ids, reason=approval.statement) as change:
        recording.add_approval(change, replace(approval, revision=decision.revision))
