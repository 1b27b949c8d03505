"""A pay schedule pasted from a spreadsheet: lines into roles, each bad one named.

What could mean two things is refused, never guessed; a blank place, basis or employer has no
default.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from tendereval.domain.exact import typed_amount
from tendereval.domain.publicvalue.living_wage import Employer, PayBasis, PayRow, WagePlace
from tendereval.domain.publicvalue.wage_check import role_key, row_problems

T = TypeVar("T")

MOST_LINES: Final = 2000
COLUMNS: Final = (
    "Role",
    "Employer",
    "Place",
    "Basis",
    "Amount",
    "Hours",
    "Heads",
    "Under 18",
    "Apprentice",
)
"""The columns in the order that lines without a heading have; Hours, Under 18 and Apprentice
may be blank."""

_LONGEST: Final = 40
"""No number or choice has more characters."""

_MAY_BE_MISSING: Final = {"Hours", "Under 18", "Apprentice"}
_ALSO_CALLED: Final = {
    "hours a week": "Hours",
    "weekly hours": "Hours",
    "headcount": "Heads",
    "pay": "Amount",
    "under-18": "Under 18",
}
_EMPLOYERS: Final = {
    "direct": Employer.DIRECT,
    "third party": Employer.THIRD_PARTY,
    "third-party": Employer.THIRD_PARTY,
}
_PLACES: Final = {"uk": WagePlace.UK, "london": WagePlace.LONDON}
_BASES: Final = {
    "hour": PayBasis.HOUR,
    "hourly": PayBasis.HOUR,
    "year": PayBasis.YEAR,
    "yearly": PayBasis.YEAR,
    "annual": PayBasis.YEAR,
}
_YES_NO: Final = {"": False, "no": False, "n": False, "yes": True, "y": True}


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One thing that is wrong in what was pasted.

    Attributes:
        line: 1 for the first line.
        column: heading; empty where the whole line is meant.
        text: what is wrong and what to write, in words.
    """

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        """Return the problem as one line of plain words."""
        return f"Line {self.line}{f', {self.column}' if self.column else ''}: {self.text}"


@dataclass(frozen=True, slots=True)
class PastedPay:
    """What was pasted.

    Attributes:
        rows: the roles of the lines without a problem, in order.
        problems: in order of line; nothing is kept while there is one.
        bidder: the one named in a Bidder column; empty where there is no such column.
    """

    rows: tuple[PayRow, ...]
    problems: tuple[LineProblem, ...]
    bidder: str = ""


class _Unreadable(Exception):
    """A cell that cannot be taken as it is."""


def read_pay_lines(text: str) -> PastedPay:
    """Read lines copied from a spreadsheet, separated by tabs or commas, heading optional.

    Args:
        text: a heading names the columns in any order, one more being ``Bidder``; without one
            they are as in ``COLUMNS``.
    """
    problems: list[LineProblem] = []
    try:
        lines = list(_lines(text))
    except csv.Error:
        return PastedPay((), (LineProblem(1, "", "The lines cannot be read as a table."),))
    if len(lines) > MOST_LINES:
        where = LineProblem(MOST_LINES + 1, "", f"Paste at most {MOST_LINES} lines.")
        return PastedPay((), (where,))
    columns: Sequence[str] = COLUMNS
    if lines and "role" in (cell.casefold() for cell in lines[0][1]):
        columns, wrong = _heading(*lines.pop(0))
        if wrong:
            return PastedPay((), tuple(wrong))
    found: list[tuple[int, PayRow]] = []
    bidders: dict[str, int] = {}
    for line, cells in lines:
        row, wrong = _row(line, columns, cells)
        problems.extend(wrong)
        if row is not None:
            found.append((line, row))
        if "Bidder" in columns and len(cells) > columns.index("Bidder"):
            bidders.setdefault(cells[columns.index("Bidder")], line)
    problems.extend(_twice(found))
    problems.extend(
        LineProblem(line, "Bidder", "The lines name several bidders: paste one bidder's at a time.")
        for line in list(bidders.values())[1:]
    )
    return PastedPay(
        tuple(row for _, row in found),
        tuple(sorted(problems, key=lambda problem: problem.line)),
        next(iter(bidders), ""),
    )


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each line that is not blank, and its cells, trimmed."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    reader = csv.reader(io.StringIO(plain), delimiter="\t" if "\t" in plain else ",")
    line = 1
    for cells in reader:
        trimmed = [" ".join(cell.split()) for cell in cells]
        if any(trimmed):
            yield line, trimmed
        line = reader.line_num + 1


def _heading(line: int, cells: Sequence[str]) -> tuple[Sequence[str], list[LineProblem]]:
    known = {name.casefold(): name for name in (*COLUMNS, "Bidder")} | _ALSO_CALLED
    columns = [known.get(cell.casefold(), "") for cell in cells]
    wrong = [
        LineProblem(line, "", f"“{cell}” is no column of a pay schedule.")
        for cell, name in zip(cells, columns, strict=True)
        if cell and not name
    ]
    named = [name for name in columns if name]
    wrong.extend(
        LineProblem(line, "", f"The column {name} is there twice.")
        for name in dict.fromkeys(named)
        if named.count(name) > 1
    )
    wrong.extend(
        LineProblem(line, "", f"The column {name} is missing.")
        for name in COLUMNS
        if name not in named and name not in _MAY_BE_MISSING
    )
    return columns, wrong


def _row(
    line: int, columns: Sequence[str], cells: Sequence[str]
) -> tuple[PayRow | None, list[LineProblem]]:
    spare = [cell for cell in cells[len(columns) :] if cell]
    if spare:
        why = (
            f"{len(cells)} cells where {len(columns)} belong: a comma within a cell needs "
            "quotation marks around it."
        )
        return None, [LineProblem(line, "", why)]
    given = dict(zip(columns, cells, strict=False))
    problems: list[LineProblem] = []

    def taken(name: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(given.get(name, ""))
        except _Unreadable as refused:
            problems.append(LineProblem(line, name, str(refused)))
            return None

    role = taken("Role", _role)
    employer = taken("Employer", lambda text: _one_of(text, _EMPLOYERS, "direct or third party"))
    place = taken("Place", lambda text: _one_of(text, _PLACES, "UK or London"))
    basis = taken("Basis", lambda text: _one_of(text, _BASES, "hour or year"))
    amount = taken("Amount", _amount)
    hours = taken("Hours", _hours)
    heads = taken("Heads", _heads)
    under_18 = taken("Under 18", lambda text: _one_of(text, _YES_NO, "yes or no"))
    apprentice = taken("Apprentice", lambda text: _one_of(text, _YES_NO, "yes or no"))
    if (
        problems
        or role is None
        or employer is None
        or place is None
        or basis is None
        or amount is None
        or heads is None
    ):
        return None, problems
    row = PayRow(
        role, employer, place, basis, amount, hours, heads, bool(under_18), bool(apprentice)
    )
    wrong = [LineProblem(line, "", problem) for problem in row_problems(row)]
    return (None if wrong else row), wrong


def _twice(found: Iterable[tuple[int, PayRow]]) -> Iterator[LineProblem]:
    seen: dict[tuple[object, ...], int] = {}
    for line, row in found:
        first = seen.setdefault(role_key(row), line)
        if first != line:
            yield LineProblem(line, "Role", f"{row.role} stands in line {first} already.")


def _role(text: str) -> str:
    if not text:
        raise _Unreadable("The role has no name.")
    return text


def _one_of(text: str, choices: Mapping[str, T], write: str) -> T:
    found = choices.get(text.casefold())
    if found is None:
        raise _Unreadable(f"“{text[:_LONGEST]}” is not one of the choices: write {write}.")
    return found


def _number(text: str, what: str) -> Fraction:
    plain = text.replace("\N{MINUS SIGN}", "-")
    found = typed_amount(plain.removeprefix("-")) if len(plain) <= _LONGEST else None
    if found is None:
        raise _Unreadable(
            f"“{text[:_LONGEST]}” is not {what} in British notation: write it like 13.45."
        )
    return -found if plain.startswith("-") else found


def _amount(text: str) -> Fraction:
    if not text:
        raise _Unreadable("Pay is missing.")
    return _number(text, "an amount")


def _hours(text: str) -> Fraction | None:
    return _number(text, "a number of hours") if text else None


def _heads(text: str) -> int:
    if not text:
        raise _Unreadable("The number of people is missing.")
    found = _number(text, "a number of people")
    if found.denominator != 1:
        raise _Unreadable(f"“{text}” is no whole number of people.")
    return int(found)
