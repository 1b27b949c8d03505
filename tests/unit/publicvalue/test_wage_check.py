"""The living wage check: section 3 and S1 of the public value facts, figure by figure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, TypedDict, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.publicvalue.living_wage import (
    Employer,
    PayBasis,
    PayRow,
    Rates,
    RateYear,
    WagePlace,
)
from tendereval.domain.publicvalue.wage_check import (
    PayState,
    check,
    check_row,
    hourly,
    percent,
    row_problems,
    schedule_problems,
)
from tendereval.domain.publicvalue.wage_rates import due, minimum_wage, rates_problems, required
from tendereval.exchange.public_value_data import bundled, rates

RATES: Final = rates()
UK, LONDON = WagePlace.UK, WagePlace.LONDON
SUMMER: Final = date(2026, 6, 1)


def a_role(  # noqa: PLR0913 - a role has that many sides
    amount: str,
    *,
    role: str = "Cleaner",
    basis: PayBasis = PayBasis.HOUR,
    hours: str | None = "37.5",
    heads: int = 1,
    place: WagePlace = UK,
    employer: Employer = Employer.DIRECT,
) -> PayRow:
    week = None if hours is None else Fraction(hours)
    return PayRow(role, employer, place, basis, Fraction(amount), week, heads)


def a_year(  # noqa: PLR0913 - a year has that many sides
    year: str,
    announced: date | None,
    deadline: date | None,
    uk: str | None = "13.45",
    london: str | None = "14.80",
    *,
    rates_verified: bool = True,
    dates_verified: bool = True,
) -> RateYear:
    return RateYear(
        year,
        announced,
        deadline,
        None if uk is None else Fraction(uk),
        None if london is None else Fraction(london),
        18,
        rates_verified,
        dates_verified,
        "a test",
    )


SECTION_3 = [
    ("2016-17", "8.45", "9.75", "7.20"),
    ("2017-18", "8.75", "10.20", "7.50"),
    ("2018-19", "9.00", "10.55", "7.83"),
    ("2019-20", "9.30", "10.75", "8.21"),
    ("2020-21", "9.50", "10.85", "8.72"),
    ("2021-22", "9.90", "11.05", "8.91"),
    ("2022-23", "10.90", "11.95", "9.50"),
    ("2023-24", "12.00", "13.15", "10.42"),
    ("2024-25", "12.60", "13.85", "11.44"),
    ("2025-26", "13.45", "14.80", "12.21"),
]


@pytest.mark.parametrize(("year", "uk", "london", "minimum"), SECTION_3)
def test_the_rates_of_section_3_are_those_of_the_file(
    year: str, uk: str, london: str, minimum: str
) -> None:
    held = next(item for item in RATES.years if item.year == year)
    assert (held.uk, held.london) == (Fraction(uk), Fraction(london))
    assert held.announced is not None
    assert minimum_wage(RATES, held.announced) == Fraction(minimum)


def test_the_year_that_was_not_found_is_empty() -> None:
    held = RATES.years[-1]
    assert (held.year, held.uk, held.london) == ("2026-27", None, None)
    assert not held.rates_verified


DEADLINES = [
    ("2021-05-09", "9.50", "10.85"),
    ("2022-05-15", "9.90", "11.05"),
    ("2023-05-14", "10.90", "11.95"),
    ("2024-05-01", "12.00", "13.15"),
    ("2025-05-01", "12.60", "13.85"),
    ("2026-05-01", "13.45", "14.80"),
]


@pytest.mark.parametrize(("day", "uk", "london"), DEADLINES)
def test_on_its_deadline_day_the_new_rate_counts_and_the_day_before_the_old_one(
    day: str, uk: str, london: str
) -> None:
    deadline = date.fromisoformat(day)
    assert required(RATES, UK, deadline).pounds == Fraction(uk)
    assert required(RATES, LONDON, deadline).pounds == Fraction(london)
    before = required(RATES, UK, deadline - timedelta(days=1)).pounds
    assert before is None or before < Fraction(uk)


def test_before_9_may_2021_what_must_be_paid_is_unknown() -> None:
    found = required(RATES, UK, date(2021, 5, 8))
    assert (found.pounds, found.year) == (None, "no deadline that early is held")
    assert due(RATES, UK, date(2021, 5, 8)).pounds == Fraction("9.50")


def test_before_the_first_announcement_nothing_is_known() -> None:
    found = due(RATES, UK, date(2016, 10, 30))
    assert (found.pounds, found.year) == (None, "no announcement that early is held")
    assert due(RATES, UK, date(2016, 10, 31)).pounds == Fraction("8.45")


def test_the_newest_rate_is_unknown_from_1_november_of_a_year_that_is_not_held() -> None:
    assert due(RATES, UK, date(2026, 10, 31)).pounds == Fraction("13.45")
    found = due(RATES, UK, date(2026, 11, 1))
    assert (found.pounds, found.year) == (None, "the rate of 2026-27 is not held")


def test_what_must_be_paid_is_unknown_from_1_may_after_a_year_that_is_not_held() -> None:
    assert required(RATES, LONDON, date(2027, 4, 30)).pounds == Fraction("14.80")
    found = required(RATES, LONDON, date(2027, 5, 1))
    assert (found.pounds, found.year) == (None, "the rate of 2026-27 is not held")


def test_a_hole_between_two_years_stays_unknown_until_the_later_one_counts() -> None:
    later = a_year("2027-28", date(2027, 10, 20), date(2028, 5, 1), "15.00", "16.50")
    holed = replace(RATES, years=(*RATES.years, later))
    assert required(holed, UK, date(2027, 6, 1)).pounds is None
    assert due(holed, UK, date(2027, 10, 19)).pounds is None
    assert due(holed, UK, date(2027, 10, 20)).pounds == 15
    assert required(holed, UK, date(2028, 4, 30)).pounds is None
    assert required(holed, UK, date(2028, 5, 1)).pounds == 15


def test_a_rate_for_one_place_says_nothing_about_the_other() -> None:
    years = (*RATES.years[:-1], a_year("2026-27", date(2026, 10, 21), date(2027, 5, 1), "14", None))
    half = replace(RATES, years=years)
    assert due(half, UK, date(2026, 11, 1)).pounds == 14
    assert due(half, LONDON, date(2026, 11, 1)).pounds is None


class Vector(TypedDict, total=False):
    rate: str
    rlw: float
    nlw: str
    weekly_hours: float
    annual: float
    yearly_gain: float


VECTORS: Final = cast(
    "Mapping[str, list[Vector]]", msgspec.json.decode(bundled("living_wage_rates"))
)["test_vectors"]


def told(number: float) -> str:
    return f"{number:.2f}"


def test_there_are_six_vectors() -> None:
    assert len(VECTORS) == 6


@pytest.mark.parametrize("vector", [one for one in VECTORS if "annual" in one])
def test_the_vectors_of_a_year_of_pay(vector: Vector) -> None:
    """Rate x weekly hours x 52, met to the penny and missed by one."""
    place = LONDON if vector["rate"] in {"13.85", "14.80"} else UK
    on = date(2025, 5, 1) if vector["rate"] in {"12.60", "13.85"} else SUMMER
    hours = told(vector["weekly_hours"])
    exact = a_role(told(vector["annual"]), basis=PayBasis.YEAR, hours=hours, place=place)
    assert hourly(exact) == Fraction(vector["rate"])
    assert check_row(exact, RATES, on).is_met
    short = replace(exact, amount=exact.amount - Fraction("0.01"))
    found = check_row(short, RATES, on)
    assert (found.state, found.gap) == (PayState.BELOW, Fraction("0.01"))


@pytest.mark.parametrize("vector", [one for one in VECTORS if "yearly_gain" in one])
def test_the_vectors_of_the_gap_of_a_year(vector: Vector) -> None:
    """2,418 and 5,050.50: from the National Living Wage to the real one, 37.5 hours a week."""
    place = UK if told(vector["rlw"]) == "13.45" else LONDON
    row = a_role(vector["nlw"], hours=told(vector["weekly_hours"]), place=place)
    found = check([row], RATES, SUMMER)
    assert found.cost == Fraction(told(vector["yearly_gain"]))


def test_the_checksums_of_section_3() -> None:
    assert Fraction("12.60") * Fraction("37.5") * 52 == 24_570
    uk, london = (Fraction(rate) - Fraction("12.21") for rate in ("13.45", "14.80"))
    assert [uk * 1950, london * 1950] == [Fraction(2_418), Fraction("5050.50")]


def test_the_last_day_of_april_and_the_first_of_may() -> None:
    row = a_role("13.00")
    eve, day = check_row(row, RATES, date(2026, 4, 30)), check_row(row, RATES, date(2026, 5, 1))
    assert (eve.state, eve.until) == (PayState.MEETS_OLD, date(2026, 5, 1))
    assert eve.words == "meets the rate in force; the newest counts from 1 May 2026"
    assert (day.state, day.until) == (PayState.BELOW, None)
    assert day.words == "below the rate"


def test_an_hourly_rate_of_13_449_is_not_rounded_up() -> None:
    assert check_row(a_role("13.449"), RATES, SUMMER).state is PayState.BELOW
    assert check_row(a_role("13.45"), RATES, SUMMER).state is PayState.MEETS_NEW


def test_pay_that_meets_a_rate_while_the_newest_is_unknown_is_not_called_newest() -> None:
    found = check([a_role("13.45")], RATES, date(2026, 11, 23))
    assert found.rows[0].state is PayState.MEETS_OLD
    assert found.rows[0].words == "meets the rate in force; the newest is not known"
    assert found.sentence == "Every role meets the rate in force; the newest rate is not known."
    assert found.warnings == (
        (
            "The newest rate on this day is not known: the rate of 2026-27 is not held. "
            "Enter it or import newer data."
        ),
    )


def test_a_newest_rate_without_its_day_leaves_the_day_unknown() -> None:
    years = (*RATES.years[:-1], a_year("2026-27", date(2026, 10, 21), None, "14.20", "15.60"))
    found = check([a_role("13.45")], replace(RATES, years=years), date(2026, 11, 23)).rows[0]
    assert found.words == "meets the rate in force; from when the newest counts is not known"


def test_people_outside_the_rate_count_in_nothing() -> None:
    young = replace(a_role("8.00", role="Trainee"), under_18=True)
    learning = replace(a_role("8.00", role="Apprentice"), apprentice=True)
    found = check([young, learning, a_role("14")], RATES, SUMMER)
    assert [row.words for row in found.rows[:2]] == [
        "outside the rate: under 18",
        "outside the rate: apprentice",
    ]
    assert (found.coverage, found.cost) == (Fraction(1), Fraction(0))
    assert found.sentence == "Every role is paid the real Living Wage."
    nobody = check([young], RATES, SUMMER)
    assert nobody.sentence == "Nobody in the schedule is covered by the real Living Wage."
    assert (nobody.coverage, nobody.cost) == (None, Fraction(0))


def test_coverage_counts_hours_of_people() -> None:
    """37.5 x 2 = 75 of 75 + 20 x 5 = 175 hours: 42.9 per cent."""
    rows = [a_role("14", heads=2), a_role("12.21", role="Porter", hours="20", heads=5)]
    found = check(rows, RATES, SUMMER)
    assert found.coverage == Fraction(75, 175)
    assert found.coverage_in_words == "42.9% of hours at or above the rate"
    assert found.cost == Fraction("1.24") * 20 * 52 * 5
    assert [row.row.role for row in found.failing] == ["Porter"]
    assert found.sentence == (
        "1 of 2 roles is paid below the real Living Wage; closing the gap costs £6,448.00 a year."
    )


def test_the_version_of_the_file_stands_in_the_finding() -> None:
    assert check([], RATES, SUMMER).version == "2026-11-23"


def test_no_schedule_is_unknown() -> None:
    found = check([], RATES, SUMMER)
    assert found.sentence == (
        "No pay schedule was given: whether the real Living Wage is paid is unknown."
    )
    assert (found.coverage, found.cost) == (None, None)
    assert found.coverage_in_words == "cannot be told"


def test_without_hours_coverage_and_cost_cannot_be_told() -> None:
    found = check([a_role("13", hours=None)], RATES, SUMMER)
    assert (found.coverage, found.cost) == (None, None)
    assert found.sentence == (
        "1 of 1 role is paid below the real Living Wage; what closing the gap costs cannot be told."
    )
    assert "A role has no hours a week: coverage and cost cannot be told." in found.warnings


def test_yearly_pay_without_hours_is_unknown() -> None:
    row = a_role("30000", basis=PayBasis.YEAR, hours=None)
    found = check([row, a_role("12")], RATES, SUMMER)
    assert found.rows[0].words == "unknown: yearly pay without hours"
    assert found.sentence == (
        "1 of 2 roles is paid below the real Living Wage; 1 of 2 roles cannot be judged; "
        "what closing the gap costs cannot be told."
    )


def test_a_day_outside_the_file_is_unknown_and_says_why() -> None:
    found = check([a_role("20"), a_role("9", role="Porter")], RATES, date(2027, 5, 1))
    assert {row.state for row in found.rows} == {PayState.UNKNOWN}
    assert found.rows[0].words == "unknown: the rate of 2026-27 is not held"
    assert found.sentence == "2 of 2 roles cannot be judged; no other is below."
    assert found.warnings[0] == (
        "The rate that counts on this day is not known: the rate of 2026-27 is not held."
    )
    assert (found.coverage, found.cost) == (None, None)


def test_only_some_roles_meet_the_newest_rate() -> None:
    found = check([a_role("13"), a_role("14", role="Porter")], RATES, date(2026, 4, 30))
    assert found.sentence == "Every role meets the rate in force; 1 not yet the newest."


def test_an_accredited_bidder_with_a_role_below_is_told_that_a_badge_is_no_proof() -> None:
    found = check([a_role("12.21")], RATES, SUMMER, accredited=True)
    assert found.badge == (
        "The bidder is an accredited Living Wage employer and a role is below the rate: "
        "accreditation covers the employer and may be phased in for contracted staff, so that a "
        "badge alone proves nothing about this contract."
    )
    assert found.failing


def test_a_badge_is_explained_without_a_schedule_and_with_a_good_one() -> None:
    bare = check([], RATES, SUMMER, accredited=True).badge
    assert bare.endswith("without a pay schedule that says nothing certain about this contract.")
    good = check([a_role("14")], RATES, SUMMER, accredited=True).badge
    assert good.endswith("so that for this contract the pay schedule counts.")
    assert check([a_role("14")], RATES, SUMMER).badge == ""


def test_accreditation_changes_nothing_that_was_found() -> None:
    plain = check([a_role("12.21")], RATES, SUMMER)
    badged = check([a_role("12.21")], RATES, SUMMER, accredited=True)
    assert replace(badged, badge="") == plain


def test_a_minimum_wage_above_the_rate_is_pointed_out() -> None:
    odd = replace(RATES, minimum=((date(2026, 4, 1), Fraction("13.50")),))
    found = check([a_role("14"), a_role("14", role="Porter")], odd, SUMMER)
    assert found.warnings == (
        (
            "The National Living Wage of the day (£13.50) is above the rate used here (£13.45): "
            "the data look wrong."
        ),
    )


def test_the_minimum_wage_says_nothing_about_the_april_after_its_own() -> None:
    assert minimum_wage(RATES, date(2026, 3, 31)) == Fraction("12.21")
    assert minimum_wage(RATES, date(2026, 4, 1)) == Fraction("12.71")
    assert minimum_wage(RATES, date(2027, 3, 31)) == Fraction("12.71")
    assert minimum_wage(RATES, date(2027, 4, 1)) is None
    assert minimum_wage(RATES, date(2016, 3, 31)) is None


def test_what_was_not_seen_in_a_source_says_so() -> None:
    found = check([a_role("12.60")], RATES, date(2025, 6, 1))
    assert found.warnings == ("A date of the rates of 2024-25 was not seen in a source: check it.",)
    unseen = Rates(
        "x", (a_year("2025-26", SUMMER, SUMMER + timedelta(1), rates_verified=False),), ()
    )
    warned = check([a_role("14")], unseen, SUMMER + timedelta(2)).warnings
    assert "The rates of 2025-26 were not seen in a source: check them." in warned


def test_third_party_staff_of_few_hours_may_be_outside() -> None:
    row = a_role("12", hours="4", employer=Employer.THIRD_PARTY, role="Guard")
    warned = check([row], RATES, SUMMER).warnings
    assert warned[0].startswith("Guard: third-party staff are covered from two hours for eight")
    assert not check([replace(row, employer=Employer.DIRECT)], RATES, SUMMER).warnings
    assert not check([replace(row, hours=Fraction(14))], RATES, SUMMER).warnings


@pytest.mark.parametrize(
    ("end", "warned"),
    [(None, False), (date(2027, 4, 30), False), (date(2027, 5, 1), True), (date(2030, 1, 1), True)],
)
def test_a_contract_that_outlasts_the_rate_is_pointed_out(
    end: date | None,
    warned: bool,  # noqa: FBT001 - a row of the table above
) -> None:
    found = check([a_role("14")], RATES, SUMMER, contract_end=end).warnings
    assert any("the schedule speaks for one day only" in text for text in found) == warned
    early = check([a_role("14")], RATES, date(2026, 4, 1), contract_end=date(2026, 5, 1))
    assert any("The contract runs to 1 May 2026" in text for text in early.warnings)


BAD_ROLES = [
    (a_role("-13"), "Pay is above zero."),
    (a_role("0"), "Pay is above zero."),
    (a_role("30000", basis=PayBasis.YEAR, hours=None), "Yearly pay needs the hours a week."),
    (a_role("14", hours="0"), "Hours a week are above 0 and at most 80."),
    (a_role("14", hours="80.5"), "Hours a week are above 0 and at most 80."),
    (a_role("14", heads=0), "A role has at least one person."),
    (a_role("14", role="  "), "The role has no name."),
    (a_role("1345"), "£1,345.00 an hour looks like pence or the wrong basis: write pounds."),
    (a_role("200"), "£200.00 an hour looks like pence or the wrong basis: write pounds."),
    (a_role("0.99"), "£0.99 an hour looks like pence or the wrong basis: write pounds."),
    (
        a_role("13.45", basis=PayBasis.YEAR, hours="37.5"),
        "£13.45 a year looks like pence or the wrong basis: write pounds.",
    ),
    (
        a_role("2622750", basis=PayBasis.YEAR),
        "£2,622,750.00 a year looks like pence or the wrong basis: write pounds.",
    ),
]


@pytest.mark.parametrize(("row", "message"), BAD_ROLES)
def test_what_cannot_be_right_in_a_role_is_said(row: PayRow, message: str) -> None:
    assert row_problems(row) == (message,)
    assert schedule_problems([row]) == (f"{row.role or 'A role'}: {message}",)


@pytest.mark.parametrize(
    "row",
    [a_role("199.99"), a_role("14", hours="80"), a_role("1"), a_role("14", hours=None)],
)
def test_what_may_be_right_is_let_through(row: PayRow) -> None:
    assert row_problems(row) == ()


def test_a_role_that_is_there_twice_is_named() -> None:
    rows = [a_role("14"), a_role("15", role=" cleaner ")]
    assert schedule_problems(rows) == (" cleaner : The role is there twice.",)


def test_one_role_at_two_places_or_ages_is_two() -> None:
    plain = a_role("14")
    others = [
        replace(plain, place=LONDON),
        replace(plain, employer=Employer.THIRD_PARTY),
        replace(plain, under_18=True),
        replace(plain, apprentice=True),
    ]
    assert schedule_problems([plain, *others]) == ()


BAD_YEARS = [
    (
        a_year("2026-27", date(2026, 10, 21), date(2026, 10, 20)),
        "2026-27: the deadline does not lie after the announcement.",
    ),
    (
        a_year("2026-27", date(2026, 10, 21), date(2026, 10, 21)),
        "2026-27: the deadline does not lie after the announcement.",
    ),
    (a_year("2026-27", None, None, "0"), "2026-27: £0.00 cannot be the UK rate an hour."),
    (
        a_year("2026-27", None, None, "14", "1560"),
        "2026-27: £1,560.00 cannot be the London rate an hour.",
    ),
]


@pytest.mark.parametrize(("year", "message"), BAD_YEARS)
def test_what_cannot_be_right_in_a_file_of_rates_is_said(year: RateYear, message: str) -> None:
    assert rates_problems(Rates("x", (year,), ())) == (message,)


def test_a_year_that_is_there_twice_is_refused_and_the_shipped_file_is_sound() -> None:
    twice = Rates("x", (RATES.years[0], RATES.years[0]), ())
    assert rates_problems(twice) == ("A year is there twice.",)
    assert rates_problems(RATES) == ()


@pytest.mark.parametrize(
    ("share", "words"),
    [("0", "0%"), ("1", "100%"), ("1/2", "50%"), ("2/3", "66.7%"), ("99999/100000", "99.9%")],
)
def test_a_share_that_is_not_quite_everything_is_never_shown_as_everything(
    share: str, words: str
) -> None:
    assert percent(Fraction(share)) == words
    assert percent(Fraction(1, 100_000)) == "0.1%"


pounds = st.fractions(Fraction(1), Fraction(60), max_denominator=100)
weeks = st.fractions(Fraction(1, 2), Fraction(80), max_denominator=4)
days = st.dates(date(2016, 1, 1), date(2028, 12, 31))


@st.composite
def roles(draw: st.DrawFn) -> PayRow:
    week = draw(weeks)
    by_year = draw(st.booleans())
    pay = draw(pounds)
    return PayRow(
        draw(st.sampled_from(["Cleaner", "Porter", "Guard"])),
        draw(st.sampled_from(Employer)),
        draw(st.sampled_from(WagePlace)),
        PayBasis.YEAR if by_year else PayBasis.HOUR,
        pay * week * 52 if by_year else pay,
        week,
        draw(st.integers(1, 50)),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@given(roles(), days)
def test_more_pay_never_makes_a_role_worse(row: PayRow, on: date) -> None:
    better = replace(row, amount=row.amount + Fraction("0.01"))
    if check_row(row, RATES, on).is_met:
        assert check_row(better, RATES, on).is_met
    gap, smaller = check_row(row, RATES, on).gap, check_row(better, RATES, on).gap
    assert gap is None or (smaller is not None and smaller <= gap)


@given(roles(), days)
def test_a_year_and_an_hour_of_the_same_pay_are_judged_alike(row: PayRow, on: date) -> None:
    pay = hourly(row)
    assert pay is not None
    same = replace(row, basis=PayBasis.HOUR, amount=pay)
    assert check_row(same, RATES, on).state is check_row(row, RATES, on).state


@given(st.lists(roles(), max_size=6), days)
def test_what_is_told_of_a_schedule_hangs_together(rows: list[PayRow], on: date) -> None:
    found = check(rows, RATES, on)
    states = {row.state for row in found.rows}
    assert len(found.rows) == len(rows)
    if found.coverage is not None:
        assert 0 <= found.coverage <= 1
        assert (found.coverage < 1) == bool(found.failing)
    if PayState.UNKNOWN in states:
        assert found.coverage is None
    if found.cost is not None:
        assert (found.cost > 0) == bool(found.failing)
    assert check(list(reversed(rows)), RATES, on).coverage == found.coverage


@given(days)
def test_what_must_be_paid_is_never_more_than_the_newest_rate(on: date) -> None:
    for place in WagePlace:
        must, newest = required(RATES, place, on).pounds, due(RATES, place, on).pounds
        assert must is None or newest is None or must <= newest
