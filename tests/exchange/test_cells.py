"""One cell becomes one value, exactly, or is refused."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from tendereval.exchange.cells import choose, read_number, read_text, read_whole, read_yes_no
from tendereval.exchange.dates import LONDON, CellRefusedError, read_date, read_moment
from tendereval.exchange.grid import Cell, CellKind


def typed(text: str, code: str = "General") -> Cell:
    return Cell(CellKind.NUMBER, text, code)


def stored(text: str, code: str = "General") -> Cell:
    return Cell(CellKind.DATE, text, code)


def words(text: str) -> Cell:
    return Cell(CellKind.TEXT, text)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (typed("0.1"), "1/10"),
        (typed("0.30000000000000004"), "3/10"),
        (typed("0.28999999999999998"), "29/100"),
        (typed("12345678901234567"), "12345678901234567"),
        (typed("4"), "4"),
        (typed("4.0"), "4"),
        (typed("1.25E3"), "1250"),
        (typed("-3"), "-3"),
        (typed("0.4", "0%"), "40"),
        (typed("0.285", "0.0%"), "57/2"),
        (typed("7", '0" % of sites"'), "7"),
        (typed("5", '[Red]0;[Blue]-0;"d"'), "5"),
        (words(" 1,250.50 "), "2501/2"),
        (words("£1,250.50"), "2501/2"),
        (words("-£5"), "-5"),
        (words("\N{MINUS SIGN}5"), "-5"),
        (words("12%"), "12"),
        (words("12.5 %"), "25/2"),
        (words("1e3"), "1000"),
        (words("1.250"), "5/4"),
        (words(".5"), "1/2"),
        (words("1,234,567"), "1234567"),
    ],
)
def test_numbers_are_read_exactly(cell: Cell, expected: str) -> None:
    assert read_number(cell) == Fraction(expected)


@pytest.mark.parametrize(
    "cell",
    [
        words("1.250,50"),
        words("1,25"),
        words("12,34,567"),
        words("1 250"),
        words("1\N{NO-BREAK SPACE}250"),
        words("(1,250)"),
        words("€5"),
        words("five"),
        words("5 points"),
        words("--5"),
        words("£5%"),
        words("٤"),
        words("#DIV/0!"),
        words("NaN"),
        words("Infinity"),
        words("1e999"),
        typed("NaN"),
        typed("INF"),
        typed("1E+300"),
        typed("rubbish"),
        Cell(CellKind.BOOLEAN, "TRUE"),
        Cell(CellKind.ERROR, "#DIV/0!"),
        Cell(CellKind.UNCALCULATED, ""),
        stored("2026-09-14T00:00:00"),
        stored("12:00:00", "h:mm"),
    ],
)
def test_what_is_no_clear_number_is_refused(cell: Cell) -> None:
    with pytest.raises(CellRefusedError) as refusal:
        read_number(cell)
    assert refusal.value.wrong.endswith(".")
    assert refusal.value.write.endswith(".")


@pytest.mark.parametrize("cell", [typed("0.4", "0%"), words("40%")])
def test_an_amount_is_no_percentage(cell: Cell) -> None:
    with pytest.raises(CellRefusedError, match="percentage"):
        read_number(cell, is_amount=True)


def test_a_number_that_rounds_to_nothing_is_nought() -> None:
    assert read_number(typed("0E-400")) == 0


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (words("  Alder Ltd\n"), "Alder Ltd"),
        (words(" \N{NO-BREAK SPACE} "), ""),
        (typed("1"), "1"),
        (typed("1.1", "0.00"), "1.10"),
        (typed("1", "0.0"), "1.0"),
        (typed("1.25", "0.0"), "1.25"),
        (typed("0.4", "0%"), "40%"),
        (Cell(CellKind.BOOLEAN, "TRUE"), "TRUE"),
    ],
)
def test_text_is_what_the_cell_shows(cell: Cell, expected: str) -> None:
    assert read_text(cell) == expected


def test_long_text_keeps_its_spaces() -> None:
    assert read_text(words("  indented\n"), trimmed=False) == "  indented\n"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (stored("2026-05-01T00:00:00", "d-mmm"), "date where text belongs"),
        (words("bell\x07"), "control character"),
        (Cell(CellKind.ERROR, "#N/A"), "#N/A"),
        (Cell(CellKind.UNCALCULATED, ""), "formula"),
    ],
)
def test_text_refuses_what_is_none(cell: Cell, reason: str) -> None:
    with pytest.raises(CellRefusedError, match=reason):
        read_text(cell)


@pytest.mark.parametrize(
    "cell",
    [
        words("14 September 2026"),
        words("14 sep 2026"),
        words("14th Sept. 2026"),
        words("Monday 14 September 2026"),
        words("14/09/2026"),
        words("14.9.2026"),
        words("2026-09-14"),
        words("2026-09-14T23:30"),
        stored("2026-09-14T00:00:00", "dd/mm/yyyy"),
        stored("2026-09-14T12:00:00", "dd/mm/yyyy hh:mm"),
        stored("2026-09-14"),
    ],
)
def test_dates_are_read_as_cells_and_as_words(cell: Cell) -> None:
    assert read_date(cell) == date(2026, 9, 14)


@pytest.mark.parametrize(
    "cell",
    [
        words("09/14/2026"),
        words("14/09/26"),
        words("31 June 2026"),
        words("Tuesday 14 September 2026"),
        words("September 2026"),
        words("14 Septober 2026"),
        words("14 September 0206"),
        words("14 September 2026 25:00"),
        words("14 September 2026 13pm"),
        words("2026-09-14T12:00+99:00"),
        words("soon"),
        words("28 March 2027 01:30"),
        words("25 October 2026 01:30"),
        typed("46279"),
        stored("1900-02-28T00:00:00", "dd/mm/yyyy"),
        stored("12:00:00", "h:mm"),
        stored("2 days, 12:00:00", "[h]:mm"),
        Cell(CellKind.BOOLEAN, "TRUE"),
    ],
)
def test_what_is_no_clear_date_is_refused(cell: Cell) -> None:
    with pytest.raises(CellRefusedError):
        read_moment(cell)


@pytest.mark.parametrize(
    ("cell", "hour", "minute"),
    [
        (words("14 September 2026 12:00"), 12, 0),
        (words("14 September 2026, noon"), 12, 0),
        (words("14 September 2026 at 5pm"), 17, 0),
        (words("14/09/2026 5.30 pm"), 17, 30),
        (words("14/09/2026 12am"), 0, 0),
        (words("2026-09-14 17:00:00"), 17, 0),
        (words("2026-09-14T16:00:00Z"), 17, 0),
        (words("2026-09-14T17:00:00+01:00"), 17, 0),
        (stored("2026-09-14T16:59:59.999000", "dd/mm/yyyy h:mm"), 17, 0),
        (stored("2026-09-14T00:00:00", "dd/mm/yyyy h:mm"), 0, 0),
    ],
)
def test_times_are_london_times(cell: Cell, hour: int, minute: int) -> None:
    moment = read_moment(cell)
    assert moment.has_time
    assert moment.at == datetime(2026, 9, 14, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    "day", [words("14 January 2027"), stored("2027-01-14T00:00:00", 'd"th" mmmm yyyy')]
)
def test_a_day_without_a_time_ends_at_2359(day: Cell) -> None:
    moment = read_moment(day)
    assert not moment.has_time
    assert moment.at.astimezone(UTC) == datetime(2027, 1, 14, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize("yes", [words("Yes"), words(" y "), Cell(CellKind.BOOLEAN, "TRUE")])
def test_yes(yes: Cell) -> None:
    assert read_yes_no(yes) is True


@pytest.mark.parametrize("no", [words("NO"), words("n"), Cell(CellKind.BOOLEAN, "FALSE")])
def test_no(no: Cell) -> None:
    assert read_yes_no(no) is False


@pytest.mark.parametrize("neither", [words("maybe"), typed("1")])
def test_neither_yes_nor_no(neither: Cell) -> None:
    with pytest.raises(CellRefusedError, match="neither"):
        read_yes_no(neither)


@pytest.mark.parametrize("cell", [typed("2.5"), typed("13"), words("-1"), words("two")])
def test_whole_numbers_keep_their_bounds(cell: Cell) -> None:
    with pytest.raises(CellRefusedError) as refusal:
        read_whole(cell, 0, 12)
    assert refusal.value.write == "Write a whole number from 0 to 12."


def test_choices_are_compared_without_case_and_listed_when_refused() -> None:
    assert choose(" SUB-Central ", ("central", "sub-central")) == "sub-central"
    with pytest.raises(CellRefusedError) as refusal:
        choose("sub central", ("central", "sub-central"))
    assert "Did you mean sub-central?" in refusal.value.wrong
    assert refusal.value.write == "Write central or sub-central."
