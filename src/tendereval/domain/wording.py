"""How sentences of the domain show lists, figures and orders; holds no rule of its own."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from tendereval.domain.exact import places_between, rounded_text

RankNames = tuple[int, tuple[str, ...]]
"""A rank and the names that share it."""


def listed(names: Sequence[str]) -> str:
    """Join names as people do.

    >>> listed(["A"]), listed(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def figures(values: Sequence[Fraction], places: int = 2) -> tuple[str, ...]:
    """Write numbers with as many places as it takes to see every difference between them.

    >>> figures([Fraction("1.5"), Fraction("1.5"), Fraction("1.4999")])
    ('1.5000', '1.5000', '1.4999')
    """
    for lower, higher in pairwise(sorted(values)):
        places = places_between(lower, higher, places)
    return tuple(rounded_text(value, places) for value in values)


def order_words(order: Sequence[RankNames]) -> str:
    """Write an order of names in one line.

    >>> order_words([(1, ("A",)), (2, ("B", "C"))])
    '1 A; 2= B, C'
    """
    return "; ".join(
        f"{rank}{'=' if names[1:] else ''} {', '.join(names)}" for rank, names in order
    )


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day_in_words(day: date) -> str:
    """Write a day with its weekday, whatever the language of the machine.

    >>> day_in_words(date(2026, 12, 7))
    'Monday 7 December 2026'
    """
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
