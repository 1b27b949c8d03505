"""Section 2 of interface.md: what each stage allows, asked of the services themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.award import Approval, ApprovalOutcome
from tendereval.domain.bidding import (
    Bid,
    Bidder,
    BidStatus,
    Clarification,
    PriceSubmission,
    Response,
)
from tendereval.domain.errors import RuleRefusal
from tendereval.domain.evaluation import PanelMember, Role, ScoreState
from tendereval.domain.ids import BidderId, LotId, PersonId
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Method, VersionKind
from tendereval.services import (
    awarding,
    bids,
    methods,
    moderating,
    panel,
    ranking,
    scoring,
    tenders,
)
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tests.service.builders import ALDER, ANA, BEFORE, BEN, BIRCH, CAM, DOT, Rows, a_desk, place

STAGES = ("set-up", "published", "scored", "agreed", "priced", "award", "closed")
Q1 = place(ALDER, "Q1")
ONE = LotId("1")


def _method(session: Session) -> Method:
    """The method in force with one question worded otherwise."""
    with session.reading() as reader:
        method = reader.method()
    first = replace(method.criteria[0], question="How will you build them to last?")
    return replace(method, criteria=(first, *method.criteria[1:]))


def _amend(kind: VersionKind) -> Callable[[Session], object]:
    amendment = methods.Amendment(kind, "A slip.", date(2027, 2, 2), DOT)
    return lambda session: methods.amend_method(session, _method(session), amendment)


def _details(session: Session) -> object:
    with session.reading() as reader:
        details = reader.details()
    tenders.define_details(session, replace(details, title="Park seats"))
    return None


def _award(session: Session) -> object:
    return awarding.decide_award(session, "1", (BIRCH,), "Best by the published method.")


def _approve(session: Session) -> object:
    with session.reading() as reader:
        at_award = situation(reader).stage is Stage.AWARD
    if at_award:
        _award(session)
    word = Approval(ONE, 0, DOT, "Director", ApprovalOutcome.APPROVES, date(2027, 3, 2))
    awarding.approve(session, word)
    return None


def _agree(session: Session) -> object:
    agreement = moderating.Agreement(
        Q1, Fraction(5), "Oak lasts.", "", (), (ANA, BEN), "Read again."
    )
    return moderating.record_agreed_score(session, agreement)


def _reopen(session: Session) -> object:
    agreement = moderating.Agreement(
        Q1, Fraction(5), "Oak lasts.", "", (), (ANA, BEN), "Overlooked a page.", DOT
    )
    return moderating.record_agreed_score(session, agreement)


ACTS: dict[str, tuple[Callable[[Session], object], str]] = {
    "draft the method": (
        lambda session: tenders.define_method(session, _method(session)),
        "set-up",
    ),
    "amend the method": (_amend(VersionKind.AMENDMENT), "published"),
    "correct a transcription": (_amend(VersionKind.CORRECTION), "published scored agreed"),
    "change the details": (_details, "set-up published"),
    "register a bidder": (
        lambda session: bids.register_bidder(session, Bidder(BidderId(""), "Cedar Ltd")),
        "set-up published",
    ),
    "record an answer": (
        lambda session: bids.record_responses(session, [Response(Q1, "Oak again.")]),
        "published",
    ),
    "keep a document": (
        lambda session: bids.add_document(session, ALDER, "plan.pdf", b"%PDF", "application/pdf"),
        "published",
    ),
    "record a clarification": (
        lambda session: bids.record_clarification(
            session, Clarification(Q1, "Which oak?", "English oak.", BEFORE)
        ),
        "scored agreed priced",
    ),
    "withdraw a bid": (
        lambda session: bids.set_status(session, Bid(ALDER, ONE, BidStatus.WITHDRAWN, "A letter.")),
        "published scored agreed priced",
    ),
    "enter a price": (
        lambda session: bids.record_prices(
            session, [PriceSubmission(place(ALDER, "PRICE"), Fraction(1700))]
        ),
        "published scored agreed priced",
    ),
    "join the panel": (
        lambda session: panel.add_member(
            session, PanelMember(PersonId(""), Role.OBSERVER, "", reason="To learn."), "Eli Eden"
        ),
        "set-up published scored agreed priced award",
    ),
    "leave the panel": (
        lambda session: panel.leave(session, CAM, "Ill."),
        "set-up published scored agreed priced award",
    ),
    "declare interests": (
        lambda session: panel.declare(session, BEN, "A cousin works there."),
        "set-up published scored agreed priced award",
    ),
    "score": (
        lambda session: scoring.record_score(
            session, BEN, scoring.Entry(Q1, ScoreState.READY, Fraction(3), "On second thoughts.")
        ),
        "scored",
    ),
    "agree a score": (_agree, "agreed"),
    "reopen an agreed score": (_reopen, "agreed priced"),
    "confirm an agreed score": (
        lambda session: moderating.confirm(session, BEN, Q1),
        "agreed priced",
    ),
    "send a response back": (
        lambda session: moderating.send_back(session, Q1, "Two pages were missing."),
        "agreed",
    ),
    "compare scores": (
        moderating.disagreements,
        "agreed priced award closed",
    ),
    "rank": (ranking.rankings, "priced award closed"),
    "decide the award": (_award, "award"),
    "approve the award": (_approve, "award"),
}
_NEEDS_BIDS = {"record an answer", "keep a document", "withdraw a bid", "enter a price"}
"""These name a bidder; before publishing the small tender has none, so that nothing can be said."""
CASES = [
    (act, stage)
    for act in ACTS
    for stage in STAGES
    if not (act in _NEEDS_BIDS and stage == "set-up")
]


@pytest.mark.parametrize(("act", "stage"), CASES)
def test_each_stage_allows_what_the_matrix_says(act: str, stage: str, tmp_path: Path) -> None:
    do, allowed = ACTS[act]
    desk = a_desk(tmp_path, stage)
    before = len(desk.entries())
    with desk.session() as session:
        if stage in allowed.split():
            do(session)
        else:
            with pytest.raises(RuleRefusal):
                do(session)
    kept = len(desk.entries()) > before
    assert kept == (stage in allowed.split() and act not in {"rank", "compare scores"})


def test_at_price_an_agreed_score_is_not_changed_without_an_approver(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    agreed: Rows = [("Bidder", "Ref", "Score", "Rationale"), ("Alder Ltd", "Q1", 5, "Oak lasts.")]
    refused = desk.take_in({"Agreed": agreed}, "--reason", "Read again.")
    assert refused.status == 1
    assert "At stage 'price' you cannot record agreed scores" in refused.err
    assert desk.totals() == {"Birch Ltd": "80.00", "Alder Ltd": "77.50"}
