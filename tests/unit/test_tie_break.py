"""Ties, the margin, and what published tie-break rules do and do not settle."""

from dataclasses import replace

import pytest

from tendereval.domain.errors import MethodIncomplete
from tendereval.domain.ids import LotId
from tendereval.domain.ranking import Ranking, order_in_words, rank_lot
from tendereval.domain.tender import ONLY_LOT, CriterionKind, Lot, Method
from tendereval.domain.tie_break import tie_break_problems
from tests.builders import (
    Number,
    a_bid,
    a_bidder,
    a_criterion,
    a_method,
    a_number,
    a_price,
    a_range,
    a_section,
    codes_of,
)

SCALE = a_range("0-100", 100, "0.01")


def quality_method(*tie_break: str, margin: Number = 0) -> Method:
    rows = (a_section("S"), a_criterion("Q1", 50, parent="S"), a_criterion("Q2", 50))
    return replace(a_method(*rows), tie_break=tie_break, tie_margin=a_number(margin))


def words(method: Method, **points: tuple[int, int]) -> str:
    return order_in_words(tied(method, **points))


def tied(method: Method, **points: tuple[int, int]) -> Ranking:
    bids = [a_bid(name, {"Q1": one, "Q2": two}) for name, (one, two) in points.items()]
    return rank_lot(method, ONLY_LOT, bids)


def test_without_a_rule_a_tie_is_left_to_people() -> None:
    ranking = tied(quality_method(), A=(4, 3), B=(3, 4), C=(1, 1))
    assert order_in_words(ranking) == "1= A, B; 3 C"
    assert ranking.ties == ((a_bidder("A"), a_bidder("B")),)
    (warning,) = ranking.warnings
    assert warning.code == "tie"
    assert warning.text == (
        "A and B are tied on 70.00 marks. Nothing published separates A and B: they share a rank."
    )


@pytest.mark.parametrize("rule", ["highest Q2", "Highest  q2"])
def test_a_named_question_breaks_a_tie_and_the_record_says_so(rule: str) -> None:
    ranking = tied(quality_method(rule), A=(4, 3), B=(3, 4))
    assert order_in_words(ranking) == "1 B; 2 A"
    shown = " ".join(rule.split())
    assert [bid.tie_broken_by for bid in ranking.ranked] == [shown, shown]
    assert not any(bid.tied for bid in ranking.ranked)
    assert ranking.ties == ()
    assert ranking.warnings[0].text == (
        f"A and B are tied on 70.00 marks. The published tie-break “{shown}” separates A (30.00) "
        "and B (40.00)."
    )


def test_a_section_may_break_a_tie() -> None:
    assert words(quality_method("highest S"), A=(3, 4), B=(4, 3)) == "1 B; 2 A"


def test_rules_apply_in_order_and_only_to_what_is_still_tied() -> None:
    method = quality_method("highest quality", "highest Q1", "highest Q2")
    assert words(method, A=(1, 4), B=(4, 1), C=(2, 3)) == "1 B; 2 C; 3 A"
    ranking = tied(method, A=(1, 4), B=(4, 1), C=(1, 4))
    assert order_in_words(ranking) == "1 B; 2= A, C"
    assert [bid.tie_broken_by for bid in ranking.ranked] == ["highest Q1"] * 3
    assert ranking.ties == ((a_bidder("A"), a_bidder("C")),)
    assert ranking.warnings[0].text.endswith(
        "separates A (10.00), B (40.00) and C (10.00). Nothing published separates A and C: they "
        "share a rank."
    )


def test_a_draw_is_never_drawn() -> None:
    ranking = tied(quality_method("highest quality", "draw"), A=(4, 3), B=(3, 4))
    assert order_in_words(ranking) == "1= A, B"
    assert "Nothing is drawn here" in ranking.warnings[0].text
    assert [bid.tie_broken_by for bid in ranking.ranked] == ["", ""]


def priced(method: Method, **bids: tuple[Number, Number, Number]) -> Ranking:
    found = [a_bid(name, {"Q": q}, {"PRICE": p, "P2": p2}) for name, (q, p, p2) in bids.items()]
    return rank_lot(method, ONLY_LOT, found, currency="EUR")


def price_method(*tie_break: str) -> Method:
    rows = (a_criterion("Q", 100, scale="0-100"), a_price(10), a_price(10, "P2"))
    return replace(a_method(*rows, scales=[SCALE]), tie_break=tie_break)


EQUAL: dict[str, tuple[Number, Number, Number]] = {"A": (50, 10, 20), "B": (50, 20, 10)}


def test_equal_quality_and_equal_prices_leave_a_tie() -> None:
    method = price_method("highest quality", "lowest price")
    assert order_in_words(priced(method, **EQUAL)) == "1= A, B"


def test_the_lowest_of_one_price_breaks_a_tie_and_shows_amounts() -> None:
    ranking = priced(price_method("lowest p2"), **EQUAL)
    assert order_in_words(ranking) == "1 B; 2 A"
    assert "separates A (€20.00) and B (€10.00)" in ranking.warnings[1].text


def test_highest_quality_puts_the_better_answer_first() -> None:
    method = replace(price_method("highest quality"), criteria=price_method().criteria[:2])
    bids = [a_bid("A", {"Q": 50}, 10), a_bid("B", {"Q": 55}, 20)]
    ranking = rank_lot(method, ONLY_LOT, bids)
    assert order_in_words(ranking) == "1 B; 2 A"
    assert ranking.ranked[0].total == ranking.ranked[1].total == 60


def test_lowest_price_puts_the_cheaper_bid_first() -> None:
    method = replace(price_method("lowest price"), criteria=price_method().criteria[:2])
    bids = [a_bid("A", {"Q": 55}, 20), a_bid("B", {"Q": 50}, 10)]
    assert order_in_words(rank_lot(method, ONLY_LOT, bids)) == "1 B; 2 A"


def margin(*totals: str, of: Number = 15, rules: tuple[str, ...] = ()) -> Ranking:
    method = replace(
        a_method(a_criterion("Q", 100, scale="0-100"), scales=[SCALE]),
        tie_margin=a_number(of),
        tie_break=rules,
    )
    bids = [a_bid(chr(ord("A") + n), {"Q": total}) for n, total in enumerate(totals)]
    return rank_lot(method, ONLY_LOT, bids)


def test_a12_a_gap_under_the_margin_ties_and_the_margin_itself_does_not() -> None:
    """Department for Transport: 14.99 goes to the tie procedure, 15.00 is an outright winner."""
    assert order_in_words(margin("80", "65.01")) == "1= A, B"
    assert order_in_words(margin("80", "65")) == "1 A; 2 B"


def test_the_margin_counts_from_the_best_only() -> None:
    assert order_in_words(margin("80", "70", "60", "50", "50")) == "1= A, B; 3 C; 4= D, E"


def test_a_tie_by_margin_shows_each_total() -> None:
    assert margin("80", "79.99", of=1).warnings[0].text == (
        "A (80.00) and B (79.99) are tied: each is less than the tie margin of 1 off the best. "
        "Nothing published separates A and B: they share a rank."
    )


def test_a_rule_may_put_the_lower_total_within_the_margin_first() -> None:
    rows = (a_criterion("Q1", 50, scale="0-100"), a_criterion("Q2", 50, scale="0-100"))
    method = replace(
        a_method(*rows, scales=[SCALE]), tie_margin=a_number(5), tie_break=("highest Q2",)
    )
    bids = [a_bid("A", {"Q1": 80, "Q2": 60}), a_bid("B", {"Q1": 60, "Q2": 78})]
    ranking = rank_lot(method, ONLY_LOT, bids)
    assert order_in_words(ranking) == "1 B; 2 A"
    assert codes_of(ranking) == ["tie"]


def test_a_rule_about_another_lot_settles_nothing_here() -> None:
    rows = (a_criterion("Q", 100), a_criterion("N1", 10, lot="N"), a_price(5, "PN", lot="N"))
    method = replace(
        a_method(*rows),
        lots=(Lot(LotId("N")), Lot(LotId("S"))),
        tie_break=("highest N1", "lowest PN", "lowest price"),
    )
    bids = [a_bid(name, {"Q": 3}, lot="S") for name in "AB"]
    assert order_in_words(rank_lot(method, LotId("S"), bids)) == "1= A, B"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cheapest",
        "highest",
        "highest Q9",
        "lowest Q1",
        "highest PRICE",
        "lowest S",
        "highest E",
        "highest R",
    ],
)
def test_a_rule_in_no_valid_form_is_refused_with_the_valid_ones(text: str) -> None:
    rows = (
        a_section("S"),
        a_section("E"),
        a_criterion("Q1", 60, parent="S"),
        a_criterion("R", kind=CriterionKind.REQUIREMENT),
        a_price(40),
    )
    method = replace(a_method(*rows), tie_break=(text,))
    (told,) = tie_break_problems(method)
    assert f"“{text}” is not one of: highest quality, highest <reference" in told
    with pytest.raises(MethodIncomplete, match="Ties cannot be broken as published"):
        rank_lot(method, ONLY_LOT, [])


def test_a_draw_stands_last_and_lowest_price_needs_a_price() -> None:
    assert tie_break_problems(quality_method("Draw", "lowest price")) == (
        "The tie-break “draw” can only stand last.",
        "The tie-break “lowest price” needs a price criterion.",
    )
