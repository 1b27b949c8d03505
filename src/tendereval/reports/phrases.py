"""Dates, figures and lists as documents write them; holds no sentence and no layout."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final, TypeVar

from tendereval.domain.exact import (
    MAX_PLACES,
    decimal_text,
    finite_places,
    round_half_up,
    rounded_text,
)
from tendereval.domain.ranked import CriterionMark
from tendereval.domain.tender import AwardCriterion, Method, QualityMarks
from tendereval.domain.wording import listed
from tendereval.reports import wording_results as words

_T = TypeVar("_T")

HARD: Final = "\u00a0"
"""A space at which no line ends."""
LEAST_PLACES: Final = 2
UNENDING_PLACES: Final = 4
MOST_PLACES: Final = 6
_NUMBERS: Final = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def day(when: date) -> str:
    """Write a date.

    >>> day(date(2026, 11, 3))
    '3 November 2026'
    """
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def days(found: Sequence[date]) -> str:
    """Write the days on which something was done, in order; more than two as a span.

    >>> days([date(2026, 10, 6), date(2026, 10, 7)]), days([date(2026, 9, 30), date(2026, 10, 7)])
    ('6 and 7 October 2026', '30 September 2026 and 7 October 2026')
    """
    first, last = found[0], found[-1]
    if first == last:
        return day(first)
    joint = "and" if len(found) == 2 else "to"  # noqa: PLR2004 - two days are named both
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if same_month else day(first)} {joint} {day(last)}"


def moment(when: datetime) -> str:
    """Write a date and a time of day (``3 November 2026, 09:05``)."""
    return f"{day(when)}, {when:%H:%M}"


def number_word(count: int) -> str:
    """Write a small number as a word (``three``), a greater one in figures."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """Write a number of things (``three evaluators``).

    Args:
        count: how many.
        one: the word for one thing.
        many: the word for several; by default with an ``s``.
    """
    return f"{number_word(count)}{HARD}{one if count == 1 else many or f'{one}s'}"


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """End a text as a sentence, unless it ends like one; nothing stays nothing."""
    plain = text.strip()
    return plain if not plain or plain[-1] in ".!?…”\"')" else f"{plain}."


def sentences(*parts: str) -> str:
    """Join sentences, leaving out empty ones."""
    return " ".join(part for part in parts if part.strip())


def names(items: Iterable[str]) -> str:
    """Join names as people do (``A, B and C``)."""
    return listed(list(items))


def plain_number(value: Fraction) -> str:
    """Write a weight or a score without needless zeros."""
    return decimal_text(value)


def marks(text: str) -> str:
    """Add the unit to a figure, on the same line."""
    return f"{text}{HARD}marks"


def places_of(values: Iterable[Fraction]) -> int:
    """Return how many decimals figures of one row are shown with.

    Two at least; as many as they have, up to six; four at least where one does not end.
    """
    needed = [finite_places(value) for value in values]
    ending = [places for places in needed if places is not None and places <= MOST_PLACES]
    floor = LEAST_PLACES if len(ending) == len(needed) else UNENDING_PLACES
    return max([floor, *ending])


def figure(value: Fraction) -> str:
    """Write one mark as a row of its own would show it."""
    return rounded_text(value, places_of([value]))


def unrounded_text(value: Fraction, rounded_to: int | None) -> str:
    """Write an unrounded mark with places enough to reach the published rounding from it."""
    places = places_of([value])
    if rounded_to is None:
        return rounded_text(value, places)
    wanted = round_half_up(value, rounded_to)
    places = max(places, rounded_to, UNENDING_PLACES)
    while places < MAX_PLACES and round_half_up(round_half_up(value, places), rounded_to) != wanted:
        places += 1
    return rounded_text(value, places)


def rounded(value: Fraction, places: int) -> Fraction:
    """Round as published methods do, half up."""
    return round_half_up(value, places)


def worked_marks(method: Method, row: AwardCriterion, mark: CriterionMark) -> str:
    """Write how an agreed score became marks, as it can be typed into a calculator.

    Returns:
        Such as ``4 ÷ 5 × 12 = 9.60 marks``, with hard spaces; the marks alone where they hang on
        other tenders.
    """
    shown = marks(figure(mark.mark))
    weight = plain_number(mark.available)
    scale = method.scale_of(row)
    if mark.points is None or method.quality_marks is QualityMarks.RELATIVE_TO_BEST:
        return f"{shown} of {weight}"
    band = scale.band(mark.points)
    if band is not None and band.percent is not None:
        worked = f"{plain_number(band.percent)}% of {weight} = {shown}"
    else:
        worked = f"{plain_number(mark.points)} ÷ {plain_number(scale.maximum)} × {weight} = {shown}"
    return worked.replace(" ", HARD)


def in_places(places: int) -> str:
    """Write how far a figure is rounded (``two decimal places``)."""
    return words.PLACES.get(places) or words.PLACES_MANY.format(places=places)


def whole_years(start: date, end: date) -> int:
    """Return the length of a term in years; 0 if it is not a number of whole years."""
    after = end + timedelta(days=1) if end < date.max else end
    same_day = (after.month, after.day) == (start.month, start.day)
    return max(after.year - start.year, 0) if same_day else 0


def parted(items: Sequence[_T], most: int) -> list[Sequence[_T]]:
    """Part a row of things into groups of nearly one size, none above ``most``."""
    count = -(-len(items) // most) if items else 0
    edges = [-(-len(items) * at // count) for at in range(count + 1)] if count else []
    return [items[edges[at] : edges[at + 1]] for at in range(count)]
