"""The JSON object of ``rank --json``, as ``interface.md`` lays it down."""

from fractions import Fraction

from tendereval.commands.shell import Json
from tendereval.domain.exact import decimal_text, exact_text, finite_places, rounded_text
from tendereval.domain.ranking import CriterionMark, RankedBid, Ranking
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Method, TenderDetails


def ranking_object(
    details: TenderDetails, stage: Stage, method: Method, rankings: tuple[Ranking, ...]
) -> dict[str, Json]:
    """Return the rankings as plain data; numbers are decimal text, exact values beside them."""
    return {
        "tender": details.reference,
        "stage": str(stage),
        "award_rule": str(method.award_rule or ""),
        "lots": [_lot(one, method) for one in rankings],
    }


def _lot(one: Ranking, method: Method) -> Json:
    names = {bid.bidder: bid.name for bid in one.ranked}
    return {
        "lot": one.lot,
        "available": decimal_text(one.available),
        "ranking": [_bid(bid, method) for bid in one.ranked],
        "not_ranked": [
            {"bidder": out.name, "status": str(out.status), "reason": out.reason}
            for out in one.not_ranked
        ],
        "ties": [[names[bidder] for bidder in group] for group in one.ties],
        "warnings": [{"code": item.code, "text": item.text} for item in one.warnings],
    }


def _bid(bid: RankedBid, method: Method) -> Json:
    places = 2 if method.round_totals_to is None else method.round_totals_to
    return {
        "rank": bid.rank,
        "tied": bid.tied,
        "tie_broken_by": bid.tie_broken_by or None,
        "bidder": bid.name,
        "status": "assessed",
        "total": decimal_text(bid.total),
        "total_exact": exact_text(bid.total),
        "total_shown": rounded_text(bid.total, places),
        "quality": decimal_text(bid.quality),
        "price": decimal_text(bid.price_marks),
        "price_amount": None if bid.price_amount is None else _amount(bid.price_amount),
        "criteria": {mark.criterion: _mark(mark) for mark in bid.marks},
    }


def _mark(mark: CriterionMark) -> Json:
    found: dict[str, Json] = {
        "mark": decimal_text(mark.mark),
        "mark_exact": exact_text(mark.mark),
        "available": decimal_text(mark.available),
    }
    if mark.points is not None:
        found["score"] = decimal_text(mark.points)
    if mark.price is not None:
        found["price_amount"] = _amount(mark.price)
    return found


def _amount(amount: Fraction) -> str:
    return rounded_text(amount, max(2, finite_places(amount) or 0))
