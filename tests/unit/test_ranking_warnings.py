"""What people are told beside a ranking."""

from dataclasses import replace

from tendereval.domain.ranking import Ranking, rank_lot
from tendereval.domain.tender import ONLY_LOT, Method, QualityMarks
from tests.builders import (
    Number,
    a_bid,
    a_criterion,
    a_method,
    a_price,
    a_range,
    codes_of,
    names_in_order,
)


def rounded_totals(*scores: str, places: int = 2) -> Ranking:
    method = replace(
        a_method(a_criterion("Q", 100, scale="0-100"), scales=[a_range("0-100", 100, "0.001")]),
        round_totals_to=places,
    )
    bids = [a_bid(chr(ord("A") + n), {"Q": score}) for n, score in enumerate(scores)]
    return rank_lot(method, ONLY_LOT, bids)


def test_a_difference_that_rounding_hides_is_told() -> None:
    ranking = rounded_totals("74.444", "74.441", "10")
    assert codes_of(ranking) == ["tie", "tie-by-rounding"]
    assert ranking.warnings[1].text == (
        "On rounded totals A and B are level at 74.44; unrounded A has 74.444 and B has 74.441."
    )


def test_a_tie_that_is_exact_is_not_blamed_on_rounding() -> None:
    assert codes_of(rounded_totals("74.44", "74.44")) == ["tie"]


def test_rounded_marks_that_turn_an_order_round_are_told() -> None:
    rows = [a_criterion(f"Q{n}", 1, scale="0-100") for n in range(4)]
    method = replace(a_method(*rows, scales=[a_range("0-100", 100)]), round_marks_to=0)
    bids = [
        a_bid("A", {"Q0": 50, "Q1": 50, "Q2": 0, "Q3": 0}),
        a_bid("B", {"Q0": 100, "Q1": 40, "Q2": 40, "Q3": 40}),
    ]
    ranking = rank_lot(method, ONLY_LOT, bids)
    assert names_in_order(ranking) == ["A", "B"]
    assert "order-by-rounding" in codes_of(ranking)
    assert ranking.warnings[-1].text == (
        "The published rounding puts A ahead of B; unrounded A has 1.00 and B has 2.20."
    )


def test_a_close_result_is_about_first_and_second_only() -> None:
    method = replace(a_method(a_criterion("Q", 100)), close_margin=a_criterion("Q", 0).weight)
    assert codes_of(rank_lot(method, ONLY_LOT, [a_bid("A", {"Q": 5})])) == []
    bids = [a_bid("A", {"Q": 5}), a_bid("B", {"Q": 4}), a_bid("C", {"Q": 4})]
    assert codes_of(rank_lot(method, ONLY_LOT, bids)) == ["tie"]


def test_a_price_of_nothing_is_told_with_its_rule() -> None:
    method = a_method(a_price(60, zero="0.01"), a_price(40, "P2"))
    bids = [a_bid("A", {}, {"PRICE": 0, "P2": 1}), a_bid("B", {}, {"PRICE": 1, "P2": 1})]
    (warning,) = [
        one for one in rank_lot(method, ONLY_LOT, bids).warnings if one.code == "zero-price"
    ]
    assert warning.text == (
        "The price of A for PRICE is nothing; it is read by the published rule “zero=0.01”."
    )


def reversals(method: Method, **bids: tuple[Number, Number]) -> list[str]:
    found = [a_bid(name, {"Q": q}, price) for name, (q, price) in bids.items()]
    ranking = rank_lot(method, ONLY_LOT, found)
    return [one.text for one in ranking.warnings if one.code == "rank-reversal"]


METHOD = a_method(a_criterion("Q", 60, scale="0-60"), a_price(40), scales=[a_range("0-60", 60)])


def test_nobody_is_warned_where_the_order_would_stay() -> None:
    assert reversals(METHOD, A=(60, 100), B=(30, 110), C=(10, 50)) == []


def test_a_lowest_price_that_two_share_hangs_on_neither() -> None:
    assert reversals(METHOD, A=(40, 124), B=(30, 90), C=(10, 50), D=(9, 50)) == []


def test_only_the_ranks_that_change_are_shown() -> None:
    told = reversals(METHOD, A=(40, 124), B=(30, 90), C=(10, 50), First=(60, 95), Last=(0, 1000))
    (text,) = told
    assert text == (
        "If C withdrew, the order of the others would change from “2 A; 3 B” to “2 B; 3 A”: the "
        "marks of all bids for PRICE are measured against C."
    )


def relative_to_best() -> Method:
    rows = (a_criterion("Q", 60), a_criterion("Q2", 40))
    return replace(a_method(*rows), quality_marks=QualityMarks.RELATIVE_TO_BEST)


def test_a_best_score_may_turn_the_order_round_too() -> None:
    bids = [
        a_bid("A", {"Q": 2, "Q2": 5}),
        a_bid("B", {"Q": 3, "Q2": 3}),
        a_bid("Best", {"Q": 5, "Q2": 0}),
    ]
    ranking = rank_lot(replace(relative_to_best(), round_totals_to=2), ONLY_LOT, bids)
    told = [one.text for one in ranking.warnings if one.code == "rank-reversal"]
    assert told[1] == (
        "If Best withdrew, the order of the others would change from “1 A; 2 B” to “1 B; 2 A”: "
        "the marks of all bids for Q are measured against Best."
    )


def test_a_withdrawal_that_would_leave_no_ranking_is_told() -> None:
    bids = [a_bid("A", {"Q": 0, "Q2": 5}), a_bid("Best", {"Q": 5, "Q2": 5})]
    ranking = rank_lot(relative_to_best(), ONLY_LOT, bids)
    (warning,) = ranking.warnings
    assert warning.code == "rank-reversal"
    assert warning.text.startswith("If Best withdrew, there would be no ranking. Marks for Q are")
