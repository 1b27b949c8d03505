"""A second way to every total and order, for ``check``; shares no arithmetic with the first.

Works on whole numbers over common denominators, walks the tree of criteria from the top and finds
ranks by counting who is ahead. It imports neither weights nor pricing nor ranking.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from tendereval.domain.errors import Bug
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.ranked import BidInput, Ranking
from tendereval.domain.tender import (
    AwardCriterion,
    CriterionKind,
    Method,
    QualityMarks,
    WeightMode,
)
from tendereval.domain.wording import figures

Ratio = tuple[int, int]
"""Numerator and denominator, not always in lowest terms; the denominator is above 0."""
Marks = Mapping[BidderId, Mapping[CriterionId, Ratio]]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A weighted criterion with its weight and the sections above it, by lower-case name."""

    row: AwardCriterion
    weight: Ratio
    sections: tuple[str, ...]


def recompute(method: Method, lot: LotId, bids: Sequence[BidInput]) -> Mapping[BidderId, Fraction]:
    """Return the total of every bid that is to be ranked, worked out a second way.

    Args:
        method: one that ``rank_lot`` accepts for these bids.
        lot: as the method writes it.
        bids: every bid of the lot, in any order.
    """
    leaves = tuple(_walk(method, lot, "", (100, 1), ()))
    return {
        bidder: _rounded_total(method, row.values())
        for bidder, row in _all_marks(method, lot, leaves, bids).items()
    }


def recompute_ranks(method: Method, lot: LotId, bids: Sequence[BidInput]) -> Mapping[BidderId, int]:
    """Return the rank of every bid that is to be ranked: one more than the bids ahead of it."""
    leaves = tuple(_walk(method, lot, "", (100, 1), ()))
    marks = _all_marks(method, lot, leaves, bids)
    totals = {bidder: _rounded_total(method, row.values()) for bidder, row in marks.items()}
    best = max(totals.values(), default=Fraction(0))
    by_bidder = {bid.bidder: bid for bid in bids}
    keys: dict[BidderId, tuple[Fraction, ...]] = {}
    for bidder, total in totals.items():
        behind = best - total
        keys[bidder] = (
            Fraction(0) if behind < method.tie_margin else behind,
            *(
                _to_beat(text, leaves, marks[bidder], by_bidder[bidder])
                for text in method.tie_break
            ),
        )
    return {bidder: 1 + sum(key < own for key in keys.values()) for bidder, own in keys.items()}


def disagreements(ranking: Ranking, method: Method, bids: Sequence[BidInput]) -> tuple[str, ...]:
    """Return a sentence for each total and rank that the second computation does not confirm.

    Args:
        ranking: what the first computation gave, or what was kept of it.
        method: the version it was computed under.
        bids: every bid of the lot.
    """
    totals = recompute(method, ranking.lot, bids)
    ranks = recompute_ranks(method, ranking.lot, bids)
    found: list[str] = []
    for one in ranking.ranked:
        if one.bidder not in totals:
            found.append(f"{one.name} is ranked, but should not be by the second computation.")
            continue
        first, second = figures((one.total, totals[one.bidder]))
        if one.total != totals[one.bidder]:
            found.append(f"The total of {one.name} is {first}, but {second} the second time.")
        if one.rank != ranks[one.bidder]:
            found.append(
                f"The rank of {one.name} is {one.rank}, but {ranks[one.bidder]} the second time."
            )
    ranked = {one.bidder for one in ranking.ranked}
    found += [
        f"{bid.name} is not ranked, but should be by the second computation."
        for bid in bids
        if bid.bidder in totals and bid.bidder not in ranked
    ]
    return tuple(found)


def _walk(
    method: Method, lot: LotId, parent: str, share: Ratio, sections: tuple[str, ...]
) -> Iterator[_Leaf]:
    """Yield the weighted criteria under a section, carrying its share of the marks down."""
    for row in method.criteria:
        if not row.counts_in(lot) or (row.parent or "").casefold() != parent:
            continue
        above, below = (row.weight or Fraction(0)).as_integer_ratio()
        name = row.ref.casefold()
        passed_on = (share[0] * above, share[1] * below * 100)
        if row.kind is CriterionKind.SECTION:
            yield from _walk(method, lot, name, passed_on, (*sections, name))
        elif row.kind.is_weighted:
            own = passed_on if method.weights_are is WeightMode.OF_PARENT else (above, below)
            yield _Leaf(row, own, sections)


def _all_marks(
    method: Method, lot: LotId, leaves: Sequence[_Leaf], bids: Sequence[BidInput]
) -> Marks:
    """Return every mark of every bid that is to be ranked."""
    field = [bid for bid in bids if bid.bid.is_assessed and not _falls(method, lot, bid)]
    quality = [leaf for leaf in leaves if leaf.row.kind.is_scored]
    prices = [leaf for leaf in leaves if not leaf.row.kind.is_scored]
    first = _marks(method, quality, field)
    field = [bid for bid in field if _reaches_sections(method, lot, quality, first[bid.bidder])]
    again, priced = _marks(method, quality, field), _marks(method, prices, field)
    return {bid.bidder: {**again[bid.bidder], **priced[bid.bidder]} for bid in field}


def _falls(method: Method, lot: LotId, bid: BidInput) -> bool:
    """Whether a Fail or a minimum on a question puts the bid out."""
    for row in method.criteria:
        points = bid.points.get(row.ref)
        if points is None or not row.counts_in(lot):
            continue
        if row.kind.is_pass_or_fail and points.numerator == 0:
            return True
        if row.kind.is_scored and row.minimum is not None:
            mine, least = points.as_integer_ratio(), row.minimum.as_integer_ratio()
            if mine[0] * least[1] < least[0] * mine[1]:
                return True
    return False


def _reaches_sections(
    method: Method, lot: LotId, quality: Sequence[_Leaf], marks: Mapping[CriterionId, Ratio]
) -> bool:
    for row in method.criteria:
        if row.kind is CriterionKind.SECTION and row.minimum is not None and row.counts_in(lot):
            name = row.ref.casefold()
            above, below = _sum(marks[leaf.row.ref] for leaf in quality if name in leaf.sections)
            if above * row.minimum.denominator < row.minimum.numerator * below:
                return False
    return True


def _marks(method: Method, leaves: Sequence[_Leaf], bids: Sequence[BidInput]) -> Marks:
    found: dict[BidderId, dict[CriterionId, Ratio]] = {bid.bidder: {} for bid in bids}
    for leaf in leaves:
        shares = (_scored if leaf.row.kind.is_scored else _priced)(method, leaf.row, bids)
        for bid, (above, below) in zip(bids, shares, strict=True):
            mark = (above * leaf.weight[0], below * leaf.weight[1])
            found[bid.bidder][leaf.row.ref] = _round(mark, method.round_marks_to)
    return found


def _scored(method: Method, row: AwardCriterion, bids: Sequence[BidInput]) -> list[Ratio]:
    """Return the share of the marks that each agreed score earns."""
    scale = method.scale_of(row)
    percents = {band.points: band.percent for band in scale.bands if band.percent is not None}
    ends = [band.points for band in scale.bands] + [span.highest for span in scale.ranges]
    top = max(ends)
    shares: list[Ratio] = []
    for bid in bids:
        points = bid.points[row.ref]
        if points in percents:
            shares.append((percents[points].numerator, percents[points].denominator * 100))
        else:
            shares.append((points.numerator * top.denominator, points.denominator * top.numerator))
    if method.quality_marks is QualityMarks.POINTS_OVER_MAXIMUM:
        return shares
    whole = _whole(shares)
    best = max(whole, default=1)
    return [(number, best) for number in whole]


def _priced(_method: Method, row: AwardCriterion, bids: Sequence[BidInput]) -> list[Ratio]:
    """Return the share of the marks that each price earns: the lowest over the price."""
    if row.formula != "lowest over price":
        raise Bug(f"no second computation for the price formula {row.formula!r}")
    rule = next((text for name, text in row.parameters if name.strip().casefold() == "zero"), "")
    whole = _whole([bid.prices[row.ref].as_integer_ratio() for bid in bids])
    if 0 in whole and not re.search(r"\d", rule):
        return [(0 if number else 1, 1) for number in whole]
    if 0 in whole:
        stand_in = Fraction(re.sub(r"[^\d.]", "", rule))
        read = [bid.prices[row.ref] or stand_in for bid in bids]
        whole = _whole([price.as_integer_ratio() for price in read])
    lowest = min(whole, default=0)
    return [(lowest, number) for number in whole]


def _to_beat(
    text: str, leaves: Sequence[_Leaf], marks: Mapping[CriterionId, Ratio], bid: BidInput
) -> Fraction:
    """Return what one published tie-break compares, so that less is better."""
    side, _, name = " ".join(text.casefold().split()).partition(" ")
    chosen = [
        leaf.row
        for leaf in leaves
        if name in {leaf.row.ref.casefold(), *leaf.sections}
        or (side, name) in {("highest", "quality"), ("lowest", "price")}
    ]
    if side == "lowest":
        return sum((bid.prices[row.ref] for row in chosen if not row.kind.is_scored), Fraction(0))
    above, below = _sum(marks[row.ref] for row in chosen if row.kind.is_scored)
    return Fraction(-above, below)


def _whole(ratios: Sequence[Ratio]) -> list[int]:
    """Return the numerators of ratios brought to one denominator."""
    common = lcm(*(below for _, below in ratios))
    return [above * (common // below) for above, below in ratios]


def _sum(ratios: Iterable[Ratio]) -> Ratio:
    known = list(ratios)
    return sum(_whole(known)), lcm(*(below for _, below in known))


def _round(ratio: Ratio, places: int | None) -> Ratio:
    """Round half up by whole-number division; marks are never negative here."""
    if places is None:
        return ratio
    above, below = ratio
    return (2 * above * 10**places + below) // (2 * below), 10**places


def _rounded_total(method: Method, marks: Iterable[Ratio]) -> Fraction:
    return Fraction(*_round(_sum(marks), method.round_totals_to))
