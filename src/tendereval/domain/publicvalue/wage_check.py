"""Check pay against the Real Living Wage; exact, for information, decides nothing.

Source: the rules in ``resources/public_value/living_wage_rates.json``, each with its own
source; an annual wage is compared as rate x weekly hours x 52, the Foundation publishing no
annual figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import money, rounded_text
from tendereval.domain.publicvalue.living_wage import Employer, PayBasis, PayRow, Rates
from tendereval.domain.publicvalue.wage_rates import (
    LIKELY_PENCE,
    LIKELY_SLIP,
    Rate,
    due,
    minimum_wage,
    required,
)

WEEKS: Final = 52
MOST_HOURS: Final = 80
"""More hours a week than this are a slip of the pen."""

_SHORT_WEEK: Final = 14
"""Hours a week under which third-party staff may work less than two hours on a day."""


class PayState(StrEnum):
    """How one role stands on one day."""

    MEETS_NEW = "meets the newest rate"
    MEETS_OLD = "meets the rate in force"
    BELOW = "below the rate"
    EXEMPT = "outside the rate"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What the check says of one role.

    Attributes:
        required: the rate that must be paid on the day; ``due`` the newest one announced.
        hourly: pay an hour, exact; None for yearly pay without hours.
        until: where pay meets only the rate in force, the day from which the newest one counts
            instead; None where that is not known.
        gap: what closing the gap costs a year, exact, for everybody in the role; None where
            hours or rate are not known.
    """

    row: PayRow
    state: PayState
    required: Rate
    due: Rate
    hourly: Fraction | None
    until: date | None
    gap: Fraction | None

    @property
    def is_met(self) -> bool:
        """Whether what is required on the day is paid."""
        return self.state in {PayState.MEETS_NEW, PayState.MEETS_OLD}

    @property
    def words(self) -> str:
        """How the role stands, in a few words, with what stays unknown."""
        match self.state:
            case PayState.MEETS_OLD if self.until is not None:
                return f"meets the rate in force; the newest counts from {_day(self.until)}"
            case PayState.MEETS_OLD if self.due.pounds is not None:
                return "meets the rate in force; from when the newest counts is not known"
            case PayState.MEETS_OLD:
                return "meets the rate in force; the newest is not known"
            case PayState.UNKNOWN if self.hourly is None:
                return "unknown: yearly pay without hours"
            case PayState.UNKNOWN:
                return f"unknown: {self.required.year}"
            case PayState.EXEMPT:
                who = "apprentice" if self.row.apprentice else "under 18"
                return f"outside the rate: {who}"
            case state:
                return str(state)


@dataclass(frozen=True, slots=True)
class PayFinding:
    """What the check says of one bid.

    Attributes:
        on: the day whose rates count.
        version: of the file of rates.
        rows: in the order of the schedule.
        coverage: hours of people at or above the rate over hours of all people covered,
            exact, 0 to 1; None where it cannot be told.
        cost: what closing every gap costs a year, exact; None where it cannot be told.
        warnings: what the reader must know beside it, one sentence each.
        badge: why an accreditation alone is no proof for this contract; empty where the
            bidder holds none.
    """

    on: date
    version: str
    rows: tuple[RowFinding, ...]
    coverage: Fraction | None
    cost: Fraction | None
    warnings: tuple[str, ...]
    badge: str = ""

    @property
    def failing(self) -> tuple[RowFinding, ...]:
        """The roles paid below the rate."""
        return tuple(row for row in self.rows if row.state is PayState.BELOW)

    @property
    def sentence(self) -> str:
        """The finding in one sentence."""
        if not self.rows:
            return "No pay schedule was given: whether the real Living Wage is paid is unknown."
        covered = [row for row in self.rows if row.state is not PayState.EXEMPT]
        if not covered:
            return "Nobody in the schedule is covered by the real Living Wage."
        unknown = sum(row.state is PayState.UNKNOWN for row in covered)
        if self.failing:
            more = f"; {_cannot(unknown, len(covered))} be judged" if unknown else ""
            below = _of(len(self.failing), len(covered))
            return f"{below} paid below the real Living Wage{more}; {self._cost_in_words}."
        if unknown:
            return f"{_cannot(unknown, len(covered))} be judged; no other is below."
        old = [row for row in covered if row.state is PayState.MEETS_OLD]
        if any(row.due.pounds is None for row in old):
            return "Every role meets the rate in force; the newest rate is not known."
        if old:
            return f"Every role meets the rate in force; {len(old)} not yet the newest."
        return "Every role is paid the real Living Wage."

    @property
    def _cost_in_words(self) -> str:
        if self.cost is None:
            return "what closing the gap costs cannot be told"
        return f"closing the gap costs {money(self.cost)} a year"

    @property
    def coverage_in_words(self) -> str:
        """The coverage as a percentage, or that it cannot be told."""
        if self.coverage is None:
            return "cannot be told"
        return f"{percent(self.coverage)} of hours at or above the rate"


def percent(share: Fraction) -> str:
    """Write a share of 0 to 1 with one decimal; never 100% or 0% for what is not quite that."""
    tenths = share * 1000
    whole = int(tenths + Fraction(1, 2))
    if share not in {0, 1}:
        whole = min(max(whole, 1), 999)
    return f"{rounded_text(Fraction(whole, 10), 1).removesuffix('.0')}%"


def _of(number: int, every: int) -> str:
    roles = "role" if every == 1 else "roles"
    return f"{number} of {every} {roles} {'is' if number == 1 else 'are'}"


def _cannot(number: int, every: int) -> str:
    return f"{number} of {every} {'role' if every == 1 else 'roles'} cannot"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def hourly(row: PayRow) -> Fraction | None:
    """Return a role's pay an hour, exact; None for yearly pay without hours."""
    if row.basis is PayBasis.HOUR:
        return row.amount
    return row.amount / (row.hours * WEEKS) if row.hours else None


def check_row(row: PayRow, rates: Rates, on: date) -> RowFinding:
    """Check one role on one day."""
    must, newest, pay = required(rates, row.place, on), due(rates, row.place, on), hourly(row)
    state = _state(row, pay, must.pounds, newest.pounds)
    until = _deadline(rates, newest.year) if state is PayState.MEETS_OLD else None
    return RowFinding(row, state, must, newest, pay, until, _gap(row, state, pay, must.pounds))


def _state(
    row: PayRow, pay: Fraction | None, must: Fraction | None, newest: Fraction | None
) -> PayState:
    if row.under_18 or row.apprentice:
        return PayState.EXEMPT
    if pay is None:
        return PayState.UNKNOWN
    if newest is not None and pay >= newest and (must is None or pay >= must):
        return PayState.MEETS_NEW
    if must is None:
        return PayState.UNKNOWN
    return PayState.MEETS_OLD if pay >= must else PayState.BELOW


def _deadline(rates: Rates, year: str) -> date | None:
    return next((item.deadline for item in rates.years if item.year == year), None)


def _gap(
    row: PayRow, state: PayState, pay: Fraction | None, must: Fraction | None
) -> Fraction | None:
    if state is PayState.EXEMPT or (state is not PayState.UNKNOWN and state is not PayState.BELOW):
        return Fraction(0)
    if pay is None or must is None or row.hours is None:
        return None
    return max(Fraction(0), must - pay) * row.hours * WEEKS * row.heads


def check(
    rows: Sequence[PayRow],
    rates: Rates,
    on: date,
    *,
    accredited: bool = False,
    contract_end: date | None = None,
) -> PayFinding:
    """Check a bid's pay schedule on one day.

    Args:
        rows: the schedule; empty where none was given.
        rates: the file of rates in force.
        on: the day.
        accredited: whether the bidder holds a current Living Wage accreditation.
        contract_end: the last day of the contract, for what one day cannot tell.
    """
    found = tuple(check_row(row, rates, on) for row in rows)
    gaps = [row.gap for row in found]
    known = [gap for gap in gaps if gap is not None]
    cost = sum(known, Fraction(0)) if known and len(known) == len(gaps) else None
    badge = _badge(found) if accredited else ""
    warnings = dict.fromkeys(_warnings(found, rates, on, contract_end))
    return PayFinding(on, rates.version, found, _coverage(found), cost, tuple(warnings), badge)


def _coverage(found: Iterable[RowFinding]) -> Fraction | None:
    covered = [row for row in found if row.state is not PayState.EXEMPT]
    if not covered or any(
        row.row.hours is None or row.state is PayState.UNKNOWN for row in covered
    ):
        return None
    total = sum((_person_hours(row.row) for row in covered), Fraction(0))
    met = sum((_person_hours(row.row) for row in covered if row.is_met), Fraction(0))
    return met / total if total else None


def _person_hours(row: PayRow) -> Fraction:
    return (row.hours or Fraction(0)) * row.heads


def _warnings(
    found: Sequence[RowFinding], rates: Rates, on: date, contract_end: date | None
) -> Iterable[str]:
    covered = [row for row in found if row.state is not PayState.EXEMPT]
    for row in covered:
        if row.required.pounds is None:
            yield f"The rate that counts on this day is not known: {row.required.year}."
        if row.due.pounds is None:
            why = row.due.year
            yield f"The newest rate on this day is not known: {why}. Enter it or import newer data."
    yield from _data_warnings(covered, rates, on)
    yield from _coverage_warnings(covered)
    if covered and contract_end is not None and contract_end >= _next_first_of_may(on):
        yield (
            f"The contract runs to {_day(contract_end)} and rates rise every year: the schedule "
            "speaks for one day only."
        )


def _data_warnings(covered: Sequence[RowFinding], rates: Rates, on: date) -> Iterable[str]:
    minimum = minimum_wage(rates, on)
    for row in covered:
        must = row.required.pounds
        if minimum is not None and must is not None and minimum > must:
            yield (
                f"The National Living Wage of the day ({money(minimum)}) is above the rate used "
                f"here ({money(must)}): the data look wrong."
            )
    used = {year for row in covered for year in (row.required.year, row.due.year)}
    for year in rates.years:
        if year.year in used and not year.rates_verified:
            yield f"The rates of {year.year} were not seen in a source: check them."
        if year.year in used and not year.dates_verified:
            yield f"A date of the rates of {year.year} was not seen in a source: check it."


def _coverage_warnings(covered: Sequence[RowFinding]) -> Iterable[str]:
    if any(row.row.hours is None for row in covered):
        untold = "coverage and cost" if any(row.gap is None for row in covered) else "coverage"
        yield f"A role has no hours a week: {untold} cannot be told."
    short = [
        row.row.role
        for row in covered
        if row.row.employer is Employer.THIRD_PARTY
        and row.row.hours is not None
        and row.row.hours < _SHORT_WEEK
    ]
    if short:
        yield (
            f"{', '.join(short)}: third-party staff are covered from two hours for eight weeks "
            "running. Whether that is two hours on a day or in a week was not seen in a source of "
            "today: ask."
        )


def _next_first_of_may(on: date) -> date:
    may = date(on.year, 5, 1)
    return may if on < may else date(on.year + 1, 5, 1)


def _badge(found: Sequence[RowFinding]) -> str:
    if any(row.state is PayState.BELOW for row in found):
        return (
            "The bidder is an accredited Living Wage employer and a role is below the rate: "
            "accreditation covers the employer and may be phased in for contracted staff, so "
            "that a badge alone proves nothing about this contract."
        )
    if not found:
        return (
            "The bidder is an accredited Living Wage employer; without a pay schedule that says "
            "nothing certain about this contract."
        )
    return (
        "The bidder is an accredited Living Wage employer; accreditation covers the employer and "
        "may be phased in for contracted staff, so that for this contract the pay schedule counts."
    )


def is_unlikely(row: PayRow) -> bool:
    """Whether pay is so high or so low an hour that it was typed in pence or on a wrong basis."""
    pay = hourly(row) if row.hours is None or row.hours > 0 else None
    return pay is not None and pay > 0 and not LIKELY_SLIP <= pay < LIKELY_PENCE


def row_problems(row: PayRow) -> tuple[str, ...]:
    """Return what cannot be right in one role, in words; empty where nothing is wrong."""
    found = []
    if not row.role.strip():
        found.append("The role has no name.")
    if row.amount <= 0:
        found.append("Pay is above zero.")
    if is_unlikely(row):
        written = f"{money(row.amount)} {'a year' if row.basis is PayBasis.YEAR else 'an hour'}"
        found.append(f"{written} looks like pence or the wrong basis: write pounds.")
    if row.basis is PayBasis.YEAR and row.hours is None:
        found.append("Yearly pay needs the hours a week.")
    if row.hours is not None and not 0 < row.hours <= MOST_HOURS:
        found.append(f"Hours a week are above 0 and at most {MOST_HOURS}.")
    if row.heads < 1:
        found.append("A role has at least one person.")
    return tuple(found)


def schedule_problems(rows: Sequence[PayRow]) -> tuple[str, ...]:
    """Return what cannot be right in a schedule, each role's problems with its name."""
    found = [f"{row.role or 'A role'}: {problem}" for row in rows for problem in row_problems(row)]
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        if role_key(row) in seen:
            found.append(f"{row.role}: The role is there twice.")
        seen.add(role_key(row))
    return tuple(found)


def role_key(row: PayRow) -> tuple[object, ...]:
    """Return what tells one role from another; the same key twice is the same role twice."""
    name = " ".join(row.role.split()).casefold()
    return (name, row.employer, row.place, row.under_18, row.apprentice)
