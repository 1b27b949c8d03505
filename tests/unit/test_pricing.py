"""Price formulas, the zero rule and what is refused."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.errors import MethodIncomplete, NotSupported, Undefined
from tendereval.domain.pricing import (
    RULES,
    Offer,
    PriceRule,
    as_read,
    compares_bids,
    formula_problems,
    lowest_over_price,
    needs_zero_rule,
    price_marks,
    rule_of,
)
from tendereval.domain.tender import AwardCriterion, PriceFormula
from tests.builders import Number, a_bidder, a_number, a_price

PRICES = st.lists(st.fractions(min_value="0.01", max_value=10**9), min_size=1, max_size=9)


def marks(criterion: AwardCriterion, *prices: Number) -> list[Fraction]:
    offers = [Offer(a_bidder(str(n)), f"Bid {n}", a_number(p)) for n, p in enumerate(prices)]
    return list(price_marks(criterion, criterion.weight or Fraction(0), offers))


@given(PRICES)
def test_the_lowest_gets_all_and_nobody_gets_more(prices: list[Fraction]) -> None:
    found = lowest_over_price(Fraction(40), prices, {})
    assert max(found) == found[prices.index(min(prices))] == 40
    assert all(0 < mark <= 40 for mark in found)


@given(PRICES, st.integers(min_value=1, max_value=1000))
def test_marks_do_not_depend_on_the_unit_of_money(prices: list[Fraction], unit: int) -> None:
    weight = Fraction(40)
    in_other_unit = [price * unit for price in prices]
    assert lowest_over_price(weight, prices, {}) == lowest_over_price(weight, in_other_unit, {})


def test_nobody_gets_nothing() -> None:
    assert marks(a_price(40)) == []


@pytest.mark.parametrize("zero", [None, "refuse", " Refuse "])
def test_a_price_of_nothing_is_refused_where_no_rule_gives_it_a_meaning(zero: str | None) -> None:
    with pytest.raises(Undefined, match="the price of Bid 1, Bid 2 is nothing"):
        marks(a_price(40, zero=zero), 5, 0, 0)
    assert marks(a_price(40, zero=zero), 5, 10) == [40, 20]


@pytest.mark.parametrize("zero", ["full marks", " Full  Marks"])
def test_full_marks_for_nothing_leaves_nothing_for_the_others(zero: str) -> None:
    assert marks(a_price(5, zero=zero), 0, 1, 0) == [5, 0, 5]
    assert marks(a_price(5, zero=zero), 4, 5) == [5, 4]


@pytest.mark.parametrize(
    ("zero", "amount"), [("0.5", "0.5"), ("£1", "1"), ("1,000.50", "1000.5"), ("£ 12", "12")]
)
def test_an_amount_is_read_in_place_of_nothing(zero: str, amount: str) -> None:
    criterion = a_price(40, zero=zero)
    assert as_read(criterion, Fraction(0)) == Fraction(amount)
    assert as_read(criterion, Fraction(7)) == 7
    assert marks(criterion, 0, Fraction(amount) * 2) == [40, 20]


def test_without_a_rule_nothing_is_read_as_nothing() -> None:
    assert as_read(a_price(40), Fraction(0)) == 0
    assert as_read(a_price(40, zero="full marks"), Fraction(0)) == 0


@pytest.mark.parametrize("zero", [None, "full marks", "1"])
def test_a_negative_price_is_always_refused(zero: str | None) -> None:
    with pytest.raises(Undefined, match=r"below nothing: Bid 1 \u2212£3\.00"):
        marks(a_price(40, zero=zero), 5, -3)


@pytest.mark.parametrize("formula", set(PriceFormula) - {PriceFormula.LOWEST_OVER_PRICE})
def test_a_formula_known_by_name_only_is_never_computed(formula: PriceFormula) -> None:
    criterion = a_price(40, formula=formula)
    with pytest.raises(NotSupported, match=f"“{formula}” of PRICE is not yet supported"):
        marks(criterion, 5)
    assert formula_problems(criterion) == (
        f"The price formula “{formula}” of PRICE is not yet supported.",
    )
    assert not needs_zero_rule(criterion)
    assert not compares_bids(criterion)


def test_a_price_criterion_without_a_formula_is_incomplete() -> None:
    criterion = a_price(40, formula=None)
    with pytest.raises(MethodIncomplete, match="PRICE has no price formula"):
        rule_of(criterion)
    assert not needs_zero_rule(criterion)
    assert not compares_bids(criterion)


@pytest.mark.parametrize("zero", ["0", "0.00", "-1", "1.250,50", "1,25", "free", "", "1e3"])
def test_a_zero_rule_that_cannot_be_read_is_a_gap(zero: str) -> None:
    (told,) = formula_problems(a_price(40, zero=zero))
    assert "zero=full marks" in told
    with pytest.raises(MethodIncomplete):
        marks(a_price(40, zero=zero), 5)


def test_parameters_that_the_formula_does_not_have_or_that_come_twice_are_gaps() -> None:
    parameters = (("Zero", "refuse"), ("zero ", "full marks"), ("cap", "yes"))
    told = formula_problems(replace(a_price(40), parameters=parameters))
    assert told == (
        "The formula “lowest over price” of PRICE has no parameter “cap”.",
        "The formula “lowest over price” of PRICE states “zero” more than once.",
    )


def test_needing_a_zero_rule_is_about_stating_one() -> None:
    assert needs_zero_rule(a_price(40))
    assert not needs_zero_rule(a_price(40, zero="refuse"))
    assert compares_bids(a_price(40))


def test_a_new_formula_is_a_function_and_a_line_of_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def all_the_same(weight: Fraction, prices: object, parameters: object) -> tuple[Fraction, ...]:
        assert (prices, parameters) == ([Fraction(0)], {"ceiling": "9"})
        return (weight,)

    rule = PriceRule(all_the_same, ("ceiling",), divides_by_price=False, compares_bids=False)
    monkeypatch.setattr("tendereval.domain.pricing.RULES", {**RULES, PriceFormula.CEILING: rule})
    criterion = a_price(40, formula=PriceFormula.CEILING)
    assert formula_problems(criterion) == (
        "The formula “ceiling” of PRICE needs the parameter “ceiling”.",
    )
    assert marks(replace(criterion, parameters=(("Ceiling", "9"),)), 0) == [40]
