"""Dates of standstill and retention: A17, A18, A19 and A30, and what is not known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.calendars import (
    Nation,
    Rule,
    easter,
    is_working,
    nth_working_day,
    skipped,
    working_days_from,
)
from tendereval.domain.retention import retention, three_years
from tendereval.domain.standstill import StandstillState, is_over, standstill
from tendereval.domain.tender import ContractKind, Procedure, Regime
from tendereval.exchange.calendars import bank_holidays

HELD = bank_holidays()
DAYS = st.dates(HELD.first, HELD.last)


def off(year: int) -> list[tuple[int, int]]:
    """Weekdays of a year on which nobody in the United Kingdom is said to work."""
    found = skipped(date(year, 1, 1), date(year, 12, 31), Rule.ANY_NATION, HELD)
    return [(day.month, day.day) for day, _ in found]


def test_a17_the_days_that_do_not_count_under_the_act() -> None:
    assert off(2026) == [
        *[(1, 1), (1, 2), (3, 17), (4, 3), (4, 6), (5, 4), (5, 25), (6, 15), (7, 13)],
        *[(8, 3), (8, 31), (11, 30), (12, 25), (12, 28)],
    ]
    assert off(2027) == [
        *[(1, 1), (1, 4), (3, 17), (3, 26), (3, 29), (5, 3), (5, 31), (7, 12)],
        *[(8, 2), (8, 30), (11, 30), (12, 27), (12, 28)],
    ]
    assert off(2028) == [
        *[(1, 3), (1, 4), (3, 17), (4, 14), (4, 17), (5, 1), (5, 29), (7, 12)],
        *[(8, 7), (8, 28), (11, 30), (12, 25), (12, 26)],
    ]


@pytest.mark.parametrize(
    ("notice", "last"),
    [
        (date(2026, 12, 7), date(2026, 12, 16)),
        (date(2026, 11, 25), date(2026, 12, 7)),
        (date(2026, 12, 21), date(2027, 1, 5)),
        (date(2026, 6, 8), date(2026, 6, 18)),
        (date(2026, 12, 5), date(2026, 12, 16)),
        (date(2027, 3, 10), date(2027, 3, 22)),
        (date(2027, 7, 5), date(2027, 7, 15)),
    ],
)
@pytest.mark.parametrize("regime", [Regime.PA2023, Regime.PA2023_WALES])
def test_a17_standstill_under_the_act(regime: Regime, notice: date, last: date) -> None:
    found = standstill(regime, ContractKind.ORDINARY, Procedure.OPEN, notice, HELD)
    assert (found.state, found.last) == (StandstillState.MANDATORY, last)


def test_a17_a_calendar_of_england_alone_would_be_wrong() -> None:
    english = nth_working_day(date(2026, 11, 25), 8, Rule.ENGLAND, HELD)
    assert english == date(2026, 12, 4)
    found = standstill(Regime.PA2023, None, None, date(2026, 11, 25), HELD)
    assert found.working[1] == "Monday 30 November 2026 does not count (Scotland)."


@pytest.mark.parametrize(
    ("notice", "last"),
    [
        (date(2026, 12, 7), date(2026, 12, 18)),
        (date(2026, 11, 18), date(2026, 12, 1)),
        (date(2026, 12, 21), date(2027, 1, 6)),
    ],
)
def test_a18_standstill_of_provider_selection(notice: date, last: date) -> None:
    found = standstill(Regime.PSR_2023, None, None, notice, HELD)
    assert (found.first, found.last) == (notice + timedelta(days=1), last)
    assert "if no representations" in found.sentence


@pytest.mark.parametrize(
    ("notice", "electronic", "otherwise"),
    [
        (date(2026, 12, 7), date(2026, 12, 17), date(2026, 12, 22)),
        (date(2026, 12, 10), date(2026, 12, 21), date(2026, 12, 29)),
        (date(2026, 12, 15), date(2026, 12, 29), date(2026, 12, 30)),
        (date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 7)),
        (date(2026, 12, 23), date(2027, 1, 5), date(2027, 1, 7)),
    ],
)
def test_a19_standstill_in_scotland(notice: date, electronic: date, otherwise: date) -> None:
    by_mail = standstill(Regime.SCOTLAND, None, None, notice, HELD, electronic=True)
    by_post = standstill(Regime.SCOTLAND, None, None, notice, HELD, electronic=False)
    assert (by_mail.last, by_post.last) == (electronic, otherwise)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 3, 1), date(2030, 2, 28)),
        (date(2028, 2, 29), date(2031, 2, 28)),
        (date(2025, 3, 1), date(2028, 2, 29)),
    ],
)
def test_a30_three_years_beginning_with_the_day(first: date, last: date) -> None:
    assert three_years(first) == last
    found = retention(Regime.PA2023, entered=first, awarded=date(2025, 1, 1))
    assert found.last == last
    assert not found.allows_erasing(last)
    assert found.allows_erasing(last + timedelta(days=1))


def test_a30_never_entered_into_counts_from_the_award() -> None:
    found = retention(Regime.PA2023, awarded=date(2027, 3, 1))
    assert found.last == date(2030, 2, 28)


def test_a30_a_notice_of_no_award_ends_the_duty_that_day() -> None:
    told = date(2027, 5, 4)
    found = retention(Regime.PA2023, awarded=date(2027, 3, 1), not_awarded=told)
    assert found.last == told


@pytest.mark.parametrize("regime", [Regime.PSR_2023, Regime.PCR2015, None])
def test_what_is_not_known_never_allows_erasing(regime: Regime | None) -> None:
    found = retention(regime, entered=date(2020, 1, 1))
    assert found.last is None
    assert not found.allows_erasing(date(2100, 1, 1))


def test_retention_without_any_date_is_not_known_yet() -> None:
    assert retention(Regime.PA2023).last is None
    assert retention(Regime.SCOTLAND, awarded=date(2026, 1, 2)).last == date(2029, 1, 1)


@pytest.mark.parametrize(
    ("regime", "kind"),
    [
        (Regime.PA2023, ContractKind.LIGHT_TOUCH),
        (Regime.PA2023, ContractKind.CALL_OFF),
        (Regime.BELOW_THRESHOLD, ContractKind.ORDINARY),
    ],
)
def test_where_none_is_mandatory(regime: Regime, kind: ContractKind) -> None:
    found = standstill(regime, kind, Procedure.OPEN, date(2026, 12, 7), HELD)
    assert found.state is StandstillState.VOLUNTARY
    assert "at least to Wednesday 16 December 2026" in found.sentence
    assert is_over(found, date(2026, 12, 7))


def test_a_framework_itself_has_a_standstill() -> None:
    found = standstill(Regime.PA2023, ContractKind.FRAMEWORK, None, date(2026, 12, 7), HELD)
    assert found.state is StandstillState.MANDATORY


def test_another_regime_is_not_guessed() -> None:
    found = standstill(Regime.PCR2015, None, None, date(2026, 12, 7), HELD)
    assert (found.state, found.last, is_over(found, date(2030, 1, 1))) == (
        *(StandstillState.UNKNOWN, None),
        None,
    )


@pytest.mark.parametrize("regime", [Regime.PA2023, Regime.PSR_2023, Regime.SCOTLAND])
def test_past_the_data_nothing_is_known(regime: Regime) -> None:
    found = standstill(regime, None, None, date(2028, 12, 27), HELD)
    assert found.state is StandstillState.UNKNOWN
    assert "Sunday 31 December 2028 only" in found.sentence


def test_a_direct_award_may_be_exempt() -> None:
    found = standstill(Regime.PA2023, None, Procedure.DIRECT, date(2026, 12, 7), HELD)
    assert "s.51(3)" in found.sentence
    assert is_over(found, date(2026, 12, 16)) is False
    assert is_over(found, date(2026, 12, 17)) is True


@given(DAYS, st.sampled_from(Rule), st.integers(1, 20))
def test_working_days_are_weekdays_in_order(day: date, rule: Rule, number: int) -> None:
    found = nth_working_day(day, number, rule, HELD)
    if found is None:
        return
    assert found >= day
    assert is_working(found, rule, HELD)
    later = nth_working_day(day, number + 1, rule, HELD)
    assert later is None or later > found


@given(DAYS)
def test_what_is_off_anywhere_is_off_for_the_act(day: date) -> None:
    if is_working(day, Rule.ANY_NATION, HELD):
        assert is_working(day, Rule.ENGLAND, HELD)
        assert is_working(day, Rule.SCOTLAND, HELD)


def test_working_days_end_where_the_data_end() -> None:
    assert list(working_days_from(HELD.last, Rule.ENGLAND, HELD)) == []
    assert set(HELD.days) == set(Nation)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)
