"""Working days of the United Kingdom, by nation and by rule; from dated data, never guessed.

Beyond the last day of the data nothing is known, and every answer says so by None.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

_SATURDAY: Final = 5
_CHRISTMAS: Final = (12, 25)
_MAY: Final = 5
_WEEK: Final = 7


class Nation(StrEnum):
    """Where a bank holiday is kept."""

    ENGLAND_AND_WALES = "England and Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """The bank holidays of some years.

    Attributes:
        version: of the data, as it is printed.
        first: the first day that the data cover; ``last`` the last one.
        days: by nation.
        source: where from; ``verified`` whether it was seen there.
    """

    version: str
    first: date
    last: date
    days: dict[Nation, frozenset[date]]
    source: str
    verified: bool


class Rule(StrEnum):
    """Whose working days count."""

    ANY_NATION = "a bank holiday anywhere in the United Kingdom does not count"
    ENGLAND = "bank holidays in England do not count"
    SCOTLAND = "bank holidays in Scotland do not count"


_NATIONS: Final = {
    Rule.ANY_NATION: tuple(Nation),
    Rule.ENGLAND: (Nation.ENGLAND_AND_WALES,),
    Rule.SCOTLAND: (Nation.SCOTLAND,),
}


def easter(year: int) -> date:
    """Return Easter Sunday of a year in the Gregorian calendar.

    >>> easter(2026), easter(2028)
    (datetime.date(2026, 4, 5), datetime.date(2028, 4, 16))

    Source: the calculation published by an anonymous correspondent in Nature, 20 April 1876.
    """
    century, within = divmod(year, 100)
    leap, odd = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, left = divmod(within, 4)
    sunday = (32 + 2 * odd + 2 * quarter - moon - left) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _always_off(day: date) -> bool:
    """Christmas Day, Good Friday and the first Monday in May, which the rules name themselves."""
    if (day.month, day.day) == _CHRISTMAS:
        return True
    if day.month == _MAY and day.weekday() == 0 and day.day <= _WEEK:
        return True
    return day == easter(day.year) - timedelta(days=2)


def is_working(day: date, rule: Rule, holidays: BankHolidays) -> bool | None:
    """Whether a day is a working day; None where the data do not cover it.

    Source: Procurement Act 2023, s.123 (any nation); Health Care Services (Provider Selection
        Regime) Regulations 2023, r.12(12) (England); Public Contracts (Scotland) Regulations
        2015, r.2(4).
    """
    if day.weekday() >= _SATURDAY:
        return False
    if not holidays.first <= day <= holidays.last:
        return None
    if any(day in holidays.days.get(nation, frozenset()) for nation in _NATIONS[rule]):
        return False
    return not (rule is not Rule.ANY_NATION and _always_off(day))


def working_days_from(day: date, rule: Rule, holidays: BankHolidays) -> Iterator[date]:
    """Yield working days from a day on, that day included; ends where the data end."""
    while (known := is_working(day, rule, holidays)) is not None:
        if known:
            yield day
        day += timedelta(days=1)


def nth_working_day(day: date, number: int, rule: Rule, holidays: BankHolidays) -> date | None:
    """Return the n-th working day from a day on, that day included; None past the data."""
    for count, found in enumerate(working_days_from(day, rule, holidays), start=1):
        if count == number:
            return found
    return None


def skipped(
    first: date, last: date, rule: Rule, holidays: BankHolidays
) -> tuple[tuple[date, Collection[Nation]], ...]:
    """Return the weekdays between two days, both included, that do not count, and where kept."""
    found = []
    day = first
    while day <= last:
        if day.weekday() < _SATURDAY and not is_working(day, rule, holidays):
            where = tuple(nation for nation in _NATIONS[rule] if day in holidays.days[nation])
            found.append((day, where))
        day += timedelta(days=1)
    return tuple(found)
