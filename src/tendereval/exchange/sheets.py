"""Finds the table in each sheet and hands out its rows; collects every problem on the way.

A row never raises for what is in a cell: the problem is noted, the value is None, the row is
marked as failed, and reading goes on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from tendereval.domain.errors import CellProblem, WorkbookProblems
from tendereval.exchange import cells
from tendereval.exchange.cells import key, listed, near, quoted
from tendereval.exchange.dates import CellRefusedError, Moment, read_date, read_moment
from tendereval.exchange.grid import Cell, CellKind, Grid, read_book
from tendereval.exchange.layout import SHEETS, TENDER, Layout

Value = TypeVar("Value")
_RECENT = 8


@dataclass(slots=True)
class Problems:
    """Everything found wrong, and what is worth a mention, in the order of the workbook.

    Attributes:
        order: the workbook's sheet names.
        notes: one sentence each; nothing that stands in the way.
    """

    order: tuple[str, ...]
    notes: list[str] = field(default_factory=list)
    found: list[tuple[tuple[int, int, int], CellProblem]] = field(default_factory=list)

    def add(self, problem: CellProblem, column: int = 0) -> None:
        """Note one problem, once; ``column`` is the column's number, for the order."""
        if any(problem == other for _, other in self.found[-_RECENT:]):
            return
        known = problem.sheet in self.order
        sheet = self.order.index(problem.sheet) if known else len(self.order)
        self.found.append(((sheet, problem.row or 0, column), problem))

    def refuse(self) -> None:
        """Stop here where anything is wrong.

        Raises:
            WorkbookProblems: with every problem by sheet, row and column.
        """
        if self.found:
            ordered = sorted(self.found, key=lambda item: item[0])
            raise WorkbookProblems([problem for _, problem in ordered])


@dataclass(slots=True)
class Row:
    """One row of a table.

    Attributes:
        number: 1 for the sheet's first row.
        ok: False once anything in it was refused.
    """

    layout: Layout
    number: int
    problems: Problems
    columns: Mapping[str, int]
    cells: Mapping[int, Cell]
    ok: bool = True

    def __contains__(self, column: str) -> bool:
        """Whether the cell holds anything."""
        cell = self._cell(column)
        return cell is not None and (cell.kind is not CellKind.TEXT or bool(cell.text.strip()))

    def refuse(self, column: str, wrong: str, write: str) -> None:
        """Note that a cell of this row cannot be taken."""
        self.ok = False
        problem = CellProblem(self.layout.name, self.number, column, wrong, write)
        self.problems.add(problem, self.columns.get(column, 0))

    def note(self, text: str) -> None:
        """Mention something about this row that does not stand in the way."""
        self.problems.notes.append(f"{self.layout.name}, row {self.number}: {text}")

    def read(self, column: str, reader: Callable[[Cell], Value]) -> Value | None:
        """Return what ``reader`` makes of the cell; None where it is blank or refused."""
        cell = self._cell(column)
        if cell is None or column not in self:
            return None
        if cell.merged_rows > 1 and column not in self.layout.naming:
            self.refuse(
                column,
                f"The cell is merged over {cell.merged_rows} rows.",
                "Unmerge it and write a value in each row.",
            )
            return None
        try:
            return reader(cell)
        except CellRefusedError as refused:
            self.refuse(column, refused.wrong, refused.write)
            return None

    def text(self, column: str) -> str:
        """Return trimmed text; empty where blank."""
        return self.read(column, cells.read_text) or ""

    def long_text(self, column: str) -> str:
        """Return text with the spaces around it kept; empty where blank."""
        return self.read(column, lambda cell: cells.read_text(cell, trimmed=False)) or ""

    def needed(self, column: str, write: str = "", *, trimmed: bool = True) -> str:
        """Return text and refuse a blank cell."""
        if column not in self:
            self.refuse(column, "This is blank.", write or f"Write the {column.lower()}.")
        return self.text(column) if trimmed else self.long_text(column)

    def number_in(self, column: str) -> Fraction | None:
        """Return an exact number; a percentage counts as shown."""
        return self.read(column, cells.read_number)

    def amount(self, column: str) -> Fraction | None:
        """Return an exact amount of money or quantity."""
        return self.read(column, lambda cell: cells.read_number(cell, is_amount=True))

    def whole(self, column: str, lowest: int, highest: int) -> int | None:
        """Return a whole number within bounds."""
        return self.read(column, lambda cell: cells.read_whole(cell, lowest, highest))

    def day(self, column: str) -> date | None:
        """Return a date."""
        return self.read(column, _checked(read_date))

    def moment(self, column: str) -> Moment | None:
        """Return a point in time."""
        return self.read(column, _checked(read_moment))

    def yes_no(self, column: str) -> bool | None:
        """Return yes or no; None where blank."""
        return self.read(column, cells.read_yes_no)

    def choice(self, column: str, options: Sequence[str]) -> str:
        """Return one of the options in its own spelling; empty where blank."""
        return self.read(column, lambda c: cells.choose(cells.read_text(c), options)) or ""

    def items(self, column: str, separators: str = ";") -> tuple[str, ...]:
        """Return the trimmed items of a list in one cell, blank ones left out."""
        text = self.text(column)
        for separator in separators[1:]:
            text = text.replace(separator, separators[0])
        return tuple(part.strip() for part in text.split(separators[0]) if part.strip())

    def _cell(self, column: str) -> Cell | None:
        at = self.columns.get(column)
        return self.cells.get(at) if at is not None else None


def _checked(reader: Callable[[Cell], Value]) -> Callable[[Cell], Value]:
    def read(cell: Cell) -> Value:
        cells.check_stored(cell)
        return reader(cell)

    return read


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet below its header.

    Attributes:
        is_there: whether the workbook has the sheet with anything in it.
        is_broken: whether its header row is missing or lacks a needed column.
    """

    layout: Layout
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    is_there: bool = True
    is_broken: bool = False

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows that hold anything in a known column, from the top."""
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The tables of a workbook by sheet name, with the problems found so far."""

    tables: Mapping[str, Table]
    problems: Problems

    def __getitem__(self, layout: Layout) -> Table:
        """Return a sheet's table; an empty one where the workbook has no such sheet."""
        return self.tables.get(layout.name, Table(layout, {}, (), is_there=False))

    def has(self, *layouts: Layout) -> bool:
        """Whether any of these sheets holds rows."""
        return any(self[layout].rows for layout in layouts)


def read_sheets(path: Path) -> Sheets:
    """Read the known sheets of a workbook into tables.

    Raises:
        UnreadableWorkbook: the file cannot be read as a workbook at all.
    """
    known = {layout.name: layout for layout in SHEETS}
    book = read_book(path, known)
    problems = Problems(book.names)
    grids = {grid.name: grid for grid in book.grids}
    for name in book.names:
        if name not in grids:
            meant = near(name, list(known))
            hint = f" (is it meant to be {meant!r}?)" if meant and meant not in grids else ""
            problems.notes.append(
                f"The sheet {quoted(name)} is not known{hint}; it was left alone."
            )
    tables = {}
    for name, grid in grids.items():
        if grid.hidden:
            problems.notes.append(f"The sheet {name!r} is hidden; it was read all the same.")
        table = _table(known[name], grid, problems)
        if table is not None:
            tables[name] = table
    return Sheets(tables, problems)


def _table(layout: Layout, grid: Grid, problems: Problems) -> Table | None:
    first = key(layout.columns[0].name)
    for number in sorted(grid.rows):
        headings = _headings(grid.rows[number])
        if first in map(key, headings.values()):
            columns = _columns(layout, headings, number, problems)
            if not all(name in columns for name in _required(layout)):
                return Table(layout, columns, (), is_broken=True)
            return Table(layout, columns, _rows(layout, grid, number, columns, problems))
    if any(grid.rows.values()):
        problems.add(
            CellProblem(
                layout.name,
                None,
                None,
                f"No row holds the heading {layout.columns[0].name!r}.",
                f"Write the headings {listed(_required(layout), 'and')} in one row.",
            )
        )
        return Table(layout, {}, (), is_broken=True)
    return None


def _headings(row: Mapping[int, Cell]) -> dict[int, str]:
    return {
        at: " ".join(cell.text.split())
        for at, cell in sorted(row.items())
        if cell.kind is CellKind.TEXT and cell.text.strip()
    }


def _required(layout: Layout) -> list[str]:
    return [column.name for column in layout.columns[: layout.required]]


def _columns(
    layout: Layout, headings: Mapping[int, str], number: int, problems: Problems
) -> dict[str, int]:
    names = {key(column.name): column.name for column in layout.columns}
    found: dict[str, int] = {}
    for at, heading in headings.items():
        name = names.get(key(heading))
        if name is None:
            meant = near(heading, list(names.values()))
            hint = f" (is it meant to be {meant!r}?)" if meant else ""
            unknown = f"{layout.name}: the column {quoted(heading)} is not known{hint}"
            problems.notes.append(f"{unknown}; it was left alone.")
        elif name in found:
            wrong = f"Two columns are called {name!r}."
            write = "Keep one of them and rename or delete the other."
            problems.add(CellProblem(layout.name, number, name, wrong, write), at)
        else:
            found[name] = at
    for name in _required(layout):
        if name not in found:
            wrong = f"The column {name!r} is missing."
            write = f"Add the heading {name!r} and fill the column."
            problems.add(CellProblem(layout.name, number, name, wrong, write))
    return found


def _rows(
    layout: Layout, grid: Grid, header: int, columns: Mapping[str, int], problems: Problems
) -> tuple[Row, ...]:
    rows = []
    for number in sorted(grid.rows):
        if number <= header:
            continue
        row = Row(layout, number, problems, columns, grid.rows[number])
        names = columns if layout is not TENDER else ("Item", "Value")
        if any(name in row for name in names):
            rows.append(row)
    return tuple(rows)
