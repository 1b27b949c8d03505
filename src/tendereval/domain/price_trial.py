"""Try the price rule on made-up bids with the real ranking; nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.errors import UnknownReference
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.ranked import BidInput, Ranking
from tendereval.domain.ranking import rank_lot
from tendereval.domain.scale import PointRange, ScoringScale
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method, QualityMarks
from tendereval.domain.weight_shares import weight_shares

_QUALITY = CriterionId("quality")
_SCALE = ScoringScale("0-100", (), (PointRange(Fraction(0), Fraction(100), Fraction(1, 100)),))


@dataclass(frozen=True, slots=True)
class SampleBid:
    """A made-up bid.

    Attributes:
        quality: share of the quality marks it earns, 0 to 100.
    """

    name: str
    price: Fraction
    quality: Fraction


def try_prices(
    method: Method, price: str, samples: Sequence[SampleBid], currency: str = "GBP"
) -> Ranking:
    """Rank made-up bids on one price criterion and on all quality marks of its lot as one.

    Args:
        method: the draft; its rounding and tie margin apply, its tie-break by question does not.
        price: reference of the price criterion.
        samples: at least one.
        currency: for sentences.

    Raises:
        UserFixable: as ``rank_lot`` does, for a price of nothing that has no meaning among them.
    """
    row = method.criterion(price)
    if row is None or row.kind is not CriterionKind.PRICE:
        raise UnknownReference("There is no price criterion.", "Add one under Criteria.")
    lot = row.lot or method.lots[0].ref
    bids = [_bid(sample, row, lot, at) for at, sample in enumerate(samples)]
    return rank_lot(_trial_method(method, row, lot), lot, bids, currency=currency)


def _trial_method(method: Method, price: AwardCriterion, lot: LotId) -> Method:
    shares = weight_shares(method, lot).by_ref
    scored = (row for row in method.in_lot(lot) if row.kind.is_scored)
    marks = sum((shares[row.ref.casefold()] for row in scored), Fraction(0))
    weight = shares[price.ref.casefold()] or price.weight
    kind, name = CriterionKind.QUALITY, _SCALE.name
    quality = AwardCriterion(_QUALITY, "Quality", kind, weight=marks, scale=name)
    kept = replace(price, parent=None, lot=None, weight=weight, minimum=None)
    plain = {"highest quality", "lowest price"}
    rules = tuple(rule for rule in method.tie_break if rule in plain)
    return Method(
        lots=tuple(one for one in method.lots if one.ref == lot),
        criteria=(quality, kept) if marks > 0 else (kept,),
        scales=(_SCALE,),
        award_rule=method.award_rule,
        quality_marks=QualityMarks.POINTS_OVER_MAXIMUM,
        round_marks_to=method.round_marks_to,
        round_totals_to=method.round_totals_to,
        tie_margin=method.tie_margin,
        tie_break=rules,
        close_margin=method.close_margin,
    )


def _bid(sample: SampleBid, price: AwardCriterion, lot: LotId, at: int) -> BidInput:
    bidder = BidderId(f"sample-{at}")
    return BidInput(
        bidder,
        sample.name,
        Bid(bidder, lot, BidStatus.ASSESSED),
        {_QUALITY: sample.quality},
        {price.ref: sample.price},
    )
