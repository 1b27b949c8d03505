"""Who is given an assessment summary of a lot, and under which law there are any.

Source: Procurement Act 2023, s.50.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tendereval.domain.award import AwardDecision
from tendereval.domain.bidding import BidStatus
from tendereval.domain.errors import IncompleteRecord, NotSupported
from tendereval.domain.ids import BidderId, LotId
from tendereval.domain.ranked import NotRanked
from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Stage
from tendereval.domain.tender import ContractKind, Procedure, Regime, TenderDetails

_WITH_SUMMARIES: Final = {Regime.PA2023, Regime.PA2023_WALES}


@dataclass(frozen=True, slots=True)
class Recipient:
    """A supplier that is given a summary of one lot.

    Attributes:
        status: of its tender, as it took effect.
        is_winner: it is awarded the contract, or a place.
    """

    bidder: BidderId
    name: str
    status: BidStatus
    is_winner: bool


def regime_problem(details: TenderDetails) -> str:
    """Return why the law of a tender has no assessment summaries; empty where it has."""
    if details.regime in _WITH_SUMMARIES:
        return ""
    if details.regime is None:
        return "Which law the tender runs under is not recorded, so that no document can be chosen."
    return (
        "Assessment summaries are written under the Procurement Act 2023 only; this tender runs "
        f"under “{details.regime}”, whose letters to bidders this product does not write."
    )


def are_required(details: TenderDetails) -> bool:
    """Whether section 50 asks for summaries: not for call-offs and direct awards.

    Source: Procurement Act 2023, s.50(3), which speaks of awards under section 19 only.
    """
    is_call_off = details.contract_kind is ContractKind.CALL_OFF
    return not (is_call_off or details.procedure is Procedure.DIRECT)


def recipients(model: ReportModel, lot: LotId) -> tuple[Recipient, ...]:
    """Return who is given a summary of a lot, in the order in which bidders were registered.

    Every supplier whose tender was assessed: also one disqualified under the methodology, not
    one that was late, withdrawn, excluded or disregarded.

    Source: Procurement Act 2023, s.50(3) and (4).
    """
    decision = standing_decision(model, lot)
    won = decision.bidders if decision else ()
    names = {bidder.id: bidder.name for bidder in model.bidders}
    return tuple(
        Recipient(bidder, names[bidder], status, bidder in won)
        for bidder, status in statuses(model, lot).items()
        if status.was_assessed
    )


def statuses(model: ReportModel, lot: LotId) -> Mapping[BidderId, BidStatus]:
    """Return the status of every bid of a lot as it took effect, in order of bidder."""
    out = {one.bidder: one.status for one in _not_ranked(model, lot)}
    return {
        bid.bidder: out.get(bid.bidder, BidStatus.ASSESSED if bid.is_assessed else bid.status)
        for bid in model.bids
        if bid.lot == lot
    }


def standing_decision(model: ReportModel, lot: LotId) -> AwardDecision | None:
    """Return the decision of a lot; None where the tender left stage ``award`` since."""
    found = model.decisions.get(lot)
    entered = [at for stage, _, at in model.stages if stage is Stage.AWARD]
    if found is None or model.stage not in {Stage.AWARD, Stage.CLOSED}:
        return None
    return None if entered[1:] and found.recorded_at < entered[-1] else found


def award_to_tell(model: ReportModel, lot: LotId) -> AwardDecision:
    """Return the decision that summaries of a lot tell of.

    Raises:
        NotSupported: the law of the tender has no assessment summaries.
        IncompleteRecord: there is no decision, or it is a decision not to award.
    """
    problem = regime_problem(model.details)
    if problem:
        raise NotSupported(problem, "Write to the bidders as that law asks.")
    decision = standing_decision(model, lot)
    if decision is None:
        raise IncompleteRecord(
            f"The award decision on lot {lot} is not recorded.", "Record it under Award."
        )
    if not decision.bidders:
        raise IncompleteRecord(
            f"No award is made in lot {lot}: there is no contract award notice, and there are no "
            "assessment summaries.",
            "Publish the notice that says so.",
        )
    return decision


def _not_ranked(model: ReportModel, lot: LotId) -> tuple[NotRanked, ...]:
    return next((one.not_ranked for one in model.rankings if one.lot == lot), ())
