"""Checks beside the results of a lot: abnormally low prices, effects of a withdrawal."""

from collections.abc import Iterator
from datetime import date

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.tender import Lot
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_after as a
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.award_publication import REVERSAL
from tendereval.reports.outline import Block, Bullets, Paragraph

_FIRST = 6


def check_blocks(g: Gathered, lot: Lot, part: Part) -> Iterator[Block]:
    """Yield what is recorded of abnormally low prices, then what a withdrawal would change."""
    yield part.below(_FIRST).heading(a.LOW_PRICES)
    low = [
        bid
        for bid in g.model.bids
        if bid.lot == lot.ref and bid.status is BidStatus.DISREGARDED_ABNORMALLY_LOW
    ]
    yield Bullets(tuple(_low(g, bid) for bid in low)) if low else Paragraph(a.LOW_PRICE_NOT)
    yield part.below(_FIRST + 1).heading(a.REVERSALS)
    found = [item.text for item in g.rankings[lot.ref].warnings if item.code == REVERSAL]
    if found:
        yield Bullets(tuple(found))
    else:
        yield Paragraph(a.NO_REVERSAL)


def _low(g: Gathered, bid: Bid) -> str:
    effect = a.LOW_PRICE_COUNTS if bid.status_counts else a.LOW_PRICE_NOT_YET
    return a.LOW_PRICE.format(
        name=g.bidder(bid.bidder),
        notified=_day(bid.notified_on),
        responded=_day(bid.responded_on),
        decided=_day(bid.decided_on),
        effect=effect,
        reason=phrases.ended(bid.reason),
    ).strip()


def _day(when: date | None) -> str:
    return phrases.day(when) if when else w.NOT_RECORDED
