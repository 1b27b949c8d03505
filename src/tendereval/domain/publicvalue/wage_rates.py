"""Which Real Living Wage counts on a day; what is not held is unknown, never guessed.

Source: the dated rates of ``resources/public_value/living_wage_rates.json``, or newer ones that
were imported.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import money
from tendereval.domain.publicvalue.living_wage import Rates, RateYear, WagePlace

LIKELY_PENCE: Final = 200
"""Pounds an hour from which an amount was probably typed in pence."""
LIKELY_SLIP: Final = 1
"""Pounds an hour under which an amount was probably typed on the wrong basis."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One year's rate for one place; ``pounds`` is None where it is not known.

    Attributes:
        year: whose rate it is; where it is not known, why in words.
    """

    pounds: Fraction | None
    year: str


def required(rates: Rates, place: WagePlace, on: date) -> Rate:
    """Return the rate that accredited employers must pay on a day.

    The newest year whose deadline has come; on the deadline day the new rate counts. Where the
    year after it is not held, nothing is known from 1 May of its second year.
    """
    return _newest(
        _counting(rates, place, lambda year: year.deadline),
        on,
        lambda first: date(first + 1, 5, 1),
        "no deadline that early is held",
    )


def due(rates: Rates, place: WagePlace, on: date) -> Rate:
    """Return the newest rate announced by a day, whether or not its deadline has come.

    Where the year after it is not held, nothing is known from 1 November of its first year.
    """
    return _newest(
        _counting(rates, place, lambda year: year.announced),
        on,
        lambda first: date(first, 11, 1),
        "no announcement that early is held",
    )


_Counting = Sequence[tuple[date, RateYear, Fraction]]
"""From which day each year's rate counts, where day and rate are held."""


def _counting(
    rates: Rates, place: WagePlace, counts_from: Callable[[RateYear], date | None]
) -> _Counting:
    every = [(counts_from(year), year, _pounds(year, place)) for year in rates.years]
    return [
        (day, year, pounds) for day, year, pounds in every if day is not None and pounds is not None
    ]


def _newest(counting: _Counting, on: date, expected: Callable[[int], date], too_early: str) -> Rate:
    """Return the newest rate that counts; unknown once a year that is not held would count."""
    come = [item for item in counting if item[0] <= on]
    if not come:
        return Rate(None, too_early)
    _, newest, pounds = max(come, key=lambda item: (item[0], item[1].year))
    after = _first(newest) + 1
    if on >= expected(after) and after not in {_first(year) for _, year, _ in counting}:
        return Rate(None, f"the rate of {_label(after)} is not held")
    return Rate(pounds, newest.year)


def _pounds(year: RateYear, place: WagePlace) -> Fraction | None:
    return year.london if place is WagePlace.LONDON else year.uk


def _first(year: RateYear) -> int:
    return int(year.year[:4])


def _label(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02}"


def minimum_wage(rates: Rates, on: date) -> Fraction | None:
    """Return the National Living Wage on a day; None where it is not held.

    It changes every 1 April: a rate says nothing about the April after its own.
    """
    began = [(day, pounds) for day, pounds in rates.minimum if day <= on]
    if not began:
        return None
    day, pounds = max(began)
    return pounds if on < date(day.year + 1, 4, 1) else None


def rates_problems(rates: Rates) -> tuple[str, ...]:
    """Return what cannot be right in a file of rates, in words."""
    found = []
    for year in rates.years:
        if year.announced and year.deadline and year.deadline <= year.announced:
            found.append(f"{year.year}: the deadline does not lie after the announcement.")
        for name, pounds in (("UK", year.uk), ("London", year.london)):
            if pounds is not None and not 0 < pounds < LIKELY_PENCE:
                found.append(f"{year.year}: {money(pounds)} cannot be the {name} rate an hour.")
    if len({year.year for year in rates.years}) < len(rates.years):
        found.append("A year is there twice.")
    return tuple(found)
