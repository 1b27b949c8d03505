"""The second computation: that it finds what is wrong, and shares nothing with the first."""

import ast
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain import recomputation
from tendereval.domain.errors import Bug
from tendereval.domain.ranking import rank_lot
from tendereval.domain.recomputation import disagreements, recompute, recompute_ranks
from tendereval.domain.tender import ONLY_LOT, PriceFormula
from tests.builders import a_bid, a_bidder, a_criterion, a_method, a_price

METHOD = a_method(a_criterion("Q", 60), a_price(40))
BIDS = [a_bid("A", {"Q": 5}, 300), a_bid("B", {"Q": 4}, 200), a_bid("C", {"Q": 4}, 200)]


def test_totals_and_ranks_a_second_time() -> None:
    totals = recompute(METHOD, ONLY_LOT, BIDS)
    assert totals[a_bidder("A")] == Fraction(260, 3)
    assert recompute_ranks(METHOD, ONLY_LOT, BIDS) == {
        a_bidder("A"): 3,
        a_bidder("B"): 1,
        a_bidder("C"): 1,
    }


def test_agreement_says_nothing() -> None:
    assert disagreements(rank_lot(METHOD, ONLY_LOT, BIDS), METHOD, BIDS) == ()


def test_a_total_that_is_off_by_very_little_is_found() -> None:
    ranking = rank_lot(METHOD, ONLY_LOT, BIDS)
    first = replace(ranking.ranked[0], total=ranking.ranked[0].total + Fraction(1, 10**9))
    wrong = replace(ranking, ranked=(first, *ranking.ranked[1:]))
    assert disagreements(wrong, METHOD, BIDS) == (
        "The total of B is 88.000000001, but 88.000000000 the second time.",
    )


def test_a_rank_that_is_off_is_found() -> None:
    ranking = rank_lot(METHOD, ONLY_LOT, BIDS)
    second = replace(ranking.ranked[1], rank=2)
    wrong = replace(ranking, ranked=(ranking.ranked[0], second, ranking.ranked[2]))
    assert disagreements(wrong, METHOD, BIDS) == ("The rank of C is 2, but 1 the second time.",)


def test_a_bid_that_is_ranked_or_left_out_wrongly_is_found() -> None:
    ranking = rank_lot(METHOD, ONLY_LOT, BIDS)
    assert disagreements(ranking, METHOD, BIDS[1:]) == (
        "A is ranked, but should not be by the second computation.",
    )
    assert disagreements(replace(ranking, ranked=ranking.ranked[:2]), METHOD, BIDS) == (
        "A is not ranked, but should be by the second computation.",
    )


def test_a_formula_without_a_second_computation_is_our_own_fault() -> None:
    with pytest.raises(Bug, match="no second computation"):
        recompute(a_method(a_price(100, formula=PriceFormula.MEAN)), ONLY_LOT, BIDS)


def test_it_imports_neither_weights_nor_pricing_nor_ranking() -> None:
    tree = ast.parse(Path(recomputation.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {str(name) for name in modules if str(name).startswith("tendereval")} == {
        f"tendereval.domain.{name}" for name in ("errors", "ids", "ranked", "tender", "wording")
    }
