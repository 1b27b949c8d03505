"""Report models for tests of assessment summaries: six tenders of the rules, and random ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision
from tendereval.domain.bidding import Bid, Bidder, BidStatus, Place
from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.moderation import AgreedScore, Explanation
from tendereval.domain.ranking import BidInput, rank_lot
from tendereval.domain.report_model import RecordHead, ReportModel
from tendereval.domain.stages import Stage
from tendereval.domain.tender import ONLY_LOT, CriterionKind, Method, SubCriterion
from tests.builders import (
    Number,
    a_bid,
    a_criterion,
    a_method,
    a_price,
    a_section,
    a_tender_details,
)

AT = datetime(2027, 4, 1, 9, tzinfo=UTC)
LEAD, READER, APPROVER = PersonId("p-1"), PersonId("p-2"), PersonId("p-3")
PEOPLE: Mapping[PersonId, str] = {
    LEAD: "Xanthe Quillfeather",
    READER: "Ysolde Brackenbury",
    APPROVER: "Zebedee Thistlewood",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What nobody but its own supplier, and where successful everybody, may be told."""

    name: str
    identifier: str
    address: str
    email: str
    releasable: str
    sub: str
    internal: str


def marks_of(bidder: BidderId) -> Marks:
    """Return texts that stand for one bidder and for nobody else."""
    key = bidder.removeprefix("b-").lower()
    return Marks(
        name=f"Firm{key}zq Works Ltd",
        identifier=f"GB-COH-77{key}4411",
        address=f"{key}zq House, Borset",
        email=f"bids@firm{key}zq.example",
        releasable=f"releasable{key}zq",
        sub=f"subwise{key}zq",
        internal=f"internal{key}zq",
    )


def a_supplier(bidder: BidderId, *, sme: bool | None = True, vcse: bool | None = False) -> Bidder:
    """Make a bidder with everything that a summary needs."""
    own = marks_of(bidder)
    return Bidder(bidder, own.name, own.identifier, own.address, own.email, sme=sme, vcse=vcse)


def six_method() -> Method:
    """Make a method with a condition, a requirement, a section, sub-criteria and a price."""
    subs = tuple(SubCriterion(f"Q1.{letter}", f"Point {letter}") for letter in "abc")
    return a_method(
        a_criterion("CP1", kind=CriterionKind.CONDITION_OF_PARTICIPATION),
        a_criterion("RQ1", kind=CriterionKind.REQUIREMENT),
        a_section("S1", 60),
        replace(a_criterion("Q1", 40, parent="S1", minimum=2), sub_criteria=subs),
        replace(a_criterion("Q2", 20, parent="S1"), question="Which jobs?", guidance="Say how."),
        a_price(40),
    )


WINNER, SECOND, THIRD, BELOW, FAILED, GONE = (BidderId(f"b-{letter}") for letter in "ABCDEF")


def six_bids() -> tuple[BidInput, ...]:
    """Make the six tenders of fact A20."""
    full = {"CP1": 1, "RQ1": 1}
    return (
        a_bid("A", {**full, "Q1": 5, "Q2": 4}, 1100),
        a_bid("B", {**full, "Q1": 4, "Q2": 4}, 1000),
        a_bid("C", {**full, "Q1": 3, "Q2": 3}, 1250),
        a_bid("D", {**full, "Q1": 1, "Q2": 3}),
        a_bid("E", {"CP1": 0, "RQ1": 1, "Q1": 4, "Q2": 4}),
        a_bid("F", status=BidStatus.WITHDRAWN),
    )


def six() -> ReportModel:
    """Make the tender of fact A20, decided and approved."""
    return a_model(six_method(), six_bids())


def a_model(
    method: Method, bids: Sequence[BidInput], places: int = 1, *, approved: bool = True
) -> ReportModel:
    """Make a report model at stage ``award``, the first ones by rank successful.

    Args:
        method: of one lot.
        bids: whose bidders are named and worded anew by ``marks_of``.
        places: how many are successful.
        approved: whether the decision is.
    """
    named = [replace(bid, name=marks_of(bid.bidder).name) for bid in bids]
    ranking = rank_lot(method, ONLY_LOT, named)
    won = tuple(one.bidder for one in ranking.ranked[:places])
    day = date(2027, 4, 2)
    word = Approval(ONLY_LOT, 1, APPROVER, "Director", ApprovalOutcome.APPROVES, day)
    return ReportModel(
        stage=Stage.AWARD,
        details=a_tender_details(),
        method=method,
        versions=(),
        bidders=tuple(a_supplier(bid.bidder) for bid in named),
        bids=tuple(bid.bid for bid in named),
        bid_history=(),
        panel=(),
        names=PEOPLE,
        declarations=(),
        responses=(),
        documents=(),
        clarifications=(),
        scores=(),
        score_history=(),
        agreed=tuple(item for bid in named for item in _agreed(method, bid)),
        agreed_history=(),
        confirmations=(),
        sent_back=(),
        reopenings=(),
        rankings=(ranking,),
        not_ranked_because="",
        decisions={ONLY_LOT: AwardDecision(ONLY_LOT, won, "Most marks.", 1, AT, LEAD)},
        approvals=(word,) if approved else (),
        stages=((Stage.AWARD, "", AT),),
        answers_lock=None,
        gaps=(),
        head=RecordHead(1, "0" * 64, AT, "t-1"),
    )


def _agreed(method: Method, bid: BidInput) -> list[AgreedScore]:
    own = marks_of(bid.bidder)
    return [
        AgreedScore(
            Place(bid.bidder, row.ref),
            bid.points[row.ref],
            f"{own.internal} on {row.ref}",
            f"{own.releasable} on {row.ref}",
            tuple(Explanation(sub.ref, f"{own.sub} on {sub.ref}") for sub in row.sub_criteria),
            (LEAD, READER),
            1,
            recorded_at=AT,
            recorded_by=LEAD,
        )
        for row in method.criteria
        if row.kind.is_judged and row.ref in bid.points
    ]


def with_status(model: ReportModel, bidder: BidderId, bid: Bid) -> ReportModel:
    """Return a model with another bid of one bidder; its ranking stays."""
    others = tuple(bid if one.bidder == bidder else one for one in model.bids)
    return replace(model, bids=others)


def exact(value: Number) -> Fraction:
    """Return a number as tests write it."""
    return Fraction(value)
