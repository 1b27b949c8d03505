"""Marks, totals and order, from stage ``price`` on; nothing derived from prices before."""

from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.ranking import BidInput, Ranking, order_in_words, rank_lot
from tendereval.domain.stages import Act
from tendereval.domain.tender import CriterionKind
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store.repository import Reader


def bid_inputs(reader: Reader, now: Situation, lot: LotId) -> tuple[BidInput, ...]:
    """Return every bid of a lot with its agreed scores and prices, in order of bidder.

    A question common to all lots brings its one agreed score; a price given without a lot
    serves every lot.

    Raises:
        NotAllowedNow: before stage ``price``.
    """
    now.require(Act.RANK)
    agreed = reader.agreed_points()
    prices = {item.place: item.amount for item in reader.prices()}
    criteria = tuple(now.method.in_lot(lot))
    judged = [row for row in criteria if row.kind.is_judged]
    priced = [row.ref for row in criteria if row.kind is CriterionKind.PRICE]
    names = {bidder.id: bidder.name for bidder in now.bidders}
    found = []
    for bid in now.bids:
        if bid.lot != lot:
            continue
        points = {
            row.ref: agreed[place]
            for row in judged
            if (place := Place(bid.bidder, row.ref, row.lot and lot)) in agreed
        }
        offered = {ref: _price(prices, bid.bidder, ref, lot) for ref in priced}
        given = {ref: amount for ref, amount in offered.items() if amount is not None}
        found.append(BidInput(bid.bidder, names[bid.bidder], bid, points, given))
    return tuple(found)


def _price(
    prices: dict[Place, Fraction], bidder: BidderId, ref: CriterionId, lot: LotId
) -> Fraction | None:
    own = prices.get(Place(bidder, ref, lot))
    return prices.get(Place(bidder, ref)) if own is None else own


def rank(reader: Reader, now: Situation, lot: LotId) -> Ranking:
    """Return the ranking of one lot as the file stands.

    Raises:
        NotAllowedNow: before stage ``price``.
        IncompleteRecord: an agreed score or a price is missing; all are named.
        RuleRefusal: the method cannot be computed, or has no answer for these bids.
    """
    inputs = bid_inputs(reader, now, lot)
    return rank_lot(now.method, lot, inputs, currency=now.details.currency)


def rankings(session: Session, lot: str = "") -> tuple[Ranking, ...]:
    """Return the ranking of one lot, or of every lot in published order.

    Raises:
        UnknownReference: no such lot.
        NotAllowedNow, IncompleteRecord, RuleRefusal: see ``rank``.
    """
    with session.reading() as reader:
        now = situation(reader)
        lots = [now.lot(lot)] if lot else [item.ref for item in now.method.lots]
        return tuple(rank(reader, now, ref) for ref in lots)


def order_of_all(reader: Reader, now: Situation) -> str:
    """Return the order in every lot in words, as the record keeps it."""
    several = len(now.method.lots) > 1
    parts = []
    for lot in now.method.lots:
        words = order_in_words(rank(reader, now, lot.ref))
        parts.append(f"Lot {lot.ref}: {words}" if several else words)
    return "; ".join(parts)


def order_if_known(reader: Reader, now: Situation) -> str:
    """Return ``order_of_all``, or why there is no order yet."""
    try:
        return order_of_all(reader, now)
    except UserFixable as refusal:
        return refusal.happened
