"""Exact numbers in and out of text."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.errors import Bug
from tendereval.domain.exact import (
    decimal_text,
    exact_text,
    finite_places,
    from_text,
    money,
    places_between,
    round_half_up,
    rounded_text,
    to_text,
)


@given(st.integers(), st.integers(min_value=0, max_value=30))
def test_what_a_file_holds_comes_back_the_same(digits: int, places: int) -> None:
    value = Fraction(digits, 10**places)
    assert from_text(to_text(value)) == value


@given(st.integers(), st.integers(min_value=0, max_value=30))
def test_canonical_text_is_the_same_after_a_round_trip(digits: int, places: int) -> None:
    text = to_text(Fraction(digits, 10**places))
    assert to_text(from_text(text)) == text


@pytest.mark.parametrize("text", ["", "1e3", "1,5", " 1", "1/3", ".5", "5.", "NaN", "+1", "--1"])
def test_text_that_no_file_holds_is_our_own_fault(text: str) -> None:
    with pytest.raises(Bug, match="not exact decimal text"):
        from_text(text)


def test_a_number_that_never_ends_is_never_written_to_a_file() -> None:
    with pytest.raises(Bug, match="no finite decimal text"):
        to_text(Fraction(1, 3))


@pytest.mark.parametrize(
    ("value", "places"),
    [("1", 0), ("1/2", 1), ("1/4", 2), ("1/5", 1), ("1/40", 3), ("1/3", None), ("1/6", None)],
)
def test_places_a_number_needs(value: str, places: int | None) -> None:
    assert finite_places(Fraction(value)) == places


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2.4999999999999999999", 0, "2"),
        ("-225.525", 2, "-225.53"),
        ("0.0005", 3, "0.001"),
        ("-0.0004", 3, "0.000"),
        ("1/3", 12, "0.333333333333"),
        ("2/3", 12, "0.666666666667"),
        ("1e-13", 12, "0.000000000000"),
        ("5e-13", 12, "0.000000000001"),
    ],
)
def test_a_midpoint_goes_away_from_zero(value: str, places: int, expected: str) -> None:
    assert rounded_text(Fraction(value), places) == expected


@given(st.fractions(), st.integers(min_value=0, max_value=12))
def test_rounding_moves_a_number_by_half_a_place_at_most(value: Fraction, places: int) -> None:
    moved = abs(round_half_up(value, places) - value)
    assert moved <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("100/3", "33.333333333333"),
        ("97.5", "97.5"),
        ("10", "10"),
        ("0", "0"),
        ("-1e-13", "0"),
        ("-1/4", "-0.25"),
    ],
)
def test_decimal_text_has_twelve_places_at_most_and_no_padding(value: str, expected: str) -> None:
    assert decimal_text(Fraction(value)) == expected


def test_exact_text_is_a_whole_number_or_a_fraction() -> None:
    assert exact_text(Fraction(100, 3)) == "100/3"
    assert exact_text(Fraction(4, 2)) == "2"


@pytest.mark.parametrize(
    ("value", "currency", "expected"),
    [
        ("1234567.5", "GBP", "£1,234,567.50"),
        ("0.005", "GBP", "£0.005"),
        ("-3", "EUR", "\u2212€3.00"),
        ("7", "USD", "$7.00"),
        ("7", "NOK", "NOK 7.00"),
        ("1/3", "GBP", "£0.33"),
    ],
)
def test_amounts_for_people(value: str, currency: str, expected: str) -> None:
    assert money(Fraction(value), currency) == expected


def test_places_grow_until_a_difference_shows() -> None:
    assert places_between(Fraction("1.2341"), Fraction("1.2342")) == 4
    assert places_between(Fraction("1.2"), Fraction("1.3")) == 2
    assert places_between(Fraction(1), Fraction(1)) == 2
