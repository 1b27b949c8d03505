"""What selected words seem to give: offered with the words it was read from, never more."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.publicvalue.suggestions import DaySeen, suggest

START = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("words", "number", "unit"),
    [
        ("We will recruit 12 new apprentices by March 2028.", "12", "new apprentices"),
        ("Two apprentices.", "2", "apprentices"),
        ("twenty-five work placements per year", "25", "work placements per year"),
        ("a dozen schools", "12", "schools"),
        ("We spend £50,000 with local suppliers", "50000", "£"),
        ("£1.5m with VCSEs", "1500000", "£"),
        ("£2 thousand local spend every year", "2000", "£ local spend every year"),
        ("1,200 hours of volunteering", "1200", "hours"),
        ("40% of our staff", "40", "% of our staff"),
        ("12.5 per cent less waste", "25/2", "% less waste"),
        ("a cut of 12.5%", "25/2", "%"),
        ("2028 trees", "2028", "trees"),
    ],
)
def test_number_and_unit(words: str, number: str, unit: str) -> None:
    seen = suggest(words).numbers
    assert [(item.how_many, item.unit) for item in seen] == [(Fraction(number), unit)]
    assert all(item.words in words for item in seen)


@pytest.mark.parametrize(
    "words",
    [
        "ISO 9001 certified",
        "see section 3 and Q2",
        "By the year 2027",
        "We will do more.",
        "",
        "on 30 February 2028",
        "Between 09:30",
        "will meet later rates on 1 May each year",
    ],
)
def test_what_is_no_number_of_anything(words: str) -> None:
    assert suggest(words).numbers == ()


def test_every_number_is_offered_in_the_order_it_stands() -> None:
    seen = suggest("12 apprentices and 4 placements").numbers
    assert [int(item.how_many) for item in seen] == [12, 4]
    assert [item.unit for item in seen] == ["apprentices", "placements"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by 31 March 2028", "2028-03-31"),
        ("by the 1st of May, 2028", "2028-05-01"),
        ("by 3 Sept 2028", "2028-09-03"),
        ("by 31/12/2030", "2030-12-31"),
        ("by 4.5.2028", "2028-05-04"),
        ("by 2028-02-29", "2028-02-29"),
    ],
)
def test_a_day_that_is_named(words: str, day: str) -> None:
    (seen,) = suggest(words).days
    assert (seen.by_when.isoformat(), seen.note) == (day, "")
    assert seen.words in words


@pytest.mark.parametrize(
    ("words", "day", "span"),
    [
        ("by March 2028", "2028-03-31", "month"),
        ("by February 2028", "2028-02-29", "month"),
        ("by 2030", "2030-12-31", "year"),
        ("before the end of 2029", "2029-12-31", "year"),
    ],
)
def test_a_month_or_year_alone_is_read_as_its_last_day_and_says_so(
    words: str, day: str, span: str
) -> None:
    (seen,) = suggest(words).days
    assert seen.by_when.isoformat() == day
    assert seen.note == f"No day is named; read as the last day of that {span}."


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("within twelve months", "2028-05-31"),
        ("in the first 2 years", "2029-05-31"),
        ("within 10 days", "2027-06-10"),
        ("within two weeks", "2027-06-14"),
        ("by the end of year 2", "2029-05-31"),
        ("by the end of the third year", "2030-05-31"),
    ],
)
def test_a_time_is_counted_from_the_first_day_of_the_contract(words: str, day: str) -> None:
    (seen,) = suggest(words, START).days
    assert (seen.by_when.isoformat(), seen.note) == (
        day,
        "Counted from the first day of the contract.",
    )
    assert suggest(words).days == ()
    assert suggest(words).numbers == ()


def test_a_month_is_counted_to_a_day_that_there_is() -> None:
    (seen,) = suggest("within one month", date(2028, 1, 31)).days
    assert seen.by_when == date(2028, 2, 28)


@pytest.mark.parametrize(
    "words",
    ["from March 2027", "since 2027", "before March 2028", "30 February 2028", "by 31/31/2028"],
)
def test_words_that_give_no_day_to_be_ready_by(words: str) -> None:
    assert suggest(words, START).days == ()


def test_a_time_past_the_calendar_gives_no_day() -> None:
    assert suggest("within 999 years", date(9500, 1, 1)).days == ()


def test_days_come_in_the_order_they_stand_over_line_ends() -> None:
    seen = suggest("within 12 months, at\nthe latest by 1 May\n2028", START).days
    assert seen == (
        DaySeen(
            date(2028, 5, 31), "within 12 months", "Counted from the first day of the contract."
        ),
        DaySeen(date(2028, 5, 1), "1 May 2028"),
    )


@given(st.text(max_size=200), st.one_of(st.none(), st.dates()))
def test_any_words_at_all_can_be_looked_at(words: str, start: date | None) -> None:
    found = suggest(words, start)
    assert all(item.how_many >= 0 for item in found.numbers)
