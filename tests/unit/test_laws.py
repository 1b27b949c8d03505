"""Laws that hold for any tender, tried on random ones."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tendereval.domain.bidding import BidStatus
from tendereval.domain.errors import Undefined
from tendereval.domain.ranking import BidInput, Ranking, rank_lot
from tendereval.domain.recomputation import disagreements, recompute
from tendereval.domain.tender import ONLY_LOT, CriterionKind, Method, QualityMarks, WeightMode
from tests.builders import a_bid, names_in_order, totals_of
from tests.unit.random_tenders import a_random_tender

SEEDS = st.integers(min_value=0, max_value=2**32)
FEW = settings(max_examples=200, deadline=None)
MANY = settings(max_examples=2000, deadline=None)


def ranked(method: Method, bids: tuple[BidInput, ...]) -> Ranking:
    """Rank, leaving out the tenders for which the method has no answer."""
    try:
        return rank_lot(method, ONLY_LOT, bids)
    except Undefined:
        assume(condition=False)
        raise


@given(SEEDS)
@MANY
def test_both_computations_agree_on_every_total_rank_and_elimination(seed: int) -> None:
    tender = a_random_tender(seed)
    ranking = ranked(tender.method, tender.bids)
    assert disagreements(ranking, tender.method, tender.bids) == ()
    second = recompute(tender.method, ONLY_LOT, tender.bids)
    assert {bid.bidder: bid.total for bid in ranking.ranked} == second


@given(SEEDS)
@FEW
def test_a_ranking_is_a_permutation_with_ties(seed: int) -> None:
    tender = a_random_tender(seed)
    ranking = ranked(tender.method, tender.bids)
    everybody = [bid.name for bid in ranking.ranked] + [bid.name for bid in ranking.not_ranked]
    assert sorted(everybody) == [bid.name for bid in tender.bids]
    ranks = [bid.rank for bid in ranking.ranked]
    assert ranks == [1 + sum(other < rank for other in ranks) for rank in ranks]
    assert [bid.tied for bid in ranking.ranked] == [ranks.count(rank) > 1 for rank in ranks]
    tied = [bid.bidder for bid in ranking.ranked if bid.tied]
    assert [bidder for tie in ranking.ties for bidder in tie] == tied


@given(SEEDS)
@FEW
def test_marks_can_be_added_up_again(seed: int) -> None:
    tender = a_random_tender(seed)
    method = replace(tender.method, round_totals_to=None)
    for bid in ranked(method, tender.bids).ranked:
        assert sum(mark.mark for mark in bid.marks) == bid.total == bid.quality + bid.price_marks
        assert sum(mark.unrounded for mark in bid.marks) == bid.total_unrounded


def scaled(method: Method, by: int) -> Method:
    """Multiply every weight, and with them what is measured in marks."""
    rows = (
        replace(
            row,
            weight=None if row.weight is None else row.weight * by,
            minimum=row.minimum * by
            if row.minimum is not None and row.kind is CriterionKind.SECTION
            else row.minimum,
        )
        for row in method.criteria
    )
    return replace(method, criteria=tuple(rows), tie_margin=method.tie_margin * by)


@given(SEEDS, st.integers(min_value=2, max_value=1000))
@FEW
def test_scaling_all_weights_scales_totals_and_leaves_the_order(seed: int, by: int) -> None:
    tender = a_random_tender(seed)
    method = replace(
        tender.method, weights_are=WeightMode.POINTS, round_marks_to=None, round_totals_to=None
    )
    before = ranked(method, tender.bids)
    after = ranked(scaled(method, by), tender.bids)
    assert [(bid.name, bid.rank) for bid in after.ranked] == [
        (bid.name, bid.rank) for bid in before.ranked
    ]
    assert totals_of(after) == {name: total * by for name, total in totals_of(before).items()}


@given(SEEDS)
@FEW
def test_another_bid_never_changes_a_quality_mark(seed: int) -> None:
    tender = a_random_tender(seed)
    assume(tender.bids)
    method = replace(tender.method, quality_marks=QualityMarks.POINTS_OVER_MAXIMUM)
    without = {bid.name: bid.quality for bid in ranked(method, tender.bids[1:]).ranked}
    with_it = {bid.name: bid.quality for bid in ranked(method, tender.bids).ranked}
    assert without == {name: marks for name, marks in with_it.items() if name in without}
    assert set(with_it) - set(without) <= {tender.bids[0].name}


@given(SEEDS)
@FEW
def test_withdrawing_and_reinstating_gives_the_same_ranking(seed: int) -> None:
    tender = a_random_tender(seed)
    assume(tender.bids)
    first, *others = tender.bids
    gone = replace(first, bid=replace(first.bid, status=BidStatus.WITHDRAWN))
    before = ranked(tender.method, tender.bids)
    between = ranked(tender.method, (gone, *others))
    after = ranked(tender.method, (replace(gone, bid=first.bid), *others))
    assert first.name not in names_in_order(between)
    assert after == before


@given(SEEDS, st.randoms(use_true_random=False))
@FEW
def test_the_order_of_input_is_irrelevant(seed: int, chance: Random) -> None:
    tender = a_random_tender(seed)
    shuffled = list(tender.bids)
    chance.shuffle(shuffled)
    assert ranked(tender.method, tuple(shuffled)) == ranked(tender.method, tender.bids)


@given(SEEDS)
@FEW
def test_an_exact_tie_stays_a_tie(seed: int) -> None:
    tender = a_random_tender(seed)
    assume(tender.bids)
    twin = replace(a_bid("Twin"), points=tender.bids[0].points, prices=tender.bids[0].prices)
    plain = replace(tender.bids[0], bid=replace(tender.bids[0].bid, status=BidStatus.ASSESSED))
    ranking = ranked(tender.method, (twin, plain, *tender.bids[1:]))
    ranks = {bid.name: bid.rank for bid in ranking.ranked}
    assert ranks.get("Twin") == ranks.get(plain.name)


@given(SEEDS)
@FEW
def test_nobody_is_ahead_with_less(seed: int) -> None:
    tender = a_random_tender(seed)
    method = replace(tender.method, tie_margin=Fraction(0))
    totals = [bid.total for bid in ranked(method, tender.bids).ranked]
    assert totals == sorted(totals, reverse=True)
