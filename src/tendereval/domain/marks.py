"""One criterion's marks for every bid that remains; adds nothing up over criteria but exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.criteria_tree import Rows, rows_in
from tendereval.domain.errors import NotOnTheScale, Undefined
from tendereval.domain.exact import decimal_text, round_half_up
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.pricing import Offer, price_marks
from tendereval.domain.ranked import BidInput, CriterionMark
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import AwardCriterion, Method, QualityMarks
from tendereval.domain.weights import WeightPlan

Column = Mapping[BidderId, CriterionMark]
"""One criterion's marks by bidder."""
Shares = Mapping[tuple[int, int], Fraction]
"""Share of the marks by points, these as numerator and denominator."""


@dataclass(frozen=True, slots=True)
class LotMethod:
    """The method of one lot, worked out once for all its bids.

    Attributes:
        rows: every criterion of the lot.
        scored: the scored questions, in published order.
        priced: the price criteria, in published order.
        shares: by scored question, the share of the marks that each band of its scale earns, the
            points as numerator and denominator; worked out once, since scales are shared.
        currency: for sentences.
    """

    method: Method
    plan: WeightPlan
    rows: Rows
    scored: tuple[AwardCriterion, ...]
    priced: tuple[AwardCriterion, ...]
    shares: Mapping[CriterionId, Shares]
    currency: str


def lot_method(method: Method, plan: WeightPlan, currency: str) -> LotMethod:
    """Gather what every bid of the plan's lot is marked by."""
    rows = rows_in(method, plan.lot)
    weighted = [row for row in rows.values() if row.kind.is_weighted]
    scored = tuple(row for row in weighted if row.kind.is_scored)
    by_scale = {row.scale: method.scale_of(row) for row in scored}
    shares = {name: _band_shares(scale) for name, scale in by_scale.items()}
    return LotMethod(
        method,
        plan,
        rows,
        scored,
        tuple(row for row in weighted if not row.kind.is_scored),
        {row.ref: shares[row.scale] for row in scored},
        currency,
    )


def _band_shares(scale: ScoringScale) -> Shares:
    """Return nothing for a scale that is refused later on."""
    bands = scale.bands if scale.maximum > 0 else ()
    return {band.points.as_integer_ratio(): scale.share(band.points) for band in bands}


def scale_problems(method: Method, criterion: AwardCriterion) -> tuple[str, ...]:
    """Return a sentence for everything that keeps a scored question's scale from being used."""
    if not criterion.scale:
        return (f"{criterion.ref} names no scale.",)
    scale = method.scale_of(criterion)
    told = f"The scale “{scale.name}” of {criterion.ref}"
    if not scale.bands and not scale.ranges:
        return (f"{told} is not defined.",)
    problems: list[str] = []
    if scale.maximum <= 0:
        problems.append(f"{told} has no value above 0.")
    lowest = [band.points for band in scale.bands] + [span.lowest for span in scale.ranges]
    if min(lowest) < 0:
        problems.append(f"{told} has a value below 0.")
    if any(span.step <= 0 or span.lowest > span.highest for span in scale.ranges):
        problems.append(f"{told} has a range that leads nowhere.")
    if any(band.percent is not None and not 0 <= band.percent <= 100 for band in scale.bands):  # noqa: PLR2004 - per cent
        problems.append(f"{told} has a percentage outside 0 to 100.")
    values = [band.points for band in scale.bands]
    if len(set(values)) < len(values):
        problems.append(f"{told} has the same points twice.")
    return tuple(problems)


def quality_column(case: LotMethod, criterion: AwardCriterion, bids: Sequence[BidInput]) -> Column:
    """Mark one scored question for every bid that remains.

    Args:
        case: the method of the lot.
        criterion: a scored question of it.
        bids: with an agreed score each; eliminated bids must not be among them where marks
            are relative to the best.

    Raises:
        NotOnTheScale: an agreed score is not a value of the published scale.
        Undefined: marks are relative to the best and the best score earns nothing.

    Source: share of the scale times the weight: 4 of 5 at weight 25 is 20 marks (Department for
        Education guidance for schools; procurement-rules fact A13).
    """
    given = [bid.points[criterion.ref].as_integer_ratio() for bid in bids]
    known = case.shares[criterion.ref]
    shares = {
        ratio: known[ratio] if ratio in known else _share(case, criterion, Fraction(*ratio))
        for ratio in sorted(set(given))
    }
    if case.method.quality_marks is QualityMarks.RELATIVE_TO_BEST:
        best = max(shares.values(), default=Fraction(1))
        if best == 0:
            raise Undefined(
                f"Marks for {criterion.ref} are relative to the best score, and the best score "
                "earns nothing.",
                "Take advice before going on; no rule is chosen for you.",
            )
        shares = {key: share / best for key, share in shares.items()}
    available = case.plan.weights[criterion.ref]
    made = {
        ratio: _mark(case, criterion, Fraction(*ratio), None, share * available)
        for ratio, share in shares.items()
    }
    return {bid.bidder: made[ratio] for bid, ratio in zip(bids, given, strict=True)}


def _share(case: LotMethod, criterion: AwardCriterion, points: Fraction) -> Fraction:
    """Return the share of the marks that points without a band of their own earn."""
    scale = case.method.scale_of(criterion)
    if points not in scale:
        raise NotOnTheScale(
            f"The agreed score {decimal_text(points)} for {criterion.ref} is not on the scale "
            f"“{scale.name}”.",
            "Agree a score that the published scale has.",
        )
    return scale.share(points)


def price_column(case: LotMethod, criterion: AwardCriterion, bids: Sequence[BidInput]) -> Column:
    """Mark one price criterion for every bid that remains; refuses as ``price_marks`` does."""
    offers = [Offer(bid.bidder, bid.name, bid.prices[criterion.ref]) for bid in bids]
    marks = price_marks(criterion, case.plan.weights[criterion.ref], offers, case.currency)
    return {
        offer.bidder: _mark(case, criterion, None, offer.amount, mark)
        for offer, mark in zip(offers, marks, strict=True)
    }


def column(case: LotMethod, criterion: AwardCriterion, bids: Sequence[BidInput]) -> Column:
    """Mark one weighted criterion of either kind."""
    make = quality_column if criterion.kind.is_scored else price_column
    return make(case, criterion, bids)


def _mark(
    case: LotMethod,
    criterion: AwardCriterion,
    points: Fraction | None,
    price: Fraction | None,
    unrounded: Fraction,
) -> CriterionMark:
    places = case.method.round_marks_to
    mark = unrounded if places is None else round_half_up(unrounded, places)
    available = case.plan.weights[criterion.ref]
    return CriterionMark(criterion.ref, points, price, available, unrounded, mark)


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """Add many exact numbers: whole numbers per denominator first, then the few sums.

    >>> exact_sum([Fraction(1, 3), Fraction(1, 6), Fraction(1, 3)])
    Fraction(5, 6)
    """
    sums: dict[int, int] = {}
    for value in values:
        above, below = value.as_integer_ratio()
        sums[below] = sums.get(below, 0) + above
    return sum((Fraction(above, below) for below, above in sums.items()), Fraction(0))
