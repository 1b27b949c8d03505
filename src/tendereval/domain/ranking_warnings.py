"""What people should see beside a ranking, in words; changes no mark and no order."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from tendereval.domain.bidding import BidStatus
from tendereval.domain.exact import decimal_text, money
from tendereval.domain.marks import LotMethod
from tendereval.domain.pricing import zero_rule
from tendereval.domain.ranked import BidInput, RankedBid, RankingWarning
from tendereval.domain.tie_break import Split, Tie, TieBreakKind, TieBreakRule
from tendereval.domain.weights import lot_weight_problems
from tendereval.domain.wording import figures, listed


def weight_warnings(case: LotMethod) -> tuple[RankingWarning, ...]:
    """Warn of published weights that do not come out; they are used as given."""
    problems = lot_weight_problems(case.method, case.plan.lot)
    return tuple(RankingWarning("weights", f"{text} They are used as given.") for text in problems)


def status_warnings(assessed: Sequence[BidInput]) -> tuple[RankingWarning, ...]:
    """Warn of bids whose status does not count yet for want of its dates.

    Source: Procurement Act 2023, s.19(4) and ss.26 to 30.
    """
    return tuple(
        RankingWarning(
            "status-without-dates",
            f"{bid.name} has the status “{bid.bid.status}”, but that does not count before its "
            "dates of notice, response and decision are recorded. The bid is treated as assessed.",
        )
        for bid in assessed
        if bid.bid.status is not BidStatus.ASSESSED
    )


def zero_price_warnings(case: LotMethod, bids: Sequence[BidInput]) -> tuple[RankingWarning, ...]:
    """Warn of prices of nothing that the published method gives a meaning."""
    found: list[RankingWarning] = []
    for row in case.priced:
        names = [bid.name for bid in bids if bid.prices[row.ref] == 0]
        if names:
            rule = zero_rule(row)
            said = f"is read by the published rule “zero={rule}”" if rule else "is used as it is"
            text = f"The price of {listed(names)} for {row.ref} is nothing; it {said}."
            found.append(RankingWarning("zero-price", text))
    return tuple(found)


def tie_warnings(
    case: LotMethod, ties: Sequence[Tie], rules: Sequence[TieBreakRule]
) -> tuple[RankingWarning, ...]:
    """Say who ties, what the published rules made of it and what is left for people."""
    return tuple(
        RankingWarning("tie", " ".join(_tie_sentences(case, tie, rules)))
        for tie in ties
        if len(tie.bids) > 1
    )


def _tie_sentences(case: LotMethod, tie: Tie, rules: Sequence[TieBreakRule]) -> Iterator[str]:
    shown = figures([bid.total for bid in tie.bids])
    if len({bid.total for bid in tie.bids}) == 1:
        yield f"{listed([bid.name for bid in tie.bids])} are tied on {shown[0]} marks."
    else:
        told = [f"{bid.name} ({total})" for bid, total in zip(tie.bids, shown, strict=True)]
        margin = decimal_text(case.method.tie_margin)
        yield f"{listed(told)} are tied: each is less than the tie margin of {margin} off the best."
    for split in tie.splits:
        yield f"The published tie-break “{split.rule.text}” separates {_compared(case, split)}."
    for part in tie.parts:
        if len(part.bids) < len(tie.bids) and len(part.bids) == 1:
            continue
        names = listed([bid.name for bid in part.bids])
        if any(rule.kind is TieBreakKind.DRAW for rule in rules):
            yield (
                f"The published rules come to a draw between {names}. Nothing is drawn here: hold "
                "the draw as published and record its outcome. Until then they share a rank."
            )
        else:
            yield f"Nothing published separates {names}: they share a rank."


def _compared(case: LotMethod, split: Split) -> str:
    """Return each bid of a split with the figure that the rule compared."""
    values = [abs(split.rule.merit(bid)) for bid in split.bids]
    if split.rule.kind in {TieBreakKind.LOWEST_PRICE, TieBreakKind.LOWEST_OF_ONE}:
        shown = tuple(money(value, case.currency) for value in values)
    else:
        shown = figures(values)
    names = (bid.name for bid in split.bids)
    return listed([f"{name} ({value})" for name, value in zip(names, shown, strict=True)])


def rounding_warnings(ranked: Sequence[RankedBid]) -> tuple[RankingWarning, ...]:
    """Warn where published rounding hides a difference between totals or turns one round."""
    found: list[RankingWarning] = []
    by_total = sorted(ranked, key=lambda bid: bid.total, reverse=True)
    levels = [tuple(group) for _, group in groupby(by_total, key=lambda bid: bid.total)]
    for level in levels:
        if len({bid.total_unrounded for bid in level}) > 1:
            (total,) = figures([level[0].total])
            text = f"On rounded totals {listed([bid.name for bid in level])} are level at {total}; "
            found.append(RankingWarning("tie-by-rounding", f"{text}unrounded {_unrounded(level)}."))
    for ahead, behind in pairwise(levels):
        first = min(ahead, key=lambda bid: bid.total_unrounded)
        second = max(behind, key=lambda bid: bid.total_unrounded)
        if first.total_unrounded <= second.total_unrounded:
            text = f"The published rounding puts {first.name} ahead of {second.name}; unrounded "
            text += f"{_unrounded((first, second))}."
            found.append(RankingWarning("order-by-rounding", text))
    return tuple(found)


def _unrounded(bids: Sequence[RankedBid]) -> str:
    shown = figures([bid.total_unrounded for bid in bids])
    told = [f"{bid.name} has {total}" for bid, total in zip(bids, shown, strict=True)]
    return listed(told)


def close_warnings(case: LotMethod, ranked: Sequence[RankedBid]) -> tuple[RankingWarning, ...]:
    """Warn where the first is ahead of the second by no more than the published margin.

    Source: Energysolutions v NDA [2016] EWHC 1988 (TCC): 86.48 to 85.42; procurement-rules A16.
    """
    margin = case.method.close_margin
    if margin is None or len(ranked) < 2:  # noqa: PLR2004 - a lead needs two bids
        return ()
    first, second = ranked[:2]
    lead = abs(first.total - second.total)
    if lead > margin:
        return ()
    one, other = figures((first.total, second.total))
    (gap,) = figures((lead,), len(one.partition(".")[2]))
    return (
        RankingWarning(
            "close-result",
            f"{first.name} ({one}) and {second.name} ({other}) are {gap} apart, no more than the "
            f"close result margin of {decimal_text(margin)}.",
        ),
    )
