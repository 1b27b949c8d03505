"""What goes into a ranking and what comes out of it, as frozen values; computes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.tender import AwardRule


@dataclass(frozen=True, slots=True)
class BidInput:
    """One bid of a lot with what the panel agreed and what it costs.

    Attributes:
        name: the bidder's, as sentences show it.
        points: agreed score per scored question; 1 (Pass) or 0 (Fail) per condition or
            requirement; what is not agreed yet is absent. Keys as published.
        prices: price per price criterion, in the tender's currency.
    """

    bidder: BidderId
    name: str
    bid: Bid
    points: Mapping[CriterionId, Fraction]
    prices: Mapping[CriterionId, Fraction]


@dataclass(frozen=True, slots=True)
class CriterionMark:
    """What one bid earned on one criterion.

    Attributes:
        points: the agreed score; None for a price criterion.
        price: the price as submitted; None for a scored question.
        available: marks available.
        unrounded: exact marks.
        mark: the same after the method's own rounding, if it has one.
    """

    criterion: CriterionId
    points: Fraction | None
    price: Fraction | None
    available: Fraction
    unrounded: Fraction
    mark: Fraction


@dataclass(frozen=True, slots=True)
class RankedBid:
    """One bid in its place.

    Attributes:
        rank: 1 is the most advantageous tender; shared by tied bids, the next is skipped.
        tied: whether another bid shares the rank.
        marks: one per weighted criterion, in published order.
        quality: sum of the marks on scored questions.
        price_marks: sum of the marks on price criteria.
        price_amount: sum of its prices in the lot; None where the lot has no price criterion.
        total: what decides, after the method's own rounding.
        total_unrounded: sum of the unrounded marks.
        tie_broken_by: the published rule that separated it last from bids it was tied with;
            empty where none did.
    """

    rank: int
    tied: bool
    bidder: BidderId
    name: str
    marks: tuple[CriterionMark, ...]
    quality: Fraction
    price_marks: Fraction
    price_amount: Fraction | None
    total: Fraction
    total_unrounded: Fraction
    tie_broken_by: str = ""


@dataclass(frozen=True, slots=True)
class NotRanked:
    """A bid that has no place, and why."""

    bidder: BidderId
    name: str
    status: BidStatus
    reason: str


@dataclass(frozen=True, slots=True)
class RankingWarning:
    """Something that people should see before they rely on a ranking.

    Attributes:
        code: one word for programs (``tie``, ``rank-reversal``).
        text: sentences for people.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class LowestPrice:
    """The lowest price that the marks of a price criterion are measured against.

    Attributes:
        amount: as the formula read it.
        bidders: who offered it, by name.
        among: every bid it was taken from, by name; eliminated bids are never among them.
    """

    criterion: CriterionId
    amount: Fraction
    bidders: tuple[BidderId, ...]
    among: tuple[BidderId, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The marks, totals and order of one lot.

    Attributes:
        available: marks available in the lot.
        ranked: by rank, equal ranks by name.
        not_ranked: by name.
        ties: the bids that share a rank, best rank first.
        warnings: in the order in which people should read them.
        lowest: one per price criterion whose formula uses the lowest price.
    """

    lot: LotId
    award_rule: AwardRule
    available: Fraction
    ranked: tuple[RankedBid, ...]
    not_ranked: tuple[NotRanked, ...]
    ties: tuple[tuple[BidderId, ...], ...]
    warnings: tuple[RankingWarning, ...]
    lowest: tuple[LowestPrice, ...]
