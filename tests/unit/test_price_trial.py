"""Made-up prices by the real rule."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.errors import Undefined, UnknownReference
from tendereval.domain.price_trial import SampleBid, try_prices
from tendereval.domain.ranked import Ranking
from tendereval.domain.tender import Method
from tests.builders import a_criterion, a_method, a_price, codes_of, totals_of


def a_rule(weight: int = 40, zero: str | None = None) -> Method:
    rest = (a_criterion("Q1", 100 - weight),) if weight < 100 else ()
    return a_method(*rest, a_price(weight, zero=zero))


def tried(method: Method, *bids: tuple[str, int, int]) -> Ranking:
    samples = [SampleBid(name, Fraction(price), Fraction(quality)) for name, price, quality in bids]
    return try_prices(method, "price", samples)


def test_the_published_example_comes_out() -> None:
    totals = totals_of(tried(a_rule(), ("A", 100, 100), ("B", 105, 100), ("C", 108, 50)))
    assert totals == {"A": 100, "B": 60 + Fraction(800, 21), "C": 30 + Fraction(1000, 27)}


def test_price_alone_needs_no_quality() -> None:
    assert totals_of(tried(a_rule(100), ("A", 50, 0), ("B", 100, 0))) == {"A": 100, "B": 50}


def test_a_withdrawal_that_turns_the_order_is_told() -> None:
    ranking = tried(a_rule(), ("A", 50, 0), ("B", 100, 60), ("C", 200, 85))
    assert "rank-reversal" in codes_of(ranking)


def test_a_price_of_nothing_is_refused_or_read_as_published() -> None:
    with pytest.raises(Undefined):
        tried(a_rule(), ("A", 0, 100), ("B", 100, 100))
    assert tried(a_rule(zero="full marks"), ("A", 0, 100), ("B", 100, 100)).ranked[0].name == "A"


def test_there_must_be_such_a_price_criterion() -> None:
    for ref in ("Q1", "Q9"):
        with pytest.raises(UnknownReference):
            try_prices(a_rule(), ref, [])


def test_rounding_and_plain_tie_breaks_apply() -> None:
    method = replace(a_rule(), round_totals_to=0, tie_break=("highest Q1", "lowest price"))
    ranking = tried(method, ("A", 100, 100), ("B", 101, 100))
    assert [bid.total for bid in ranking.ranked] == [100, 100]
    assert [bid.name for bid in ranking.ranked] == ["A", "B"]
    assert ranking.ranked[0].tie_broken_by == "lowest price"
