"""The Real Living Wage: rates by year, pay by role, what is met and what closing the gap costs.

For information unless the published method makes more of it; ranking never imports this.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class WagePlace(StrEnum):
    """Which of the two rates applies."""

    UK = "UK"
    LONDON = "London"


class PayBasis(StrEnum):
    """What an amount of pay is for."""

    HOUR = "hour"
    YEAR = "year"


class Employer(StrEnum):
    """Who employs the people of a role."""

    DIRECT = "direct"
    THIRD_PARTY = "third party"


@dataclass(frozen=True, slots=True)
class RateYear:
    """The rates of one year.

    Attributes:
        year: as the Foundation names it (``2025-26``).
        announced: when; None where the file does not hold it.
        deadline: the last day by which accredited employers pay it; None where not held.
        uk: pounds an hour; None where not held.
        london: likewise.
        min_age: from which age it applies.
        rates_verified: whether the rates were seen in a source.
        dates_verified: whether the dates were.
        source: where from, to be shown.
    """

    year: str
    announced: date | None
    deadline: date | None
    uk: Fraction | None
    london: Fraction | None
    min_age: int
    rates_verified: bool
    dates_verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """A dated file of rates.

    Attributes:
        version: of the file, as it is printed in the record.
        years: oldest first.
        minimum: the National Living Wage, day it came into force and pounds an hour, oldest
            first.
    """

    version: str
    years: tuple[RateYear, ...]
    minimum: tuple[tuple[date, Fraction], ...]


@dataclass(frozen=True, slots=True)
class PayRow:
    """One role of one bid.

    Attributes:
        amount: pounds, per ``basis``.
        hours: a week; needed for yearly pay.
        heads: people in the role, a whole number above 0.
        under_18: outside the rate.
        apprentice: outside the rate.
    """

    role: str
    employer: Employer
    place: WagePlace
    basis: PayBasis
    amount: Fraction
    hours: Fraction | None
    heads: int
    under_18: bool = False
    apprentice: bool = False


class WageUse(StrEnum):
    """What the tender makes of the check; the lead chooses before publishing."""

    REQUIREMENT = "requirement of the contract"
    DISQUALIFYING = "criterion whose failure disqualifies"
    SCORED = "scored question"
    INFORMATION = "information"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class WageSetting:
    """How this tender uses the check.

    Attributes:
        use: information until the lead chooses.
        chosen: whether the lead has chosen at all.
        criterion: reference of the criterion it belongs to; empty where there is none.
        check_on: the day whose rate counts; None is the tender deadline.
        reason: why it is off, or the authority's reason for asking (councils).
        relevance: how it relates to the contract; councils record it.
        proportionality: likewise.
    """

    use: WageUse = WageUse.INFORMATION
    chosen: bool = False
    criterion: str = ""
    check_on: date | None = None
    reason: str = ""
    relevance: str = ""
    proportionality: str = ""
