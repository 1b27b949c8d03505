"""How many tenders a contract award notice counts; takes statuses as given."""

from collections.abc import Iterable
from dataclasses import dataclass

from tendereval.domain.bidding import BidStatus


@dataclass(frozen=True, slots=True)
class BidCounts:
    """The counts of one lot.

    Attributes:
        received: by the deadline, withdrawn ones not counted.
        assessed: assessed tenders, each of whose suppliers gets an assessment summary.
    """

    received: int
    assessed: int


def count_bids(statuses: Iterable[BidStatus]) -> BidCounts:
    """Count bids by the status that took effect.

    Args:
        statuses: one per bid. For a bid that a ranking left out this is the status in
            ``Ranking.not_ranked``, for a ranked one ``assessed``.

    Source: Procurement Act 2023, s.50(4); Procurement Regulations 2024, r.27(2)(n) and (o).
    """
    known = tuple(statuses)
    return BidCounts(
        sum(status.counts_as_received for status in known),
        sum(status.was_assessed for status in known),
    )
