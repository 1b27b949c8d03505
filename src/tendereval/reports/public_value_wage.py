"""The part of the public value report about the Real Living Wage: finding, working, rates.

Checks nothing itself: every finding and its words come from the check.
"""

from collections.abc import Iterator
from fractions import Fraction

from tendereval.domain.exact import decimal_text, finite_places, money, places_between, rounded_text
from tendereval.domain.publicvalue.living_wage import PayBasis, Rates, RateYear
from tendereval.domain.publicvalue.wage_check import PayFinding, RowFinding
from tendereval.domain.publicvalue.wage_rates import minimum_wage
from tendereval.domain.publicvalue.wage_use import use_in_words
from tendereval.domain.report_model import PublicValue
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_public_value as p
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.outline import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Paragraph,
    Row,
    Run,
    Table,
)

_PLACES = 4
"""Decimals at which pay an hour that does not end is cut off, where no more are needed."""


def wage_section(g: Gathered, part: Part, found: PublicValue) -> Iterator[Block]:
    """Yield what the tender makes of pay, the rates that count, and each bid's finding."""
    yield Paragraph(use_in_words(found.wage))
    yield from why_asked(found)
    if found.no_pay_finding or found.checked_on is None:
        if found.no_pay_finding != use_in_words(found.wage):
            yield Paragraph(found.no_pay_finding)
        return
    day = phrases.day(found.checked_on)
    yield Paragraph(p.WAGE_DAY.format(day=day, version=found.rates.version))
    yield Paragraph(p.WAGE_WORKING)
    yield from _rates(found)
    for index, item in enumerate(g.looked_at(found), 1):
        yield part.below(index).heading(g.bidder(item.bidder))
        if item.pay is not None:
            yield from _finding(item.pay)


def why_asked(found: PublicValue) -> Iterator[Block]:
    """Yield the authority's reason for asking about pay, where it recorded one."""
    told = (
        (p.REASON, found.wage.reason),
        (p.RELEVANCE, found.wage.relevance),
        (p.PROPORTIONALITY, found.wage.proportionality),
    )
    pairs = tuple((label, text) for label, text in told if text.strip())
    if pairs and found.checked_on is not None and not found.no_pay_finding:
        yield Facts(pairs)


def used_years(found: PublicValue) -> tuple[RateYear, ...]:
    """Return the years whose rates a finding rests on, and those that are not held."""
    pays = [item.pay for item in found.bids if item.pay is not None]
    used = {rate.year for pay in pays for row in pay.rows for rate in (row.required, row.due)}
    return tuple(year for year in found.rates.years if year.year in used or year.uk is None)


def _rates(found: PublicValue) -> Iterator[Block]:
    years = used_years(found)
    if years:
        columns = (
            Column(p.YEAR, width=1.1),
            Column(p.UK, "right", width=1),
            Column(p.LONDON, "right", width=1),
            Column(p.ANNOUNCED, "right", width=1.9),
            Column(p.DEADLINE, "right", width=1.8),
            Column(p.SEEN, width=1.6),
        )
        yield Table(columns, tuple(_year(year) for year in years), caption=p.RATES)
    yield Paragraph(_minimum(found.rates, found))
    if years:
        yield Bullets(
            tuple(p.RATE_SOURCE.format(year=year.year, source=year.source) for year in years)
        )


def _year(year: RateYear) -> Row:
    amounts = (p.NOT_HELD if rate is None else money(rate) for rate in (year.uk, year.london))
    days = (
        p.NOT_HELD if day is None else phrases.day(day) for day in (year.announced, year.deadline)
    )
    seen = {
        (True, True): p.SEEN_BOTH,
        (True, False): p.SEEN_RATES,
        (False, True): p.SEEN_DATES,
        (False, False): p.SEEN_NOT,
    }[year.rates_verified, year.dates_verified]
    return Row((year.year, *amounts, *days, seen))


def _minimum(rates: Rates, found: PublicValue) -> str:
    least = None if found.checked_on is None else minimum_wage(rates, found.checked_on)
    return p.MINIMUM_UNKNOWN if least is None else p.MINIMUM.format(amount=money(least))


def _finding(pay: PayFinding) -> Iterator[Block]:
    yield Paragraph((Run(pay.sentence, bold=True),))
    if pay.badge:
        yield Paragraph(pay.badge)
    if pay.rows:
        yield _table(pay)
    if pay.warnings:
        yield Bullets(pay.warnings)


def _table(pay: PayFinding) -> Table:
    columns = (
        Column(p.ROLE, width=2),
        Column(p.EMPLOYED, width=1.4),
        Column(p.PAY, "right", width=1.5),
        Column(p.RATE, "right", width=1),
        Column(p.HOURS, "right", width=1.7),
        Column(p.STANDING, width=2),
        Column(p.GAP, "right", width=1.5),
    )
    cost = p.UNKNOWN if pay.cost is None else money(pay.cost)
    coverage = p.COVERAGE.format(words=pay.coverage_in_words)
    total = Row((Cell(p.TOGETHER, 2), Cell(coverage, 4), cost), "section")
    return Table(columns, (*(_row(item) for item in pay.rows), total))


def _row(item: RowFinding) -> Row:
    row = item.row
    hours = None if row.hours is None else f"{decimal_text(row.hours)} × {row.heads}"
    return Row(
        (
            row.role,
            p.EMPLOYED_AT.format(employer=row.employer, place=row.place),
            _pay(item),
            w.NONE if item.required.pounds is None else money(item.required.pounds),
            hours or p.HOURS_UNKNOWN.format(heads=row.heads),
            item.words,
            p.UNKNOWN if item.gap is None else money(item.gap) if item.gap else w.NONE,
        )
    )


def _pay(item: RowFinding) -> str:
    hourly = p.UNKNOWN if item.hourly is None else _pounds(item.hourly, item.required.pounds)
    if item.row.basis is PayBasis.HOUR:
        return hourly
    return f"{hourly}\n{p.A_YEAR.format(amount=money(item.row.amount))}"


def _pounds(pay: Fraction, rate: Fraction | None) -> str:
    """Write pay an hour with so many places that it never looks like the rate it misses."""
    ending = finite_places(pay)
    places = _PLACES if ending is None else max(2, ending)
    if rate is not None:
        places = places_between(pay, rate, places)
    text = rounded_text(pay, places)
    whole, _, rest = text.partition(".")
    return f"£{int(whole):,}.{rest}"
