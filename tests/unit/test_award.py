"""When a decision stands."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision, is_approved
from tendereval.domain.ids import BidderId, LotId, PersonId

DECISION = AwardDecision(
    LotId("1"), (BidderId("b"),), "Best total.", 2, datetime(2027, 5, 1, tzinfo=UTC), PersonId("l")
)


def an_approval(outcome: ApprovalOutcome, person: str = "head", revision: int = 2) -> Approval:
    return Approval(
        LotId("1"), revision, PersonId(person), "Head of Procurement", outcome, date(2027, 5, 2)
    )


APPROVES = an_approval(ApprovalOutcome.APPROVES)
REFUSES = an_approval(ApprovalOutcome.REFUSES)


def test_nothing_is_approved_without_a_decision() -> None:
    assert not is_approved(None, [APPROVES])


def test_a_decision_needs_somebody_who_approves() -> None:
    assert not is_approved(DECISION, [])
    assert not is_approved(DECISION, [an_approval(ApprovalOutcome.RECOMMENDS)])
    assert is_approved(DECISION, [APPROVES])


def test_one_refusal_stops_it() -> None:
    other = an_approval(ApprovalOutcome.REFUSES, "finance")
    assert not is_approved(DECISION, [APPROVES, other])


def test_the_last_word_of_a_person_counts() -> None:
    assert is_approved(DECISION, [REFUSES, APPROVES])
    assert not is_approved(DECISION, [APPROVES, REFUSES])


def test_an_approval_of_another_revision_or_lot_does_not_count() -> None:
    earlier = an_approval(ApprovalOutcome.APPROVES, revision=1)
    assert not is_approved(DECISION, [earlier, replace(APPROVES, lot=LotId("2"))])
