"""Pay schedules pasted from a spreadsheet: good lines become roles, each bad one is named."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.publicvalue.living_wage import Employer, PayBasis, PayRow, WagePlace
from tendereval.domain.publicvalue.pay_lines import MOST_LINES, read_pay_lines

HEADING = "Role\tEmployer\tPlace\tBasis\tAmount\tHours\tHeads\tUnder 18\tApprentice"
CLEANER = PayRow(
    "Cleaner",
    Employer.DIRECT,
    WagePlace.UK,
    PayBasis.HOUR,
    Fraction("13.45"),
    Fraction("37.5"),
    4,
)
GUARD = PayRow(
    "Guard",
    Employer.THIRD_PARTY,
    WagePlace.LONDON,
    PayBasis.YEAR,
    Fraction("28860"),
    Fraction("37.5"),
    1,
    apprentice=True,
)
LINES = (
    "Cleaner\tdirect\tUK\thour\t13.45\t37.5\t4\t\t",
    "Guard\tthird party\tLondon\tyear\t£28,860.00\t37.5\t1\tno\tyes",
)


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read_pay_lines(text).problems]


def test_lines_with_a_heading_and_without_one_say_the_same() -> None:
    bare, headed = read_pay_lines("\n".join(LINES)), read_pay_lines("\n".join((HEADING, *LINES)))
    assert bare.rows == headed.rows == (CLEANER, GUARD)
    assert not bare.problems
    assert not headed.problems


def test_commas_separate_too_and_quotation_marks_keep_one_within_a_cell() -> None:
    text = (
        "Cleaner,direct,UK,hour,13.45,37.5,4,,\r\n"
        'Guard,third-party,london,annual,"28,860.00",37.5,1,n,Y\r\n'
    )
    assert read_pay_lines(text).rows == (CLEANER, GUARD)


def test_a_heading_puts_the_columns_in_any_order_and_leaves_out_what_may_be_blank() -> None:
    text = (
        "heads\tPay\tBasis\tPlace\tEmployer\tHeadcount\n"
        "4\t13.45\thour\tUK\tdirect\tCleaner".replace("Headcount", "ROLE")
    )
    found = read_pay_lines(text)
    assert not found.problems
    assert [(row.role, row.heads, row.hours) for row in found.rows] == [("Cleaner", 4, None)]


def test_blank_lines_and_cells_at_the_end_are_passed_over() -> None:
    text = f"\n\n{LINES[0]}\t\t\n \t \n{LINES[1]}\n\n"
    assert read_pay_lines(text).rows == (CLEANER, GUARD)


def test_nothing_pasted_is_nothing() -> None:
    assert read_pay_lines(" \n\t\n") == read_pay_lines("")
    assert read_pay_lines("").rows == ()


def test_a_column_of_bidders_tells_whose_it_is() -> None:
    text = f"Bidder\t{HEADING}\nAlder Ltd\t{LINES[0]}\nAlder Ltd\t{LINES[1]}"
    found = read_pay_lines(text)
    assert (found.bidder, found.rows) == ("Alder Ltd", (CLEANER, GUARD))


def test_lines_of_several_bidders_are_refused() -> None:
    text = f"Bidder\t{HEADING}\nAlder Ltd\t{LINES[0]}\nBirch Ltd\t{LINES[1]}"
    assert problems(text) == [
        "Line 3, Bidder: The lines name several bidders: paste one bidder's at a time."
    ]


BAD = {
    "no role": ("\tdirect\tUK\thour\t14\t37.5\t1", "Role: The role has no name."),
    "no employer": (
        "Cleaner\t\tUK\thour\t14\t37.5\t1",
        "Employer: “” is not one of the choices: write direct or third party.",
    ),
    "London as free text": (
        "Cleaner\tdirect\tGreater London\thour\t14\t37.5\t1",
        "Place: “Greater London” is not one of the choices: write UK or London.",
    ),
    "no place": (
        "Cleaner\tdirect\t\thour\t14\t37.5\t1",
        "Place: “” is not one of the choices: write UK or London.",
    ),
    "basis in other words": (
        "Cleaner\tdirect\tUK\tweek\t14\t37.5\t1",
        "Basis: “week” is not one of the choices: write hour or year.",
    ),
    "no pay": ("Cleaner\tdirect\tUK\thour\t\t37.5\t1", "Amount: Pay is missing."),
    "pay as text": (
        "Cleaner\tdirect\tUK\thour\tRLW\t37.5\t1",
        "Amount: “RLW” is not an amount in British notation: write it like 13.45.",
    ),
    "comma for the decimal point": (
        "Cleaner\tdirect\tUK\thour\t13,45\t37.5\t1",
        "Amount: “13,45” is not an amount in British notation: write it like 13.45.",
    ),
    "hours as text": (
        "Cleaner\tdirect\tUK\thour\t14\tfull time\t1",
        "Hours: “full time” is not a number of hours in British notation: write it like 13.45.",
    ),
    "no people": (
        "Cleaner\tdirect\tUK\thour\t14\t37.5\t",
        "Heads: The number of people is missing.",
    ),
    "half a person": (
        "Cleaner\tdirect\tUK\thour\t14\t37.5\t2.5",
        "Heads: “2.5” is no whole number of people.",
    ),
    "perhaps under 18": (
        "Cleaner\tdirect\tUK\thour\t14\t37.5\t1\tperhaps",
        "Under 18: “perhaps” is not one of the choices: write yes or no.",
    ),
    "perhaps an apprentice": (
        "Cleaner\tdirect\tUK\thour\t14\t37.5\t1\t\t2",
        "Apprentice: “2” is not one of the choices: write yes or no.",
    ),
}


@pytest.mark.parametrize(("line", "message"), BAD.values(), ids=BAD)
def test_each_bad_cell_is_named_with_line_and_column(line: str, message: str) -> None:
    assert problems(f"{HEADING}\n{LINES[1]}\n{line}") == [f"Line 3, {message}"]


IMPOSSIBLE = {
    "negative": ("-13.45", "37.5", "1", "Pay is above zero."),
    "negative pounds": ("−£13.45", "37.5", "1", "Pay is above zero."),
    "zero": ("0.00", "37.5", "1", "Pay is above zero."),
    "pence": (
        "1345",
        "37.5",
        "1",
        "£1,345.00 an hour looks like pence or the wrong basis: write pounds.",
    ),
    "no hours": ("14", "0", "1", "Hours a week are above 0 and at most 80."),
    "81 hours": ("14", "81", "1", "Hours a week are above 0 and at most 80."),
    "nobody": ("14", "37.5", "0", "A role has at least one person."),
}


@pytest.mark.parametrize(
    ("amount", "hours", "heads", "message"), IMPOSSIBLE.values(), ids=IMPOSSIBLE
)
def test_each_impossible_line_is_named(amount: str, hours: str, heads: str, message: str) -> None:
    line = f"Cleaner\tdirect\tUK\thour\t{amount}\t{hours}\t{heads}"
    assert problems(line) == [f"Line 1: {message}"]


def test_yearly_pay_without_hours_is_named() -> None:
    line = "Cleaner\tdirect\tUK\tyear\t28860\t\t1"
    assert problems(line) == ["Line 1: Yearly pay needs the hours a week."]


def test_a_role_that_is_there_twice_is_named_with_both_lines() -> None:
    assert problems("\n".join((HEADING, *LINES, LINES[0]))) == [
        "Line 4, Role: Cleaner stands in line 2 already."
    ]


def test_a_comma_that_splits_a_number_is_found_out() -> None:
    line = "Guard,direct,UK,year,28,860.00,37.5,1,no,yes"
    assert problems(line) == [
        "Line 1: 10 cells where 9 belong: a comma within a cell needs quotation marks around it."
    ]


def test_every_problem_is_told_at_once_and_good_lines_are_still_read() -> None:
    text = "\n".join((LINES[0], "Porter\tus\tUK\thour\tx\t1\t1", LINES[1], "Cook\t\tUK\tyear\t9"))
    found = read_pay_lines(text)
    assert found.rows == (CLEANER, GUARD)
    assert [(problem.line, problem.column) for problem in found.problems] == [
        (2, "Employer"),
        (2, "Amount"),
        (4, "Employer"),
        (4, "Heads"),
    ]


HEADINGS = [
    ("Role\tWages", "“Wages” is no column of a pay schedule."),
    (f"{HEADING}\trole", "The column Role is there twice."),
    (HEADING.replace("Heads\t", ""), "The column Heads is missing."),
]


@pytest.mark.parametrize(("heading", "message"), HEADINGS)
def test_a_heading_that_cannot_be_used_is_named(heading: str, message: str) -> None:
    found = read_pay_lines(f"{heading}\n{LINES[0]}")
    assert found.rows == ()
    assert f"Line 1: {message}" in [str(problem) for problem in found.problems]


def test_more_lines_than_any_schedule_has_are_refused() -> None:
    text = "\n".join([LINES[0]] * (MOST_LINES + 1))
    assert problems(text) == [f"Line {MOST_LINES + 1}: Paste at most {MOST_LINES} lines."]


def test_numbers_of_any_length_and_cells_of_any_size_are_only_refused() -> None:
    nines = "9" * 6000
    line = f"Cleaner\tdirect\tUK\thour\t{nines}\t{nines}\t{nines}"
    assert len(problems(line)) == 3
    assert problems("x" * 200_000) == ["Line 1: The lines cannot be read as a table."]


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused(text: str) -> None:
    found = read_pay_lines(text)
    assert all(str(problem) for problem in found.problems)


words = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=12)


@given(
    st.lists(words, min_size=1, max_size=5, unique_by=str.casefold),
    st.sampled_from("\t,"),
    st.decimals("1.00", "199.99", places=2),
)
def test_what_is_written_out_is_read_back(roles: list[str], between: str, pay: object) -> None:
    rows = [
        between.join((f"A {role}", "direct", "UK", "hour", str(pay), "", "2")) for role in roles
    ]
    found = read_pay_lines("\n".join(rows))
    assert not found.problems
    assert [(row.role, row.amount) for row in found.rows] == [
        (f"A {role}", Fraction(str(pay))) for role in roles
    ]
