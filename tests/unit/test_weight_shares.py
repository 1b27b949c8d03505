"""How far weights fill the whole, in figures and words."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.tender import ONLY_LOT, CriterionKind, Method, WeightMode
from tendereval.domain.weight_shares import mending_weight, weight_shares
from tests.builders import a_criterion, a_method, a_price, a_section


def a_case(price: int) -> Method:
    rows = (
        a_section("S1"),
        a_criterion("Q1", 40, parent="S1"),
        a_criterion("Q2", None, parent="S1"),
    )
    return a_method(*rows, a_price(price), a_criterion("I1", kind=CriterionKind.INFORMATION))


@pytest.mark.parametrize(
    ("price", "said", "off"),
    [
        (57, "97 of 100 points given out", "3 points are missing"),
        (59, "99 of 100 points given out", "1 point is missing"),
        (60, "100 of 100 points given out", ""),
        (62, "102 of 100 points given out", "2 points are too many"),
    ],
)
def test_what_is_missing_or_too_many_is_said(price: int, said: str, off: str) -> None:
    shares = weight_shares(a_case(price), ONLY_LOT)
    assert (shares.said, shares.off) == (said, off)
    assert shares.missing == 60 - price
    assert [(part.ref, part.marks) for part in shares.parts] == [
        ("S1", Fraction(40)),
        ("PRICE", Fraction(price)),
    ]
    assert shares.in_words().startswith(f"{said}: Title of S1 40, Price {price}.")


def test_nothing_given_out_is_said_too() -> None:
    assert weight_shares(Method(), ONLY_LOT).in_words() == (
        "0 of 100 points given out. 100 points are missing."
    )


def test_shares_of_a_parent_multiply_down() -> None:
    method = a_method(
        a_section("S1", 60),
        a_criterion("Q1", 50, parent="S1"),
        a_criterion("Q2", 20, parent="S1"),
        a_price(40),
    )
    method = replace(method, weights_are=WeightMode.OF_PARENT)
    shares = weight_shares(method, ONLY_LOT)
    assert [shares.by_ref["q1"], shares.by_ref["s1"]] == [30, 42]
    assert shares.total == 82
    assert mending_weight(method, ONLY_LOT, method.criteria[2]) == 50


def test_points_fill_whatever_they_add_to() -> None:
    method = replace(a_case(20), weights_are=WeightMode.POINTS)
    shares = weight_shares(method, ONLY_LOT)
    assert (shares.said, shares.off) == ("60 points given out", "")
    assert shares.whole == 60
    assert mending_weight(method, ONLY_LOT, method.criteria[1]) is None


def test_the_weight_that_mends_the_sum() -> None:
    method = a_case(57)
    assert mending_weight(method, ONLY_LOT, method.criteria[2]) == Fraction(3)
    assert mending_weight(method, ONLY_LOT, method.criteria[0]) is None
    assert mending_weight(a_case(60), ONLY_LOT, method.criteria[1]) is None
    too_much = a_case(150)
    assert mending_weight(too_much, ONLY_LOT, too_much.criteria[2]) is None
