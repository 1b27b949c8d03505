"""The award decision and its approvals; people decide, this only says what is complete."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tendereval.domain.ids import BidderId, LotId, PersonId


@dataclass(frozen=True, slots=True)
class AwardDecision:
    """Whom the lead recommends for one lot, and why.

    Attributes:
        bidders: in order of recommendation; empty is a decision not to award.
        rationale: why this is the most advantageous tender (Procurement Act 2023, s.19).
        revision: 1, 2, 3 … per lot; an approval belongs to one revision.
    """

    lot: LotId
    bidders: tuple[BidderId, ...]
    rationale: str
    revision: int
    recorded_at: datetime
    recorded_by: PersonId


class ApprovalOutcome(StrEnum):
    """What an approver said."""

    RECOMMENDS = "recommends"
    APPROVES = "approves"
    REFUSES = "refuses"


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's word on one revision of an award decision.

    Attributes:
        role: the office the person acts in (``Head of Procurement``).
        given_on: the date the person gave it.
        statement: conditions or remarks; where an evaluation was made elsewhere, that the
            missing declarations and confirmations are accepted.
    """

    lot: LotId
    revision: int
    person: PersonId
    role: str
    outcome: ApprovalOutcome
    given_on: date
    statement: str = ""


def is_approved(decision: AwardDecision | None, approvals: Iterable[Approval]) -> bool:
    """Whether the current decision stands: somebody approves it and nobody refuses it.

    The last word of each person on this revision counts.
    """
    if decision is None:
        return False
    last: dict[PersonId, ApprovalOutcome] = {
        item.person: item.outcome
        for item in approvals
        if item.lot == decision.lot and item.revision == decision.revision
    }
    words = set(last.values())
    return ApprovalOutcome.APPROVES in words and ApprovalOutcome.REFUSES not in words
