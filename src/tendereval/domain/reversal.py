"""Whether the order of some bids hangs on another bid staying in; for warning only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from tendereval.domain.elimination import Columns
from tendereval.domain.errors import Undefined
from tendereval.domain.exact import round_half_up
from tendereval.domain.ids import BidderId
from tendereval.domain.marks import LotMethod, column
from tendereval.domain.pricing import as_read, compares_bids
from tendereval.domain.ranked import BidInput, CriterionMark, RankedBid, RankingWarning
from tendereval.domain.tender import AwardCriterion, QualityMarks
from tendereval.domain.tie_break import TieBreakRule, placed, ties_of
from tendereval.domain.wording import RankNames, listed, order_words


@dataclass(frozen=True, slots=True)
class Standing:
    """The bids that are ranked, before they have ranks.

    Attributes:
        bids: by name.
        totals: the same bids with marks and totals.
        columns: their marks per criterion.
        rules: the published tie-break.
    """

    bids: tuple[BidInput, ...]
    totals: tuple[RankedBid, ...]
    columns: Columns
    rules: tuple[TieBreakRule, ...]


def yardsticks(case: LotMethod, columns: Columns) -> dict[BidderId, list[AwardCriterion]]:
    """Return by bidder the criteria on which every mark is measured against its bid.

    Where two bids share the lowest price or the best score, neither is named: either could go
    without any change.
    """
    found: dict[BidderId, list[AwardCriterion]] = {}
    relative = case.method.quality_marks is QualityMarks.RELATIVE_TO_BEST
    measured = case.scored if relative else ()
    for row in (*measured, *(row for row in case.priced if compares_bids(row))):
        values = {bidder: _measure(row, mark) for bidder, mark in columns[row.ref].items()}
        best = min(values.values(), default=None)
        holders = [bidder for bidder, value in values.items() if value == best]
        if len(holders) == 1:
            found.setdefault(holders[0], []).append(row)
    return found


def _measure(row: AwardCriterion, mark: CriterionMark) -> Fraction:
    """Return what the best bid has least of: the price as read, or marks turned round."""
    return -mark.unrounded if mark.price is None else as_read(row, mark.price)


def reversal_warnings(case: LotMethod, standing: Standing) -> tuple[RankingWarning, ...]:
    """Warn of each ranked bid whose withdrawal would change the order of the others.

    The others are placed among themselves twice by all published rules: on their marks as they
    are, and on their marks as they would be.

    Source: procurement-rules fact A14; Cabinet Office, Bid Evaluation Guidance Note (May 2021),
        on relative price scoring.
    """
    feeding = yardsticks(case, standing.columns)
    return tuple(
        warning
        for bid in standing.bids
        if bid.bidder in feeding and (warning := _without(case, standing, bid, feeding[bid.bidder]))
    )


def _without(
    case: LotMethod, standing: Standing, gone: BidInput, rows: Sequence[AwardCriterion]
) -> RankingWarning | None:
    others = [bid for bid in standing.bids if bid.bidder != gone.bidder]
    before = [bid for bid in standing.totals if bid.bidder != gone.bidder]
    try:
        columns = [(row, column(case, row, others)) for row in rows]
    except Undefined as refusal:
        text = f"If {gone.name} withdrew, there would be no ranking. {refusal.happened}"
        return RankingWarning("rank-reversal", text)
    at = {ref: place for place, ref in enumerate(case.plan.weights)}
    after = [
        _measured_anew(case, bid, {at[row.ref]: marks[bid.bidder] for row, marks in columns})
        for bid in before
    ]
    old, new = _order(case, standing, before), _order(case, standing, after)
    if old == new:
        return None
    old, new = _where_they_differ(old, new)
    return RankingWarning(
        "rank-reversal",
        f"If {gone.name} withdrew, the order of the others would change from “{order_words(old)}” "
        f"to “{order_words(new)}”: the marks of all bids for "
        f"{listed([row.ref for row in rows])} are measured against {gone.name}.",
    )


def _measured_anew(
    case: LotMethod, bid: RankedBid, changed: Mapping[int, CriterionMark]
) -> RankedBid:
    """Return a bid with the marks at some places replaced and its totals to match."""
    marks, quality, price_marks = list(bid.marks), bid.quality, bid.price_marks
    for at, mark in changed.items():
        if mark.price is None:
            quality += mark.mark - marks[at].mark
        else:
            price_marks += mark.mark - marks[at].mark
        marks[at] = mark
    places = case.method.round_totals_to
    total = quality + price_marks
    return replace(
        bid,
        marks=tuple(marks),
        quality=quality,
        price_marks=price_marks,
        total=total if places is None else round_half_up(total, places),
    )


def _order(case: LotMethod, standing: Standing, bids: Sequence[RankedBid]) -> list[RankNames]:
    ranked = placed(ties_of(bids, case.method.tie_margin, standing.rules))
    grouped = groupby(ranked, key=lambda bid: bid.rank)
    return [(rank, tuple(bid.name for bid in group)) for rank, group in grouped]


def _where_they_differ(
    old: list[RankNames], new: list[RankNames]
) -> tuple[list[RankNames], list[RankNames]]:
    """Leave out the ranks at the top and at the bottom that are the same in both."""
    while old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new
