"""Exact numbers in and out of text; nothing here rounds unless a place count is given."""

import re
from fractions import Fraction

from tendereval.domain.errors import Bug

_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MAX_PLACES = 12


def from_text(text: str) -> Fraction:
    """Read the exact decimal text that files hold (``1250.50``, ``-3``).

    Raises:
        Bug: the text is not canonical decimal text; files hold nothing else.
    """
    if not _DECIMAL.fullmatch(text):
        raise Bug(f"not exact decimal text: {text!r}")
    return Fraction(text)


def to_text(value: Fraction) -> str:
    """Write a number that has a finite decimal expansion, exactly and without padding.

    Raises:
        Bug: the number has no finite expansion; only typed numbers are kept in files.
    """
    places = finite_places(value)
    if places is None:
        raise Bug(f"no finite decimal text: {value}")
    return rounded_text(value, places)


def finite_places(value: Fraction) -> int | None:
    """Return how many decimal places the number needs, or None when it never ends."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Round to ``places`` decimals; a midpoint goes away from zero.

    Source: published rounding rules of UK tenders (225.525 becomes 225.53). Marks are never
    negative under a supported rule; for a negative number the midpoint goes down.
    """
    scale = 10**places
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def rounded_text(value: Fraction, places: int) -> str:
    """Write a number with exactly ``places`` decimals, half up."""
    scaled = round_half_up(value, places) * 10**places
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def decimal_text(value: Fraction) -> str:
    """Write a number with twelve places at most, half up, without trailing zeros."""
    text = rounded_text(value, MAX_PLACES).rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def exact_text(value: Fraction) -> str:
    """Write the exact value: a whole number, or numerator and denominator (``100/3``)."""
    return str(value)


def money(value: Fraction, currency: str = "GBP") -> str:
    """Write an amount for people: ``£1,234,567.50``; more than two places stay visible."""
    places = max(2, finite_places(value) or 0)
    text = rounded_text(abs(value), places)
    whole, _, part = text.partition(".")
    sign = "−" if value < 0 else ""
    symbol = {"GBP": "£", "EUR": "€", "USD": "$"}.get(currency, f"{currency} ")
    return f"{sign}{symbol}{int(whole):,}.{part}"


def places_between(first: Fraction, second: Fraction, places: int = 2) -> int:
    """Return how many decimals it takes to see that two different numbers differ.

    Args:
        first: one number.
        second: the other; equal numbers need only ``places``.
        places: where to start.
    """
    while first != second and rounded_text(first, places) == rounded_text(second, places):
        places += 1
    return places


_BRITISH = re.compile(r"£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")


def typed_amount(text: str) -> Fraction | None:
    """Read an amount as people type it in British notation (``£1,250.50``).

    Returns:
        The exact amount, or None where the text could mean something else or nothing.
    """
    found = _BRITISH.fullmatch(text.strip())
    return Fraction(found[1].replace(",", "") + (found[2] or "")) if found else None
