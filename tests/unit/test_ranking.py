"""Marks, totals and order of a lot; what is refused; what is left out."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.bidding import BidStatus
from tendereval.domain.errors import (
    Bug,
    MethodIncomplete,
    MissingAgreedScore,
    MissingPrice,
    NotSupported,
    Undefined,
    UnknownReference,
)
from tendereval.domain.ids import LotId
from tendereval.domain.ranking import LowestPrice, award_rule_problem, order_in_words, rank_lot
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import (
    ONLY_LOT,
    AwardRule,
    CriterionKind,
    Lot,
    PriceFormula,
    QualityMarks,
)
from tests.builders import (
    Number,
    a_bid,
    a_bidder,
    a_criterion,
    a_method,
    a_price,
    a_range,
    a_scale,
    codes_of,
    names_in_order,
    totals_of,
)

METHOD = a_method(a_criterion("Q1", 35), a_criterion("Q2", 25), a_price(40))


def test_every_mark_stands_in_published_order_with_its_figures() -> None:
    ranking = rank_lot(METHOD, ONLY_LOT, [a_bid("A", {"Q1": 4, "Q2": 3}, 120)])
    (bid,) = ranking.ranked
    assert [mark.criterion for mark in bid.marks] == ["Q1", "Q2", "PRICE"]
    assert [mark.available for mark in bid.marks] == [35, 25, 40]
    assert [mark.mark for mark in bid.marks] == [28, 15, 40]
    assert [mark.points for mark in bid.marks] == [4, 3, None]
    assert [mark.price for mark in bid.marks] == [None, None, 120]
    assert (bid.rank, bid.tied, bid.tie_broken_by) == (1, False, "")
    assert bid.price_amount == 120
    assert ranking.available == 100


def test_no_bids_and_only_withdrawn_bids_give_an_empty_ranking() -> None:
    assert rank_lot(METHOD, ONLY_LOT, []).ranked == ()
    ranking = rank_lot(METHOD, ONLY_LOT, [a_bid("A", status=BidStatus.WITHDRAWN)])
    assert not any((ranking.ranked, ranking.ties, ranking.warnings, ranking.lowest))
    assert [bid.name for bid in ranking.not_ranked] == ["A"]
    assert order_in_words(ranking) == ""


def test_quality_only_has_no_price_amount() -> None:
    ranking = rank_lot(a_method(a_criterion("Q", 100)), ONLY_LOT, [a_bid("A", {"Q": 5})])
    assert ranking.ranked[0].price_amount is None
    assert ranking.ranked[0].price_marks == 0
    assert ranking.lowest == ()


def test_price_only_works() -> None:
    bids = [a_bid("A", {}, 100), a_bid("B", {}, 80)]
    ranking = rank_lot(a_method(a_price(100)), ONLY_LOT, bids)
    assert totals_of(ranking) == {"B": 100, "A": 80}
    assert ranking.ranked[0].quality == 0


def test_the_lowest_price_names_who_offered_it_and_among_whom() -> None:
    bids = [a_bid("A", {}, 80), a_bid("B", {}, 80), a_bid("C", {}, 90)]
    bids.append(a_bid("Gone", {}, 10, status=BidStatus.WITHDRAWN))
    ranking = rank_lot(a_method(a_price(100)), ONLY_LOT, bids)
    a, b, c = (a_bidder(name) for name in "ABC")
    assert ranking.lowest == (LowestPrice(a_price(100).ref, Fraction(80), (a, b), (a, b, c)),)


def test_a_published_percentage_replaces_points_over_maximum() -> None:
    method = a_method(a_criterion("Q", 60, scale="banded"), scales=[a_scale("banded", 4, p3=90)])
    bids = [a_bid("A", {"Q": 3}), a_bid("B", {"Q": 2})]
    assert totals_of(rank_lot(method, ONLY_LOT, bids)) == {"A": 54, "B": 30}


def test_quality_relative_to_the_best_that_remains() -> None:
    method = replace(
        a_method(a_criterion("Q", 60), a_criterion("R", kind=CriterionKind.REQUIREMENT)),
        quality_marks=QualityMarks.RELATIVE_TO_BEST,
    )
    bids = [
        a_bid("A", {"Q": 4, "R": 1}),
        a_bid("B", {"Q": 2, "R": 1}),
        a_bid("Out", {"Q": 5, "R": 0}),
    ]
    assert totals_of(rank_lot(method, ONLY_LOT, bids)) == {"A": 60, "B": 30}


def test_quality_relative_to_a_best_of_nothing_is_refused() -> None:
    method = replace(a_method(a_criterion("Q", 60)), quality_marks=QualityMarks.RELATIVE_TO_BEST)
    with pytest.raises(Undefined, match="the best score earns nothing"):
        rank_lot(method, ONLY_LOT, [a_bid("A", {"Q": 0})])


def thirds(marks: int | None, totals: int | None) -> tuple[str, str]:
    method = replace(
        a_method(
            a_criterion("Q1", 1, scale="0-3"),
            a_criterion("Q2", 1, scale="0-3"),
            scales=[a_range("0-3", 3)],
        ),
        round_marks_to=marks,
        round_totals_to=totals,
    )
    (bid,) = rank_lot(method, ONLY_LOT, [a_bid("A", {"Q1": 2, "Q2": 2})]).ranked
    assert bid.total_unrounded == Fraction(4, 3)
    return str(bid.total), str(bid.marks[0].mark)


def test_rounding_happens_where_it_is_published_and_nowhere_else() -> None:
    assert thirds(None, None) == ("4/3", "2/3")
    assert thirds(2, None) == ("67/50", "67/100")
    assert thirds(None, 2) == ("133/100", "2/3")
    assert thirds(1, 0) == ("1", "7/10")


def test_only_bids_of_status_assessed_are_ranked_and_set_the_lowest_price() -> None:
    others = [status for status in BidStatus if status is not BidStatus.ASSESSED]
    bids = [a_bid(status.value, {}, 1, status=status) for status in others]
    ranking = rank_lot(a_method(a_price(100)), ONLY_LOT, [*bids, a_bid("A", {}, 50)])
    assert totals_of(ranking) == {"A": 100}
    assert {bid.name: bid.status.value for bid in ranking.not_ranked} == {
        status.value: status.value for status in others
    }


def test_a_status_without_its_dates_does_not_count_and_is_warned_of() -> None:
    bid = a_bid("A", {}, 50, status=BidStatus.DISREGARDED_ABNORMALLY_LOW, dated=False)
    ranking = rank_lot(a_method(a_price(100)), ONLY_LOT, [bid, a_bid("B", {}, 100)])
    assert totals_of(ranking) == {"A": 100, "B": 50}
    assert codes_of(ranking) == ["status-without-dates"]
    assert "“disregarded: abnormally low”" in ranking.warnings[0].text


def test_every_missing_score_and_price_is_named_at_once() -> None:
    bids = [a_bid("B", {"Q1": 1}, 5), a_bid("A", {}), a_bid("C", {"Q1": 1, "Q2": 2})]
    with pytest.raises(MissingAgreedScore) as caught:
        rank_lot(METHOD, ONLY_LOT, bids)
    assert caught.value.happened == (
        "Agreed scores are missing. A: Q1, Q2; B: Q2. Prices are missing too. A: PRICE; C: PRICE."
    )


def test_missing_scores_alone_say_nothing_about_prices() -> None:
    with pytest.raises(MissingAgreedScore, match="A: Q2") as caught:
        rank_lot(METHOD, ONLY_LOT, [a_bid("A", {"Q1": 1}, 5)])
    assert "Prices" not in caught.value.happened


def test_every_missing_price_is_named_at_once() -> None:
    method = a_method(a_price(40), a_price(60, "P2"))
    bids = [a_bid("A", {}, {"P2": 1}), a_bid("B"), a_bid("C", {}, {"PRICE": 1, "P2": 1})]
    with pytest.raises(MissingPrice, match=r"A: PRICE; B: PRICE, P2\."):
        rank_lot(method, ONLY_LOT, bids)


def test_equal_ranks_stand_by_name_and_the_next_rank_is_skipped() -> None:
    points: dict[str, Number] = {"Q": 4}
    bids = [a_bid("c", points), a_bid("B", points), a_bid("a", {"Q": 5}), a_bid("d", {"Q": 1})]
    ranking = rank_lot(a_method(a_criterion("Q", 100)), ONLY_LOT, bids)
    assert names_in_order(ranking) == ["a", "B", "c", "d"]
    assert [bid.rank for bid in ranking.ranked] == [1, 2, 2, 4]
    assert ranking.ties == ((a_bidder("B"), a_bidder("c")),)
    assert order_in_words(ranking) == "1 a; 2= B, c; 4 d"


def test_a_lot_is_ranked_by_itself_and_found_without_case() -> None:
    method = replace(
        a_method(a_criterion("Q", 60), a_price(40, "PN", lot="N"), a_price(40, "PS", lot="S")),
        lots=(Lot(LotId("N")), Lot(LotId("S"))),
    )
    bid = a_bid("A", {"Q": 5}, {"PN": 7}, lot="N")
    ranking = rank_lot(method, LotId("n"), [bid])
    assert ranking.lot == "N"
    assert [mark.criterion for mark in ranking.ranked[0].marks] == ["Q", "PN"]


def test_an_unknown_lot_is_refused() -> None:
    with pytest.raises(UnknownReference, match=r"no lot 2\. .* Use one of: 1\."):
        rank_lot(METHOD, LotId("2"), [])


def test_a_bid_for_another_lot_or_twice_is_our_own_fault() -> None:
    with pytest.raises(Bug, match="another lot"):
        rank_lot(METHOD, ONLY_LOT, [a_bid("A", lot="2")])
    with pytest.raises(Bug, match="twice"):
        rank_lot(METHOD, ONLY_LOT, [a_bid("A"), a_bid("A")])


@pytest.mark.parametrize("rule", set(AwardRule) - {AwardRule.WEIGHTED_TOTAL})
def test_an_award_rule_known_by_name_only_is_never_computed(rule: AwardRule) -> None:
    with pytest.raises(NotSupported, match=f"“{rule}” is not yet supported"):
        rank_lot(replace(METHOD, award_rule=rule), ONLY_LOT, [])


def test_no_award_rule_is_a_gap() -> None:
    with pytest.raises(MethodIncomplete, match="No award rule is chosen"):
        rank_lot(replace(METHOD, award_rule=None), ONLY_LOT, [])
    assert award_rule_problem(METHOD) == ""


def test_a_price_formula_that_cannot_be_computed_is_refused_even_without_bids() -> None:
    with pytest.raises(NotSupported):
        rank_lot(a_method(a_price(100, formula=PriceFormula.MEAN)), ONLY_LOT, [])


def test_a_lot_without_a_weighted_criterion_is_refused() -> None:
    with pytest.raises(MethodIncomplete, match="Lot 1 has no weighted criterion"):
        rank_lot(a_method(), ONLY_LOT, [])


def test_a_scale_that_cannot_be_used_is_refused() -> None:
    method = a_method(a_criterion("Q", 100, scale="none"), scales=[ScoringScale("none")])
    with pytest.raises(MethodIncomplete, match="“none” of Q is not defined"):
        rank_lot(method, ONLY_LOT, [])


def test_weights_are_used_as_given_with_a_warning() -> None:
    method = a_method(a_criterion("Q", 50), a_price(40))
    ranking = rank_lot(method, ONLY_LOT, [a_bid("A", {"Q": 5}, 1)])
    assert ranking.available == ranking.ranked[0].total == 90
    assert [warning.text for warning in ranking.warnings] == [
        "The weights add to 90, not 100. They are used as given."
    ]
