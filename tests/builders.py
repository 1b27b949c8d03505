"""Small typed builders of domain values for tests; each default is the plainest valid value."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.ranked import BidInput, Ranking
from tendereval.domain.scale import PointRange, ScoreBand, ScoringScale
from tendereval.domain.tender import (
    ONLY_LOT,
    AwardCriterion,
    AwardRule,
    CriterionKind,
    Method,
    PriceFormula,
    Procedure,
    Regime,
    TenderDetails,
)

Number = Fraction | int | str


def a_number(value: Number) -> Fraction:
    """Turn ``2``, ``"4.2"`` or ``"1/3"`` into an exact number."""
    return Fraction(value)


def a_scale(name: str = "0-5", highest: int = 5, **percents: int) -> ScoringScale:
    """Make a scale of bands from 0 up; ``p4=80`` gives the band of 4 points 80 per cent."""
    bands = (
        ScoreBand(
            Fraction(points),
            percent=Fraction(percents[f"p{points}"]) if f"p{points}" in percents else None,
        )
        for points in range(highest + 1)
    )
    return ScoringScale(name, tuple(bands))


def a_range(name: str, highest: Number, step: Number = 1) -> ScoringScale:
    """Make a scale of evenly spaced values from 0."""
    return ScoringScale(name, (), (PointRange(Fraction(0), a_number(highest), a_number(step)),))


def a_criterion(  # noqa: PLR0913 - a criterion has that many sides
    ref: str,
    weight: Number | None = None,
    *,
    kind: CriterionKind = CriterionKind.QUALITY,
    parent: str | None = None,
    lot: str | None = None,
    scale: str | None = "0-5",
    minimum: Number | None = None,
) -> AwardCriterion:
    """Make a scored question, or another row where ``kind`` says so."""
    return AwardCriterion(
        ref=CriterionId(ref),
        title=f"Title of {ref}",
        kind=kind,
        parent=None if parent is None else CriterionId(parent),
        lot=None if lot is None else LotId(lot),
        weight=None if weight is None else a_number(weight),
        scale=scale if kind.is_scored else None,
        minimum=None if minimum is None else a_number(minimum),
    )


def a_section(
    ref: str, weight: Number | None = None, minimum: Number | None = None
) -> AwardCriterion:
    """Make a section at the top of the tree."""
    return a_criterion(ref, weight, kind=CriterionKind.SECTION, minimum=minimum)


def a_price(
    weight: Number,
    ref: str = "PRICE",
    *,
    lot: str | None = None,
    zero: str | None = None,
    formula: PriceFormula | None = PriceFormula.LOWEST_OVER_PRICE,
) -> AwardCriterion:
    """Make a price criterion marked by the lowest price over the price."""
    return AwardCriterion(
        ref=CriterionId(ref),
        title="Price",
        kind=CriterionKind.PRICE,
        lot=None if lot is None else LotId(lot),
        weight=a_number(weight),
        formula=formula,
        parameters=() if zero is None else (("zero", zero),),
    )


def a_method(*criteria: AwardCriterion, scales: Sequence[ScoringScale] = ()) -> Method:
    """Make a method of one lot with the award rule ``weighted total``."""
    return Method(
        criteria=criteria,
        scales=(*scales, a_scale()),
        award_rule=AwardRule.WEIGHTED_TOTAL,
    )


def a_tender_details(
    reference: str = "T1", title: str = "Park benches", authority: str = "Borsetshire"
) -> TenderDetails:
    """Make the details of a tender that lacks nothing before publishing."""
    return TenderDetails(
        reference=reference,
        title=title,
        authority=authority,
        regime=Regime.PA2023,
        procedure=Procedure.OPEN,
        deadline=datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/London")),
    )


def a_bid(
    name: str,
    points: Mapping[str, Number] | None = None,
    prices: Mapping[str, Number] | Number | None = None,
    *,
    status: BidStatus = BidStatus.ASSESSED,
    lot: str = ONLY_LOT,
    dated: bool = True,
) -> BidInput:
    """Make a bid by a bidder whose id is ``b-`` and the name.

    A single number for ``prices`` is the price of ``PRICE``.
    """
    day = date(2027, 4, 1) if dated else None
    known = prices if isinstance(prices, Mapping) else {} if prices is None else {"PRICE": prices}
    return BidInput(
        a_bidder(name),
        name,
        Bid(a_bidder(name), LotId(lot), status, "", day, day, day),
        {CriterionId(ref): a_number(value) for ref, value in (points or {}).items()},
        {CriterionId(ref): a_number(value) for ref, value in known.items()},
    )


def a_bidder(name: str) -> BidderId:
    """Return the id that ``a_bid`` gives a bidder."""
    return BidderId(f"b-{name}")


def names_in_order(ranking: Ranking) -> list[str]:
    """Return the names of ranked bids, first to last."""
    return [bid.name for bid in ranking.ranked]


def totals_of(ranking: Ranking) -> dict[str, Fraction]:
    """Return totals by name."""
    return {bid.name: bid.total for bid in ranking.ranked}


def codes_of(ranking: Ranking) -> list[str]:
    """Return the codes of the warnings, in order."""
    return [warning.code for warning in ranking.warnings]
