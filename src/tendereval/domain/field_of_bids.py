"""Sort a lot's bids into those that remain, marked, and those that fall out; adds nothing up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tendereval.domain.elimination import (
    Columns,
    check_uncontested,
    grounds,
    minimum_warnings,
    put_out,
    section_grounds,
    with_grounds,
)
from tendereval.domain.errors import Bug, MissingAgreedScore, MissingPrice
from tendereval.domain.marks import LotMethod, price_column, quality_column
from tendereval.domain.ranked import BidInput, NotRanked, RankingWarning


@dataclass(frozen=True, slots=True)
class FieldOfBids:
    """The bids of a lot, sorted out.

    Attributes:
        assessed: those whose status lets them be considered, by name.
        remaining: those of them that meet every condition, requirement and minimum.
        columns: the marks of those that remain, per weighted criterion.
        not_ranked: all others, by name.
        warnings: about published minimums that were missed.
    """

    assessed: tuple[BidInput, ...]
    remaining: tuple[BidInput, ...]
    columns: Columns
    not_ranked: tuple[NotRanked, ...]
    warnings: tuple[RankingWarning, ...]


def sort_out(case: LotMethod, bids: Sequence[BidInput]) -> FieldOfBids:
    """Sort out the bids of a lot and mark those that remain.

    A bid that falls out on its agreed scores needs no further score and no price.

    Raises:
        MissingAgreedScore: scores (and prices) that are still missing, all named at once.
        MissingPrice: prices that are missing, all named at once.
        NotOnTheScale, Undefined: as ``quality_column`` and ``price_column``.
    """
    assessed, out = _assessed(case, bids)
    warned: list[RankingWarning] = []
    remaining: list[BidInput] = []
    judging = with_grounds(case)
    for bid in assessed:
        found = grounds(judging, bid)
        if found:
            out.append(put_out(bid, found))
            warned += minimum_warnings(bid, found)
        else:
            remaining.append(bid)
    _check_scores(case, remaining)
    columns = _quality_columns(case, remaining)
    fallen = {
        bid.bidder: found for bid in remaining if (found := section_grounds(case, columns, bid))
    }
    if fallen:
        below = [bid for bid in remaining if bid.bidder in fallen]
        remaining = [bid for bid in remaining if bid.bidder not in fallen]
        check_uncontested(case, below, remaining)
        out += [put_out(bid, fallen[bid.bidder]) for bid in below]
        warned += [one for bid in below for one in minimum_warnings(bid, fallen[bid.bidder])]
        columns = _quality_columns(case, remaining)
    _check_prices(case, remaining)
    prices = {row.ref: price_column(case, row, remaining) for row in case.priced}
    return FieldOfBids(
        assessed,
        tuple(remaining),
        {**columns, **prices},
        tuple(sorted(out, key=by_name)),
        tuple(warned),
    )


def by_name(bid: BidInput | NotRanked) -> tuple[str, str, str]:
    """Return what puts bids in order of name, and never in order of input."""
    return bid.name.casefold(), bid.name, bid.bidder


def _assessed(
    case: LotMethod, bids: Sequence[BidInput]
) -> tuple[tuple[BidInput, ...], list[NotRanked]]:
    if any(bid.bid.lot != case.plan.lot for bid in bids):
        raise Bug("a bid for another lot was given to be ranked")
    if len({bid.bidder for bid in bids}) < len(bids):
        raise Bug("a bidder was given twice to be ranked in one lot")
    ordered = sorted(bids, key=by_name)
    out = [
        NotRanked(bid.bidder, bid.name, bid.bid.status, bid.bid.reason)
        for bid in ordered
        if not bid.bid.is_assessed
    ]
    return tuple(bid for bid in ordered if bid.bid.is_assessed), out


def _quality_columns(case: LotMethod, bids: Sequence[BidInput]) -> Columns:
    return {row.ref: quality_column(case, row, bids) for row in case.scored}


def _check_scores(case: LotMethod, bids: Sequence[BidInput]) -> None:
    refs = [row.ref for row in case.scored]
    missing = [
        f"{bid.name}: {', '.join(gaps)}"
        for bid in bids
        if (gaps := [ref for ref in refs if ref not in bid.points])
    ]
    if missing:
        prices = "; ".join(_missing_prices(case, bids))
        raise MissingAgreedScore(
            f"Agreed scores are missing. {'; '.join(missing)}."
            + (f" Prices are missing too. {prices}." if prices else ""),
            "Agree them in moderation; a missing score is never counted as 0.",
        )


def _check_prices(case: LotMethod, bids: Sequence[BidInput]) -> None:
    missing = "; ".join(_missing_prices(case, bids))
    if missing:
        raise MissingPrice(
            f"Prices are missing. {missing}.",
            "Enter them; a missing price is never counted as nothing.",
        )


def _missing_prices(case: LotMethod, bids: Sequence[BidInput]) -> Iterator[str]:
    for bid in bids:
        gaps = [row.ref for row in case.priced if row.ref not in bid.prices]
        if gaps:
            yield f"{bid.name}: {', '.join(gaps)}"
