"""Where a bid stands in law, and exact sums of price lines."""

from datetime import date
from fractions import Fraction

import pytest

from tendereval.domain.bid_counts import BidCounts, count_bids
from tendereval.domain.bidding import Bid, Bidder, BidStatus, PriceLine, current_bids
from tendereval.domain.ids import BidderId, LotId

DAY = date(2027, 4, 1)


def test_only_exclusion_and_abnormally_low_need_notice() -> None:
    needing = {status for status in BidStatus if status.needs_notice}
    assert needing == {BidStatus.EXCLUDED, BidStatus.DISREGARDED_ABNORMALLY_LOW}


def test_which_statuses_count_as_assessed_and_received() -> None:
    assert {status for status in BidStatus if status.was_assessed} == {
        BidStatus.ASSESSED,
        BidStatus.DISQUALIFIED,
        BidStatus.RESERVE,
    }
    not_received = {status for status in BidStatus if not status.counts_as_received}
    assert not_received == {BidStatus.LATE, BidStatus.WITHDRAWN}


@pytest.mark.parametrize("missing", range(3))
def test_an_exclusion_without_one_of_its_dates_does_not_count(missing: int) -> None:
    days = [None if place == missing else DAY for place in range(3)]
    bid = Bid(BidderId("b"), LotId("1"), BidStatus.EXCLUDED, "", *days)
    assert not bid.status_counts
    assert bid.is_assessed


def test_an_exclusion_with_its_dates_counts() -> None:
    bid = Bid(BidderId("b"), LotId("1"), BidStatus.EXCLUDED, "", DAY, DAY, DAY)
    assert bid.status_counts
    assert not bid.is_assessed


def test_a_withdrawal_counts_without_dates() -> None:
    assert not Bid(BidderId("b"), LotId("1"), BidStatus.WITHDRAWN).is_assessed


def test_a_bidder_without_lots_bids_for_all() -> None:
    everywhere = Bidder(BidderId("b"), "B")
    north = Bidder(BidderId("n"), "N", lots=(LotId("N"),))
    assert everywhere.bids_for(LotId("S"))
    assert north.bids_for(LotId("N"))
    assert not north.bids_for(LotId("S"))


def test_a_price_line_multiplies_exactly() -> None:
    assert PriceLine("Bench", Fraction("0.1"), Fraction("0.2")).amount == Fraction("0.02")


def test_a20_the_status_part() -> None:
    """procurement-rules A20: received 5, assessed 4 (each with a summary)."""
    statuses = [
        BidStatus.ASSESSED,
        BidStatus.ASSESSED,
        BidStatus.ASSESSED,
        BidStatus.DISQUALIFIED,
        BidStatus.CONDITION_NOT_MET,
        BidStatus.WITHDRAWN,
    ]
    assert count_bids(statuses) == BidCounts(received=5, assessed=4)
    assert count_bids([*statuses, BidStatus.LATE]) == BidCounts(received=5, assessed=4)
    assert count_bids([]) == BidCounts(0, 0)


def test_every_bidder_has_a_bid_for_each_lot_it_bid_for() -> None:
    north, south = LotId("N"), LotId("S")
    one, two = Bidder(BidderId("1"), "One"), Bidder(BidderId("2"), "Two", lots=(south,))
    gone = Bid(one.id, south, BidStatus.WITHDRAWN)
    assert current_bids([north, south], [one, two], [gone]) == (
        Bid(one.id, north),
        gone,
        Bid(two.id, south),
    )


def test_the_newest_status_of_a_bid_counts() -> None:
    only = Bidder(BidderId("1"), "One")
    recorded = [Bid(only.id, LotId("1"), status) for status in (BidStatus.LATE, BidStatus.ASSESSED)]
    assert current_bids([LotId("1")], [only], recorded) == (recorded[1],)
