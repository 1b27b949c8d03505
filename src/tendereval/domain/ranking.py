"""The marks, totals and order of one lot; decides nothing that the published method leaves open."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tendereval.domain.elimination import minimum_problems
from tendereval.domain.errors import MethodIncomplete, NotSupported, UnknownReference
from tendereval.domain.exact import round_half_up
from tendereval.domain.field_of_bids import FieldOfBids, sort_out
from tendereval.domain.ids import LotId
from tendereval.domain.marks import LotMethod, exact_sum, lot_method, scale_problems
from tendereval.domain.pricing import as_read, compares_bids, rule_of
from tendereval.domain.ranked import (
    BidInput,
    CriterionMark,
    LowestPrice,
    NotRanked,
    RankedBid,
    Ranking,
    RankingWarning,
)
from tendereval.domain.ranking_warnings import (
    close_warnings,
    rounding_warnings,
    status_warnings,
    tie_warnings,
    weight_warnings,
    zero_price_warnings,
)
from tendereval.domain.reversal import Standing, reversal_warnings
from tendereval.domain.tender import AwardRule, Method
from tendereval.domain.tie_break import TieBreakRule, placed, tie_break_rules, ties_of
from tendereval.domain.weights import weight_plan
from tendereval.domain.wording import order_words

__all__ = [
    "BidInput",
    "CriterionMark",
    "LowestPrice",
    "NotRanked",
    "RankedBid",
    "Ranking",
    "RankingWarning",
    "award_rule_problem",
    "order_in_words",
    "rank_lot",
]

SUPPORTED = frozenset({AwardRule.WEIGHTED_TOTAL})
"""The award rules that can be computed; the others are known by name only."""


def award_rule_problem(method: Method) -> str:
    """Return why the award rule cannot be computed, or nothing."""
    if method.award_rule is None:
        return "No award rule is chosen."
    if method.award_rule not in SUPPORTED:
        return f"The award rule “{method.award_rule}” is not yet supported."
    return ""


def rank_lot(
    method: Method, lot: LotId, bids: Sequence[BidInput], *, currency: str = "GBP"
) -> Ranking:
    """Mark, total and order the bids of one lot by the published method.

    Args:
        method: the version in force.
        lot: one of its lots.
        bids: every bid of the lot whatever its status, in any order.
        currency: for sentences.

    Returns:
        Ranked bids by rank, equal ranks by name. Eliminated bids set no lowest price, no best
        score and no rank. Totals are exact; nothing is rounded unless the method says so.

    Raises:
        UnknownReference: the method has no such lot.
        NotSupported: the award rule or a price formula cannot be computed yet.
        MethodIncomplete: no award rule, no weighted criterion, or a scale, formula, minimum or
            tie-break that cannot be used as published.
        WeightsDoNotSum: the weights cannot be combined.
        MissingAgreedScore: scores (and prices) that are still missing, all named at once.
        MissingPrice: prices that are missing, all named at once.
        NotOnTheScale: an agreed score that the published scale does not have.
        Undefined: the method has no answer for the bids received.

    Source: the assessment methodology published in this tender's own documents (Procurement
        Act 2023, ss.19(2) and 23).
    """
    case = _usable(method, lot, currency)
    rules = tie_break_rules(method)
    return _ranking(case, rules, sort_out(case, bids))


def _usable(method: Method, lot: LotId, currency: str) -> LotMethod:
    """Return the method of a lot, or refuse what cannot be used as published."""
    known = method.lot(lot)
    if known is None:
        lots = ", ".join(one.ref for one in method.lots)
        raise UnknownReference(f"The tender has no lot {lot}.", f"Use one of: {lots}.")
    problem = award_rule_problem(method)
    if problem and method.award_rule is not None:
        raise NotSupported(problem, "Rank by “weighted total”, or rank it elsewhere.")
    if problem:
        raise MethodIncomplete((problem,), "The bids cannot be ranked")
    case = lot_method(method, weight_plan(method, known.ref), currency)
    problems = [text for row in case.scored for text in scale_problems(method, row)]
    problems += minimum_problems(method)
    if not case.plan.weights:
        problems.append(f"Lot {known.ref} has no weighted criterion.")
    if problems:
        raise MethodIncomplete(problems, "The bids cannot be ranked")
    for row in case.priced:
        rule_of(row)
    return case


def _ranking(case: LotMethod, rules: tuple[TieBreakRule, ...], field: FieldOfBids) -> Ranking:
    standing = tuple(_standing(case, field, bid) for bid in field.remaining)
    ties = ties_of(standing, case.method.tie_margin, rules)
    ranked = placed(ties)
    parts = [part for tie in ties for part in tie.parts if len(part.bids) > 1]
    warnings = (
        *weight_warnings(case),
        *status_warnings(field.assessed),
        *field.warnings,
        *zero_price_warnings(case, field.remaining),
        *tie_warnings(case, ties, rules),
        *rounding_warnings(ranked),
        *close_warnings(case, ranked),
        *reversal_warnings(case, Standing(field.remaining, standing, field.columns, rules)),
    )
    return Ranking(
        lot=case.plan.lot,
        award_rule=AwardRule.WEIGHTED_TOTAL,
        available=case.plan.total,
        ranked=ranked,
        not_ranked=field.not_ranked,
        ties=tuple(tuple(bid.bidder for bid in part.bids) for part in parts),
        warnings=warnings,
        lowest=tuple(_lowest(case, field.remaining)),
    )


def _standing(case: LotMethod, field: FieldOfBids, bid: BidInput) -> RankedBid:
    """Return a bid with its marks and totals, before it has a rank."""
    marks = tuple(field.columns[ref][bid.bidder] for ref in case.plan.weights)
    quality = exact_sum([mark.mark for mark in marks if mark.price is None])
    price_marks = exact_sum([mark.mark for mark in marks if mark.price is not None])
    total = unrounded = quality + price_marks
    if case.method.round_marks_to is not None:
        unrounded = exact_sum([mark.unrounded for mark in marks])
    if case.method.round_totals_to is not None:
        total = round_half_up(total, case.method.round_totals_to)
    amounts = [mark.price for mark in marks if mark.price is not None]
    return RankedBid(
        rank=0,
        tied=False,
        bidder=bid.bidder,
        name=bid.name,
        marks=marks,
        quality=quality,
        price_marks=price_marks,
        price_amount=exact_sum(amounts) if amounts else None,
        total=total,
        total_unrounded=unrounded,
    )


def _lowest(case: LotMethod, bids: Sequence[BidInput]) -> Iterator[LowestPrice]:
    """Yield what the marks of each price criterion are measured against, if anything."""
    for row in case.priced:
        if bids and compares_bids(row):
            amounts = {bid.bidder: as_read(row, bid.prices[row.ref]) for bid in bids}
            lowest = min(amounts.values())
            holders = tuple(bidder for bidder, amount in amounts.items() if amount == lowest)
            yield LowestPrice(row.ref, lowest, holders, tuple(amounts))


def order_in_words(ranking: Ranking) -> str:
    """Write the order of a lot in one line (``1 A; 2= B, C``); nothing for an empty one."""
    grouped = groupby(ranking.ranked, key=lambda bid: bid.rank)
    return order_words([(rank, tuple(bid.name for bid in group)) for rank, group in grouped])
